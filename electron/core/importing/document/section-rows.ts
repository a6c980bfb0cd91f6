import { type RowMeaning, rowMeaningOf } from '../delimited/row-words.ts'
import { type Column, type Measure, placeOf, textColumnOf } from './columns.ts'
import type { TextLine } from './document-text.ts'
import { beginsWith } from './document-words.ts'
import type { TitleCell } from './find-headers.ts'
import type { Token } from './line-tokens.ts'
import { isWide } from './plain-document.ts'
import { type Flow, flowAmong } from './section-flow.ts'

/**
 * What a line of a table is. `row`: a day and a sum. `undated`: a sum whose day stands above, or is missing. `balance`
 * states a balance: before the first row the opening one, after the last the closing one; `opening` and `closing` say
 * so themselves. `totals` adds up.
 */
export type RowKind = 'row' | 'undated' | 'balance' | 'opening' | 'closing' | 'totals'

export interface RowLine {
  readonly record: number
  readonly kind: RowKind
  /** One for each column. */
  readonly cells: readonly string[]
  /** What the heading over it says. */
  readonly flow: Flow | null
}

export interface SectionInput {
  readonly lines: readonly TextLine[]
  readonly tokens: readonly (readonly Token[])[]
  /** Record of the first line. */
  readonly firstRecord: number
  readonly columns: readonly Column[]
  readonly titles: readonly TitleCell[]
  readonly measure: Measure
  /** Baseline of the header's last line, where it has one. */
  readonly headerAt: number | null
  readonly skip: (index: number) => boolean
  /** What the heading over the section says of its rows. */
  readonly flow: Flow | null
}

interface Placed {
  readonly index: number
  readonly y: number
  readonly height: number
  readonly cells: readonly string[]
  /** `day`: a day whose sum stands on a later line. */
  readonly kind: RowKind | 'day' | 'text'
  readonly flow: Flow | null
}

/** The time of day under its day. */
const TIME_ALONE = /^\d{1,2}:\d{2}(?::\d{2})?$/
/** A wrapped line follows within this many times the usual distance of lines. */
const FAR = 1.8
/** A gap between lines this much wider than the others divides two rows. */
const WIDER = 1.25
/** Longer lines of text are prose. */
const PROSE = 160

/** A long number or code that its column was too narrow for. */
const CODE = /^(?=.*\d)[A-Z\d*]{6,40}$/

/** Text of two lines of one cell as one. */
export function joinText(left: string, right: string): string {
  if (left === '' || right === '') return left + right
  const wide = isWide(left.codePointAt(left.length - 1) ?? 0) && isWide(right.codePointAt(0) ?? 0)
  return wide || (CODE.test(left) && CODE.test(right)) ? left + right : `${left} ${right}`
}

/** Where the table begins on the left: what stands before it is noise of the margin. */
function leftEdge(columns: readonly Column[], titles: readonly TitleCell[]): number {
  const fixed = columns.filter(({ concern }) => concern !== 'text').map(({ x }) => x)
  return Math.min(...fixed, ...titles.map(({ x }) => x))
}

/** The line's tokens in their columns; text goes word by word, for it may run from one column into the next. */
function cellsOf(tokens: readonly Token[], columns: readonly Column[], measure: Measure, left: number): string[] {
  const cells = columns.map(() => '')
  const put = (at: number, text: string): void => {
    if (at >= 0) cells[at] = joinText(cells[at] ?? '', text)
  }
  for (const token of tokens) {
    if (token.right < left - 3 * measure.letter) continue
    const at = placeOf(token, columns, measure)
    const isFree = at >= 0 && (cells[at] === '' || columns[at]?.concern === 'date')
    if (isFree) put(at, token.text)
    else if (token.words.length === 0) put(textColumnOf(token, columns), token.text)
    else {
      for (const word of token.words) {
        put(textColumnOf({ x: word.x, right: word.x + word.width }, columns), word.text)
      }
    }
  }
  return cells
}

const has = (cells: readonly string[], columns: readonly Column[], concern: Column['concern']): boolean =>
  cells.some((cell, index) => cell !== '' && columns[index]?.concern === concern)

/** The words of a line before its sums, without days: what it calls itself. */
function labelOf(tokens: readonly Token[]): string {
  const words: string[] = []
  for (const token of tokens) {
    if (token.amount && token.date === null) break
    if (token.date === null && !token.direction) words.push(token.text)
  }
  return words.join(' ')
}

/** "上月結欠 PREVIOUS BALANCE" says the same twice. */
const SECOND_LANGUAGE = /^\p{Script=Han}[^A-Za-z]{1,20}\s([A-Za-z].{2,40})$/u

function statedKind(tokens: readonly Token[], dated: boolean): RowKind | null {
  const label = labelOf(tokens)
  if (label === '') return null
  if (beginsWith('carried', label, dated)) return 'totals'
  const care = dated ? 'strict' : 'lenient'
  const second = SECOND_LANGUAGE.exec(label)?.[1]
  const meaning: RowMeaning | null =
    rowMeaningOf(label, care) ?? (second === undefined ? null : rowMeaningOf(second, care))
  if (meaning !== null) return meaning
  return beginsWith('balance', label, dated) ? 'balance' : null
}

function kindOf(tokens: readonly Token[], cells: readonly string[], columns: readonly Column[]): Placed['kind'] {
  const dated = cells.some((cell, at) => columns[at]?.concern === 'date' && cell !== '' && !TIME_ALONE.test(cell))
  const paid = has(cells, columns, 'money')
  const sums = tokens.some((token) => token.amount && token.date === null)
  if (sums || paid) {
    const stated = statedKind(tokens, dated)
    if (stated !== null) return stated
  }
  if (dated && paid) return 'row'
  if (paid) return has(cells, columns, 'text') ? 'undated' : 'totals'
  return dated ? 'day' : 'text'
}

/** A day without a sum is a row that lacks it: its reader says so. */
function kindOfRow({ kind }: Placed): RowKind {
  return kind === 'day' || kind === 'text' ? 'row' : kind
}

/** The usual distance from one line to the next in this stretch. */
function pitchOf(lines: readonly TextLine[]): number {
  const gaps: number[] = []
  for (let at = 1; at < lines.length; at += 1) {
    const gap = (lines[at]?.y ?? 0) - (lines[at - 1]?.y ?? 0)
    if (gap > 0) gaps.push(gap)
  }
  gaps.sort((left, right) => left - right)
  return gaps[Math.floor(gaps.length / 2)] ?? 1
}

interface Building {
  readonly placed: Placed
  readonly above: Placed[]
  readonly below: Placed[]
}

/** How many of the lines between two rows belong to the upper one: all, unless a wider gap divides them. */
function shareOf(between: readonly Placed[], upperAt: number, lower: Placed | undefined): number {
  if (lower === undefined) return between.length
  const places = [upperAt, ...between.map(({ y }) => y), lower.y]
  const gaps = places.slice(1).map((y, index) => y - (places[index] ?? 0))
  const widest = Math.max(...gaps)
  const others = gaps.toSorted((left, right) => left - right)
  const usual = others[Math.floor((others.length - 1) / 2)] ?? widest
  const empty = lower.cells.every((cell, index) => cell === '' || between.every((line) => line.cells[index] === ''))
  if (widest <= usual * WIDER && !empty) return between.length
  if (empty && widest <= usual * WIDER) return Math.floor(between.length / 2)
  return gaps.indexOf(widest)
}

function merged({ placed, above, below }: Building): string[] {
  return placed.cells.map((cell, index) => {
    const before = above.reduce((text, line) => joinText(text, line.cells[index] ?? ''), '')
    const after = below.reduce((text, line) => joinText(text, line.cells[index] ?? ''), '')
    return joinText(joinText(before, cell), after)
  })
}

/** Text that belongs to a row stands in its text columns and is no paragraph that runs across the table. */
function couldContinue(placed: Placed, line: TextLine, columns: readonly Column[], measure: Measure): boolean {
  if (placed.kind !== 'text' || line.text.length > PROSE) return false
  const money = columns.filter(({ concern }) => concern === 'money').map(({ x }) => x)
  const edge = Math.min(...money.filter((x) => x > 0), Number.POSITIVE_INFINITY)
  return line.cells.every((cell) => cell.x + cell.width <= edge + 2 * measure.letter || cell.x > edge)
}

/** The rows of one stretch of a table, their wrapped lines joined, and the records of all lines that were used. */
export function readSection(input: SectionInput): {
  rows: RowLine[]
  taken: ReadonlySet<number>
  /** What the last heading in it says of the rows of a next page. */
  flow: Flow | null
} {
  const { lines, tokens, firstRecord, columns, titles, measure, headerAt, skip } = input
  const taken = new Set<number>()
  if (!columns.some(({ concern }) => concern === 'money')) return { rows: [], taken, flow: input.flow }
  const left = leftEdge(columns, titles)
  let { flow } = input
  const placed = lines.flatMap((line, index): Placed[] => {
    const own = tokens[index] ?? []
    const cells = cellsOf(own, columns, measure, left)
    const kind = kindOf(own, cells, columns)
    if (skip(index) && kind === 'text') {
      taken.add(firstRecord + index)
      return []
    }
    if (cells.every((cell) => cell === '')) return []
    const heading = kind === 'text' ? flowAmong(line, columns, measure.letter) : null
    if (heading !== null) {
      flow = heading
      taken.add(firstRecord + index)
      return []
    }
    return [{ index, y: line.y, height: line.height, cells, kind, flow }]
  })
  const pitch = pitchOf(lines)
  const main = columns.findIndex(({ concern }) => concern === 'date')
  const building: Building[] = []
  let between: Placed[] = []
  let day: Placed | null = null
  let closed = false
  const isRow = ({ kind }: Placed): boolean => kind === 'row' || kind === 'undated' || kind === 'day'
  /** Gives the lines since the last row to it, and answers those that are left for the next. */
  const attach = (lower: Placed | undefined): Placed[] => {
    const upper = building.at(-1)
    if (upper === undefined) return headerAt === null ? [] : between.slice(shareOf(between, headerAt, lower))
    if (!isRow(upper.placed)) return between.slice(shareOf(between, upper.placed.y, lower))
    const chain: Placed[] = []
    let y = upper.placed.y
    for (const line of between) {
      if (line.y - y > FAR * Math.max(pitch, line.height) && lower === undefined) break
      chain.push(line)
      y = line.y
    }
    const share = shareOf(chain, upper.placed.y, lower)
    upper.below.push(...chain.slice(0, share))
    return chain.slice(share)
  }
  for (const line of placed) {
    const source = lines[line.index]
    if (source === undefined) continue
    if (line.kind === 'text') {
      if (couldContinue(line, source, columns, measure)) between.push(line)
      else if (building.length > 0 && !placed.some((later) => later.index > line.index && later.kind === 'row')) {
        // a paragraph under the last row: the table is over
        break
      } else between = []
      continue
    }
    if (closed && !isRow(line)) continue
    // a row torn apart: its day on one line, its sum on a later one
    const before = building.at(-1)
    if (
      day !== null &&
      before?.placed === day &&
      isRow(line) &&
      (line.cells[main] ?? '') === '' &&
      line.kind !== 'day'
    ) {
      building.pop()
      building.push({ placed: { ...line, kind: 'row' }, above: [...before.above, day, ...between], below: [] })
      day = null
      between = []
      continue
    }
    const rest = attach(line)
    const above = isRow(line) ? nearAbove(rest, line, pitch) : []
    building.push({ placed: line, above, below: [] })
    between = []
    day = line.kind === 'day' ? line : null
    closed = line.kind === 'closing'
  }
  attach(undefined)
  const rows = building.map((own): RowLine => {
    for (const line of [own.placed, ...own.above, ...own.below]) taken.add(firstRecord + line.index)
    const { index, flow: told } = own.placed
    return { record: firstRecord + index, kind: kindOfRow(own.placed), cells: merged(own), flow: told }
  })
  return { rows, taken, flow }
}

/** Of the lines before a row, those that follow each other closely down to it. */
function nearAbove(lines: readonly Placed[], row: Placed, pitch: number): Placed[] {
  const near: Placed[] = []
  let y = row.y
  for (const line of lines.toReversed()) {
    if (y - line.y > FAR * Math.max(pitch, line.height)) break
    near.unshift(line)
    y = line.y
  }
  return near
}
