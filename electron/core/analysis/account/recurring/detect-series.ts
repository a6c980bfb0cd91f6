import {
  type RecurringAnchor,
  type RecurringEvidence,
  type RecurringPeriod,
  recurringPeriods,
} from '../../../../../shared/model/recurring.ts'
import { amountOf, type SeriesAmount } from './amount.ts'
import { anchorOf } from './anchor.ts'
import { bestChain, type Chain, mayFollow } from './chain.ts'
import { chargedMinor, type Payment } from './payment.ts'
import { periodShapes } from './period.ts'
import { confidenceOf, type Picked, type Weighed, weighChain, WORTH_SHOWING } from './weigh.ts'

export interface DetectedSeries {
  readonly period: RecurringPeriod
  readonly anchor: RecurringAnchor
  /** That of the latest payment. */
  readonly accountId: number
  readonly amount: SeriesAmount
  /** By day. */
  readonly members: readonly Payment[]
  readonly missed: number
  /** In thousandths. */
  readonly confidence: number
  readonly evidence: readonly RecurringEvidence[]
}

/** Fewer payments than this are no series. */
const FEWEST = 3
/** A payee's rows are given up after so many series: nobody has more subscriptions at one. */
const MOST_SERIES = 12
/** Of a shop's thousands of rows some are always in step with something: a series is no smaller part of its payee's. */
const LEAST_SHARE = 0.02
/** A chain that holds so much of its rows, and all but some noise, needs no other explanation. */
const WHOLE = 0.75

interface Found extends Weighed {
  readonly chain: Chain
}

function medianGap(payments: readonly Payment[]): number {
  const gaps = new Int32Array(payments.length - 1)
  for (let index = 1; index < payments.length; index += 1) {
    gaps[index - 1] = (payments[index]?.day ?? 0) - (payments[index - 1]?.day ?? 0)
  }
  gaps.sort()
  return gaps[gaps.length >> 1] ?? 0
}

/**
 * Weekly payments of any amount are errands, not bills; a monthly one may vary with the season. A chain whose usual
 * amounts lie further apart than this is none.
 */
function isSteadyEnough({ members, period }: Chain): boolean {
  const amounts = members.map(chargedMinor).toSorted((left, right) => left - right)
  const at = (share: number): number => amounts[Math.floor((amounts.length - 1) * share)] ?? 1
  const ratio = at(0.9) / Math.max(1, at(0.1))
  return ratio <= (periodShapes[period].unit === 'day' ? 1.35 : 6)
}

/** Below so many rows every group is looked through. */
const FEW = 12
/** A group whose middle half lies further apart is no bill and hardly holds one: that is looked for among equal amounts. */
const WIDEST_HALF = 12

function isErrands(payments: readonly Payment[]): boolean {
  if (payments.length < FEW) return false
  const amounts = Float64Array.from(payments, chargedMinor).sort()
  const at = (share: number): number => amounts[Math.floor((amounts.length - 1) * share)] ?? 1
  return at(0.75) > at(0.25) * WIDEST_HALF
}

/** The usual gap of a series with some other payments between is no smaller part of its period. */
const LEAST_OF_PERIOD = 0.4
const SHORTEST_GAP = Math.min(...recurringPeriods.map((period) => periodShapes[period].days)) * LEAST_OF_PERIOD

/** The best chain of any period through these payments, weighed; null where none is worth showing. */
function findBest(payments: readonly Payment[], options: Picked): Found | null {
  if (payments.length < FEWEST) return null
  const gap = medianGap(payments)
  // the commonest by far: a shop that is visited more often than anything is billed
  if (gap < SHORTEST_GAP || (!options.chosenByAmount && isErrands(payments))) return null
  let best: Found | null = null
  for (const period of recurringPeriods) {
    const { days } = periodShapes[period]
    if (gap < days * LEAST_OF_PERIOD || gap > days * 1.7 || !mayFollow(payments, period)) continue
    const chain = bestChain(payments, period)
    if (chain === null || chain.members.length < FEWEST || !isSteadyEnough(chain)) continue
    if (chain.members.length < options.of * LEAST_SHARE) continue
    const weighed = weighChain(chain, { among: payments, ...options })
    if (weighed.score >= WORTH_SHOWING && (best === null || weighed.score > best.score)) best = { chain, ...weighed }
  }
  return best
}

function without(payments: readonly Payment[], taken: ReadonlySet<Payment>): Payment[] {
  return payments.filter((payment) => !taken.has(payment))
}

/**
 * Groups whose amounts lie near each other, each by day: a new one begins where the next amount is more than a third
 * above.
 */
function nearAmounts(payments: readonly Payment[]): Payment[][] {
  const amounts = Float64Array.from(payments, chargedMinor).sort()
  const starts = amounts.filter((amount, index) => index === 0 || amount > (amounts[index - 1] ?? 0) * 1.35)
  const groups = Array.from(starts, (): Payment[] => [])
  for (const payment of payments) {
    const minor = chargedMinor(payment)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((starts[middle] ?? 0) <= minor) low = middle
      else high = middle - 1
    }
    groups[low]?.push(payment)
  }
  return groups
}

/** Two chains are one with a change of price where the later begins about one period after the earlier ended. */
function follows(earlier: Chain, later: Chain): boolean {
  if (earlier.period !== later.period) return false
  const [last, first] = [earlier.members.at(-1), later.members[0]]
  if (last === undefined || first === undefined) return false
  const [low, high] = [chargedMinor(last), chargedMinor(first)].toSorted((left, right) => left - right)
  if ((high ?? 0) > (low ?? 0) * 2) return false
  const { days, tolerance, gaps } = periodShapes[earlier.period]
  const gap = first.day - last.day
  const steps = Math.round(gap / days)
  return steps >= 1 && steps <= gaps + 1 && Math.abs(gap - steps * days) <= tolerance + 2
}

function joined(earlier: Found, later: Found): Found {
  const { days } = periodShapes[earlier.chain.period]
  const gap = (later.chain.members[0]?.day ?? 0) - (earlier.chain.members.at(-1)?.day ?? 0)
  const steps = Math.max(1, Math.round(gap / days))
  const stronger = earlier.score >= later.score ? earlier : later
  return {
    score: Math.max(earlier.score, later.score),
    evidence: stronger.evidence,
    chain: {
      period: earlier.chain.period,
      members: [...earlier.chain.members, ...later.chain.members],
      missed: earlier.chain.missed + later.chain.missed + steps - 1,
      deviations: [...earlier.chain.deviations, Math.round(gap - steps * days), ...later.chain.deviations],
    },
  }
}

function joinPrices(found: readonly Found[]): Found[] {
  const open = found.toSorted((left, right) => (left.chain.members[0]?.day ?? 0) - (right.chain.members[0]?.day ?? 0))
  const result: Found[] = []
  for (const next of open) {
    const at = result.findLastIndex(({ chain }) => follows(chain, next.chain))
    const earlier = result[at]
    if (earlier === undefined) result.push(next)
    else result[at] = joined(earlier, next)
  }
  return result
}

/** Takes chains out of these payments one after another. */
function takeAll(payments: readonly Payment[], options: Picked, found: Found[]): void {
  let left = payments
  while (found.length < MOST_SERIES) {
    const best = findBest(left, options)
    if (best === null) return
    found.push(best)
    left = without(left, new Set(best.chain.members))
  }
}

/**
 * The series among the payments to (or from) one payee. First all of its rows as one series; where that does not explain
 * them, rows of equal amount (two subscriptions at one payee), of one account, of similar amounts, each series leaving
 * its rows out of the next search; then what differs only by a change of price is joined.
 * `payments` is sorted by day, all of one direction; `prior` is what their category says for or against, in decibans.
 */
export function detectSeries(payments: readonly Payment[], prior = 0): DetectedSeries[] {
  if (payments.length < FEWEST) return []
  const found: Found[] = []
  const of = payments.length
  const whole = findBest(payments, { of, tried: 1, chosenByAmount: false, prior })
  if (whole !== null && whole.chain.members.length >= payments.length * WHOLE) {
    found.push(whole)
    takeAll(without(payments, new Set(whole.chain.members)), { of, tried: 3, chosenByAmount: false, prior }, found)
  } else {
    const left = (): Payment[] => without(payments, new Set(found.flatMap(({ chain }) => chain.members)))
    const search = (groups: Iterable<readonly Payment[]>, chosenByAmount: boolean): void => {
      const large = [...groups].filter((group) => group.length >= Math.max(FEWEST, of * LEAST_SHARE))
      for (const group of large) takeAll(group, { of, tried: large.length, chosenByAmount, prior }, found)
    }
    search(Map.groupBy(payments, chargedMinor).values(), true)
    // the first and last months at another price are too few to be found by themselves
    for (const [index, one] of found.entries()) found[index] = extended(one, left())
    // what was tried as a whole is not tried again
    // each among the rows that the one before has left
    for (const [groupsOf, byAmount] of [
      [() => Map.groupBy(left(), ({ accountId }) => accountId).values(), false],
      [() => nearAmounts(left()), true],
      [() => [left()], false],
    ] as const) {
      search(
        [...groupsOf()].filter((group) => group.length < of),
        byAmount,
      )
    }
  }
  return joinPrices(found)
    .map(({ chain, score, evidence }) => ({
      period: chain.period,
      anchor: anchorOf(
        chain.members.map(({ day }) => day),
        chain.period,
      ),
      accountId: chain.members.at(-1)?.accountId ?? 0,
      amount: amountOf(chain.members, chain.period),
      members: chain.members,
      missed: chain.missed,
      confidence: confidenceOf(score),
      evidence,
    }))
    .toSorted((left, right) => (left.members[0]?.day ?? 0) - (right.members[0]?.day ?? 0))
}

/** Takes in the payments right before and behind a chain of equal amounts that differ from it by a change of price. */
function extended(found: Found, left: readonly Payment[]): Found {
  const { period } = found.chain
  const { days, tolerance } = periodShapes[period]
  const members = [...found.chain.members]
  const deviations = [...found.chain.deviations]
  const fits = (payment: Payment, neighbour: Payment): boolean => {
    const [low, high] = [chargedMinor(payment), chargedMinor(neighbour)].toSorted((a, b) => a - b)
    const gap = Math.abs(payment.day - neighbour.day)
    return Math.abs(gap - days) <= tolerance && (high ?? 0) <= (low ?? 0) * 1.5
  }
  const unused = new Set(left)
  const grow = (end: 'first' | 'last'): boolean => {
    const edge = end === 'first' ? members[0] : members.at(-1)
    if (edge === undefined) return false
    const candidates = [...unused].filter(
      (payment) => (end === 'first' ? payment.day < edge.day : payment.day > edge.day) && fits(payment, edge),
    )
    // of several it is not known which
    const [next] = candidates
    if (next === undefined || candidates.length > 1) return false
    unused.delete(next)
    if (end === 'first') members.unshift(next)
    else members.push(next)
    deviations.push(Math.round(Math.abs(next.day - edge.day) - days))
    return true
  }
  while (grow('last'));
  while (grow('first'));
  return { ...found, chain: { ...found.chain, members, deviations } }
}
