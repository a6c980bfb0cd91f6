import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDecimal } from '../../../shared/domain/decimal.ts'
import { addMonths, parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from '../../../test/scenarios/test-calls.ts'

/**
 * On 2026-11-20, in CNY; 1 USD = 7.00.
 *
 *                               whole      Anna      Bert
 *   Anna's current account  400,000.00  400,000.00
 *   joint savings, 60/40    500,000.01  300,000.01  200,000.00   (300,000.006 and 200,000.004: the cent is Anna's)
 *   Bert's WeChat balance     6,000.00                6,000.00
 *   a tin of cash, nobody's   1,000.01      500.01      500.00
 *   joint card, 60/40        −1,000.00     −600.00     −400.00
 *   Bert's credit union     USD 300,000             2,100,000.00 (a deposit in the United States, in its own currency)
 *   Groceries 3,000.00 a month, August to October, of the joint savings: Anna 1,800.00, Bert 1,200.00
 */
let calls: TestCalls
let anna = 0
let bert = 0
beforeAll(async () => {
  calls = await openTestCalls('2026-11-20')
  anna = (await calls.call('person.create', { name: 'Anna' })).id
  bert = (await calls.call('person.create', { name: 'Bert' })).id
  await calls.call('fx.set', { base: 'USD', quote: 'CNY', on: parseIsoDate('2026-01-01'), rate: '7' })
  const both = [{ personId: anna, share: 6_000 }, { personId: bert, share: 4_000 }] // prettier-ignore
  const make = async (name: string, kind: string, openingMinor: number, more: object) =>
    (await calls.call('account.create', { name, kind, currency: 'CNY', openingMinor, ...more })).id
  const whole = (personId: number) => [{ personId, share: 10_000 }]
  await make('current', 'checking', 40_000_000, { institution: '工商银行', owners: whole(anna) })
  // 9,000.00 are spent of it below
  const savings = await make('savings', 'savings', 50_900_001, { institution: '中国工商银行', owners: both })
  await make('wechat', 'wechat-balance', 600_000, { institution: '微信支付', owners: whole(bert) })
  await make('tin', 'cash', 100_001, {})
  await make('card', 'credit-card', -100_000, { owners: both })
  await make('union', 'savings', 30_000_000, {
    currency: 'USD',
    institution: 'Navy Federal Credit Union',
    owners: whole(bert),
  })
  const groceries = (await calls.call('category.list', {})).find(({ key }) => key === 'groceries')?.id ?? 0
  for (let month = 0; month < 3; month += 1) {
    const bookedOn = addMonths(parseIsoDate('2026-08-03'), month)
    await calls.call('transaction.create', {
      accountId: savings, bookedOn, amountMinor: -300_000, payee: 'Market', categoryId: groceries,
    }) // prettier-ignore
  }
  for (const bookedOn of ['2026-11-10', '2026-11-11']) {
    await calls.call('transaction.create', {
      accountId: savings, bookedOn: parseIsoDate(bookedOn), amountMinor: -30_000, payee: 'Hotel',
    }) // prettier-ignore
  }
})
afterAll(() => calls.close())

describe('the checks of a person', () => {
  it('the emergency fund is their part of money at hand and of what is essential', async () => {
    const fund = (person: number | null) => calls.call('check.emergencyFund', { person })
    // the hotel took 600.00 of the savings: 499,400.01, of which Anna has 299,640.006 and Bert 199,760.004
    // Anna: 400,000.00 + 299,640.01 + 500.01 = 700,140.02; − 600.00
    const hers = await fund(anna)
    expect(hers).toMatchObject({ cashMinor: 70_014_002, daysMinor: 0, cardsMinor: 60_000, spendingMinor: 180_000 })
    // 699,540.02 ÷ 1,800.00 = 388.6
    expect(hers.lastsTenths).toBe(3_886)
    // Bert: 199,760.00 + 6,000.00 + 500.00 + 2,100,000.00
    const his = await fund(bert)
    expect(his).toMatchObject({ cashMinor: 230_626_000, cardsMinor: 40_000, spendingMinor: 120_000 })
    const all = await fund(null)
    expect(all.cashMinor).toBe(hers.cashMinor + his.cashMinor)
    expect(all.spendingMinor).toBe(300_000)
    expect(his.accounts.map(({ name, part }) => [name, part?.weight, part?.of])).toContainEqual([
      'savings',
      4_000,
      10_000,
    ])
  })

  it('deposit insurance: a limit for each of them at each bank, joint money by their share', async () => {
    const of = (person: number | null) => calls.call('check.depositInsurance', { person })
    const rows = async (person: number | null) =>
      (await of(person)).covers.map(({ scheme, personId, balanceMinor, coveredMinor, uncoveredMinor }) => [
        scheme,
        personId,
        balanceMinor,
        coveredMinor,
        uncoveredMinor,
      ])
    // China: 400,000.00 + 299,640.01 against 500,000.00
    expect(await rows(anna)).toEqual([['cn-deposit', anna, 69_964_001, 50_000_000, 19_964_001]])
    // a credit union is insured by the NCUA: 300,000 against 250,000 dollars
    expect(await rows(bert)).toEqual([
      ['us-ncua', bert, 30_000_000, 25_000_000, 5_000_000],
      ['cn-deposit', bert, 19_976_000, 19_976_000, 0],
    ])
    const [all, hers, his] = [await of(null), await of(anna), await of(bert)]
    expect(all.covers).toHaveLength(3)
    expect(all.depositsMinor).toBe(hers.depositsMinor + his.depositsMinor)
    expect(all.uncoveredMinor).toBe(hers.uncoveredMinor + his.uncoveredMinor)
    // 50,000 dollars at 7.00
    expect(his.uncoveredMinor).toBe(35_000_000)
    expect([hers.notInsured.length, his.notInsured.map(({ name }) => name)]).toEqual([0, ['wechat']])
  })

  it('idle cash is found on the whole account and shared', async () => {
    await calls.call('check.saveSettings', { referenceRate: parseDecimal('0.02') })
    const of = (person: number | null) => calls.call('check.idleCash', { person })
    const [all, hers, his] = [await of(null), await of(anna), await of(bert)]
    expect(all.idleMinor).toBe(hers.idleMinor + his.idleMinor)
    expect(all.differenceMinor).toBe(hers.differenceMinor + his.differenceMinor)
    // 60 % of 499,400.01
    expect(hers.accounts.find(({ name }) => name === 'savings')?.idle.minor).toBe(29_964_001)
    expect(hers.accounts.map(({ name }) => name)).not.toContain('wechat')
    // notes and coins earn nothing anywhere
    expect(all.accounts.map(({ name }) => name)).not.toContain('tin')
  })

  it('what stands out is what stands out for the household, on accounts that are in part theirs, whole', async () => {
    const of = async (person: number | null) =>
      (await calls.call('check.anomalies', { person })).findings.map(({ kind, amount }) => [kind, amount.minor])
    expect(await of(null)).toEqual([['charged-twice', 30_000]])
    expect(await of(anna)).toEqual([['charged-twice', 30_000]])
    const child = (await calls.call('person.create', { name: 'Cleo', role: 'child' })).id
    expect(await of(child)).toEqual([])
    expect((await calls.call('check.emergencyFund', { person: child })).cashMinor).toBe(0)
    await calls.call('history.undo', {})
  })

  it('somebody who is not there has none', async () => {
    expect(await calls.fail('check.emergencyFund', { person: 99 })).toBe('not-found')
    expect(await calls.fail('check.depositInsurance', { person: 99 })).toBe('not-found')
    expect(await calls.fail('check.idleCash', { person: 99 })).toBe('not-found')
    expect(await calls.fail('check.anomalies', { person: 99 })).toBe('not-found')
  })
})
