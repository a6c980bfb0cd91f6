import { Button, Popover, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { TransactionFilter } from '../../../shared/model/transaction.ts'
import { CategoryPicker } from '../../components/category-picker.tsx'
import { DateField, MoneyField } from '../../components/fields.tsx'
import { filterCount, withFilter } from './filter.ts'

interface FiltersProps {
  readonly filter: TransactionFilter
  readonly currency: CurrencyCode
  readonly onChange: (filter: TransactionFilter) => void
}

/** Text at hand; dates, category, direction and amount in one popover, with how many are set. */
export function TransactionFilters({ filter, currency, onChange }: FiltersProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(filter.text ?? '')
  const [settled] = useDebouncedValue(text, 200)
  const apply = useEffectEvent((value: string) => {
    const next = value.trim() === '' ? undefined : value.trim()
    if (next !== filter.text) onChange(withFilter(filter, { text: next }))
  })
  useEffect(() => apply(settled), [settled])
  const set = (part: Parameters<typeof withFilter>[1]) => onChange(withFilter(filter, part))
  const count = filterCount(filter)
  return (
    <div className="filters">
      <TextInput
        size="xs"
        className="filters-text"
        aria-label={t('account.search')}
        placeholder={t('account.search')}
        leftSection={<IconSearch size={14} />}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('account.direction')}
        value={filter.direction ?? 'all'}
        data={[
          { value: 'all', label: t('account.directionAll') },
          { value: 'in', label: t('account.directionIn') },
          { value: 'out', label: t('account.directionOut') },
        ]}
        onChange={(value) => set({ direction: value === 'in' || value === 'out' ? value : undefined })}
      />
      <Popover position="bottom-start" shadow="md" trapFocus withinPortal>
        <Popover.Target>
          <Button
            size="xs"
            variant={count > 0 ? 'light' : 'default'}
            leftSection={<IconAdjustmentsHorizontal size={14} />}
          >
            {t('account.moreFilters')}
            {count > 0 ? ` · ${count}` : ''}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('account.moreFilters')}>
          <div className="filters-more">
            <div className="columns-2">
              <DateField
                label={t('account.from')}
                value={filter.from ?? null}
                onChange={(from) => set({ from: from ?? undefined })}
              />
              <DateField
                label={t('account.to')}
                value={filter.to ?? null}
                onChange={(to) => set({ to: to ?? undefined })}
              />
            </div>
            <CategoryPicker
              label={t('account.category')}
              placeholder={t('account.anyCategory')}
              value={filter.categoryIds?.[0] ?? null}
              onChange={(id) => set({ categoryIds: id === null ? undefined : [id], uncategorised: undefined })}
            />
            <Switch
              label={t('account.onlyUncategorised')}
              checked={filter.uncategorised ?? false}
              onChange={(event) =>
                set({ uncategorised: event.currentTarget.checked ? true : undefined, categoryIds: undefined })
              }
            />
            <div className="columns-2">
              <MoneyField
                label={t('account.minAmount')}
                currency={currency}
                value={filter.minMinor ?? null}
                onChange={(minor) => set({ minMinor: minor ?? undefined })}
              />
              <MoneyField
                label={t('account.maxAmount')}
                currency={currency}
                value={filter.maxMinor ?? null}
                onChange={(minor) => set({ maxMinor: minor ?? undefined })}
              />
            </div>
          </div>
        </Popover.Dropdown>
      </Popover>
      {filter.query === undefined ? null : (
        <Button
          size="xs"
          variant="light"
          className="clip"
          rightSection={<IconX size={14} aria-hidden="true" />}
          aria-label={t('account.dropQuery', { text: filter.query })}
          onClick={() => onChange(withFilter(filter, { query: undefined }))}
        >
          {t('account.query', { text: filter.query })}
        </Button>
      )}
      {count > 0 || filter.text !== undefined || filter.direction !== undefined ? (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconX size={14} />}
          onClick={() => {
            setText('')
            onChange(
              withFilter(filter, {
                text: undefined,
                direction: undefined,
                from: undefined,
                to: undefined,
                categoryIds: undefined,
                uncategorised: undefined,
                minMinor: undefined,
                maxMinor: undefined,
              }),
            )
          }}
        >
          {t('account.clearFilters')}
        </Button>
      ) : null}
    </div>
  )
}
