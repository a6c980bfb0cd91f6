import type { RecurringPeriod } from '../../../../../shared/model/recurring.ts'
import type { Payment } from './payment.ts'
import type { PaymentList } from './payment-list.ts'
import { type PeriodShape, periodShapes } from './period.ts'

/** Payments that follow each other by one period, or by a few where some are missing. */
export interface Chain {
  readonly period: RecurringPeriod
  /** By day. */
  readonly members: readonly Payment[]
  /** Their places in the list of all that were looked through. */
  readonly places: readonly number[]
  /** Payments that were expected between the first and the last and did not come. */
  readonly missed: number
  /** Days from where each payment after the first was expected. */
  readonly deviations: readonly number[]
}

/** Longer lists are no bills; their newest rows still tell. */
const MOST_ROWS = 2_000
/** Two payments further apart than this factor do not follow each other. */
const WIDEST_RATIO = 5

/** A day as its month and its place in it, without making a text of it (Howard Hinnant, civil_from_days). */
function monthAndDay(day: number): { month: number; dayOfMonth: number } {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const index = Math.floor((5 * dayOfYear + 2) / 153)
  // months count from March of year 0
  return {
    month: (yearOfEra + era * 400) * 12 + index,
    dayOfMonth: dayOfYear - Math.floor((153 * index + 2) / 5) + 1,
  }
}

const LENGTHS = [31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28]

function firstOfMonth(month: number): number {
  const year = Math.floor(month / 12)
  const index = month - year * 12
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * index + 2) / 5)
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** How far the day `to` lies from `steps` periods after the day `from`. */
function deviation(from: number, to: number, { unit, count }: PeriodShape, steps: number): number {
  if (unit === 'day') return to - from - count * steps
  const { month, dayOfMonth } = monthAndDay(from)
  const target = month + count * steps
  const length = LENGTHS[((target % 12) + 12) % 12] ?? 30
  return to - (firstOfMonth(target) + Math.min(dayOfMonth, length) - 1)
}

const ratioOf = (left: number, right: number): number =>
  left > right ? left / Math.max(1, right) : right / Math.max(1, left)

/**
 * The best chain of this period through payments that are sorted by day: the one with the most payments, the fewest
 * gaps, the likest amounts and the fewest days off. Quadratic only within a few periods. Null where fewer than two follow each other.
 */
export function bestChain(payments: PaymentList, period: RecurringPeriod): Chain | null {
  const shape = periodShapes[period]
  const { days, tolerance, gaps } = shape
  const farthest = days * (gaps + 1) + tolerance + 4
  const skipped = Math.max(0, payments.length - MOST_ROWS)
  const count = payments.length - skipped
  const day = payments.days.subarray(skipped)
  const charged = payments.charged.subarray(skipped)
  const accounts = payments.accounts.subarray(skipped)
  const scores = new Float64Array(count).fill(1)
  const before = new Int32Array(count).fill(-1)
  for (let index = 1; index < count; index += 1) {
    for (let earlier = index - 1; earlier >= 0; earlier -= 1) {
      const gap = (day[index] ?? 0) - (day[earlier] ?? 0)
      if (gap > farthest) break
      const steps = Math.round(gap / days)
      if (steps < 1 || steps > gaps + 1 || Math.abs(gap - steps * days) > tolerance + 4) continue
      // no chain through it could be better, whatever its amount
      if ((scores[earlier] ?? 0) + 1.4 - 0.75 * (steps - 1) <= (scores[index] ?? 0)) continue
      const ratio = ratioOf(charged[earlier] ?? 0, charged[index] ?? 0)
      if (ratio > WIDEST_RATIO) continue
      const off = Math.abs(deviation(day[earlier] ?? 0, day[index] ?? 0, shape, steps))
      if (off > tolerance) continue
      const alike = ratio === 1 ? 0.3 : ratio < 1.03 ? 0.2 : ratio < 1.15 ? 0.1 : ratio <= 2 ? 0 : -0.5
      const account = accounts[earlier] === accounts[index] ? 0.1 : 0
      const score = (scores[earlier] ?? 0) + 1 - 0.75 * (steps - 1) + alike + account - 0.03 * off
      if (score > (scores[index] ?? 0)) {
        scores[index] = score
        before[index] = earlier
      }
    }
  }
  let end = 0
  for (let index = 1; index < scores.length; index += 1) if ((scores[index] ?? 0) >= (scores[end] ?? 0)) end = index
  const chosen: number[] = []
  for (let at = end; at >= 0; at = before[at] ?? -1) chosen.push(at)
  chosen.reverse()
  if (chosen.length < 2) return null
  const members = chosen.map((index) => payments.at(skipped + index))
  const deviations: number[] = []
  let missed = 0
  for (const [index, member] of members.entries()) {
    const previous = members[index - 1]
    if (previous === undefined) continue
    const steps = Math.max(1, Math.round((member.day - previous.day) / days))
    missed += steps - 1
    deviations.push(deviation(previous.day, member.day, shape, steps))
  }
  // what follows by weeks does not drift: the 1st and the 15th of each month are no fortnights
  if (shape.unit === 'day' && members.length >= 5) {
    const drift = deviations.reduce((sum, off) => sum + off, 0) / deviations.length
    if (Math.abs(drift) > 0.75) return null
  }
  const places = chosen.map((index) => payments.places[skipped + index] ?? 0)
  return { period, members, places, missed, deviations }
}
