import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { openTestCalls } from '../../../../test/scenarios/test-calls.ts'
import { backupSource } from './backup-source.ts'

const on = parseIsoDate
const window = (today: string) => ({ today: on(today), from: on('2026-01-01'), until: on('2027-12-31') })
const due = (lastOn: string | null, inUseSince: string | null, today: string) =>
  backupSource
    .due(
      { lastOn: lastOn === null ? null : on(lastOn), inUseSince: inUseSince === null ? null : on(inUseSince) },
      window(today),
    )
    .map((one) => one.on)

describe('a backup is reminded of', () => {
  it.each([
    // the newest is of 1 November: 14 days
    ['2026-11-01', '2026-01-01', '2026-11-14', []],
    ['2026-11-01', '2026-01-01', '2026-11-15', ['2026-11-15']],
    ['2026-11-01', '2026-01-01', '2026-12-24', ['2026-11-15']],
    // never backed up, in use since 1 November: 7 days
    [null, '2026-11-01', '2026-11-07', []],
    [null, '2026-11-01', '2026-11-08', ['2026-11-08']],
    // nothing in it
    [null, null, '2026-11-08', []],
    ['2026-01-01', null, '2026-11-08', []],
  ])('newest %s, in use since %s, on %s: %j', (lastOn, inUseSince, today, days) => {
    expect(due(lastOn, inUseSince, today)).toEqual(days)
  })

  it('where a vault was never backed up, once there is something to lose', async () => {
    // whatever day these calls are asked for, what they make is made on 18 November 2026
    const calls = await openTestCalls('2026-11-18')
    const kinds = async () =>
      (await calls.call('reminder.list', {})).reminders.map(({ kind, on: day, overdue }) => [kind, day, overdue])
    try {
      const account = { name: 'A', kind: 'checking', currency: 'CNY' }
      const { id } = await calls.call('account.create', account)
      calls.today = on('2026-12-24')
      expect(await kinds()).toEqual([])
      await calls.call('transaction.create', { accountId: id, bookedOn: on('2026-11-23'), amountMinor: -100 })
      expect(await kinds()).toEqual([['backup-overdue', '2026-11-25', true]])
    } finally {
      await calls.close()
    }
  })
})
