import type { Column } from './packed-columns.ts'
import { type SearchBlock, searchFlags } from './search-block.ts'

/**
 * Tests over the rows of a block, and walking blocks newest first until enough is found. A test narrows a list of rows
 * (their places in the block) in place; a query is tests that must all hold.
 */
export interface BlockTest {
  /** What it costs beside the others. */
  readonly cost: number
  /** False where no row of a block with these days can pass: it is then not looked at. */
  mayPass?(firstDay: number, lastDay: number): boolean
  /** Keeps those of the first `count` places that pass, in order; answers how many those are. */
  narrow(block: SearchBlock, rows: Uint16Array, count: number): number
}

/** What a word looks for in the texts of a block. */
export interface TextNeedles {
  /** The folded word in UTF-8. */
  readonly literal: Buffer
  /** For the lines of readings; see `pinyin-needles.ts`. */
  readonly readings: readonly Buffer[]
}

/** An entry is a field above these bits and the number of a text in them. */
const FIELD_SHIFT = 24
const TEXT_MASK = 0xff_ffff
const marks = {
  texts: new Uint8Array(0),
  runs: new Uint8Array(0),
  rows: new Uint8Array(0),
  passed: new Uint8Array(0),
}

/** A list of zeros at least so long, the same memory every time. */
function cleared(name: keyof typeof marks, length: number): Uint8Array {
  if (marks[name].length < length) marks[name] = new Uint8Array(length * 2)
  else marks[name].fill(0, 0, length)
  return marks[name]
}

/** Marks the texts in which a needle occurs; answers whether one did. */
function markOccurrences(haystack: Buffer, starts: ArrayLike<number>, needle: Buffer, marked: Uint8Array): boolean {
  let text = 0
  let place = haystack.indexOf(needle)
  const found = place >= 0
  while (place >= 0) {
    while ((starts[text + 1] ?? Infinity) <= place) text += 1
    marked[text] = 1
    place = haystack.indexOf(needle, starts[text + 1] ?? haystack.length)
  }
  return found
}

/** Marks the texts of a block that have the word, literally or by the reading of their Chinese. Null where none has. */
export function textsWith(block: SearchBlock, { literal, readings }: TextNeedles): Uint8Array | null {
  const marked = cleared('texts', block.textStarts.length)
  let any = markOccurrences(block.texts, block.textStarts, literal, marked)
  if (readings.length > 0 && block.runStarts.length > 1) {
    const runs = cleared('runs', block.runStarts.length)
    let read = false
    for (const needle of readings) read = markOccurrences(block.runs, block.runStarts, needle, runs) || read
    if (read) {
      const { runTexts, runNumbers } = block
      for (let pair = 0; pair < runNumbers.values.length; pair += 1) {
        if (runs[(runNumbers.values[pair] ?? 0) + runNumbers.base] !== 1) continue
        marked[(runTexts.values[pair] ?? 0) + runTexts.base] = 1
        any = true
      }
    }
  }
  return any ? marked : null
}

/** Marks the rows that have one of these links; null where none has. */
export function rowsLinked(block: SearchBlock, links: ReadonlySet<number>): Uint8Array | null {
  const { linkRows, linkValues } = block
  if (links.size === 0 || linkValues.values.length === 0) return null
  const marked = cleared('rows', block.rows)
  let any = false
  for (let index = 0; index < linkValues.values.length; index += 1) {
    if (!links.has((linkValues.values[index] ?? 0) + linkValues.base)) continue
    marked[(linkRows.values[index] ?? 0) + linkRows.base] = 1
    any = true
  }
  return any ? marked : null
}

/** What makes a row pass: any one of these. */
export interface RowTest {
  /** Needles, and the fields that count, as a bit for each place in `searchFields`. */
  readonly text?: TextNeedles & { readonly fields: number }
  readonly accounts?: ReadonlySet<number>
  readonly categories?: ReadonlySet<number>
  readonly links?: ReadonlySet<number>
  /** Bounds of the magnitude in minor units for each account, both included; an account without passes none. */
  readonly magnitudes?: ReadonlyMap<number, readonly [least: number, most: number]>
  /** The first and last day, both included. */
  readonly days?: readonly [first: number, last: number]
  readonly kinds?: ReadonlySet<number>
  /** Flags, all of which must be set. */
  readonly flags?: number
  readonly direction?: 'in' | 'out'
  readonly uncategorised?: true
}

/** Marks the places of a list whose rows pass; places are those of the list, not of the block. */
type Marker = (block: SearchBlock, rows: Uint16Array, count: number, passed: Uint8Array) => void

/** Numbers as a table to look them up in without hashing; ids are small. */
function tableOf(numbers: ReadonlySet<number>): Uint8Array {
  const table = new Uint8Array(Math.max(-1, ...numbers) + 1)
  for (const number of numbers) table[number] = 1
  return table
}

function oneOf(column: (block: SearchBlock) => Column, numbers: ReadonlySet<number>): Marker {
  const table = tableOf(numbers)
  return (block, rows, count, passed) => {
    const { values, base } = column(block)
    for (let index = 0; index < count; index += 1) {
      if (table[(values[rows[index] ?? 0] ?? 0) + base] === 1) passed[index] = 1
    }
  }
}

function betweenMagnitudes(bounds: NonNullable<RowTest['magnitudes']>): Marker {
  const size = Math.max(-1, ...bounds.keys()) + 1
  const least = new Float64Array(size).fill(Infinity)
  const most = new Float64Array(size).fill(-Infinity)
  for (const [account, [low, high]] of bounds) {
    least[account] = low
    most[account] = high
  }
  // what no account's bounds hold is told without looking at the account
  const floor = Math.min(Infinity, ...least)
  const ceiling = Math.max(-Infinity, ...most)
  return ({ accounts, amounts: { values, base } }, rows, count, passed) => {
    for (let index = 0; index < count; index += 1) {
      const row = rows[index] ?? 0
      const magnitude = Math.abs((values[row] ?? 0) + base)
      if (magnitude < floor || magnitude > ceiling) continue
      const account = (accounts.values[row] ?? 0) + accounts.base
      if (magnitude >= (least[account] ?? Infinity) && magnitude <= (most[account] ?? -Infinity)) passed[index] = 1
    }
  }
}

function markersOf(test: RowTest): Marker[] {
  const markers: Marker[] = []
  if (test.accounts !== undefined) markers.push(oneOf(({ accounts }) => accounts, test.accounts))
  if (test.categories !== undefined) markers.push(oneOf(({ categories }) => categories, test.categories))
  if (test.kinds !== undefined) markers.push(oneOf(({ kinds }) => kinds, test.kinds))
  if (test.magnitudes !== undefined) markers.push(betweenMagnitudes(test.magnitudes))
  const { days, flags, direction } = test
  if (days !== undefined) {
    const [first, last] = days
    markers.push(({ days: { values, base } }, rows, count, passed) => {
      for (let index = 0; index < count; index += 1) {
        const day = (values[rows[index] ?? 0] ?? 0) + base
        if (day >= first && day <= last) passed[index] = 1
      }
    })
  }
  if (flags !== undefined) {
    markers.push(({ flags: { values, base } }, rows, count, passed) => {
      for (let index = 0; index < count; index += 1) {
        if ((((values[rows[index] ?? 0] ?? 0) + base) & flags) === flags) passed[index] = 1
      }
    })
  }
  if (direction !== undefined) {
    const sign = direction === 'in' ? 1 : -1
    markers.push(({ amounts: { values, base } }, rows, count, passed) => {
      for (let index = 0; index < count; index += 1) {
        if (((values[rows[index] ?? 0] ?? 0) + base) * sign > 0) passed[index] = 1
      }
    })
  }
  if (test.uncategorised === true) {
    markers.push(({ categories, flags: all }, rows, count, passed) => {
      for (let index = 0; index < count; index += 1) {
        const row = rows[index] ?? 0
        const split = ((all.values[row] ?? 0) + all.base) & searchFlags.split
        if ((categories.values[row] ?? 0) + categories.base === 0 && split === 0) passed[index] = 1
      }
    })
  }
  const { links, text } = test
  if (links !== undefined) {
    markers.push((block, rows, count, passed) => {
      const linked = rowsLinked(block, links)
      if (linked === null) return
      for (let index = 0; index < count; index += 1) if (linked[rows[index] ?? 0] === 1) passed[index] = 1
    })
  }
  if (text !== undefined) {
    markers.push((block, rows, count, passed) => {
      // few rows are sooner read one by one than all texts of the block
      if (count <= FEW_ROWS) markFew(block, rows, count, text, passed)
      else markByTexts(block, rows, count, text, passed)
    })
  }
  return markers
}

const FEW_ROWS = 512

function markByTexts(
  block: SearchBlock,
  rows: Uint16Array,
  count: number,
  text: NonNullable<RowTest['text']>,
  passed: Uint8Array,
): void {
  const texts = textsWith(block, text)
  if (texts === null) return
  const { entryStarts } = block
  const { values, base } = block.entries
  for (let index = 0; index < count; index += 1) {
    const row = rows[index] ?? 0
    const end = entryStarts[row + 1] ?? 0
    for (let entry = entryStarts[row] ?? 0; entry < end; entry += 1) {
      const value = (values[entry] ?? 0) + base
      if (((text.fields >>> (value >>> FIELD_SHIFT)) & 1) === 0 || texts[value & TEXT_MASK] !== 1) continue
      passed[index] = 1
      break
    }
  }
}

function markFew(
  block: SearchBlock,
  rows: Uint16Array,
  count: number,
  { literal, readings, fields }: NonNullable<RowTest['text']>,
  passed: Uint8Array,
): void {
  const { entryStarts, textStarts, texts } = block
  const { values, base } = block.entries
  for (let index = 0; index < count; index += 1) {
    const row = rows[index] ?? 0
    const end = entryStarts[row + 1] ?? 0
    for (let entry = entryStarts[row] ?? 0; entry < end && passed[index] !== 1; entry += 1) {
      const value = (values[entry] ?? 0) + base
      if (((fields >>> (value >>> FIELD_SHIFT)) & 1) === 0) continue
      const text = value & TEXT_MASK
      const literally = occursBetween(texts, textStarts[text] ?? 0, textStarts[text + 1] ?? 0, literal)
      if (literally || (readings.length > 0 && isReadAs(block, text, readings))) passed[index] = 1
    }
  }
}

/** Whether a stretch of Chinese in a text has one of the needles in the line of its reading. */
function isReadAs({ runTexts, runNumbers, runs, runStarts }: SearchBlock, text: number, needles: readonly Buffer[]) {
  const { values, base } = runTexts
  // the pairs are in the order of their texts
  let pair = 0
  for (let end = values.length; pair < end;) {
    const middle = (pair + end) >> 1
    if ((values[middle] ?? 0) + base < text) pair = middle + 1
    else end = middle
  }
  for (; pair < values.length && (values[pair] ?? 0) + base === text; pair += 1) {
    const run = (runNumbers.values[pair] ?? 0) + runNumbers.base
    const [from, to] = [runStarts[run] ?? 0, runStarts[run + 1] ?? 0]
    if (needles.some((needle) => occursBetween(runs, from, to, needle))) return true
  }
  return false
}

/** Whether the needle lies in these bytes of a haystack. Texts are short: comparing them byte by byte is quickest. */
function occursBetween(haystack: Uint8Array, from: number, to: number, needle: Uint8Array): boolean {
  const first = needle[0]
  for (let place = from; place <= to - needle.length; place += 1) {
    if (haystack[place] !== first) continue
    let same = 1
    while (same < needle.length && haystack[place + same] === needle[same]) same += 1
    if (same >= needle.length) return true
  }
  return needle.length === 0
}

/** Rows that pass by any of what the test names; `negated`: the others. */
export function blockTest(test: RowTest, negated: boolean): BlockTest {
  const { days, ...others } = test
  const markers = markersOf(test)
  return {
    cost: test.text === undefined ? 1 : 4,
    ...(days !== undefined && Object.keys(others).length === 0 && !negated
      ? { mayPass: (firstDay: number, lastDay: number) => lastDay >= days[0] && firstDay <= days[1] }
      : {}),
    narrow(block, rows, count) {
      const passed = cleared('passed', count)
      for (const mark of markers) mark(block, rows, count, passed)
      const wanted = negated ? 0 : 1
      let kept = 0
      for (let index = 0; index < count; index += 1) {
        if (passed[index] !== wanted) continue
        rows[kept] = rows[index] ?? 0
        kept += 1
      }
      return kept
    },
  }
}

export interface FoundRow {
  readonly id: number
  readonly day: number
  readonly amountMinor: number
  readonly accountId: number
}

/** A place in the order of results: newest day first, within a day the highest number. */
export interface Place {
  readonly day: number
  readonly id: number
}

export const newestFirst = (one: Place, other: Place): number => other.day - one.day || other.id - one.id

export interface Walk {
  /** What is found is handed over block by block, in order within a block. */
  readonly onFound: (row: FoundRow) => void
  /** Whether a block whose newest day is this, and all older ones, need not be looked at any more. */
  readonly enough: (lastDay: number) => boolean
}

/** A block that is read when it is its turn, with what is known of it before. */
export interface BlockPart {
  readonly firstDay: number
  readonly lastDay: number
  /** Numbers that another block speaks for. */
  readonly hidden: ReadonlySet<number> | null
  readonly read: () => SearchBlock
}

interface Judged {
  readonly test: BlockTest
  seen: number
  kept: number
}

const rankOf = ({ test, seen, kept }: Judged): number => test.cost / (1.001 - kept / seen)

/** The test that leaves least for its cost comes first, by what the tests have left so far. */
class TestOrder {
  readonly #tests: Judged[]

  constructor(tests: readonly BlockTest[]) {
    // before anything is known: half
    this.#tests = tests.map((test) => ({ test, seen: 2, kept: 1 }))
  }

  narrow(block: SearchBlock, rows: Uint16Array): number {
    let count = block.rows
    for (const one of this.#tests) {
      if (count === 0) break
      const kept = one.test.narrow(block, rows, count)
      one.seen += count
      one.kept += kept
      count = kept
    }
    this.#tests.sort((one, other) => rankOf(one) - rankOf(other))
    return count
  }
}

/** Runs the tests over the blocks, those with the newest days first. */
export function walkBlocks(parts: readonly BlockPart[], tests: readonly BlockTest[], walk: Walk): void {
  const rows = new Uint16Array(65_536)
  const order = new TestOrder(tests)
  for (const { firstDay, lastDay, hidden, read } of parts.toSorted((one, other) => other.lastDay - one.lastDay)) {
    if (walk.enough(lastDay)) return
    if (tests.some((test) => test.mayPass?.(firstDay, lastDay) === false)) continue
    const block = read()
    for (let row = 0; row < block.rows; row += 1) rows[row] = row
    const count = order.narrow(block, rows)
    for (let index = 0; index < count; index += 1) {
      const row = rows[index] ?? 0
      const id = (block.ids.values[row] ?? 0) + block.ids.base
      if (hidden?.has(id) === true) continue
      walk.onFound({
        id,
        day: (block.days.values[row] ?? 0) + block.days.base,
        amountMinor: (block.amounts.values[row] ?? 0) + block.amounts.base,
        accountId: (block.accounts.values[row] ?? 0) + block.accounts.base,
      })
    }
  }
}
