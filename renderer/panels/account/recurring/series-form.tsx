import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { Account } from '../../../../shared/model/account.ts'
import {
  type RecurringItem,
  type RecurringPeriod,
  recurringPeriods,
  type RecurringType,
  recurringTypes,
} from '../../../../shared/model/recurring.ts'
import { useChange } from '../../../app/queries.ts'
import { CategoryPicker } from '../../../components/category-picker.tsx'
import { DateField, MoneyField } from '../../../components/fields.tsx'
import { todayHere } from '../../../format/date-format.ts'

/** Corrects a series, or makes one by hand where there is none. */
export function SeriesForm({
  item,
  accounts,
  onDone,
}: {
  item: RecurringItem | null
  accounts: readonly Account[]
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [name, setName] = useState(item?.name ?? '')
  const [accountId, setAccountId] = useState(item?.accountId ?? accounts[0]?.id ?? 0)
  const [out, setOut] = useState((item?.amount.minor ?? -1) < 0)
  const [minor, setMinor] = useState<number | null | undefined>(item === null ? null : Math.abs(item.amount.minor))
  const [period, setPeriod] = useState<RecurringPeriod>(item?.period ?? 'monthly')
  const [nextOn, setNextOn] = useState<IsoDate | null>(item === null ? todayHere() : item.nextOn)
  const [endedOn, setEndedOn] = useState<IsoDate | null>(null)
  const [categoryId, setCategoryId] = useState<number | null>(item?.categoryId ?? null)
  const [type, setType] = useState<RecurringType>(item?.type ?? 'other')
  const saved = { done: t('recurring.saved'), undoable: true, onDone }
  const edit = useChange('recurring.edit', saved)
  const add = useChange('recurring.add', saved)
  const account = accounts.find(({ id }) => id === accountId)
  const ready = name.trim() !== '' && typeof minor === 'number' && minor > 0 && account !== undefined
  const save = () => {
    if (!ready) return
    const amountMinor = out ? -minor : minor
    if (item === null) {
      if (nextOn !== null) add.mutate({ name, accountId, amountMinor, period, nextOn, categoryId, type })
      return
    }
    edit.mutate({
      key: item.key,
      patch: {
        name,
        type,
        categoryId,
        ...(amountMinor === item.amount.minor ? {} : { amountMinor }),
        ...(period === item.period ? {} : { period }),
        ...(nextOn === item.nextOn ? {} : { nextOn }),
        ...(endedOn === null ? {} : { endedOn }),
      },
    })
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <TextInput
        label={t('recurring.name')}
        data-autofocus
        value={name}
        maxLength={200}
        required
        withAsterisk={false}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('recurring.account')}
        value={String(accountId)}
        allowDeselect={false}
        disabled={item !== null}
        data={accounts.map(({ id, name: title }) => ({ value: String(id), label: title }))}
        onChange={(next) => setAccountId(Number(next))}
      />
      <SegmentedControl
        aria-label={t('recurring.direction')}
        value={out ? 'out' : 'in'}
        disabled={item !== null && !item.own}
        onChange={(next) => setOut(next === 'out')}
        data={[
          { value: 'out', label: t('recurring.goesOut') },
          { value: 'in', label: t('recurring.comesIn') },
        ]}
      />
      {account === undefined ? null : (
        <MoneyField label={t('recurring.amount')} value={minor} currency={account.currency} onChange={setMinor} />
      )}
      <Select
        label={t('recurring.every')}
        value={period}
        allowDeselect={false}
        data={recurringPeriods.map((one) => ({ value: one, label: t(`recurring.period.${one}`) }))}
        onChange={(next) => {
          const one = recurringPeriods.find((candidate) => candidate === next)
          if (one !== undefined) setPeriod(one)
        }}
      />
      <DateField label={t('recurring.next')} value={nextOn} onChange={setNextOn} />
      <Select
        label={t('recurring.kind')}
        value={type}
        allowDeselect={false}
        data={recurringTypes.map((one) => ({ value: one, label: t(`recurring.type.${one}`) }))}
        onChange={(next) => {
          const one = recurringTypes.find((candidate) => candidate === next)
          if (one !== undefined) setType(one)
        }}
      />
      <CategoryPicker label={t('recurring.category')} value={categoryId} onChange={setCategoryId} />
      {item === null ? null : (
        <DateField
          label={t('recurring.endedOn')}
          description={t('recurring.endedOnHint')}
          value={endedOn}
          onChange={setEndedOn}
        />
      )}
      <div className="spread">
        <span />
        <Button
          type="submit"
          disabled={!ready || (item === null && nextOn === null)}
          loading={edit.isPending || add.isPending}
        >
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
