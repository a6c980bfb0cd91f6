import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from './test-calls.ts'

/**
 * The family household budgets by envelopes from 1 September 2026; two adults own the joint account by halves.
 *
 * By hand (CNY; 1 EUR = 8.00 CNY on every day):
 *   at the start 10,000. September: salary 20,000; food 3,000 assigned, spent 2,500 less a refund of 300 = 2,200;
 *   home 8,000 assigned, spent 8,400, not carried; fun without an envelope 500, and 50 EUR = 400 more.
 *     left to assign = 10,000 + 20,000 − 11,000 − 900 = 18,100; food holds 800, home −400
 *   October: salary 20,000; food 3,000, home 8,000; spent food 3,100, home 8,000; card paid (a transfer) 5,000
 *     left to assign = 18,100 − 400 (home) + 20,000 − 11,000 = 26,700; food 800 + 3,000 − 3,100 = 700, home 0
 *   All in all 26,700 + 700 = 27,400 = 10,000 + 40,000 − (2,200 + 8,400 + 900 + 11,100).
 *
 *   Joint account at one bank: 1,200,000 by halves; mother alone has 100,000 there. China pays 500,000 to each:
 *     mother 600,000 + 100,000: 200,000 not covered; father 600,000: 100,000 not covered.
 */
let calls: TestCalls
const day = parseIsoDate

beforeAll(async () => {
  calls = await openTestCalls('2026-10-20')
  const categories = await calls.call('category.list', {})
  const category = (key: string): number => categories.find((entry) => entry.key === key)?.id ?? 0
  const account = async (name: string, kind: string, openingMinor: number, more: object = {}) =>
    (await calls.call('account.create', { name, kind, currency: 'CNY', openingMinor, ...more })).id
  const everyday = await account('everyday', 'checking', 1_000_000)
  const card = await account('card', 'credit-card', -500_000)
  const euro = await account('euro', 'e-wallet', 100_000, { currency: 'EUR' })
  await calls.call('fx.set', { base: 'EUR', quote: 'CNY', on: day('2026-08-01'), rate: '8' })
  const book = async (accountId: number, bookedOn: string, amountMinor: number, key: string | null) =>
    (
      await calls.call('transaction.create', {
        accountId,
        bookedOn: day(bookedOn),
        amountMinor,
        payee: 'P',
        categoryId: key === null ? null : category(key),
      })
    ).id
  await calls.call('budget.start', {
    plan: { method: 'envelope', startsOn: day('2026-09-01'), openingMinor: 1_000_000 },
    budgets: [],
  })
  for (const month of ['2026-09', '2026-10']) {
    await calls.call('budget.set', { month, categoryId: category('food'), amountMinor: 300_000 })
    await calls.call('budget.set', { month, categoryId: category('home'), amountMinor: 800_000 })
    await book(everyday, `${month}-10`, 2_000_000, 'salary')
  }
  await book(everyday, '2026-09-11', -250_000, 'restaurants')
  await book(everyday, '2026-09-14', 30_000, 'restaurants')
  await book(everyday, '2026-09-01', -840_000, 'rent')
  await book(everyday, '2026-09-20', -50_000, 'leisure')
  await book(euro, '2026-09-21', -5_000, 'travel')
  await book(everyday, '2026-10-02', -310_000, 'groceries')
  await book(everyday, '2026-10-01', -800_000, 'rent')
  const fromId = await book(everyday, '2026-10-05', -500_000, null)
  await calls.call('transfer.link', { fromId, toId: await book(card, '2026-10-05', 500_000, null) })

  const mother = (await calls.call('person.create', { name: 'mother' })).id
  const father = (await calls.call('person.create', { name: 'father' })).id
  const joint = await account('joint', 'savings', 120_000_000, { institution: 'Sample Bank' })
  const alone = await account('alone', 'deposit', 10_000_000, { institution: 'Sample Bank' })
  const half = [mother, father].map((personId) => ({ personId, share: 5_000 }))
  await calls.call('person.setOwners', { accountIds: [joint], owners: half })
  await calls.call('person.setOwners', { accountIds: [alone], owners: [{ personId: mother, share: 10_000 }] })
})
afterAll(async () => {
  await calls.close()
})

describe('the family household', () => {
  it('has in envelopes and to assign what it began with plus income less spending', async () => {
    const september = await calls.call('budget.get', { month: '2026-09' })
    expect(september.toAssign).toMatchObject({ leftMinor: 1_810_000, incomeMinor: 2_000_000, outsideMinor: 90_000 })
    expect(september.lines.map(({ spentMinor, leftMinor }) => [spentMinor, leftMinor])).toEqual([
      [220_000, 80_000],
      [840_000, -40_000],
    ])
    const october = await calls.call('budget.get', { month: '2026-10' })
    expect(october.toAssign).toMatchObject({ settledMinor: -40_000, leftMinor: 2_670_000 })
    expect(october.lines.map(({ carriedMinor, leftMinor }) => [carriedMinor, leftMinor])).toEqual([
      [80_000, 70_000],
      [0, 0],
    ])
  })

  it('knows what each of them would get back from the bank', async () => {
    const { covers } = await calls.call('check.depositInsurance', {})
    expect(
      covers.map(({ balanceMinor, coveredMinor, uncoveredMinor }) => [balanceMinor, coveredMinor, uncoveredMinor]),
    ).toEqual([
      [70_000_000, 50_000_000, 20_000_000],
      [60_000_000, 50_000_000, 10_000_000],
    ])
  })
})
