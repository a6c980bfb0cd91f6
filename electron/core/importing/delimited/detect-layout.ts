import { createHash } from 'node:crypto'
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import { type Finding, ImportRejection } from '../importer.ts'
import type { TableRow } from '../table/table-reader.ts'
import type { DecimalMark } from '../text/number-text.ts'
import { type ColumnAssignment, assignColumns } from './assign-columns.ts'
import { type ColumnProfile, isAmountColumn, isDateColumn, profileColumns, spread } from './column-profile.ts'
import { type RoleIndex, balanceFit, detectSign } from './conventions.ts'
import { detectDateOrder } from './date-order.ts'
import { type DateOrder, isDateText } from './date-text.ts'
import { MarkCount } from './decimal-mark.ts'
import type { Dialect } from './detect-delimiter.ts'
import { currencyFromText, currencyInHeader, foldHeader, hintsAtCard, hintsAtSpending } from './header-vocabulary.ts'
import { readPreamble } from './preamble.ts'
import { trimmedCell } from './vocabulary-text.ts'
import { isDataLike, locateTable } from './locate-table.ts'

export interface DetectionContext {
  readonly encoding: string
  readonly dialect: Dialect
  /** File name: its words are hints. */
  readonly name: string
  readonly today: IsoDate
}

export interface DetectedLayout {
  readonly layout: DelimitedLayout
  /** 0–1: the product of how sure columns, date order, decimal mark and signs are. */
  readonly confidence: number
  readonly findings: readonly Finding[]
  readonly columns: readonly string[]
  readonly sample: readonly (readonly string[])[]
}

const SAMPLE_ROWS = 5
/** Rows among which the shapes of columns are looked for. */
const SHAPE_ROWS = 600
const MARK_ROWS = 10_000
const WIDEST = 200
const DOLLAR = /(?:^|[^A-Za-z])\$/

const CERTAINTY = { proven: 1, likely: 0.9, open: 0.6 } as const

/** The first column of each role: `memo` is the only role that several columns bear. */
export function rolesOf(columns: readonly DelimitedLayout['columns'][number][]): RoleIndex {
  const at: { -readonly [Role in keyof RoleIndex]: RoleIndex[Role] } = {}
  for (const { index, role } of columns) at[role] ??= index
  return at
}

/** The same for all files of one origin: delimiter and header words, or the shapes of the columns. */
export function fingerprintOf(
  delimiter: string,
  header: readonly string[] | null,
  profiles: readonly ColumnProfile[],
): string {
  const cells =
    header === null
      ? profiles.map((profile) => (isDateColumn(profile) ? 'date' : isAmountColumn(profile) ? 'number' : 'text'))
      : header.map((cell) => foldHeader(cell))
  while (cells.at(-1) === '') cells.pop()
  return createHash('sha256')
    .update(JSON.stringify([header === null ? 'shapes' : 'header', delimiter, ...cells]))
    .digest('hex')
    .slice(0, 32)
}

/** Column titles for people: the header's cells, or "1", "2" … */
export function columnTitles(header: readonly string[] | null, width: number): string[] {
  return Array.from({ length: width }, (_, index) => header?.[index]?.trim() || String(index + 1))
}

function widthOf(header: readonly string[] | null, data: readonly (readonly string[])[]): number {
  const widest = spread(data).reduce((most, cells) => Math.max(most, cells.length), header?.length ?? 0)
  return Math.min(widest, WIDEST)
}

function moneyColumns(at: RoleIndex): number[] {
  return [at.amount, at.debit, at.credit, at.balance, at.fee].filter((index) => index !== undefined)
}

/** Rows that fill the date column and a column of money. */
export function dataRows(body: readonly TableRow[], at: RoleIndex): (readonly string[])[] {
  const { date } = at
  const money = moneyColumns(at)
  if (date === undefined) return []
  const data: (readonly string[])[] = []
  for (const { cells } of body) {
    if ((cells[date] ?? '') !== '' && money.some((index) => (cells[index] ?? '') !== '')) data.push(cells)
  }
  return data
}

function detectMark(data: readonly (readonly string[])[], at: RoleIndex): { mark: DecimalMark; sure: boolean } {
  const amounts = new MarkCount()
  const moved = [at.amount, at.debit, at.credit].filter((index) => index !== undefined)
  for (const index of moved) for (const cells of data) amounts.add(cells[index] ?? '')
  if (amounts.decided) return amounts.verdict()
  // whole amounts only, or none that settles it: balances and fees of the same file may
  for (const index of [at.balance, at.fee]) {
    if (index === undefined) continue
    for (const cells of spread(data, MARK_ROWS)) amounts.add(cells[index] ?? '')
  }
  return amounts.verdict()
}

/** The currency that the header or the amounts themselves name. */
function detectCurrency(
  header: readonly string[] | null,
  data: readonly (readonly string[])[],
  at: RoleIndex,
): CurrencyCode | null {
  const money = [at.amount, at.credit, at.debit, at.balance].filter((index) => index !== undefined)
  for (const index of money) {
    const currency = currencyInHeader(header?.[index] ?? '')
    if (currency !== null) return currency
  }
  const found = new Set<CurrencyCode>()
  for (const cells of spread(data, 100)) {
    for (const index of money) {
      const affix = (cells[index] ?? '').replaceAll(/[\d.,\s'’+\-−–()]+/g, '')
      const currency = affix === '' ? null : currencyFromText(affix)
      if (currency !== null) found.add(currency)
    }
  }
  const [only] = found
  return found.size === 1 && only !== undefined ? only : null
}

/** Without words over the columns, arithmetic finds the balance: the column that moves by the amount of each row. */
function withBalance(
  assignment: ColumnAssignment,
  profiles: readonly ColumnProfile[],
  data: readonly (readonly string[])[],
  mark: DecimalMark,
  order: DateOrder,
): ColumnAssignment['columns'] {
  const at = rolesOf(assignment.columns)
  if (at.balance !== undefined || at.amount === undefined || data.length < 4) return assignment.columns
  const known = new Set(assignment.columns.map(({ index }) => index))
  const others = profiles.filter((profile) => isAmountColumn(profile) && !known.has(profile.index))
  const roles: RoleIndex = at.date === undefined ? {} : { date: at.date }
  for (const { index } of others) {
    if (balanceFit(data, { ...roles, amount: at.amount, balance: index }, mark, order) > 0.6) {
      return [...assignment.columns, { index, role: 'balance' as const }]
    }
    if (
      assignment.byShape > 0 &&
      balanceFit(data, { ...roles, amount: index, balance: at.amount }, mark, order) > 0.6
    ) {
      return assignment.columns
        .map((column) => (column.role === 'amount' ? { index: column.index, role: 'balance' as const } : column))
        .concat({ index, role: 'amount' })
    }
  }
  return assignment.columns
}

function dateTexts(data: readonly (readonly string[])[], columns: readonly number[]): string[] {
  const texts: string[] = []
  let previous = ''
  for (const index of columns) {
    for (const cells of data) {
      const text = trimmedCell(cells, index)
      // runs of one date say the same thing once
      if (text !== '' && text !== previous) texts.push(text)
      previous = text
    }
  }
  return texts
}

function findingOf(code: Finding['code'], message: string, values: Finding['values'] = {}): Finding {
  return { severity: 'warning', code, message, values }
}

/**
 * Finds table, columns and conventions in the rows of any table. `rows` are all rows of the file, or a sample that
 * begins with its first ones. Throws `ImportRejection` where there is no table with a date and an amount or balance.
 */
export function detectLayout(rows: readonly TableRow[], context: DetectionContext): DetectedLayout {
  const thisYear = Number(context.today.slice(0, 4))
  const place = locateTable(rows, thisYear)
  if (place === null) {
    throw new ImportRejection(
      'no-transactions-table',
      'No table of transactions was found: no row has a date and an amount.',
    )
  }
  const headerRow = place.header === null ? undefined : rows[place.header]
  const header = headerRow === undefined ? null : headerRow.cells.map((cell) => cell.trim())
  const body = rows.slice(place.first)
  const shaped = spread(body, SHAPE_ROWS).filter((row) => isDataLike(row.cells, thisYear))
  // few or no rows with both a date and a number: judge by whatever rows there are
  const sampleData = spread(shaped.length > 0 ? shaped : body).map((row) => row.cells)
  const width = widthOf(header, sampleData)
  const profiles = profileColumns(sampleData, width, thisYear)
  const above = rows.slice(0, place.header ?? place.first)
  const own = readPreamble(above, '.', context.name).account.number ?? null
  const assignment = assignColumns(header, profiles, sampleData, own)
  let at = rolesOf(assignment.columns)
  if (at.date === undefined) {
    throw new ImportRejection('no-transactions-table', 'The table has no column of dates, so it holds no transactions.')
  }
  if (at.amount === undefined && at.debit === undefined && at.credit === undefined && at.balance === undefined) {
    throw new ImportRejection(
      'no-transactions-table',
      'The table has no column of amounts, so it holds no transactions.',
    )
  }

  const data = dataRows(body, at)
  const dateAt = at.date
  const dated = shaped.filter((row) => (row.cells[dateAt] ?? '').trim() !== '')
  if (dated.length >= 5 && dataRows(dated, at).length * 4 < dated.length) {
    throw new ImportRejection(
      'no-transactions-table',
      'Most rows have a date but no amount, so this is no table of transactions that can be read without a mapping.',
    )
  }
  const findings: Finding[] = []
  const mark = detectMark(data, at)
  if (!mark.sure) {
    findings.push(
      findingOf(
        'ambiguous-decimal-mark',
        `The amounts can be read with a decimal point or a decimal comma; "${mark.mark}" was taken. Check one amount.`,
        { mark: mark.mark },
      ),
    )
  }
  const dollar = sampleData.some((cells) => moneyColumns(at).some((index) => DOLLAR.test(cells[index] ?? '')))
  const habits = { decimalComma: mark.mark === ',' && mark.sure, dollar }
  const valueAt = at['value-date']
  const first = detectDateOrder(dateTexts(data, [dateAt]), context.today, habits)
  const order =
    first.certainty === 'proven' || valueAt === undefined
      ? first
      : detectDateOrder(dateTexts(data, [dateAt, valueAt]), context.today, habits)
  if (order.certainty !== 'proven') {
    findings.push(
      findingOf(
        'ambiguous-date-order',
        `The dates can be read with the day or the month first; "${order.order}" was taken. Check one date.`,
        { order: order.order },
      ),
    )
  }
  const columns = withBalance(assignment, profiles, data, mark.mark, order.order)
  at = rolesOf(columns)
  const card = hintsAtCard([context.name, ...rows.slice(0, place.first).flatMap((row) => row.cells)].join(' '))
  const textAt = columns.filter(
    ({ role }) => role === 'payee' || role === 'memo' || role === 'category' || role === 'kind',
  )
  const sign = detectSign(data, at, mark.mark, order.order, {
    card,
    titled: header !== null,
    spending: hintsAtSpending(at.amount === undefined ? '' : (header?.[at.amount] ?? '')),
    texts: (cells) => textAt.map(({ index }) => cells[index] ?? '').join(' '),
  })
  if (sign.certainty === 'open') {
    findings.push(
      findingOf(
        'ambiguous-sign',
        sign.sign === 'inverted'
          ? 'The amounts were read as spending (money out) where they are positive. Check one amount.'
          : 'Nothing proves which amounts are money in and which money out. Check one amount.',
        { sign: sign.sign },
      ),
    )
  }
  const certainty =
    CERTAINTY[order.certainty] *
    CERTAINTY[
      at.amount === undefined && at.debit === undefined && at.credit === undefined ? 'proven' : sign.certainty
    ] *
    (mark.sure ? 1 : 0.7) *
    (header === null ? 0.8 : 1) *
    0.85 ** assignment.byShape *
    0.95 ** assignment.rivals
  const layout: DelimitedLayout = {
    encoding: context.encoding,
    delimiter: context.dialect.delimiter,
    quote: context.dialect.quote,
    headerRow: headerRow?.record ?? null,
    firstRow: rows[place.first]?.record ?? (headerRow?.record ?? 0) + 1,
    columns: columns.toSorted((left, right) => left.index - right.index),
    dateOrder: order.order,
    decimalMark: mark.mark,
    sign: sign.sign,
    currency: detectCurrency(header, data, at),
    fingerprint: fingerprintOf(context.dialect.delimiter, header, profiles),
  }
  return {
    layout,
    confidence: Math.round(certainty * 100) / 100,
    findings,
    columns: columnTitles(header, width),
    sample: sampleOf(body, width, thisYear),
  }
}

/** A few rows as they stand, for the preview. */
export function sampleOf(rows: readonly TableRow[], width: number, thisYear: number): string[][] {
  const sample: string[][] = []
  for (const { cells } of rows) {
    if (!cells.some((cell) => isDateText(cell.trim(), thisYear))) continue
    sample.push(Array.from({ length: width }, (_, index) => (cells[index] ?? '').trim().slice(0, 120)))
    if (sample.length === SAMPLE_ROWS) break
  }
  return sample
}
