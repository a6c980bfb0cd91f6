import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseCivilTime } from '../../../shared/domain/civil-time.ts'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from '../../../test/scenarios/test-calls.ts'

let calls: TestCalls
beforeEach(async () => {
  calls = await openTestCalls('2026-11-23')
})
afterEach(() => calls.close())

const at = (day: string, minute = 600): void => {
  calls.today = parseIsoDate(day)
  calls.minute = minute
}
const listed = async (includeDone = true) => (await calls.call('reminder.list', { includeDone })).reminders
/** But that the vault of a test was never backed up. */
const keysTold = async () =>
  (await calls.call('reminder.tell', {})).told
    .map(({ reminder }) => reminder.key)
    .filter((key) => !key.startsWith('backup:'))

async function card() {
  return calls.call('account.create', {
    name: 'Gold',
    kind: 'credit-card',
    currency: 'CNY',
    openingOn: '2026-01-01',
    terms: { card: { limitMinor: null, statementDay: 5, due: { type: 'days-after', days: 20 } } },
  })
}
const book = (accountId: number, bookedOn: string, amountMinor: number) =>
  calls.call('transaction.create', { accountId, bookedOn, amountMinor })
const payments = async () =>
  (await listed())
    .filter(({ kind }) => kind === 'card-payment')
    .map(({ on, amount, status, doneBy, doneOn, estimated }) => [on, amount?.minor, status, doneBy, doneOn, estimated])

describe('a card', () => {
  // statement on the 5th, due 20 days later; spent 300.00 before the statement of 5 November, 50.00 after
  it('asks for what the statement said; what was spent since is the next one’s', async () => {
    const { id } = await card()
    await book(id, '2026-11-02', -30_000)
    await book(id, '2026-11-10', -5_000)
    expect(await payments()).toEqual([
      ['2026-11-25', 30_000, 'open', null, null, false],
      ['2026-12-25', 35_000, 'open', null, null, true],
    ])
  })
  it('paid in part, asks for the rest; paid in full, is done by itself on that day', async () => {
    const { id } = await card()
    await book(id, '2026-11-02', -30_000)
    await book(id, '2026-11-12', 10_000)
    expect(await payments()).toContainEqual(['2026-11-25', 20_000, 'open', null, null, false])
    await book(id, '2026-11-20', 20_000)
    expect(await payments()).toEqual([['2026-11-25', 30_000, 'done', 'payment', '2026-11-20', false]])
    at('2026-11-25')
    expect(await keysTold()).toEqual([])
  })
  it('in credit on its statement day asks for nothing', async () => {
    const { id } = await card()
    await book(id, '2026-11-02', 1_000)
    expect(await payments()).toEqual([])
  })
})

it('a loan’s instalment is done by itself once the loan’s account shows the payment', async () => {
  const terms = {
    principalMinor: 1_200_000,
    annualRate: '0',
    months: 12,
    firstDueOn: '2026-10-20',
    method: 'annuity' as const,
  }
  const { id } = await calls.call('account.create', {
    name: 'Car loan',
    kind: 'vehicle-loan',
    currency: 'CNY',
    openingMinor: -1_200_000,
    openingOn: '2026-09-20',
    terms: { loan: terms },
  })
  const instalments = async () =>
    (await listed())
      .filter(({ kind, on }) => kind === 'loan-instalment' && on < '2027-01-01')
      .map(({ on, amount, status, doneOn }) => [on, amount?.minor, status, doneOn])
  expect(await instalments()).toEqual([
    // that of October fell due before the loan was made here, on 2026-11-18
    ['2026-11-20', 100_000, 'open', null],
    ['2026-12-20', 100_000, 'open', null],
  ])
  await book(id, '2026-10-20', 100_000)
  await book(id, '2026-11-21', 100_000)
  expect(await instalments()).toEqual([
    ['2026-11-20', 100_000, 'done', '2026-11-21'],
    ['2026-12-20', 100_000, 'open', null],
  ])
})

describe('own reminders', () => {
  it('come again by their recurrence, are told of once, done and put off by key, and all of it can be undone', async () => {
    const own = await calls.call('reminder.add', {
      title: 'Rent',
      firstOn: '2026-01-31',
      recurrence: { every: 'month' },
      leadDays: [1, 0],
    })
    const key = `own:reminder.${own.id}:2026-11-30`
    const days = (await calls.call('reminder.list', { from: '2026-11-24', until: '2027-03-31' })).reminders.map(
      ({ on }) => on,
    )
    expect(days).toEqual(['2026-11-30', '2026-12-31', '2027-01-31', '2027-02-28', '2027-03-31'])

    at('2026-11-29')
    expect(await calls.call('reminder.waiting', {})).toMatchObject({ count: 2 })
    expect(await keysTold()).toEqual([`own:reminder.${own.id}:2026-10-31`, key])
    expect(await keysTold()).toEqual([])
    const until = parseCivilTime('2026-11-30T20:00')
    expect(await calls.call('reminder.snooze', { key, until })).toMatchObject({
      status: 'snoozed',
      snoozedUntil: until,
    })
    at('2026-11-30', 20 * 60 - 1)
    expect(await calls.call('reminder.waiting', {})).toEqual({ count: 0, wakeAt: until, wakeInMs: expect.any(Number) })
    at('2026-11-30', 20 * 60)
    expect(await keysTold()).toEqual([key])
    expect(await calls.call('reminder.done', { key })).toMatchObject({
      status: 'done',
      doneBy: 'user',
      doneOn: '2026-11-30',
    })
    expect((await listed(false)).map((reminder) => reminder.key)).not.toContain(key)
    // telling is no change: what undo takes back is the done, then the putting off
    expect((await calls.call('history.undo', {})).label).toBe('reminder.done')
    expect(await listed()).toContainEqual(expect.objectContaining({ key, status: 'open' }))
    expect((await calls.call('history.undo', {})).label).toBe('reminder.snooze')
    expect((await calls.call('history.undo', {})).label).toBe('reminder.add')
    expect(await calls.call('reminder.own', {})).toEqual([])
  })
  it('are changed and removed', async () => {
    const { id } = await calls.call('reminder.add', { title: 'Once', firstOn: '2026-12-01' })
    const changed = await calls.call('reminder.update', {
      id,
      reminder: {
        title: 'Pay',
        firstOn: '2026-12-05',
        amount: { minor: 100, currency: 'CNY' },
        roll: 'next',
        calendar: 'cn',
      },
    })
    expect(changed).toMatchObject({ title: 'Pay', amount: { minor: 100, currency: 'CNY' } })
    // 5 December 2026 is a Saturday
    expect(await listed()).toMatchObject([{ on: '2026-12-07', nominalOn: '2026-12-05', title: 'Pay' }])
    await calls.call('reminder.remove', { id })
    expect(await listed()).toEqual([])
    expect(await calls.fail('reminder.remove', { id })).toBe('not-found')
  })
})

it('documents and vehicles are reminded of; the settings say when, and one can be dismissed and opened again', async () => {
  await calls.call('document.create', { kind: 'passport', name: 'Passport', expiresOn: '2026-12-23' })
  const [passport] = await listed()
  expect(passport).toMatchObject({ key: 'document:document.1:2026-12-23', kind: 'document-expiry', daysAway: 30 })
  const settings = await calls.call('reminder.settings', {})
  await calls.call('reminder.saveSettings', {
    ...settings,
    kinds: { 'document-expiry': { told: true, leadDays: [10], roll: null } },
  })
  expect(await keysTold()).toEqual([])
  at('2026-12-13')
  expect(await keysTold()).toEqual(['document:document.1:2026-12-23'])
  const key = 'document:document.1:2026-12-23'
  expect(await calls.call('reminder.dismiss', { key })).toMatchObject({ status: 'dismissed' })
  expect(await listed(false)).toEqual([])
  expect(await calls.call('reminder.reopen', { key })).toMatchObject({ status: 'open' })
  expect((await calls.call('overview.get', { range: '1m' })).due).toEqual([
    { key, on: '2026-12-23', kind: 'document-expiry', name: 'Passport', accountId: null, documentId: 1, amount: null },
  ])
})

it('refuses what is not there and a time that is past', async () => {
  expect(await calls.fail('reminder.done', { key: 'card:account.1:2026-13-45' })).toBe('not-found')
  expect(await calls.fail('reminder.done', { key: 'nothing' })).toBe('not-found')
  const { id } = await calls.call('reminder.add', { title: 'x', firstOn: '2026-12-01' })
  const key = `own:reminder.${id}:2026-12-01`
  expect(await calls.fail('reminder.snooze', { key, until: parseCivilTime('2026-11-23T10:00') })).toBe('invalid-input')
})

it('the calendars say how far they are known', async () => {
  const calendars = await calls.call('reminder.calendars', {})
  expect(calendars.find(({ key }) => key === 'cn')?.years).toEqual([2024, 2025, 2026])
  expect(calendars.find(({ key }) => key === 'target2')?.years).toBeNull()
})
