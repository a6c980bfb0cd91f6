import { daysBetween, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { isTrustedReference } from '../../../../shared/domain/bank-reference.ts'
import { Evidence } from './confidence.ts'
import type { MatchAccount, MatchLine } from './match-line.ts'
import { statedFee } from './stated-fee.ts'
import { foldText, hasRole, type LineWords } from './words.ts'

/** Money between two accounts of one household is on its way for at most so many days. */
export const TRANSFER_DAYS = 7
/** A bank's rate for its customers is within so much of the published one. */
export const RATE_TOLERANCE = 0.04

const DAY_WEIGHTS = [6, 4, 2, 2, 0, 0, -3, -3]
/** Two opposite amounts in two accounts are by chance more often than not. */
const PRIOR = -6

/** Kinds that have a cause of their own; money between own accounts is none of them. */
const OTHER_KINDS: ReadonlySet<string> = new Set([
  'refund',
  'buy',
  'sell',
  'dividend',
  'interest',
  'fee',
  'tax',
  'reinvestment',
  'split',
  'return-of-capital',
])

export interface TransferContext {
  readonly wordsOf: (line: MatchLine) => LineWords
  readonly accountOf: (id: number) => MatchAccount | undefined
  /** The amount in another currency at the rate of the day, in that currency's minor units; null without a rate. */
  readonly convert: (minor: number, from: CurrencyCode, to: CurrencyCode, on: IsoDate) => number | null
}

/** How well a line names the account that its money went to or came from. */
function addNaming(evidence: Evidence, line: MatchLine, other: MatchAccount, words: LineWords): void {
  const counterparty = line.counterparty?.replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase() ?? ''
  const { number, lastFour } = other
  if (number !== null && counterparty.length >= 8 && (counterparty.endsWith(number) || number.endsWith(counterparty))) {
    evidence.add('names-number', 18, { account: other.id })
    return
  }
  const mentionsNumber =
    lastFour !== null &&
    [...words.tokens].some(
      (token) => token === lastFour.toLowerCase() || (number !== null && token.toUpperCase() === number),
    )
  if (mentionsNumber) {
    evidence.add('names-number', 12, { account: other.id })
    return
  }
  const called = /^\[(.+)\]$/.exec(line.sourceCategory ?? '')?.[1]
  if (called !== undefined) {
    const name = foldText(called)
    if (other.names.some((known) => known === name || known.includes(name) || name.includes(known))) {
      evidence.add('names-account', 10, { account: other.id })
      return
    }
  }
  if (other.names.some((name) => words.folded.includes(name))) {
    evidence.add('names-institution', 6, { account: other.id })
  }
}

/** Figures of an amount up to its last one that is not zero: a round sum is met by chance more often. */
function isOdd(minor: number): boolean {
  return Math.abs(minor) % 1000 !== 0 && Math.abs(minor) >= 1000
}

/** Weighs the two amounts; null where they cannot be of one transfer. */
function addAmounts(
  evidence: Evidence,
  from: MatchLine,
  to: MatchLine,
  currencies: readonly [CurrencyCode, CurrencyCode],
  context: TransferContext,
): boolean {
  if (currencies[0] === currencies[1]) {
    if (from.minor !== -to.minor) {
      const fee = statedFee(from, context.wordsOf(from), currencies[0])
      if (fee === 0 || from.minor + fee !== -to.minor) return false
      evidence.add('fee-stated', 8)
    }
    if (isOdd(from.minor)) evidence.add('odd-amount', 3)
    return true
  }
  const stated =
    (from.original !== null &&
      from.original.currency === currencies[1] &&
      Math.abs(from.original.minor) === to.minor) ||
    (to.original !== null && to.original.currency === currencies[0] && Math.abs(to.original.minor) === -from.minor)
  if (stated) {
    evidence.add('original-amount', 12)
    return true
  }
  const converted = context.convert(-from.minor, currencies[0], currencies[1], from.bookedOn)
  if (converted === null || converted <= 0) return false
  const difference = Math.abs(to.minor / converted - 1)
  if (difference > RATE_TOLERANCE) return false
  const permille = Math.round(difference * 1000)
  evidence.add('amount-at-rate', difference <= 0.005 ? 7 : difference <= 0.015 ? 4 : 0, { permille })
  return true
}

/**
 * Weighs whether money that left one account (`from`, negative) came to another (`to`, positive).
 * Null where it cannot be: unequal amounts, or no rate between the currencies.
 */
export function scoreTransfer(from: MatchLine, to: MatchLine, context: TransferContext): Evidence | null {
  const [source, target] = [context.accountOf(from.accountId), context.accountOf(to.accountId)]
  if (source === undefined || target === undefined || source.id === target.id) return null
  const evidence = new Evidence(PRIOR)
  if (!addAmounts(evidence, from, to, [source.currency, target.currency], context)) return null
  const days = daysBetween(from.bookedOn, to.bookedOn)
  const apart = Math.abs(days)
  evidence.add(apart === 0 ? 'same-day' : 'days-apart', DAY_WEIGHTS[apart] ?? -6, apart === 0 ? {} : { days: apart })
  if (days < -1) evidence.add('arrives-first', -4)
  const [fromWords, toWords] = [context.wordsOf(from), context.wordsOf(to)]
  const saysCard = hasRole(fromWords, 'card') || hasRole(toWords, 'card')
  if (target.isLiability && !source.isLiability && saysCard) evidence.add('card-payment', 8)
  else if ((source.isWallet || target.isWallet) && (hasRole(fromWords, 'wallet') || hasRole(toWords, 'wallet'))) {
    evidence.add('wallet-move', 6)
  }
  const says = [from, to].filter((line, index) => {
    const words = index === 0 ? fromWords : toWords
    return line.kind === 'transfer' || hasRole(words, 'transfer') || hasRole(words, 'card')
  }).length
  if (says > 0) evidence.add('says-transfer', says * 4, { sides: says })
  addNaming(evidence, from, target, fromWords)
  addNaming(evidence, to, source, toWords)
  if (isTrustedReference(from.reference ?? undefined) && from.reference === to.reference) {
    evidence.add('same-reference', 12)
  }
  if (from.merchantCategory !== null && from.kind !== 'transfer') evidence.add('at-merchant', -8)
  if (OTHER_KINDS.has(from.kind) || OTHER_KINDS.has(to.kind)) evidence.add('other-kind', -15)
  return evidence
}
