import { daysBetween } from '../../../../shared/domain/iso-date.ts'
import { type Assigned, type Pair, withCertainty } from './assign.ts'
import { CERTAIN, RIVAL_MARGIN, WORTH_ASKING } from './confidence.ts'
import type { MatchLine } from './match-line.ts'
import { NearbyLines } from './nearby-lines.ts'
import { isRefund, merchantWords, REFUND_DAYS, scoreRefund } from './score-refund.ts'
import { foldText, type LineWords } from './words.ts'

/** Words of a purchase by which a refund finds it. */
const MOST_WORDS = 8

export interface RefundSearch {
  readonly wordsOf: (line: MatchLine) => LineWords
  readonly mayBePair: (purchase: MatchLine, refund: MatchLine) => boolean
  /** Minor units that are already known to have come back for this purchase. */
  readonly refundedOf: (purchase: MatchLine) => number
}

/** What a purchase can be found by: its payee, its telling words, its order number. */
function keysOf(line: MatchLine, words: LineWords): string[] {
  const texts = [words.payee, ...words.payeeWords].slice(0, MOST_WORDS).filter((text) => text !== '')
  const order = line.reference === null ? [] : [`#${foldText(line.reference.trim())}`]
  return [...texts, ...order].map((key) => `${line.accountId} ${key}`)
}

/** Orders that a refund may be of: their numbers may have something behind them, or stand in its text. */
export function ordersOf(reference: string | null, words: LineWords): string[] {
  const own = reference === null ? '' : foldText(reference.trim())
  return [own, own.split(/[_\-*]/)[0] ?? '', ...words.tokens].filter((order) => order.length >= 6)
}

/** Keys that a refund looks under. */
function keysOfRefund(line: MatchLine, words: LineWords): string[] {
  const orders = ordersOf(line.reference, words).map((order) => `#${order}`)
  const texts = [words.payee, ...words.payeeWords, ...orders]
  return [...new Set(texts)].filter((text) => text !== '').map((key) => `${line.accountId} ${key}`)
}

/**
 * Refunds with the purchases that they give money back for: `first` is the purchase, `second` the refund. A purchase may
 * have several refunds as long as they are not more than was paid. `isNew`: at least one of the two must be.
 */
export function findRefunds(
  lines: readonly MatchLine[],
  isNew: (line: MatchLine) => boolean,
  search: RefundSearch,
): Assigned[] {
  const refunds: { line: MatchLine; words: LineWords; keys: readonly string[] }[] = []
  const sought = new Set<string>()
  for (const line of lines) {
    if (line.minor <= 0 || !isRefund(line, search.wordsOf(line))) continue
    const words = merchantWords(line)
    const keys = keysOfRefund(line, words)
    for (const key of keys) sought.add(key)
    refunds.push({ line, words, keys })
  }
  const purchases = new NearbyLines()
  const byId = new Map(refunds.map(({ line }) => [line.id, line]))
  for (const line of refunds.length === 0 ? [] : lines) {
    if (line.minor > 0) continue
    byId.set(line.id, line)
    for (const key of new Set(keysOf(line, search.wordsOf(line)))) if (sought.has(key)) purchases.add(key, line)
  }
  const pairs: Pair[] = []
  for (const { line, words, keys } of refunds) {
    const seen = new Set<number>()
    for (const key of keys) {
      for (const purchase of purchases.near(key, line, REFUND_DAYS, 0)) {
        if (seen.has(purchase.id)) continue
        seen.add(purchase.id)
        if ((!isNew(line) && !isNew(purchase)) || !search.mayBePair(purchase, line)) continue
        const evidence = scoreRefund(purchase, line, { purchase: search.wordsOf(purchase), refund: words })
        if (evidence === null || evidence.score < WORTH_ASKING) continue
        const daysApart = daysBetween(purchase.bookedOn, line.bookedOn)
        const tie = `${purchase.bookedOn} ${purchase.payee}|${line.bookedOn} ${line.payee}`
        pairs.push({ first: purchase.id, second: line.id, daysApart, evidence, tie })
      }
    }
  }
  return assignRefunds(pairs, byId, search)
}

function assignRefunds(pairs: readonly Pair[], byId: ReadonlyMap<number, MatchLine>, search: RefundSearch): Assigned[] {
  const sorted = pairs.toSorted(
    (left, right) =>
      right.evidence.score - left.evidence.score || left.daysApart - right.daysApart || (left.tie < right.tie ? -1 : 1),
  )
  const left = new Map<number, number>()
  const leftOf = (purchase: MatchLine): number => {
    const known = left.get(purchase.id)
    if (known !== undefined) return known
    const amount = -purchase.minor - search.refundedOf(purchase)
    left.set(purchase.id, amount)
    return amount
  }
  const chosen = new Map<number, Pair>()
  for (const pair of sorted) {
    const [purchase, refund] = [byId.get(pair.first), byId.get(pair.second)]
    if (purchase === undefined || refund === undefined || chosen.has(refund.id)) continue
    if (leftOf(purchase) < refund.minor) continue
    left.set(purchase.id, leftOf(purchase) - refund.minor)
    chosen.set(refund.id, pair)
  }
  const takenPurchases = new Set([...chosen.values()].map(({ first }) => first))
  const bestRival = new Map<number, number>()
  for (const { first, second, evidence } of sorted) {
    const isRival = chosen.get(second)?.first !== first && !takenPurchases.has(first)
    if (isRival && !bestRival.has(second)) bestRival.set(second, evidence.score)
  }
  return [...chosen.values()].map((pair) => {
    const { score } = pair.evidence
    return withCertainty(pair, score >= CERTAIN && (bestRival.get(pair.second) ?? -Infinity) < score - RIVAL_MARGIN)
  })
}
