import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMonths, parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from '../../../test/scenarios/test-calls.ts'
import { dumpUserTables } from '../changes/dump.ts'
import { seedDemo } from './seed-demo.ts'

const clock = (day: string) => ({ today: () => parseIsoDate(day), now: () => 1_795_000_000_000 })

let calls: TestCalls
beforeAll(async () => {
  calls = await openTestCalls('2026-11-23')
  seedDemo(calls.temporary.vault, clock('2026-11-23'))
})
afterAll(async () => {
  await calls.close()
})

describe('the sample household', () => {
  it('says of every account, institution, document and security that it is a sample', async () => {
    const life = await calls.call('life.get', {})
    const wealth = await calls.call('wealth.get', {})
    const { rows } = await calls.call('transaction.list', { filter: {}, limit: 500 })
    const names = [
      ...(await calls.call('account.list', {})).map(({ name }) => name),
      ...(await calls.call('institution.list', {})).map(({ name }) => name),
      ...life.documents.map(({ name }) => name),
      ...wealth.holdings.map(({ security }) => security.name),
      ...rows.map(({ payee }) => payee),
    ]
    for (const name of names) expect(name).toMatch(/示例.*sample/i)
  })

  it('fills every panel with figures that hold together', async () => {
    const accounts = await calls.call('account.list', {})
    const overview = await calls.call('overview.get', { range: '1y' })
    const credit = await calls.call('credit.get', {})
    const wealth = await calls.call('wealth.get', {})
    const life = await calls.call('life.get', {})
    const sum = accounts.reduce((total, { baseBalance }) => total + (baseBalance?.minor ?? Number.NaN), 0)
    expect(sum).toBe(overview.netWorth.netMinor)
    expect(overview.transactionCount).toBeGreaterThan(700)
    expect(overview.due.length).toBeGreaterThan(4)
    expect(wealth.holdings).toHaveLength(4)
    expect(wealth.holdings.every(({ value, cost, gain }) => value !== null && cost !== null && gain !== null)).toBe(
      true,
    )
    expect(credit.cards).toHaveLength(2)
    expect(credit.loans).toHaveLength(2)
    expect(life.homes).toHaveLength(1)
    // no account of the household is overdrawn, no debt is a credit
    for (const { side, balance, name } of accounts) {
      expect([name, side === 'asset' ? balance.minor >= 0 : balance.minor <= 0]).toEqual([name, true])
    }
    // what is owed is what the schedule leaves after the instalments that are past
    const mortgage = credit.loans.find(({ name }) => name.includes('mortgage'))
    const schedule = await calls.call('loan.schedule', { accountId: mortgage?.accountId ?? 0 })
    const paid = schedule.instalments.findLast(({ dueOn }) => dueOn <= '2026-11-23')
    expect(mortgage?.owed.minor).toBe(paid?.remainingMinor)
  })

  it('is the same for the same day, begins with nothing to undo, and can be made on any day', async () => {
    const again = await openTestCalls('2026-11-23')
    seedDemo(again.temporary.vault, clock('2026-11-23'))
    expect(dumpUserTables(again.temporary.vault)).toBe(dumpUserTables(calls.temporary.vault))
    expect(await again.call('history.get', {})).toEqual({ undo: null, redo: null })
    await again.close()
    for (const day of ['2028-02-29', '2026-12-31', '2027-01-01']) {
      const other = await openTestCalls(day)
      seedDemo(other.temporary.vault, clock(day))
      const { history } = await other.call('overview.get', { range: 'all' })
      expect((history[0]?.on ?? '') < addMonths(parseIsoDate(day), -17)).toBe(true)
      await other.close()
    }
  })
})
