import { daysBetween, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { compareDecimal } from '../../../../shared/domain/decimal.ts'
import { isTrustedReference } from '../../../../shared/domain/bank-reference.ts'
import { Evidence } from './confidence.ts'
import type { MatchLine } from './match-line.ts'
import { foldText, likenessOf, type LineWords, namesProcessor, processorOfImporter } from './words.ts'

/** Two sources date one booking at most so many days apart. */
export const DUPLICATE_DAYS = 5

export interface Period {
  readonly from: IsoDate
  readonly to: IsoDate
}

const DAY_WEIGHTS = [10, 5, 3, 1, -2, -2]

export const within = (day: IsoDate, period: Period | null): boolean =>
  period === null || (day >= period.from && day <= period.to)

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** Weighs when two lines were booked. */
function addDays(evidence: Evidence, left: MatchLine, right: MatchLine, apart: number): void {
  if (apart === 0) evidence.add('same-day', DAY_WEIGHTS[0] ?? 0)
  else if (left.valueOn === right.bookedOn || right.valueOn === left.bookedOn) {
    evidence.add('value-day', 8, { days: apart })
  } else evidence.add('days-apart', DAY_WEIGHTS[apart] ?? -6, { days: apart })
  if (left.time === null || right.time === null || apart > 1) return
  const gap = Math.abs(minutesOf(left.time) - minutesOf(right.time))
  if (apart === 0 && gap <= 2) evidence.add('same-time', 8)
  else if (apart === 0 && gap > 60) evidence.add('other-time', -6)
}

/** Weighs what the banks call the two lines. */
function addReferences(
  evidence: Evidence,
  left: MatchLine,
  right: MatchLine,
  leftWords: LineWords,
  rightWords: LineWords,
): void {
  const [a, b] = [left.reference?.trim() ?? undefined, right.reference?.trim() ?? undefined]
  if (isTrustedReference(a) && isTrustedReference(b) && a === b) evidence.add('same-reference', 20)
  else {
    const mentioned =
      (isTrustedReference(a) && a.length >= 8 && rightWords.tokens.has(foldText(a))) ||
      (isTrustedReference(b) && b.length >= 8 && leftWords.tokens.has(foldText(b)))
    if (mentioned) evidence.add('reference-within', 15)
  }
  if (left.checkNumber !== null && right.checkNumber !== null) {
    const same = left.checkNumber.trim() === right.checkNumber.trim()
    evidence.add(same ? 'same-check' : 'other-check', same ? 12 : -15)
  }
  if (left.counterparty === null || right.counterparty === null) return
  const sides = [left.counterparty, right.counterparty].map((text) => foldText(text).replaceAll(' ', ''))
  if (sides[0] !== '' && sides[0] === sides[1]) evidence.add('same-counterparty', 6)
}

/** A wallet's bill and the bank's line that names the wallet tell of one payment. */
function namesPlatform(left: MatchLine, right: MatchLine, leftWords: LineWords, rightWords: LineWords): boolean {
  const ofLeft = processorOfImporter(left.importer)
  const ofRight = processorOfImporter(right.importer)
  if (ofLeft === ofRight) return false
  return (
    (ofLeft !== null && namesProcessor(rightWords, ofLeft)) || (ofRight !== null && namesProcessor(leftWords, ofRight))
  )
}

function addTrade(evidence: Evidence, left: MatchLine, right: MatchLine): void {
  if (left.trade === null && right.trade === null) return
  const same =
    left.trade !== null && right.trade !== null && compareDecimal(left.trade.quantity, right.trade.quantity) === 0
  if (!same) evidence.add('other-trade', left.trade === null || right.trade === null ? -8 : -30)
  else evidence.add('same-trade', left.trade.securityId === right.trade?.securityId ? 12 : 3)
}

export interface DuplicateContext {
  readonly wordsOf: (line: MatchLine) => LineWords
  /** What the new file covers of an account; null where that is not known. */
  readonly freshPeriod: (accountId: number) => Period | null
  /** What an earlier run covered of it; null where that is not known. */
  readonly storedPeriod: (runId: number | null, accountId: number) => Period | null
}

/**
 * Weighs whether two lines of one account and amount, from different runs, tell of one booking. Begins at zero: that the
 * amount and the account are equal outweighs how seldom any two lines are one. `isSameStatement`: nearly all lines of the
 * two runs are pairs.
 */
export function scoreDuplicate(
  fresh: MatchLine,
  stored: MatchLine,
  context: DuplicateContext,
  isSameStatement: boolean,
): Evidence {
  const evidence = new Evidence(0)
  const [freshWords, storedWords] = [context.wordsOf(fresh), context.wordsOf(stored)]
  addDays(evidence, fresh, stored, Math.abs(daysBetween(fresh.bookedOn, stored.bookedOn)))
  addReferences(evidence, fresh, stored, freshWords, storedWords)
  const platform = namesPlatform(fresh, stored, freshWords, storedWords)
  const likeness = likenessOf(freshWords, storedWords)
  if (platform) evidence.add('names-platform', 8)
  if (likeness === 'same') evidence.add('same-payee', 8)
  else if (likeness === 'similar') evidence.add('similar-words', 6)
  else if (likeness === 'other' && !platform) evidence.add('other-words', -9)
  // one source tells of a booking once: another line of it is another booking, unless all of them are told otherwise
  if (isSameStatement) evidence.add('same-statement', 12)
  else if (fresh.importer === stored.importer) evidence.add('same-source', -20)
  else evidence.add('other-source', 3)
  const outside =
    !within(stored.bookedOn, context.freshPeriod(fresh.accountId)) &&
    !within(fresh.bookedOn, context.storedPeriod(stored.runId, stored.accountId))
  if (outside) evidence.add('outside-period', -20)
  addTrade(evidence, fresh, stored)
  return evidence
}
