import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { Account } from '../../../shared/model/account.ts'
import { useChange } from '../../app/queries.ts'
import { DateField, MoneyField } from '../../components/fields.tsx'
import { Section } from '../../components/page.tsx'
import { todayHere } from '../../format/date-format.ts'

/** What the bank's own app says today, to be compared with what is here. */
export function StateBalance({ account }: { account: Account }) {
  const { t } = useTranslation()
  const debt = account.side === 'liability'
  const [on, setOn] = useState<IsoDate | null>(todayHere())
  const [minor, setMinor] = useState<number | null | undefined>(null)
  const [round, setRound] = useState(0)
  const state = useChange('reconcile.state', {
    done: t('reconcile.kept'),
    undoable: true,
    onDone: () => {
      setMinor(null)
      setRound((now) => now + 1)
    },
  })
  const ready = on !== null && typeof minor === 'number'
  return (
    <Section title={t('reconcile.stateTitle')} hint={t(debt ? 'reconcile.stateHintDebt' : 'reconcile.stateHint')}>
      <form
        className="state-balance"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) state.mutate({ accountId: account.id, on, minor: debt ? -minor : minor })
        }}
      >
        <DateField label={t('account.date')} value={on} onChange={setOn} />
        <MoneyField
          key={round}
          label={t(debt ? 'account.owed' : 'account.balance')}
          value={minor}
          currency={account.currency}
          onChange={setMinor}
        />
        <Button type="submit" variant="default" disabled={!ready} loading={state.isPending}>
          {t('reconcile.compare')}
        </Button>
      </form>
    </Section>
  )
}
