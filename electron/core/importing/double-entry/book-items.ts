import {
  addDecimal,
  type Decimal,
  divideDecimal,
  negateDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedItem, ParsedTransaction } from '../importer.ts'
import type { BookTransaction } from './book.ts'
import { type BookStatement, BookStatements } from './book-statements.ts'
import { isOpeningName } from './book-words.ts'
import type { Chart } from './chart.ts'
import { categoryPart, completeParts, convertParts, hubOf, type Part, withAmount, withParts } from './parts.ts'
import { type CategoryShare, type OwnShare, type Shares, sharesOf } from './shares.ts'
import { isGain, movingLines, tradeFields } from './trades.ts'

const RATE_DIGITS = 10

interface Row {
  readonly statement: BookStatement
  readonly transaction: ParsedTransaction
}

type Common = Omit<ParsedTransaction, 'amount' | 'kind'>

/** What every row of a transaction has, whichever account it is on. */
function commonOf(transaction: BookTransaction, share: OwnShare | null): Common {
  const { valueDate, status, payee, checkNumber, tags, reference } = transaction
  const { date } = share ?? transaction
  const own = share?.reference ?? reference
  return {
    date,
    ...(valueDate === undefined || valueDate === date ? {} : { valueDate }),
    ...(status === undefined ? {} : { status }),
    ...(payee === undefined || payee === '' ? {} : { payee }),
    ...(own === undefined || own === '' ? {} : { reference: own }),
    ...(checkNumber === undefined || checkNumber === '' ? {} : { checkNumber }),
    ...(tags === undefined || tags.length === 0 ? {} : { tags }),
  }
}

function memosOf({ memo }: BookTransaction, share: OwnShare | null): readonly string[] {
  const own = share?.memos ?? []
  return memo === undefined || memo === '' || own.includes(memo) ? own : [memo, ...own]
}

/** A row of money: `amount` is what came to the account. */
function moneyRow(transaction: BookTransaction, share: OwnShare, parts: readonly Part[]): Row {
  const amount = share.cash ?? ZERO
  const { original } = originalOf(transaction, share, parts)
  return {
    statement: share.statement,
    transaction: {
      ...commonOf(transaction, share),
      ...withParts(amount, parts, memosOf(transaction, share), transaction.payee),
      ...(original === undefined ? {} : { original }),
    },
  }
}

/** What the account's money was in the transaction's currency, where that is another. */
function originalOf(
  transaction: BookTransaction,
  { cash, cashValue, statement }: OwnShare,
  parts: readonly Part[],
): Pick<ParsedTransaction, 'original'> {
  const { currency } = transaction
  if (parts.length === 0 || currency === null || currency === statement.currency) return {}
  if (cash === null || cashValue === null || signOfDecimal(cashValue) === 0) return {}
  return { original: { amount: cashValue, currency, rate: divideDecimal(cash, cashValue, RATE_DIGITS) } }
}

/** The foreign money that the only category of a row was counted in. */
function foreignOf(
  amount: Decimal,
  currency: BookStatement['currency'],
  categories: readonly CategoryShare[],
): ParsedTransaction['original'] {
  const [only] = categories
  const { commodity, quantity = ZERO } = only?.posting ?? {}
  if (categories.length !== 1 || commodity?.type !== 'currency' || commodity.currency === currency) return undefined
  if (commodity.currency === null || signOfDecimal(quantity) === 0) return undefined
  const foreign = negateDecimal(quantity)
  return { amount: foreign, currency: commodity.currency, rate: divideDecimal(amount, foreign, RATE_DIGITS) }
}

/** Whether a transaction only says where accounts began. */
function isOpening({ categories }: Shares): boolean {
  return categories.length > 0 && categories.every(({ role }) => role === 'equity')
}

const isTrading = ({ trades }: OwnShare): boolean =>
  [...trades.values()].some(({ quantity }) => signOfDecimal(quantity) !== 0)

/** Income that names a security by a posting of no units (GnuCash's way with dividends) is income of that security. */
function ofSecurity(row: Row, { own, categories }: Shares): Row {
  const lines = own.flatMap(({ trades }) => [...trades.values()])
  const [line] = lines
  const earned = categories.some(({ role }) => role === 'income') && signOfDecimal(row.transaction.amount) > 0
  if (line === undefined || !earned || lines.some(({ quantity }) => signOfDecimal(quantity) !== 0)) return row
  return { ...row, transaction: { ...row.transaction, kind: 'dividend', security: line.security } }
}

/** The rows of a transaction that touches own accounts, the one that stands for it first. */
function rowsOf(transaction: BookTransaction, shares: Shares): Row[] {
  const { own, categories } = shares
  const money = own.filter(({ cash }) => cash !== null)
  if (isOpening(shares)) {
    const [equity] = categories
    const parts = equity === undefined ? [] : [categoryPart(equity)]
    const openings = money
      .filter((share) => !isTrading(share))
      .map((share) =>
        moneyRow(
          transaction,
          share,
          parts.map((part) => withAmount(part, share.cash ?? ZERO)),
        ),
      )
    return [...openings, ...tradeRows(transaction, shares, undefined)]
  }
  const hub = hubOf(money, transaction.currency)
  if (hub === undefined) return tradeRows(transaction, shares, undefined)
  const others = money.filter((share) => share !== hub && !isTrading(share))
  const spent = categories.filter((category) => !isGain(category, shares))
  const parts: Part[] = [
    ...spent.map(categoryPart),
    ...others.map(({ statement, cashValue, cash }): Part => ({
      role: 'transfer',
      amount: negateDecimal(cashValue ?? cash ?? ZERO),
      transferAccount: statement.name,
    })),
  ]
  const isKnown =
    hub.cashValue !== null &&
    spent.every(({ value }) => value !== null) &&
    others.every(({ cashValue }) => cashValue !== null)
  const hubValue = hub.cashValue ?? hub.cash ?? ZERO
  const rest = subtractDecimal(
    hubValue,
    parts.reduce((sum, { amount }) => addDecimal(sum, amount), ZERO),
  )
  const trades = tradeRows(transaction, shares, isKnown ? rest : undefined)
  const counterparts = others.map((share) =>
    moneyRow(transaction, share, [
      { role: 'transfer', amount: share.cash ?? ZERO, transferAccount: hub.statement.name },
    ]),
  )
  if (isTrading(hub)) return [...trades, ...counterparts]
  const traded = own.find(isTrading)
  if (traded !== undefined && signOfDecimal(rest) !== 0) {
    parts.push({ role: 'transfer', amount: rest, transferAccount: traded.statement.name })
  }
  const amount = hub.cash ?? ZERO
  const { currency } = hub.statement
  const whole = currency === transaction.currency ? parts : convertParts(parts, amount, currency)
  const row = ofSecurity(moneyRow(transaction, hub, isKnown ? completeParts(whole, amount) : parts.slice(0, 1)), shares)
  const original = spent.length === parts.length ? foreignOf(amount, currency, spent) : undefined
  const main =
    original === undefined || row.transaction.original !== undefined
      ? row
      : { ...row, transaction: { ...row.transaction, original } }
  return [...trades, main, ...counterparts]
}

/** A row for each security that moves. The first on an account bears the account's own money. */
function tradeRows(transaction: BookTransaction, shares: Shares, rest: Decimal | undefined): Row[] {
  const moving = movingLines(shares)
  const hasMoney = shares.own.some(({ cash }) => cash !== null)
  const [only] = shares.categories
  const path = shares.categories.length === 1 && !hasMoney && only?.role !== 'equity' ? only?.path : undefined
  const isSingle = moving.length === 1 && rest !== undefined && signOfDecimal(rest) !== 0
  return shares.own.flatMap((share) => {
    const lines = [...share.trades.values()]
    const moved = lines.filter(({ quantity }) => signOfDecimal(quantity) !== 0)
    const told = moved.length > 0 || hasMoney ? moved : lines.slice(0, 1)
    return told.map((line, index) => {
      const amount = index === 0 ? (share.cash ?? ZERO) : ZERO
      // on its own account the money is net of costs, elsewhere the rest is what went to the trade
      const worth = isSingle && (share.cash === null || signOfDecimal(share.cash) === 0) ? rest : restOf(share, shares)
      const context = { shares, currency: transaction.currency, worth: isSingle ? worth : undefined }
      const fields = tradeFields(line, share, transaction, context, amount)
      const memos = memosOf(transaction, share)
      const row: ParsedTransaction = {
        ...commonOf(transaction, share),
        ...fields,
        ...(memos.length === 0 ? {} : { memo: memos.join('; ') }),
        ...(path === undefined ? {} : { category: path }),
      }
      return { statement: share.statement, transaction: row }
    })
  })
}

/** What a trade's own account paid or received without the costs beside it. */
function restOf(share: OwnShare, shares: Shares): Decimal | undefined {
  if (share.cashValue === null) return undefined
  let worth = share.cashValue
  for (const category of shares.categories) {
    if (isGain(category, shares)) continue
    if (category.value === null) return undefined
    worth = addDecimal(worth, category.value)
  }
  return worth
}

/** Turns the transactions of a book, one after another, into the items of a file. */
export class BookItems {
  readonly #chart: Chart
  readonly #statements: BookStatements
  readonly #announced = new Set<string>()

  constructor(chart: Chart) {
    this.#chart = chart
    this.#statements = new BookStatements(chart)
  }

  /** A transaction's rows; or one skip or failure where it has none. */
  *take(transaction: BookTransaction): Generator<ParsedItem, void, void> {
    const { record } = transaction
    const shares = sharesOf(transaction, this.#chart, this.#statements)
    if (shares === null) {
      const message = 'A transaction names an account that the book does not have.'
      yield { type: 'failed', record, reason: { code: 'bad-record', message } }
      return
    }
    const rows = shares.own.length === 0 ? this.#withoutOwn(transaction, shares) : rowsOf(transaction, shares)
    if (rows.length === 0) {
      const message = 'It moves no money of an account: a closing entry of the book, or nothing at all.'
      yield { type: 'skipped', record, reason: { code: 'information-only', message } }
      return
    }
    yield* this.#statements.takeAnnouncements()
    yield* this.#categories(shares)
    for (const [index, { statement, transaction: row }] of rows.entries()) {
      const side = rows.length === 1 ? {} : { side: index === 0 ? ('main' as const) : ('counterpart' as const) }
      yield { type: 'transaction', statement: statement.index, record, transaction: row, ...side }
    }
  }

  /** What an own account held at the end of a day, as the book says; nothing where no row of it was in that currency. */
  *stated(accountId: string, currency: CurrencyCode, amount: Decimal, on: IsoDate): Generator<ParsedItem, void, void> {
    const account = this.#chart.get(accountId)
    const statement =
      account === undefined ? undefined : this.#statements.known(this.#chart.holderOf(account), currency)
    if (statement !== undefined) yield { type: 'day-balance', statement: statement.index, amount, on }
  }

  /** What was earned and spent at once, without passing an account: nothing moves, but the categories stay. */
  #withoutOwn(transaction: BookTransaction, { categories }: Shares): Row[] {
    const isLived =
      categories.some(({ role }) => role === 'income' || role === 'expense') &&
      categories.every(({ role, path = '' }) => role !== 'equity' || isOpeningName(path))
    if (!isLived || categories.some(({ value }) => value === null)) return []
    const statement = this.#statements.clearing(transaction.currency)
    const parts = completeParts(categories.map(categoryPart), ZERO)
    const told = withParts(ZERO, parts, memosOf(transaction, null))
    return [{ statement, transaction: { ...commonOf(transaction, null), ...told } }]
  }

  *#categories({ categories }: Shares): Generator<ParsedItem, void, void> {
    for (const { role, path } of categories) {
      if (path === undefined || (role !== 'income' && role !== 'expense')) continue
      const key = `${role} ${path}`
      if (this.#announced.has(key)) continue
      this.#announced.add(key)
      yield { type: 'category', path, kind: role }
    }
  }
}
