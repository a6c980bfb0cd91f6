import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestCalls, type TestCalls } from '../../../../test/scenarios/test-calls.ts'

/**
 * What the panels ask all the time must not walk through the transactions: every statement these calls run is looked at
 * with "explain query plan".
 */
let calls: TestCalls
beforeAll(async () => {
  calls = await openTestCalls()
  for (const name of ['a', 'b', 'c']) {
    const { id } = await calls.call('account.create', {
      name,
      kind: 'checking',
      currency: 'CNY',
      openingOn: '2026-01-01',
    })
    for (let day = 10; day < 28; day += 1) {
      await calls.call('transaction.create', { accountId: id, bookedOn: `2026-10-${day}`, amountMinor: day })
    }
  }
})
afterAll(async () => {
  await calls.close()
})

/** The plan lines on `transactions` of every statement that the work runs. */
async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
  const { driver } = calls.temporary.vault
  const texts = new Set<string>()
  const prepare = driver.prepare.bind(driver)
  // statements are prepared once for each connection; a fresh list of them shows all that this call uses
  const spied = Object.assign(Object.create(driver) as typeof driver, {
    prepare: (sql: string) => {
      texts.add(sql)
      return prepare(sql)
    },
  })
  const vault = calls.temporary.vault as { driver: typeof driver }
  vault.driver = spied
  try {
    await work()
  } finally {
    vault.driver = driver
  }
  const lines: string[] = []
  for (const sql of texts) {
    const numbered = sql.includes('?1')
    const count = (sql.match(/\?/g) ?? []).length
    const parameters = Array.from({ length: count }, () => '[1]')
    const statement = prepare(`explain query plan ${sql}`)
    const rows = numbered
      ? statement.all(Object.fromEntries(parameters.map((value, index) => [index + 1, value])))
      : statement.all(...parameters)
    for (const { detail } of rows as { detail: string }[]) {
      if (/\btransactions\b/.test(detail)) lines.push(detail)
    }
  }
  return lines
}

describe('hot calls never scan the transactions', () => {
  it.each([
    ['account.list', () => calls.call('account.list', {})],
    ['overview.get, by day', () => calls.call('overview.get', { range: '3m' })],
    ['overview.get, by month', () => calls.call('overview.get', { range: 'all' })],
    ['netWorth.on', () => calls.call('netWorth.on', { on: '2026-10-17' })],
    ['wealth.get', () => calls.call('wealth.get', {})],
    ['credit.get', () => calls.call('credit.get', {})],
    ['life.get', () => calls.call('life.get', {})],
    ['transaction.list of an account', () => calls.call('transaction.list', { filter: { accountIds: [2] }, limit: 5 })],
    [
      'transaction.list from the far end',
      () => calls.call('transaction.list', { filter: { accountIds: [2] }, offset: 15 }),
    ],
    [
      'transaction.list of two accounts',
      () => calls.call('transaction.list', { filter: { accountIds: [1, 2] }, limit: 5 }),
    ],
    ['transaction.sums of an account', () => calls.call('transaction.sums', { filter: { accountIds: [2] } })],
    ['search.query', () => calls.call('search.query', { text: 'tea >5 category:food 2026' })],
    ['transaction.list of a search', () => calls.call('transaction.list', { filter: { text: 'tea' } })],
    ['transfer.candidates', () => calls.call('transfer.candidates', { transactionId: 3 })],
  ])('%s', async (_, work) => {
    for (const line of await plansOf(work)) expect(line).toMatch(/^SEARCH /)
  })

  it('transaction.list of everything reads its page in the order of an index, without sorting', async () => {
    const lines = await plansOf(() => calls.call('transaction.list', { filter: {}, limit: 5 }))
    for (const line of lines) expect(line).toMatch(/^SEARCH |USING COVERING INDEX transactions_booked/)
  })

  it('the days of a month come from the covering index', async () => {
    const lines = await plansOf(() => calls.call('netWorth.on', { on: '2026-10-17' }))
    const days = lines.filter((line) => line.includes('booked_on>'))
    expect(days.length).toBeGreaterThan(0)
    for (const line of days) expect(line).toContain('USING COVERING INDEX transactions_account')
  })
})
