import { signOfDecimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { pointValueOf } from '../../analysis/account/kinds/kind-worth.ts'
import type { ExportBook } from '../export-book.ts'
import type { PrintedAmount } from './journal-entry.ts'
import type { JournalNames } from './journal-names.ts'

export interface JournalPrice {
  readonly on: IsoDate
  readonly commodity: string
  readonly price: PrintedAmount
}

/** Prices of securities, what points are worth as the user says, and rates between the currencies that the book uses: a whole table of all the world's is left out. */
export function* journalPrices(book: ExportBook, names: JournalNames): Generator<JournalPrice, void, void> {
  const used = new Set<string>([book.baseCurrency, ...book.accounts.map(({ currency }) => currency)])
  const held = new Set(book.closingHoldings.map(({ securityId }) => securityId))
  for (const { securityId, on, price, currency } of book.prices()) {
    const commodity = names.security.get(securityId)
    if (commodity === undefined || !held.has(securityId)) continue
    used.add(currency)
    yield { on, commodity, price: { quantity: price, commodity: currency } }
  }
  for (const account of book.accounts) {
    const commodity = names.points.get(account.id)
    const value = commodity === undefined ? null : pointValueOf(account)
    if (commodity === undefined || value === null || signOfDecimal(value) <= 0) continue
    yield { on: book.scope.to ?? book.today, commodity, price: { quantity: value, commodity: account.currency } }
  }
  for (const { base, quote, on, rate } of book.rates()) {
    if (!used.has(base) || !used.has(quote)) continue
    yield { on, commodity: base, price: { quantity: rate, commodity: quote } }
  }
}
