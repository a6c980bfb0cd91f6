import { useTranslation } from 'react-i18next'
import { money } from '../../../shared/domain/money.ts'
import type { LoanSchedule } from '../../../shared/model/credit.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { ChartFigure } from '../../components/chart-figure.tsx'
import { Money, useMoneyText } from '../../components/money.tsx'
import { Facts } from '../../components/page.tsx'
import { formatDate } from '../../format/date-format.ts'
import { unknown } from '../../format/money-format.ts'

/** How a loan runs off: the sums, the curve and every instalment. */
export function LoanScheduleView({ schedule }: { schedule: LoanSchedule }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = useMoneyText()
  const of = (minor: number) => money(minor, schedule.currency)
  const first = schedule.instalments[0]
  const last = schedule.instalments.at(-1)
  return (
    <div className="stack">
      <Facts
        rows={[
          {
            name: t('credit.firstPayment'),
            value: <Money value={first === undefined ? null : of(first.paymentMinor)} />,
          },
          { name: t('credit.lastPayment'), value: <Money value={last === undefined ? null : of(last.paymentMinor)} /> },
          { name: t('credit.totalInterest'), value: <Money value={of(schedule.totalInterestMinor)} /> },
          { name: t('credit.ends'), value: last === undefined ? unknown : formatDate(last.dueOn, language) },
        ]}
      />
      <ChartFigure
        title={t('credit.scheduleTitle', {
          interest: text.exact(of(schedule.totalInterestMinor)),
          total: text.exact(of(schedule.totalPaymentMinor)),
        })}
        subtitle={t('credit.scheduleSubtitle')}
        height={180}
        data={{
          kind: 'line',
          dates: schedule.instalments.map((instalment) => instalment.dueOn),
          series: [
            { name: t('credit.remaining'), minor: schedule.instalments.map((instalment) => instalment.remainingMinor) },
          ],
          short: (minor) => text.compact(of(minor)),
          exact: (minor) => text.exact(of(minor)),
        }}
      />
      <section className="table-scroll schedule-table" tabIndex={0} aria-label={t('credit.schedule')}>
        <table className="table" data-dense="true">
          <thead>
            <tr>
              <th scope="col" data-align="end">
                {t('credit.number')}
              </th>
              <th scope="col">{t('credit.dueOn')}</th>
              <th scope="col" data-align="end">
                {t('credit.payment')}
              </th>
              <th scope="col" data-align="end">
                {t('credit.principalPart')}
              </th>
              <th scope="col" data-align="end">
                {t('credit.interestPart')}
              </th>
              <th scope="col" data-align="end">
                {t('credit.remaining')}
              </th>
            </tr>
          </thead>
          <tbody>
            {schedule.instalments.map((instalment) => (
              <tr key={instalment.number}>
                <td data-align="end" className="numeric muted">
                  {instalment.number}
                </td>
                <td className="numeric">{formatDate(instalment.dueOn, language)}</td>
                <td data-align="end">
                  <Money value={of(instalment.paymentMinor)} />
                </td>
                <td data-align="end">
                  <Money value={of(instalment.principalMinor)} />
                </td>
                <td data-align="end">
                  <Money value={of(instalment.interestMinor)} />
                </td>
                <td data-align="end">
                  <Money value={of(instalment.remainingMinor)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="faint small">{t('credit.computed')}</p>
    </div>
  )
}
