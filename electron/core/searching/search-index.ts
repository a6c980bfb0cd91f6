import {
  type BlockPart,
  type BlockTest,
  type FoundRow,
  newestFirst,
  type Place,
  walkBlocks,
} from '../analysis/account/search/block-search.ts'
import type { ReadingOf } from '../analysis/account/search/pinyin-needles.ts'
import { decodeBlock, encodeBlock } from '../analysis/account/search/search-block.ts'
import type { Vault } from '../storage/open-vault.ts'
import { prepared } from '../storage/repositories/query.ts'
import {
  BLOCK_NUMBERS,
  blockOf,
  countPending,
  listBlocks,
  loadPending,
  loadUnindexed,
  readBlock,
  type StoredBlock,
} from '../storage/repositories/search-index-repository.ts'
import { loadSearchRows } from '../storage/repositories/search-rows.ts'

/** How many transactions that no block tells of are read for one search as it is typed: about 10 ms. */
const READ_AT_ONCE = 2_000

/**
 * The index of one connection: its blocks in memory, and an overlay of what was changed since they were written. It
 * follows the vault: each search looks whether anything was written.
 */
class SearchIndex {
  #stamp = ''
  #blocks = new Map<number, StoredBlock>()
  #parts: readonly BlockPart[] = []
  #whole = false
  #behind = 0

  /** `whole`: every transaction counts, also where many are not indexed yet and reading them takes seconds. */
  refresh(vault: Vault, readingOf: ReadingOf, whole: boolean): void {
    const stamp = stampOf(vault)
    if (stamp === this.#stamp && (this.#whole || !whole || this.#behind === 0)) return
    this.#blocks = listBlocks(vault, this.#blocks)
    const { changed, indexedTo } = loadPending(vault)
    const most = whole ? Number.MAX_SAFE_INTEGER : READ_AT_ONCE
    const taken = changed.slice(0, most)
    const unindexed = loadUnindexed(vault, indexedTo, most - taken.length)
    const ids = [...taken, ...unindexed]
    this.#parts = [...withHidden(vault, this.#blocks, changed), ...overlay(vault, ids, readingOf)]
    this.#behind = ids.length < most ? 0 : Math.max(0, countPending(vault) - ids.length)
    this.#whole = whole
    this.#stamp = stamp
  }

  get parts(): readonly BlockPart[] {
    return this.#parts
  }

  /** How many transactions are neither in a block nor in the overlay. */
  get behind(): number {
    return this.#behind
  }

  /** Reads the newest block that has not been read; false where all have. */
  readNext(vault: Vault): boolean {
    let newest: StoredBlock | null = null
    for (const block of this.#blocks.values()) {
      if (block.content === null && (newest === null || block.lastDay > newest.lastDay)) newest = block
    }
    if (newest !== null) readBlock(vault, newest)
    return newest !== null
  }
}

/** Differs whenever something was written: by this connection or by another. */
export function stampOf(vault: Vault): string {
  const others = vault.driver.pragma('data_version', { simple: true })
  const own = prepared(vault, 'select total_changes()').pluck().get()
  return `${String(others)} ${String(own)}`
}

function withHidden(vault: Vault, blocks: ReadonlyMap<number, StoredBlock>, changed: readonly number[]): BlockPart[] {
  const hidden = new Map<number, Set<number>>()
  for (const id of changed) {
    const block = blockOf(id)
    const known = hidden.get(block)
    if (known === undefined) hidden.set(block, new Set([id]))
    else known.add(id)
  }
  return [...blocks.values()].map((stored) => ({
    firstDay: stored.firstDay,
    lastDay: stored.lastDay,
    hidden: hidden.get(stored.block) ?? null,
    read: () => readBlock(vault, stored),
  }))
}

function overlay(vault: Vault, ids: readonly number[], readingOf: ReadingOf): BlockPart[] {
  const parts: BlockPart[] = []
  for (let from = 0; from < ids.length; from += BLOCK_NUMBERS) {
    const rows = loadSearchRows(vault, { ids: ids.slice(from, from + BLOCK_NUMBERS) })
    if (rows.length === 0) continue
    const block = decodeBlock(encodeBlock(rows, readingOf))
    parts.push({ firstDay: block.firstDay, lastDay: block.lastDay, hidden: null, read: () => block })
  }
  return parts
}

const indexes = new WeakMap<Vault['driver'], SearchIndex>()

/** The index of this connection, as the vault is now. It goes with the connection. */
export function currentIndex(vault: Vault, readingOf: ReadingOf, whole: boolean): SearchIndex {
  let index = indexes.get(vault.driver)
  if (index === undefined) {
    index = new SearchIndex()
    indexes.set(vault.driver, index)
  }
  index.refresh(vault, readingOf, whole)
  return index
}

/** Blocks that are read at once while nobody waits: about 20 ms. */
const READ_BLOCKS = 4
const warming = new WeakSet<Vault['driver']>()

/** Reads the blocks from the newest on, a few at a time between other work, so that the first search finds them there. */
export function warmIndex(vault: Vault, readingOf: ReadingOf): void {
  if (warming.has(vault.driver)) return
  warming.add(vault.driver)
  const go = (): void => {
    // a vault that was locked meanwhile is read no more
    if (!vault.driver.open) return
    const index = currentIndex(vault, readingOf, false)
    for (let count = 0; count < READ_BLOCKS; count += 1) {
      if (index.readNext(vault)) continue
      warming.delete(vault.driver)
      // the blocks are in memory now, and need not be in the cache, too
      vault.driver.pragma('shrink_memory')
      return
    }
    setImmediate(go)
  }
  setImmediate(go)
}

export interface FoundPage {
  /** The newest, behind the cursor if there is one, newest first. */
  readonly rows: readonly FoundRow[]
  /** How many there are in all; at least so many where it is not `exact`. */
  readonly count: number
  readonly exact: boolean
  /** Sums by account of all that are counted: in and out as magnitudes in minor units. */
  readonly sums: ReadonlyMap<number, { readonly in: number; readonly out: number }>
}

/** Counting goes on so far once the page is known: to so many, and through so many blocks, 65,536 transactions. */
const COUNTED = 200
const COUNTED_BLOCKS = 8

/** The newest transactions that pass all tests. Stops once no other can be among them and enough are counted. */
export function findPage(
  parts: readonly BlockPart[],
  tests: readonly BlockTest[],
  limit: number,
  after: Place | null,
): FoundPage {
  let newest: FoundRow[] = []
  let last: FoundRow | undefined
  let count = 0
  let exact = true
  let blocks = -1
  const sums = new Map<number, { in: number; out: number }>()
  const keepNewest = (): void => {
    newest = newest.toSorted(newestFirst).slice(0, limit)
    last = newest.length >= limit ? newest.at(-1) : undefined
  }
  walkBlocks(parts, tests, {
    onFound(row) {
      count += 1
      const sum = sums.get(row.accountId) ?? { in: 0, out: 0 }
      sums.set(row.accountId, sum)
      if (row.amountMinor > 0) sum.in += row.amountMinor
      else sum.out -= row.amountMinor
      if (after !== null && newestFirst(after, row) >= 0) return
      if (last !== undefined && newestFirst(last, row) < 0) return
      newest.push(row)
      if (newest.length >= limit * 2 + 64) keepNewest()
    },
    enough(lastDay) {
      blocks += 1
      if (count < COUNTED || blocks < COUNTED_BLOCKS) return false
      keepNewest()
      if (last === undefined || lastDay >= last.day) return false
      exact = false
      return true
    },
  })
  keepNewest()
  return { rows: newest, count, exact, sums }
}

export interface FoundList {
  /** Newest first. */
  readonly ids: Float64Array
  /** By account: in and out as magnitudes in minor units, and how many. */
  readonly sums: ReadonlyMap<number, { readonly in: number; readonly out: number; readonly count: number }>
}

/** A day and a number in one number that sorts as they do: days of years 875 to 3700 above 33 bits of number. */
const NUMBER_SPAN = 2 ** 33
const DAY_SHIFT = 400_000

/** All transactions that pass all tests. */
export function findAll(parts: readonly BlockPart[], tests: readonly BlockTest[]): FoundList {
  let keys = new Float64Array(1_024)
  let count = 0
  const sums = new Map<number, { in: number; out: number; count: number }>()
  walkBlocks(parts, tests, {
    onFound({ id, day, accountId, amountMinor }) {
      if (count === keys.length) {
        const more = new Float64Array(count * 2)
        more.set(keys)
        keys = more
      }
      keys[count] = (day + DAY_SHIFT) * NUMBER_SPAN + id
      count += 1
      const sum = sums.get(accountId) ?? { in: 0, out: 0, count: 0 }
      sums.set(accountId, sum)
      sum.count += 1
      if (amountMinor > 0) sum.in += amountMinor
      else sum.out -= amountMinor
    },
    enough: () => false,
  })
  const ids = keys.subarray(0, count).toSorted().toReversed()
  for (let index = 0; index < count; index += 1) {
    const key = ids[index] ?? 0
    ids[index] = key - Math.floor(key / NUMBER_SPAN) * NUMBER_SPAN
  }
  return { ids, sums }
}
