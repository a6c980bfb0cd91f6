import type { RecurringPeriod } from '../../../../../shared/model/recurring.ts'
import { chargedMinor, type Payment } from './payment.ts'
import { type PeriodShape, periodShapes } from './period.ts'

/** Payments that follow each other by one period, or by a few where some are missing. */
export interface Chain {
  readonly period: RecurringPeriod
  /** By day. */
  readonly members: readonly Payment[]
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

/** How far the payment at `to` lies from `steps` periods after the one at `from`. */
function deviation(from: Payment, to: Payment, { unit, count }: PeriodShape, steps: number): number {
  if (unit === 'day') return to.day - from.day - count * steps
  const { month, dayOfMonth } = monthAndDay(from.day)
  const target = month + count * steps
  const length = LENGTHS[((target % 12) + 12) % 12] ?? 30
  return to.day - (firstOfMonth(target) + Math.min(dayOfMonth, length) - 1)
}

const ratioOf = (left: number, right: number): number =>
  left > right ? left / Math.max(1, right) : right / Math.max(1, left)

/** Below so many rows every chain is looked for. */
const FEW_ROWS = 6

/**
 * Whether half of these rows lie a period or a few behind one of the four before them: else no chain holds most of them,
 * and the search for the best is not worth its time. Most payees of a household are told from bills here.
 */
export function mayFollow(payments: readonly Payment[], period: RecurringPeriod): boolean {
  const count = payments.length
  if (count < FEW_ROWS) return true
  const { days, tolerance, gaps } = periodShapes[period]
  let linked = 0
  for (let index = 1; index < count; index += 1) {
    const day = payments[index]?.day ?? 0
    for (let earlier = index - 1; earlier >= 0 && earlier >= index - 4; earlier -= 1) {
      const gap = day - (payments[earlier]?.day ?? 0)
      const steps = Math.round(gap / days)
      if (steps > gaps + 1) break
      if (steps >= 1 && Math.abs(gap - steps * days) <= tolerance) {
        linked += 1
        break
      }
    }
  }
  return linked * 2 >= count
}

/**
 * The best chain of this period through payments that are sorted by day: the one with the most payments, the fewest
 * gaps, the likest amounts and the fewest days off. Quadratic only within a few periods. Null where fewer than two follow each other.
 */
export function bestChain(all: readonly Payment[], period: RecurringPeriod): Chain | null {
  const payments = all.length > MOST_ROWS ? all.slice(-MOST_ROWS) : all
  const shape = periodShapes[period]
  const { days, tolerance, gaps } = shape
  const farthest = days * (gaps + 1) + tolerance + 4
  const count = payments.length
  const day = new Int32Array(count)
  const charged = new Float64Array(count)
  for (let index = 0; index < count; index += 1) {
    const payment = payments[index]
    if (payment === undefined) break
    day[index] = payment.day
    charged[index] = chargedMinor(payment)
  }
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
      const [from, to] = [payments[earlier], payments[index]]
      if (from === undefined || to === undefined) continue
      const off = Math.abs(deviation(from, to, shape, steps))
      if (off > tolerance) continue
      const alike = ratio === 1 ? 0.3 : ratio < 1.03 ? 0.2 : ratio < 1.15 ? 0.1 : ratio <= 2 ? 0 : -0.5
      const account = from.accountId === to.accountId ? 0.1 : 0
      const score = (scores[earlier] ?? 0) + 1 - 0.75 * (steps - 1) + alike + account - 0.03 * off
      if (score > (scores[index] ?? 0)) {
        scores[index] = score
        before[index] = earlier
      }
    }
  }
  let end = 0
  for (let index = 1; index < scores.length; index += 1) if ((scores[index] ?? 0) >= (scores[end] ?? 0)) end = index
  const members: Payment[] = []
  for (let at = end; at >= 0; at = before[at] ?? -1) {
    const member = payments[at]
    if (member !== undefined) members.push(member)
  }
  members.reverse()
  if (members.length < 2) return null
  const deviations: number[] = []
  let missed = 0
  for (const [index, member] of members.entries()) {
    const previous = members[index - 1]
    if (previous === undefined) continue
    const steps = Math.max(1, Math.round((member.day - previous.day) / days))
    missed += steps - 1
    deviations.push(deviation(previous, member, shape, steps))
  }
  // what follows by weeks does not drift: the 1st and the 15th of each month are no fortnights
  if (shape.unit === 'day' && members.length >= 5) {
    const drift = deviations.reduce((sum, off) => sum + off, 0) / deviations.length
    if (Math.abs(drift) > 0.75) return null
  }
  return { period, members, missed, deviations }
}
