import type { ParsedItem } from '../importer.ts'
import type { QifConventions } from './qif-context.ts'
import { parseQifDate } from './qif-date.ts'
import { parseQifQuantity } from './qif-number.ts'

const PRICE = /^"([^"]{1,60})",("?)([^",]{1,30}(?:,\d{1,6})?)\2,"([^"]{1,30})"/

/** Reads a line of a price list: `"IBM",123.50,"12/31'03"`; null where it is none. */
export function readPrice(line: string, conventions: QifConventions): ParsedItem | null {
  const match = PRICE.exec(line)
  if (match === null) return null
  const [, symbol = '', , text = '', day = ''] = match
  const price = parseQifQuantity(text, conventions.mark)
  const on = parseQifDate(day, conventions.order, conventions.today)
  if (price === null || on === null) return null
  return { type: 'price', security: { symbol: symbol.trim() }, price, currency: conventions.currency, on }
}
