import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type IsoDate, parseIsoDate } from '../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from './test-calls.ts'

/**
 * The starter household: 27 years old, renting, ¥250,000 in deposits, one credit card, no loan.
 *
 * By hand, at the end of 2026-11-23:
 *   savings      60,000.00 + wages 3 × 12,000 − rent 3 × 4,500 − card payment 2,300.00   =  80,200.00
 *   time deposit                                                                          150,000.00
 *   wallet        1,500.00 − 38.50 − 38.50 (the same coffee twice) + 200.00               =   1,623.00
 *   dollars         500.00 USD at 7.20                                                    =   3,600.00
 *   card         −2,300.00 − 899.00 + 2,300.00                                            =    −899.00
 *   assets 235,423.00 − liabilities 899.00 = net worth 234,524.00
 */
let calls: TestCalls
const ids: Record<string, number> = {}

beforeAll(async () => {
  calls = await openTestCalls('2026-11-23')
  const account = async (key: string, kind: string, minor: number, currency = 'CNY', more: object = {}) => {
    const draft = { name: key, kind, currency, openingMinor: minor, openingOn: '2026-08-31', ...more }
    ids[key] = (await calls.call('account.create', draft)).id
  }
  await account('savings', 'savings', 6_000_000, 'CNY', { institution: '招商银行', number: '6214830012345678' })
  await account('deposit', 'deposit', 15_000_000, 'CNY', { institution: '工行' })
  await account('wallet', 'e-wallet', 150_000, 'CNY', { institution: '支付宝' })
  await account('dollars', 'savings', 50_000, 'USD')
  await account('card', 'credit-card', -230_000, 'CNY', {
    institution: '招行',
    number: '4392250012349999',
    terms: { card: { limitMinor: 2_000_000, statementDay: 5, due: { type: 'day', day: 23 } } },
  })
  const add = async (key: string, bookedOn: string, amountMinor: number, payee: string) =>
    calls.call('transaction.create', { accountId: ids[key] ?? 0, bookedOn, amountMinor, payee })
  for (const month of ['09', '10', '11']) {
    await add('savings', `2026-${month}-10`, 1_200_000, '工资')
    await add('savings', `2026-${month}-15`, -450_000, '房租')
  }
  const paid = await add('savings', '2026-09-22', -230_000, '信用卡还款')
  const received = await add('card', '2026-09-22', 230_000, '还款')
  await calls.call('transfer.link', { fromId: paid.id, toId: received.id })
  await add('card', '2026-11-11', -89_900, '京东')
  await add('wallet', '2026-11-20', -3_850, '瑞幸咖啡')
  await add('wallet', '2026-11-20', -3_850, '瑞幸咖啡')
  await add('wallet', '2026-11-21', 20_000, '红包')
  await calls.call('fx.set', { base: 'USD', quote: 'CNY', on: '2026-11-23', rate: '7.2' })
  await calls.call('fx.set', { base: 'USD', quote: 'CNY', on: '2026-08-31', rate: '7' })
})
afterAll(async () => {
  await calls.close()
})

describe('the starter household', () => {
  it('owns 234,524.00', async () => {
    const { netWorth, classes, accountCount, transactionCount, due } = await calls.call('overview.get', { range: '3m' })
    expect(netWorth).toEqual({
      on: '2026-11-23',
      currency: 'CNY',
      assetsMinor: 23_542_300,
      liabilitiesMinor: 89_900,
      netMinor: 23_452_400,
      notes: [],
    })
    expect(classes).toEqual([
      { class: 'cash', side: 'asset', minor: 23_542_300, accounts: 4 },
      { class: 'credit-card', side: 'liability', minor: 89_900, accounts: 1 },
    ])
    expect([accountCount, transactionCount]).toEqual([5, 12])
    // bought on the 11th: on the statement of 5 December, to be paid by the 23rd
    expect(due).toMatchObject([
      {
        on: '2026-12-23',
        kind: 'card-payment',
        name: 'card',
        accountId: ids['card'],
        documentId: null,
        amount: { minor: 89_900, currency: 'CNY' },
      },
    ])
  })

  it('owned 212,700.00 at the end of August: 60,000 + 150,000 + 1,500 + 500 × 7 − 2,300', async () => {
    expect((await calls.call('netWorth.on', { on: '2026-08-31' })).netMinor).toBe(21_270_000)
    expect((await calls.call('netWorth.on', { on: '2026-08-30' })).netMinor).toBe(0)
  })

  it('a chart of it begins with what was, ends with what is and steps on the 10th by the wages', async () => {
    const { history, before, netWorth } = await calls.call('overview.get', { range: '3m' })
    // three months ago was 23 August; nothing is known of the days before the opening balances of the 31st
    expect(history[0]).toMatchObject({ on: '2026-08-31', netMinor: before.netMinor })
    expect(before.netMinor).toBe(21_270_000)
    expect(history.at(-1)).toMatchObject({ on: '2026-11-23', netMinor: netWorth.netMinor })
    const on = (day: string) => history.find((point) => point.on === day)?.netMinor ?? Number.NaN
    expect(on('2026-10-10') - on('2026-10-09')).toBe(1_200_000)
  })

  it('uses 4.495 % of its limit: 899 of 20,000', async () => {
    const credit = await calls.call('credit.get', {})
    expect(credit).toMatchObject({ owedMinor: 89_900, cardsOwedMinor: 89_900, loansOwedMinor: 0, loans: [] })
    expect(credit.utilisation).toBeCloseTo(0.044_95, 10)
    expect(credit.cards[0]).toMatchObject({
      maskedNumber: '··9999',
      owed: { minor: 89_900 },
      nextStatementOn: '2026-12-05',
      nextDueOn: '2026-11-23',
    })
  })

  it('has everything in cash: 231,823.00 in yuan and 3,600.00 in dollars', async () => {
    const wealth = await calls.call('wealth.get', {})
    expect(wealth.total).toEqual({ minor: 23_542_300, currency: 'CNY' })
    expect(wealth.holdings).toEqual([])
    expect(wealth.byClass).toEqual([{ key: 'cash', minor: 23_542_300, share: 1 }])
    expect(wealth.byCurrency.map(({ key, minor }) => [key, minor])).toEqual([
      ['CNY', 23_182_300],
      ['USD', 360_000],
    ])
  })

  /**
   * At hand: savings 80,200.00 + wallet 1,623.00 + dollars 3,600.00 = 85,423.00, less 899.00 on the card = 84,524.00. The
   * only full month is October, in which the rent is 4,500.00: 84,524 ÷ 4,500 = 18.78 months.
   */
  it('could pay its rent for 18.7 months, once the rent is filed', async () => {
    const fund = () => calls.call('check.emergencyFund', {})
    const cashMinor = 8_542_300
    expect(await fund()).toMatchObject({ cashMinor, daysMinor: 0, cardsMinor: 89_900, months: 1, lastsTenths: null })
    const categoryId = (await calls.call('category.list', {})).find(({ key }) => key === 'rent')?.id ?? 0
    const { rows } = await calls.call('transaction.list', { filter: { text: '房租' } })
    await calls.call('transaction.update', { ids: rows.map(({ id }) => id), patch: { categoryId } })
    expect(await fund()).toMatchObject({ liquidMinor: 8_452_400, essentialMinor: 450_000, lastsTenths: 187 })
  })

  it('has 230,200.00 in two insured banks; of the dollars no bank is named, the wallet is no bank', async () => {
    const view = await calls.call('check.depositInsurance', {})
    expect(view.covers.map(({ banks, scheme, assumed, balanceMinor, uncoveredMinor }) => [
      banks, scheme, assumed, balanceMinor, uncoveredMinor,
    ])).toEqual([
      [['工行'], 'cn-deposit', false, 15_000_000, 0],
      [['招商银行'], 'cn-deposit', false, 8_020_000, 0],
    ]) // prettier-ignore
    expect([view.depositsMinor, view.uncoveredMinor]).toEqual([23_020_000, 0])
    expect(view.unknown.map(({ name, amount }) => [name, amount.minor])).toEqual([['dollars', 50_000]])
    expect(view.notInsured.map(({ name, amount }) => [name, amount.minor])).toEqual([['wallet', 162_300]])
  })

  /**
   * Wages on the 10th and rent on the 15th come again; nothing else happens on the savings before the card is due. If
   * 90,000.00 are spent on 12 December: 80,200 + 12,000 − 90,000 = 2,200.00, and the rent makes that −2,300.00.
   */
  it('a purchase of 90,000.00 on 12 December would leave the savings short of rent on the 15th', async () => {
    await calls.call('recurring.refresh', {})
    const accountId = ids['savings'] ?? 0
    const of = async (extra: { name: string; accountId: number; amountMinor: number; on: IsoDate; period: null }[]) => {
      const forecast = await calls.call('forecast.get', { accountId, extra })
      const at = (day: string) => forecast.expectedMinor[forecast.days.indexOf(parseIsoDate(day))]
      const row = forecast.accounts.find((one) => one.accountId === accountId)
      return { belowOn: row?.belowOn, days: ['2026-12-09', '2026-12-10', '2026-12-15'].map(at) }
    }
    expect(await of([])).toEqual({ belowOn: null, days: [8_020_000, 9_220_000, 8_770_000] })
    const car = { name: 'car', accountId, amountMinor: -9_000_000, on: parseIsoDate('2026-12-12'), period: null }
    expect(await of([car])).toEqual({ belowOn: '2026-12-15', days: [8_020_000, 9_220_000, -230_000] })
  })

  it('is reminded in December of the statement, of the rent once it is confirmed, and of the card', async () => {
    const { items } = await calls.call('recurring.list', {})
    const rent = items.find(({ name }) => name === '房租')
    await calls.call('recurring.decide', { key: rent?.key ?? '', status: 'confirmed' })
    const { reminders } = await calls.call('reminder.list', {
      from: parseIsoDate('2026-12-01'),
      until: parseIsoDate('2026-12-31'),
    })
    expect(reminders.map(({ on, kind, amount }) => [on, kind, amount?.minor ?? null])).toEqual([
      ['2026-12-05', 'card-statement', null],
      ['2026-12-15', 'rent', 450_000],
      ['2026-12-23', 'card-payment', 89_900],
    ])
  })

  it('taking everything back leaves the empty vault, doing it again the same figures', async () => {
    let changes = 0
    for (; (await calls.call('history.get', {})).undo !== null; changes += 1) await calls.call('history.undo', {})
    expect(await calls.call('account.list', {})).toEqual([])
    expect((await calls.call('overview.get', { range: 'all' })).netWorth.netMinor).toBe(0)
    for (; changes > 0; changes -= 1) await calls.call('history.redo', {})
    expect((await calls.call('overview.get', { range: 'all' })).netWorth.netMinor).toBe(23_452_400)
  })
})
