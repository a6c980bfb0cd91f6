import { useTranslation } from 'react-i18next'
import { money } from '../../../../shared/domain/money.ts'
import type { BudgetView } from '../../../../shared/model/budget.ts'
import { Money } from '../../../components/money.tsx'
import { Headline } from '../../../components/page.tsx'
import { Term } from '../../../components/small.tsx'

/** Envelopes: what is left to assign, and how it came about. Limits: what is left of the month. */
export function BudgetHeadline({ view }: { view: BudgetView }) {
  const { t } = useTranslation()
  const amount = (minor: number) => money(minor, view.currency)
  const { toAssign } = view
  if (toAssign !== null) {
    const parts = [
      ['before', toAssign.beforeMinor],
      ['income', toAssign.incomeMinor],
      ['settled', toAssign.settledMinor],
      ['assigned', -toAssign.assignedMinor],
      ['outside', -toAssign.outsideMinor],
    ] as const
    return (
      <Headline
        label={
          <Term meaning={t('definition.budgetToAssign.text')}>
            {t(toAssign.leftMinor < 0 ? 'budget.assignedTooMuch' : 'budget.toAssign')}
          </Term>
        }
        figure={<Money value={amount(Math.abs(toAssign.leftMinor))} />}
        notes={
          <>
            <ul className="budget-parts">
              {parts
                .filter(([key, minor]) => minor !== 0 || key === 'income')
                .map(([key, minor]) => (
                  <li key={key}>
                    <span className="muted">{t(`budget.assignPart.${key}`)}</span>{' '}
                    <Money value={amount(minor)} sign="always" />
                  </li>
                ))}
            </ul>
            {toAssign.assignedLaterMinor === 0 ? null : (
              <p className="muted small">
                {t('budget.assignedLater')} <Money value={amount(toAssign.assignedLaterMinor)} />
              </p>
            )}
          </>
        }
      />
    )
  }
  const total = view.totals.find(({ period }) => period === 'month')
  if (total === undefined) return null
  return (
    <Headline
      label={
        <Term meaning={t('definition.budgetLeft.text')}>
          {t(total.leftMinor < 0 ? 'budget.overThisMonth' : 'budget.leftThisMonth')}
        </Term>
      }
      figure={<Money value={amount(Math.abs(total.leftMinor))} />}
      change={
        <span className="muted">
          {t('budget.spentOf')} <Money value={amount(total.spentMinor)} /> {t('budget.of')}{' '}
          <Money value={amount(total.budgetedMinor + total.carriedMinor)} />
        </span>
      }
    />
  )
}
