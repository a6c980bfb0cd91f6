import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMonths, daysBetween, type IsoDate, parseIsoDate } from '../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from './test-calls.ts'

/**
 * Three accounts without everyday spending, so that the year can be counted by hand. On 2026-11-25:
 *   Anna's        10,000.00, rent of 4,000.00 on the 1st:  10,000 − 4,000 − 4,000 = 2,000; − 4,000 on 1 February
 *   joint         30,000.01, Anna 60 %, Bert 40 %, wages of 5,000.00 on the 10th
 *   Bert's         1,000.00, nothing
 */
const today = '2026-11-25' as IsoDate
let calls: TestCalls
let anna = 0
let bert = 0
const ids: Record<string, number> = {}
beforeAll(async () => {
  calls = await openTestCalls(today)
  anna = (await calls.call('person.create', { name: 'Anna' })).id
  bert = (await calls.call('person.create', { name: 'Bert' })).id
  const make = async (name: string, openingMinor: number, owners: { personId: number; share: number }[]) => {
    const account = { name, kind: 'checking', currency: 'CNY', openingMinor, openingOn: parseIsoDate('2026-11-01') }
    ids[name] = (await calls.call('account.create', { ...account, owners })).id
  }
  await make('anna', 1_000_000, [{ personId: anna, share: 10_000 }])
  await make('joint', 3_000_001, [
    { personId: anna, share: 6_000 },
    { personId: bert, share: 4_000 },
  ])
  await make('bert', 100_000, [{ personId: bert, share: 10_000 }])
  const bill = { period: 'monthly' as const, type: 'other' as const }
  await calls.call('recurring.add', {
    ...bill, name: 'rent', accountId: ids['anna'] ?? 0, amountMinor: -400_000, nextOn: '2026-12-01',
  }) // prettier-ignore
  await calls.call('recurring.add', {
    ...bill, name: 'wages', accountId: ids['joint'] ?? 0, amountMinor: 500_000, nextOn: '2026-12-10',
  }) // prettier-ignore
})
afterAll(() => calls.close())

const of = (person: number | null, more: object = {}) => calls.call('forecast.get', { person, ...more })
const on = (day: string): number => daysBetween(today, parseIsoDate(day))

describe('the forecast of a person', () => {
  it('is their share of all money at hand', async () => {
    const [all, hers, his] = [await of(null), await of(anna), await of(bert)]
    // 10,000.00 + 30,000.01 + 1,000.00
    expect(all.expectedMinor[0]).toBe(4_100_001)
    // 10,000.00 + 60 % of 30,000.01 = 18,000.006; 40 % = 12,000.004 + 1,000.00
    expect([hers.expectedMinor[0], his.expectedMinor[0]]).toEqual([2_800_001, 1_300_000])
    // 10 December: rent once, wages once: 6,000.00 + 60 % of 35,000.01; 40 % of it + 1,000.00
    expect([hers, his].map(({ expectedMinor }) => expectedMinor[on('2026-12-10')])).toEqual([2_700_001, 1_500_000])
    expect([hers.days.length, his.days.length]).toEqual([all.days.length, all.days.length])
  })

  it('adds up to the household’s on every day, but for a unit of rounding a person', async () => {
    const [all, hers, his] = [await of(null), await of(anna), await of(bert)]
    const apart = all.expectedMinor.map((minor, index) =>
      Math.abs(minor - (hers.expectedMinor[index] ?? 0) - (his.expectedMinor[index] ?? 0)),
    )
    expect(Math.max(...apart)).toBeLessThanOrEqual(1)
  })

  it('shows only accounts that they have a share in, whole, with what happens on them', async () => {
    const hers = await of(anna)
    const joint = { weight: 6_000, of: 10_000 }
    expect(hers.accounts.map(({ accountId, part, balance }) => [accountId, part?.weight, balance.minor])).toEqual([
      [ids['anna'], 10_000, 1_000_000],
      [ids['joint'], joint.weight, 3_000_001],
    ])
    // the third rent is one too many, for her; he does not hear of it
    expect(hers.accounts[0]?.belowOn).toBe('2027-02-01')
    const his = await of(bert)
    expect(his.accounts.map(({ belowOn }) => belowOn)).toEqual([null, null])
    expect(new Set(his.events.map(({ name }) => name))).toEqual(new Set(['wages']))
    expect(his.events[0]).toMatchObject({ on: '2026-12-10', amount: { minor: 500_000 } })
    expect(addMonths(parseIsoDate('2026-12-10'), 1)).toBe(his.events[1]?.on)
  })

  it('of one account is that of the whole account; of one that is not theirs there is none', async () => {
    const line = async (person: number | null, name: string) =>
      (await of(person, { accountId: ids[name] ?? 0 })).expectedMinor
    expect(await line(anna, 'joint')).toEqual(await line(null, 'joint'))
    expect(await calls.fail('forecast.get', { accountId: ids['bert'] ?? 0, person: anna })).toBe('not-found')
    expect(await calls.fail('forecast.get', { person: 99 })).toBe('not-found')
  })
})
