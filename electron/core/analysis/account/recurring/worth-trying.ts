import { type RecurringPeriod, recurringPeriods } from '../../../../../shared/model/recurring.ts'
import type { PaymentList } from './payment-list.ts'
import { periodShapes } from './period.ts'

/** Fewer payments than this are no series. */
export const FEWEST = 3
/** Of a shop's thousands of rows some are always in step with something: a series is no smaller part of its payee's. */
export const LEAST_SHARE = 0.02
/** Below so many rows every chain is looked for. */
const FEW_TO_FOLLOW = 6
/** Below so many rows every group is looked through. */
const FEW = 12
/** A group whose middle half lies further apart is no bill and hardly holds one: that is looked for among equal amounts. */
const WIDEST_HALF = 12
/** The usual gap of a series with some other payments between is no smaller part of its period. */
const LEAST_OF_PERIOD = 0.4
const MOST_OF_PERIOD = 1.7
const SHORTEST_GAP = Math.min(...recurringPeriods.map((period) => periodShapes[period].days)) * LEAST_OF_PERIOD

/** Of days that ascend: the gap that half of the gaps do not exceed; 0 where it is too short for any series. */
function medianGap(days: Int32Array): number {
  const gaps = new Int32Array(days.length - 1)
  let short = 0
  for (let index = 0; index < gaps.length; index += 1) {
    const gap = (days[index + 1] ?? 0) - (days[index] ?? 0)
    gaps[index] = gap
    if (gap < SHORTEST_GAP) short += 1
  }
  // the commonest by far: a shop that is visited more often than anything is billed
  if (short > gaps.length >> 1) return 0
  return gaps.sort()[gaps.length >> 1] ?? 0
}

function isErrands(payments: PaymentList): boolean {
  if (payments.length < FEW) return false
  const sorted = payments.sortedAmounts()
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 1
  return at(0.75) > at(0.25) * WIDEST_HALF
}

/**
 * Whether half of these days lie a period or a few behind one of the four before them: else no chain holds most of them,
 * and the search for the best is not worth its time. Most payees of a household are told from bills here.
 */
function mayFollow(all: Int32Array, period: RecurringPeriod): boolean {
  const count = all.length
  if (count < FEW_TO_FOLLOW) return true
  const { days, tolerance, gaps } = periodShapes[period]
  let linked = 0
  for (let index = 1; index < count; index += 1) {
    const day = all[index] ?? 0
    for (let earlier = index - 1; earlier >= 0 && earlier >= index - 4; earlier -= 1) {
      const gap = day - (all[earlier] ?? 0)
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

/** The periods that these payments could keep to; `byAmount`: they were picked for their amount. */
export function periodsWorthTrying(payments: PaymentList, byAmount: boolean): RecurringPeriod[] {
  const { days } = payments
  if (days.length < FEWEST) return []
  const gap = medianGap(days)
  if (gap < SHORTEST_GAP || (!byAmount && isErrands(payments))) return []
  return recurringPeriods.filter((period) => {
    const { days: length } = periodShapes[period]
    return gap >= length * LEAST_OF_PERIOD && gap <= length * MOST_OF_PERIOD && mayFollow(days, period)
  })
}
