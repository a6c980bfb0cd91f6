import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { negateDecimal, signOfDecimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  type ByteSource,
  ImportRejection,
  type ParsedAccount,
  type ParsedItem,
  type ParsedTransaction,
} from '../importer.ts'
import { sheetFindings } from '../spreadsheet/sheet-findings.ts'
import { BalanceChain } from './balance-chain.ts'
import { openStatement } from './open-statement.ts'
import { accountOfMethod } from './payment-method.ts'
import { accountOfRow, currencyOfRow, platformOf } from './row-account.ts'
import { transactionOf } from './row-transaction.ts'
import type { RowView } from './row-view.ts'
import { type Section, type SurveyedTable, surveyTables } from './sections.ts'
import type { TableReader } from '../table/table-reader.ts'
import { type Moved, settleRow } from './settle-row.ts'
import { Tally } from './totals.ts'
import { type TableStep, walkTable } from './walk-table.ts'

interface OpenStatement {
  readonly number: number
  readonly chain: BalanceChain
  readonly period: { readonly from: IsoDate | null; readonly to: IsoDate | null }
}

const PROGRESS_EVERY = 2000

/** The second pass over a file: rows to items. Statements are opened as rows of new accounts or currencies come up. */
class Reading {
  readonly #isSheet: boolean
  readonly #statements = new Map<string, OpenStatement>()
  readonly #tallies = new Map<Section, Tally>()
  readonly #categories = new Set<string>()
  #guesses = 0
  #firstGuess = 0

  constructor(isSheet: boolean) {
    this.#isSheet = isSheet
  }

  *table({ table, context, sections }: SurveyedTable): Generator<ParsedItem, void, void> {
    if (sections.length === 0) return
    let headers = 0
    let steps = 0
    for (const step of walkTable(table, context, this.#isSheet)) {
      steps += 1
      if (steps % PROGRESS_EVERY === 0) yield { type: 'progress', bytes: table.position() }
      if (step.type === 'header') headers += 1
      const section = sections[headers - 1]
      if (section !== undefined) yield* this.#step(step, section)
    }
  }

  *#step(step: TableStep, section: Section): Generator<ParsedItem, void, void> {
    if (step.type === 'row') {
      yield* this.#row(step.row, section)
    } else if (step.type === 'passed') {
      const text = step.text.slice(0, 40)
      const reason = { code: step.code, message: `Not a transaction: "${text}".`, values: { text } }
      yield { type: 'skipped', record: step.record, reason }
    }
  }

  *#row(row: RowView, section: Section): Generator<ParsedItem, void, void> {
    const { record } = row
    this.#tallyOf(section).add(row)
    const moments = row.moments(section.yearContext)
    if (moments === 'missing') {
      yield { type: 'failed', record, reason: { code: 'missing-date', message: 'The row has no date.' } }
      return
    }
    if (moments === 'bad') {
      const text = (row.get('booked') || row.get('date') || row.get('moment')).slice(0, 40)
      const reason = { code: 'bad-date', message: `"${text}" is not a date.`, values: { text } } as const
      yield { type: 'failed', record, reason }
      return
    }
    const settlement = settleRow(row, section.survey)
    if (settlement.type !== 'moved') {
      yield { type: settlement.type, record, reason: settlement.reason }
      return
    }
    const currency = currencyOfRow(row, section)
    if (currency === null) {
      const text = row.get('currency').slice(0, 20)
      const reason = { code: 'bad-currency', message: `"${text}" is not a currency.`, values: { text } } as const
      yield { type: 'failed', record, reason }
      return
    }
    if (settlement.isGuess) {
      this.#guesses += 1
      this.#firstGuess ||= record
    }
    const account = accountOfRow(row, settlement.account, section)
    const statement = this.#find(account, currency) ?? (yield* this.#open(account, currency, section))
    const transaction = transactionOf(row, settlement, moments, currency, platformOf(row, section))
    if (row.has('balance') && !settlement.isPending) {
      statement.chain.add(transaction.date, transaction.amount, transaction.balance)
    }
    const isProgram = row.layout.profile.program === true
    if (isProgram) yield* this.#category(transaction)
    const other = isProgram ? programAccount(transaction.transferAccount) : pocketOf(row, settlement, section)
    if (other === null || other.name === account.name) {
      yield { type: 'transaction', statement: statement.number, record, transaction }
      return
    }
    // a program, and a wallet between its own pockets, tell both sides of a transfer in one row
    const target = this.#find(other, currency) ?? (yield* this.#open(other, currency, section))
    const { balance: _balance, ...rest } = transaction
    const amount = negateDecimal(transaction.amount)
    const counterpart = { ...rest, amount, ...(account.name === undefined ? {} : { transferAccount: account.name }) }
    yield { type: 'transaction', statement: statement.number, record, transaction, side: 'main' }
    yield { type: 'transaction', statement: target.number, record, transaction: counterpart, side: 'counterpart' }
  }

  /** A category of the program's own tree, told once. */
  *#category({ category, amount, kind }: ParsedTransaction): Generator<ParsedItem, void, void> {
    if (category === undefined || kind === 'transfer' || kind === 'other' || this.#categories.has(category)) return
    this.#categories.add(category)
    yield { type: 'category', path: category, kind: signOfDecimal(amount) > 0 ? 'income' : 'expense' }
  }

  #tallyOf(section: Section): Tally {
    const known = this.#tallies.get(section)
    if (known !== undefined) return known
    const tally = new Tally()
    this.#tallies.set(section, tally)
    return tally
  }

  #find(account: ParsedAccount, currency: CurrencyCode): OpenStatement | undefined {
    return this.#statements.get(keyOf(account, currency))
  }

  *#open(account: ParsedAccount, currency: CurrencyCode, section: Section): Generator<ParsedItem, OpenStatement, void> {
    const statement = { number: this.#statements.size, chain: new BalanceChain(), period: section.period }
    this.#statements.set(keyOf(account, currency), statement)
    yield { type: 'statement', statement: statement.number, account, currency }
    return statement
  }

  *close(): Generator<ParsedItem, void, void> {
    for (const statement of this.#statements.values()) yield* closeStatement(statement)
    if (this.#guesses > 0) {
      yield {
        type: 'finding',
        finding: {
          severity: 'warning',
          code: 'ambiguous-sign',
          message: `${this.#guesses} rows do not say which way the money went. They were read as the most likely: look at them.`,
          record: this.#firstGuess,
          values: { count: this.#guesses },
        },
      }
    }
    for (const [section, tally] of this.#tallies) {
      for (const finding of tally.findings(section.survey.preamble)) yield { type: 'finding', finding }
    }
  }
}

const programAccount = (name: string | undefined): ParsedAccount | null => (name === undefined ? null : { name })

/**
 * The wallet's own pocket (零钱, 余额宝 …) that a row's money went into. No other row and no other file tells of its
 * arrival there; what arrives at a bank is told by the bank.
 */
function pocketOf(row: RowView, settlement: Moved, section: Section): ParsedAccount | null {
  const { transferAccount, amount, kind } = settlement
  if (transferAccount === undefined || kind !== 'transfer' || signOfDecimal(amount) >= 0) return null
  const platform = platformOf(row, section)
  const other = accountOfMethod(transferAccount, platform)
  const isOwn = other.number === undefined && other.kind !== undefined && other.institution === platform.institution
  return isOwn ? other : null
}

function keyOf({ institution, name, number }: ParsedAccount, currency: CurrencyCode): string {
  return `${institution ?? ''}\u0000${name ?? ''}\u0000${number ?? ''}\u0000${currency}`
}

function* closeStatement({ number, chain, period }: OpenStatement): Generator<ParsedItem, void, void> {
  if (period.from !== null || period.to !== null) yield { type: 'period', statement: number, ...period }
  const balances = chain.result
  if (balances === null) return
  const { opening, closing, gaps, steps } = balances
  // Where most steps do not add up, the rows are in no order that would tell which balance is the last.
  if (gaps * 2 <= steps) {
    yield { type: 'balance', statement: number, kind: 'opening', amount: opening.amount, on: null }
    yield { type: 'balance', statement: number, kind: 'closing', amount: closing.amount, on: closing.on }
  }
  if (gaps === 0) return
  yield {
    type: 'finding',
    finding: {
      severity: 'warning',
      code: 'balance-gap',
      message: `The balance column does not follow from the amounts in ${gaps} places: rows may be missing.`,
      values: { count: gaps },
    },
  }
}

/**
 * Reads a Chinese statement: a wallet's bill (one statement for each means of payment), a bank's or card's table, or
 * the export of a bookkeeping program. Two passes over the file, each through a window of memory.
 * Throws `ImportRejection` where no table of this kind is in it.
 */
export function* parseChineseStatement(source: ByteSource): Generator<ParsedItem, void, void> {
  if (source.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
  const { tables, isSheet } = openStatement(source)
  yield* parseChineseTables(tables, source.name, isSheet)
  yield { type: 'progress', bytes: source.size }
}

/** As `parseChineseStatement`, for tables that are open already; `name` is the file's. */
export function* parseChineseTables(
  tables: readonly TableReader[],
  name: string,
  isSheet: boolean,
): Generator<ParsedItem, void, void> {
  const surveyed = surveyTables(tables, name, isSheet)
  if (surveyed.every(({ sections }) => sections.length === 0)) {
    throw new ImportRejection('no-transactions-table', 'No table of transactions was found in this file.')
  }
  const reading = new Reading(isSheet)
  for (const table of surveyed) yield* reading.table(table)
  yield* reading.close()
  yield* sheetFindings(tables)
}
