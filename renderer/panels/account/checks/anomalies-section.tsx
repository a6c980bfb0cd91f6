import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Anomaly, AnomalyView } from '../../../../shared/model/check.ts'
import { useViewedPerson } from '../../../app/person-view.tsx'
import { useLanguage } from '../../../app/preferences.tsx'
import { useCall, useChange } from '../../../app/queries.ts'
import { useCategories } from '../../../components/category-picker.tsx'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { Section } from '../../../components/page.tsx'
import { Term } from '../../../components/small.tsx'
import { Loaded } from '../../../components/states.tsx'
import { formatDate } from '../../../format/date-format.ts'

/** Payments that stand out; each can be called right. */
export function AnomaliesSection() {
  const { t } = useTranslation()
  const query = useCall('check.anomalies', { person: useViewedPerson() }, { keepPrevious: true })
  return (
    <Section title={t('check.anomaly.title')}>
      <Loaded query={query}>{(view) => <Findings view={view} />}</Loaded>
    </Section>
  )
}

function Findings({ view: { findings, from, looked } }: { view: AnomalyView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [all, setAll] = useState(false)
  const open = findings.filter(({ dismissed }) => !dismissed)
  const rows = all ? findings : open
  const dismissed = findings.length - open.length
  // nothing found among nothing is no finding
  if (looked === 0) {
    return <p className="muted">{t('check.anomaly.nothing', { date: formatDate(from, language) })}</p>
  }
  return (
    <div className="stack">
      <p className="check-finding">
        <strong>
          {open.length === 0 ? t('check.anomaly.none') : t('check.anomaly.finding', { count: open.length })}
        </strong>{' '}
        <span className="muted">{t('check.anomaly.since', { date: formatDate(from, language) })}</span>{' '}
        <Term meaning={t('definition.checkAnomaly.text')}>{t('check.how')}</Term>
      </p>
      {rows.length === 0 ? null : <FindingTable rows={rows} />}
      {dismissed === 0 ? null : (
        <div>
          <Button variant="subtle" size="compact-sm" color="gray" onClick={() => setAll((now) => !now)}>
            {all ? t('check.anomaly.hideRight') : t('check.anomaly.showRight', { count: dismissed })}
          </Button>
        </div>
      )}
    </div>
  )
}

function FindingTable({ rows }: { rows: readonly Anomaly[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { nameOf } = useCategories()
  const { exact } = useMoneyText()
  const dismiss = useChange('check.dismiss', { done: t('check.anomaly.remembered'), undoable: true })
  const why = (row: Anomaly): string =>
    t(`check.anomaly.why.${row.kind}`, {
      usual: exact(row.usual),
      count: row.compared,
      category: nameOf(row.categoryId) ?? t('budget.noCategory'),
      date: row.earlierOn === null ? '' : formatDate(row.earlierOn, language, 'short'),
    })
  const columns: Column<Anomaly>[] = [
    {
      key: 'on',
      title: t('check.anomaly.date'),
      width: '120px',
      sortBy: ({ on }) => on,
      cell: ({ on }) => <span className="numeric">{formatDate(on, language, 'short')}</span>,
    },
    {
      key: 'what',
      title: t('check.anomaly.payment'),
      cell: (row) => (
        <span className="two-lines">
          <Link
            className="budget-link"
            href={`/account/${row.accountId}?text=${encodeURIComponent(row.payee)}&from=${row.earlierOn ?? row.on}&to=${row.on}`}
          >
            {row.payee}
          </Link>
          <span className="muted small">{why(row)}</span>
        </span>
      ),
    },
    { key: 'account', title: t('check.account'), minor: true, cell: ({ accountName }) => accountName },
    {
      key: 'amount',
      title: t('budget.amount'),
      align: 'end',
      lead: true,
      sortBy: ({ amount }) => amount.minor,
      cell: ({ amount }) => <Money value={amount} />,
    },
    {
      key: 'actions',
      title: t('budget.actions'),
      hideTitle: true,
      align: 'end',
      cell: (row) => (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-label={t(row.dismissed ? 'check.anomaly.askAgainNamed' : 'check.anomaly.rightNamed', {
            name: row.payee,
          })}
          onClick={() => dismiss.mutate({ key: row.key, dismissed: !row.dismissed })}
        >
          {t(row.dismissed ? 'check.anomaly.askAgain' : 'check.anomaly.right')}
        </Button>
      ),
    },
  ]
  return <DataTable label={t('check.anomaly.title')} columns={columns} rows={rows} rowKey={(row) => row.key} />
}
