import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountKindOf, allAccountKinds } from '../../../../shared/model/account-kinds.ts'
import { accountFieldOf } from '../../../../shared/model/account-fields.ts'
import { allReminderRules, reminderRuleOf } from '../../../../shared/model/reminder-rules.ts'
import { openTestCalls, type TestCalls } from '../../../../test/scenarios/test-calls.ts'

let calls: TestCalls
beforeEach(async () => {
  // the clock of these calls stands at 2026-11-18 for stamps
  calls = await openTestCalls('2026-11-23')
})
afterEach(() => calls.close())

/** The days by nature: kind, day before weekends, day to act by. */
async function days(kind: string, details: Record<string, string | number>, until = '2027-06-30') {
  const currency = 'CNY'
  const { id } = await calls.call('account.create', {
    name: 'x',
    kind,
    currency,
    // what is owed asks for payments
    openingMinor: accountKindOf(kind).side === 'liability' ? -5_000_000 : 5_000_000,
    terms: { details },
  })
  const { reminders } = await calls.call('reminder.list', { from: '2026-11-23', until, includeDone: true })
  return reminders
    .filter(({ subject }) => subject.type === 'account' && subject.id === id)
    .map((each) => [each.kind, each.nominalOn, each.on, each.amount?.minor ?? null])
}
const kindWith = (rule: string): string =>
  allAccountKinds().find(({ reminders }) => reminders.includes(rule))?.key ?? ''

describe('what the facts of an account say', () => {
  it('a deposit matures with what it holds, on the next business day', async () => {
    // 2027-01-03 is a Sunday; the notice on 2027 is not known, the fixed day 1 January is
    expect(await days('deposit', { maturesOn: '2027-01-03' })).toEqual([
      ['deposit-maturity', '2027-01-03', '2027-01-04', 5_000_000],
    ])
  })
  it('premiums come again by what was chosen, from the next one on', async () => {
    const kind = kindWith('premium')
    // 2026-11-29 and 2027-02-28 and 05-29 are weekend days: paid the Friday before
    expect(await days(kind, { premium: 120_000, premiumNextOn: '2026-11-29', premiumEvery: '3' })).toEqual([
      ['insurance-premium', '2026-11-29', '2026-11-27', 120_000],
      ['insurance-premium', '2027-02-28', '2027-02-26', 120_000],
      ['insurance-premium', '2027-05-29', '2027-05-28', 120_000],
    ])
    expect(await days(kind, { premium: 120_000, premiumNextOn: '2026-12-01', premiumEvery: '0' })).toHaveLength(1)
  })
  it('bills fall on their day of the month, the last of shorter ones', async () => {
    const found = await days(kindWith('bill'), { billingDay: 31 }, '2027-03-31')
    expect(found.map(([, nominal]) => nominal)).toEqual([
      '2026-11-30',
      '2026-12-31',
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
    ])
  })
})

it('every rule has a field of days that its recurrence can use', () => {
  for (const rule of allReminderRules()) {
    const type = accountFieldOf(rule.from[0] ?? '').type
    expect(['date', 'day-of-month', 'month-day']).toContain(type)
  }
})

const example = new Map<string, string | number>([
  ['date', '2027-02-14'],
  ['day-of-month', 14],
  ['month-day', '--02-14'],
])
const reminded = allAccountKinds().filter(({ reminders }) => reminders.length > 0)
it(`every one of the ${reminded.length} kinds that can be reminded of is, for each of its rules`, async () => {
  const silent: string[] = []
  for (const { key, reminders, fields } of reminded) {
    for (const rule of reminders) {
      const { from } = reminderRuleOf(rule)
      const details = { [from[0] ?? '']: example.get(accountFieldOf(from[0] ?? '').type) ?? '' }
      const second = from[1]
      if (second !== undefined && fields.includes(second))
        details[second] = accountFieldOf(second).type === 'integer' ? 1 : '1'
      const found = await days(key, details)
      if (!found.some(([, nominal]) => String(nominal).endsWith('-14'))) silent.push(`${key} ${rule}`)
    }
  }
  expect(silent).toEqual([])
})
