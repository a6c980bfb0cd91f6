import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { TableRow } from '../table/table-reader.ts'
import { type DateOrder, dateOfParts, parseDateText } from './date-text.ts'
import { matchHeader } from './header-vocabulary.ts'

/** "05/01", also with the apostrophe that keeps a spreadsheet from making something of it. */
const SHORT = /^'?(\d{1,2})[/.-](\d{1,2})$/
const LONG = /(?<!\d)(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2})(?!\d)/g
const DATES: ReadonlySet<string> = new Set(['date', 'booking-date', 'transaction-date'])
/** A header is looked for among this many rows. */
const REACH = 60
/** How sure the word over the days must be. */
const NAMED = 0.9
const ORDERS: readonly DateOrder[] = ['dmy', 'mdy']

interface Place {
  readonly header: number
  readonly column: number
}

function placeOf(rows: readonly TableRow[]): Place | null {
  for (const [header, { cells }] of rows.slice(0, REACH).entries()) {
    const next = rows.slice(header + 1).find((row) => row.cells.some((cell) => cell.trim() !== ''))
    if (next === undefined) return null
    const column = cells.findIndex((cell, index) => {
      if (!SHORT.test(next.cells[index]?.trim() ?? '')) return false
      const [best] = matchHeader(cell.trim())
      return best !== undefined && best.score >= NAMED && DATES.has(best.concept)
    })
    if (column >= 0) return { header, column }
  }
  return null
}

/** The first and the last day that the lines above the table name; null where they name no two. */
function periodOf(above: readonly TableRow[], order: DateOrder): readonly [IsoDate, IsoDate] | null {
  const days: IsoDate[] = []
  for (const text of above.flatMap(({ cells }) => cells.join(' ').match(LONG) ?? [])) {
    const date = parseDateText(text, order, 0)?.date
    if (date === undefined) return null
    days.push(date)
  }
  days.sort()
  const [from] = days
  const to = days.at(-1)
  return from === undefined || to === undefined || from === to ? null : [from, to]
}

/** The day of the period with this day and month; null where the period has none or two of them. */
function dayWithin(
  first: string,
  second: string,
  order: DateOrder,
  [from, to]: readonly [IsoDate, IsoDate],
): IsoDate | null {
  const found: IsoDate[] = []
  const last = Number(to.slice(0, 4))
  for (let year = Number(from.slice(0, 4)); year <= last && found.length < 2; year += 1) {
    const date = dateOfParts([first, second, String(year)], order, year)
    if (date !== null && date >= from && date <= to) found.push(date)
  }
  return found.length === 1 ? (found[0] ?? null) : null
}

/**
 * The rows of a table whose days bear no year ("05/01"), with the year of the period that the lines above it name; the
 * same rows where it is no such table, or where a day lies outside of the period.
 */
export function withYears(rows: readonly TableRow[]): readonly TableRow[] {
  const place = placeOf(rows)
  if (place === null) return rows
  const { header, column } = place
  for (const order of ORDERS) {
    const period = periodOf(rows.slice(0, header), order)
    if (period === null) continue
    const dated = rows.map((row, at): TableRow | null => {
      const [, first, second] = at <= header ? [] : (SHORT.exec(row.cells[column]?.trim() ?? '') ?? [])
      if (first === undefined || second === undefined) return row
      const date = dayWithin(first, second, order, period)
      return date === null ? null : { ...row, cells: row.cells.with(column, date) }
    })
    const known = dated.filter((row) => row !== null)
    if (known.length === rows.length) return known
  }
  return rows
}
