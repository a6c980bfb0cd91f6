import { decimalFromMinor } from '../../../../shared/domain/money.ts'
import type { ExportedTransaction } from '../../storage/repositories/export-repository.ts'
import type { ExportBook } from '../export-book.ts'
import type { ExportReports } from '../export-reports.ts'
import { categoryPaths, minorText } from '../plain-text.ts'

/** Headings in both languages, in the order of the columns. */
const headings = [
  ['Date', '日期'],
  ['Time', '交易时刻'],
  ['Account', '账户'],
  ['Institution', '机构'],
  ['Currency', '币种'],
  ['Amount', '金额'],
  ['Balance', '余额'],
  ['Payee', '交易对方'],
  ['Description', '摘要'],
  ['Category', '分类'],
  ['Tags', '标签'],
  ['Type', '交易类型'],
  ['Status', '状态'],
  ['Reference', '流水号'],
  ['Check number', '支票号'],
  ['Counterparty account', '对方账号'],
  ['Value date', '起息日'],
  ['Original amount', '原币金额'],
  ['Original currency', '原币币种'],
  ['Transfer with', '转账账户'],
  ['Parts', '拆分'],
  ['Security', '证券'],
  ['ISIN', 'ISIN'],
  ['Quantity', '数量'],
  ['Price', '价格'],
  ['Fee', '手续费'],
  ['Tax', '税费'],
  ['Own remarks', '个人备忘'],
] as const

/** In place of a currency. */
const pointWords = ['points', '积分'] as const

/** What a spreadsheet would run instead of show (OWASP, "CSV Injection"): such text gets an apostrophe before it. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/

/** A cell of RFC 4180. */
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
const words = (text: string | null | undefined): string => {
  const known = text ?? ''
  return cell(FORMULA.test(known) ? `'${known}` : known)
}

/**
 * All transactions of the book as one table in UTF-8 (with a mark, so that spreadsheets see it), by rising day. Amounts
 * with a point, credit to the account positive; the balance is the account's after the row. Accounts that
 * count points say so in the place of the currency.
 */
export function* writeCsv(book: ExportBook, { told }: ExportReports): Generator<string, void, void> {
  const accounts = new Map(book.accounts.map((account) => [account.id, account]))
  const securities = new Map(book.securities.map((security) => [security.id, security]))
  const categories = categoryPaths(book)
  const balances = new Map(book.openingMinor)
  const column = book.language === 'zh-CN' ? 1 : 0
  const categoryOf = (id: number | null): string => (id === null ? '' : (categories.get(id) ?? ''))
  const status = { booked: ['booked', '已入账'], pending: ['pending', '处理中'] } as const

  const row = (transaction: ExportedTransaction): string | null => {
    const account = accounts.get(transaction.accountId)
    if (account === undefined) return null
    const { currency } = account
    const isPoints = account.kind.valuedBy === 'points'
    // one point is one whole unit, whatever currency it is valued in
    const counted = (minor: number): string =>
      isPoints ? decimalFromMinor(minor, currency) : minorText(minor, currency)
    const balance = (balances.get(account.id) ?? 0) + transaction.amountMinor
    balances.set(account.id, balance)
    const { original, trade, splits } = transaction
    const security = trade === null ? undefined : securities.get(trade.securityId)
    const other = transaction.transfer?.other ?? transaction.partOf?.parent
    const parts = splits.map((part) => {
      const where =
        part.other === null ? categoryOf(part.categoryId) : `[${accounts.get(part.other.accountId)?.name ?? ''}]`
      return [where, counted(part.amountMinor), part.memo].filter((text) => text !== '').join(' ')
    })
    return [
      transaction.bookedOn,
      words(transaction.time),
      words(account.name),
      words(account.institution?.name),
      isPoints ? pointWords[column] : currency,
      counted(transaction.amountMinor),
      counted(balance),
      words(transaction.payee),
      words(transaction.memo),
      words(categoryOf(transaction.categoryId)),
      words(transaction.tagIds.flatMap((id) => book.tags.get(id) ?? []).join(', ')),
      words(transaction.kind),
      status[transaction.status][column],
      words(transaction.reference),
      words(transaction.checkNumber),
      words(transaction.counterparty),
      transaction.valueOn ?? '',
      original === null ? '' : minorText(original.minor, original.currency),
      original?.currency ?? '',
      words(other === undefined ? '' : accounts.get(other.accountId)?.name),
      words(parts.join('; ')),
      words(security === undefined ? '' : (security.symbol ?? security.name)),
      words(security?.isin),
      trade?.quantity ?? '',
      trade?.price ?? '',
      trade === null || trade.feeMinor === 0 ? '' : minorText(trade.feeMinor, currency),
      trade === null || trade.taxMinor === 0 ? '' : minorText(trade.taxMinor, currency),
      words(transaction.notes),
    ].join(',')
  }

  yield `\u{FEFF}${headings.map((heading) => cell(heading[column])).join(',')}\r\n`
  for (const transaction of book.transactions()) {
    told()
    const text = row(transaction)
    if (text !== null) yield `${text}\r\n`
  }
}
