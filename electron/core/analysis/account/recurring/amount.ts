import { dateFromDayNumber } from '../../../../../shared/domain/iso-date.ts'
import type { RecurringPeriod } from '../../../../../shared/model/recurring.ts'
import { chargedMinor, type Payment } from './payment.ts'
import { periodShapes } from './period.ts'

export interface SeriesAmount {
  /** The next payment, a magnitude in the account's currency. */
  readonly expectedMinor: number
  readonly lowestMinor: number
  readonly highestMinor: number
  readonly fixed: boolean
  /** The price of a fixed series that is charged in another currency, a magnitude in that one. */
  readonly originalMinor: number | null
  /** Magnitudes in the currency it is charged in, oldest first. */
  readonly prices: readonly { readonly on: string; readonly fromMinor: number; readonly toMinor: number }[]
}

/** A price that lasted, from its first payment on. */
interface Level {
  readonly minor: number
  readonly from: number
  length: number
}

/** Runs of equal amounts; a payment that is different once and then the same as before belongs to its run. */
function levelsOf(members: readonly Payment[]): Level[] {
  const levels: Level[] = []
  for (const payment of members) {
    const minor = chargedMinor(payment)
    const last = levels.at(-1)
    const beforeLast = levels.at(-2)
    if (last?.minor === minor) last.length += 1
    else if (last?.length === 1 && beforeLast?.minor === minor) {
      levels.pop()
      beforeLast.length += 2
    } else levels.push({ minor, from: payment.day, length: 1 })
  }
  // a last payment of less than half or more than twice the price is no new price until it has come again
  const [before, last] = [levels.at(-2), levels.at(-1)]
  if (before !== undefined && last?.length === 1 && before.length >= 3) {
    if (last.minor > before.minor * 2 || last.minor * 2 < before.minor) levels.pop()
  }
  return levels
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[middle] ?? 0
  return Math.round(((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2)
}

/** So many payments are needed to tell which of the ways has foretold them best. */
const TOLD_FROM = 4

/**
 * What a varying payment is expected to be, by the way that would have foretold its payments best so far: the same as a
 * year before (bills by the season), the same as the last one (interest that falls from month to month), or the middle of
 * the last six.
 */
function expectedOf(members: readonly Payment[], period: RecurringPeriod): number {
  const { aYear, days } = periodShapes[period]
  const seasonal = aYear >= 4 && aYear <= 13
  const ways: readonly ((before: readonly Payment[], on: number) => number | null)[] = [
    (before) => median(before.slice(-6).map(({ minor }) => minor)),
    (before) => before.at(-1)?.minor ?? null,
    (before, on) =>
      seasonal ? (before.find(({ day }) => Math.abs(day - (on - 365)) <= days / 2)?.minor ?? null) : null,
  ]
  const from = Math.max(1, members.length - 24)
  const errors = ways.map((way) => {
    let [sum, told] = [0, 0]
    for (let index = from; index < members.length; index += 1) {
      const payment = members[index]
      const guess = payment === undefined ? null : way(members.slice(0, index), payment.day)
      if (payment === undefined || guess === null) continue
      sum += Math.abs(guess - payment.minor)
      told += 1
    }
    return told < TOLD_FROM ? Number.POSITIVE_INFINITY : sum / told
  })
  const best = errors.reduce((least, error, index) => (error < (errors[least] ?? 0) ? index : least), 0)
  const next = (members.at(-1)?.day ?? 0) + Math.round(days)
  return ways[best]?.(members, next) ?? ways[0]?.(members, next) ?? 0
}

/** Amount, range and changes of price of a series whose payments are sorted by day; there is at least one. */
export function amountOf(members: readonly Payment[], period: RecurringPeriod): SeriesAmount {
  const levels = levelsOf(members)
  const links = Math.max(1, members.length - 1)
  const steady = 1 - (levels.length - 1) / links
  const isYearly = periodShapes[period].aYear <= 2
  const fixed = levels.length === 1 || steady >= 0.6 || (isYearly && steady >= 0.3)
  const last = members.at(-1)
  const recent = members.slice(-12).map(({ minor }) => minor)
  const sorted = recent.toSorted((left, right) => left - right)
  // the odd one out of a dozen is not what is usual
  const cut = recent.length >= 10 ? 1 : 0
  const lowest = sorted[cut] ?? 0
  const highest = sorted[sorted.length - 1 - cut] ?? 0
  const changes = levels.flatMap((level, index) => {
    const previous = levels[index - 1]
    if (previous === undefined) return []
    return [{ on: dateFromDayNumber(level.from), fromMinor: previous.minor, toMinor: level.minor }]
  })
  if (!fixed) {
    return {
      expectedMinor: expectedOf(members, period),
      lowestMinor: lowest,
      highestMinor: highest,
      fixed,
      originalMinor: null,
      // a premium that moves from year to year tells of a dearer year; a bill that is another each month does not
      prices: isYearly ? changes : [],
    }
  }
  const price = levels.at(-1)
  const isForeign = members.every(({ originalMinor }) => originalMinor !== null)
  const atPrice = members.filter((payment) => payment.day >= (price?.from ?? 0)).map(({ minor }) => minor)
  return {
    expectedMinor: isForeign ? (last?.minor ?? 0) : (price?.minor ?? 0),
    lowestMinor: Math.min(...atPrice.slice(-12)),
    highestMinor: Math.max(...atPrice.slice(-12)),
    fixed,
    originalMinor: isForeign ? (price?.minor ?? null) : null,
    prices: changes,
  }
}
