import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addMonths, type IsoDate, parseIsoDate } from '../../shared/domain/iso-date.ts'
import { passphrase, startTemporaryCore, type TemporaryCore } from '../support/temporary-core.ts'

/** A household of one: pay, rent, a subscription that got dearer, power by use, coffee. Today is 2026-11-25. */
const today = parseIsoDate('2026-11-25')
let temporary: TemporaryCore
let accountId: number

async function add(on: IsoDate, payee: string, amountMinor: number): Promise<number> {
  const added = await temporary.call('transaction.create', { accountId, bookedOn: on, payee, amountMinor })
  return added.id
}

beforeEach(async () => {
  temporary = startTemporaryCore({ today })
  await temporary.call('vault.create', { passphrase, baseCurrency: 'CNY' })
  const account = await temporary.call('account.create', {
    name: 'Current',
    kind: 'checking',
    currency: 'CNY',
    openingMinor: 1_000_000,
    openingOn: parseIsoDate('2025-11-01'),
  })
  accountId = account.id
  for (let month = 0; month < 12; month += 1) {
    const first = addMonths(parseIsoDate('2025-12-01'), month)
    await add(addMonths(parseIsoDate('2025-12-10'), month), 'Sample Works', 1_500_000)
    await add(first, 'Landlord', -420_000)
    await add(addMonths(parseIsoDate('2025-12-14'), month), 'Stream+', month < 6 ? -3000 : -3500)
    await add(addMonths(parseIsoDate('2025-12-18'), month), 'Power Co', -(15_000 + ((month * 37) % 11) * 1500))
    for (const day of [2, 5, 9, 11, 16, 19, 23]) {
      await add(
        parseIsoDate(`${first.slice(0, 8)}${String(day + (month % 3)).padStart(2, '0')}`),
        'Coffee',
        -(1800 + ((day * month) % 9) * 150),
      )
    }
  }
  await temporary.call('recurring.refresh', {})
})
afterEach(() => temporary.close())

describe('a household of one', () => {
  it('has four series, with their totals, and no coffee', async () => {
    const list = await temporary.call('recurring.list', {})
    expect(list.pending).toBe(false)
    const shown = Object.fromEntries(
      list.items.map(({ name, period, amount, nextOn, ended }) => [name, [period, amount.minor, nextOn, ended]]),
    )
    expect(Object.keys(shown).toSorted()).toEqual(['Landlord', 'Power Co', 'Sample Works', 'Stream+'])
    expect(shown['Sample Works']).toEqual(['monthly', 1_500_000, '2026-12-10', false])
    expect(shown['Landlord']).toEqual(['monthly', -420_000, '2026-12-01', false])
    expect(shown['Stream+']).toEqual(['monthly', -3500, '2026-12-14', false])
    // 12 × 15,000.00
    expect(list.totals.inYearMinor).toBe(18_000_000)
    expect(list.totals.inMonthMinor).toBe(1_500_000)
    const power = list.items.find(({ name }) => name === 'Power Co')
    // rent 12 × 4,200.00, the stream 12 × 35.00, and power
    expect(list.totals.outYearMinor).toBe(12 * 420_000 + 12 * 3500 - (power?.yearly.minor ?? 0))
  })

  it('shows what the dearer subscription makes in a year', async () => {
    const { items } = await temporary.call('recurring.list', {})
    const stream = items.find(({ name }) => name === 'Stream+')
    expect(stream?.prices).toEqual([{ on: '2026-06-14', fromMinor: 3000, toMinor: 3500, currency: 'CNY' }])
    // 5.00 more, twelve times
    expect(stream?.yearDifference).toEqual({ minor: -6000, currency: 'CNY' })
  })

  it('shows the rows of a series, newest first', async () => {
    const { items } = await temporary.call('recurring.list', {})
    const rows = await temporary.call('recurring.rows', {
      key: items.find(({ name }) => name === 'Landlord')?.key ?? '',
    })
    expect(rows.map(({ bookedOn }) => bookedOn).slice(0, 2)).toEqual(['2026-11-01', '2026-10-01'])
    expect(rows).toHaveLength(12)
  })

  it('what the user decides stays when the history is looked at again, and is undone by undo', async () => {
    const before = await temporary.call('recurring.list', {})
    const key = before.items.find(({ name }) => name === 'Stream+')?.key ?? ''
    await temporary.call('recurring.decide', { key, status: 'dismissed' })
    await add(parseIsoDate('2026-11-24'), 'Stream+', -100)
    await temporary.call('recurring.refresh', { whole: true })
    const after = await temporary.call('recurring.list', {})
    expect(after.items.find((item) => item.key === key)).toMatchObject({ status: 'dismissed', name: 'Stream+' })
    expect(after.totals.outYearMinor).toBe(before.totals.outYearMinor - 12 * 3500)
    await temporary.call('history.undo', {})
    await temporary.call('history.undo', {})
    const undone = await temporary.call('recurring.list', {})
    expect(undone.items.find((item) => item.key === key)?.status).toBe('detected')
    expect(undone.pending).toBe(true)
  })

  it('an edit confirms and overrides, and a day of its end ends it', async () => {
    const { items } = await temporary.call('recurring.list', {})
    const key = items.find(({ name }) => name === 'Landlord')?.key ?? ''
    await temporary.call('recurring.edit', {
      key,
      patch: { name: 'Rent', amountMinor: -450_000, nextOn: parseIsoDate('2026-12-03') },
    })
    const edited = (await temporary.call('recurring.list', {})).items.find((item) => item.key === key)
    expect(edited).toMatchObject({
      status: 'confirmed',
      name: 'Rent',
      confidence: 1000,
      nextOn: '2026-12-03',
      amount: { minor: -450_000 },
      yearly: { minor: -5_400_000 },
    })
    await temporary.call('recurring.edit', { key, patch: { endedOn: parseIsoDate('2026-11-20') } })
    const ended = (await temporary.call('recurring.list', {})).items.find((item) => item.key === key)
    expect(ended).toMatchObject({ ended: true, nextOn: null })
  })

  it('one made by hand is listed, counted and removed', async () => {
    const { key } = await temporary.call('recurring.add', {
      name: 'Club',
      accountId,
      amountMinor: -120_000,
      period: 'yearly',
      nextOn: parseIsoDate('2027-02-01'),
    })
    const { items } = await temporary.call('recurring.list', {})
    expect(items.find((item) => item.key === key)).toMatchObject({
      own: true,
      nextOn: '2027-02-01',
      yearly: { minor: -120_000 },
    })
    await temporary.call('recurring.remove', { key })
    expect((await temporary.call('recurring.list', {})).items.some((item) => item.key === key)).toBe(false)
  })

  it('a key that is nobody’s is refused', async () => {
    await expect(
      temporary.call('recurring.decide', { key: 'nobody|out|1', status: 'confirmed' }),
    ).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('rows that come later are found by themselves', async () => {
    const seen = new Promise<void>((resolve) => {
      temporary.core.subscribe((event) => {
        if (event.type === 'changed' && event.nouns.includes('recurring')) resolve()
      })
    })
    for (let month = 0; month < 5; month += 1) await add(addMonths(parseIsoDate('2026-07-07'), month), 'Gym', -29_900)
    await seen
    const { items } = await temporary.call('recurring.list', {})
    expect(items.find(({ name }) => name === 'Gym')).toMatchObject({ period: 'monthly', nextOn: '2026-12-07' })
  })
})
