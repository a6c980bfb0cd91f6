import { type CurrencyCode, parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { parseDecimal } from '../../../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedItem } from '../importer.ts'
import type { AccountRole, BookAccount, BookTransaction, Posting } from './book.ts'
import { BookItems } from './book-items.ts'
import { Chart } from './chart.ts'

/** An account by its whole name, parts joined by ":"; its parents must be given, too. For tests. */
export function accountOf(path: string, role: AccountRole, more: Partial<BookAccount> = {}): BookAccount {
  const end = path.lastIndexOf(':')
  return { id: path, name: path.slice(end + 1), parent: end < 0 ? null : path.slice(0, end), role, ...more }
}

/** "Assets:Bank -12.50 EUR", "Broker 3 XYZ = 300" (units, then what they weigh). For tests. */
export function postingOf(text: string): Posting {
  const [left = '', weight] = text.split(' = ')
  const [account = '', quantity = '', unit = ''] = left.split(/ (?=-?\d)| (?=[A-Z]+$)/)
  const isMoney = /^(EUR|USD|CNY|JPY)$/.test(unit)
  return {
    account,
    commodity: isMoney
      ? { type: 'currency', currency: parseCurrencyCode(unit) }
      : { type: 'security', security: { symbol: unit } },
    quantity: parseDecimal(quantity),
    value: weight === undefined ? null : parseDecimal(weight),
  }
}

/** A transaction of 2026-01-15. For tests. */
export function transactionOf(
  postings: readonly string[],
  more: Partial<BookTransaction> & { readonly in?: CurrencyCode } = {},
): BookTransaction {
  const { in: currency = parseCurrencyCode('EUR'), ...rest } = more
  return { record: 1, date: parseIsoDate('2026-01-15'), currency, postings: postings.map(postingOf), ...rest }
}

/** What becomes of transactions. For tests. */
export function itemsOf(accounts: readonly BookAccount[], ...transactions: readonly BookTransaction[]): ParsedItem[] {
  const book = new BookItems(new Chart(accounts))
  return transactions.flatMap((transaction) => Array.from(book.take(transaction)))
}

/** Rows as "account: amount kind [detail]", the main row first. For tests. */
export function rowsAsText(items: readonly ParsedItem[]): string[] {
  const names = new Map(
    items.flatMap((item) => (item.type === 'statement' ? [[item.statement, item.account.name] as const] : [])),
  )
  return items.flatMap((item) => {
    if (item.type !== 'transaction') return []
    const { amount, kind, category, transferAccount, splits, security, quantity, price, fee, tax, original } =
      item.transaction
    const toOrCategory = (part: { category?: string; transferAccount?: string }): string =>
      part.transferAccount === undefined ? (part.category ?? '-') : `[${part.transferAccount}]`
    return [
      [
        `${item.side === 'counterpart' ? '+ ' : ''}${names.get(item.statement) ?? '?'}: ${amount} ${kind}`,
        category === undefined && transferAccount === undefined
          ? ''
          : toOrCategory({ ...(category && { category }), ...(transferAccount && { transferAccount }) }),
        (splits ?? []).map((part) => `{${part.amount} ${toOrCategory(part)}}`).join(''),
        security === undefined ? '' : `${quantity ?? 0} ${security.symbol ?? '?'}`,
        price === undefined ? '' : `@ ${price}`,
        fee === undefined ? '' : `fee ${fee}`,
        tax === undefined ? '' : `tax ${tax}`,
        original === undefined ? '' : `(${original.amount} ${original.currency} × ${original.rate ?? '?'})`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    ]
  })
}
