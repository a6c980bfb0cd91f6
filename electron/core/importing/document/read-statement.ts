import { type Decimal, negateDecimal, signOfDecimal } from '../../../../shared/domain/decimal.ts'
import type { DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import type { DetectedLayout } from '../delimited/detect-layout.ts'
import { hintsAtCard } from '../delimited/header-vocabulary.ts'
import { fail, skip } from '../delimited/row-fates.ts'
import { ImportRejection, type ParsedItem, type ParseOptions } from '../importer.ts'
import { belowClosing, provenEnd, repeated, repeats } from './annexes.ts'
import { type DocumentProfile, profileFor, rolesByProfile, withProfile } from './document-profiles.ts'
import type { DocumentText } from './document-text.ts'
import type { StatementTime } from './infer-years.ts'
import { isShortDate } from './line-tokens.ts'
import { isMovement, type Portion, type PortionReading, readPortion, reconcile, type StatedBalance } from './portion.ts'
import { provenSigns, type SignVerdict } from './prove-signs.ts'
import { type DocumentRow, type DocumentTable, type DocumentTables, readTables } from './read-tables.ts'
import { readWithoutTable } from './without-table.ts'
import { layoutOf, timeOf, withYears } from './table-rows.ts'
import { type Directed, Flows, withFlows } from './section-flow.ts'
import { tradesIn } from './trade-table.ts'
import { type Proving, settleUndated } from './undated-rows.ts'

const NUMBERS_PER_PORTION = 1000
/** Lines above the first table in which a card is looked for, and how long they may be: no advertisements. */
const HINT_LINES = 60
const HINT_LENGTH = 60
/** Lines outside of the tables in which an institution is looked for. */
const PROFILE_LINES = 60

interface Prepared {
  readonly table: DocumentTable
  readonly rows: readonly DocumentRow[]
  readonly detected: DetectedLayout
  /** Which signs follow from the headings over the rows. */
  readonly turned: Directed['turned']
}

interface ReadPart {
  readonly number: number
  readonly portion: Portion
  readonly reading: PortionReading
}

const signed = (amount: Decimal, factor: 1 | -1): Decimal => (factor < 0 ? negateDecimal(amount) : amount)

function refusal(): ImportRejection {
  return new ImportRejection(
    'no-transactions-table',
    'No table of transactions was found in the document: no lines with a day and an amount stand under one another.',
  )
}

/** Words around the first table that say what kind of account it is. */
function hintsOf({ outside, tables }: DocumentTables, name: string): string {
  const first = Math.min(...tables.flatMap(({ rows }) => rows.map(({ record }) => record)))
  const lines = outside.filter(({ record }) => record < first).slice(-HINT_LINES)
  // a long line of short cells is a row of figures, not a sentence of an advertisement
  const texts = lines.flatMap(({ line }) => line.cells.map(({ text }) => text))
  return [name, ...texts.filter((text) => text.length <= HINT_LENGTH)].join(' | ')
}

/** Tables whose columns can be understood, the one with the most rows first. Throws `ImportRejection` for none. */
function prepare(
  found: DocumentTables,
  hints: string,
  profile: DocumentProfile | null,
  options: ParseOptions,
): { tables: Prepared[]; time: StatementTime } {
  const { today } = options
  const when = timeOf(found, today)
  const flows = new Flows(found.tables)
  let first: ImportRejection | undefined
  const prepared = found.tables.flatMap((table): Prepared[] => {
    const prove: Proving = ({ rows: own }, at) => {
      const account = found.accounts[at]
      if (account === undefined || !own.some(isMovement)) return null
      const { layout } = layoutOf(table, own, hints, options)
      return reconcile(readPortion({ table, layout, rows: own, account }, '', today))
    }
    const { rows: directed, turned } = withFlows(withYears(table, when, today), table, flows)
    const rows = settleUndated(directed, table, prove)
    if (!rows.some(isMovement)) return []
    try {
      const detected = layoutOf(table, rows, hints, options)
      const settled = options.layout?.fingerprint === detected.layout.fingerprint
      const named = settled ? detected.layout : rolesByProfile(detected.layout, table.titles, profile)
      const layout = turned !== null && !settled ? { ...named, sign: 'as-written' as const } : named
      return [{ table, rows, turned, detected: layout === detected.layout ? detected : { ...detected, layout } }]
    } catch (error) {
      if (!(error instanceof ImportRejection)) throw error
      first ??= error
      return []
    }
  })
  if (prepared.length === 0) throw first ?? refusal()
  const count = ({ rows }: Prepared): number => rows.filter(isMovement).length
  return { tables: prepared.toSorted((left, right) => count(right) - count(left)), time: when.time }
}

/** The items of a reading as they go out: numbered apart, without annexes, with the balances that its lines state. */
function* told(
  { number, reading }: ReadPart,
  verdict: SignVerdict,
  left: ReadonlySet<number>,
  time: StatementTime,
): Generator<ParsedItem, void, void> {
  const { items } = reading
  const proof = reconcile(reading)
  const opening = proof?.opening ?? reading.opening
  const closing = proof?.closing ?? reading.closings.findLast(({ weight }) => weight === 'said') ?? null
  const statements = items.filter((item) => item.type === 'statement')
  const only = statements.length === 1 ? statements[0]?.statement : undefined
  const stated = new Map<string, StatedBalance | null>([
    ['opening', opening],
    ['closing', closing],
  ])
  for (const item of items) {
    if (item.type === 'transaction' && left.has(item.record)) {
      yield repeated(item.record, item.transaction)
    } else if (item.type === 'balance' && only !== undefined && (stated.get(item.kind) ?? null) !== null) continue
    else yield 'statement' in item ? { ...item, statement: item.statement + number } : item
  }
  if (only === undefined) return
  const statement = only + number
  for (const kind of ['opening', 'closing'] as const) {
    const balance = kind === 'opening' ? opening : closing
    if (balance === null) continue
    yield { type: 'balance', statement, kind, amount: signed(balance.amount, verdict.balanceFactor), on: balance.on }
  }
  if (time.from !== null) yield { type: 'period', statement, from: time.from, to: time.to }
}

/** Where words speak of a card and its balances prove that they are owed, it is one of credit. */
function withCard(item: ParsedItem, { balanceFactor, proven }: SignVerdict): ParsedItem {
  if (item.type !== 'statement' || item.account.kind !== undefined || !proven || balanceFactor > 0) return item
  return { ...item, account: { ...item.account, kind: 'credit-card' } }
}

/** Whether no more rows are positive than negative. */
function isSpending(items: readonly ParsedItem[]): boolean {
  const signs = items.map((item) => (item.type === 'transaction' ? signOfDecimal(item.transaction.amount) : 0))
  return signs.filter((sign) => sign > 0).length <= signs.filter((sign) => sign < 0).length
}

function* fates(rows: readonly DocumentRow[]): Generator<ParsedItem, void, void> {
  for (const { kind, record } of rows) {
    if (kind === 'totals') yield skip(record, 'totals-row')
    else if (!isMovement({ kind } as DocumentRow)) yield skip(record, 'balance-row')
  }
}

/** One table's portions, account by account, with the signs that their balances prove. */
class TableReading {
  readonly detected: DetectedLayout
  readonly rows: readonly DocumentRow[]
  readonly layout: DelimitedLayout
  readonly proven: boolean
  readonly parts: readonly ReadPart[]
  readonly verdicts: readonly SignVerdict[]

  constructor(
    prepared: Prepared,
    index: number,
    found: DocumentTables,
    name: string,
    card: boolean,
    options: ParseOptions,
  ) {
    const { table, rows, detected } = prepared
    const named = prepared.turned !== null
    const { accounts } = found
    const settled = options.layout?.fingerprint === detected.layout.fingerprint
    const portions = accounts.flatMap((account, at) => {
      const own = rows.filter((row) => row.account === at)
      const number = (index * accounts.length + at) * NUMBERS_PER_PORTION
      return own.some(isMovement) ? [{ number, portion: { table, layout: detected.layout, rows: own, account } }] : []
    })
    const read = (part: (typeof portions)[number], layout: DelimitedLayout): ReadPart => {
      const portion = { ...part.portion, layout }
      return { number: part.number, portion, reading: readPortion(portion, name, options.today) }
    }
    const first = portions.map((part) => read(part, detected.layout))
    const verdicts = first.map(({ reading }) =>
      provenSigns(reconcile(reading), detected.layout, {
        settled: settled || named,
        card,
        mirrored: prepared.turned === 'all',
        spending: isSpending(reading.items),
      }),
    )
    const proof = verdicts.find(({ proven }) => proven)
    this.detected = detected
    this.rows = rows
    this.proven = proof !== undefined || named
    this.layout = proof?.layout ?? detected.layout
    const turned = this.layout !== detected.layout
    this.parts = turned ? portions.map((part) => read(part, this.layout)) : first
    // what one account's balances prove of the table holds for the others in it
    this.verdicts = verdicts.map((verdict) => (verdict.layout === this.layout ? verdict : (proof ?? verdict)))
  }
}

/** Records that repeat rows of the statement's main table. */
function annexesOf(tables: readonly TableReading[]): ReadonlySet<number> {
  const left = new Set<number>()
  const main = tables[0]?.parts ?? []
  for (const table of tables) {
    for (const part of table.parts) {
      const { items } = part.reading
      for (const record of belowClosing(part.reading)) left.add(record)
      const own = main.find(({ portion }) => portion.account === part.portion.account)
      if (own === undefined || own === part) continue
      const end = repeats(items, own.reading.items) ? 0 : provenEnd(own.reading)
      for (const item of items) if (item.type === 'transaction' && item.record > end) left.add(item.record)
    }
  }
  return left
}

/**
 * The statements in a document of any institution: its tables of transactions, read by the words over their columns, by
 * how they line up, and by the arithmetic of its balances. Throws `ImportRejection` (`no-transactions-table`).
 */
export function* readStatement(
  document: DocumentText,
  name: string,
  options: ParseOptions,
): Generator<ParsedItem, void, void> {
  const thisYear = Number(options.today.slice(0, 4))
  const found = readTables(document, thisYear)
  const profile = profileFor(
    found.outside
      .slice(0, PROFILE_LINES)
      .map(({ line }) => line.text)
      .join('\n'),
  )
  if (found.tables.length === 0) {
    const alone = [...readWithoutTable(found.outside, thisYear)]
    if (alone.length === 0) throw refusal()
    for (const item of alone) yield withProfile(item, profile)
    return
  }
  if (isYearGuessed(found, options)) {
    const message = 'No year stands in the document: the latest that its days can be of was taken. Check one date.'
    yield { type: 'finding', finding: { severity: 'warning', code: 'year-guess', message } }
  }
  const traded = yield* readTrades(found, options)
  if (traded.size === found.tables.length) return
  const others = { ...found, tables: found.tables.filter((table) => !traded.has(table)) }
  try {
    yield* readBookings(others, name, profile, options)
  } catch (error) {
    if (traded.size === 0 || !(error instanceof ImportRejection)) throw error
    // beside trades that were read, rows that nobody understands are named
    for (const { record } of others.tables.flatMap(({ rows }) => rows.filter(isMovement))) {
      yield fail(record, 'unsupported-record')
    }
  }
}

/** Whether rows have days without a year, and nothing in the document names one. */
function isYearGuessed(found: DocumentTables, { today }: ParseOptions): boolean {
  const { near, within } = timeOf(found, today).time
  if (near !== null || (within ?? null) !== null) return false
  return found.tables.some(({ rows, concerns }) =>
    rows.some((row) => isMovement(row) && row.cells.some((cell, at) => concerns[at] === 'date' && isShortDate(cell))),
  )
}

/** The tables of trades among a document's tables, each as an account of its own. */
function* readTrades(
  { tables, accounts, outside }: DocumentTables,
  options: ParseOptions,
): Generator<ParsedItem, ReadonlySet<DocumentTable>, void> {
  const traded = new Set<DocumentTable>()
  // a layout that the user has given is one of bookings
  if (options.layout !== undefined) return traded
  const when = timeOf({ tables, accounts, outside }, options.today)
  for (const [index, table] of tables.entries()) {
    const rows = withYears(table, when, options.today)
    const items = tradesIn(table, rows, when, options.today)
    if (items === null) continue
    traded.add(table)
    const first = (tables.length + index) * accounts.length * NUMBERS_PER_PORTION
    const number = accounts[rows[0]?.account ?? 0]?.number ?? null
    for (const item of items) {
      const own = 'statement' in item ? { ...item, statement: item.statement + first } : item
      yield own.type === 'statement' && own.account.number === undefined && number !== null
        ? { ...own, account: { ...own.account, number } }
        : own
    }
    yield* fates(rows)
  }
  return traded
}

function* readBookings(
  found: DocumentTables,
  name: string,
  profile: DocumentProfile | null,
  options: ParseOptions,
): Generator<ParsedItem, void, void> {
  const hints = hintsOf(found, name)
  const { tables, time } = prepare(found, hints, profile, options)
  const card = profile?.kind === 'credit-card' || hintsAtCard(hints)
  const readings = tables.map((prepared, index) => new TableReading(prepared, index, found, name, card, options))
  const left = annexesOf(readings)
  for (const [index, { detected, layout, proven, parts, verdicts, rows }] of readings.entries()) {
    if (index === 0) {
      const confidence = proven ? Math.max(detected.confidence, 0.9) : detected.confidence
      yield { type: 'layout', layout, confidence, columns: detected.columns, sample: detected.sample }
    }
    for (const finding of detected.findings) {
      if (finding.code !== 'ambiguous-sign' || !proven) yield { type: 'finding', finding }
    }
    for (const [at, part] of parts.entries()) {
      const verdict = verdicts[at]
      const isAnnex = part.reading.items.every((item) => item.type !== 'transaction' || left.has(item.record))
      if (verdict === undefined) continue
      if (isAnnex) yield* skipped(part, left)
      else for (const item of told(part, verdict, left, time)) yield withProfile(withCard(item, verdict), profile)
    }
    yield* fates(rows)
  }
}

/** A table that only repeats rows announces no statement of its own. */
function* skipped({ reading }: ReadPart, left: ReadonlySet<number>): Generator<ParsedItem, void, void> {
  for (const item of reading.items) {
    if (item.type === 'transaction' && left.has(item.record)) {
      yield repeated(item.record, item.transaction)
    } else if (item.type === 'skipped' || item.type === 'failed') yield item
  }
}
