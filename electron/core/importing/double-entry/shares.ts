import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { addDecimal, type Decimal, signOfDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedSecurity } from '../importer.ts'
import type { AccountRole, BookAccount, BookTransaction, Posting } from './book.ts'
import type { BookStatement, BookStatements } from './book-statements.ts'
import type { Chart } from './chart.ts'

/** What a transaction does to one security of one own account. */
export interface TradeLine {
  readonly security: ParsedSecurity
  quantity: Decimal
  /** In the transaction's currency; null where the book cannot tell. */
  value: Decimal | null
  price: Decimal | undefined
}

/** What a transaction does to one own account in one currency on one day. */
export interface OwnShare {
  readonly statement: BookStatement
  readonly date: IsoDate
  /** Money in the statement's currency; null where no posting moves money. */
  cash: Decimal | null
  /** The same in the transaction's currency; null where the book cannot tell. */
  cashValue: Decimal | null
  readonly trades: Map<string, TradeLine>
  readonly memos: string[]
  reference: string | undefined
}

/** What a transaction earned or spent, or where it opened an account from. */
export interface CategoryShare {
  readonly role: AccountRole
  readonly path: string | undefined
  /** In the transaction's currency, debits positive; null where the book cannot tell. */
  readonly value: Decimal | null
  readonly posting: Posting
}

export interface Shares {
  readonly own: readonly OwnShare[]
  readonly categories: readonly CategoryShare[]
}

/** A posting's weight; money of the transaction's own currency weighs what it is. */
function weightOf({ value, commodity, quantity }: Posting, currency: CurrencyCode | null): Decimal | null {
  if (value !== null) return value
  if (commodity.type === 'currency' && commodity.currency === currency) return quantity
  return quantity === ZERO ? ZERO : null
}

const plus = (left: Decimal | null, right: Decimal | null): Decimal | null =>
  left === null || right === null ? null : addDecimal(left, right)

function securityKey({ isin, symbol, name, otherId }: ParsedSecurity): string {
  return JSON.stringify([isin, symbol, name, otherId?.value])
}

function addOwn(share: OwnShare, posting: Posting, value: Decimal | null): void {
  const { commodity, quantity, price, memo, reference } = posting
  if (memo !== undefined && memo !== '' && !share.memos.includes(memo)) share.memos.push(memo)
  share.reference ??= reference
  if (commodity.type === 'currency') {
    share.cash = addDecimal(share.cash ?? ZERO, quantity)
    share.cashValue = plus(share.cashValue, value)
    return
  }
  const key = securityKey(commodity.security)
  const line = share.trades.get(key)
  if (line === undefined) share.trades.set(key, { security: commodity.security, quantity, value, price })
  else {
    line.quantity = addDecimal(line.quantity, quantity)
    line.value = plus(line.value, value)
    line.price ??= price
  }
}

/** Sorts a transaction's postings by whom they concern; null where one names an account that the book does not have. */
export function sharesOf(transaction: BookTransaction, chart: Chart, statements: BookStatements): Shares | null {
  const found: { readonly account: BookAccount; readonly posting: Posting }[] = []
  for (const posting of transaction.postings) {
    const account = chart.get(posting.account)
    if (account === undefined) return null
    found.push({ account, posting })
  }
  const own = new Map<string, OwnShare>()
  const categories: CategoryShare[] = []
  for (const { account, posting } of found) {
    const value = weightOf(posting, transaction.currency)
    if (!chart.isOwn(account)) {
      const isEmpty = signOfDecimal(posting.quantity) === 0 && (value === null || signOfDecimal(value) === 0)
      const path = account.role === 'none' ? undefined : chart.categoryOf(account)
      if (!isEmpty) categories.push({ role: account.role, path, value, posting })
      continue
    }
    const { commodity } = posting
    const holder = chart.holderOf(account)
    const statement =
      commodity.type === 'currency'
        ? statements.of(holder, commodity.currency)
        : statements.ofTrades(holder, securityKey(commodity.security), transaction.currency)
    const { date = transaction.date } = posting
    const key = `${statement.index} ${date}`
    const share = own.get(key) ?? {
      statement,
      date,
      cash: null,
      cashValue: ZERO,
      trades: new Map<string, TradeLine>(),
      memos: [],
      reference: undefined,
    }
    own.set(key, share)
    addOwn(share, posting, value)
  }
  return { own: [...own.values()], categories }
}
