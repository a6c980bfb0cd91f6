import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { money } from '../../../../shared/domain/money.ts'
import type { FlowReport } from '../../../../shared/model/flow.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { ChartFigure } from '../../../components/chart-figure.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { currencyName } from '../../../format/money-format.ts'
import { formatPercent } from '../../../format/number-format.ts'
import { periodName } from './flow-names.ts'
import { type FlowView, rowsAddress } from './flow-range.ts'

/** Income and expense of each period as bars, what stayed as a line. */
export function FlowBars({ report, view, fixed = false }: { report: FlowReport; view: FlowView; fixed?: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = useMoneyText()
  const [, navigate] = useLocation()
  const { now, currency, periods, group } = report
  const data = useMemo(
    () => ({
      kind: 'bar' as const,
      names: periods.map(({ from }) => periodName(from, group, language)),
      series: [
        { name: t('flow.income'), minor: periods.map(({ incomeMinor }) => incomeMinor) },
        { name: t('flow.expense'), minor: periods.map(({ expenseMinor }) => expenseMinor) },
        { name: t('flow.saved'), minor: periods.map(({ savedMinor }) => savedMinor), asLine: true },
      ],
      short: (minor: number) => text.compact(money(minor, currency)),
      exact: (minor: number) => text.exact(money(minor, currency)),
      onPick: fixed
        ? undefined
        : (index: number) => {
            const period = periods[index]
            if (period !== undefined) navigate(rowsAddress(period, view.filter))
          },
    }),
    [periods, group, language, t, text, currency, navigate, view.filter, fixed],
  )
  const amount = text.compact(money(Math.abs(now.savedMinor), currency))
  const income = text.compact(money(now.incomeMinor, currency))
  const title =
    now.savedMinor < 0
      ? t('flow.findingOverspent', { amount })
      : now.savingsRate === null
        ? t('flow.findingNothing')
        : t('flow.findingSaved', { amount, income, rate: formatPercent(now.savingsRate, language, 0) })
  return (
    <ChartFigure
      title={title}
      subtitle={t('flow.barsMeasure', { group: t(`flow.group.${group}`), currency: currencyName(currency, language) })}
      data={data}
    />
  )
}
