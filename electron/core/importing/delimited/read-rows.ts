import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  type Decimal,
  ZERO,
  absoluteDecimal,
  negateDecimal,
  subtractDecimal,
} from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ColumnRole, DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import type { ParsedItem, ParsedTransaction } from '../importer.ts'
import type { TableReader, TableRow } from '../table/table-reader.ts'
import { isAmountText } from './amount-text.ts'
import { type Conventions, isIsin } from './conventions.ts'
import { rolesOf } from './detect-layout.ts'
import { currencyFromText, foldHeader, matchHeader, statusOf } from './header-vocabulary.ts'
import { LaterHeaders, TablesAbove } from './other-tables.ts'
import { type Preamble, readPreamble } from './preamble.ts'
import { amountOfRow } from './row-amount.ts'
import { fail, skip } from './row-fates.ts'
import { type RowMeaning, balanceLabelOf, kindOf, meaningOfAny, rowMeaningOf } from './row-words.ts'
import { RowValues } from './row-values.ts'
import { StatementBook } from './statement-book.ts'
import { lineOfCell as textOf, trimmedCell as trimmed } from './vocabulary-text.ts'

export interface ReadingPlan {
  readonly layout: DelimitedLayout
  readonly conventions: Conventions
  readonly preamble: Preamble
  /** The header's cells: a row that repeats them is skipped. */
  readonly header: readonly string[] | null
  readonly today: IsoDate
}

const PROGRESS_ROWS = 5000
/** Lines that may introduce a second table. */
const SECTION_ROWS = 40
const MEMO_DIVIDER = ' · '
/** Single words that a shop may bear as its name: they make a row a sum only where nothing else speaks for a payment. */
const ALSO_NAMES = new Set(['total', 'totals', 'sum', 'suma', 'summa', 'summe', 'report', 'new balance', 'ib', 'ub'])

/** A payment fills more columns than a line of the account does. */
const FEWEST_OF_PAYMENT = 5
const ACCOUNT_LINE = /^\d{4,5} \d{5,11}[A-Z]?$/

type Writable = { -readonly [Key in keyof ParsedTransaction]: ParsedTransaction[Key] }

/** Gives the rows of one table their meaning. Compiled once per file: the loop only follows column numbers. */
class RowReader {
  readonly #plan: ReadingPlan
  readonly #at: ReturnType<typeof rolesOf>
  readonly #memoAt: readonly number[]
  readonly #payeeAt: readonly number[]
  /** The payee columns in the order that money in reads them: the payer first. */
  readonly #payerAt: readonly number[]
  readonly #wordsAt: readonly number[]
  readonly #values: RowValues
  /** Rows without day and amount since the last transaction: where a header follows, they introduce an account. */
  #between: TableRow[] = []
  readonly #book: StatementBook
  readonly #headers: LaterHeaders
  /** How many balances were stated above the last line of prose: those below it may be of a table that follows. */
  #titled = 0
  /** Set below the headings of another table. */
  #isOther = false

  constructor(plan: ReadingPlan, book: StatementBook) {
    const { layout } = plan
    this.#plan = plan
    this.#book = book
    this.#at = rolesOf(layout.columns)
    this.#memoAt = this.#columns('memo')
    const named = this.#columns('payee')
    const payers = named.filter((index) => matchHeader(plan.header?.[index]?.trim() ?? '')[0]?.concept === 'payer')
    const payees = named.filter((index) => !payers.includes(index))
    this.#payeeAt = [...payees, ...payers]
    this.#payerAt = [...payers, ...payees]
    this.#wordsAt = [...this.#payeeAt, ...this.#memoAt, ...this.#columns('kind'), ...this.#columns('category')]
    this.#values = new RowValues(plan.layout, this.#at, Number(plan.today.slice(0, 4)))
    this.#headers = new LaterHeaders(plan.header, this.#at)
  }

  #columns(role: ColumnRole): number[] {
    return this.#plan.layout.columns.filter((column) => column.role === role).map(({ index }) => index)
  }

  /** Of a row with day and amount only what cannot be a payment is taken for a balance or a total. */
  #meaning(cells: readonly string[]): RowMeaning | null {
    if (this.#isAccountLine(cells)) return 'closing'
    const named = this.#meaningOfReference(cells)
    if (named !== null) return named
    for (const index of this.#wordsAt) {
      const text = trimmed(cells, index)
      const meaning = text === '' ? null : rowMeaningOf(text, 'strict')
      if (meaning === null) continue
      if (this.#identified(cells)) continue
      if (ALSO_NAMES.has(foldHeader(text)) && !this.#couldBeIdentified) continue
      return meaning
    }
    return null
  }

  /** Some banks write "Anfangssaldo" where other rows have their reference, and leave all texts blank. */
  #meaningOfReference(cells: readonly string[]): RowMeaning | null {
    const { reference } = this.#at
    if (reference === undefined || this.#wordsAt.some((index) => trimmed(cells, index) !== '')) return null
    const meaning = rowMeaningOf(trimmed(cells, reference), 'strict')
    return meaning === 'totals' ? null : meaning
  }

  /** In a table without titles a row of a day, a sum and nothing but an account's number states the account's balance. */
  #isAccountLine(cells: readonly string[]): boolean {
    const { header, layout } = this.#plan
    if (header !== null || layout.columns.length < FEWEST_OF_PAYMENT) return false
    const filled = cells.filter((cell) => cell.trim() !== '')
    return filled.length === 3 && filled.some((cell) => ACCOUNT_LINE.test(cell.trim()))
  }

  /** Balances have neither an identity nor another side. */
  #identified(cells: readonly string[]): boolean {
    const { reference, counterparty } = this.#at
    return [reference, counterparty].some((index) => index !== undefined && /[^0\s-]/.test(trimmed(cells, index)))
  }

  get #couldBeIdentified(): boolean {
    return this.#at.reference !== undefined || this.#at.counterparty !== undefined
  }

  /** Items of one row: a transaction (after its statement, where that is new) or its skipping or failing. */
  read(row: TableRow): readonly ParsedItem[] {
    const { cells, record } = row
    const when = this.#values.date(cells)
    const amount = amountOfRow(cells, this.#at, this.#plan.conventions, this.#plan.layout)
    if (when === null || when === 'bad' || amount === null || amount === 'bad') {
      return this.#odd(row, when, amount)
    }
    const meaning = this.#meaning(cells)
    if (meaning !== null) {
      this.#keepBalance(cells, meaning, amount, when.date)
      return [skip(record, meaning === 'totals' ? 'totals-row' : 'balance-row')]
    }
    if (this.#isOther) return [fail(record, 'unsupported-record')]
    if (this.#between.length > 0) this.#between = []
    return this.#transaction(row, when, amount)
  }

  #transaction(
    { cells, record }: TableRow,
    when: { readonly date: IsoDate; readonly time?: string },
    written: Decimal,
  ): readonly ParsedItem[] {
    const at = this.#at
    const status = at.status === undefined ? 'booked' : statusOf(trimmed(cells, at.status))
    if (status === 'not-settled') return [skip(record, 'not-settled', trimmed(cells, at.status ?? 0))]
    const { conventions } = this.#plan
    let amount = written
    const fee = at.fee === undefined ? null : this.#values.number(trimmed(cells, at.fee))
    if (fee !== null && fee !== '0' && conventions.fee === 'separate') {
      amount = subtractDecimal(amount, absoluteDecimal(fee))
    }
    let currency: CurrencyCode | null = this.#plan.layout.currency === null ? null : this.#layoutCurrency
    if (at.currency !== undefined) {
      const text = trimmed(cells, at.currency)
      if (text !== '') {
        currency = this.#values.currencyOf(text)
        if (currency === null) return [fail(record, 'bad-currency', text)]
      }
    }
    const account = this.#account(cells)
    const { statement, opened } = this.#book.statementFor(account, currency)
    const transaction: Writable = {
      date: when.date,
      amount,
      kind: at.kind === undefined ? 'payment' : kindOf(trimmed(cells, at.kind)),
    }
    if (status === 'pending') transaction.status = 'pending'
    this.#texts(cells, transaction)
    this.#extras(cells, transaction, when.time)
    if (fee !== null && fee !== '0') transaction.fee = absoluteDecimal(fee)
    if (at.balance !== undefined) {
      const balance = this.#values.number(trimmed(cells, at.balance))
      if (balance !== null) {
        transaction.balance = conventions.balanceFactor < 0 ? negateDecimal(balance) : balance
        this.#book.sawRunning(statement, transaction.balance, amount, when.date)
      } else if (status === 'booked') this.#book.sawUnstated(statement, amount)
    }
    const item: ParsedItem = { type: 'transaction', statement, record, transaction }
    return opened === null ? [item] : [opened, item]
  }

  #account(cells: readonly string[]): string {
    if (this.#at.account === undefined) return ''
    return (textOf(cells, this.#at.account) || this.#plan.conventions.soleAccount).replace(/^'+/, '')
  }

  get #layoutCurrency(): CurrencyCode | null {
    const { currency } = this.#plan.layout
    return currency !== null && isCurrencyCode(currency) ? currency : null
  }

  #payee(cells: readonly string[], amount: Decimal = ZERO): string {
    const columns = amount.startsWith('-') ? this.#payeeAt : this.#payerAt
    for (const index of columns) {
      const text = textOf(cells, index)
      if (text !== '') return text
    }
    return ''
  }

  #texts(cells: readonly string[], transaction: Writable): void {
    const payee = this.#payee(cells, transaction.amount)
    let memo = ''
    for (const index of this.#memoAt) {
      const text = textOf(cells, index)
      if (text === '' || text === payee) continue
      memo = memo === '' ? text : memo.includes(text) ? memo : memo + MEMO_DIVIDER + text
    }
    if (payee !== '') transaction.payee = payee
    if (memo !== '') transaction.memo = memo
    const at = this.#at
    if (at.reference !== undefined) {
      const reference = trimmed(cells, at.reference)
      if (reference !== '') transaction.reference = reference.replace(/^'+/, '')
    }
    if (at.category !== undefined) {
      const category = textOf(cells, at.category)
      if (category !== '') transaction.category = category
    }
    if (at.counterparty !== undefined) {
      const counterparty = textOf(cells, at.counterparty)
      if (counterparty !== '') transaction.counterparty = counterparty
    }
    if (at['check-number'] !== undefined) {
      const check = trimmed(cells, at['check-number'])
      if (check !== '') transaction.checkNumber = check
    }
    if (at['merchant-category'] !== undefined) {
      const code = trimmed(cells, at['merchant-category'])
      if (code !== '') transaction.merchantCategory = code
    }
    if (at.tags !== undefined) {
      const tags = trimmed(cells, at.tags)
        .split(/[,;|]/)
        .map((tag) => tag.trim())
        .filter((tag) => tag !== '')
      if (tags.length > 0) transaction.tags = tags
    }
  }

  #extras(cells: readonly string[], transaction: Writable, time: string | undefined): void {
    const at = this.#at
    let clock = time ?? (at.time === undefined ? undefined : this.#values.time(trimmed(cells, at.time)))
    if (at['value-date'] !== undefined) {
      const text = trimmed(cells, at['value-date'])
      const value = text === '' ? null : this.#values.dateOf(text)
      if (value !== null) {
        transaction.valueDate = value.date
        if (value.date === transaction.date) clock ??= value.time
      }
    }
    if (clock !== undefined && clock !== '00:00' && clock !== '00:00:00') transaction.time = clock
    const { securityAt } = this.#plan.conventions
    if (securityAt !== null) {
      const isin = trimmed(cells, securityAt)
      if (isIsin(isin)) transaction.security = { isin }
    }
    if (at.tax !== undefined) {
      const tax = this.#values.number(trimmed(cells, at.tax))
      if (tax !== null && tax !== '0') transaction.tax = absoluteDecimal(tax)
    }
    if (at['original-amount'] !== undefined && at['original-currency'] !== undefined) {
      const original = this.#values.number(trimmed(cells, at['original-amount']))
      const currency = currencyFromText(trimmed(cells, at['original-currency']))
      if (original !== null && original !== '0' && currency !== null && currency !== this.#book.currencyInUse) {
        const rate = at.rate === undefined ? null : this.#values.number(trimmed(cells, at.rate))
        const signed = transaction.amount.startsWith('-')
          ? negateDecimal(absoluteDecimal(original))
          : absoluteDecimal(original)
        transaction.original =
          rate === null || rate === '0' ? { amount: signed, currency } : { amount: signed, currency, rate }
      }
    }
  }

  /** A row that lacks a date or an amount: balances, totals, repeated headers, footers, damaged records. */
  #odd(
    { cells, record }: TableRow,
    when: { readonly date: IsoDate } | null | 'bad',
    amount: Decimal | null | 'bad',
  ): readonly ParsedItem[] {
    const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
    if (filled.length === 0) return []
    const date = when === null || when === 'bad' ? null : when.date
    const headings = date === null ? this.#headers.relationOf(cells) : null
    if (headings !== null) {
      this.#isOther = headings === 'other'
      if (this.#isOther) {
        this.#book.forgetStated(this.#titled)
        return [skip(record, 'information-only', filled[0])]
      }
      this.#book.beginSection(readPreamble(this.#between, this.#plan.layout.decimalMark, '').account)
      this.#between = []
      return [skip(record, 'repeated-header')]
    }
    if (this.#between.length < SECTION_ROWS) this.#between.push({ cells, record })
    const meaning = meaningOfAny(filled)
    if (meaning !== null) {
      this.#keepBalance(cells, meaning, amount === 'bad' ? null : amount, date)
      return [skip(record, meaning === 'totals' ? 'totals-row' : 'balance-row')]
    }
    if (date === null && (amount === null || amount === 'bad')) this.#titled = this.#book.statedCount
    const at = this.#at
    const dateText = at.date === undefined ? '' : trimmed(cells, at.date)
    const balanceOnly = at.amount === undefined && at.debit === undefined && at.credit === undefined
    const balance = at.balance === undefined ? null : this.#values.number(trimmed(cells, at.balance))
    if (date !== null) {
      if (this.#isOther) return [fail(record, 'unsupported-record')]
      if (amount === 'bad') return [fail(record, 'bad-amount', this.#amountText(cells))]
      if (balanceOnly && balance !== null) {
        this.#book.sawDated(balance, date)
        return [skip(record, 'balance-row')]
      }
      const { securityAt } = this.#plan.conventions
      if (when !== null && when !== 'bad' && securityAt !== null && isIsin(trimmed(cells, securityAt))) {
        // a move of securities alone: no cash, but a record of the account
        return this.#transaction({ cells, record }, when, ZERO)
      }
      if (balance !== null) return [skip(record, 'information-only')]
      const settled = at.status === undefined || statusOf(trimmed(cells, at.status)) !== 'not-settled'
      return [settled ? fail(record, 'missing-amount', this.#payee(cells)) : skip(record, 'not-settled')]
    }
    const money = amount !== null && amount !== 'bad'
    if (!money && this.#keepTitledBalance(cells)) return [skip(record, 'balance-row')]
    if (when === 'bad') {
      // "offen", "pending": no day yet, so nothing that is booked
      if (statusOf(dateText) !== 'booked') return [skip(record, 'not-settled', dateText)]
      // a line of prose in the first column is a footer; with an amount beside it, it is a record whose date is torn
      if (
        money ||
        (amount === 'bad' && filled.length > 2) ||
        (/^\d{1,4}[-/.]\d{1,2}[-/.]/.test(dateText) && filled.length > 1)
      ) {
        return [fail(record, 'bad-date', dateText)]
      }
      return [skip(record, 'information-only', dateText)]
    }
    if (!money) return [skip(record, 'information-only', filled[0])]
    const alone = filled.every((text) => isAmountText(text) || currencyFromText(text) !== null)
    return [alone ? skip(record, 'totals-row') : fail(record, 'missing-date', this.#payee(cells))]
  }

  /** A row that fills nothing but a column titled as the balance at the beginning or the end: it belongs to no payment. */
  #keepTitledBalance(cells: readonly string[]): boolean {
    let kept = false
    for (const [index, title] of (this.#plan.header ?? []).entries()) {
      const text = trimmed(cells, index)
      const isOther = index !== this.#at.balance && /\d/.test(text) && isAmountText(text)
      const meaning = isOther ? balanceLabelOf(title) : null
      const value = meaning === null ? null : this.#values.number(text)
      if (meaning === null || value === null) continue
      this.#book.sawStated(this.#account(cells), this.#layoutCurrency, meaning, value, null)
      kept = true
    }
    return kept
  }

  #amountText(cells: readonly string[]): string {
    const { amount, debit, credit } = this.#at
    return [amount, debit, credit]
      .map((index) => (index === undefined ? '' : trimmed(cells, index)))
      .join(' ')
      .trim()
  }

  #keepBalance(cells: readonly string[], meaning: RowMeaning, amount: Decimal | null, date: IsoDate | null): void {
    if (meaning === 'totals' || this.#isOther) return
    const at = this.#at
    const stated = at.balance === undefined ? null : this.#values.number(trimmed(cells, at.balance))
    let value = stated ?? amount
    if (value === null) {
      const text = cells.findLast((cell) => cell.trim() !== '' && isAmountText(cell.trim().replace(/\|$/, '')))
      value = text === undefined ? null : this.#values.number(text.trim().replace(/\|$/, ''))
    }
    if (value === null) return
    if (stated !== null && this.#plan.conventions.balanceFactor < 0) value = negateDecimal(value)
    const account = this.#account(cells)
    const code = at.currency === undefined ? '' : trimmed(cells, at.currency)
    const currency = (code === '' ? null : currencyFromText(code)) ?? this.#layoutCurrency
    this.#book.sawStated(account, currency, meaning, value, date)
  }
}

/**
 * Reads the data rows of any table by a layout: one item or more per row, in order; statements are announced before
 * their first transaction, balances follow at the end. Every row that is not blank ends as a transaction, skipped or
 * failed.
 */
export function* readRows(reader: TableReader, plan: ReadingPlan): Generator<ParsedItem, void, void> {
  const book = new StatementBook(plan.preamble, plan.conventions.order)
  const rows = new RowReader(plan, book)
  const { firstRow } = plan.layout
  const above = new TablesAbove(plan.header === null ? firstRow : firstRow - 1, Number(plan.today.slice(0, 4)))
  let count = 0
  for (const row of reader.rows()) {
    if (row.record < firstRow) {
      if (above.holds(row)) yield fail(row.record, 'unsupported-record')
      continue
    }
    for (const item of rows.read(row)) yield item
    count += 1
    if (count % PROGRESS_ROWS === 0) yield { type: 'progress', bytes: reader.position() }
  }
  yield* book.close()
}
