import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestCalls, type TestCalls } from '../../../test/scenarios/test-calls.ts'
import { dumpUserTables } from '../changes/dump.ts'

let calls: TestCalls
beforeEach(async () => {
  calls = await openTestCalls()
})
afterEach(async () => {
  await calls.close()
})

const draft = { name: '招行储蓄', kind: 'savings', currency: 'CNY' } as const

describe('accounts', () => {
  it('are made with their institution, and list what they hold', async () => {
    const account = await calls.call('account.create', {
      ...draft,
      institution: '招行',
      number: '6214 8300 1234 5678',
      openingMinor: 100_000,
    })
    expect(account).toMatchObject({
      class: 'cash',
      side: 'asset',
      maskedNumber: '··5678',
      balance: { minor: 100_000, currency: 'CNY' },
      baseBalance: { minor: 100_000, currency: 'CNY' },
      transactionCount: 0,
    })
    await calls.call('transaction.create', { accountId: account.id, bookedOn: '2026-11-01', amountMinor: -2_550 })
    // entered ahead: known, not yet part of the balance
    await calls.call('transaction.create', { accountId: account.id, bookedOn: '2026-12-01', amountMinor: -70_000 })
    const [listed] = await calls.call('account.list', {})
    // the balance of 1,000.00 − 25.50 is as of the first of them
    expect(listed).toMatchObject({ balance: { minor: 97_450 }, transactionCount: 2, lastBookedOn: '2026-11-01' })
    expect((await calls.call('netWorth.on', { on: '2026-11-23' })).netMinor).toBe(97_450)
    expect((await calls.call('netWorth.on', { on: '2026-12-01' })).netMinor).toBe(27_450)
  })

  it('give their number to its owner only when asked', async () => {
    const { id } = await calls.call('account.create', { ...draft, number: 'DE89 3704 0044 0532 0130 00' })
    expect(JSON.stringify(await calls.call('account.list', {}))).not.toContain('0532')
    expect(await calls.call('account.revealNumber', { id })).toEqual({ number: 'DE89 3704 0044 0532 0130 00' })
  })

  it('one institution under all its names', async () => {
    await calls.call('account.create', { ...draft, institution: '招行' })
    await calls.call('account.create', { ...draft, institution: 'China Merchants Bank' })
    await calls.call('account.create', { ...draft, institution: 'Village bank' })
    await calls.call('account.create', { ...draft, institution: 'village BANK' })
    const institutions = await calls.call('institution.list', {})
    expect(institutions.map(({ name, accountCount }) => [name, accountCount])).toEqual([
      ['Village bank', 2],
      ['招行', 2],
    ])
  })

  it('refuse a kind that does not exist, and keep the currency once there are amounts', async () => {
    expect(await calls.fail('account.create', { ...draft, kind: 'moon' })).toBe('invalid-input')
    const { id } = await calls.call('account.create', draft)
    expect((await calls.call('account.update', { id, patch: { currency: 'EUR' } })).currency).toBe('EUR')
    await calls.call('transaction.create', { accountId: id, bookedOn: '2026-11-01', amountMinor: 1 })
    expect(await calls.fail('account.update', { id, patch: { currency: 'CNY' } })).toBe('conflict')
    expect(await calls.fail('account.get', { id: 99 })).toBe('not-found')
  })

  it('are deleted with all that hangs on them in one change, and come back whole', async () => {
    const one = await calls.call('account.create', draft)
    const two = await calls.call('account.create', { ...draft, name: 'other' })
    const out = await calls.call('transaction.create', { accountId: one.id, bookedOn: '2026-11-01', amountMinor: -500 })
    const into = await calls.call('transaction.create', { accountId: two.id, bookedOn: '2026-11-02', amountMinor: 500 })
    await calls.call('transfer.link', { fromId: out.id, toId: into.id })
    const tag = await calls.call('tag.create', { name: 'trip' })
    await calls.call('transaction.update', { ids: [out.id], patch: { addTagIds: [tag.id] } })
    await calls.call('transaction.setSplits', {
      id: out.id,
      splits: [
        { amountMinor: -300, categoryId: null, memo: 'a' },
        { amountMinor: -200, categoryId: null, memo: 'b' },
      ],
    })
    expect(await calls.fail('valuation.set', { accountId: one.id, on: '2026-11-01', valueMinor: 5 })).toBe(
      'invalid-input',
    )
    calls.offer('token-000001', 'contract.pdf', Buffer.from('%PDF-1.7 x'))
    await calls.call('attachment.add', { owner: { type: 'account', id: one.id }, file: 'token-000001' })
    const before = dumpUserTables(calls.temporary.vault)
    await calls.call('account.delete', { id: one.id })
    expect(await calls.call('account.list', {})).toHaveLength(1)
    expect((await calls.call('transaction.get', { id: into.id })).transfer).toBeNull()
    expect(await calls.call('history.undo', {})).toMatchObject({ label: 'account.delete', facts: { transactions: 1 } })
    expect(dumpUserTables(calls.temporary.vault)).toBe(before)
    await calls.call('history.redo', {})
    expect(await calls.call('account.list', {})).toHaveLength(1)
  })

  it('deleted, are no longer the loan of a home', async () => {
    const loan = await calls.call('account.create', { ...draft, name: 'loan', kind: 'mortgage' })
    const facts = { mortgageAccountId: loan.id }
    const home = await calls.call('home.save', { name: 'home', currency: 'CNY', facts })
    const value = await calls.call('valuation.set', { accountId: home.id, on: '2026-11-01', valueMinor: 5 })
    await calls.call('account.delete', { id: loan.id })
    expect((await calls.call('account.get', { id: home.id })).terms.home?.mortgageAccountId).toBeNull()
    await calls.call('history.undo', {})
    expect((await calls.call('account.get', { id: home.id })).terms.home?.mortgageAccountId).toBe(loan.id)
    await calls.call('valuation.delete', { id: value.id })
    expect(await calls.call('valuation.list', { accountId: home.id })).toEqual([])
  })

  it('are put in order', async () => {
    const ids: number[] = []
    for (const name of ['a', 'b', 'c']) ids.push((await calls.call('account.create', { ...draft, name })).id)
    await calls.call('account.reorder', { ids: ids.toReversed() })
    expect((await calls.call('account.list', {})).map(({ name }) => name)).toEqual(['c', 'b', 'a'])
  })

  it('begin on the day of their opening balance, or on that of an earlier transaction', async () => {
    const account = await calls.call('account.create', { ...draft, openingMinor: 1_000, openingOn: '2026-03-10' })
    const worth = async (on: string) => (await calls.call('netWorth.on', { on })).netMinor
    expect([await worth('2026-03-09'), await worth('2026-03-10')]).toEqual([0, 1_000])
    await calls.call('transaction.create', { accountId: account.id, bookedOn: '2026-02-01', amountMinor: -400 })
    expect([await worth('2026-01-31'), await worth('2026-02-01'), await worth('2026-03-10')]).toEqual([0, 600, 600])
  })

  it('show their balance over time, the range ends today', async () => {
    const account = await calls.call('account.create', draft)
    for (const [bookedOn, amountMinor] of [
      ['2026-01-05', 10_000],
      ['2026-10-30', -1_000],
      ['2026-11-22', -500],
    ] as const) {
      await calls.call('transaction.create', { accountId: account.id, bookedOn, amountMinor })
    }
    const at = async (range: '1m' | '3m' | 'ytd' | '1y' | '5y' | 'all', ...days: string[]) => {
      const { points, since } = await calls.call('account.history', { id: account.id, range })
      // the records begin on 5 January: longer ranges begin there
      expect(since).toBe(['1m', '3m'].includes(range) ? null : '2026-01-05')
      expect(points.length).toBeLessThanOrEqual(131)
      expect(points.at(-1)).toEqual({ on: '2026-11-23', minor: 8_500 })
      return days.map((on) => points.findLast((point) => point.on <= on)?.minor)
    }
    expect(await at('1m', '2026-10-29', '2026-10-30')).toEqual([10_000, 9_000])
    expect(await at('3m', '2026-10-29', '2026-10-30')).toEqual([10_000, 9_000])
    expect(await at('ytd', '2026-11-22')).toEqual([9_000])
    expect(await at('1y', '2025-12-31', '2026-10-29')).toEqual([undefined, 10_000])
    expect(await at('5y', '2025-12-31', '2026-01-31', '2026-11-02')).toEqual([undefined, 10_000, 9_000])
    expect(await at('all', '2026-01-04', '2026-01-05')).toEqual([undefined, 10_000])
  })

  it('were not worth nothing before the records begin: a balance that was there already is no rise', async () => {
    const account = await calls.call('account.create', { ...draft, openingMinor: 2_000_000, openingOn: '2026-11-01' })
    await calls.call('transaction.create', { accountId: account.id, bookedOn: '2026-11-10', amountMinor: 1_925_000 })
    const history = await calls.call('account.history', { id: account.id, range: '1y' })
    expect(history.since).toBe('2026-11-01')
    expect([history.points[0], history.points.at(-1)]).toEqual([
      { on: '2026-11-01', minor: 2_000_000 },
      { on: '2026-11-23', minor: 3_925_000 },
    ])
    const { before, netWorth, since } = await calls.call('overview.get', { range: '1y' })
    // up 19,250.00 since 1 November, not 39,250.00 in a year
    expect([since, netWorth.netMinor - before.netMinor]).toEqual(['2026-11-01', 1_925_000])
    expect((await calls.call('overview.get', { range: '1m' })).since).toBe('2026-11-01')
    // nor a rise of the month that the records begin in
    const november = await calls.call('report.month', { month: '2026-11' })
    expect([november.netWorthBefore, november.netWorth.netMinor]).toEqual([null, 3_925_000])
    // a year that the records reach back to is a year: a line before the opening’s day moves the opening there
    await calls.call('transaction.create', { accountId: account.id, bookedOn: '2025-11-20', amountMinor: 0 })
    expect((await calls.call('overview.get', { range: '1y' })).since).toBeNull()
    expect((await calls.call('report.month', { month: '2026-11' })).netWorthBefore?.netMinor).toBe(2_000_000)
  })

  it('that are worth something by their terms before the first record are drawn from the range’s start', async () => {
    const account = await calls.call('account.create', { ...draft, openingMinor: 500_000 })
    await calls.call('transaction.create', { accountId: account.id, bookedOn: '2026-11-10', amountMinor: -1_000 })
    // an opening balance without a day was always there
    const history = await calls.call('account.history', { id: account.id, range: '1y' })
    expect([history.since, history.points[0]?.minor]).toEqual([null, 500_000])
  })
})

describe('net worth', () => {
  it('is assets less liabilities; an overdraft lowers the assets, a card in credit the liabilities', async () => {
    await calls.call('account.create', { ...draft, openingMinor: 5_000 })
    await calls.call('account.create', { ...draft, name: 'overdrawn', openingMinor: -700 })
    await calls.call('account.create', { ...draft, name: 'card', kind: 'credit-card', openingMinor: -2_000 })
    await calls.call('account.create', { ...draft, name: 'paid too much', kind: 'credit-card', openingMinor: 300 })
    const outside = await calls.call('account.create', { ...draft, name: 'not ours', openingMinor: 9_999 })
    await calls.call('account.update', { id: outside.id, patch: { inNetWorth: false } })
    const overview = await calls.call('overview.get', { range: '1m' })
    // 5000 − 700 = 4300; 2000 − 300 = 1700; 4300 − 1700 = 2600
    expect(overview.netWorth).toMatchObject({ assetsMinor: 4_300, liabilitiesMinor: 1_700, netMinor: 2_600 })
    expect(overview.classes).toEqual([
      { class: 'cash', side: 'asset', minor: 4_300, accounts: 2 },
      { class: 'credit-card', side: 'liability', minor: 1_700, accounts: 2 },
    ])
    expect(overview.accountCount).toBe(5)
  })

  it('converts by the day, through EUR, with the last known rate, and says so', async () => {
    await calls.call('account.create', { ...draft, currency: 'USD', openingMinor: 10_000 })
    expect((await calls.call('netWorth.on', { on: '2026-11-20' })).notes).toEqual([
      { currency: 'USD', usedRateOn: null },
    ])
    await calls.call('fx.set', { base: 'EUR', quote: 'USD', on: '2026-11-20', rate: '1.25' })
    await calls.call('fx.set', { base: 'EUR', quote: 'CNY', on: '2026-11-20', rate: '8' })
    // 100 USD ÷ 1.25 × 8 = 640 CNY
    expect(await calls.call('netWorth.on', { on: '2026-11-20' })).toMatchObject({ netMinor: 64_000, notes: [] })
    expect((await calls.call('netWorth.on', { on: '2026-11-22' })).notes).toEqual([
      { currency: 'USD', usedRateOn: '2026-11-20' },
    ])
    expect((await calls.call('netWorth.on', { on: '2026-11-19' })).netMinor).toBe(0)
    const [account] = await calls.call('account.list', {})
    expect(account).toMatchObject({ baseBalance: { minor: 64_000, currency: 'CNY' }, rateOn: '2026-11-20' })
    expect(await calls.call('fx.list', {})).toHaveLength(2)
  })

  it('takes another base currency', async () => {
    await calls.call('account.create', { ...draft, openingMinor: 80_000 })
    await calls.call('fx.set', { base: 'EUR', quote: 'CNY', on: '2026-11-23', rate: '8' })
    await calls.call('vaultSettings.set', { baseCurrency: 'EUR', ownerName: '王' })
    expect(await calls.call('vaultSettings.get', {})).toEqual({ baseCurrency: 'EUR', ownerName: '王' })
    expect(await calls.call('netWorth.on', { on: '2026-11-23' })).toMatchObject({ currency: 'EUR', netMinor: 10_000 })
    await calls.call('history.undo', {})
    expect((await calls.call('vaultSettings.get', {})).baseCurrency).toBe('CNY')
  })
})
