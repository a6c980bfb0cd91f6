import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { columnTitles, type DetectedLayout, detectLayout, sampleOf } from '../delimited/detect-layout.ts'
import { parseDateText } from '../delimited/date-text.ts'
import type { ParseOptions } from '../importer.ts'
import type { TableRow } from '../table/table-reader.ts'
import { datesIn, orderOf, type StatementTime, statementTime, YearFinder } from './infer-years.ts'
import { isShortDate } from './line-tokens.ts'
import { namedMonth } from './named-month.ts'
import { isMovement } from './portion.ts'
import type { DocumentRow, DocumentTable, DocumentTables } from './read-tables.ts'

/** What stands in a layout's text fields for a document, whose cells need no decoding. */
const FORM = { encoding: 'utf-8', delimiter: ',', quote: '"' } as const

export interface DocumentTime {
  readonly time: StatementTime
  readonly order: 'dmy' | 'mdy'
  /** A day of the document tells the order. */
  readonly proven: boolean
}

/** The document's period and the order of its dates, from what stands around its tables and in their balances. */
export function timeOf({ outside, tables }: DocumentTables, today: IsoDate): DocumentTime {
  const thisYear = Number(today.slice(0, 4))
  const dates = tables.flatMap((table) =>
    table.rows.flatMap((row) => row.cells.filter((_, index) => table.concerns[index] === 'date')),
  )
  const told = outside.flatMap(({ tokens }) => tokens.flatMap((token) => (token.date === 'full' ? token.text : [])))
  const { order, proven } = orderOf([...dates, ...told])
  const stated = statementTime(
    outside.map(({ line, tokens }) => ({ text: line.text, tokens })),
    order,
    thisYear,
  )
  if (stated.from !== null) return { time: stated, order, proven }
  // "Balance at 31/10/2023 … Balance at 30/11/2023" tell the period as well
  const days = tables.flatMap((table) =>
    table.rows.filter((row) => !isMovement(row)).flatMap((row) => datesIn(row.cells.join(' '), order, thisYear)),
  )
  const [from] = days
  const to = days.at(-1)
  const isPeriod = from !== undefined && to !== undefined && from < to
  if (isPeriod) return { time: { from, to, near: to }, order, proven }
  const near = stated.near ?? to ?? null
  return { time: { ...stated, near, within: near === null ? namedMonth(outside, today) : null }, order, proven }
}

/** The table's rows with whole dates: in figures that need no guess where the document tells more than the table. */
export function withYears(table: DocumentTable, { time, order, proven }: DocumentTime, today: IsoDate): DocumentRow[] {
  const years = new YearFinder(time, order, today)
  const main = table.concerns.indexOf('date')
  const isDay = (index: number): boolean => table.concerns[index] === 'date'
  const thisYear = Number(today.slice(0, 4))
  const open = proven && !orderOf(table.rows.flatMap(({ cells }) => cells.filter((_, index) => isDay(index)))).proven
  const whole = (cell: string, index: number): string => {
    const text = isShortDate(cell) ? years.complete(cell, index === main) : cell
    return open && text !== '' ? (parseDateText(text, order, thisYear)?.date ?? text) : text
  }
  return table.rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, index) => (isDay(index) ? whole(cell, index) : cell)),
  }))
}

function titleRow(table: DocumentTable, rows: readonly DocumentRow[]): TableRow | null {
  if (table.titles.every((title) => title === '')) return null
  const first = rows[0]?.record ?? 1
  return { record: Math.max(1, Math.min(table.header ?? first - 1, first - 1)), cells: table.titles }
}

/**
 * How the table's columns are to be read: as the user said, where the layout given is this table's, else as titles and
 * cells show. `hints` are words from around the table. Throws `ImportRejection` where it holds no transactions.
 */
export function layoutOf(
  table: DocumentTable,
  rows: readonly DocumentRow[],
  hints: string,
  options: ParseOptions,
): DetectedLayout {
  const title = titleRow(table, rows)
  const body = rows.filter(isMovement).map(({ record, cells }): TableRow => ({ record, cells }))
  const found = detectLayout(title === null ? body : [title, ...body], {
    encoding: FORM.encoding,
    dialect: FORM,
    name: hints,
    today: options.today,
  })
  const { layout: given, today } = options
  if (given === undefined || given.fingerprint !== found.layout.fingerprint) return found
  return {
    layout: { ...given, headerRow: found.layout.headerRow, firstRow: found.layout.firstRow },
    confidence: 1,
    findings: [],
    columns: columnTitles(title?.cells ?? null, table.titles.length),
    sample: sampleOf(body, table.titles.length, Number(today.slice(0, 4))),
  }
}
