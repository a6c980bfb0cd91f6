import type { TableReader } from '../table/table-reader.ts'

/** Fewest sheets among which one may repeat the others, and fewest rows that are taken for more than a coincidence. */
const FEWEST_SHEETS = 3
const FEWEST_ROWS = 3

const DAY = /(?<!\d)(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|(?:19|20)\d{6})(?!\d)/u

/** A number for what a row says: rows that say the same have the same one, others by a chance of one in 2^53. */
function signOf(cells: readonly string[]): number {
  let low = 0x811c9dc5
  let high = 0x01000193
  for (const cell of cells) {
    for (let at = 0; at <= cell.length; at += 1) {
      // the end of a cell counts as a sign of its own
      const code = at === cell.length ? 0xffff : cell.charCodeAt(at)
      low = Math.imul(low ^ code, 0x01000193)
      high = Math.imul(high ^ (code + (low >>> 16)), 0x85ebca6b)
    }
  }
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0)
}

interface Counted {
  readonly table: TableReader
  readonly rows: ReadonlyMap<number, number>
  readonly total: number
}

/** How often a sheet says what, in rows that have a day; a number that only counts the rows is left out. */
function countedRows(table: TableReader): Counted {
  const rows = new Map<number, number>()
  let total = 0
  for (const { cells } of table.rows()) {
    const filled = cells.map((cell) => cell.trim())
    while (filled.at(-1) === '') filled.pop()
    if (filled.filter((cell) => cell !== '').length < 2 || !filled.some((cell) => DAY.test(cell))) continue
    total += 1
    if (/^\d{1,7}$/.test(filled[0] ?? '') && Number(filled[0]) <= total + 1) filled[0] = ''
    const sign = signOf(filled)
    rows.set(sign, (rows.get(sign) ?? 0) + 1)
  }
  return { table, rows, total }
}

const isWithin = (part: Counted, whole: Counted): boolean =>
  [...part.rows].every(([sign, count]) => (whole.rows.get(sign) ?? 0) >= count)

/** The sheets whose rows together are those of the whole, each as often; null where they are not. */
function partsOf(whole: Counted, others: readonly Counted[]): readonly Counted[] | null {
  const parts = others.filter((other) => other.total > 0 && isWithin(other, whole))
  if (parts.length < 2 || parts.reduce((sum, { total }) => sum + total, 0) !== whole.total) return null
  const sum = new Map<number, number>()
  for (const { rows } of parts) for (const [sign, count] of rows) sum.set(sign, (sum.get(sign) ?? 0) + count)
  return [...whole.rows].every(([sign, count]) => sum.get(sign) === count) ? parts : null
}

/**
 * The sheets of a workbook without those that a sheet of all rows repeats ("全部" beside one for each month): its rows
 * are those of at least two others taken together. The sheet that is kept tells which ones were left out.
 */
export function withoutRepeatedSheets(tables: readonly TableReader[]): TableReader[] {
  if (tables.length < FEWEST_SHEETS) return [...tables]
  const counted = tables.map(countedRows)
  for (const whole of counted.toSorted((left, right) => right.total - left.total)) {
    if (whole.total < FEWEST_ROWS) break
    const parts = partsOf(
      whole,
      counted.filter((other) => other !== whole),
    )
    if (parts === null) continue
    const left = new Set(parts.map(({ table }) => table))
    const repeated = { sheets: parts.map(({ table }) => table.name), rows: whole.total }
    return tables
      .filter((table) => !left.has(table))
      .map((table) => (table === whole.table ? withRepeated(table, repeated) : table))
  }
  return [...tables]
}

function withRepeated(table: TableReader, repeated: NonNullable<TableReader['repeated']>): TableReader {
  return {
    name: table.name,
    rows: () => table.rows(),
    position: () => table.position(),
    ...(table.hiddenRows === undefined ? {} : { hiddenRows: () => table.hiddenRows?.() ?? 0 }),
    repeated,
  }
}
