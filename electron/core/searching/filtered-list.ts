import { dayNumber, type IsoDate } from '../../../shared/domain/iso-date.ts'
import { type TransactionFilter, transactionKinds } from '../../../shared/model/transaction.ts'
import type { BlockTest } from '../analysis/account/search/block-search.ts'
import { compileQuery, compileWords, FIRST_DAY, LAST_DAY } from '../analysis/account/search/compile-query.ts'
import type { NamedThings } from '../analysis/account/search/named-things.ts'
import { parseQuery } from '../analysis/account/search/parse-query.ts'
import { loadReadings } from '../analysis/account/search/pinyin-reading.ts'
import type { ReadingOf } from '../analysis/account/search/pinyin-needles.ts'
import { blockTest, type RowTest } from '../analysis/account/search/row-test.ts'
import { linkOf, type SearchBlock, searchFlags } from '../analysis/account/search/search-block.ts'
import type { Vault } from '../storage/open-vault.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { currentThings } from './current-things.ts'
import { currentIndex, findAll, type FoundList, stampOf } from './search-index.ts'

/** Whether a filter of the list looks for words, which the index answers. */
export function isSearched({ text, query }: TransactionFilter): boolean {
  return (text !== undefined && text.trim() !== '') || (query !== undefined && query.trim() !== '')
}

/** What a filter asks for beside its words, as tests; the import run aside, which no block knows. */
function filterTests(filter: TransactionFilter, things: NamedThings): BlockTest[] {
  const tests: BlockTest[] = []
  const all = (test: RowTest, negated = false): void => void tests.push(blockTest(test, negated))
  const { accountIds, categoryIds, tagIds, kinds, from, to, minMinor, maxMinor, direction, status, currency } = filter
  if (from !== undefined || to !== undefined) {
    all({
      days: [from === undefined ? FIRST_DAY : dayNumber(from), to === undefined ? LAST_DAY : dayNumber(to)],
    })
  }
  if (accountIds !== undefined) all({ accounts: new Set(accountIds) })
  if (categoryIds !== undefined) {
    all({ categories: new Set(categoryIds), links: new Set(categoryIds.map((id) => linkOf('partCategory', id))) })
  }
  if (filter.uncategorised === true) all({ uncategorised: true })
  if (tagIds !== undefined) all({ links: new Set(tagIds.map((id) => linkOf('tag', id))) })
  if (kinds !== undefined) all({ kinds: new Set(kinds.map((kind) => transactionKinds.indexOf(kind))) })
  if (minMinor !== undefined || maxMinor !== undefined) {
    const bounds = [minMinor ?? 0, maxMinor ?? Number.MAX_SAFE_INTEGER] as const
    all({ magnitudes: new Map(things.accounts.map(({ id }) => [id, bounds])) })
  }
  if (direction !== undefined) all({ direction })
  if (status !== undefined) all({ flags: searchFlags.pending }, status === 'booked')
  if (currency !== undefined) {
    all({ accounts: new Set(things.accounts.filter((one) => one.currency === currency).map(({ id }) => id)) })
  }
  return tests
}

/** Keeps the rows whose number is one of these. */
function onlyOf(ids: ReadonlySet<number>, block: SearchBlock, rows: Uint16Array, count: number): number {
  let kept = 0
  for (let index = 0; index < count; index += 1) {
    const row = rows[index] ?? 0
    if (!ids.has((block.ids.values[row] ?? 0) + block.ids.base)) continue
    rows[kept] = row
    kept += 1
  }
  return kept
}

const last = new WeakMap<Vault['driver'], { key: string; list: FoundList }>()

function findRows(vault: Vault, filter: TransactionFilter, today: IsoDate, readingOf: ReadingOf): FoundList {
  // a list that is scrolled asks the same again and again
  const key = JSON.stringify([filter, today, stampOf(vault)])
  const known = last.get(vault.driver)
  if (known?.key === key) return known.list
  const things = currentThings(vault, null).named
  const words = [
    ...(filter.text === undefined ? [] : compileWords(filter.text)),
    ...(filter.query === undefined ? [] : compileQuery(parseQuery(filter.query, today), things, readingOf).tests),
  ]
  const { parts } = currentIndex(vault, readingOf, true)
  const tests = [...filterTests(filter, things), ...words]
  if (filter.importRunId !== undefined) {
    const sql = 'select id from transactions where import_run_id = ?'
    const run = new Set(sqlRows<{ id: number }>(vault, sql, filter.importRunId).map(({ id }) => id))
    tests.push({ cost: 1, narrow: (block, rows, count) => onlyOf(run, block, rows, count) })
  }
  const list = findAll(parts, tests)
  last.set(vault.driver, { key, list })
  return list
}

/** Every transaction that a filter with words matches, newest first: all of them, however new. */
export async function loadFiltered(vault: Vault, filter: TransactionFilter, today: IsoDate): Promise<FoundList> {
  const readingOf = await loadReadings()
  return vault.driver.transaction(() => findRows(vault, filter, today, readingOf))()
}
