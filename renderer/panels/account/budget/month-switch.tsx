import { ActionIcon, Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BudgetView } from '../../../../shared/model/budget.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { formatDate } from '../../../format/date-format.ts'
import { monthBefore, monthName } from './budget-words.ts'

/** One month back, one ahead, or to this one. */
export function MonthSwitch({ view, onMonth }: { view: BudgetView; onMonth: (month: string) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { month, thisMonth, firstMonth, plan } = view
  return (
    <nav className="budget-months" aria-label={t('budget.month')}>
      <ActionIcon
        variant="default"
        aria-label={t('budget.monthBefore')}
        disabled={month <= firstMonth}
        onClick={() => onMonth(monthBefore(month))}
      >
        <IconChevronLeft size={16} />
      </ActionIcon>
      <h2 className="budget-month" aria-live="polite">
        {monthName(month, language)}
        {plan.startDay === 1 ? null : (
          <span className="muted small">
            {t('budget.days', {
              from: formatDate(view.from, language, 'short'),
              to: formatDate(view.to, language, 'short'),
            })}
          </span>
        )}
      </h2>
      <ActionIcon variant="default" aria-label={t('budget.monthAfter')} onClick={() => onMonth(monthBefore(month, -1))}>
        <IconChevronRight size={16} />
      </ActionIcon>
      {month === thisMonth || thisMonth < firstMonth ? null : (
        <Button variant="subtle" size="xs" onClick={() => onMonth(thisMonth)}>
          {t('budget.thisMonth')}
        </Button>
      )}
    </nav>
  )
}
