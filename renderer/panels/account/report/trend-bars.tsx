import { useTranslation } from 'react-i18next'
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { money } from '../../../../shared/domain/money.ts'
import type { FlowTotals } from '../../../../shared/model/flow.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { formatDate } from '../../../format/date-format.ts'

const WIDTH = 720
const HEIGHT = 120
const BAR = 16

/** Income and expenses of twelve months as plain shapes, which print and draw the same everywhere. */
export function TrendBars({ trend, currency }: { trend: readonly FlowTotals[]; currency: CurrencyCode }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = useMoneyText()
  const most = Math.max(1, ...trend.flatMap(({ incomeMinor, expenseMinor }) => [incomeMinor, expenseMinor]))
  const tall = (minor: number): number => (Math.max(0, minor) / most) * HEIGHT
  const step = WIDTH / Math.max(1, trend.length)
  const labels = trend.map(({ from, incomeMinor, expenseMinor }) =>
    t('report.trendLabel', {
      month: formatDate(from, language, 'month-year'),
      income: text.exact(money(incomeMinor, currency)),
      expense: text.exact(money(expenseMinor, currency)),
    }),
  )
  return (
    <figure className="report-trend">
      <figcaption>
        <h3>{t('report.trend')}</h3>
        <span className="chart-legend" aria-hidden="true">
          <span className="inline">
            <span className="legend-line" data-series={0} data-kind="bar" />
            {t('flow.income')}
          </span>
          <span className="inline">
            <span className="legend-line" data-series={1} data-kind="bar" />
            {t('flow.expense')}
          </span>
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        height={HEIGHT}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {trend.map(({ from, incomeMinor, expenseMinor }, index) => {
          const centre = step * (index + 0.5)
          return (
            <g key={from}>
              <title>{labels[index]}</title>
              <rect
                className="report-in"
                x={centre - BAR - 1}
                y={HEIGHT - tall(incomeMinor)}
                width={BAR}
                height={tall(incomeMinor)}
              />
              <rect
                className="report-out"
                x={centre + 1}
                y={HEIGHT - tall(expenseMinor)}
                width={BAR}
                height={tall(expenseMinor)}
              />
            </g>
          )
        })}
      </svg>
      <div className="report-months" aria-hidden="true">
        {trend.map(({ from }) => (
          <span key={from}>{formatDate(from, language, 'month')}</span>
        ))}
      </div>
      <ul className="visually-hidden">
        {labels.map((label) => (
          <li key={label}>{label}</li>
        ))}
      </ul>
    </figure>
  )
}
