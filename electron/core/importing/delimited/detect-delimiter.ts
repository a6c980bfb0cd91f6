import type { ByteSource } from '../importer.ts'
import { createDelimitedReader } from '../table/delimited-reader.ts'
import type { TableRow } from '../table/table-reader.ts'
import { isDataLike, locateTable, scoreHeader } from './locate-table.ts'

export interface Dialect {
  readonly delimiter: string
  readonly quote: '"' | "'" | ''
}

const DELIMITERS = [',', ';', '\t', '|', '^', '~', '\u0001'] as const
const ROWS = 200
const HEAD = 64 * 1024
const MORE_ROWS = 4000

/** The first rows of a source read in one dialect. */
export function firstRows(source: ByteSource, encoding: string, dialect: Dialect, limit: number): TableRow[] {
  const rows: TableRow[] = []
  for (const row of createDelimitedReader(source, { encoding, ...dialect }).rows()) {
    rows.push(row)
    if (rows.length >= limit) break
  }
  return rows
}

/** How well the rows read as a statement: rows with a date and a number first, then known header words, then evenness. */
function fitness(rows: readonly TableRow[], thisYear: number): number {
  let data = 0
  let header = 0
  const widths = new Map<number, number>()
  for (const row of rows) {
    const width = row.cells.length
    widths.set(width, (widths.get(width) ?? 0) + 1)
    if (width < 2) continue
    if (isDataLike(row.cells, thisYear)) data += 1
    else if (header < 20) header = Math.max(header, scoreHeader(row.cells, thisYear).score)
  }
  const even = Math.max(0, ...[...widths].filter(([width]) => width > 1).map(([, count]) => count))
  return data * 10 + header * 5 + even / Math.max(1, rows.length)
}

function quotedWith(rows: readonly TableRow[], quote: string): number {
  let count = 0
  for (const row of rows) {
    for (const raw of row.cells) {
      const cell = raw.trim()
      if (cell.length >= 2 && cell.startsWith(quote) && cell.endsWith(quote)) count += 1
    }
  }
  return count
}

/**
 * Delimiter and quote by trial: every candidate reads the beginning of the file, and the one under which most rows have
 * a date and a number wins. Null where no candidate makes a table of it.
 */
export function detectDialect(
  source: ByteSource,
  encoding: string,
  thisYear: number,
): { readonly dialect: Dialect; readonly rows: readonly TableRow[] } | null {
  const head = new TextDecoder(encoding).decode(source.read(0, Math.min(source.size, HEAD)))
  const candidates = DELIMITERS.filter((delimiter) => head.includes(delimiter))
  for (const limit of [ROWS, MORE_ROWS]) {
    let best: { dialect: Dialect; rows: readonly TableRow[] } | null = null
    let bestFitness = 0
    for (const delimiter of candidates) {
      const dialect: Dialect = { delimiter, quote: '"' }
      const rows = firstRows(source, encoding, dialect, limit)
      if (!rows.some((row) => row.cells.length > 1)) continue
      const value = fitness(rows, thisYear)
      if (value > bestFitness) {
        best = { dialect, rows }
        bestFitness = value
      }
    }
    if (best !== null && (bestFitness >= 5 || limit === MORE_ROWS) && locateTable(best.rows, thisYear) !== null) {
      return withOtherQuote(source, encoding, best, bestFitness, limit, thisYear)
    }
    if (best === null) return null
    if (limit === MORE_ROWS) return best
  }
  return null
}

function withOtherQuote(
  source: ByteSource,
  encoding: string,
  found: { dialect: Dialect; rows: readonly TableRow[] },
  value: number,
  limit: number,
  thisYear: number,
): { dialect: Dialect; rows: readonly TableRow[] } {
  if (quotedWith(found.rows, "'") < found.rows.length / 2) return found
  const dialect: Dialect = { delimiter: found.dialect.delimiter, quote: "'" }
  const rows = firstRows(source, encoding, dialect, limit)
  return fitness(rows, thisYear) >= value ? { dialect, rows } : found
}
