import {
  addDays,
  addMonths,
  dayNumber,
  daysBetween,
  type IsoDate,
  isoDate,
  partsOfDate,
  startOfMonth,
} from '../../shared/domain/iso-date.ts'

export interface DateTicks {
  readonly days: readonly number[]
  readonly style: 'short' | 'month' | 'month-year' | 'year'
}

const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120]

/** At most `most` ticks at round dates between two days: weeks, first days of months, quarters or years. */
export function dateTicks(from: IsoDate, to: IsoDate, most: number): DateTicks {
  const span = daysBetween(from, to)
  if (span <= 70) {
    const step = Math.max(1, Math.ceil(span / Math.max(1, most)))
    const days: number[] = []
    for (let day = dayNumber(to); day >= dayNumber(from); day -= step) days.unshift(day)
    return { days, style: 'short' }
  }
  const months = span / 30.44
  const step = monthSteps.find((size) => months / size <= most) ?? 240
  const { year, month } = partsOfDate(from)
  const aligned =
    step >= 12 ? isoDate(year - (year % (step / 12)), 1, 1) : isoDate(year, month - ((month - 1) % step), 1)
  const days: number[] = []
  for (let tick: IsoDate = startOfMonth(aligned); tick <= to; tick = addMonths(tick, step)) {
    if (tick >= from) days.push(dayNumber(tick))
  }
  return { days, style: step >= 12 ? 'year' : months > 14 ? 'month-year' : 'month' }
}

/** Points of a line at every day where it may bend, with the last day repeated for a single point so that it shows. */
export function spanOf(dates: readonly IsoDate[]): { from: IsoDate; to: IsoDate } | null {
  const first = dates[0]
  const last = dates.at(-1)
  if (first === undefined || last === undefined) return null
  return first === last ? { from: addDays(first, -1), to: last } : { from: first, to: last }
}
