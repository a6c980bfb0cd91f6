import type { SearchBlock } from './search-block.ts'

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
