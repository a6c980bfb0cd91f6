import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { money } from '../../../../shared/domain/money.ts'
import type { MonthReport } from '../../../../shared/model/report.ts'
import { usePersonView } from '../../../app/person-view.tsx'
import { useLanguage } from '../../../app/preferences.tsx'
import { Defined } from '../../../components/defined.tsx'
import { Change, Money, useMoneyText } from '../../../components/money.tsx'
import { RateNotes } from '../../../components/small.tsx'
import { formatDate } from '../../../format/date-format.ts'
import { formatPercent, formatShare } from '../../../format/number-format.ts'
import { categoryRows } from '../flow/category-rows.ts'
import { useCategoryNames } from '../flow/flow-names.ts'
import { isKnown } from '../flow/flow-range.ts'
import { Movers } from '../flow/movers.tsx'
import { UnpairedNote } from '../flow/unpaired-note.tsx'
import { TrendBars } from './trend-bars.tsx'

/** More than these stand on the page of cash flow. */
const CATEGORIES = 8

/** The page itself: what is printed and drawn. */
export function MonthSheet({ report, sheet }: { report: MonthReport; sheet: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = useMoneyText()
  const { person } = usePersonView()
  const { flow, netWorth, netWorthBefore, trend } = report
  const { now, currency } = flow
  const of = (minor: number) => money(minor, currency)
  const worthChange = netWorthBefore === null ? null : netWorth.netMinor - netWorthBefore.netMinor
  const name = formatDate(`${report.month}-01` as IsoDate, language, 'month-year')
  const lead =
    now.incomeMinor === 0 && now.expenseMinor === 0
      ? t('report.leadNothing')
      : now.incomeMinor <= 0 && now.savedMinor >= 0
        ? t('report.leadSavedOnly', { amount: text.compact(of(now.savedMinor)) })
        : now.savedMinor < 0
          ? t('report.leadOverspent', { amount: text.compact(of(-now.savedMinor)) })
          : t('report.leadSaved', {
              amount: text.compact(of(now.savedMinor)),
              rate: formatPercent(now.savingsRate, language, 0),
            })
  return (
    <article className="report-sheet" ref={sheet} aria-label={t('report.of', { month: name })}>
      <header className="report-head">
        <h2>{t('report.of', { month: name })}</h2>
        {person === null ? null : <p className="muted">{t('person.personsPart', { name: person.name })}</p>}
        <p>
          {lead}{' '}
          {worthChange === null
            ? ''
            : worthChange === 0
              ? t('report.worthSame')
              : t(worthChange > 0 ? 'report.worthUp' : 'report.worthDown', {
                  amount: text.compact(money(Math.abs(worthChange), netWorth.currency)),
                })}
        </p>
      </header>
      <div className="report-figures">
        <Figure figure="netWorth" value={netWorth.netMinor} report={report} change={worthChange} />
        <Figure figure="income" value={now.incomeMinor} report={report} {...changeOf(report, 'incomeMinor')} />
        <Figure
          figure="expense"
          value={now.expenseMinor}
          report={report}
          {...changeOf(report, 'expenseMinor')}
          inverse
        />
        <Figure figure={now.savedMinor < 0 ? 'overspent' : 'saved'} value={Math.abs(now.savedMinor)} report={report} />
      </div>
      <dl className="facts report-facts">
        <div className="facts-row">
          <dt>
            <Defined figure="savingsRate" />
          </dt>
          <dd>{formatPercent(now.savingsRate, language)}</dd>
        </div>
        <div className="facts-row">
          <dt>
            <Defined figure="netWorthChange" />
          </dt>
          <dd>
            <Change value={worthChange === null ? null : money(worthChange, netWorth.currency)} />
          </dd>
        </div>
        <div className="facts-row">
          <dt>
            <Defined figure="otherChange" />
          </dt>
          <dd>
            <Change value={worthChange === null ? null : money(worthChange - now.savedMinor, netWorth.currency)} />
          </dd>
        </div>
      </dl>
      <RateNotes notes={flow.notes} />
      <UnpairedNote report={flow} />
      <TrendBars trend={trend} currency={currency} />
      <div className="report-columns">
        <TopCategories report={report} />
        <LargestItems report={report} />
      </div>
      <div className="report-columns">
        <section>
          <h3>{t('flow.movers')}</h3>
          <Movers report={flow} />
        </section>
        <DueNext report={report} />
      </div>
      <footer className="report-foot">{t('report.foot', { date: formatDate(report.until, language) })}</footer>
    </article>
  )
}

function changeOf({ flow }: MonthReport, key: 'incomeMinor' | 'expenseMinor'): { change: number | null } {
  return { change: isKnown(flow, flow.before) ? flow.now[key] - flow.before[key] : null }
}

function Figure({
  figure,
  value,
  report,
  change = null,
  inverse = false,
}: {
  figure: 'netWorth' | 'income' | 'expense' | 'saved' | 'overspent'
  value: number
  report: MonthReport
  change?: number | null
  inverse?: boolean
}) {
  const { currency } = report.flow
  return (
    <div className="report-figure">
      <span className="muted small">
        <Defined figure={figure} />
      </span>
      <span className="report-amount">
        <Money value={money(value, currency)} />
      </span>
      {change === null ? null : <Change value={money(change, currency)} inverse={inverse} />}
    </div>
  )
}

function TopCategories({ report: { flow } }: { report: MonthReport }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const names = useCategoryNames()
  const rows = categoryRows(
    flow.categories.filter((row) => row.flow === 'expense'),
    names,
  ).filter(({ minor }) => minor > 0)
  const most = rows[0]?.minor ?? 1
  return (
    <section>
      <h3>{t('flow.byExpense')}</h3>
      {rows.length === 0 ? <p className="muted">{t('flow.noExpense')}</p> : null}
      <ul className="report-bars">
        {rows.slice(0, CATEGORIES).map(({ id, name, minor }) => (
          <li key={id}>
            <span className="clip">{name}</span>
            <span className="report-bar" aria-hidden="true">
              <span style={{ width: `${Math.max(1, (minor / most) * 100)}%` }} />
            </span>
            <span className="muted numeric">
              {formatShare(flow.now.expenseMinor > 0 ? minor / flow.now.expenseMinor : null, language)}
            </span>
            <span className="numeric">
              <Money value={money(minor, flow.currency)} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function LargestItems({ report: { flow, largest } }: { report: MonthReport }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { nameOf } = useCategoryNames()
  return (
    <section>
      <h3>
        <Defined figure="largestItems" />
      </h3>
      {largest.length === 0 ? <p className="muted">{t('flow.emptyTitle')}</p> : null}
      <ul className="report-lines">
        {largest.map((line) => (
          // parts of one transaction may both be among them
          <li key={`${line.transactionId} ${line.categoryId} ${line.minor}`}>
            <span className="muted numeric">{formatDate(line.bookedOn, language, 'short')}</span>
            <Link href={`/account/${line.accountId}?row=${line.transactionId}`} className="clip">
              {[line.payee, line.memo, nameOf(line.categoryId)].find((words) => words !== '')}
            </Link>
            <span className="numeric">
              <Money value={money(line.minor, flow.currency)} sign="always" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function DueNext({ report: { due } }: { report: MonthReport }) {
  const { t } = useTranslation()
  const { person } = usePersonView()
  const language = useLanguage()
  if (due.length === 0) return null
  return (
    <section>
      <h3>{t('report.due')}</h3>
      {person === null ? null : <p className="faint small report-note">{t('person.wholeDue')}</p>}
      <ul className="report-lines">
        {due.slice(0, CATEGORIES).map((item) => (
          <li key={`${item.on} ${item.kind} ${item.accountId ?? item.documentId ?? item.name}`}>
            <span className="muted numeric">{formatDate(item.on, language, 'short')}</span>
            <span className="clip">{item.name}</span>
            <span className="numeric">{item.amount === null ? null : <Money value={item.amount} />}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
