import type { RecurringAnchor, RecurringEvidence, RecurringPeriod } from '../../../../../shared/model/recurring.ts'
import { amountOf, type SeriesAmount } from './amount.ts'
import { anchorOf } from './anchor.ts'
import { bestChain, type Chain } from './chain.ts'
import { chargedMinor, type Payment } from './payment.ts'
import { byAccount, equalAmounts, nearAmounts } from './payment-groups.ts'
import type { PaymentList } from './payment-list.ts'
import { periodShapes } from './period.ts'
import { confidenceOf, type Picked, type Weighed, weighChain, WORTH_SHOWING } from './weigh.ts'
import { FEWEST, LEAST_SHARE, periodsWorthTrying } from './worth-trying.ts'

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

/** A payee's rows are given up after so many series: nobody has more subscriptions at one. */
const MOST_SERIES = 12
/** A chain that holds so much of its rows, and all but some noise, needs no other explanation. */
const WHOLE = 0.75

interface Found extends Weighed {
  readonly chain: Chain
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

/** The best chain of any period through these payments, weighed; null where none is worth showing. */
function findBest(payments: PaymentList, options: Picked): Found | null {
  let best: Found | null = null
  for (const period of periodsWorthTrying(payments, options.chosenByAmount)) {
    const chain = bestChain(payments, period)
    if (chain === null || chain.members.length < FEWEST || !isSteadyEnough(chain)) continue
    if (chain.members.length < options.of * LEAST_SHARE) continue
    const weighed = weighChain(chain, { among: payments, ...options })
    if (weighed.score >= WORTH_SHOWING && (best === null || weighed.score > best.score)) best = { chain, ...weighed }
  }
  return best
}

const placesOf = (found: readonly Found[]): Set<number> => new Set(found.flatMap(({ chain }) => chain.places))

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
      places: [...earlier.chain.places, ...later.chain.places],
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
function takeAll(payments: PaymentList, options: Picked, found: Found[]): void {
  let left = payments
  while (found.length < MOST_SERIES) {
    const best = findBest(left, options)
    if (best === null) return
    found.push(best)
    left = left.without(placesOf([best]))
  }
}

/**
 * The series among the payments to (or from) one payee. First all of its rows as one series; where that does not explain
 * them, rows of equal amount (two subscriptions at one payee), of one account, of similar amounts, each series leaving
 * its rows out of the next search; then what differs only by a change of price is joined.
 * `payments` is sorted by day, all of one direction; `prior` is what their category says for or against, in decibans; it
 * is asked for where there is something to weigh.
 */
export function detectSeries(payments: PaymentList, prior: () => number): DetectedSeries[] {
  const found: Found[] = []
  const of = payments.length
  const whole = findBest(payments, { of, tried: 1, chosenByAmount: false, prior })
  if (whole !== null && whole.chain.members.length >= of * WHOLE) {
    found.push(whole)
    const rest = payments.without(placesOf(found))
    takeAll(rest, { of, tried: 3, chosenByAmount: false, prior }, found)
  } else {
    const left = (): PaymentList => payments.without(placesOf(found))
    const search = (groups: readonly PaymentList[], chosenByAmount: boolean): void => {
      for (const group of groups) takeAll(group, { of, tried: groups.length, chosenByAmount, prior }, found)
    }
    const least = Math.max(FEWEST, of * LEAST_SHARE)
    search(equalAmounts(payments, least), true)
    // the first and last months at another price are too few to be found by themselves
    for (const [index, one] of found.entries()) found[index] = extended(one, left())
    // what was tried as a whole is not tried again
    const fits = (size: number): boolean => size >= least && size < of
    // each among the rows that the one before has left
    search(byAccount(left(), fits), false)
    search(nearAmounts(left(), fits), true)
    const rest = left()
    search(fits(rest.length) ? [rest] : [], false)
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
function extended(found: Found, left: PaymentList): Found {
  const { days, tolerance } = periodShapes[found.chain.period]
  const members = [...found.chain.members]
  const places = [...found.chain.places]
  const deviations = [...found.chain.deviations]
  const unused = new Set(left.days.keys())
  const fits = (index: number, neighbour: Payment): boolean => {
    const [low, high] = [left.charged[index] ?? 0, chargedMinor(neighbour)].toSorted((a, b) => a - b)
    const gap = Math.abs((left.days[index] ?? 0) - neighbour.day)
    return Math.abs(gap - days) <= tolerance && (high ?? 0) <= (low ?? 0) * 1.5
  }
  const grow = (end: 'first' | 'last'): boolean => {
    const edge = end === 'first' ? members[0] : members.at(-1)
    if (edge === undefined) return false
    const candidates = [...unused].filter((index) => {
      const day = left.days[index] ?? 0
      return (end === 'first' ? day < edge.day : day > edge.day) && fits(index, edge)
    })
    // of several it is not known which
    const [next] = candidates
    if (next === undefined || candidates.length > 1) return false
    unused.delete(next)
    const payment = left.at(next)
    places.push(left.places[next] ?? 0)
    if (end === 'first') members.unshift(payment)
    else members.push(payment)
    deviations.push(Math.round(Math.abs(payment.day - edge.day) - days))
    return true
  }
  while (grow('last'));
  while (grow('first'));
  return { ...found, chain: { ...found.chain, members, places, deviations } }
}
