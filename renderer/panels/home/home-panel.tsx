import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { daysBetween, type IsoDate } from '../../../shared/domain/iso-date.ts'
import { money, subtractMoney } from '../../../shared/domain/money.ts'
import type { Overview, Range } from '../../../shared/model/figures.ts'
import { useImportTray } from '../../app/import-tray.tsx'
import { usePickFiles } from '../../app/pick-files.tsx'
import { usePersonView } from '../../app/person-view.tsx'
import { usePreferences } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { ChartFigure, RangeControl } from '../../components/chart-figure.tsx'
import { Change, Money, useMoneyText } from '../../components/money.tsx'
import { Defined } from '../../components/defined.tsx'
import { Headline, Page, PageHeader, Section } from '../../components/page.tsx'
import { NothingTheirs, Whose } from '../../components/people.tsx'
import { ReminderButtons, useReminderActions } from '../../components/reminder-actions.tsx'
import { ClassBar, RateNotes } from '../../components/small.tsx'
import { EmptyState, Loaded } from '../../components/states.tsx'
import { formatDate, formatDaysAway, formatInstant } from '../../format/date-format.ts'
import { currencyName } from '../../format/money-format.ts'
import { formatCount, formatShare } from '../../format/number-format.ts'
import { rangeName } from '../../components/range-name.ts'

/** How much, what changed, what is due. */
export function HomePanel() {
  const { t } = useTranslation()
  const [range, setRange] = useState<Range>('1y')
  const { person } = usePersonView()
  const query = useCall('overview.get', { range, person: person?.id ?? null }, { keepPrevious: true })
  return (
    <Page>
      <Loaded query={query}>
        {(overview) =>
          overview.accountCount === 0 && person !== null ? (
            <>
              <PageHeader title={t('home.title')} subtitle={<Whose />} />
              <NothingTheirs person={person} />
            </>
          ) : overview.accountCount === 0 ? (
            <>
              <PageHeader title={t('home.title')} />
              <FirstSteps />
            </>
          ) : (
            <Overviewed overview={overview} range={range} onRange={setRange} />
          )
        }
      </Loaded>
    </Page>
  )
}

function FirstSteps() {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const tray = useImportTray()
  const pick = usePickFiles()
  const choose = async () => {
    const files = await pick({ many: true })
    if (files.length === 0) return
    tray.add(files)
    navigate('/import')
  }
  return (
    <div className="first-steps">
      <EmptyState
        icon={<IconFileImport size={40} stroke={1.3} />}
        title={t('home.emptyTitle')}
        action={
          <div className="stack-tight first-steps-actions">
            <Button onClick={() => void choose()}>{t('home.emptyAction')}</Button>
            <Link href="/account?new" className="small">
              {t('home.emptyByHand')}
            </Link>
          </div>
        }
      >
        {t('home.emptyText')}
      </EmptyState>
    </div>
  )
}

function Overviewed({
  overview,
  range,
  onRange,
}: {
  overview: Overview
  range: Range
  onRange: (range: Range) => void
}) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const { netWorth, before } = overview
  const net = money(netWorth.netMinor, netWorth.currency)
  const change = subtractMoney(net, money(before.netMinor, before.currency))
  const fraction = before.netMinor > 0 ? change.minor / before.netMinor : null
  return (
    <>
      <PageHeader
        title={t('home.title')}
        subtitle={
          <>
            <Whose after=" · " />
            {overview.lastImportAt === null
              ? t('home.noImport')
              : t('home.lastImport', { when: formatInstant(overview.lastImportAt, language) })}
            {' · '}
            <Link href="/account/all">
              {t('home.transactions', {
                count: overview.transactionCount,
                formattedCount: formatCount(overview.transactionCount, language),
              })}
            </Link>
          </>
        }
      />
      <Headline
        label={<Defined figure="netWorth" />}
        figure={<Money value={net} />}
        change={
          <>
            {overview.since === netWorth.on ? null : <Change value={change} fraction={fraction} />}
            <span className="muted">{rangeName(range, overview.since, netWorth.on, t, language)}</span>
          </>
        }
        notes={<RateNotes notes={netWorth.notes} />}
      />
      <NetWorthHistory overview={overview} range={range} onRange={onRange} />
      <div className="columns-2">
        <ClassSection overview={overview} side="asset" />
        <ClassSection overview={overview} side="liability" />
      </div>
      <DueSection overview={overview} />
    </>
  )
}

function NetWorthHistory({
  overview,
  range,
  onRange,
}: {
  overview: Overview
  range: Range
  onRange: (range: Range) => void
}) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const text = useMoneyText()
  const { netWorth, before, history } = overview
  const currency = netWorth.currency
  const difference = netWorth.netMinor - before.netMinor
  const period = rangeName(range, overview.since, netWorth.on, t, language)
  const amount = text.compact(money(Math.abs(difference), currency))
  const title =
    overview.since === netWorth.on
      ? period
      : difference === 0
        ? t('home.findingFlat', { period })
        : t(difference > 0 ? 'home.findingUp' : 'home.findingDown', { amount, period })
  const data = useMemo(
    () => ({
      kind: 'line' as const,
      dates: history.map((point) => point.on),
      series: [{ name: t('home.netWorth'), minor: history.map((point) => point.netMinor) }],
      short: (minor: number) => text.compact(money(minor, currency)),
      exact: (minor: number) => text.exact(money(minor, currency)),
    }),
    [history, currency, t, text],
  )
  return (
    <Section>
      <ChartFigure
        title={title}
        subtitle={t('home.measure', { currency: currencyName(currency, language) })}
        data={data}
        controls={<RangeControl value={range} onChange={onRange} />}
      />
    </Section>
  )
}

function ClassSection({ overview, side }: { overview: Overview; side: 'asset' | 'liability' }) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const currency = overview.netWorth.currency
  const total = side === 'asset' ? overview.netWorth.assetsMinor : overview.netWorth.liabilitiesMinor
  const rows = overview.classes.filter((row) => row.side === side)
  const title = t(side === 'asset' ? 'home.assets' : 'home.liabilities')
  return (
    <Section title={title} actions={<Money value={money(total, currency)} className="section-total" />}>
      {rows.length === 0 ? (
        <p className="muted">{t(side === 'asset' ? 'home.noAssets' : 'home.noDebts')}</p>
      ) : (
        <ClassBar
          label={title}
          parts={rows.map((row) => {
            const share = total > 0 ? Math.max(0, row.minor / total) : 0
            return {
              key: row.class,
              name: t(`home.class.${row.class}`),
              share,
              figure: <Money value={money(row.minor, currency)} />,
              detail: formatShare(share, language),
            }
          })}
        />
      )}
    </Section>
  )
}

type Due = Overview['due'][number]

function dueLink(due: Due): string {
  if (due.documentId !== null || due.kind === 'vehicle-inspection' || due.kind === 'vehicle-insurance') return '/life'
  if (due.kind === 'backup-overdue') return '/settings/backups'
  return due.accountId === null ? '/reminders' : `/account/${due.accountId}`
}

function DueSection({ overview }: { overview: Overview }) {
  const { t } = useTranslation()
  const { person } = usePersonView()
  return (
    <Section
      title={t('home.due')}
      {...(person === null ? {} : { hint: t('person.wholeDue') })}
      flush={overview.due.length > 0}
      actions={
        <Link href="/reminders" className="small">
          {t('reminders.all')}
        </Link>
      }
    >
      {overview.due.length === 0 ? (
        <p className="muted">{t('home.nothingDue')}</p>
      ) : (
        <ul className="due-list">
          {overview.due.map((due) => (
            <DueRow key={due.key} due={due} today={overview.netWorth.on} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function DueRow({ due, today }: { due: Due; today: IsoDate }) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const days = daysBetween(today, due.on)
  const name = due.name === '' ? t('reminder.vault') : due.name
  const actions = useReminderActions({ key: due.key, name })
  const [snoozing, setSnoozing] = useState(false)
  return (
    <li className="due-item">
      <Link href={dueLink(due)} className="due-row">
        <span className="due-date">
          <span className="numeric">{formatDate(due.on, language, 'short')}</span>
          <span className="due-away" data-soon={days <= 3}>
            {formatDaysAway(days, language)}
          </span>
        </span>
        <span className="due-name clip">{name}</span>
        <span className="muted clip">{t(`reminder.kind.${due.kind}`)}</span>
        <span className="due-amount">{due.amount === null ? null : <Money value={due.amount} />}</span>
      </Link>
      <ReminderButtons name={name} today={today} actions={actions} snoozing={snoozing} onSnoozing={setSnoozing} />
    </li>
  )
}
