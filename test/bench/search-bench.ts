import { createDispatcher } from '../../electron/core/dispatcher.ts'
import type { HandlerContext } from '../../electron/core/handler.ts'
import { dataHandlers } from '../../electron/core/handlers/data-handlers.ts'
import { loadReadings } from '../../electron/core/analysis/account/search/pinyin-reading.ts'
import { openVault, type ReadableVault } from '../../electron/core/storage/open-vault.ts'
import { forgetSearchIndex, indexNextBlock } from '../../electron/core/storage/repositories/search-index-repository.ts'
import { type Bench, bestOf, type Measurement } from './bench.ts'
import { type LargeVault, openLargeVault } from './million.ts'

/** What is typed, letter by letter; `floor`: the word that a plain scan looks for. */
const typings: readonly (readonly [what: string, text: string, floor: string])[] = [
  ['a frequent word', 'supermarket', 'supermarket'],
  ['a rare word, two words', 'terminal 512', 'terminal 512'],
  ['nothing', 'zzqx', 'zzqx'],
  ['one Chinese character, then three', '星巴克', '星巴克'],
  ['Chinese by first letters', 'xbk', '星巴克'],
  ['Chinese by its reading', 'haidilao', '海底捞'],
  ['accents left out', 'cafe zurich', 'Café Zürich'],
  ['two frequent words that never meet', 'supermarket lumiere', 'supermarket lumiere'],
  ['three frequent words that never meet', 'card payment 消费', 'card payment'],
  ['words that most rows have, left out', '-supermarket -e -消费 -转账', 'supermarket'],
  ['a frequent word without another', 'supermarket -terminal -消费', 'supermarket'],
  ['a phrase of frequent words', '"card payment, terminal" zürich', 'card payment, terminal'],
  ['a number in a text', 'ref 999999', 'ref 999999'],
  ['operators', 'category:food amount:>500 2019', 'Food'],
  ['operators that never meet', 'amount:>500 category:dining 2026-03', 'Dining'],
  ['a frequent word and amounts it never has', 'netflix amount:>500', 'netflix'],
  ['a tag and a month', 'tag:"tag 1" 2013-05', 'tag 1'],
  ['a tag and all days but those of a year', 'tag:"tag 1" -2013', 'tag 1'],
  ['states', 'is:in is:split -has:tag', 'note'],
  ['fields', 'payee:e memo:e notes:e reference:e', 'e'],
  ['an amount', '12.34', '12.34'],
]

/** Calls of the window on a connection that only reads, through the contract. */
function callerOf(reader: ReadableVault, today: LargeVault['today']) {
  const dispatch = createDispatcher(dataHandlers, { write: () => undefined })
  const context = { readable: () => reader, clock: { now: () => 0, today: () => today } } as unknown as HandlerContext
  return async (text: string, person: number | null = null): Promise<void> => {
    const reply = await dispatch('search.query', { text, limit: 20, person }, context)
    if (!reply.ok) throw new Error(`search.query: ${reply.error.code}`)
  }
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** The slowest letter of a word that is typed, each the best of three. */
async function slowestLetter(text: string, ask: (text: string) => Promise<void>): Promise<number> {
  let slowest = 0
  for (let length = 1; length <= text.length; length += 1) {
    let best = Infinity
    for (let round = 0; round < 3; round += 1) best = Math.min(best, await timed(() => ask(text.slice(0, length))))
    slowest = Math.max(slowest, best)
  }
  return slowest
}

/** What the list did before there was an index: every row, every text. */
function scan(reader: ReadableVault, word: string): number {
  const columns = ['payee', 'raw_payee', 'memo', 'notes', 'reference', 'counterparty']
  const sql = `select id from transactions where ${columns.map((column) => `${column} like ?`).join(' or ')}
    order by booked_on desc, id desc limit 20`
  const statement = reader.driver.prepare(sql)
  const pattern = `%${word}%`
  const started = performance.now()
  statement.all(...columns.map(() => pattern))
  return performance.now() - started
}

/** Two people, one of whom has a part in every second account. */
function addPeople({ driver }: LargeVault['vault']): number {
  const add = driver.prepare(
    `insert into persons (id, name, colour, role, position, created_at) values (?, ?, 'teal', 'adult', ?, 0)`,
  )
  for (const id of [1, 2]) add.run(id, `Person ${id}`, id)
  driver.exec(`insert into account_owners (account_id, person_id, share) select id, 1 + id % 2, 10000 from accounts`)
  return 1
}

async function indexed(large: LargeVault): Promise<number> {
  const readingOf = await loadReadings()
  forgetSearchIndex(large.vault)
  return timed(() => {
    while (indexNextBlock(large.vault, readingOf));
    large.vault.driver.pragma('wal_checkpoint(TRUNCATE)')
  })
}

async function measure(transactions: number): Promise<Measurement[]> {
  const large = await openLargeVault(transactions)
  const building = await indexed(large)
  const { driver } = large.vault
  const rows = driver.prepare('select count(*) from transactions').pluck().get() as number
  const bytes = driver.prepare('select sum(length(content)) from search_blocks').pluck().get() as number
  const reader = openVault({ path: large.path, dataKey: large.dataKey, access: 'read' })
  const ask = callerOf(reader, large.today)
  const data = `${rows} transactions, encrypted`
  // one block's worth of a first search: the newest
  const first = await timed(() => ask('supermarket'))
  const rest = await timed(() => ask('zzqx'))
  const measurements: Measurement[] = [
    {
      work: `the index behind an import, in the background: ${(bytes / rows).toFixed(0)} bytes a transaction`,
      data,
      milliseconds: building,
    },
    { work: 'the first search after unlocking, not readied', data, milliseconds: first },
    { work: 'reading the whole index once', data, milliseconds: rest },
  ]
  for (const [what, text, word] of typings) {
    const taken = await slowestLetter(text, ask)
    measurements.push({
      work: `search as typed, slowest letter: ${what} (${text})`,
      data,
      milliseconds: taken,
      floor: { what: 'a scan of all rows with LIKE', milliseconds: scan(reader, word) },
      limit: { text: '≤ 30 ms', met: taken <= 30 },
    })
  }
  const person = addPeople(large.vault)
  const within = (milliseconds: number) => ({ text: '≤ 30 ms', met: milliseconds <= 30 })
  for (const text of ['supermarket', 'supermarket lumiere', 'card payment 消费']) {
    const taken = await bestOf(5, () => ask(text, person))
    measurements.push({
      work: `search in one person's view (${text})`,
      data,
      milliseconds: taken,
      limit: within(taken),
    })
  }
  const change = driver.prepare(
    `update transactions set memo = memo || '.' where id in (select id from transactions where id % 97 = ? limit 200)`,
  )
  let changed = Infinity
  for (let round = 0; round < 5; round += 1) {
    change.run(round)
    changed = Math.min(changed, await timed(() => ask('supermarket lumiere')))
    while (indexNextBlock(large.vault, await loadReadings()));
    await ask('zzqx')
  }
  measurements.push({
    work: 'the first search after 200 transactions here and there were changed',
    data,
    milliseconds: changed,
    limit: within(changed),
  })
  await reader.close()
  await large.close()
  return measurements
}

export const searchBench: Bench = {
  name: 'search',
  async run(quick) {
    return [...(await measure(10_000)), ...(await measure(quick ? 100_000 : 1_000_000))]
  },
}
