import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { Account } from '../../../../shared/model/account.ts'
import type { WhatIf } from '../../../../shared/model/forecast.ts'
import { recurringPeriods } from '../../../../shared/model/recurring.ts'
import { DateField, MoneyField } from '../../../components/fields.tsx'
import { Section } from '../../../components/page.tsx'
import { todayHere } from '../../../format/date-format.ts'

/** Tries an income or expense out: nothing of it is kept. */
export function WhatIfForm({
  accounts,
  extra,
  onChange,
}: {
  accounts: readonly Account[]
  extra: readonly WhatIf[]
  onChange: (extra: readonly WhatIf[]) => void
}) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [accountId, setAccountId] = useState(accounts[0]?.id ?? 0)
  const [out, setOut] = useState(true)
  const [minor, setMinor] = useState<number | null | undefined>(null)
  const [on, setOn] = useState<IsoDate | null>(addDays(todayHere(), 30))
  const [period, setPeriod] = useState('once')
  const [round, setRound] = useState(0)
  const account = accounts.find(({ id }) => id === accountId) ?? accounts[0]
  if (account === undefined) return null
  const ready = name.trim() !== '' && typeof minor === 'number' && minor > 0 && on !== null
  return (
    <Section
      title={t('recurring.forecast.whatIf')}
      hint={t('recurring.forecast.whatIfHint')}
      actions={
        <>
          {extra.length === 0 ? null : (
            <Button size="xs" variant="subtle" color="gray" onClick={() => onChange([])}>
              {t('recurring.forecast.clearTried', { count: extra.length })}
            </Button>
          )}
          <Button size="xs" variant="default" aria-expanded={open} onClick={() => setOpen((now) => !now)}>
            {t('recurring.forecast.tryOut')}
          </Button>
        </>
      }
    >
      {open ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            if (!ready) return
            const one = recurringPeriods.find((candidate) => candidate === period) ?? null
            onChange([
              ...extra,
              { name: name.trim(), accountId: account.id, amountMinor: out ? -minor : minor, on, period: one },
            ])
            setName('')
            setMinor(null)
            setRound((now) => now + 1)
          }}
        >
          <SegmentedControl
            aria-label={t('recurring.direction')}
            value={out ? 'out' : 'in'}
            onChange={(next) => setOut(next === 'out')}
            data={[
              { value: 'out', label: t('recurring.goesOut') },
              { value: 'in', label: t('recurring.comesIn') },
            ]}
          />
          <TextInput
            label={t('recurring.name')}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <MoneyField
            key={round}
            label={t('recurring.amount')}
            value={minor}
            currency={account.currency}
            onChange={setMinor}
          />
          <Select
            label={t('recurring.account')}
            value={String(account.id)}
            allowDeselect={false}
            data={accounts.map(({ id, name: title }) => ({ value: String(id), label: title }))}
            onChange={(next) => setAccountId(Number(next))}
          />
          <DateField label={t('common.date')} value={on} onChange={setOn} />
          <Select
            label={t('recurring.every')}
            value={period}
            allowDeselect={false}
            data={[
              { value: 'once', label: t('recurring.forecast.once') },
              ...recurringPeriods.map((one) => ({ value: one, label: t(`recurring.period.${one}`) })),
            ]}
            onChange={(next) => setPeriod(next ?? 'once')}
          />
          <div>
            <Button type="submit" disabled={!ready}>
              {t('recurring.forecast.tryOut')}
            </Button>
          </div>
        </form>
      ) : null}
    </Section>
  )
}
