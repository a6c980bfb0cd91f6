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

const isBooking = ({ kind }: DocumentRow): boolean => kind === 'row' || kind === 'undated'

interface Tally {
  plus: number
  minus: number
}

/** How the sums below headings are written, in the tables that have one column of sums and no marks of direction. */
export class Flows {
  readonly #in: Tally = { plus: 0, minus: 0 }
  readonly #out: Tally = { plus: 0, minus: 0 }
  readonly #unnamed: Tally = { plus: 0, minus: 0 }

  constructor(tables: readonly DocumentTable[]) {
    for (const table of tables) {
      const at = columnOf(table)
      if (at < 0) continue
      for (const row of table.rows) {
        const cell = row.cells[at] ?? ''
        if (!isBooking(row) || cell === '') continue
        const tally = row.flow === 'in' ? this.#in : row.flow === 'out' ? this.#out : this.#unnamed
        if (isNegative(cell)) tally.minus += 1
        else tally.plus += 1
      }
    }
  }

  /**
   * Where a card's payments are negative and its purchases positive, all signs are turned; where money out is written
   * without one, its own are. Where signs below one heading differ, they mean something else.
   */
  get turned(): Directed['turned'] {
    const [inward, outward, unnamed] = [this.#in, this.#out, this.#unnamed]
    const isCard = inward.minus > 0 && inward.plus === 0 && outward.minus === 0
    if (isCard && outward.plus + unnamed.plus > 0) return 'all'
    const isPlain = outward.plus > 0 && outward.minus === 0 && inward.minus === 0
    return isPlain && unnamed.plus + unnamed.minus === 0 ? 'out' : null
  }
}

/** The column whose signs headings may settle, or −1: the table has headings, and nothing else tells the way. */
function columnOf(table: DocumentTable): number {
  const moved = table.rows.filter(isBooking)
  const at = sumsAt(moved, table)
  const told = moved.some(({ flow }) => flow !== null) && !moved.some(({ cells }) => DIRECTED.test(cells[at] ?? ''))
  return at >= 0 && told ? at : -1
}

/** Gives a table's rows the signs that the document's headings settle. */
export function withFlows(rows: readonly DocumentRow[], table: DocumentTable, flows: Flows): Directed {
  const { turned } = flows
  const at = columnOf(table)
  if (at < 0 || turned === null) return { rows, turned: null }
  return {
    turned,
    rows: rows.map((row) => {
      const cell = row.cells[at] ?? ''
      const isTurned = isBooking(row) && cell !== '' && (turned === 'all' || row.flow === 'out')
      return isTurned ? { ...row, cells: row.cells.with(at, opposite(cell)) } : row
    }),
  }
}
