import { afterEach, beforeEach, expect, it } from 'vitest'
import { addMonths, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from '../../../../test/scenarios/test-calls.ts'
import { isOutlookStale, keepOutlook } from '../../forecast/keep-outlook.ts'

const today = parseIsoDate('2026-11-25')
let calls: TestCalls
let account: number

beforeEach(async () => {
  calls = await openTestCalls(today)
  const draft = { name: 'Current', kind: 'checking', currency: 'CNY', openingMinor: 500_000, openingOn: '2026-01-01' }
  account = (await calls.call('account.create', draft)).id
})
afterEach(() => calls.close())

const told = async (kind: string) => {
  const { reminders } = await calls.call('reminder.list', {})
  return reminders.filter((one) => one.kind === kind)
}

it('an account that rent will empty is told with the day that it falls below, and again when the floor is raised', async () => {
  // 5,000.00 − 11 × 400.00 = 600.00 left: enough for December, not for January
  for (let month = 0; month < 11; month += 1) {
    const on = addMonths(parseIsoDate('2026-01-10'), month)
    await calls.call('transaction.create', {
      accountId: account,
      bookedOn: on,
      payee: 'Landlord',
      amountMinor: -40_000,
    })
  }
  await calls.call('recurring.refresh', {})
  const { items } = await calls.call('recurring.list', {})
  await calls.call('recurring.decide', { key: items[0]?.key ?? '', status: 'confirmed' })
  const { vault } = calls.temporary
  expect(isOutlookStale(vault, today)).toBe(true)
  keepOutlook(vault, today)
  expect(isOutlookStale(vault, today)).toBe(false)
  expect((await told('low-balance')).map(({ nominalOn, title }) => [nominalOn, title])).toEqual([
    ['2027-01-10', 'Current'],
  ])
  // with a floor of 300.00 the rent of 10 December already goes below it
  await calls.call('forecast.setFloor', { accountId: account, floorMinor: 30_000 })
  expect(isOutlookStale(vault, today)).toBe(true)
  keepOutlook(vault, today)
  expect((await told('low-balance')).map(({ nominalOn }) => nominalOn)).toEqual(['2026-12-10'])
})

it('where no account has a forecast, one look a day is enough, and it says nothing new', async () => {
  await calls.call('account.delete', { id: account })
  const { vault } = calls.temporary
  expect(isOutlookStale(vault, today)).toBe(true)
  expect(keepOutlook(vault, today)).toBe(false)
  expect(isOutlookStale(vault, today)).toBe(false)
  expect(isOutlookStale(vault, parseIsoDate('2026-11-26'))).toBe(true)
})

it('a subscription that got dearer is told with what that makes in a year', async () => {
  for (let month = 0; month < 9; month += 1) {
    const on = addMonths(parseIsoDate('2026-03-14'), month)
    const amountMinor = month < 8 ? -2_500 : -3_000
    await calls.call('transaction.create', { accountId: account, bookedOn: on, payee: 'Stream+', amountMinor })
  }
  await calls.call('recurring.refresh', {})
  // 5.00 a month for twelve months, since 14 November
  expect((await told('price-rise')).map(({ nominalOn, title, amount }) => [nominalOn, title, amount?.minor])).toEqual([
    ['2026-11-14', 'Stream+', 6_000],
  ])
})
