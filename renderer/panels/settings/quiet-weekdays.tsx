import { Chip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../app/preferences.tsx'
import { SettingRow } from './setting-row.tsx'

/** ISO weekdays, Monday first. */
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
/** A day must be left on which something is told. */
const MOST_QUIET = WEEKDAYS.length - 1

/** 2024-01-01 was a Monday. */
function weekdayName(day: number, language: string, weekday: 'long' | 'short'): string {
  return new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))
}

/** Days of the week on which nothing is told. */
export function QuietWeekdays({ days, onChange }: { days: readonly number[]; onChange: (days: number[]) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <SettingRow name={t('reminders.settings.quietDays')} hint={t('reminders.settings.quietDaysText')}>
      {({ labelId, hintId }) => (
        <fieldset className="quiet-days" aria-labelledby={labelId} aria-describedby={hintId}>
          {WEEKDAYS.map((day) => (
            <Chip
              key={day}
              size="xs"
              variant="outline"
              aria-label={weekdayName(day, language, 'long')}
              checked={days.includes(day)}
              disabled={!days.includes(day) && days.length >= MOST_QUIET}
              onChange={(on) =>
                onChange(on ? [...days, day].sort((a, b) => a - b) : days.filter((other) => other !== day))
              }
            >
              {weekdayName(day, language, 'short')}
            </Chip>
          ))}
        </fieldset>
      )}
    </SettingRow>
  )
}
