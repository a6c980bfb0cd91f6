import type { ExportBook } from '../export-book.ts'
import type { PrintedAmount } from './journal-entry.ts'
import type { JournalNames } from './journal-names.ts'
import { printedOf } from './printed-amount.ts'

/** What each account holds at the end: a line for its cash, and one for each security. */
export function closingBalances(
  book: ExportBook,
  names: JournalNames,
): { readonly account: string; readonly amount: PrintedAmount }[] {
  const lines: { account: string; amount: PrintedAmount }[] = []
  for (const account of book.accounts) {
    const name = names.own.get(account.id) ?? ''
    const minor = book.values.get(account.id)?.at(-1)?.minor ?? book.closingMinor.get(account.id) ?? 0
    lines.push({ account: name, amount: printedOf(account, minor, names) })
    for (const { accountId, securityId, quantity } of book.closingHoldings) {
      if (accountId !== account.id) continue
      const commodity = names.security.get(securityId) ?? `SECURITY-${securityId}`
      lines.push({ account: name, amount: { quantity, commodity } })
    }
  }
  return lines
}
