import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestCalls, type TestCalls } from './test-calls.ts'

/**
 * The family household: a home with a mortgage, a car, funds and shares, an account in euros.
 *
 * By hand, at the end of 2026-11-23, with 1 EUR = 8.00 CNY = 1.25 USD (so 1 USD = 6.40 CNY):
 *   checking                                                         85,000.00
 *   euro account        2,000.00 EUR × 8.00                          16,000.00
 *   brokerage (USD)     cash 10,000 − 4,010 − 2,105 + 1,595 = 5,480.00 USD
 *                       20 + 10 − 10 = 20 shares × 180.00  = 3,600.00 USD
 *                       9,080.00 USD × 6.40                          58,112.00
 *   home                latest value                              4,200,000.00
 *   car                 bought for 180,000, no later value          180,000.00
 *   assets                                                        4,539,112.00
 *   mortgage                                                      1,000,000.00
 *   net worth                                                     3,539,112.00
 */
let calls: TestCalls
let home: number
let car: number
let mortgage: number
let brokerage: number

beforeAll(async () => {
  calls = await openTestCalls('2026-11-23')
  const account = async (name: string, kind: string, openingMinor: number, more: object = {}) =>
    (await calls.call('account.create', { name, kind, currency: 'CNY', openingMinor, ...more })).id
  await account('checking', 'checking', 8_500_000)
  await account('euro', 'savings', 200_000, { currency: 'EUR' })
  brokerage = await account('brokerage', 'brokerage', 1_000_000, { currency: 'USD' })
  mortgage = await account('mortgage', 'mortgage', -100_000_000, {
    terms: {
      loan: {
        principalMinor: 100_000_000,
        annualRate: '0.042',
        months: 360,
        firstDueOn: '2026-09-20',
        method: 'equal-principal',
      },
    },
  })
  const facts = {
    address: '示例路 1 号',
    areaSquareMetres: '89.5',
    purchasedOn: '2020-05-01',
    purchaseMinor: 380_000_000,
  }
  const saved = await calls.call('home.save', {
    name: 'home',
    currency: 'CNY',
    value: { on: '2024-01-01', minor: 450_000_000 },
    facts: { ...facts, mortgageAccountId: mortgage },
  })
  home = saved.id
  await calls.call('home.save', {
    accountId: home,
    name: 'home',
    currency: 'CNY',
    value: { on: '2026-10-01', minor: 420_000_000 },
    facts: { ...facts, mortgageAccountId: mortgage },
  })
  const vehicle = await calls.call('vehicle.save', {
    name: 'car',
    currency: 'CNY',
    facts: {
      plate: '沪A00000',
      registeredOn: '2025-03-01',
      purchaseMinor: 18_000_000,
      inspectionDueOn: '2027-03-31',
      insuranceDueOn: '2027-02-28',
    },
  })
  car = vehicle.id
  await calls.call('document.create', { kind: 'passport', name: 'passport', expiresOn: '2026-12-20', holder: 'A' })
  await calls.call('document.create', { kind: 'property-certificate', name: 'deed', accountId: home })
  await calls.call('document.create', { kind: 'warranty', name: 'long gone', expiresOn: '2025-01-01' })
  await calls.call('fx.set', { base: 'EUR', quote: 'CNY', on: '2026-11-23', rate: '8' })
  await calls.call('fx.set', { base: 'EUR', quote: 'USD', on: '2026-11-23', rate: '1.25' })
  await tradeShares()
})
afterAll(async () => {
  await calls.close()
})

/** What a broker's statement brings; there is no channel to enter trades by hand yet. */
async function tradeShares(): Promise<void> {
  const { driver } = calls.temporary.vault
  driver.prepare(`insert into securities (id, name, symbol, class) values (1, 'Sample shares', 'SMPL', 'equity')`).run()
  for (const [bookedOn, amountMinor, kind, quantity, price] of [
    ['2026-02-02', -401_000, 'buy', '20', '200'],
    ['2026-03-02', -210_500, 'buy', '10', '210'],
    ['2026-04-02', 159_500, 'sell', '-10', '160'],
  ] as const) {
    const { id } = await calls.call('transaction.create', { accountId: brokerage, bookedOn, amountMinor, kind })
    driver
      .prepare(
        'insert into trades (transaction_id, account_id, security_id, booked_on, quantity, price) values (?, ?, 1, ?, ?, ?)',
      )
      .run(id, brokerage, bookedOn, quantity, price)
  }
  driver
    .prepare(`insert into prices (security_id, as_of, price, currency) values (1, '2026-11-20', '180', 'USD')`)
    .run()
}

describe('the family household', () => {
  it('owns 3,539,112.00', async () => {
    const { netWorth, classes } = await calls.call('overview.get', { range: '1y' })
    expect(netWorth).toMatchObject({ assetsMinor: 453_911_200, liabilitiesMinor: 100_000_000, netMinor: 353_911_200 })
    expect(classes.map((entry) => [entry.class, entry.minor])).toEqual([
      ['property', 438_000_000],
      ['cash', 10_100_000],
      ['investment', 5_811_200],
      ['loan', 100_000_000],
    ])
    const accounts = await calls.call('account.list', {})
    const sum = accounts.reduce((total, { baseBalance }) => total + (baseBalance?.minor ?? 0), 0)
    expect(sum).toBe(netWorth.netMinor)
  })

  it('its home is worth what was paid until it is valued, and its latest value after', async () => {
    const worth = async (on: string) =>
      (await calls.call('netWorth.on', { on })).assetsMinor -
      (await calls.call('netWorth.on', { on: '2020-04-30' })).assetsMinor
    expect(await worth('2020-05-01')).toBe(380_000_000)
    expect(await worth('2024-01-01')).toBe(450_000_000)
    expect((await calls.call('valuation.list', { accountId: home })).map(({ valueMinor }) => valueMinor)).toEqual([
      450_000_000, 420_000_000,
    ])
  })

  it('holds 20 shares that cost 4,076.67: 6,115.00 for 30, less a third of it', async () => {
    const wealth = await calls.call('wealth.get', {})
    // 6,115.00 × 10 ÷ 30 = 2,038.33 go with the ten sold
    expect(wealth.holdings).toHaveLength(1)
    expect(wealth.holdings[0]).toMatchObject({
      quantity: '20',
      price: '180',
      pricedOn: '2026-11-20',
      value: { minor: 360_000, currency: 'USD' },
      baseValue: { minor: 2_304_000, currency: 'CNY' },
      cost: { minor: 407_667, currency: 'USD' },
      costFrom: 'trades',
      gain: { minor: -47_667, currency: 'USD' },
      share: 1,
    })
    // cash: 85,000 + 16,000 + 5,480 USD × 6.40 = 136,072.00; shares: 3,600 USD × 6.40 = 23,040.00
    expect(wealth.byClass.map(({ key, minor }) => [key, minor])).toEqual([
      ['cash', 13_607_200],
      ['equity', 2_304_000],
    ])
  })

  it('owes a mortgage with a schedule: the fourth instalment is next, 6,248.61', async () => {
    const credit = await calls.call('credit.get', {})
    // before it three instalments: 2,777.78 × 3 = 8,333.33 repaid; interest (1,000,000 − 8,333.33) × 0.0035 = 3,470.83
    expect(credit.loans).toHaveLength(1)
    expect(credit.loans[0]).toMatchObject({
      owed: { minor: 100_000_000 },
      nextDueOn: '2026-12-20',
      paidInstalments: 3,
      nextPayment: { minor: 624_861, currency: 'CNY' },
    })
    const schedule = await calls.call('loan.schedule', { accountId: mortgage })
    expect(schedule.totalInterestMinor).toBe(63_175_000)
    expect(await calls.fail('loan.schedule', { accountId: home })).toBe('not-found')
  })

  it('keeps a home with its equity, a car and documents by date', async () => {
    const life = await calls.call('life.get', {})
    expect(life.totalMinor).toBe(438_000_000)
    expect(life.homes).toMatchObject([
      { accountId: home, value: { minor: 420_000_000 }, valuedOn: '2026-10-01', owed: { minor: 100_000_000 } },
    ])
    expect(life.vehicles).toMatchObject([
      { accountId: car, value: { minor: 18_000_000 }, valuedOn: '2025-03-01', owed: null },
    ])
    expect(life.documents.map(({ name }) => name)).toEqual(['long gone', 'passport', 'deed'])
    expect(life.dates.map(({ on, kind }) => [on, kind])).toEqual([
      ['2026-12-20', 'document-expiry'],
      ['2027-02-28', 'vehicle-insurance'],
      ['2027-03-31', 'vehicle-inspection'],
    ])
    const { due } = await calls.call('overview.get', { range: '1m' })
    // the loan is known here since 18 November, and nothing says that the third instalment was paid: it stays for a week
    expect(due.map(({ on, kind }) => [on, kind])).toEqual([
      ['2026-11-20', 'loan-instalment'],
      ['2026-12-20', 'document-expiry'],
      ['2026-12-20', 'loan-instalment'],
      ['2027-02-28', 'vehicle-insurance'],
      ['2027-03-31', 'vehicle-inspection'],
    ])
  })

  it('refuses what cannot be', async () => {
    const thing = { name: 'x', currency: 'CNY' }
    expect(await calls.fail('home.save', { ...thing, accountId: car, facts: {} })).toBe('invalid-input')
    expect(await calls.fail('home.save', { ...thing, facts: { mortgageAccountId: home } })).toBe('invalid-input')
    expect(await calls.fail('vehicle.save', { ...thing, accountId: car, currency: 'EUR', facts: {} })).toBe('conflict')
    const early = { kind: 'other', name: 'x', issuedOn: '2026-02-01', expiresOn: '2026-01-31' } as const
    expect(await calls.fail('document.create', early)).toBe('invalid-input')
    expect(await calls.fail('document.delete', { id: 99 })).toBe('not-found')
  })

  it('keeps files in the vault, whole and by their real type', async () => {
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => index % 251))
    calls.offer('token-000001', 'deed.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), bytes]))
    calls.offer('token-000002', 'page.html', Buffer.from('<script>alert(1)</script>'))
    calls.offer('token-000003', 'big.bin', Buffer.alloc(25_000_001))
    const owner = { type: 'account', id: home } as const
    const added = await calls.call('attachment.add', { owner, file: 'token-000001' })
    expect(added).toMatchObject({ name: 'deed.pdf', mediaType: 'application/pdf', bytes: 3_000_009 })
    const read = await calls.call('attachment.read', { id: added.id })
    expect(Buffer.from(read.base64, 'base64').subarray(9).equals(bytes)).toBe(true)
    expect((await calls.call('attachment.add', { owner, file: 'token-000002' })).mediaType).toBe(
      'application/octet-stream',
    )
    expect(await calls.fail('attachment.add', { owner, file: 'token-000003' })).toBe('invalid-input')
    await calls.call('attachment.delete', { id: added.id })
    expect(await calls.call('attachment.list', { owner })).toHaveLength(1)
    await calls.call('history.undo', {})
    const again = await calls.call('attachment.read', { id: added.id })
    expect(again.base64).toBe(read.base64)
  })

  it('tries terms that are not saved', async () => {
    const terms = {
      principalMinor: 1_200_00,
      annualRate: '0',
      months: 12,
      firstDueOn: '2027-01-31',
      method: 'annuity',
    } as const
    const { instalments } = await calls.call('loan.preview', { terms, currency: 'CNY' })
    expect(instalments.map(({ paymentMinor }) => paymentMinor)).toEqual(Array.from({ length: 12 }, () => 10_000))
    expect(await calls.fail('loan.preview', { terms: { ...terms, annualRate: '-0.01' }, currency: 'CNY' })).toBe(
      'invalid-input',
    )
  })
})
