import type { TableRow } from '../table/table-reader.ts'
import { isAmountText } from './amount-text.ts'
import { isDateText } from './date-text.ts'
import { type HeaderConcept, matchHeader } from './header-vocabulary.ts'

/** Where the table of transactions stands among titles, account data and other tables. Indices into the given rows. */
export interface TableLocation {
  /** Null where the table has no header. */
  readonly header: number | null
  /** The row after the header; without one, the first row with a date and a number. */
  readonly first: number
  /** Rows after `first` that hold a date and a number. */
  readonly dataRows: number
  /** Sum of the best vocabulary scores of the header's cells. */
  readonly headerScore: number
}

const DATES: ReadonlySet<HeaderConcept> = new Set(['booking-date', 'date', 'transaction-date', 'value-date'])
const AMOUNTS: ReadonlySet<HeaderConcept> = new Set([
  'amount',
  'account-amount',
  'net',
  'gross',
  'total',
  'debit',
  'credit',
])

/** A header is looked for among this many rows. */
const HEADER_REACH = 200
/** Rows looked at to judge what follows a header. */
const DATA_REACH = 400
const WEAK = 0.6

export interface HeaderScore {
  readonly score: number
  readonly hasDate: boolean
  readonly hasAmount: boolean
  readonly hasBalance: boolean
  readonly known: number
}

/** How much a row reads like a header of a statement. Zero where a cell holds a date or a number. */
export function scoreHeader(cells: readonly string[], thisYear: number): HeaderScore {
  const seen = new Map<HeaderConcept, number>()
  let known = 0
  let filled = 0
  for (const raw of cells) {
    const cell = raw.trim()
    if (cell === '') continue
    filled += 1
    if (isDateText(cell, thisYear) || (/\d/.test(cell) && isAmountText(cell))) {
      return { score: 0, hasDate: false, hasAmount: false, hasBalance: false, known: 0 }
    }
    const matches = matchHeader(cell)
    if (matches.length > 0) known += 1
    for (const { concept, score } of matches) {
      if (score >= WEAK && (seen.get(concept) ?? 0) < score) seen.set(concept, score)
    }
  }
  const has = (set: ReadonlySet<HeaderConcept>): boolean => [...set].some((concept) => seen.has(concept))
  const score = filled === 0 ? 0 : known * (0.5 + (0.5 * known) / filled)
  return { score, hasDate: has(DATES), hasAmount: has(AMOUNTS), hasBalance: seen.has('balance'), known }
}

/** Whether the row holds a date in one cell and a number in another. */
export function isDataLike(cells: readonly string[], thisYear: number): boolean {
  let date = false
  let number = false
  for (const raw of cells) {
    const cell = raw.trim()
    if (cell === '') continue
    if (!date && isDateText(cell, thisYear)) date = true
    else if (!number && isAmountText(cell)) number = true
    if (date && number) return true
  }
  return false
}

/** Rows of text alone, at least two cells of them: what an unknown language's header looks like. */
function looksLikeTitles(cells: readonly string[]): boolean {
  let filled = 0
  for (const raw of cells) {
    const cell = raw.trim()
    if (cell === '') continue
    if (!/\p{L}/u.test(cell) || cell.length > 60 || /\d{3,}/.test(cell)) return false
    filled += 1
  }
  return filled >= 2
}

/** Finds the table in the first rows of a file, or null where nothing looks like one. */
export function locateTable(rows: readonly TableRow[], thisYear: number): TableLocation | null {
  const dataLike = rows.slice(0, HEADER_REACH + DATA_REACH).map((row) => isDataLike(row.cells, thisYear))
  const total = dataLike.filter(Boolean).length
  let best: TableLocation | null = null
  let bestRank = 0
  let before = 0
  for (let at = 0; at < Math.min(rows.length, HEADER_REACH); at += 1) {
    const cells = rows[at]?.cells ?? []
    if (dataLike[at]) {
      before += 1
      continue
    }
    const after = total - before
    const header = scoreHeader(cells, thisYear)
    const complete = (header.hasDate ? 1 : 0) + (header.hasAmount || header.hasBalance ? 1 : 0)
    const leads = Boolean(dataLike[at + 1]) || Boolean(dataLike[at + 2])
    const titles = leads && looksLikeTitles(cells)
    if (header.known < 2 && !titles) continue
    if (complete < 2 && !titles && after === 0) continue
    if (total > 0 && (after < total / 2 || after === 0)) continue
    // a complete header beats everything; among equals the richer one, then the first
    const rank = complete * 100 + (leads ? 30 : 0) + header.score * 10 + (titles ? 5 : 0)
    if (rank > bestRank) {
      bestRank = rank
      best = { header: at, first: at + 1, dataRows: after, headerScore: header.score }
    }
  }
  if (best !== null && (bestRank >= 200 || best.dataRows > 0)) return best
  const first = dataLike.indexOf(true)
  if (first < 0) return null
  return { header: null, first, dataRows: total, headerScore: 0 }
}
