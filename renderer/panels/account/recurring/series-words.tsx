import { useTranslation } from 'react-i18next'
import { isoDate } from '../../../../shared/domain/iso-date.ts'
import type { RecurringEvidence, RecurringItem } from '../../../../shared/model/recurring.ts'
import { useLanguage } from '../../../app/preferences.tsx'

/** 5 January 2026 was a Monday: weekdays are named by the language's own calendar. */
function weekdayName(weekday: number, language: string): string {
  const day = isoDate(2026, 1, 4 + weekday)
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { weekday: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  )
}

/** "Monthly, on the 14th". */
export function useRhythmWords(): (item: Pick<RecurringItem, 'period' | 'anchor'>) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  return ({ period, anchor }) => {
    const every = t(`recurring.period.${period}`)
    if (anchor.on === 'last-business-day') return t('recurring.rhythm.lastBusinessDay', { every })
    if (anchor.on === 'weekday') {
      return t('recurring.rhythm.weekday', { every, weekday: weekdayName(anchor.weekday, language) })
    }
    if (period === 'yearly' || period === 'half-yearly') return every
    return anchor.day === 31
      ? t('recurring.rhythm.monthEnd', { every })
      : t('recurring.rhythm.monthDay', { every, day: anchor.day })
  }
}

/** Why it is taken for a series, each sign in a sentence, the weightiest first. */
export function EvidenceWords({ evidence }: { evidence: readonly RecurringEvidence[] }) {
  const { t } = useTranslation()
  return (
    <ul className="plain-list">
      {evidence
        .toSorted((left, right) => Math.abs(right.decibans) - Math.abs(left.decibans))
        .map(({ sign, decibans, count, of }) => (
          <li key={sign}>
            <span aria-hidden="true">{decibans < 0 ? '−' : '+'}</span>{' '}
            {sign === 'category'
              ? t(decibans < 0 ? 'recurring.evidence.categoryAgainst' : 'recurring.evidence.categoryFor')
              : t(`recurring.evidence.${sign}`, { count, of })}
          </li>
        ))}
    </ul>
  )
}
