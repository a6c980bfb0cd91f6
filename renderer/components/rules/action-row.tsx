import { ActionIcon, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RuleAction } from '../../../shared/model/rule.ts'
import { transactionKinds } from '../../../shared/model/transaction.ts'
import { useCall } from '../../app/queries.ts'
import { CategoryPicker } from '../category-picker.tsx'

export const deeds = [
  'setCategory',
  'setPayee',
  'addTag',
  'removeTag',
  'setNotes',
  'setKind',
  'markTransfer',
  'stop',
] as const
type Deed = (typeof deeds)[number]

/** An id that names nothing: the rule cannot be saved while it is there. */
const NOT_CHOSEN = 0

export function newAction(deed: Deed): RuleAction {
  switch (deed) {
    case 'setCategory':
      return { do: 'setCategory', categoryId: NOT_CHOSEN, override: false }
    case 'setPayee':
      return { do: 'setPayee', payee: '', override: false }
    case 'addTag':
    case 'removeTag':
      return { do: deed, tagId: NOT_CHOSEN }
    case 'setNotes':
      return { do: 'setNotes', notes: '' }
    case 'setKind':
      return { do: 'setKind', kind: 'payment' }
    case 'markTransfer':
      return { do: 'markTransfer', accountId: null }
    case 'stop':
    default:
      return { do: 'stop' }
  }
}

interface ActionProps {
  readonly action: RuleAction
  readonly onChange: (action: RuleAction) => void
}

/** One thing that a rule does. */
export function ActionRow({ action, onChange, onRemove }: ActionProps & { onRemove: (() => void) | null }) {
  const { t } = useTranslation()
  return (
    <li className="rule-row">
      <Select
        size="xs"
        aria-label={t('rule.deed')}
        allowDeselect={false}
        data={deeds.map((deed) => ({ value: deed, label: t(`rule.deeds.${deed}`) }))}
        value={action.do}
        onChange={(value) => {
          const deed = deeds.find((one) => one === value)
          if (deed !== undefined) onChange(newAction(deed))
        }}
      />
      <div className="rule-values">
        <Values action={action} onChange={onChange} />
      </div>
      {action.do === 'setCategory' || action.do === 'setPayee' ? (
        <Checkbox
          size="xs"
          label={t('rule.override')}
          title={t('rule.overrideHint')}
          checked={action.override}
          onChange={(event) => onChange({ ...action, override: event.currentTarget.checked })}
        />
      ) : (
        <span />
      )}
      {onRemove === null ? (
        <span />
      ) : (
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('rule.removeAction')} onClick={onRemove}>
          <IconX size={14} aria-hidden="true" />
        </ActionIcon>
      )}
    </li>
  )
}

function Values({ action, onChange }: ActionProps) {
  const { t } = useTranslation()
  const tags = useCall('tag.list', {}).data ?? []
  const accounts = useCall('account.list', {}).data ?? []
  switch (action.do) {
    case 'setCategory':
      return (
        <CategoryPicker
          look="cell"
          label={t('account.category')}
          placeholder={t('rule.chooseCategory')}
          clearable={false}
          value={action.categoryId === NOT_CHOSEN ? null : action.categoryId}
          onChange={(categoryId) => onChange({ ...action, categoryId: categoryId ?? NOT_CHOSEN })}
        />
      )
    case 'setPayee':
      return (
        <TextInput
          size="xs"
          aria-label={t('rule.newName')}
          placeholder={t('rule.newName')}
          maxLength={500}
          value={action.payee}
          onChange={(event) => onChange({ ...action, payee: event.currentTarget.value })}
        />
      )
    case 'addTag':
    case 'removeTag':
      return (
        <Select
          size="xs"
          aria-label={t('rule.subjects.tag')}
          placeholder={t('rule.chooseTag')}
          searchable
          nothingFoundMessage={t('common.noMatches')}
          data={tags.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={action.tagId === NOT_CHOSEN ? null : String(action.tagId)}
          onChange={(value) => onChange({ ...action, tagId: value === null ? NOT_CHOSEN : Number(value) })}
        />
      )
    case 'setNotes':
      return (
        <Textarea
          size="xs"
          autosize
          aria-label={t('account.note')}
          maxLength={2000}
          value={action.notes}
          onChange={(event) => onChange({ ...action, notes: event.currentTarget.value })}
        />
      )
    case 'setKind':
      return (
        <Select
          size="xs"
          aria-label={t('rule.subjects.kind')}
          allowDeselect={false}
          data={transactionKinds.map((kind) => ({ value: kind, label: t(`account.kinds.${kind}`) }))}
          value={action.kind}
          onChange={(value) => {
            const kind = transactionKinds.find((one) => one === value)
            if (kind !== undefined) onChange({ ...action, kind })
          }}
        />
      )
    case 'markTransfer':
      return (
        <Select
          size="xs"
          aria-label={t('rule.otherAccount')}
          placeholder={t('rule.anyAccount')}
          clearable
          data={accounts.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={action.accountId === null ? null : String(action.accountId)}
          onChange={(value) => onChange({ ...action, accountId: value === null ? null : Number(value) })}
        />
      )
    case 'stop':
    default:
      return <span className="muted small">{t('rule.stopHint')}</span>
  }
}
