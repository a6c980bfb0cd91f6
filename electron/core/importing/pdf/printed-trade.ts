import {
  absoluteDecimal,
  addDecimal,
  compareDecimal,
  multiplyDecimal,
  parseDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import { brokerDocumentImporters } from '../broker-document/broker-document-importer.ts'
import {
  type ByteSource,
  ImportRejection,
  type ParsedItem,
  type ParsedTransaction,
  type ParseOptions,
} from '../importer.ts'

const TWO_CENTS = parseDecimal('0.02')

/** Whether a trade is proved by its own figures: units × price with what was charged make what was booked. */
function isProved({ kind, amount, quantity, price, fee = ZERO, tax = ZERO }: ParsedTransaction): boolean {
  if ((kind !== 'buy' && kind !== 'sell') || quantity === undefined || price === undefined) return false
  const worth = multiplyDecimal(absoluteDecimal(quantity), price)
  const charged = addDecimal(fee, tax)
  const booked = kind === 'buy' ? addDecimal(worth, charged) : subtractDecimal(worth, charged)
  return compareDecimal(absoluteDecimal(subtractDecimal(booked, absoluteDecimal(amount))), TWO_CENTS) <= 0
}

/**
 * The trade that a PDF without a table settles, by the words of the trade alone: of an institution without a profile, or
 * without an ISIN. Null unless its own arithmetic proves all that is read: any letter may speak of prices.
 */
export function printedTrades(source: ByteSource, options: ParseOptions): readonly ParsedItem[] | null {
  const general = brokerDocumentImporters.at(-1)
  if (general === undefined) return null
  try {
    const items = [...general.parse(source, options)]
    const trades = items.flatMap((item) => (item.type === 'transaction' ? [item.transaction] : []))
    const doubted = items.some(({ type }) => type === 'failed' || type === 'finding')
    return trades.length > 0 && !doubted && trades.every(isProved) ? items : null
  } catch (error) {
    if (error instanceof ImportRejection) return null
    throw error
  }
}
