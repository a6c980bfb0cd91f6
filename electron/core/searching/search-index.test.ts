import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutputOf } from '../../../shared/ipc/contract.ts'
import { openTestCalls, type TestCalls } from '../../../test/scenarios/test-calls.ts'
import { passphrase, startTemporaryCore } from '../../../test/support/temporary-core.ts'
import { vaultAtMigration } from '../../../test/support/vault-at-migration.ts'
import { loadReadings, PINYIN_VERSION } from '../analysis/account/search/pinyin-reading.ts'
import { openVault } from '../storage/open-vault.ts'
import {
  BLOCK_NUMBERS,
  countPending,
  indexNextBlock,
  searchIndexFaults,
} from '../storage/repositories/search-index-repository.ts'
import { verifyVault } from '../storage/verify-vault.ts'

const readingOf = await loadReadings()

describe('the index of a vault', () => {
  let calls: TestCalls
  beforeEach(async () => {
    calls = await openTestCalls()
    await calls.call('account.create', { name: 'Current', kind: 'checking', currency: 'CNY', openingOn: '2020-01-01' })
  })
  afterEach(() => calls.close())

  const driver = () => calls.temporary.vault.driver
  const account = (): number => driver().prepare('select min(id) from accounts').pluck().get() as number

  /** Transactions with these numbers, the day rising with the number. */
  function fill(from: number, to: number, step = 1): void {
    const insert = driver().prepare(
      `insert into transactions (id, account_id, booked_on, amount_minor, kind, payee)
       values (?, ?, date('2020-01-01', '+' || ? || ' days'), ?, 'payment', ?)`,
    )
    driver().transaction(() => {
      for (let id = from; id <= to; id += step) insert.run(id, account(), Math.floor(id / 40), -id, `星巴克 n${id}x`)
    })()
  }
  const indexAll = (): number => {
    let blocks = 0
    while (indexNextBlock(calls.temporary.vault, readingOf)) blocks += 1
    return blocks
  }
  const found = async (text: string) => {
    const { transactions, count, countIsExact, behind } = await calls.call('search.query', { text, limit: 5 })
    return { ids: transactions.map(({ id }) => id), count, countIsExact, behind }
  }

  it('tells of everything at once after few changes, and says how far it is behind after many', async () => {
    fill(1, 2_000)
    expect(await found('xbk n1x')).toEqual({ ids: [1], count: 1, countIsExact: true, behind: 0 })
    fill(2_001, 5_000)
    const behind = await found('n4999x')
    expect(behind).toEqual({ ids: [4_999], count: 1, countIsExact: false, behind: 3_000 })
    expect((await found('"星巴克 n1x"')).ids).toEqual([])
    // a list is never behind
    expect(await calls.call('transaction.ids', { filter: { text: 'xbk n1x' } })).toEqual({ ids: [1], truncated: false })
    expect((await found('"星巴克 n1x"')).behind).toBe(0)
    indexAll()
    expect(await found('"星巴克 n1x"')).toEqual({ ids: [1], count: 1, countIsExact: true, behind: 0 })
  })

  it('goes on where it was stopped, block by block', async () => {
    fill(1, 3 * BLOCK_NUMBERS, 7)
    indexNextBlock(calls.temporary.vault, readingOf)
    const { path, dataKey } = calls.temporary
    // as after a kill: another connection finds one whole block and nothing half
    const other = openVault({ path, dataKey, access: 'write' })
    expect(other.driver.prepare('select count(*) from search_blocks').pluck().get()).toBe(1)
    expect(await searchIndexFaults(other)).toEqual([])
    while (indexNextBlock(other, readingOf));
    expect(other.driver.prepare('select count(*) from search_blocks').pluck().get()).toBe(3)
    await other.close()
    expect(countPending(calls.temporary.vault)).toBe(0)
    expect((await found(`n${BLOCK_NUMBERS * 2 + 1 - ((BLOCK_NUMBERS * 2) % 7)}x`)).count).toBe(1)
  })

  it('is written anew only where something has changed', () => {
    fill(1, 3 * BLOCK_NUMBERS, 9)
    indexAll()
    const versions = () => driver().prepare('select block, version from search_blocks order by block').all()
    const before = versions() as { block: number; version: number }[]
    driver().exec(`update transactions set memo = 'other' where id = 10`)
    expect(indexAll()).toBe(1)
    const after = versions() as { block: number; version: number }[]
    expect(after.slice(1)).toEqual(before.slice(1))
    expect(after[0]?.version).toBeGreaterThan(before[0]?.version ?? 0)
  })

  it('blocks that another version wrote are not read: the transactions are, until the blocks are made again', async () => {
    fill(1, 50)
    indexAll()
    driver().exec(
      `update search_state set format = '1 other'; update search_blocks set content = x'0011', version = 900`,
    )
    expect(await found('n7x')).toEqual({ ids: [7], count: 1, countIsExact: true, behind: 0 })
    expect(countPending(calls.temporary.vault)).toBe(50)
    expect(await searchIndexFaults(calls.temporary.vault)).toEqual([])
    expect(indexAll()).toBe(1)
    expect(await found('n7x')).toEqual({ ids: [7], count: 1, countIsExact: true, behind: 0 })
    expect(await searchIndexFaults(calls.temporary.vault)).toEqual([])
  })

  it('keeps nothing of what was deleted', () => {
    fill(1, 10)
    driver().exec(`update transactions set payee = 'Unforgettable Secret' where id = 3`)
    indexAll()
    const holds = () =>
      (driver().prepare('select content from search_blocks').pluck().all() as Buffer[]).some((content) =>
        content.includes('unforgettable'),
      )
    expect(holds()).toBe(true)
    driver().exec('delete from transactions where id = 3')
    indexAll()
    expect(holds()).toBe(false)
    driver().exec('delete from transactions')
    indexAll()
    expect(driver().prepare('select count(*) from search_blocks').pluck().get()).toBe(0)
  })

  it.each([
    ['a block that is gone', 'delete from search_blocks'],
    ['a block of other rows', `update transactions set payee = 'x'; delete from search_pending`],
    ['a row that nobody told of', `delete from transactions where id = 4; delete from search_pending`],
    ['a block that is no block', `update search_blocks set content = x'00112233'`],
  ])('verify finds %s, and rebuilding mends it', async (_, damage) => {
    fill(1, 20)
    indexAll()
    const failed = async () =>
      (await verifyVault(calls.temporary.vault)).filter(({ ok }) => !ok).map(({ check }) => check)
    expect(await failed()).not.toContain('search-index')
    driver().exec(damage)
    expect(await failed()).toContain('search-index')
    await calls.call('search.rebuild', {})
    indexAll()
    expect(await failed()).not.toContain('search-index')
  })

  it('pages follow one another over blocks whose days lie across one another', async () => {
    fill(1, 500)
    fill(BLOCK_NUMBERS + 1, BLOCK_NUMBERS + 500)
    driver().exec(`update transactions set booked_on = date('2021-01-01', '+' || (id % 8192) || ' days')`)
    indexAll()
    fill(3 * BLOCK_NUMBERS, 3 * BLOCK_NUMBERS + 50)
    const ids: number[] = []
    let after: OutputOf<'search.query'>['next'] = null
    for (;;) {
      const page: OutputOf<'search.query'> = await calls.call('search.query', { text: '星巴克', limit: 100, after })
      ids.push(...page.transactions.map(({ id }) => id))
      if (page.next === null) break
      after = page.next
    }
    const sql = 'select id from transactions order by booked_on desc, id desc'
    expect(ids).toEqual(driver().prepare(sql).pluck().all())
  })
})

it('readings of another version of the library make the index anew', () => {
  const { version } = JSON.parse(
    readFileSync(new URL('../../../node_modules/pinyin-pro/package.json', import.meta.url), 'utf8'),
  ) as { version: string }
  expect(version).toBe(PINYIN_VERSION)
})

it('a vault from before the index is migrated without reading its transactions, and indexed behind', async () => {
  const older = await vaultAtMigration('2026-11-25-rules')
  older.vault.driver.exec(
    `insert into accounts (id, name, kind, currency, created_at) values (1, 'Current', 'checking', 'EUR', 0);
     insert into transactions (id, account_id, booked_on, amount_minor, kind, payee) values (1, 1, '2026-01-05', -1, 'payment', 'Tea')`,
  )
  await older.migrateOn()
  expect(countPending(older.vault)).toBe(1)
  expect(indexNextBlock(older.vault, readingOf)).toBe(true)
  expect(indexNextBlock(older.vault, readingOf)).toBe(false)
  expect(await searchIndexFaults(older.vault)).toEqual([])
  await older.close()
})

it('the core indexes behind an import and tells when it has caught up', async () => {
  const temporary = startTemporaryCore()
  const caughtUp = new Promise<void>((resolve) => {
    temporary.core.subscribe((event) => {
      if (event.type === 'changed' && event.nouns.includes('search')) resolve()
    })
  })
  await temporary.call('vault.create', { passphrase, baseCurrency: 'CNY' })
  const lines = Array.from(
    { length: 400 },
    (_, index) => `2026-01-${String(1 + (index % 28)).padStart(2, '0')},星巴克 ${index}x,-${index + 1}.00`,
  )
  const text = `Date,Description,Amount,Currency\n${lines.join('\n')}\n`
  const { file } = await temporary.call('file.paste', { name: 'bank.csv', text })
  await temporary.call('import.commit', { files: [{ file }] })
  expect((await temporary.call('search.query', { text: 'xbk 399x' })).count).toBe(1)
  await caughtUp
  expect(await temporary.call('search.query', { text: 'xbk 399x' })).toMatchObject({ count: 1, behind: 0 })
  expect((await temporary.call('vault.verify', {})).ok).toBe(true)
  await temporary.close()
})
