import table from '../../../../resources/document-words.json' with { type: 'json' }
import type { Column } from './columns.ts'
import { foldPhrase } from '../delimited/vocabulary-text.ts'
import type { TextLine } from './document-text.ts'
import type { DocumentRow, DocumentTable, OutsideLine } from './read-tables.ts'

/** What a heading says of the rows below it: money in, or money out. */
export type Flow = 'in' | 'out'

const phrasesOf = (flow: Flow): ReadonlySet<string> => {
  const { about: _, ...languages } = table.sections[flow]
  return new Set(Object.values(languages).flatMap((words) => words.map(foldPhrase)))
}

const phrases: Readonly<Record<Flow, ReadonlySet<string>>> = { in: phrasesOf('in'), out: phrasesOf('out') }

/** Headings are short. */
const LONGEST = 70
/** What banks put behind a heading that goes on from the page before. */
const CONTINUED = / (?:continued|cont|fortsetzung|suite)$/

/** The way that a heading names ("WITHDRAWALS AND OTHER DEBITS", "JANE DOE: Payments and Credits"), or null. */
export function flowOf(text: string): Flow | null {
  if (text.length > LONGEST) return null
  const named = foldPhrase(text.slice(text.lastIndexOf(':', text.length - 2) + 1)).replace(CONTINUED, '')
  for (const flow of ['in', 'out'] as const) if (phrases[flow].has(named)) return flow
  return null
}

const NEAR_LINES = 3

/** What the heading nearest above a table's header says. */
export function flowAbove(heading: readonly OutsideLine[]): Flow | null {
  for (const { line } of heading.slice(-NEAR_LINES).toReversed()) {
    const flow = flowOf(line.text)
    if (flow !== null) return flow
  }
  return null
}

/** Letters by which a line's left edge may differ from that of the days. */
const ALIGNED = 3

/**
 * What a line among rows says of those below it. Wrapped text of a row may hold the same words; a heading stands at the
 * left edge, over the days.
 */
export function flowAmong(line: TextLine, columns: readonly Column[], letter: number): Flow | null {
  const first = columns.toSorted((left, right) => left.x - right.x)[0]
  const x = line.cells[0]?.x ?? 0
  if (first?.concern !== 'date' || Math.abs(x - first.x) > ALIGNED * letter) return null
  return flowOf(line.text)
}

const NEGATIVE = /^[^\d]{0,4}[-−–(]|[-−–]\s*\D{0,4}$/
const DIRECTED = /\d\W*(?:CR|DR|C|D|H|S)\b/i

const isNegative = (cell: string): boolean => NEGATIVE.test(cell)

/** The sum with its sign turned. */
function opposite(cell: string): string {
  if (!isNegative(cell)) return `-${cell.replaceAll('+', '')}`
  return cell.replaceAll(/[-−–()]/g, '').trim()
}

/** The only column of sums in which rows have any, or −1. */
function sumsAt(rows: readonly DocumentRow[], { concerns }: DocumentTable): number {
  const filled = concerns.flatMap((concern, at) =>
    concern === 'money' && rows.some(({ cells }) => (cells[at] ?? '') !== '') ? [at] : [],
  )
  return filled.length === 1 ? (filled[0] ?? -1) : -1
}

/** Rows with the signs that the headings over them tell. */
export interface Directed {
  readonly rows: readonly DocumentRow[]
  /** Which signs were turned: those of all rows, as a card writes them, or those of money out alone; null for none. */
  readonly turned: 'all' | 'out' | null
}

/**
 * Gives rows the signs that the headings over them name: where money out is written without one, and where a card's
 * payments are negative and its purchases positive. Where signs below one heading differ, they mean something else.
 */
export function withFlows(rows: readonly DocumentRow[], table: DocumentTable): Directed {
  const asTheyAre = { rows, turned: null }
  const moved = rows.filter(({ kind }) => kind === 'row' || kind === 'undated')
  const at = sumsAt(moved, table)
  if (at < 0 || !moved.some(({ flow }) => flow !== null)) return asTheyAre
  const cellOf = (row: DocumentRow): string => row.cells[at] ?? ''
  if (moved.some((row) => DIRECTED.test(cellOf(row)))) return asTheyAre
  const signsOf = (flow: Flow | null): { plus: number; minus: number } => {
    const own = moved.filter((row) => row.flow === flow && cellOf(row) !== '')
    const minus = own.filter((row) => isNegative(cellOf(row))).length
    return { plus: own.length - minus, minus }
  }
  const [inward, outward, unnamed] = [signsOf('in'), signsOf('out'), signsOf(null)]
  const turn = (way: 'all' | 'out'): Directed => ({
    rows: rows.map((row) =>
      (way === 'all' || row.flow === 'out') && (row.kind === 'row' || row.kind === 'undated') && cellOf(row) !== ''
        ? { ...row, cells: row.cells.with(at, opposite(cellOf(row))) }
        : row,
    ),
    turned: way,
  })
  if (inward.minus > 0 && inward.plus === 0 && outward.minus === 0 && outward.plus + unnamed.plus > 0) {
    return turn('all')
  }
  if (outward.plus > 0 && outward.minus === 0 && inward.minus === 0 && unnamed.plus + unnamed.minus === 0) {
    return turn('out')
  }
  return asTheyAre
}
