import { addDays, addMonths, type IsoDate, startOfMonth, weekdayOf } from '../../../../../shared/domain/iso-date.ts'
import type { FlowGroup } from '../../../../../shared/model/flow.ts'

/** The first day of the period that the day lies in. Weeks begin on Monday (ISO 8601). */
export function periodOf(day: IsoDate, group: FlowGroup): IsoDate {
  if (group === 'day') return day
  if (group === 'week') return addDays(day, 1 - weekdayOf(day))
  if (group === 'month') return startOfMonth(day)
  if (group === 'year') return `${day.slice(0, 4)}-01-01` as IsoDate
  const first = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1
  return `${day.slice(0, 5)}${String(first).padStart(2, '0')}-01` as IsoDate
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const

/** The first day of the period so many periods later; earlier where negative. */
export function addPeriods(period: IsoDate, group: FlowGroup, count: number): IsoDate {
  if (group === 'day') return addDays(period, count)
  if (group === 'week') return addDays(period, count * 7)
  return addMonths(period, MONTHS[group] * count)
}

/** The last day of the period that begins on this day. */
export function endOfPeriod(period: IsoDate, group: FlowGroup): IsoDate {
  return addDays(addPeriods(period, group, 1), -1)
}

/** The first days of all periods that the range touches, rising. */
export function periodsBetween(from: IsoDate, to: IsoDate, group: FlowGroup): IsoDate[] {
  const periods: IsoDate[] = []
  for (let period = periodOf(from, group); period <= to; period = addPeriods(period, group, 1)) periods.push(period)
  return periods
}
