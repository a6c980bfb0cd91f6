import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { addDecimal, type Decimal, signOfDecimal, subtractDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import { detectDateOrder } from '../delimited/date-order.ts'
import { MarkCount } from '../delimited/decimal-mark.ts'
import {
  type ByteSource,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParsedSplit,
  type ParsedTransaction,
  type ParseOptions,
} from '../importer.ts'
import { sheetFindings } from '../spreadsheet/sheet-findings.ts'
import type { TableReader } from '../table/table-reader.ts'
import { type AppLayout, programNames, type Role } from './app-profiles.ts'
import { type ExportConventions, type ExportRow, RowReader, SignVote } from './export-row.ts'
import { headerOf, identifyExport, openExport } from './open-export.ts'

interface KnownTable {
  readonly table: TableReader
  readonly layout: AppLayout
  /** The row of its header: what stands behind it are its rows. */
  readonly header: number
  readonly signs: SignVote
}

const AMOUNTS: readonly Role[] = ['amount', 'outflow', 'inflow', 'part', 'otherAmount']
/** Dates that the order of day and month is told from. */
const DATES_SEEN = 20_000
const PROGRESS_EVERY = 2000

/** The tables that are to be read. Throws `wrong-kind` where all that are known are to be refused. */
function knownTables(source: ByteSource): readonly KnownTable[] {
  let refusal: ImportRejection | undefined
  const known = openExport(source).flatMap((table): KnownTable[] => {
    const header = headerOf(table)
    if (header?.found.type === 'refused') {
      const { refuse, kind } = header.found.table
      refusal ??= new ImportRejection('wrong-kind', refuse, { kind })
    }
    if (header?.found.type !== 'read') return []
    const { layout } = header.found
    return [{ table, layout, header: header.record, signs: new SignVote(layout) }]
  })
  if (known.length > 0) return known
  if (refusal !== undefined) throw refusal
  throw new ImportRejection('wrong-kind', 'The file holds no table of a bookkeeping program that Onebook knows.')
}

function* rowsOf({ table, header }: KnownTable): Generator<{ record: number; cells: readonly string[] }, void, void> {
  for (const row of table.rows()) {
    if (row.record > header && row.cells.some((cell) => cell.trim() !== '')) yield row
  }
}

/** Reads all tables once: the order of day and month, the decimal mark and the accounts' names need all of them. */
function conventionsOf(tables: readonly KnownTable[], options: ParseOptions): ExportConventions {
  const dates: string[] = []
  const marks = new MarkCount()
  const accounts = new Set<string>()
  for (const known of tables) {
    const { columns } = known.layout
    const at = columns.get('date')?.[0]
    const name = columns.get('account')?.[0]
    for (const { cells } of rowsOf(known)) {
      known.signs.add(cells)
      if (at !== undefined && dates.length < DATES_SEEN) dates.push((cells[at] ?? '').trim())
      for (const role of AMOUNTS) {
        for (const index of columns.get(role) ?? []) marks.add((cells[index] ?? '').trim())
      }
      if (name !== undefined) accounts.add((cells[name] ?? '').trim())
    }
  }
  accounts.delete('')
  const { mark } = marks.verdict()
  const { order } = detectDateOrder(dates, options.today, { decimalComma: mark === ',', dollar: mark === '.' })
  return { order, mark, accounts, thisYear: Number(options.today.slice(0, 4)) }
}

interface Waiting {
  readonly record: number
  readonly row: ExportRow
  readonly parts: ParsedSplit[]
}

/** Rows of one export to items: an account for each name and currency, categories as the program has them. */
class ExportReading {
  readonly #statements = new Map<string, number>()
  readonly #categories = new Set<string>()
  /** The last row: parts that follow it belong to it. */
  #waiting: Waiting | null

  constructor() {
    this.#waiting = null
  }

  *take(reader: RowReader, record: number, cells: readonly string[]): Generator<ParsedItem, void, void> {
    const outcome = reader.read(cells)
    if (outcome.type === 'part') {
      if (this.#waiting === null) {
        const reason = {
          code: 'bad-record',
          message: 'A part of a transaction stands before any transaction.',
        } as const
        yield { type: 'failed', record, reason }
        return
      }
      const { amount, category, memo } = outcome
      this.#waiting.parts.push({ amount, ...(category !== '' && { category }), ...(memo !== '' && { memo }) })
      const reason = { code: 'information-only', message: 'A part of the transaction above, kept with it.' } as const
      yield { type: 'skipped', record, reason }
      return
    }
    yield* this.flush()
    if (outcome.type === 'row') this.#waiting = { record, row: outcome.row, parts: [] }
    else yield { type: outcome.type, record, reason: outcome.reason }
  }

  /** Gives the row that has waited for its parts. */
  *flush(): Generator<ParsedItem, void, void> {
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting === null) return
    const { record, row } = waiting
    if (row.account === '') {
      yield { type: 'failed', record, reason: { code: 'bad-record', message: 'The row names no account.' } }
      return
    }
    const parts = completed(waiting)
    yield* this.#declare(row.category, row.amount)
    for (const { category, amount } of parts) yield* this.#declare(category ?? '', amount)
    const transaction = transactionOf(row, parts)
    const main = yield* this.#statement(row.account, row.currency)
    if (row.arrives === null || row.other === '') {
      yield { type: 'transaction', statement: main, record, transaction }
      return
    }
    const arriving = yield* this.#statement(row.other, row.arrives.currency)
    const { original: _original, ...rest } = transaction
    const counterpart: ParsedTransaction = { ...rest, amount: row.arrives.amount, transferAccount: row.account }
    yield { type: 'transaction', statement: main, record, transaction, side: 'main' }
    yield { type: 'transaction', statement: arriving, record, transaction: counterpart, side: 'counterpart' }
  }

  *#declare(path: string, amount: Decimal): Generator<ParsedItem, void, void> {
    if (path === '' || this.#categories.has(path)) return
    this.#categories.add(path)
    yield { type: 'category', path, kind: signOfDecimal(amount) > 0 ? 'income' : 'expense' }
  }

  *#statement(name: string, currency: CurrencyCode | null): Generator<ParsedItem, number, void> {
    const key = `${name}\u0000${currency ?? ''}`
    const known = this.#statements.get(key)
    if (known !== undefined) return known
    const statement = this.#statements.size
    this.#statements.set(key, statement)
    yield { type: 'statement', statement, account: { name }, currency }
    return statement
  }
}

/** A row's parts with what they leave of it as one without a category; a single part is no split. */
function completed({ row, parts }: Waiting): readonly ParsedSplit[] {
  if (parts.length === 0) return []
  const missing = subtractDecimal(
    row.amount,
    parts.reduce((sum, { amount }) => addDecimal(sum, amount), ZERO),
  )
  return missing === ZERO ? parts : [...parts, { amount: missing }]
}

function transactionOf(row: ExportRow, parts: readonly ParsedSplit[]): ParsedTransaction {
  const { when, amount, kind, payee, memos, category, tags, reference, check, other, original } = row
  const hasTime = when.time !== undefined && !/^00:00(?::00)?$/.test(when.time)
  return {
    date: when.date,
    ...(hasTime ? { time: when.time } : {}),
    amount,
    kind,
    ...(payee === '' ? {} : { payee }),
    ...(memos.length === 0 ? {} : { memo: [...new Set(memos)].join('; ') }),
    ...(category === '' || parts.length > 0 ? {} : { category }),
    ...(tags.length === 0 ? {} : { tags: [...new Set(tags)] }),
    ...(reference === '' ? {} : { reference }),
    ...(check === '' ? {} : { checkNumber: check }),
    ...(other === '' ? {} : { transferAccount: other }),
    ...(original === null ? {} : { original }),
    ...(parts.length === 0 ? {} : { splits: parts }),
  }
}

function* parseExport(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
  if (source.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
  const tables = knownTables(source)
  const conventions = conventionsOf(tables, options)
  const reading = new ExportReading()
  for (const known of tables) {
    const reader = new RowReader(known.layout, conventions, known.signs.verdict())
    let rows = 0
    for (const { record, cells } of rowsOf(known)) {
      yield* reading.take(reader, record, cells)
      rows += 1
      if (rows % PROGRESS_EVERY === 0) yield { type: 'progress', bytes: known.table.position() }
    }
    yield* reading.flush()
  }
  yield* sheetFindings(tables.map(({ table }) => table))
}

/** Exports of bookkeeping programs, an importer for each program of `resources/app-profiles`. */
export const appImporters: readonly Importer[] = programNames.map(({ id, title }) => ({
  id,
  title,
  identify: (head) => (identifyExport(head) === id ? 'yes' : 'no'),
  parse: parseExport,
}))
