import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from '../../../test/scenarios/test-calls.ts'
import { dumpUserTables } from '../changes/dump.ts'
import { verifyVault } from '../storage/verify-vault.ts'

let calls: TestCalls
let account: number
beforeEach(async () => {
  calls = await openTestCalls('2026-11-20')
  account = (
    await calls.call('account.create', { name: 'A', kind: 'checking', currency: 'CNY', openingMinor: 500_000 })
  ).id
})
afterEach(async () => {
  await calls.close()
})

const dump = (): string => dumpUserTables(calls.temporary.vault)
const category = async (key: string): Promise<number> => {
  const found = (await calls.call('category.list', {})).find((entry) => entry.key === key)
  if (found === undefined) throw new Error(key)
  return found.id
}
const pay = async (bookedOn: string, amountMinor: number, key: string | null): Promise<number> =>
  (
    await calls.call('transaction.create', {
      accountId: account,
      bookedOn: bookedOn,
      amountMinor,
      payee: 'P',
      categoryId: key === null ? null : await category(key),
    })
  ).id

async function undoable(work: () => Promise<unknown>): Promise<void> {
  const before = dump()
  await work()
  const after = dump()
  expect(after).not.toBe(before)
  await calls.call('history.undo', {})
  expect(dump()).toBe(before)
  await calls.call('history.redo', {})
  expect(dump()).toBe(after)
}

describe('budgets in a vault', () => {
  it('every change can be taken back and done again', async () => {
    const food = await category('food')
    const home = await category('home')
    await undoable(() =>
      calls.call('budget.start', {
        plan: { method: 'envelope', openingMinor: 500_000 },
        budgets: [{ categoryId: food, amountMinor: 100_000 }],
      }),
    )
    await undoable(() => calls.call('budget.set', { month: '2026-11', categoryId: home, amountMinor: 90_000 }))
    await undoable(() => calls.call('budget.move', { month: '2026-11', from: home, to: food, amountMinor: 10_000 }))
    await undoable(() => calls.call('budget.configure', { categoryId: food, rollover: 'both' }))
    await undoable(() => calls.call('budget.fill', { month: '2026-12', by: 'last-month' }))
    await undoable(() => calls.call('budget.savePlan', { alertPercent: 90 }))
    await undoable(() => calls.call('budget.remove', { categoryId: food }))
    expect((await verifyVault(calls.temporary.vault)).every(({ ok }) => ok)).toBe(true)
  })

  it('refunds lower what was spent, transfers are none of it, and income is no spending', async () => {
    const food = await category('food')
    const other = (await calls.call('account.create', { name: 'B', kind: 'savings', currency: 'CNY' })).id
    await calls.call('budget.start', { plan: {}, budgets: [{ categoryId: food, amountMinor: 100_000 }] })
    await pay('2026-11-02', -60_000, 'restaurants')
    await pay('2026-11-05', 15_000, 'restaurants')
    await pay('2026-11-06', 800_000, 'salary')
    const out = await pay('2026-11-07', -200_000, null)
    const into = (
      await calls.call('transaction.create', {
        accountId: other,
        bookedOn: '2026-11-07',
        amountMinor: 200_000,
        payee: 'P',
      })
    ).id
    await calls.call('transfer.link', { fromId: out, toId: into })
    await pay('2026-11-08', -3_000, null)
    const view = await calls.call('budget.get', {})
    // 600 − 150; 30 has no category
    expect(view.lines).toMatchObject([{ categoryId: food, spentMinor: 45_000, leftMinor: 55_000, usedShare: 4_500 }])
    // 450 in 20 of 30 days: 675
    expect(view.lines[0]?.projectedMinor).toBe(67_500)
    expect(view.outside).toEqual([{ categoryId: 0, spentMinor: 3_000 }])
    expect(view.incomeMinor).toBe(800_000)
  })

  it('months from the wage day on take their own days', async () => {
    const food = await category('food')
    await calls.call('budget.start', {
      plan: { startDay: 15 },
      budgets: [{ categoryId: food, amountMinor: 100_000 }],
    })
    await pay('2026-11-14', -10_000, 'food')
    await pay('2026-11-15', -20_000, 'food')
    await pay('2026-12-14', -30_000, 'food')
    const view = await calls.call('budget.get', {})
    expect([view.month, view.from, view.to, view.lines[0]?.spentMinor]).toEqual([
      '2026-11', '2026-11-15', '2026-12-14', 50_000,
    ]) // prettier-ignore
  })

  it('last month’s assignments are copied, the average of what was spent is taken, or all is emptied', async () => {
    const food = await category('food')
    calls.today = parseIsoDate('2026-09-10')
    await calls.call('budget.start', {
      plan: { method: 'envelope' },
      budgets: [{ categoryId: food, amountMinor: 700 }],
    })
    for (const [on, minor] of [['2026-09-11', -100], ['2026-10-11', -200], ['2026-11-11', -303]] as const) {
      await pay(on, minor, 'food')
    } // prettier-ignore
    const assigned = async (month: string) => (await calls.call('budget.get', { month })).lines[0]?.budgetedMinor
    await calls.call('budget.fill', { month: '2026-10', by: 'last-month' })
    expect(await assigned('2026-10')).toBe(700)
    // 603 ÷ 3
    await calls.call('budget.fill', { month: '2026-12', by: 'average' })
    expect(await assigned('2026-12')).toBe(201)
    await calls.call('budget.fill', { month: '2026-12', by: 'nothing' })
    expect(await assigned('2026-12')).toBe(0)
  })

  it('a changed base currency takes the amounts along at today’s rate; without a rate nothing is written', async () => {
    const food = await category('food')
    await calls.call('budget.start', { plan: {}, budgets: [{ categoryId: food, amountMinor: 80_000 }] })
    await calls.call('vaultSettings.set', { baseCurrency: 'EUR' })
    const without = await calls.call('budget.get', {})
    expect(without.lines[0]?.budgetedMinor).toBe(0)
    expect(without.notes).toContainEqual({ currency: 'CNY', usedRateOn: null })
    expect(await calls.fail('budget.set', { month: '2026-11', categoryId: food, amountMinor: 1 })).toBe('invalid-input')
    await calls.call('fx.set', { base: 'EUR', quote: 'CNY', on: '2026-11-20', rate: '8' })
    expect((await calls.call('budget.get', {})).lines[0]?.budgetedMinor).toBe(10_000)
    await calls.call('budget.set', { month: '2026-12', categoryId: food, amountMinor: 12_000 })
    await calls.call('fx.set', { base: 'EUR', quote: 'CNY', on: '2026-11-20', rate: '4' })
    expect((await calls.call('budget.get', {})).lines[0]?.budgetedMinor).toBe(10_000)
  })

  it('suggests from the middle of the last months and tells what is at hand', async () => {
    for (const [month, minor] of [['2026-08', 40_000], ['2026-09', 50_000], ['2026-10', 45_100]] as const) {
      await pay(`${month}-03`, -minor, 'groceries')
      await pay(`${month}-05`, 900_000, 'salary')
    } // prettier-ignore
    await pay('2026-11-03', -99_900, 'groceries')
    const card = (
      await calls.call('account.create', { name: 'C', kind: 'credit-card', currency: 'CNY', openingMinor: -70_000 })
    ).id
    expect(card).toBeGreaterThan(0)
    const { suggestions, atHandMinor, incomeMinor } = await calls.call('budget.suggest', {})
    expect(suggestions).toEqual([
      { categoryId: await category('food'), period: 'month', amountMinor: 46_000, months: 3, monthsSpent: 3 },
    ])
    // 500,000 − 135,100 + 2,700,000 − 99,900 − 70,000
    expect([atHandMinor, incomeMinor]).toEqual([2_895_000, 900_000])
  })

  it('refuses what is no budget', async () => {
    const [food, salary] = [await category('food'), await category('salary')]
    expect(await calls.fail('budget.set', { month: '2026-11', categoryId: salary, amountMinor: 1 })).toBe(
      'invalid-input',
    )
    expect(await calls.fail('budget.set', { month: '2026-11', categoryId: 999_999, amountMinor: 1 })).toBe('not-found')
    expect(await calls.fail('budget.set', { month: '2026-11', categoryId: food, amountMinor: -1 })).toBe(
      'invalid-input',
    )
    expect(await calls.fail('budget.set', { month: '2099-01', categoryId: food, amountMinor: 1 })).toBe('invalid-input')
    expect(await calls.fail('budget.remove', { categoryId: food })).toBe('not-found')
    expect(await calls.fail('budget.move', { month: '2026-11', from: null, to: food, amountMinor: 1 })).toBe(
      'invalid-input',
    )
  })

  it('near its end and used up a budget reminds on the day that it was, once', async () => {
    const food = await category('food')
    await calls.call('budget.start', { plan: {}, budgets: [{ categoryId: food, amountMinor: 100_000 }] })
    const told = async () =>
      (await calls.call('reminder.list', { includeDone: true })).reminders
        .filter(({ subject }) => subject.type === 'budget')
        .map(({ kind, on, amount }) => [kind, on, amount?.minor])
    await pay('2026-11-15', -79_999, 'restaurants')
    expect(await told()).toEqual([])
    await pay('2026-11-18', -1, 'restaurants')
    expect(await told()).toEqual([['budget-near', '2026-11-18', 80_000]])
    await pay('2026-11-19', -20_000, 'groceries')
    expect(await told()).toEqual([['budget-used-up', '2026-11-19', 100_000]])
  })
})
