import type { RecurringEvidence } from '../../../../../shared/model/recurring.ts'
import type { Chain } from './chain.ts'
import { chargedMinor, type Payment } from './payment.ts'
import type { PaymentList } from './payment-list.ts'
import { periodShapes } from './period.ts'

/**
 * Evidence in decibans, as between two statements (matching/confidence.ts): how much likelier is what was seen if this
 * is a series than if payments to this payee fall on any day? Payments at random (a Poisson process of the rate that the
 * payee has) land within w days of where they are expected with the chance 1 − e^(−rate·w): a payee that is paid every
 * day proves nothing by being paid on the 5th, one that is paid twelve times a year does.
 */

/** One payee in a hundred is paid by a series; eight periods are tried, and any of the rows could begin it. */
const PRIOR = -26
/** Each payment of a series comes with this chance; holidays, pauses and lost statements are the rest. */
const COMES = 0.95
/** From here on a series is shown: 87 %. */
export const WORTH_SHOWING = 8
const MOST_BY_AMOUNT = 45

const decibans = (ratio: number): number => 10 * Math.log10(ratio)

/** The chance that belongs to a score, in thousandths; never all of them, for only the user knows. */
export function confidenceOf(score: number): number {
  return Math.min(999, Math.round(1000 / (1 + 10 ** (-score / 10))))
}

export interface Weighed {
  readonly score: number
  readonly evidence: readonly RecurringEvidence[]
}

/** The 90th percentile of how far payments are off, at least one day. */
function spreadOf(chain: Chain): number {
  const sorted = chain.deviations.map(Math.abs).toSorted((left, right) => left - right)
  return Math.max(1, sorted[Math.ceil((sorted.length - 1) * 0.9)] ?? 1)
}

function weighAmounts(members: readonly Payment[], chosen: boolean): RecurringEvidence[] {
  let [same, similar, unlike] = [0, 0, 0]
  for (let index = 1; index < members.length; index += 1) {
    const [left, right] = [members[index - 1], members[index]]
    if (left === undefined || right === undefined) continue
    const [low, high] = [chargedMinor(left), chargedMinor(right)].toSorted((a, b) => a - b)
    const ratio = (high ?? 1) / Math.max(1, low ?? 1)
    if (ratio === 1) same += 1
    else if (ratio <= 1.15) similar += 1
    else if (ratio > 2) unlike += 1
  }
  const of = members.length - 1
  // where the rows were picked out by their amount, that they have it says half as much
  const weight = chosen ? 0.5 : 1
  const signs: RecurringEvidence[] = []
  if (same > 0) {
    signs.push({
      sign: 'same-amount',
      decibans: Math.round(Math.min(MOST_BY_AMOUNT, same * 8) * weight),
      count: same,
      of,
    })
  }
  if (similar > 0) {
    signs.push({ sign: 'similar-amount', decibans: Math.min(MOST_BY_AMOUNT, similar * 2), count: similar, of })
  }
  if (unlike > 0) signs.push({ sign: 'unlike-amounts', decibans: -unlike * 4, count: unlike, of })
  return signs
}

/** How the payments were picked that a chain is looked for in. */
export interface Picked {
  /** How many the payee has in all. */
  readonly of: number
  /** How many ways of picking were tried. */
  readonly tried: number
  /** They were picked for their equal or similar amount. */
  readonly chosenByAmount: boolean
  /** What their category says, in decibans. */
  readonly prior: () => number
}

/** Weighs a chain that was found `among` these payments, itself included. */
export function weighChain(
  chain: Chain,
  { among, of, tried, chosenByAmount, prior }: Picked & { among: PaymentList },
): Weighed {
  const { members } = chain
  const [first, last] = [members[0], members.at(-1)]
  if (first === undefined || last === undefined) return { score: PRIOR, evidence: [] }
  let near = 0
  for (const day of among.days) if (day >= first.day && day <= last.day) near += 1
  const rate = near / (last.day - first.day + periodShapes[chain.period].days)
  const width = 2 * spreadOf(chain) + 1
  const byChance = 1 - Math.exp(-rate * width)
  const hits = members.length - 1
  const rhythm = hits * decibans(COMES / byChance)
  const missed = chain.missed * decibans((1 - COMES) / Math.exp(-rate * width))
  const others = of - members.length
  const evidence: RecurringEvidence[] = [
    { sign: 'rhythm', decibans: Math.round(rhythm), count: members.length, of: members.length + chain.missed },
    ...weighAmounts(members, chosenByAmount),
  ]
  if (chain.missed > 0) {
    evidence.push({
      sign: 'missed',
      decibans: Math.round(missed),
      count: chain.missed,
      of: members.length + chain.missed,
    })
  }
  if (others > 0) {
    evidence.push({
      sign: 'among-others',
      // a long list of rows has many that fall into step by chance
      decibans: -Math.round(decibans(of / members.length) + decibans(1 + Math.max(0, among.length - members.length))),
      count: others,
      of,
    })
  }
  const byCategory = prior()
  if (byCategory !== 0) evidence.push({ sign: 'category', decibans: byCategory, count: 1, of: 1 })
  const score = evidence.reduce((sum, sign) => sum + sign.decibans, PRIOR) - decibans(tried)
  return { score, evidence }
}
