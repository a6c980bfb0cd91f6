/** Everyday spending of one account by day, minor units, credit positive; the last entry is today's. */
export interface DailyHistory {
  readonly minor: Float64Array
  /** Days since 1970-01-01 of the first entry. */
  readonly firstDay: number
}

export interface Season {
  /** What is expected of a day. */
  at(day: number): number
  /** What each day of the history was above it. */
  readonly residuals: Float64Array
}

const WEEK = 7
/** A weekday or month with little history is taken for an average one: so many average days are added to it. */
const WEEKDAY_PRIOR = 6
const MONTH_PRIOR = 60
/** Months are told apart from so many days on. */
const MONTHS_FROM = 300
const YEAR = 365

const weekdayOf = (day: number): number => (((day + 3) % WEEK) + WEEK) % WEEK
/** 0 to 11 by the day of a year of 365.2425 days: near enough for a factor. */
const monthOf = (day: number): number =>
  Math.min(11, Math.floor((((day % 365.2425) + 365.2425) % 365.2425) / 30.436875))

function factors(history: DailyHistory, groupOf: (day: number) => number, count: number, prior: number): Float64Array {
  const sums = new Float64Array(count)
  const days = new Float64Array(count)
  let total = 0
  for (const [index, minor] of history.minor.entries()) {
    const group = groupOf(history.firstDay + index)
    sums[group] = (sums[group] ?? 0) + minor
    days[group] = (days[group] ?? 0) + 1
    total += minor
  }
  const mean = total / Math.max(1, history.minor.length)
  return Float64Array.from(sums, (sum, group) => {
    if (mean === 0) return 1
    const factor = (sum + prior * mean) / ((days[group] ?? 0) + prior) / mean
    return Math.min(3, Math.max(0, factor))
  })
}

/**
 * The shape of everyday spending: the mean of the last year × the weekday's factor × the month's, each drawn towards one
 * where there is little of it. What remains of each day is its residual, from which the band is drawn.
 */
export function seasonOf(history: DailyHistory): Season {
  const size = history.minor.length
  const recent = history.minor.subarray(Math.max(0, size - YEAR))
  const level = recent.reduce((sum, minor) => sum + minor, 0) / Math.max(1, recent.length)
  const weekday = factors(history, weekdayOf, WEEK, WEEKDAY_PRIOR)
  const month = size >= MONTHS_FROM ? factors(history, monthOf, 12, MONTH_PRIOR) : new Float64Array(12).fill(1)
  const at = (day: number): number => level * (weekday[weekdayOf(day)] ?? 1) * (month[monthOf(day)] ?? 1)
  return { at, residuals: history.minor.map((minor, index) => minor - at(history.firstDay + index)) }
}
