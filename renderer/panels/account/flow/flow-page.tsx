import { IconArrowsExchange } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearch } from 'wouter'
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { money } from '../../../../shared/domain/money.ts'
import type { FlowReport, FlowTotals } from '../../../../shared/model/flow.ts'
import { useViewedPerson } from '../../../app/person-view.tsx'
import { useLanguage } from '../../../app/preferences.tsx'
import { useCall } from '../../../app/queries.ts'
import { Defined } from '../../../components/defined.tsx'
import { Change, Money, useMoneyText } from '../../../components/money.tsx'
import { Whose } from '../../../components/people.tsx'
import { ImportAction } from '../../../components/import-action.tsx'
import { Headline, Page, PageHeader, Section } from '../../../components/page.tsx'
import { RateNotes } from '../../../components/small.tsx'
import { EmptyState, Loaded } from '../../../components/states.tsx'
import { todayHere } from '../../../format/date-format.ts'
import { formatPercent } from '../../../format/number-format.ts'
import { AccountTabs } from '../account-tabs.tsx'
import { CategoryTable } from './category-table.tsx'
import { FlowBars } from './flow-bars.tsx'
import { FlowDiagramFigure } from './flow-diagram.tsx'
import { FlowControls, FlowFilters } from './flow-filters.tsx'
import { useCategoryNames } from './flow-names.ts'
import { addressOf, askedSpan, comparisonsOf, isKnown, type FlowView, rowsAddress, viewOf } from './flow-range.ts'
import { Movers } from './movers.tsx'
import { UnpairedNote } from './unpaired-note.tsx'

/** What came in, what went out, what stayed. */
export function FlowPage() {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const today = todayHere()
  const view = viewOf(useSearch(), today)
  const { from, to } = askedSpan(view, today)
  const person = useViewedPerson()
  const query = useCall(
    'flow.report',
    { from, to, group: view.group, filter: view.filter, person },
    { keepPrevious: true },
  )
  const show = (next: FlowView) => navigate(addressOf(next), { replace: true })
  return (
    <Page>
      <PageHeader
        title={t('flow.title')}
        subtitle={<Whose />}
        actions={<FlowControls view={view} today={today} onChange={show} />}
      />
      <AccountTabs />
      <FlowFilters
        key={view.filter.payee ?? ''}
        filter={view.filter}
        onChange={(filter) => show({ ...view, filter })}
      />
      <Loaded query={query}>{(report) => <FlowFigures report={report} view={view} />}</Loaded>
    </Page>
  )
}

function FlowFigures({ report, view }: { report: FlowReport; view: FlowView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = useMoneyText()
  const { treeOf } = useCategoryNames()
  const { now, before, lastYear, currency, unpaired } = report
  const of = (minor: number) => money(minor, currency)
  const counted = report.categories.some(({ count }) => count > 0)
  if (
    report.historyFrom === null &&
    unpaired.count === 0 &&
    Object.values(view.filter).every((one) => one === undefined)
  ) {
    return (
      <EmptyState
        icon={<IconArrowsExchange size={36} stroke={1.3} />}
        title={t('flow.noHistoryTitle')}
        action={<ImportAction />}
      >
        {t('flow.noHistoryText')}
      </EmptyState>
    )
  }
  if (!counted && unpaired.count === 0) {
    return <EmptyState title={t('flow.emptyTitle')}>{t('flow.emptyText')}</EmptyState>
  }
  const spent = text.compact(of(now.expenseMinor))
  return (
    <>
      <Headline
        label={<Defined figure={now.savedMinor < 0 ? 'overspent' : 'saved'} />}
        figure={<Money value={of(Math.abs(now.savedMinor))} />}
        change={
          <span className="figure-row">
            <span>
              <Defined figure="savingsRate" /> {formatPercent(now.savingsRate, language)}
            </span>
            <span>
              <Defined figure="income" /> <Money value={of(now.incomeMinor)} />
            </span>
            <span>
              <Defined figure="expense" /> <Money value={of(now.expenseMinor)} />
            </span>
          </span>
        }
        notes={<RateNotes notes={report.notes} />}
      />
      <dl className="facts flow-compare">
        {comparisonsOf(view.kind).map((figure) => {
          const then = figure === 'previousPeriod' ? before : lastYear
          return (
            <div key={figure} className="facts-row">
              <dt>
                <Defined figure={figure} />
              </dt>
              <dd className="figure-row">
                {isKnown(report, then) ? (
                  <ChangesSince now={now} then={then} currency={currency} />
                ) : (
                  <span className="muted">{t('flow.notKnownThen')}</span>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
      <UnpairedNote report={report} />
      <Section>
        <FlowBars report={report} view={view} />
      </Section>
      <Section title={t('flow.movers')}>
        <Movers report={report} />
      </Section>
      {report.diagram.nodes.length === 0 ? null : (
        <Section>
          <FlowDiagramFigure
            diagram={report.diagram}
            currency={currency}
            title={
              now.savedMinor >= 0 && now.savingsRate !== null
                ? t('flow.diagramSaved', { spent, rate: formatPercent(now.savingsRate, language, 0) })
                : t('flow.diagramSpent', { spent })
            }
            rowsOf={({ kind, categoryId }) =>
              categoryId === null
                ? null
                : rowsAddress(
                    now,
                    view.filter,
                    categoryId === 0 ? [0] : kind === 'group' ? treeOf(categoryId) : [categoryId],
                  )
            }
          />
        </Section>
      )}
      <Section title={t('flow.byExpense')} flush>
        <CategoryTable
          report={report}
          flow="expense"
          kind={view.kind}
          filter={view.filter}
          label={t('flow.byExpense')}
        />
      </Section>
      <Section title={t('flow.byIncome')} flush>
        <CategoryTable report={report} flow="income" kind={view.kind} filter={view.filter} label={t('flow.byIncome')} />
      </Section>
    </>
  )
}

function ChangesSince({ now, then, currency }: { now: FlowTotals; then: FlowTotals; currency: CurrencyCode }) {
  const { t } = useTranslation()
  const part = (after: number, before: number): number | null => (before > 0 ? (after - before) / before : null)
  const of = (minor: number) => money(minor, currency)
  return (
    <>
      <span>
        {t('flow.income')}{' '}
        <Change value={of(now.incomeMinor - then.incomeMinor)} fraction={part(now.incomeMinor, then.incomeMinor)} />
      </span>
      <span>
        {t('flow.expense')}{' '}
        <Change
          inverse
          value={of(now.expenseMinor - then.expenseMinor)}
          fraction={part(now.expenseMinor, then.expenseMinor)}
        />
      </span>
      <span>
        {t('flow.saved')} <Change value={of(now.savedMinor - then.savedMinor)} />
      </span>
    </>
  )
}
