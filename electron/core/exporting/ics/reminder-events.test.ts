import { describe, expect, it } from 'vitest'
import { sampleReminder } from '../../../../test/support/reminder-samples.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  type OwnReminder,
  ownReminderSchema,
  type Reminder,
  reminderSettingsSchema,
} from '../../../../shared/model/reminder.ts'
import { type ReminderCalendar, reminderEvents } from './reminder-events.ts'

const own = (given: object): OwnReminder =>
  ownReminderSchema.parse({ id: 3, title: 'Rent', firstOn: '2026-01-10', recurrence: { every: 'month' }, ...given })
const ownDay = (on: string, given: Partial<Reminder> = {}): Reminder =>
  sampleReminder({
    key: `own:reminder.3:${on}`,
    series: 'own:reminder.3',
    kind: 'own',
    title: 'Rent',
    subject: { type: 'reminder', id: 3 },
    on: parseIsoDate(on),
    nominalOn: parseIsoDate(on),
    amount: null,
    ...given,
  })
const events = (given: Partial<ReminderCalendar>) =>
  reminderEvents({
    reminders: [],
    own: [],
    settings: reminderSettingsSchema.parse({}),
    today: parseIsoDate('2026-11-25'),
    language: 'en',
    amounts: false,
    alarms: true,
    formatAmount: () => '¥1,234.50',
    formatDate: (date) => date,
    title: ({ title }) => title,
    ...given,
  })

describe('reminders as entries of a calendar', () => {
  it('hold no amount unless that is asked for', () => {
    const reminders = [sampleReminder()]
    expect(JSON.stringify(events({ reminders }))).not.toContain('1,234')
    expect(events({ reminders, amounts: true })[0]).toMatchObject({
      summary: 'Visa & Co · ¥1,234.50',
      description: '¥1,234.50',
    })
  })
  it('leave out what is done or dismissed, and keep what is put off', () => {
    const reminders = [
      sampleReminder({ key: 'a', series: 'a', status: 'done' }),
      sampleReminder({ key: 'b', series: 'b', status: 'dismissed' }),
      sampleReminder({ key: 'c', series: 'c', status: 'snoozed' }),
    ]
    expect(events({ reminders }).map(({ uid }) => uid)).toEqual(['c@onebook'])
  })
  it('say in words that a day was moved, and that it may still move', () => {
    const [event] = events({
      reminders: [sampleReminder({ nominalOn: parseIsoDate('2026-12-04'), dayCertain: false })],
    })
    expect(event?.description).toContain('2026-12-04')
    expect(event?.description).toContain('may still move')
  })
  it('remind at the time of the settings, as many days before as their kind has: cards 3 and 0, at nine', () => {
    // 540 − 3 × 1440 = −3780
    expect(events({ reminders: [sampleReminder()] })[0]?.alarms).toEqual([-3780, 540])
    expect(events({ reminders: [sampleReminder()], alarms: false })[0]?.alarms).toEqual([])
  })
  it('an own reminder that comes again is one entry from its first open day, without the days that are done', () => {
    const reminders = [
      ownDay('2026-11-10', { status: 'done' }),
      ownDay('2026-12-10'),
      ownDay('2027-01-10', { status: 'done' }),
      ownDay('2027-02-10'),
    ]
    expect(events({ reminders, own: [own({})] })).toMatchObject([
      { uid: 'own:reminder.3@onebook', on: '2026-12-10', rule: 'FREQ=MONTHLY;BYMONTHDAY=10', except: ['2027-01-10'] },
    ])
  })
  it.each([
    ['whose days move for weekends', { roll: 'next' }],
    ['on the 30th, which February lacks', { firstOn: '2026-01-30' }],
    ['that comes once', { recurrence: null }],
  ])('an own reminder %s is written day by day', (_, given) => {
    const found = events({ reminders: [ownDay('2026-12-10'), ownDay('2027-01-10')], own: [own(given)] })
    expect(found.map(({ uid, rule }) => [uid, rule])).toEqual([
      ['own:reminder.3:2026-12-10@onebook', null],
      ['own:reminder.3:2027-01-10@onebook', null],
    ])
  })
})
