import { tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import type { TableRow } from '../table/table-reader.ts'

/** Titles of three columns that hold a day together: "操作日(年)", "操作日(月)", "操作日(日)"; "Year", "Month", "Day". */
const PARTS: readonly (readonly [RegExp, RegExp, RegExp])[] = [
  [/年[)）]?$/, /月[)）]?$/, /日[)）]?$/],
  [/^year$/i, /^month$/i, /^day$/i],
]
/** A header is looked for among this many rows. */
const REACH = 60

function startOf(cells: readonly string[]): number {
  return cells.findIndex((_, at) =>
    PARTS.some((parts) => parts.every((part, off) => part.test(cells[at + off]?.trim() ?? ''))),
  )
}

function joined(cells: readonly string[], at: number, text: string): string[] {
  return cells
    .with(at, text)
    .with(at + 1, '')
    .with(at + 2, '')
}

/**
 * The rows of a table that divides its days into columns of year, month and day, with the whole day in the first of
 * them; the same rows where it is no such table, or where three cells make no day.
 */
export function withJoinedDays(rows: readonly TableRow[]): readonly TableRow[] {
  const header = rows.slice(0, REACH).findIndex(({ cells }) => startOf(cells) >= 0)
  if (header < 0) return rows
  const at = startOf(rows[header]?.cells ?? [])
  const whole: TableRow[] = []
  for (const [index, row] of rows.entries()) {
    const parts = row.cells.slice(at, at + 3).map((cell) => cell.trim())
    if (index < header || parts.every((part) => part === '')) whole.push(row)
    else if (index === header) whole.push({ ...row, cells: joined(row.cells, at, 'date') })
    else {
      const [year = '', month = '', day = ''] = parts
      const date = [year, month, day].every((part) => /^\d{1,4}$/.test(part))
        ? tryIsoDate(Number(year), Number(month), Number(day))
        : null
      if (date === null) return rows
      whole.push({ ...row, cells: joined(row.cells, at, date) })
    }
  }
  return whole
}
