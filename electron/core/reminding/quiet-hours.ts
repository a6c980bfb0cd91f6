import {
  type CivilTime,
  civilTime,
  dateOfTime,
  MINUTES_A_DAY,
  minuteOfTime,
} from '../../../shared/domain/civil-time.ts'
import { addDays, weekdayOf } from '../../../shared/domain/iso-date.ts'
import type { ReminderSettings } from '../../../shared/model/reminder.ts'

type Quiet = Pick<ReminderSettings, 'quiet' | 'quietWeekdays'>

function minuteIsQuiet(quiet: Quiet['quiet'], minute: number): boolean {
  if (quiet === null || quiet.from === quiet.until) return false
  return quiet.from < quiet.until
    ? minute >= quiet.from && minute < quiet.until
    : minute >= quiet.from || minute < quiet.until
}

/** Whether nothing may be told of at this time. */
export function isQuiet(settings: Quiet, time: CivilTime): boolean {
  return (
    settings.quietWeekdays.includes(weekdayOf(dateOfTime(time))) || minuteIsQuiet(settings.quiet, minuteOfTime(time))
  )
}

/** The first time from then on at which something may be told of. */
export function nextLoud(settings: Quiet, time: CivilTime): CivilTime {
  let at = time
  // at most six quiet days in a row, and a night on either side
  for (let step = 0; step < 20 && isQuiet(settings, at); step += 1) {
    const [on, minute] = [dateOfTime(at), minuteOfTime(at)]
    const until = settings.quiet?.until ?? MINUTES_A_DAY
    const endsToday = !settings.quietWeekdays.includes(weekdayOf(on)) && until > minute && until < MINUTES_A_DAY
    at = endsToday ? civilTime(on, until) : civilTime(addDays(on, 1), 0)
  }
  return at
}
