import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestCalls, type TestCalls } from '../../../test/scenarios/test-calls.ts'
import { parseDecimal } from '../../../shared/domain/decimal.ts'
import { addMonths, parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { dumpUserTables } from '../changes/dump.ts'

const day = parseIsoDate
let calls: TestCalls
beforeEach(async () => {
  calls = await openTestCalls('2026-11-20')
})
afterEach(async () => {
  await calls.close()
})

const category = async (key: string): Promise<number> => {
  const found = (await calls.call('category.list', {})).find((entry) => entry.key === key)
  if (found === undefined) throw new Error(key)
  return found.id
}
const account = async (name: string, kind: string, openingMinor: number, institution?: string): Promise<number> =>
  (
    await calls.call('account.create', {
      name,
      kind,
      currency: 'CNY',
      openingMinor,
      ...(institution === undefined ? {} : { institution }),
    })
  ).id
const pay = async (accountId: number, on: string, amountMinor: number, payee: string, key?: string): Promise<number> =>
  (
    await calls.call('transaction.create', {
      accountId,
      bookedOn: day(on),
      amountMinor,
      payee,
      ...(key === undefined ? {} : { categoryId: await category(key) }),
    })
  ).id

describe('the emergency fund', () => {
  it('is money at hand less cards over the middle of essential months', async () => {
    const bank = await account('A', 'checking', 5_000_000)
    await account('F', 'money-fund', 1_000_000)
    await account('D', 'deposit', 9_000_000)
    await account('C', 'credit-card', -400_000)
    for (const [month, minor] of [['08', 300_000], ['09', 500_000], ['10', 400_000]] as const) {
      await pay(bank, `2026-${month}-02`, -minor, 'Market', 'groceries')
      await pay(bank, `2026-${month}-03`, -999_999, 'Cinema', 'leisure')
    } // prettier-ignore
    const fund = await calls.call('check.emergencyFund', {})
    // 5,000,000 − 1,200,000 − 2,999,997 = 800,003 at once, 1,000,000 within days, 400,000 owed
    expect(fund).toMatchObject({
      cashMinor: 800_003,
      daysMinor: 1_000_000,
      cardsMinor: 400_000,
      liquidMinor: 1_400_003,
      spendingMinor: 400_000,
      instalmentsMinor: 0,
      months: 3,
      // 1,400,003 ÷ 400,000 = 3.50
      lastsTenths: 35,
    })
  })

  it('of a household without history is not known', async () => {
    expect((await calls.call('check.emergencyFund', {})).lastsTenths).toBeNull()
  })
})

describe('unusual spending', () => {
  it('is found, called right, remembered, and asked again by undo', async () => {
    const bank = await account('A', 'checking', 90_000_000)
    for (let back = 12; back >= 1; back -= 1) {
      const month = addMonths(day('2026-11-05'), -back)
      await pay(bank, month, -10_000 - back * 100, 'Power', 'electricity')
      await pay(bank, month, -5_000, 'Bakery', 'groceries')
    }
    const high = await pay(bank, '2026-11-05', -45_000, 'Power', 'electricity')
    const first = await pay(bank, '2026-11-10', -30_000, 'Hotel')
    const second = await pay(bank, '2026-11-11', -30_000, 'Hotel')
    await pay(bank, '2026-11-12', -5_000, 'Bakery', 'groceries')
    const findings = async () => (await calls.call('check.anomalies', {})).findings
    const found = await findings()
    expect(found.map(({ kind, transactionId, earlierId }) => [kind, transactionId, earlierId])).toEqual([
      ['charged-twice', second, first],
      ['unusual-payee', high, null],
    ])
    // the middle of 10,100 … 11,200
    expect(found[1]?.usual?.minor).toBe(10_650)
    const before = dumpUserTables(calls.temporary.vault)
    await calls.call('check.dismiss', { key: `charged-twice:${second}`, dismissed: true })
    expect((await findings()).map(({ kind, dismissed }) => [kind, dismissed])).toEqual([
      ['unusual-payee', false],
      ['charged-twice', true],
    ])
    await calls.call('history.undo', {})
    expect(dumpUserTables(calls.temporary.vault)).toBe(before)
  })
})

describe('deposit insurance', () => {
  it('adds a depositor’s accounts at a bank, names what is not covered, and tells what it cannot know', async () => {
    await account('Current', 'checking', 30_000_000, '中国工商银行')
    await account('Time', 'deposit', 40_000_000, '工商银行')
    await account('Elsewhere', 'savings', 10_000_000, 'Some bank')
    await account('Nowhere', 'savings', 700_000)
    await account('Fund', 'money-fund', 2_000_000, '中国工商银行')
    await account('Overdrawn', 'checking', -5_000, '中国工商银行')
    await account('Broker', 'brokerage', 3_000_000, 'Some broker')
    const view = await calls.call('check.depositInsurance', {})
    expect(
      view.covers.map(({ balanceMinor, coveredMinor, uncoveredMinor, assumed }) => [
        balanceMinor,
        coveredMinor,
        uncoveredMinor,
        assumed,
      ]),
    ).toEqual([
      [70_000_000, 50_000_000, 20_000_000, false],
      [10_000_000, 10_000_000, 0, true],
    ])
    expect([view.depositsMinor, view.coveredMinor, view.uncoveredMinor]).toEqual([80_000_000, 60_000_000, 20_000_000])
    expect(view.unknown.map(({ name }) => name)).toEqual(['Nowhere'])
    expect(view.notInsured.map(({ name }) => name)).toEqual(['Fund'])
    expect(view.securities.map(({ name, scheme }) => [name, scheme])).toEqual([['Broker', 'cn-securities-fund']])
  })

  it('banks that the user says are one have one limit', async () => {
    await account('A', 'checking', 40_000_000, 'One')
    await account('B', 'checking', 40_000_000, 'Two')
    const ids = (await calls.call('account.list', {})).flatMap(({ institution }) => institution?.id ?? [])
    expect((await calls.call('check.depositInsurance', {})).uncoveredMinor).toBe(0)
    await calls.call('check.saveSettings', { sameBank: [ids] })
    expect((await calls.call('check.depositInsurance', {})).uncoveredMinor).toBe(30_000_000)
  })
})

describe('idle cash', () => {
  it('is what lay untouched for half a year, beside the user’s own rate', async () => {
    const bank = await account('A', 'savings', 10_000_000)
    await pay(bank, '2026-08-10', -4_000_000, 'Out')
    await pay(bank, '2026-10-10', 5_000_000, 'In')
    await calls.call('check.saveSettings', { referenceRate: parseDecimal('0.02') })
    const view = await calls.call('check.idleCash', {})
    // the least was 60,000.00; 2 % of it is 1,200.00
    expect(view.accounts).toMatchObject([
      { idle: { minor: 6_000_000 }, earned: { minor: 0 }, differenceMinor: 120_000 },
    ])
    expect([view.idleMinor, view.differenceMinor]).toEqual([6_000_000, 120_000])
    expect(view.rates).toMatchObject([{ own: true, confirmed: true }])
    expect(await calls.fail('check.saveSettings', { referenceRate: parseDecimal('1.5') })).toBe('invalid-input')
  })

  it('without a rate of the user’s takes the table’s and says that it is not confirmed', async () => {
    await account('A', 'savings', 10_000_000)
    expect((await calls.call('check.idleCash', {})).rates).toMatchObject([{ own: false, confirmed: false }])
  })
})
