import { ActionIcon, Checkbox, MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Decimal } from '../../../shared/domain/decimal.ts'
import { signOfDecimal } from '../../../shared/domain/decimal.ts'
import type { RuleCondition } from '../../../shared/model/rule.ts'
import { transactionKinds } from '../../../shared/model/transaction.ts'
import { useCall } from '../../app/queries.ts'
import { parseTypedDecimal } from '../../format/amount-input.ts'
import { DateField } from '../fields.tsx'
import { subjectOf, subjects, testOf, textTests, withSubject, withTest } from './rule-draft.ts'

interface ConditionProps<C extends RuleCondition = RuleCondition> {
  readonly condition: C
  readonly onChange: (condition: RuleCondition) => void
}

/** One condition: what it is about, how it compares, with what. */
export function ConditionRow({ condition, onChange, onRemove }: ConditionProps & { onRemove: (() => void) | null }) {
  const { t } = useTranslation()
  return (
    <li className="rule-row">
      <Select
        size="xs"
        aria-label={t('rule.subject')}
        allowDeselect={false}
        data={subjects.map((subject) => ({ value: subject, label: t(`rule.subjects.${subject}`) }))}
        value={subjectOf(condition)}
        maxDropdownHeight={320}
        onChange={(value) => {
          const subject = subjects.find((one) => one === value)
          if (subject !== undefined) onChange(withSubject(condition, subject))
        }}
      />
      <div className="rule-values">
        <Values condition={condition} onChange={onChange} />
      </div>
      <Checkbox
        size="xs"
        label={t('rule.not')}
        checked={condition.not}
        onChange={(event) => onChange({ ...condition, not: event.currentTarget.checked })}
      />
      {onRemove === null ? (
        <span />
      ) : (
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('rule.removeCondition')} onClick={onRemove}>
          <IconX size={14} aria-hidden="true" />
        </ActionIcon>
      )}
    </li>
  )
}

function Values({ condition, onChange }: ConditionProps) {
  const { t } = useTranslation()
  switch (condition.about) {
    case 'text':
    case 'oneOf':
    case 'empty':
      return <TextValues condition={condition} onChange={onChange} />
    case 'account':
      return <AccountValues condition={condition} onChange={onChange} />
    case 'tag':
      return <TagValues condition={condition} onChange={onChange} />
    case 'kind':
      return (
        <MultiSelect
          size="xs"
          aria-label={t('rule.subjects.kind')}
          data={transactionKinds.map((kind) => ({ value: kind, label: t(`account.kinds.${kind}`) }))}
          value={condition.kinds}
          onChange={(values) =>
            onChange({ ...condition, kinds: transactionKinds.filter((kind) => values.includes(kind)) })
          }
        />
      )
    case 'amount':
      return <AmountValues condition={condition} onChange={onChange} />
    case 'dayOfMonth':
      return (
        <div className="columns-2">
          {(['from', 'to'] as const).map((bound) => (
            <NumberInput
              key={bound}
              size="xs"
              min={1}
              max={31}
              clampBehavior="strict"
              aria-label={t(`rule.${bound}`)}
              value={condition[bound]}
              onChange={(value) => {
                if (typeof value === 'number') onChange({ ...condition, [bound]: value })
              }}
            />
          ))}
        </div>
      )
    case 'weekday':
      return (
        <MultiSelect
          size="xs"
          aria-label={t('rule.subjects.weekday')}
          data={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: t(`rule.days.${day}` as never) }))}
          value={condition.days.map(String)}
          onChange={(values) => onChange({ ...condition, days: values.map(Number).toSorted((a, b) => a - b) })}
        />
      )
    case 'period':
    default:
      return (
        <div className="columns-2">
          {(['from', 'to'] as const).map((bound) => (
            <DateField
              key={bound}
              size="xs"
              hideLabel
              label={t(`rule.${bound}`)}
              value={condition[bound]}
              onChange={(date) => onChange({ ...condition, [bound]: date })}
            />
          ))}
        </div>
      )
  }
}

type TextCondition = Extract<RuleCondition, { about: 'text' | 'oneOf' | 'empty' }>

function TextValues({ condition, onChange }: ConditionProps<TextCondition>) {
  const { t } = useTranslation()
  const value = t('rule.text')
  return (
    <>
      <Select
        size="xs"
        aria-label={t('rule.test')}
        allowDeselect={false}
        data={textTests.map((test) => ({ value: test, label: t(`rule.tests.${test}`) }))}
        value={testOf(condition)}
        onChange={(next) => {
          const test = textTests.find((one) => one === next)
          if (test !== undefined) onChange(withTest(condition, test))
        }}
      />
      {condition.about === 'text' ? (
        <TextInput
          size="xs"
          aria-label={value}
          placeholder={condition.operator === 'matches' ? t('rule.patternHint') : value}
          maxLength={200}
          value={condition.text}
          onChange={(event) => onChange({ ...condition, text: event.currentTarget.value })}
        />
      ) : null}
      {condition.about === 'oneOf' ? (
        <TagsInput
          size="xs"
          aria-label={value}
          placeholder={condition.texts.length === 0 ? t('rule.oneOfHint') : ''}
          value={condition.texts}
          onChange={(texts) => onChange({ ...condition, texts })}
        />
      ) : null}
    </>
  )
}

function AccountValues({ condition, onChange }: ConditionProps<Extract<RuleCondition, { about: 'account' }>>) {
  const { t } = useTranslation()
  const accounts = useCall('account.list', {}).data ?? []
  return (
    <MultiSelect
      size="xs"
      aria-label={t('rule.subjects.account')}
      searchable
      data={accounts.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={condition.accountIds.map(String)}
      onChange={(values) => onChange({ ...condition, accountIds: values.map(Number) })}
    />
  )
}

function TagValues({ condition, onChange }: ConditionProps<Extract<RuleCondition, { about: 'tag' }>>) {
  const { t } = useTranslation()
  const tags = useCall('tag.list', {}).data ?? []
  return (
    <MultiSelect
      size="xs"
      aria-label={t('rule.subjects.tag')}
      searchable
      data={tags.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={condition.tagIds.map(String)}
      onChange={(values) => onChange({ ...condition, tagIds: values.map(Number) })}
    />
  )
}

const directions = ['any', 'out', 'in'] as const

function AmountValues({ condition, onChange }: ConditionProps<Extract<RuleCondition, { about: 'amount' }>>) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        size="xs"
        aria-label={t('account.direction')}
        allowDeselect={false}
        data={directions.map((direction) => ({ value: direction, label: t(`rule.directions.${direction}`) }))}
        value={condition.direction}
        onChange={(next) => {
          const direction = directions.find((one) => one === next)
          if (direction !== undefined) onChange({ ...condition, direction })
        }}
      />
      <div className="columns-2">
        {(['from', 'to'] as const).map((bound) => (
          <BoundField
            key={bound}
            label={t(`rule.${bound}`)}
            value={condition[bound]}
            onChange={(value) => onChange({ ...condition, [bound]: value })}
          />
        ))}
      </div>
    </>
  )
}

/** A magnitude; empty is open. What is no amount stays as typed and changes nothing. */
function BoundField({
  label,
  value,
  onChange,
}: {
  label: string
  value: Decimal | null
  onChange: (value: Decimal | null) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? value ?? ''
  const parsed = parseTypedDecimal(shown)
  const invalid = shown.trim() !== '' && (parsed === null || signOfDecimal(parsed) < 0)
  return (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder={label}
      inputMode="decimal"
      value={shown}
      error={invalid ? t('common.amountInvalid') : undefined}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        const next = parseTypedDecimal(text)
        if (text.trim() === '') onChange(null)
        else if (next !== null && signOfDecimal(next) >= 0) onChange(next)
      }}
      onBlur={() => {
        if (!invalid) setTyped(null)
      }}
    />
  )
}
