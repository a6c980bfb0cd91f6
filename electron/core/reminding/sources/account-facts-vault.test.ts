import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestCalls, type TestCalls } from '../../../../test/scenarios/test-calls.ts'

let calls: TestCalls
beforeEach(async () => {
  calls = await openTestCalls('2026-11-25')
})
afterEach(() => calls.close())

async function due(
  kind: string,
  details: Record<string, string | number>,
  openingMinor = 0,
): Promise<(string | number | null)[][]> {
  await calls.call('account.create', { name: 'One', kind, currency: 'CNY', openingMinor, terms: { details } })
  const { reminders } = await calls.call('reminder.list', { from: '2026-11-25', until: '2027-03-31' })
  return reminders
    .filter(({ source }) => source === 'account-facts')
    .map(({ kind: what, nominalOn, on, amount }) => [what, nominalOn, on, amount?.minor ?? null])
}

describe('what the facts of an account say falls due', () => {
  it('a deposit that matures on a Sunday is to be seen to on the Monday, with what is in it', async () => {
    // 28 February 2027 is a Sunday
    expect(await due('deposit', { maturesOn: '2027-02-28', rate: '0.02' }, 5_000_000)).toEqual([
      ['deposit-maturity', '2027-02-28', '2027-03-01', 5_000_000],
    ])
  })

  it('a premium comes again as often as it is paid, each time with its amount', async () => {
    expect(await due('term-life', { premiumNextOn: '2026-12-15', premiumEvery: '3', premium: 120_000 })).toEqual([
      ['insurance-premium', '2026-12-15', '2026-12-15', 120_000],
      ['insurance-premium', '2027-03-15', '2027-03-15', 120_000],
    ])
  })

  it('花呗 is due on its day while something is owed, the next with what is owed today', async () => {
    // 10 January 2027 is a Sunday: the payment moves to the Friday before; what it will ask for is not known yet
    expect((await due('huabei', { paymentDay: 10 }, -32_100)).slice(0, 2)).toEqual([
      ['card-payment', '2026-12-10', '2026-12-10', 32_100],
      ['card-payment', '2027-01-10', '2027-01-08', null],
    ])
  })

  it('花呗 that owes nothing asks for nothing', async () => {
    expect(await due('huabei', { paymentDay: 10 })).toEqual([])
  })

  it('points that expire are told with the day, a fact that is wrong is not', async () => {
    expect(await due('airline-miles', { pointsExpireOn: '2026-12-31' })).toEqual([
      ['points-expiry', '2026-12-31', '2026-12-31', null],
    ])
  })
})
