import { ActionIcon, Autocomplete, SegmentedControl, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { FlowFilter } from '../../../../shared/model/flow.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { useCall } from '../../../app/queries.ts'
import { CategoryPicker } from '../../../components/category-picker.tsx'
import { DateField } from '../../../components/fields.tsx'
import { spanName } from './flow-names.ts'
import { type FlowView, groupsFor, spanKinds, stepped, viewAround } from './flow-range.ts'

interface ControlsProps {
  readonly view: FlowView
  readonly today: IsoDate
  readonly onChange: (view: FlowView) => void
}

/** Which span, in which steps. */
export function FlowControls({ view, today, onChange }: ControlsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const name = spanName(view, language, view.kind === '12m' || view.kind === 'custom' ? null : view.kind)
  return (
    <div className="flow-controls">
      <SegmentedControl
        size="xs"
        aria-label={t('flow.span.label')}
        value={view.kind}
        data={spanKinds.map((kind) => ({ value: kind, label: t(`flow.span.${kind}`) }))}
        onChange={(value) => {
          const kind = spanKinds.find((one) => one === value)
          if (kind === undefined) return
          // from a longer span to a shorter one: its newest part, but not beyond today
          const around = view.from <= today && view.to >= today ? today : view.kind === 'custom' ? view.to : view.from
          onChange(viewAround(kind, around, view.filter))
        }}
      />
      {view.kind === 'custom' ? (
        <span className="inline">
          <DateField
            hideLabel
            label={t('account.from')}
            value={view.from}
            onChange={(from) => {
              if (from !== null && from !== undefined && from <= view.to) onChange({ ...view, from })
            }}
          />
          <DateField
            hideLabel
            label={t('account.to')}
            value={view.to}
            onChange={(to) => {
              if (to !== null && to !== undefined && to >= view.from) onChange({ ...view, to })
            }}
          />
        </span>
      ) : (
        <span className="inline flow-step">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('flow.earlier')}
            onClick={() => onChange(stepped(view, -1))}
          >
            <IconChevronLeft size={16} />
          </ActionIcon>
          <span aria-live="polite">{name}</span>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('flow.later')}
            disabled={view.to >= today}
            onClick={() => onChange(stepped(view, 1))}
          >
            <IconChevronRight size={16} />
          </ActionIcon>
        </span>
      )}
      <Select
        size="xs"
        className="flow-group"
        aria-label={t('flow.group.label')}
        allowDeselect={false}
        value={view.group}
        data={groupsFor(view.kind).map((group) => ({ value: group, label: t(`flow.group.${group}`) }))}
        onChange={(value) => {
          const group = groupsFor(view.kind).find((one) => one === value)
          if (group !== undefined) onChange({ ...view, group })
        }}
      />
    </div>
  )
}

function without(filter: FlowFilter, key: keyof FlowFilter): FlowFilter {
  const { [key]: _left, ...rest } = filter
  return rest
}

/** Which lines: an account, a category, a tag, a payee. */
export function FlowFilters({ filter, onChange }: { filter: FlowFilter; onChange: (filter: FlowFilter) => void }) {
  const { t } = useTranslation()
  const accounts = useCall('account.list', {}).data ?? []
  const tags = useCall('tag.list', {}).data ?? []
  const [payee, setPayee] = useState(filter.payee ?? '')
  const [settled] = useDebouncedValue(payee, 200)
  const payees = useCall('flow.payees', { text: settled.slice(0, 100) }, { keepPrevious: true }).data ?? []
  const set = (key: keyof FlowFilter, value: number[] | string | null): void =>
    onChange(value === null ? without(filter, key) : { ...filter, [key]: value })
  const [account] = filter.accountIds ?? []
  const [category] = filter.categoryIds ?? []
  const [tag] = filter.tagIds ?? []
  return (
    <fieldset className="flow-filters" aria-label={t('flow.filter')}>
      <Select
        size="xs"
        searchable
        clearable
        aria-label={t('flow.account')}
        placeholder={t('flow.anyAccount')}
        value={account === undefined ? null : String(account)}
        data={accounts.map(({ id, name }) => ({ value: String(id), label: name }))}
        onChange={(value) => set('accountIds', value === null ? null : [Number(value)])}
      />
      <div className="flow-filter-category">
        <CategoryPicker
          look="cell"
          label={t('flow.columnCategory')}
          placeholder={t('flow.anyCategory')}
          value={category ?? null}
          onChange={(id) => set('categoryIds', id === null ? null : [id])}
        />
      </div>
      {tags.length === 0 ? null : (
        <Select
          size="xs"
          searchable
          clearable
          aria-label={t('flow.tag')}
          placeholder={t('flow.anyTag')}
          value={tag === undefined ? null : String(tag)}
          data={tags.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(value) => set('tagIds', value === null ? null : [Number(value)])}
        />
      )}
      <Autocomplete
        size="xs"
        clearable
        aria-label={t('flow.payee')}
        placeholder={t('flow.anyPayee')}
        value={payee}
        data={[...payees]}
        limit={20}
        maxLength={200}
        onChange={(value) => {
          setPayee(value)
          if (value === '' && filter.payee !== undefined) set('payee', null)
        }}
        onOptionSubmit={(value) => set('payee', value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && payee.trim() !== '') set('payee', payee.trim())
        }}
      />
    </fieldset>
  )
}
