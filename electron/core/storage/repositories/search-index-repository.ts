import { transactionKinds } from '../../../../shared/model/transaction.ts'
import type { ReadingOf } from '../../analysis/account/search/pinyin-needles.ts'
import { loadReadings, PINYIN_VERSION } from '../../analysis/account/search/pinyin-reading.ts'
import type { Packed } from '../../analysis/account/search/packed-columns.ts'
import { decodeBlock, encodeBlock, type SearchBlock } from '../../analysis/account/search/search-block.ts'
import type { Vault, WritableVault } from '../open-vault.ts'
import { prepared, sqlRows } from './query.ts'
import { loadSearchRows } from './search-rows.ts'

/** How many numbers of transactions a block stands for. */
export const BLOCK_NUMBERS = 8_192
/** What blocks are written by; those of another format are made again. */
export const SEARCH_FORMAT = `3 pinyin-pro ${PINYIN_VERSION} ${transactionKinds.length}`

export const blockOf = (id: number): number => Math.floor((id - 1) / BLOCK_NUMBERS)
export const rangeOf = (block: number) => ({ from: block * BLOCK_NUMBERS + 1, to: (block + 1) * BLOCK_NUMBERS })

interface State {
  format: string
  indexed_to: number
  version: number
}

function stateOf(vault: Vault): State {
  const [state] = sqlRows<State>(vault, 'select format, indexed_to, version from search_state where id = 1')
  return state ?? { format: '', indexed_to: 0, version: 0 }
}

/** How many transactions the index does not tell of as they are. */
export function countPending(vault: Vault): number {
  const { indexed_to, format } = stateOf(vault)
  const from = format === SEARCH_FORMAT ? indexed_to : 0
  const [row] = sqlRows<{ count: number }>(
    vault,
    'select (select count(*) from transactions where id > ?) + (select count(*) from search_pending) as count',
    from,
  )
  return row?.count ?? 0
}

/** The numbers of the transactions that were changed or deleted since their block was written, and up to where blocks go. */
export interface PendingNumbers {
  readonly changed: readonly number[]
  readonly indexedTo: number
}

export function loadPending(vault: Vault): PendingNumbers {
  const { indexed_to, format } = stateOf(vault)
  if (format !== SEARCH_FORMAT) return { changed: [], indexedTo: 0 }
  return {
    changed: prepared(vault, 'select transaction_id from search_pending').raw().all().flat() as number[],
    indexedTo: indexed_to,
  }
}

/** Transactions that no block speaks for, at most so many, the last that came first. */
export function loadUnindexed(vault: Vault, indexedTo: number, most: number): number[] {
  const sql = 'select id from transactions where id > ? order by id desc limit ?'
  return prepared(vault, sql).raw().all(indexedTo, most).flat() as number[]
}

export interface StoredBlock {
  readonly block: number
  readonly version: number
  readonly firstDay: number
  readonly lastDay: number
  /** Read when it is first needed, then kept. */
  content: SearchBlock | null
}

/** Every block of the index, not read yet; those of `known` that have not been written anew are taken over as they are. */
export function listBlocks(vault: Vault, known: ReadonlyMap<number, StoredBlock>): Map<number, StoredBlock> {
  const blocks = new Map<number, StoredBlock>()
  if (stateOf(vault).format !== SEARCH_FORMAT) return blocks
  const sql = 'select block, version, first_day as firstDay, last_day as lastDay from search_blocks order by block'
  for (const row of sqlRows<Omit<StoredBlock, 'content'>>(vault, sql)) {
    const present = known.get(row.block)
    blocks.set(row.block, present?.version === row.version ? present : { ...row, content: null })
  }
  return blocks
}

const emptyBlock = (): SearchBlock => decodeBlock(encodeBlock([], () => []))

/** What a block holds. One that has gone since it was listed holds nothing. */
export function readBlock(vault: Vault, stored: StoredBlock): SearchBlock {
  if (stored.content !== null) return stored.content
  const sql = 'select content from search_blocks where block = ? and version = ?'
  const [row] = sqlRows<{ content: Buffer }>(vault, sql, stored.block, stored.version)
  stored.content = row === undefined ? emptyBlock() : decodeBlock(row.content)
  return stored.content
}

/**
 * Brings one block of the index up to date, in a transaction of its own: the next transactions that are not indexed yet,
 * or else the block that most has changed in. Answers false where the index already tells of everything. About 50 ms.
 */
export function indexNextBlock(vault: WritableVault, readingOf: ReadingOf): boolean {
  return vault.driver
    .transaction((): boolean => {
      if (stateOf(vault).format !== SEARCH_FORMAT) forgetSearchIndex(vault)
      const { indexed_to: indexedTo } = stateOf(vault)
      const [next] = sqlRows<{ id: number }>(
        vault,
        'select id from transactions where id > ? order by id limit 1',
        indexedTo,
      )
      const block = next === undefined ? mostChanged(vault) : blockOf(next.id)
      if (block === null) return false
      writeBlock(vault, block, readingOf)
      const [last] = sqlRows<{ id: number | null }>(
        vault,
        'select max(id) as id from transactions where id <= ?',
        rangeOf(block).to,
      )
      prepared(vault, 'update search_state set indexed_to = max(indexed_to, ?) where id = 1').run(last?.id ?? 0)
      return true
    })
    .immediate()
}

function mostChanged(vault: Vault): number | null {
  const sql = `select (transaction_id - 1) / ${BLOCK_NUMBERS} as block from search_pending
    group by 1 order by count(*) desc, 1 limit 1`
  return sqlRows<{ block: number }>(vault, sql)[0]?.block ?? null
}

function writeBlock(vault: WritableVault, block: number, readingOf: ReadingOf): void {
  const range = rangeOf(block)
  const rows = loadSearchRows(vault, range)
  prepared(vault, 'update search_state set version = version + 1 where id = 1').run()
  if (rows.length === 0) prepared(vault, 'delete from search_blocks where block = ?').run(block)
  else {
    const days = rows.map(({ day }) => day)
    prepared(
      vault,
      `insert into search_blocks (block, version, first_day, last_day, content)
       values (?, (select version from search_state), ?, ?, ?)
       on conflict (block) do update set version = excluded.version, first_day = excluded.first_day,
         last_day = excluded.last_day, content = excluded.content`,
    ).run(block, Math.min(...days), Math.max(...days), encodeBlock(rows, readingOf))
  }
  prepared(vault, 'delete from search_pending where transaction_id between ? and ?').run(range.from, range.to)
}

/** Leaves no block, so that the index is made again from the transactions. */
export function forgetSearchIndex(vault: WritableVault): void {
  vault.driver.exec('delete from search_blocks; delete from search_pending')
  prepared(vault, 'update search_state set format = ?, indexed_to = 0, version = version + 1 where id = 1').run(
    SEARCH_FORMAT,
  )
}

/** Blocks that do not say what the transactions they speak for say, by their number; changed ones not yet indexed aside. */
function* faultyBlocks(vault: Vault, readingOf: ReadingOf): Generator<{ block: number; transaction: number }> {
  const { format, indexed_to: indexedTo } = stateOf(vault)
  if (format !== SEARCH_FORMAT) return
  const pending = new Set(loadPending(vault).changed)
  const stored = sqlRows<{ block: number }>(vault, 'select block from search_blocks')
  const blocks = new Set(stored.map(({ block }) => block))
  const last = indexedTo === 0 ? -1 : blockOf(indexedTo)
  for (let block = 0; block <= last; block += 1) blocks.add(block)
  for (const block of [...blocks].toSorted((one, other) => one - other)) {
    const rows = loadSearchRows(vault, { from: rangeOf(block).from, to: Math.min(rangeOf(block).to, indexedTo) })
    const [found] = sqlRows<{ content: Buffer }>(vault, 'select content from search_blocks where block = ?', block)
    const expected = rows.length === 0 ? null : encodeBlock(rows, readingOf)
    if (expected === null && found === undefined) continue
    if (expected !== null && found !== undefined && expected.equals(found.content)) continue
    const fault = firstDifference(
      expected === null ? null : decodeBlock(expected),
      found === undefined ? null : decodeBlock(found.content),
      pending,
    )
    if (fault !== null) yield { block, transaction: fault }
  }
}

/** The faults of the index: the number of a block and of the first transaction that it tells wrongly or not at all. */
export async function searchIndexFaults(vault: Vault): Promise<readonly { block: number; transaction: number }[]> {
  return [...faultyBlocks(vault, await loadReadings())]
}

/** The first transaction that two blocks tell of differently, those aside that are known to have changed. */
function firstDifference(
  one: SearchBlock | null,
  other: SearchBlock | null,
  aside: ReadonlySet<number>,
): number | null {
  const left = one === null ? new Map<number, string>() : toldBy(one)
  const right = other === null ? new Map<number, string>() : toldBy(other)
  for (const id of new Set([...left.keys(), ...right.keys()])) {
    if (!aside.has(id) && left.get(id) !== right.get(id)) return id
  }
  return null
}

/** What is between two of the edges of a list of texts. */
const partOf = (bytes: Buffer, edges: Packed, part: number): string =>
  bytes.toString('utf8', (edges[part] ?? 0) + 1, edges[part + 1])

/** What a block says of each of its transactions, in one line. */
function toldBy(block: SearchBlock): Map<number, string> {
  const told = new Map<number, string>()
  const readings = new Map<number, string[]>()
  for (let pair = 0; pair < block.runNumbers.values.length; pair += 1) {
    const word = (block.runWords.values[pair] ?? 0) + block.runWords.base
    const run = (block.runNumbers.values[pair] ?? 0) + block.runNumbers.base
    readings.set(word, [...(readings.get(word) ?? []), partOf(block.runs, block.runEdges, run)])
  }
  const links = new Map<number, number[]>()
  for (let index = 0; index < block.linkValues.values.length; index += 1) {
    const row = (block.linkRows.values[index] ?? 0) + block.linkRows.base
    links.set(row, [...(links.get(row) ?? []), (block.linkValues.values[index] ?? 0) + block.linkValues.base])
  }
  const texts = new Map<number, string[]>()
  for (let text = 0; text < block.textRowStarts.length - 1; text += 1) {
    const words = Array.from(block.textWords.slice(block.textWordStarts[text], block.textWordStarts[text + 1]))
    const said = words.map((word) => [partOf(block.words, block.wordEdges, word), readings.get(word) ?? []])
    for (let at = block.textRowStarts[text] ?? 0; at < (block.textRowStarts[text + 1] ?? 0); at += 1) {
      const row = block.textRows[at] ?? 0
      texts.set(row, [...(texts.get(row) ?? []), JSON.stringify([block.textFields[at], said])])
    }
  }
  const figures = [block.days, block.amounts, block.accounts, block.categories, block.kinds, block.flags]
  for (let row = 0; row < block.rows; row += 1) {
    const numbers = figures.map(({ values, base }) => (values[row] ?? 0) + base)
    // texts are numbered as they come in a block: their order says nothing
    const line = [numbers, (texts.get(row) ?? []).toSorted(), links.get(row) ?? []]
    told.set((block.ids.values[row] ?? 0) + block.ids.base, JSON.stringify(line))
  }
  return told
}
