import { describe, expect, it } from 'vitest'
import { parseCivilTime } from '../../../shared/domain/civil-time.ts'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import {
  kindDefaults,
  reminderKinds,
  type ReminderSettings,
  reminderSettingsSchema,
  type ReminderState,
  type ReminderTelling,
} from '../../../shared/model/reminder.ts'
import { type DueDate, dueDate } from './due-date.ts'
import { type EngineInput, lookFrom, runEngine } from './engine.ts'

const on = parseIsoDate
const at = parseCivilTime
/** Told at 09:00, quiet from 22:00 to 08:00. */
const settings: ReminderSettings = reminderSettingsSchema.parse({})
const bill = (day: string, given: Partial<DueDate> = {}): DueDate => ({
  ...dueDate('test', { kind: 'bill', on: on(day), title: 'Power', subject: { type: 'account', id: 1 } }),
  ...given,
})
const run = (now: string, dueDates: readonly DueDate[], given: Partial<EngineInput> = {}) =>
  runEngine({ dueDates, states: new Map(), tellings: new Map(), settings, calendar: 'target2', now: at(now), ...given })
const told = (key: string, ...list: readonly (readonly [number, string])[]) =>
  new Map<string, readonly ReminderTelling[]>([
    [key, list.map(([leadDays, toldAt]) => ({ leadDays, toldAt: at(toldAt) }))],
  ])
const said = (key: string, state: Partial<ReminderState>) =>
  new Map<string, ReminderState>([[key, { status: 'open', doneOn: null, snoozedUntil: null, ...state }]])
const leads = (result: ReturnType<typeof run>) => result.tell.map(({ leadDays }) => leadDays)

// 2026-12-10 is a Thursday; a bill is told 3 days before and on its day
const due = bill('2026-12-10')

describe('when a reminder is told of', () => {
  it.each([
    ['before its first lead: not, and the engine wakes for it', '2026-12-07T08:59', [], '2026-12-07T09:00'],
    ['at its first lead', '2026-12-07T09:00', [3], '2026-12-08T09:00'],
    ['between two leads, late', '2026-12-08T14:00', [3], '2026-12-09T09:00'],
    ['on its day', '2026-12-10T09:00', [0], '2026-12-11T09:00'],
    ['after its day, for a computer that slept', '2026-12-14T10:00', [0], '2026-12-15T09:00'],
    [
      'long after, for one that slept a month: never told, so still in sight',
      '2027-01-20T10:00',
      [0],
      '2027-01-21T09:00',
    ],
    ['in quiet hours not, but when they end', '2026-12-10T23:30', [], '2026-12-11T08:00'],
    ['before the end of the night not', '2026-12-11T07:59', [], '2026-12-11T08:00'],
  ] as const)('%s', (_, now, expected, wakeAt) => {
    const result = run(now, [due])
    expect(leads(result)).toEqual(expected)
    expect(result.wakeAt).toBe(wakeAt)
  })
  it('once for each lead, though earlier ones went by', () => {
    expect(leads(run('2026-12-08T10:00', [due], { tellings: told(due.key, [3, '2026-12-07T09:00']) }))).toEqual([])
    expect(leads(run('2026-12-10T10:00', [due], { tellings: told(due.key, [3, '2026-12-07T09:00']) }))).toEqual([0])
    // told on its day: the lead of three days, which a clock set back brings near again, says nothing new
    expect(leads(run('2026-12-09T23:00', [due], { tellings: told(due.key, [0, '2026-12-10T09:00']) }))).toEqual([])
    expect(leads(run('2026-12-09T12:00', [due], { tellings: told(due.key, [0, '2026-12-10T09:00']) }))).toEqual([])
  })
  it('again where a clock set wrongly ahead by more than zones lie apart had told of it too early', () => {
    const wrong = told(due.key, [0, '2027-12-10T09:00'])
    const result = run('2026-12-07T09:00', [due], { tellings: wrong })
    expect(leads(result)).toEqual([3])
    expect(result.untold).toEqual([{ key: due.key, leadDays: 0 }])
  })
  it('not where telling is off, or off for its kind', () => {
    expect(run('2026-12-10T09:00', [due], { settings: { ...settings, telling: false } }).tell).toEqual([])
    const off = { ...settings, kinds: { bill: { told: false, leadDays: null, roll: null } } }
    const result = run('2026-12-10T09:00', [due], { settings: off })
    expect(result.tell).toEqual([])
    expect(result.reminders).toHaveLength(1)
  })
  it('with the lead times that the user chose for its kind', () => {
    const chosen = { ...settings, kinds: { bill: { told: true, leadDays: [10], roll: null } } }
    expect(leads(run('2026-11-30T09:00', [due], { settings: chosen }))).toEqual([10])
  })
  it('again every so many days where that is asked for, until it is done', () => {
    const again = bill('2026-12-10', { repeatDays: 2 })
    const first = told(again.key, [0, '2026-12-10T09:00'])
    expect(leads(run('2026-12-11T09:00', [again], { tellings: first }))).toEqual([])
    expect(leads(run('2026-12-12T09:00', [again], { tellings: first }))).toEqual([-2])
    expect(
      leads(run('2026-12-12T09:00', [again], { tellings: first, states: said(again.key, { status: 'done' }) })),
    ).toEqual([])
  })
  it('at its own time of day', () => {
    const evening = bill('2026-12-10', { tellAt: 18 * 60, leadDays: [0] })
    expect(run('2026-12-10T17:59', [evening]).wakeAt).toBe('2026-12-10T18:00')
    expect(leads(run('2026-12-10T18:00', [evening]))).toEqual([0])
  })
  it('not of a kind that is never told of, whatever else asks for it, and the engine does not wake for it', () => {
    const off = { ...settings, repeatDays: 1, kinds: { bill: { told: false, leadDays: [5, 0], roll: null } } }
    for (const day of ['2026-12-05', '2026-12-10', '2026-12-11']) {
      const result = run(`${day}T09:00`, [bill('2026-12-10', { leadDays: [10, 0], repeatDays: 1 })], { settings: off })
      expect(result.tell).toEqual([])
      expect(result.reminders[0]).toMatchObject({ status: 'open', nextTellingAt: null })
    }
  })
  it('after a weekend without telling, on the Monday', () => {
    const weekend = { ...settings, quiet: null, quietWeekdays: [6, 7] }
    const saturday = bill('2026-12-12', { leadDays: [0] })
    expect(run('2026-12-12T09:00', [saturday], { settings: weekend })).toMatchObject({
      tell: [],
      wakeAt: '2026-12-14T00:00',
    })
    expect(leads(run('2026-12-14T09:00', [saturday], { settings: weekend }))).toEqual([0])
  })
  it('never on a weekday that is quiet', () => {
    const sunday = { ...settings, quietWeekdays: [7] }
    const result = run('2026-12-13T09:00', [bill('2026-12-13', { leadDays: [0] })], { settings: sunday })
    expect([result.tell, result.wakeAt]).toEqual([[], '2026-12-14T08:00'])
  })
})

describe('what was said of it', () => {
  it('put off until a time, it is told of at that time and not before, whatever lead goes by', () => {
    const states = said(due.key, { snoozedUntil: at('2026-12-11T15:30') })
    const tellings = told(due.key, [3, '2026-12-07T09:00'])
    const asleep = run('2026-12-10T09:00', [due], { states, tellings })
    expect([asleep.tell, asleep.wakeAt]).toEqual([[], '2026-12-11T09:00'])
    expect(asleep.reminders[0]).toMatchObject({ status: 'snoozed', nextTellingAt: '2026-12-11T15:30' })
    expect(run('2026-12-11T09:00', [due], { states, tellings }).wakeAt).toBe('2026-12-11T15:30')
    expect(leads(run('2026-12-11T15:30', [due], { states, tellings }))).toEqual([0])
    expect(leads(run('2026-12-11T15:31', [due], { states, tellings: told(due.key, [0, '2026-12-11T15:30']) }))).toEqual(
      [],
    )
  })
  it('put off though told of on its day already, it is told of again', () => {
    const states = said(due.key, { snoozedUntil: at('2026-12-10T12:00') })
    expect(leads(run('2026-12-10T12:00', [due], { states, tellings: told(due.key, [0, '2026-12-10T09:00']) }))).toEqual(
      [0],
    )
  })
  it('done by a payment that was found, it says so and is not told of', () => {
    const paid = bill('2026-12-10', { settled: { on: on('2026-12-08'), by: 'payment' } })
    const result = run('2026-12-10T09:00', [paid])
    expect(result.tell).toEqual([])
    expect(result.reminders[0]).toMatchObject({
      status: 'done',
      doneBy: 'payment',
      doneOn: '2026-12-08',
      overdue: false,
    })
  })
})

describe('weekends and days off', () => {
  // 2026-12-25 is a Friday; TARGET is closed on the 25th and 26th
  it.each([
    ['none', '2026-12-25'],
    ['next', '2026-12-28'],
    ['previous', '2026-12-24'],
  ] as const)('%s: a bill of Christmas Day is acted on by %s', (roll, day) => {
    const [reminder] = run('2026-12-01T09:00', [bill('2026-12-25', { roll })]).reminders
    expect(reminder).toMatchObject({ on: day, nominalOn: '2026-12-25', dayCertain: true })
  })
  it('what the user chose for its kind goes before its own rule, but an own reminder says for itself', () => {
    const chosen = (roll: 'none' | 'next' | 'previous' | null) => ({
      ...settings,
      kinds: Object.fromEntries(['bill', 'own'].map((kind) => [kind, { told: true, leadDays: null, roll }])),
    })
    const onDay = (due_: DueDate, roll: 'none' | 'next' | 'previous' | null) =>
      run('2026-12-01T09:00', [due_], { settings: chosen(roll) }).reminders[0]?.on
    const ruled = bill('2026-12-25', { roll: 'next' })
    expect([null, 'none', 'next', 'previous'].map((roll) => onDay(ruled, roll as 'none'))).toEqual([
      '2026-12-28', '2026-12-25', '2026-12-28', '2026-12-24',
    ]) // prettier-ignore
    expect(onDay({ ...ruled, kind: 'own' }, 'previous')).toBe('2026-12-28')
    // it is told of by the day that it moved to: three days before the 24th, and on it
    const told_ = run('2026-12-21T09:00', [ruled], { settings: chosen('previous') })
    expect(leads(told_)).toEqual([3])
  })
  it('what the vault notices by itself stays on its day, whatever was chosen for its kind', () => {
    const noticed = reminderKinds.filter((kind) => kind !== 'own' && kindDefaults[kind].dayStays)
    expect(noticed).toEqual([
      'statement-missing',
      'backup-overdue',
      'low-balance',
      'large-spending',
      'unusual-spending',
      'price-rise',
      'budget-near',
      'budget-used-up',
    ])
    const kinds = Object.fromEntries(
      noticed.map((kind) => [kind, { told: true, leadDays: null, roll: 'next' as const }]),
    )
    for (const kind of noticed) {
      const due = { ...bill('2026-12-25', { roll: 'none' }), kind }
      expect(run('2026-12-25T09:00', [due], { settings: { ...settings, kinds } }).reminders[0]?.on).toBe('2026-12-25')
    }
  })
  it('a year without a notice is not certain', () => {
    const [reminder] = run('2026-12-01T09:00', [bill('2027-10-02', { roll: 'next', calendar: 'cn' })]).reminders
    expect(reminder).toMatchObject({ on: '2027-10-04', dayCertain: false })
  })
})

describe('what is the same', () => {
  it('is listed once: the earlier source stays', () => {
    const card = bill('2026-12-10', { sameAs: 'payment:account:1' })
    const found = {
      ...dueDate('recurring', { kind: 'bill', on: on('2026-12-12'), title: 'x', subject: card.subject }),
      sameAs: card.sameAs,
    }
    expect(run('2026-12-01T09:00', [card, found]).reminders.map(({ source }) => source)).toEqual(['test'])
    const nextMonth = { ...found, key: 'recurring:other', on: on('2027-01-12') }
    expect(run('2026-12-01T09:00', [card, nextMonth]).reminders).toHaveLength(2)
  })
  it('slept through many times, is told of once for all of them', () => {
    const days = ['2026-12-01', '2026-12-02', '2026-12-03'].map((day) => bill(day, { leadDays: [0] }))
    const result = run('2026-12-05T10:00', days)
    expect(result.tell.map(({ reminder, missed }) => [reminder.on, missed.map((each) => each.reminder.on)])).toEqual([
      ['2026-12-03', ['2026-12-01', '2026-12-02']],
    ])
  })
  it('what fell due before its account was known is nobody’s business', () => {
    expect(run('2026-12-12T10:00', [bill('2026-12-10', { since: on('2026-12-11') })]).reminders).toEqual([])
  })
})

it('stays in sight a while after its day, and a week after it was told of late', () => {
  const tellings = told(due.key, [0, '2026-12-10T09:00'])
  expect(run('2026-12-17T10:00', [due], { tellings }).inSight.has(due.key)).toBe(true)
  expect(run('2026-12-18T10:00', [due], { tellings }).inSight.has(due.key)).toBe(false)
  const late = told(due.key, [0, '2027-01-10T09:00'])
  expect(run('2027-01-17T10:00', [due], { tellings: late }).inSight.has(due.key)).toBe(true)
})

it('looks back to the last look of a computer that slept, at least a month and at most 400 days', () => {
  expect(lookFrom(on('2026-12-31'), null)).toBe('2026-11-30')
  expect(lookFrom(on('2026-12-31'), on('2026-12-30'))).toBe('2026-11-30')
  expect(lookFrom(on('2026-12-31'), on('2026-08-31'))).toBe('2026-07-31')
  expect(lookFrom(on('2026-12-31'), on('2020-01-01'))).toBe('2025-11-26')
})
