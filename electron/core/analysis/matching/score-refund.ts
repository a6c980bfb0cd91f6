import { daysBetween } from '../../../../shared/domain/iso-date.ts'
import { isTrustedReference } from '../../../../shared/domain/bank-reference.ts'
import { Evidence } from './confidence.ts'
import type { MatchLine } from './match-line.ts'
import { foldText, hasRole, likenessOf, lineWords, type LineWords } from './words.ts'

/** Refunds come within half a year of the purchase. */
export const REFUND_DAYS = 180

/** "退款-瑞幸咖啡" is 瑞幸咖啡 giving money back. */
const REFUND_PREFIX = /^(?:退款|退货|refund(?: from)?|erstattung)\s*[-:：·]?\s*/iu

/** The payee without what says that it is a refund: the merchant. */
export function withoutRefundWord(payee: string): string {
  return payee.replace(REFUND_PREFIX, '')
}

/** The words of a refund without those that say it is one. */
export function merchantWords(line: Pick<MatchLine, 'payee' | 'memo'>): LineWords {
  return lineWords(withoutRefundWord(line.payee), withoutRefundWord(line.memo))
}

/** Whether a line that came in says that it is a refund. */
export function isRefund(line: MatchLine, words: LineWords): boolean {
  return line.minor > 0 && (line.kind === 'refund' || (line.kind === 'payment' && hasRole(words, 'refund')))
}

/** Wallets call a refund by the order's number with something behind it. */
function sameOrder(refund: MatchLine, purchase: MatchLine, refundWords: LineWords): boolean {
  const order = purchase.reference?.trim()
  const own = refund.reference?.trim()
  if (!isTrustedReference(order)) return false
  if (own === order || (own !== undefined && order.length >= 10 && own.startsWith(order))) return true
  return order.length >= 8 && refundWords.tokens.has(foldText(order))
}

/**
 * Weighs whether money that came in (`refund`) is for this earlier purchase of the same account. Null where it cannot be:
 * more than was paid, before it was paid, or of another merchant.
 */
export function scoreRefund(
  purchase: MatchLine,
  refund: MatchLine,
  words: { readonly purchase: LineWords; readonly refund: LineWords },
): Evidence | null {
  const days = daysBetween(purchase.bookedOn, refund.bookedOn)
  if (days < 0 || days > REFUND_DAYS || refund.minor > -purchase.minor) return null
  const evidence = new Evidence(0)
  const order = sameOrder(refund, purchase, words.refund)
  if (order) evidence.add('same-order', 20)
  const likeness = likenessOf(words.refund, words.purchase)
  if (likeness === 'same') evidence.add('same-payee', 8)
  else if (likeness === 'similar') evidence.add('similar-words', 4)
  else if (!order) return null
  evidence.add('says-refund', refund.kind === 'refund' ? 4 : 2)
  if (refund.minor === -purchase.minor) evidence.add('full-amount', 5)
  else evidence.add('partial-amount', -4)
  if (days > 60) evidence.add('long-ago', -3, { days })
  return evidence
}
