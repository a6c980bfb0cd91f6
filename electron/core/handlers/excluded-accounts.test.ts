import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestCalls, type TestCalls } from '../../../test/scenarios/test-calls.ts'

let calls: TestCalls
beforeEach(async () => {
  calls = await openTestCalls()
})
afterEach(async () => {
  await calls.close()
})

describe('an account that is taken out of net worth', () => {
  it('is still listed, and is in no total of wealth and credit', async () => {
    const own = await calls.call('account.create', {
      name: 'Own',
      kind: 'savings',
      currency: 'CNY',
      openingMinor: 500_00,
    })
    const club = await calls.call('account.create', {
      name: 'Club',
      kind: 'savings',
      currency: 'CNY',
      openingMinor: 900_00,
    })
    const card = await calls.call('account.create', {
      name: 'Card',
      kind: 'credit-card',
      currency: 'CNY',
      openingMinor: -70_00,
    })
    const company = await calls.call('account.create', {
      name: 'Company card',
      kind: 'credit-card',
      currency: 'CNY',
      openingMinor: -30_00,
      terms: { card: { limitMinor: 100_00 } },
    })
    for (const { id } of [club, company]) await calls.call('account.update', { id, patch: { inNetWorth: false } })

    const overview = await calls.call('overview.get', { range: '1m' })
    const wealth = await calls.call('wealth.get', {})
    const credit = await calls.call('credit.get', {})
    expect(overview.netWorth).toMatchObject({ assetsMinor: 500_00, liabilitiesMinor: 70_00, netMinor: 430_00 })
    expect(wealth.total.minor).toBe(500_00)
    expect(credit).toMatchObject({ owedMinor: 70_00, cardsOwedMinor: 70_00, utilisation: null })
    expect(new Set(credit.cards.map(({ accountId }) => accountId))).toEqual(new Set([card.id, company.id]))
    expect((await calls.call('account.list', {})).map(({ id }) => id)).toContain(own.id)
  })

  it('a card that closes later is owed until then', async () => {
    const card = await calls.call('account.create', {
      name: 'Card',
      kind: 'credit-card',
      currency: 'CNY',
      openingMinor: -70_00,
    })
    await calls.call('account.update', { id: card.id, patch: { closedOn: '2026-12-31' } })
    expect((await calls.call('credit.get', {})).cards).toHaveLength(1)
    await calls.call('account.update', { id: card.id, patch: { closedOn: '2026-11-01' } })
    expect((await calls.call('credit.get', {})).cards).toHaveLength(0)
  })
})
