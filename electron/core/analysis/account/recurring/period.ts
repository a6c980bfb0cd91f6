import {
  addMonths,
  dateFromDayNumber,
  dayNumber,
  endOfMonth,
  type IsoDate,
  isoDate,
  daysInMonth,
  partsOfDate,
  startOfMonth,
  weekdayOf,
} from '../../../../../shared/domain/iso-date.ts'
import type { RecurringAnchor, RecurringPeriod } from '../../../../../shared/model/recurring.ts'

export interface PeriodShape {
  readonly unit: 'day' | 'month'
  /** So many units from one payment to the next. */
  readonly count: number
  /** Its length in days, on average. */
  readonly days: number
  /** A payment this many days off is still on time: weekends and holidays move both it and the one before. */
  readonly tolerance: number
  /** So many payments may be missing in a row before it counts as another series. */
  readonly gaps: number
  /** Payments in a year, for yearly costs: 52 weeks, 12 months. */
  readonly aYear: number
}

const MONTH_DAYS = 30.436875
const ofDays = (count: number, tolerance: number, gaps: number, aYear: number): PeriodShape => ({
  unit: 'day',
  count,
  days: count,
  tolerance,
  gaps,
  aYear,
})
const ofMonths = (count: number, tolerance: number, gaps: number): PeriodShape => ({
  unit: 'month',
  count,
  days: count * MONTH_DAYS,
  tolerance,
  gaps,
  aYear: 12 / count,
})

export const periodShapes: Readonly<Record<RecurringPeriod, PeriodShape>> = {
  weekly: ofDays(7, 2, 3, 52),
  fortnightly: ofDays(14, 3, 2, 26),
  'four-weekly': ofDays(28, 3, 2, 13),
  monthly: ofMonths(1, 6, 3),
  'bi-monthly': ofMonths(2, 7, 2),
  quarterly: ofMonths(3, 9, 2),
  'half-yearly': ofMonths(6, 14, 1),
  yearly: ofMonths(12, 20, 1),
}

/** The last day of the date's month that is no Saturday or Sunday. */
export function lastBusinessDay(date: IsoDate): IsoDate {
  const end = endOfMonth(date)
  const weekday = weekdayOf(end)
  return weekday <= 5 ? end : dateFromDayNumber(dayNumber(end) - (weekday - 5))
}

/** The anchor's day in the month that `date` lies in; for a weekday, that weekday nearest to the date. */
export function anchoredIn(date: IsoDate, anchor: RecurringAnchor): IsoDate {
  if (anchor.on === 'last-business-day') return lastBusinessDay(date)
  if (anchor.on === 'month-day') {
    const { year, month } = partsOfDate(date)
    return isoDate(year, month, Math.min(anchor.day, daysInMonth(year, month)))
  }
  const off = (((anchor.weekday - weekdayOf(date)) % 7) + 7) % 7
  return dateFromDayNumber(dayNumber(date) + (off > 3 ? off - 7 : off))
}

/** The regular day that a payment of this date was meant for: a rent paid on 2 October may be that of 30 September. */
export function slotOf(date: IsoDate, anchor: RecurringAnchor): IsoDate {
  if (anchor.on === 'weekday') return anchoredIn(date, anchor)
  const here = startOfMonth(date)
  const distance = (slot: IsoDate): number => Math.abs(dayNumber(slot) - dayNumber(date))
  return [-1, 0, 1]
    .map((months) => anchoredIn(addMonths(here, months), anchor))
    .reduce((best, slot) => (distance(slot) < distance(best) ? slot : best))
}

/** The regular day `steps` periods after the regular day `slot`. */
export function slotAfter(slot: IsoDate, period: RecurringPeriod, anchor: RecurringAnchor, steps = 1): IsoDate {
  const { unit, count } = periodShapes[period]
  if (unit === 'day') return dateFromDayNumber(dayNumber(slot) + count * steps)
  return anchoredIn(addMonths(startOfMonth(slot), count * steps), anchor)
}

/** The regular days of a series after `last` within the span, both ends included; at most `most` of them. */
export function slotsBetween(
  last: IsoDate,
  { period, anchor }: { readonly period: RecurringPeriod; readonly anchor: RecurringAnchor },
  { from, to, most = 600 }: { readonly from: IsoDate; readonly to: IsoDate; readonly most?: number },
): IsoDate[] {
  const first = slotOf(last, anchor)
  const { days } = periodShapes[period]
  // most of the way at once, for a series that was last seen long ago
  let step = Math.max(1, Math.floor((dayNumber(from) - dayNumber(first)) / days) - 1)
  const found: IsoDate[] = []
  for (; found.length < most; step += 1) {
    const slot = slotAfter(first, period, anchor, step)
    if (slot > to) break
    if (slot >= from) found.push(slot)
  }
  return found
}
