import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import { money } from '../../../../shared/domain/money.ts'
import type { IdleCash } from '../../../../shared/model/check.ts'
import { useViewedPerson } from '../../../app/person-view.tsx'
import { useLanguage } from '../../../app/preferences.tsx'
import { useCall, useChange } from '../../../app/queries.ts'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { PercentField } from '../../../components/fields.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { Section } from '../../../components/page.tsx'
import { Badge, RateNotes, Term } from '../../../components/small.tsx'
import { Loaded } from '../../../components/states.tsx'
import { formatDate } from '../../../format/date-format.ts'
import { formatPercent } from '../../../format/number-format.ts'
import { AccountName } from './account-name.tsx'
import { Behind } from './behind.tsx'

/** What money that was never needed earns, beside a rate. */
export function IdleCashSection() {
  const { t } = useTranslation()
  const query = useCall('check.idleCash', { person: useViewedPerson() }, { keepPrevious: true })
  return (
    <Section title={t('check.idle.title')}>
      <Loaded query={query}>{(view) => <Idle view={view} />}</Loaded>
    </Section>
  )
}

function Idle({ view }: { view: IdleCash }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { exact } = useMoneyText()
  if (view.accounts.length === 0) return <p className="muted">{t('check.idle.nothing')}</p>
  const columns: Column<IdleCash['accounts'][number]>[] = [
    { key: 'name', title: t('check.account'), cell: (row) => <AccountName {...row} /> },
    { key: 'idle', title: t('check.idle.idle'), align: 'end', lead: true, cell: ({ idle }) => <Money value={idle} /> },
    { key: 'earned', title: t('check.idle.earned'), align: 'end', cell: ({ earned }) => <Money value={earned} /> },
    {
      key: 'rate',
      title: t('check.idle.rate'),
      align: 'end',
      minor: true,
      cell: ({ rate }) => formatPercent(rate === null ? null : Number(rate), language, 2),
    },
    {
      key: 'difference',
      title: t('check.idle.difference'),
      align: 'end',
      cell: ({ differenceMinor, idle }) => (
        <Money
          value={differenceMinor === null ? null : money(differenceMinor, idle.currency)}
          estimate={differenceMinor !== null}
          title={differenceMinor === null ? t('check.idle.noRate') : t('definition.checkIdle.text')}
        />
      ),
    },
  ]
  return (
    <div className="stack">
      <p className="check-finding">
        <strong>
          {t('check.idle.finding', {
            idle: exact(money(view.idleMinor, view.currency)),
            amount: exact(money(view.differenceMinor, view.currency)),
          })}
        </strong>{' '}
        <Term meaning={t('definition.checkIdle.text')}>{t('check.how')}</Term>
      </p>
      <ul className="muted small">
        {view.rates.map((rate) => (
          <li key={rate.currency}>
            {rate.own || rate.asOf === null
              ? t('check.idle.ownRate', {
                  currency: rate.currency,
                  rate: formatPercent(Number(rate.rate), language, 2),
                })
              : t('check.idle.rateFrom', {
                  currency: rate.currency,
                  rate: formatPercent(Number(rate.rate), language, 2),
                  date: formatDate(rate.asOf, language),
                })}{' '}
            {rate.confirmed ? null : <Badge tone="attention">{t('check.unconfirmed')}</Badge>}
          </li>
        ))}
      </ul>
      <OwnRate />
      <Behind label={t('check.idle.title')}>
        <DataTable
          label={t('check.idle.title')}
          columns={columns}
          rows={view.accounts}
          rowKey={(row) => row.accountId}
          dense
        />
      </Behind>
      <RateNotes notes={view.notes} />
    </div>
  )
}

/** The rate that the user knows better. */
function OwnRate() {
  const { t } = useTranslation()
  const settings = useCall('check.settings', {}).data
  const [rate, setRate] = useState<Decimal | null | undefined>(undefined)
  const save = useChange('check.saveSettings', {
    done: t('check.idle.saved'),
    undoable: true,
    onDone: () => setRate(undefined),
  })
  const known = settings?.referenceRate ?? null
  return (
    <form
      className="check-rate"
      onSubmit={(event) => {
        event.preventDefault()
        if (rate !== undefined) save.mutate({ referenceRate: rate })
      }}
    >
      <PercentField
        key={known ?? ''}
        label={t('check.idle.yourRate')}
        value={rate === undefined ? known : rate}
        onChange={setRate}
      />
      <Button type="submit" variant="default" disabled={rate === undefined} loading={save.isPending}>
        {t('common.save')}
      </Button>
    </form>
  )
}
