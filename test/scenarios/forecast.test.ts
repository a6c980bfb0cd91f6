import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addMonths, daysBetween, type IsoDate, parseIsoDate } from '../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from './test-calls.ts'

/**
 * A household whose year can be counted by hand: 20,000.00 at hand on 2026-11-25, wages 12,000.00 on the 10th, rent
 * 4,500.00 on the 15th, both since December 2025, nothing else.
 */
const today = '2026-11-25' as IsoDate
let calls: TestCalls
let savings: number
let card: number

const add = (accountId: number, on: string, amountMinor: number, payee: string) =>
  calls.call('transaction.create', { accountId, bookedOn: parseIsoDate(on), amountMinor, payee })

const balanceOn = (forecast: Awaited<ReturnType<typeof get>>, on: string): number | undefined =>
  forecast.expectedMinor[daysBetween(today, parseIsoDate(on))]

const get = (query: Parameters<typeof calls.call<'forecast.get'>>[1] = {}) => calls.call('forecast.get', query)

beforeEach(async () => {
  calls = await openTestCalls(today)
  const account = (name: string, kind: string, openingMinor: number, more: object = {}) =>
    calls.call('account.create', {
      name,
      kind,
      currency: 'CNY',
      openingMinor,
      openingOn: parseIsoDate('2025-11-30'),
      ...more,
    })
  // twelve months of 12,000.00 − 4,500.00 = 90,000.00 come on top of this
  savings = (await account('Savings', 'savings', 2_000_000 - 9_000_000)).id
  card = (
    await account('Card', 'credit-card', 0, {
      terms: { card: { limitMinor: 2_000_000, statementDay: 5, due: { type: 'day', day: 23 } } },
    })
  ).id
  for (let month = 0; month < 12; month += 1) {
    await add(savings, addMonths(parseIsoDate('2025-12-10'), month), 1_200_000, 'Works')
    await add(savings, addMonths(parseIsoDate('2025-12-15'), month), -450_000, 'Landlord')
  }
  await calls.call('recurring.refresh', {})
})
afterEach(() => calls.close())

describe('a year of wages and rent', () => {
  it('comes to what is counted by hand, without a band', async () => {
    const forecast = await get()
    expect(forecast.days).toHaveLength(366)
    expect(balanceOn(forecast, '2026-11-25')).toBe(2_000_000)
    expect(balanceOn(forecast, '2026-12-09')).toBe(2_000_000)
    expect(balanceOn(forecast, '2026-12-10')).toBe(3_200_000)
    expect(balanceOn(forecast, '2026-12-15')).toBe(2_750_000)
    // 20,000 + 12 × 7,500 = 110,000
    expect(balanceOn(forecast, '2027-11-25')).toBe(11_000_000)
    expect(forecast.accounts.find(({ accountId }) => accountId === savings)).toMatchObject({
      belowOn: null,
      floorMinor: 0,
      floorSet: false,
    })
    expect(forecast.events.slice(0, 2).map(({ on, name, amount }) => [on, name, amount.minor])).toEqual([
      ['2026-12-10', 'Works', 1_200_000],
      ['2026-12-15', 'Landlord', -450_000],
    ])
  })

  it('without the wages the rent uses it up on 15 April: 20,000 − 5 × 4,500 < 0', async () => {
    const { items } = await calls.call('recurring.list', {})
    const wages = items.find(({ name }) => name === 'Works')?.key ?? ''
    const forecast = await get({ without: [wages] })
    expect(forecast.accounts.find(({ accountId }) => accountId === savings)?.belowOn).toBe('2027-04-15')
  })

  it('a floor of the user is kept, undone, and judged by', async () => {
    await calls.call('forecast.setFloor', { accountId: savings, floorMinor: 2_500_000 })
    const of = async () => (await get()).accounts.find(({ accountId }) => accountId === savings)
    expect(await of()).toMatchObject({ floorMinor: 2_500_000, floorSet: true, belowOn: '2026-11-26' })
    await calls.call('history.undo', {})
    expect(await of()).toMatchObject({ floorMinor: 0, floorSet: false, belowOn: null })
  })

  it('what is tried out counts and is not kept', async () => {
    const extra = [
      { name: 'Trip', accountId: savings, amountMinor: -3_000_000, on: parseIsoDate('2026-12-01'), period: null },
    ]
    const forecast = await get({ extra })
    expect(balanceOn(forecast, '2026-12-01')).toBe(-1_000_000)
    expect(forecast.accounts[0]?.belowOn).toBe('2026-12-01')
    expect(balanceOn(await get(), '2026-12-01')).toBe(2_000_000)
  })

  it('what a card owes leaves the account that pays it on the day it is due', async () => {
    const paid = await add(savings, '2026-11-23', -100_000, 'Card payment')
    const received = await add(card, '2026-11-23', 100_000, 'Payment, thank you')
    await calls.call('transfer.link', { fromId: paid.id, toId: received.id })
    // 1,000.00 paid, 3,300.00 bought: 2,300.00 are owed at the statement of 5 December, due on the 23rd
    await add(card, '2026-11-24', -330_000, 'Shop')
    const forecast = await get({ accountId: savings })
    const payment = forecast.events.find(({ kind }) => kind === 'card')
    expect(payment).toMatchObject({ on: '2026-12-23', name: 'Card' })
    // 2,300.00, and what the card's everyday spending of one purchase in a year adds until the statement
    expect(-(payment?.amount.minor ?? 0)).toBeGreaterThanOrEqual(230_000)
    expect(-(payment?.amount.minor ?? 0)).toBeLessThan(260_000)
  })

  it('a dismissed series is not planned, but learnt from as spending', async () => {
    const { items } = await calls.call('recurring.list', {})
    await calls.call('recurring.decide', {
      key: items.find(({ name }) => name === 'Landlord')?.key ?? '',
      status: 'dismissed',
    })
    const forecast = await get()
    expect(forecast.events.some(({ name }) => name === 'Landlord')).toBe(false)
    // 12 × 4,500 over the year before come again as everyday spending, within a tenth
    const end = forecast.expectedMinor.at(-1) ?? 0
    expect(Math.abs(end - 11_000_000)).toBeLessThan(600_000)
  })

  it('cards that buy one thing only, and what does not count in net worth, are not money at hand', async () => {
    const create = (name: string, kind: string, minor: number) =>
      calls.call('account.create', {
        name,
        kind,
        currency: 'CNY',
        openingMinor: minor,
        openingOn: parseIsoDate('2025-11-30'),
      })
    // none of these pays a rent: 120.00 + 300.00 + 500.00 + 700.00 + 1,000.00
    const fares = await create('Fares', 'transit-card', 12_000)
    await create('Canteen', 'meal-card', 30_000)
    await create('Gift', 'gift-card', 50_000)
    await create('Prepaid', 'prepaid-card', 70_000)
    const club = await create('Club', 'savings', 100_000)
    await calls.call('account.update', { id: club.id, patch: { inNetWorth: false } })
    // these do: 40.00 in the purse and 600.00 in Yu’e Bao
    await create('Purse', 'cash', 4_000)
    await create('Pot', 'yuebao', 60_000)
    const forecast = await get()
    // 20,000 + 40 + 600 today; in a year 110,000 + 40 + 600
    expect(balanceOn(forecast, '2026-11-25')).toBe(2_064_000)
    expect(balanceOn(forecast, '2027-11-25')).toBe(11_064_000)
    const counted = (id: number) => forecast.accounts.find(({ accountId }) => accountId === id)?.counted
    expect([fares.id, club.id, savings].map(counted)).toEqual([false, false, true])
    // its own line is its own money
    expect(balanceOn(await get({ accountId: fares.id }), '2026-11-25')).toBe(12_000)
    // the same rule as the emergency fund, less the card, which owes nothing
    expect((await calls.call('check.emergencyFund', {})).cashMinor).toBe(2_064_000)
    // and as the plan of budgets
    expect((await calls.call('budget.suggest', {})).atHandMinor).toBe(2_064_000)
  })

  it('an account that is no money at hand has none', async () => {
    expect(await calls.fail('forecast.get', { accountId: 999 })).toBe('not-found')
  })
})
