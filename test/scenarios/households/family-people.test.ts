import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from '../test-calls.ts'

/**
 * The family household, person by person: two adults, two children, a home with a mortgage, four cards, funds, a broker
 * in dollars, provident funds, policies.
 *
 * By hand, at the end of 2026-11-23, 1 USD = 7.20 CNY. Wei is the first of the two, so a cent that halves leave is his.
 *
 *                                                      household         Wei            Na        Ming     Hong
 *   Wei's wages    40,000 + 3 × 25,000
 *                  − 3 × 9,000.01 − 2,345.67           85,654.30    85,654.30
 *   Na's wages     20,000 + 3 × 18,000 − 6,000         68,000.00                  68,000.00
 *   joint savings  halves of 100,000.01               100,000.01    50,000.01     50,000.00
 *   home           60 and 40 %                      4,000,000.00 2,400,000.00  1,600,000.00
 *   car            Wei's                              150,000.00   150,000.00
 *   fund           70 and 30 %                         30,000.00    21,000.00      9,000.00
 *   provident      each their own                     140,000.00    80,000.00     60,000.00
 *   policies       Wei's, Ming's                       57,000.00    45,000.00                 12,000.00
 *   Hong's savings                                      5,000.03                                       5,000.03
 *   broker         Na's 10,000 USD                     72,000.00                  72,000.00
 *   cash           the household's: halves              1,234.57       617.29        617.28
 *   assets                                          4,708,888.91 2,832,271.60  1,859,617.28  12,000.00 5,000.03
 *   mortgage       1,500,000 − 27,000.03 = 1,472,999.97; 60 % 883,799.982, 40 % 589,199.988:
 *                  the cent goes to the larger rest   1,472,999.97   883,799.98    589,199.99
 *   Wei's card                                          3,200.00     3,200.00
 *   Na's card                                           1,500.00                   1,500.00
 *   joint card     −2,345.67 + 2,345.67 − 600
 *                  − 401.01 + 100 = −901.01               901.01       450.51        450.50
 *   unused card    Wei's                                    0.00
 *   liabilities                                     1,478,600.98   887,450.49    591,150.49
 *   net worth                                       3,230,287.93 1,944,821.11  1,268,466.79  12,000.00 5,000.03
 */
let calls: TestCalls
const ids: Record<string, number> = {}
const people: Record<string, number> = {}
const everyone = { wei: 194_482_111, na: 126_846_679, ming: 1_200_000, hong: 500_003 }

beforeAll(async () => {
  calls = await openTestCalls('2026-11-23')
  const person = async (key: string, name: string, role: 'adult' | 'child', bornOn: string) => {
    people[key] = (await calls.call('person.create', { name, role, bornOn })).id
  }
  await person('wei', '陈伟', 'adult', '1985-02-11')
  await person('na', '李娜', 'adult', '1987-06-30')
  await person('ming', '小明', 'child', '2014-09-01')
  await person('hong', '小红', 'child', '2018-01-15')
  const id = (key: string): number => people[key] ?? 0
  const whole = (key: string) => [{ personId: id(key), share: 10_000 }]
  const parts = (wei: number) => [
    { personId: id('wei'), share: wei },
    { personId: id('na'), share: 10_000 - wei },
  ]
  const account = async (key: string, kind: string, openingMinor: number, more: object = {}) => {
    const draft = { name: key, kind, currency: 'CNY', openingMinor, openingOn: '2026-08-31', ...more }
    ids[key] = (await calls.call('account.create', draft)).id
  }
  await account('wages wei', 'checking', 4_000_000, { owners: whole('wei') })
  await account('wages na', 'checking', 2_000_000, { owners: whole('na') })
  await account('joint savings', 'savings', 10_000_001, { owners: parts(5_000) })
  await account('fund', 'money-fund', 3_000_000, { owners: parts(7_000) })
  await account('provident wei', 'provident-fund', 8_000_000, { owners: whole('wei') })
  await account('provident na', 'provident-fund', 6_000_000, { owners: whole('na') })
  await account('policy wei', 'insurance-policy', 4_500_000, { owners: whole('wei') })
  await account('policy ming', 'insurance-policy', 1_200_000, { owners: whole('ming') })
  await account('savings hong', 'savings', 500_003, { owners: whole('hong') })
  await account('broker na', 'brokerage', 1_000_000, { currency: 'USD', owners: whole('na') })
  await account('cash', 'cash', 123_457)
  await account('mortgage', 'mortgage', -150_000_000, { owners: parts(6_000) })
  await account('card wei', 'credit-card', -320_000, { owners: whole('wei') })
  await account('card na', 'credit-card', -150_000, { owners: whole('na') })
  await account('card unused', 'credit-card', 0, { owners: whole('wei') })
  await account('card joint', 'credit-card', -234_567, {
    owners: parts(5_000),
    terms: { card: { limitMinor: 3_000_001, statementDay: 5, due: { type: 'day', day: 25 } } },
  })
  const home = await calls.call('home.save', {
    name: 'home',
    currency: 'CNY',
    value: { on: '2026-08-31', minor: 400_000_000 },
    facts: { mortgageAccountId: ids['mortgage'] ?? 0 },
  })
  const car = await calls.call('vehicle.save', {
    name: 'car',
    currency: 'CNY',
    value: { on: '2026-08-31', minor: 15_000_000 },
    facts: { insuranceDueOn: '2026-12-15' },
  })
  await calls.call('person.setOwners', { accountIds: [home.id], owners: parts(6_000) })
  await calls.call('person.setOwners', { accountIds: [car.id], owners: whole('wei') })
  await calls.call('document.create', {
    kind: 'passport',
    name: 'passport',
    holder: '小明',
    expiresOn: '2026-12-20',
  })

  const categories = await calls.call('category.list', {})
  const add = async (account: string, bookedOn: string, amountMinor: number, payee: string, category?: string) =>
    calls.call('transaction.create', {
      accountId: ids[account] ?? 0,
      bookedOn,
      amountMinor,
      payee,
      categoryId: categories.find(({ key }) => key === category)?.id ?? null,
    })
  const pay = async (from: string, to: string, on: string, minor: number) => {
    const out = await add(from, on, -minor, 'repayment')
    const into = await add(to, on, minor, 'repayment')
    await calls.call('transfer.link', { fromId: out.id, toId: into.id })
  }
  for (const month of ['09', '10', '11']) {
    await add('wages wei', `2026-${month}-10`, 2_500_000, 'employer', 'wages')
    await add('wages na', `2026-${month}-05`, 1_800_000, 'school', 'wages')
    await pay('wages wei', 'mortgage', `2026-${month}-20`, 900_001)
  }
  await add('wages na', '2026-09-01', -600_000, 'kindergarten', 'education')
  await pay('wages wei', 'card joint', '2026-09-25', 234_567)
  await add('card joint', '2026-10-12', -60_000, 'supermarket', 'groceries')
  await add('card joint', '2026-11-12', -40_101, 'restaurant', 'dining')
  await add('card joint', '2026-11-15', 10_000, 'supermarket', 'groceries')
  await calls.call('fx.set', { base: 'USD', quote: 'CNY', on: '2026-11-23', rate: '7.2' })
})
afterAll(async () => {
  await calls.close()
})

const person = (key: string): number => people[key] ?? 0

describe('the family household, person by person', () => {
  it('is worth 3,230,287.93 together', async () => {
    const { netWorth } = await calls.call('overview.get', { range: '3m' })
    expect(netWorth).toMatchObject({
      assetsMinor: 470_888_891,
      liabilitiesMinor: 147_860_098,
      netMinor: 323_028_793,
    })
  })

  it.each(Object.entries(everyone))('%s is worth %i fen of it', async (key, netMinor) => {
    const { netWorth, history, before } = await calls.call('overview.get', { range: '3m', person: person(key) })
    expect(netWorth.netMinor).toBe(netMinor)
    expect(history.at(-1)?.netMinor).toBe(netMinor)
    expect(history[0]?.netMinor).toBe(before.netMinor)
    const accounts = await calls.call('account.list', { person: person(key) })
    expect(accounts.reduce((sum, { part }) => sum + (part?.baseBalance?.minor ?? 0), 0)).toBe(netMinor)
  })

  it('Wei owes 887,450.49 and Na 591,150.49', async () => {
    const wei = await calls.call('credit.get', { person: person('wei') })
    // cards: 3,200.00 + 450.51
    expect([wei.owedMinor, wei.cardsOwedMinor, wei.loansOwedMinor]).toEqual([88_745_049, 365_051, 88_379_998])
    const joint = wei.cards.find(({ accountId }) => accountId === ids['card joint'])
    // the card's own use of its limit: 901.01 of 30,000.01
    expect(joint).toMatchObject({ owed: { minor: 45_051 }, limit: { minor: 1_500_001 }, part: { weight: 5_000 } })
    expect(joint?.utilisation).toBeCloseTo(90_101 / 3_000_001, 12)
    const na = await calls.call('credit.get', { person: person('na') })
    expect([na.owedMinor, na.cardsOwedMinor, na.loansOwedMinor]).toEqual([59_115_049, 195_050, 58_919_999])
    expect((await calls.call('credit.get', { person: person('hong') })).owedMinor).toBe(0)
  })

  it('Wei’s home is 2,400,000.00 with 883,799.98 owed on it, and only he sees the car', async () => {
    const wei = await calls.call('life.get', { person: person('wei') })
    expect(wei.totalMinor).toBe(255_000_000)
    expect(wei.homes).toMatchObject([{ value: { minor: 240_000_000 }, owed: { minor: 88_379_998 } }])
    const na = await calls.call('life.get', { person: person('na') })
    expect([na.totalMinor, na.vehicles.length]).toEqual([160_000_000, 0])
  })

  it('what falls due is told to those whom it concerns, whole, as it must be paid', async () => {
    const dueOf = async (key: string) =>
      (await calls.call('overview.get', { range: '1m', person: person(key) })).due.map(({ on, kind, amount }) => [
        on,
        kind,
        amount?.minor ?? null,
      ])
    // the statement of 5 November said 600.00, of which 100.00 have come back; what was spent since is the next one's
    expect(await dueOf('wei')).toEqual([
      ['2026-11-25', 'card-payment', 50_000],
      ['2026-12-15', 'vehicle-insurance', null],
    ])
    expect(await dueOf('na')).toEqual([['2026-11-25', 'card-payment', 50_000]])
    expect(await dueOf('ming')).toEqual([['2026-12-20', 'document-expiry', null]])
    expect(await dueOf('hong')).toEqual([])
  })

  /**
   * From September to 23 November. Repayments are neither income nor expense; the supermarket's refund lowers it.
   *   household: 3 × 25,000 + 3 × 18,000 = 129,000.00; 6,000 + (600 − 100) + 401.01 = 6,901.01
   *   Wei: 75,000.00; halves of 500.00 and of 401.01 (the cent is his): 450.51
   *   Na: 54,000.00; 6,000.00 + 250.00 + 200.50 = 6,450.50
   */
  it.each([
    [null, 12_900_000, 690_101],
    ['wei', 7_500_000, 45_051],
    ['na', 5_400_000, 645_050],
    ['ming', 0, 0],
  ] as const)('cash flow of %s: %i fen in, %i fen out', async (key, incomeMinor, expenseMinor) => {
    const report = await calls.call('flow.report', {
      from: '2026-09-01',
      to: '2026-11-23',
      group: 'month',
      person: key === null ? null : person(key),
    })
    expect(report.now).toMatchObject({ incomeMinor, expenseMinor, savedMinor: incomeMinor - expenseMinor })
  })

  it('transactions of Na are those of her accounts, whole: her wages, the joint card, the mortgage', async () => {
    const { total, rows } = await calls.call('transaction.list', { filter: { person: person('na') } })
    // 3 wages + 1 kindergarten; joint card 1 repayment + 3; mortgage 3
    expect(total).toBe(11)
    expect(rows.map(({ accountId }) => accountId)).not.toContain(ids['wages wei'])
    expect(rows.find(({ payee }) => payee === 'restaurant')?.amount.minor).toBe(-40_101)
    // in: 3 × 18,000 + 2,345.67 + 100 + 27,000.03; out: 6,000 + 600 + 401.01
    expect(await calls.call('transaction.sums', { filter: { person: person('na') } })).toEqual([
      { in: { minor: 8_344_570, currency: 'CNY' }, out: { minor: 700_101, currency: 'CNY' }, count: 11 },
    ])
    const one = await calls.call('transaction.list', {
      filter: { person: person('na'), accountIds: [ids['wages wei'] ?? 0] },
    })
    expect(one.total).toBe(0)
  })

  it('somebody who is not there has no figures', async () => {
    expect(await calls.fail('overview.get', { range: '1y', person: 99 })).toBe('not-found')
    expect(await calls.fail('transaction.list', { filter: { person: 99 } })).toBe('not-found')
  })

  /**
   * Money at hand: wages + half of the savings + half of the cash, the fund within days, less the cards.
   *   Wei  85,654.30 + 50,000.01 + 617.29 = 136,271.60; 21,000.00; 3,200.00 + 450.51 = 3,650.51:  153,621.09
   *   Na   68,000.00 + 50,000.00 + 617.28 = 118,617.28;  9,000.00; 1,500.00 + 450.50 = 1,950.50:  125,666.78
   *   Hong  5,000.03
   * With education and groceries for essential, September and October:
   *   Wei      0.00 and 300.00 (half of the supermarket): the middle is 150.00:   153,621.09 ÷ 150.00   = 1,024.1
   *   Na   6,000.00 and 300.00: 3,150.00:                                         125,666.78 ÷ 3,150.00 =    39.8
   */
  it.each([
    ['wei', 13_627_160, 2_100_000, 365_051, 15_000, 10_241],
    ['na', 11_861_728, 900_000, 195_050, 315_000, 398],
    ['ming', 0, 0, 0, 0, null],
    ['hong', 500_003, 0, 0, 0, null],
  ] as const)('the emergency fund of %s', async (key, cashMinor, daysMinor, cardsMinor, spendingMinor, lastsTenths) => {
    const categories = await calls.call('category.list', {})
    const essentialCategoryIds = ['education', 'groceries'].map(
      (one) => categories.find((category) => category.key === one)?.id ?? 0,
    )
    await calls.call('check.saveSettings', { essentialCategoryIds })
    const fund = await calls.call('check.emergencyFund', { person: person(key) })
    expect(fund).toMatchObject({ cashMinor, daysMinor, cardsMinor, spendingMinor, months: 2, lastsTenths })
    await calls.call('history.undo', {})
  })

  /**
   * With 1,000,000.00 in the joint savings, at the bank of Wei's wages and of Hong's savings; Na's wages at another:
   *   Wei  85,654.30 + 500,000.00 = 585,654.30: 85,654.30 above 500,000.00
   *   Na   500,000.00 and, at her own bank, 68,000.00: nothing above
   *   Hong 5,000.03
   */
  it('the bank of the joint savings owes Wei 85,654.30 more than is insured', async () => {
    const bank = async (key: string, institution: string, more: object = {}) =>
      calls.call('account.update', { id: ids[key] ?? 0, patch: { institution, ...more } })
    await bank('joint savings', '工商银行', { openingMinor: 100_000_000 })
    await bank('wages wei', '中国工商银行')
    await bank('savings hong', '工行')
    await bank('wages na', '招商银行')
    const rows = async (key: string | null) =>
      (await calls.call('check.depositInsurance', { person: key === null ? null : person(key) })).covers.map(
        ({ personId, balanceMinor, uncoveredMinor }) => [personId, balanceMinor, uncoveredMinor],
      )
    expect(await rows('wei')).toEqual([[person('wei'), 58_565_430, 8_565_430]])
    expect(await rows('na')).toEqual([
      [person('na'), 50_000_000, 0],
      [person('na'), 6_800_000, 0],
    ])
    expect(await rows('hong')).toEqual([[person('hong'), 500_003, 0]])
    expect(await rows('ming')).toEqual([])
    expect(await rows(null)).toHaveLength(4)
    for (let change = 0; change < 4; change += 1) await calls.call('history.undo', {})
  })

  /** 5,000.03 − 4 × 1,200.00 = 200.03 on 10 March; the fifth lesson is one too many. */
  it('Hong’s piano lessons use her savings up on 10 April, and nobody else is told', async () => {
    await calls.call('recurring.add', {
      name: 'piano', accountId: ids['savings hong'] ?? 0, amountMinor: -120_000, period: 'monthly',
      nextOn: parseIsoDate('2026-12-10'),
    }) // prettier-ignore
    const hong = await calls.call('forecast.get', { person: person('hong') })
    expect(hong.accounts).toMatchObject([{ accountId: ids['savings hong'], belowOn: '2027-04-10' }])
    expect(hong.expectedMinor[hong.days.indexOf(parseIsoDate('2027-03-10'))]).toBe(20_003)
    const wei = await calls.call('forecast.get', { person: person('wei') })
    expect(wei.accounts.map(({ accountId }) => accountId)).not.toContain(ids['savings hong'])
    expect(wei.events.some(({ name }) => name === 'piano')).toBe(false)
    const said = await decemberOf('hong')
    expect(said).toEqual([['2026-12-10', 'bill', 120_000]])
    await calls.call('history.undo', {})
  })

  /** The joint card: 901.01 are owed today, on the statement of 5 December, due on the 25th. Amounts are whole. */
  const decemberOf = async (key: string | null) =>
    (
      await calls.call('reminder.list', {
        from: parseIsoDate('2026-12-01'),
        until: parseIsoDate('2026-12-31'),
        person: key === null ? null : person(key),
      })
    ).reminders.map(({ on, kind, amount }) => [on, kind, amount?.minor ?? null])

  it('December’s reminders are told to those whom they concern', async () => {
    const statement = ['2026-12-05', 'card-statement', null]
    const insurance = ['2026-12-15', 'vehicle-insurance', null]
    const passport = ['2026-12-20', 'document-expiry', null]
    const payment = ['2026-12-25', 'card-payment', 90_101]
    expect(await decemberOf(null)).toEqual([statement, insurance, passport, payment])
    expect(await decemberOf('wei')).toEqual([statement, insurance, payment])
    expect(await decemberOf('na')).toEqual([statement, payment])
    expect(await decemberOf('ming')).toEqual([passport])
    expect(await decemberOf('hong')).toEqual([])
  })

  it('when Na leaves, what was hers alone is the household’s, so that all of it is Wei’s view; undone, all is as before', async () => {
    expect(await calls.call('person.delete', { id: person('na') })).toEqual({ alone: 4, together: 5 })
    const { netWorth } = await calls.call('overview.get', { range: '1m', person: person('wei') })
    // everything but the children's 17,000.03
    expect(netWorth.netMinor).toBe(323_028_793 - 1_700_003)
    await calls.call('history.undo', {})
    const again = await calls.call('overview.get', { range: '1m', person: person('na') })
    expect(again.netWorth.netMinor).toBe(everyone.na)
  })
})
