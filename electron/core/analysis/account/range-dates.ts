import {
  addDays,
  addMonths,
  daysBetween,
  endOfMonth,
  type IsoDate,
  isoDate,
  partsOfDate,
} from '../../../../shared/domain/iso-date.ts'
import type { Range } from '../../../../shared/model/figures.ts'

/** A chart shows no more points than this. */
const MOST_POINTS = 130
/** Days are only looked at singly where so few transactions lie in the range; else months, whose sums are kept. */
const MOST_ROWS = 20_000

/** Before it there is no date. */
const FIRST_DAY = isoDate(1, 1, 1)

const MONTHS = { '1m': 1, '3m': 3, '1y': 12, '5y': 60 } as const

/** The day at whose end the range begins; `earliest` is the first day anything is known of, or null. */
export function startOfRange(range: Range, today: IsoDate, earliest: IsoDate | null): IsoDate {
  if (range === 'ytd') return isoDate(partsOfDate(today).year - 1, 12, 31)
  if (range !== 'all') return addMonths(today, -MONTHS[range])
  if (earliest === null || earliest >= today) return addMonths(today, -1)
  return earliest === FIRST_DAY ? earliest : addDays(earliest, -1)
}

function everyNthDay(from: IsoDate, today: IsoDate, step: number): IsoDate[] {
  const dates: IsoDate[] = [today]
  for (let date = addDays(today, -step); date > from; date = addDays(date, -step)) dates.push(date)
  return [...dates, from].toReversed()
}

function monthEnds(from: IsoDate, today: IsoDate): IsoDate[] {
  const ends: IsoDate[] = []
  for (let end = endOfMonth(from); end < today; end = endOfMonth(addDays(end, 1))) if (end > from) ends.push(end)
  // the last point before today stays, and every n-th before it
  const stride = Math.ceil(ends.length / (MOST_POINTS - 2))
  const kept = ends.filter((_, index) => (ends.length - 1 - index) % stride === 0)
  return [from, ...kept, today]
}

/**
 * The days a chart shows: rising, from its first day to today. Short ranges go by day, a year by week, longer ones by
 * month's end.
 */
export function computeRangeDates(from: IsoDate, today: IsoDate, rowsSince: (from: IsoDate) => number): IsoDate[] {
  const days = daysBetween(from, today)
  if (days <= 0) return [today]
  const step = days < MOST_POINTS ? 1 : days <= 372 ? (days < 2 * MOST_POINTS ? 2 : 7) : 0
  if (step === 0 || rowsSince(from) > MOST_ROWS) return monthEnds(from, today)
  return everyNthDay(from, today, step)
}
