import type { BlockTest } from './block-search.ts'
import type { Column } from './packed-columns.ts'
import { type SearchBlock, searchFlags } from './search-block.ts'
import { markRowsWithText, type TextNeedles } from './text-marks.ts'

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

/** Marks rows that pass, at least those of the first `count` of a list that do; `passed` has a byte for each row. */
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
      const row = rows[index] ?? 0
      if (table[(values[row] ?? 0) + base] === 1) passed[row] = 1
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
      if (magnitude >= (least[account] ?? Infinity) && magnitude <= (most[account] ?? -Infinity)) passed[row] = 1
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
        const row = rows[index] ?? 0
        const day = (values[row] ?? 0) + base
        if (day >= first && day <= last) passed[row] = 1
      }
    })
  }
  if (flags !== undefined) {
    markers.push(({ flags: { values, base } }, rows, count, passed) => {
      for (let index = 0; index < count; index += 1) {
        const row = rows[index] ?? 0
        if ((((values[row] ?? 0) + base) & flags) === flags) passed[row] = 1
      }
    })
  }
  if (direction !== undefined) {
    const sign = direction === 'in' ? 1 : -1
    markers.push(({ amounts: { values, base } }, rows, count, passed) => {
      for (let index = 0; index < count; index += 1) {
        const row = rows[index] ?? 0
        if (((values[row] ?? 0) + base) * sign > 0) passed[row] = 1
      }
    })
  }
  if (test.uncategorised === true) {
    markers.push(({ categories, flags: all }, rows, count, passed) => {
      for (let index = 0; index < count; index += 1) {
        const row = rows[index] ?? 0
        const split = ((all.values[row] ?? 0) + all.base) & searchFlags.split
        if ((categories.values[row] ?? 0) + categories.base === 0 && split === 0) passed[row] = 1
      }
    })
  }
  const { links, text } = test
  if (links !== undefined) {
    markers.push(({ linkRows, linkValues }, _rows, _count, passed) => {
      for (let index = 0; index < linkValues.values.length; index += 1) {
        if (!links.has((linkValues.values[index] ?? 0) + linkValues.base)) continue
        passed[(linkRows.values[index] ?? 0) + linkRows.base] = 1
      }
    })
  }
  if (text !== undefined) {
    markers.push((block, _rows, _count, passed) => markRowsWithText(block, text, text.fields, passed))
  }
  return markers
}

/** The same memory for every block. */
const passedRows = new Uint8Array(65_536)

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
      passedRows.fill(0, 0, block.rows)
      for (const mark of markers) mark(block, rows, count, passedRows)
      const wanted = negated ? 0 : 1
      let kept = 0
      for (let index = 0; index < count; index += 1) {
        const row = rows[index] ?? 0
        if (passedRows[row] !== wanted) continue
        rows[kept] = row
        kept += 1
      }
      return kept
    },
  }
}
