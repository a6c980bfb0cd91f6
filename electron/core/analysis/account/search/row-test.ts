import type { BlockTest } from './block-search.ts'
import type { Column } from './packed-columns.ts'
import { type RowLists, type SearchBlock, searchFlags } from './search-block.ts'
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

/** As `oneOf`, by lists of the rows that have a number, where there are. */
function listedUnder(
  lists: (block: SearchBlock) => RowLists | null,
  column: (block: SearchBlock) => Column,
  numbers: ReadonlySet<number>,
): Marker {
  const oneByOne = oneOf(column, numbers)
  return (block, rows, count, passed) => {
    const listed = lists(block)
    if (listed === null || count < countListed(listed, numbers)) return oneByOne(block, rows, count, passed)
    for (const number of numbers) {
      const end = listed.starts[number - listed.base + 1] ?? 0
      for (let at = listed.starts[number - listed.base] ?? end; at < end; at += 1) passed[listed.rows[at] ?? 0] = 1
    }
  }
}

/** The first place in the order of magnitudes where a row's is at least so much. */
function firstOfAtLeast({ byMagnitude, amounts: { values, base } }: SearchBlock, least: number): number {
  let low = 0
  for (let high = byMagnitude.length; low < high;) {
    const middle = (low + high) >> 1
    if (Math.abs((values[byMagnitude[middle] ?? 0] ?? 0) + base) < least) low = middle + 1
    else high = middle
  }
  return low
}

/** Accounts of one currency have the same bounds: rows between them are found in the order of magnitudes. */
function betweenMagnitudes(bounds: NonNullable<RowTest['magnitudes']>): Marker {
  const groups = new Map<string, { low: number; high: number; accounts: Set<number> }>()
  for (const [account, [low, high]] of bounds) {
    const known = groups.get(`${low} ${high}`)
    if (known === undefined) groups.set(`${low} ${high}`, { low, high, accounts: new Set([account]) })
    else known.accounts.add(account)
  }
  const ranges = [...groups.values()].map(({ low, high, accounts }): MagnitudeRange => ({
    low,
    high,
    accounts,
    table: tableOf(accounts),
  }))
  return (block, rows, count, passed) => {
    for (const range of ranges) markRange(block, range, rows, count, passed)
  }
}

interface MagnitudeRange {
  readonly low: number
  readonly high: number
  readonly accounts: ReadonlySet<number>
  readonly table: Uint8Array
}

/** Goes through the rows of the list, those of the magnitudes or those of the accounts, whichever are fewest. */
function markRange(
  block: SearchBlock,
  { low, high, accounts, table }: MagnitudeRange,
  rows: Uint16Array,
  count: number,
  passed: Uint8Array,
): void {
  const { byMagnitude, ofAccount, amounts } = block
  const from = firstOfAtLeast(block, low)
  const end = firstOfAtLeast(block, high + 1)
  const ofAccounts = ofAccount === null ? Infinity : countListed(ofAccount, accounts)
  if (count < end - from && count < ofAccounts) {
    for (let index = 0; index < count; index += 1) {
      const row = rows[index] ?? 0
      const magnitude = Math.abs((amounts.values[row] ?? 0) + amounts.base)
      if (magnitude < low || magnitude > high) continue
      if (table[(block.accounts.values[row] ?? 0) + block.accounts.base] === 1) passed[row] = 1
    }
    return
  }
  if (ofAccount !== null && ofAccounts < end - from) {
    for (const account of accounts) {
      const last = ofAccount.starts[account - ofAccount.base + 1] ?? 0
      for (let at = ofAccount.starts[account - ofAccount.base] ?? last; at < last; at += 1) {
        const row = ofAccount.rows[at] ?? 0
        const magnitude = Math.abs((amounts.values[row] ?? 0) + amounts.base)
        if (magnitude >= low && magnitude <= high) passed[row] = 1
      }
    }
    return
  }
  for (let at = from; at < end; at += 1) {
    const row = byMagnitude[at] ?? 0
    if (table[(block.accounts.values[row] ?? 0) + block.accounts.base] === 1) passed[row] = 1
  }
}

function countListed({ starts, base }: RowLists, numbers: ReadonlySet<number>): number {
  let count = 0
  for (const number of numbers) count += Math.max(0, (starts[number - base + 1] ?? 0) - (starts[number - base] ?? 0))
  return count
}

function markersOf(test: RowTest): Marker[] {
  const markers: Marker[] = []
  if (test.accounts !== undefined)
    markers.push(
      listedUnder(
        ({ ofAccount }) => ofAccount,
        ({ accounts }) => accounts,
        test.accounts,
      ),
    )
  if (test.categories !== undefined)
    markers.push(
      listedUnder(
        ({ ofCategory }) => ofCategory,
        ({ categories }) => categories,
        test.categories,
      ),
    )
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
      const turned = negated ? 1 : 0
      let kept = 0
      // without a branch that goes either way by chance: each row is written, and stays if it passes
      for (let index = 0; index < count; index += 1) {
        const row = rows[index] ?? 0
        rows[kept] = row
        kept += (passedRows[row] ?? 0) ^ turned
      }
      return kept
    },
  }
}
