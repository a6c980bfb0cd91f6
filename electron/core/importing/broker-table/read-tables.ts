import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { type Preamble, readPreamble } from '../delimited/preamble.ts'
import { fail, skip } from '../delimited/row-fates.ts'
import { rowMeaningOf } from '../delimited/row-words.ts'
import { StatementBook } from '../delimited/statement-book.ts'
import { statusOf } from '../delimited/header-vocabulary.ts'
import { trimmedCell } from '../delimited/vocabulary-text.ts'
import type { ParsedItem, ParsedTransaction } from '../importer.ts'
import type { TableReader, TableRow } from '../table/table-reader.ts'
import { fiatOf } from './figure.ts'
import { balanceOrder, type Running } from './balance-order.ts'
import { type CashConventions, detectCash } from './cash-conventions.ts'
import { groupingOf, type LedgerFate, LedgerGroups, ledgerRow } from './ledger.ts'
import type { Move } from './move.ts'
import { movesOf } from './moves.ts'
import { FactReader } from './fact-reader.ts'
import type { RowFacts } from './row-facts.ts'
import { HEADERLESS, headerKey, isHeaderRow, sectionKey, type Survey, type Table } from './survey.ts'

const PROGRESS_ROWS = 5000

/** A table with what its rows have shown of how it is written. */
interface Reading {
  readonly table: Table
  readonly facts: FactReader
  readonly cash: CashConventions
  readonly groups: LedgerGroups | null
  /** Tells which of the addresses in the table is the household's own. */
  readonly ownAddress: string | null
  /** Set where the balance column is proven to follow the amounts. */
  readonly order: 'forward' | 'reverse' | null
}

/** The course of the balances in a table, from its sampled rows. */
function orderOf(table: Table, facts: readonly RowFacts[], cash: CashConventions): Reading['order'] {
  if (table.columns.at.balance === undefined || table.columns.ledger) return null
  const running: Running[] = []
  for (const row of facts) {
    const moves = row.balance === null ? null : movesOf(row, cash)
    const [move] = moves === null || 'missing' in moves ? [] : moves
    if (move === undefined || row.balance === null) continue
    running.push({
      key: `${row.account}|${move.currency ?? ''}`,
      amount: move.transaction.amount,
      balance: row.balance,
    })
  }
  return balanceOrder(running)
}

function factsOf(table: Table, reader: FactReader): RowFacts[] {
  const facts: RowFacts[] = []
  for (const { cells } of table.rows) {
    const read = reader.read(cells)
    if (!('fault' in read)) facts.push(read)
  }
  return facts
}

/** The address that sends or receives in every row, or in most: the wallet whose transfers these are. */
function ownAddressOf(table: Table): string | null {
  const { at } = table.columns
  const [from, to] = [at['from-address'], at['to-address']]
  if (from === undefined || to === undefined) return null
  const counts = new Map<string, number>()
  for (const { cells } of table.rows) {
    for (const address of new Set([trimmedCell(cells, from), trimmedCell(cells, to)])) {
      if (address !== '') counts.set(address, (counts.get(address) ?? 0) + 1)
    }
  }
  const [best] = [...counts].toSorted((left, right) => right[1] - left[1])
  return best !== undefined && best[1] * 10 >= table.rows.length * 6 ? best[0] : null
}

/** Gives the rows of a file's tables their meaning. */
class ActivityReader {
  readonly #survey: Survey
  readonly #readings = new Map<string, Reading>()
  readonly #preamble: Preamble
  readonly #currency: CurrencyCode | null
  readonly #book: StatementBook
  readonly #thisYear: number
  #current: Reading | null = null
  #currentKey = ''
  /** By section, where the file names a section in each line. */
  readonly #ofSection = new Map<string, Reading | null>()

  constructor(survey: Survey, name: string, today: IsoDate) {
    this.#survey = survey
    this.#thisYear = Number(today.slice(0, 4))
    const seen = new Map<CurrencyCode, number>()
    const orders = new Set<Reading['order']>()
    let unknown = false
    for (const [key, table] of survey.tables) {
      const reader = new FactReader(table, survey, this.#thisYear)
      const facts = factsOf(table, reader)
      const { net, debit, credit } = table.columns.at
      const divided = net === undefined && debit !== undefined && credit !== undefined
      const cash = detectCash(facts, table.rules, divided)
      const groups = table.columns.ledger ? new LedgerGroups(groupingOf(table)) : null
      const order = orderOf(table, facts, cash)
      this.#readings.set(key, { table, facts: reader, cash, groups, ownAddress: ownAddressOf(table), order })
      orders.add(order)
      for (const currency of facts.flatMap((row) => currenciesOf(row))) {
        if (currency === null) unknown = true
        else seen.set(currency, (seen.get(currency) ?? 0) + 1)
      }
    }
    const bare = this.#readings.get(HEADERLESS)
    if (bare !== undefined) {
      this.#current = bare
      this.#currentKey = HEADERLESS
    }
    const above = readPreamble(survey.preamble, survey.mark, name)
    const profile = survey.profile
    const named = new Set(
      [...survey.tables.values()].flatMap(({ columns }) =>
        [...columns.headerCurrency.values()].map((unit) => fiatOf(unit)).filter((unit) => unit !== null),
      ),
    )
    const [heading] = named
    const [most] = [...seen].toSorted((left, right) => right[1] - left[1])
    const stated = profile?.currency === undefined ? null : (profile.currency as CurrencyCode)
    this.#currency =
      stated ??
      above.currency ??
      (named.size === 1 ? heading : undefined) ??
      (unknown && seen.size > 1 ? null : (most?.[0] ?? null))
    const number = survey.account ?? above.account.number
    const institution = above.account.institution ?? profile?.institution
    this.#preamble = {
      account: {
        ...(number === undefined ? {} : { number }),
        ...(above.account.name === undefined ? {} : { name: above.account.name }),
        ...(institution === undefined ? {} : { institution }),
        kind: profile?.kind ?? 'brokerage',
      },
      currency: null,
      opening: null,
      closing: null,
    }
    const [order] = orders
    this.#book = new StatementBook(this.#preamble, orders.size === 1 && order !== undefined ? order : null)
  }

  /** Items of one row of the file. */
  read(row: TableRow): readonly ParsedItem[] {
    const sections = this.#survey.profile?.sections
    if (sections !== undefined) return this.#sectioned(row, sections)
    const { cells, record } = row
    if (isHeaderRow(cells, this.#thisYear)) return this.#header(headerKey(cells), record)
    if (this.#current === null) {
      return this.#currentKey === '' || blank(cells) ? [] : [skip(record, 'information-only', firstText(cells))]
    }
    return this.#row(this.#current, row)
  }

  #header(key: string, record: number): readonly ParsedItem[] {
    const before = this.#flush()
    const repeated = key === this.#currentKey
    this.#currentKey = key
    this.#current = this.#readings.get(key) ?? null
    return repeated ? [...before, skip(record, 'repeated-header')] : before
  }

  #sectioned(
    { cells, record }: TableRow,
    sections: NonNullable<NonNullable<Survey['profile']>['sections']>,
  ): readonly ParsedItem[] {
    const [name = '', kind = ''] = cells
    if (!Object.hasOwn(sections.tables, name)) return []
    const rest = cells.slice(2)
    if (kind === sections.header) {
      this.#ofSection.set(name, this.#readings.get(sectionKey(name, rest)) ?? null)
      return []
    }
    if (kind !== sections.data) return [skip(record, 'totals-row', name)]
    const reading = this.#ofSection.get(name)
    return reading === undefined || reading === null
      ? [skip(record, 'information-only', name)]
      : this.#row(reading, { record, cells: rest })
  }

  #row(reading: Reading, { cells, record }: TableRow): readonly ParsedItem[] {
    if (blank(cells)) return []
    const { table } = reading
    if (table.rules.skip !== undefined) {
      const all = cells.join(' | ')
      const rule = table.rules.skip.find(({ match }) => match.test(all))
      if (rule !== undefined) return [skip(record, rule.reason, firstText(cells))]
    }
    const status = table.columns.at.status
    const state = status === undefined ? 'booked' : statusOf(trimmedCell(cells, status))
    if (state === 'not-settled') return [skip(record, 'not-settled', trimmedCell(cells, status ?? 0))]
    const facts = reading.facts.read(cells)
    if ('fault' in facts) return this.#faulty(cells, record, facts)
    if (facts.action === 'cancelled') return [skip(record, 'closed-order', facts.actionText)]
    if (reading.groups !== null) {
      const entry = ledgerRow(record, facts, table, reading.cash.signedUnits || reading.cash.sign === 'written')
      if (entry !== null) return this.#fates(reading.groups.add(entry))
    }
    const moves = movesOf(directed(facts, cells, reading), reading.cash)
    if ('missing' in moves) {
      return meaningful(facts)
        ? [fail(record, 'missing-amount', firstText(cells))]
        : [skip(record, 'information-only', firstText(cells))]
    }
    const items = this.#place(record, facts, moves, state === 'pending', reading.order !== null)
    return lacksUnits(facts, moves) ? [...items, unitsUnknown(record, facts)] : items
  }

  #faulty(
    cells: readonly string[],
    record: number,
    fault: Extract<ReturnType<FactReader['read']>, { fault: string }>,
  ): readonly ParsedItem[] {
    if (fault.fault === 'bad-amount' || fault.fault === 'bad-currency') return [fail(record, fault.fault, fault.text)]
    const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
    const meaning = filled.map((text) => rowMeaningOf(text)).find((found) => found !== null)
    if (meaning !== undefined) return [skip(record, meaning === 'totals' ? 'totals-row' : 'balance-row')]
    const figures = filled.filter((text) => /\d/.test(text)).length
    if (fault.fault === 'no-date') {
      // figures without a day are sums; words are remarks
      return [skip(record, figures > 0 && figures * 2 >= filled.length ? 'totals-row' : 'information-only', filled[0])]
    }
    if (filled.length < 3 || figures === 0) return [skip(record, 'information-only', fault.text)]
    return [fail(record, 'bad-date', fault.text)]
  }

  #fates(fates: readonly LedgerFate[]): readonly ParsedItem[] {
    return fates.flatMap((fate) => {
      if ('partOf' in fate) return [partOf(fate.record, fate.partOf)]
      return this.#place(fate.record, fate.facts, fate.moves, false, false)
    })
  }

  #flush(): readonly ParsedItem[] {
    const reading = this.#current
    return reading?.groups == null ? [] : this.#fates(reading.groups.flush())
  }

  #place(
    record: number,
    facts: RowFacts,
    moves: readonly Move[],
    pending: boolean,
    balanced: boolean,
  ): readonly ParsedItem[] {
    const items: ParsedItem[] = []
    const account = this.#survey.profile?.accounts === false ? '' : facts.account
    for (const [at, { currency, transaction }] of moves.entries()) {
      const { statement, opened } = this.#book.statementFor(account, currency ?? this.#currency)
      if (opened !== null) items.push(opened)
      const balance = balanced && at === 0 ? facts.balance : null
      const whole: ParsedTransaction = {
        ...transaction,
        ...(pending ? { status: 'pending' } : {}),
        ...(balance === null ? {} : { balance }),
      }
      if (balance !== null) this.#book.sawRunning(statement, balance, transaction.amount, transaction.date)
      // a record is one, however many accounts and assets it moves
      const side = moves.length === 1 ? {} : { side: at === 0 ? ('main' as const) : ('counterpart' as const) }
      items.push({ type: 'transaction', statement, record, transaction: whole, ...side })
    }
    return items
  }

  *close(): Generator<ParsedItem, void, void> {
    for (const reading of this.#readings.values()) {
      if (reading.groups !== null) yield* this.#fates(reading.groups.flush())
    }
    yield* this.#book.close()
  }
}

/** Transfers on a chain say who sent and who received: the household's own address tells in from out. */
function directed(facts: RowFacts, cells: readonly string[], { table, ownAddress }: Reading): RowFacts {
  const { at } = table.columns
  if (ownAddress === null || facts.action !== null || facts.quantity === null) return facts
  const [from, to] = [at['from-address'], at['to-address']].map((index) =>
    index === undefined ? '' : trimmedCell(cells, index),
  )
  if (from === to) return { ...facts, action: 'stake' }
  const outward = from === ownAddress
  return {
    ...facts,
    action: outward ? 'security-out' : 'security-in',
    counterparty: (outward ? to : from) ?? '',
  }
}

function currenciesOf(facts: RowFacts): (CurrencyCode | null)[] {
  const { net, gross, price, incoming, outgoing } = facts
  if (incoming !== null || outgoing !== null) return []
  const sum = net ?? gross ?? price
  return sum === null ? [] : [sum.currency ?? facts.currency]
}

/** Whether a row without an amount lacks something. */
const meaningful = ({ action, security, quantity }: RowFacts): boolean =>
  action !== null || security !== null || quantity !== null

const MOVES_UNITS: ReadonlySet<string> = new Set([
  'security-in',
  'security-out',
  'split',
  'corporate',
  'expiry',
  'assignment',
])

/** Securities that came or went, but the row does not say how many. */
function lacksUnits({ action, security, quantity }: RowFacts, moves: readonly Move[]): boolean {
  if (action === null || security === null || quantity !== null || !MOVES_UNITS.has(action)) return false
  return moves.every(({ transaction }) => transaction.quantity === undefined && transaction.amount === '0')
}

function unitsUnknown(record: number, { security }: RowFacts): ParsedItem {
  const name = security?.name ?? security?.symbol ?? security?.isin ?? ''
  const message = `The row does not say how many of ${name === '' ? 'the security' : name} came or went: correct the quantity by hand.`
  return {
    type: 'finding',
    finding: { severity: 'warning', code: 'missing-amount', message, record, values: { text: name } },
  }
}

const blank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

const firstText = (cells: readonly string[]): string => cells.find((cell) => cell.trim() !== '')?.trim() ?? ''

function partOf(record: number, main: number): ParsedItem {
  return {
    type: 'skipped',
    record,
    reason: {
      code: 'information-only',
      message: `The row is the other side of the exchange in record ${main}.`,
      values: { record: main },
    },
  }
}

/**
 * Reads the tables of activities that a survey found: every row that is not blank ends as transactions, skipped or
 * failed.
 */
export function* readTables(
  reader: TableReader,
  survey: Survey,
  name: string,
  today: IsoDate,
): Generator<ParsedItem, void, void> {
  const activities = new ActivityReader(survey, name, today)
  let count = 0
  for (const row of reader.rows()) {
    for (const item of activities.read(row)) yield item
    count += 1
    if (count % PROGRESS_ROWS === 0) yield { type: 'progress', bytes: reader.position() }
  }
  yield* activities.close()
}
