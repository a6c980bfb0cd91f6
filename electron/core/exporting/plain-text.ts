import { type CurrencyCode, exponentOf } from '../../../shared/domain/currency.ts'
import type { Decimal } from '../../../shared/domain/decimal.ts'
import { decimalFromMinor } from '../../../shared/domain/money.ts'
import type { ExportBook } from './export-book.ts'

/** A decimal with all digits of the currency's minor unit: "12.5" in CNY is "12.50", in JPY "12". */
export function amountText(value: Decimal, currency: CurrencyCode): string {
  const digits = exponentOf(currency)
  const [whole = '0', fraction = ''] = value.split('.')
  const padded = fraction.padEnd(digits, '0')
  return padded === '' ? whole : `${whole}.${padded}`
}

/** Minor units as a plain number: 1234 fen is "12.34", with a point and without grouping. */
export function minorText(minor: number, currency: CurrencyCode): string {
  return amountText(decimalFromMinor(minor, currency), currency)
}

const DEEPEST = 20

/** Each category with those above it, joined by ":"; a colon within a name becomes a hyphen. */
export function categoryPaths(book: ExportBook): ReadonlyMap<number, string> {
  const byId = new Map(book.categories.map((category) => [category.id, category]))
  const nameOf = (id: number, depth: number): string => {
    const category = byId.get(id)
    if (category === undefined) return ''
    const own = (book.language === 'zh-CN' ? category.nameZh : category.nameEn || category.nameZh).replaceAll(':', '-')
    const above = category.parentId === null || depth > DEEPEST ? '' : nameOf(category.parentId, depth + 1)
    return above === '' ? own : `${above}:${own}`
  }
  return new Map(book.categories.map(({ id }) => [id, nameOf(id, 0)]))
}
