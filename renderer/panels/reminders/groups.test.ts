import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleReminder } from '../../../test/support/reminder-samples.ts'
import { dateFromDayNumber, dayNumber, monthOf, parseIsoDate, weekdayOf } from '../../../shared/domain/iso-date.ts'
import { byMonth, endOfWeek, groupReminders, type WeekStart } from './groups.ts'
import { dayByKey, weeksOfMonth } from './month-grid.ts'
import { weekStartOf } from './week-start.ts'

const days = fc
  .integer({ min: dayNumber(parseIsoDate('1990-01-01')), max: dayNumber(parseIsoDate('2090-12-31')) })
  .map(dateFromDayNumber)
const starts = fc.constantFrom<WeekStart>(1, 7)
// 25 November 2026 is a Wednesday
const today = parseIsoDate('2026-11-25')

describe('reminders by how near they are', () => {
  it.each([
    ['2026-11-24', 'open', 'overdue'],
    ['2026-11-25', 'open', 'today'],
    ['2026-11-26', 'open', 'week'],
    ['2026-11-29', 'open', 'week'],
    ['2026-11-30', 'open', 'later'],
    ['2026-11-24', 'done', 'settled'],
    ['2026-11-30', 'dismissed', 'settled'],
    ['2026-11-26', 'snoozed', 'week'],
  ] as const)('%s, %s: %s, in a week from Monday', (on, status, group) => {
    const reminder = sampleReminder({ on: parseIsoDate(on), status })
    expect(groupReminders([reminder], today, 1).map(({ key }) => key)).toEqual([group])
  })
  it('a week from Sunday ends on Saturday', () => {
    expect(endOfWeek(today, 7)).toBe('2026-11-28')
    expect(endOfWeek(today, 1)).toBe('2026-11-29')
  })
  it('what is later goes by month, and the next January is another one', () => {
    const later = ['2026-12-01', '2026-12-31', '2027-01-01', '2028-01-01'].map((on) =>
      sampleReminder({ on: parseIsoDate(on), key: on }),
    )
    expect(byMonth(later).map(({ first, reminders }) => [first, reminders.length])).toEqual([
      ['2026-12-01', 2],
      ['2027-01-01', 1],
      ['2028-01-01', 1],
    ])
  })
  it('each reminder is in one group', () => {
    fc.assert(
      fc.property(fc.array(days, { maxLength: 20 }), days, starts, (all, day, start) => {
        const reminders = all.map((on, index) => sampleReminder({ on, key: `k${index}` }))
        const grouped = groupReminders(reminders, day, start).flatMap((group) => group.reminders)
        expect(grouped.map(({ key }) => key).toSorted()).toEqual(reminders.map(({ key }) => key).toSorted())
      }),
    )
  })
})

describe('the month', () => {
  it('is whole weeks that hold every day of it once, in order', () => {
    fc.assert(
      fc.property(days, starts, (day, start) => {
        const weeks = weeksOfMonth(day, start)
        const all = weeks.flat()
        expect(weeks.every((week) => week.length === 7 && weekdayOf(week[0] ?? day) === start)).toBe(true)
        expect(
          all.every((each, index) => index === 0 || dayNumber(each) === dayNumber(all[index - 1] ?? each) + 1),
        ).toBe(true)
        expect(all.filter((each) => monthOf(each) === monthOf(day))).toContain(day)
        expect(weeks.every((week) => week.some((each) => monthOf(each) === monthOf(day)))).toBe(true)
      }),
    )
  })
  it.each([
    ['ArrowLeft', false, '2026-11-24'],
    ['ArrowRight', false, '2026-11-26'],
    ['ArrowUp', false, '2026-11-18'],
    ['ArrowDown', false, '2026-12-02'],
    ['Home', false, '2026-11-23'],
    ['End', false, '2026-11-29'],
    ['PageUp', false, '2026-10-25'],
    ['PageDown', false, '2026-12-25'],
    ['PageUp', true, '2025-11-25'],
    ['PageDown', true, '2027-11-25'],
    ['x', false, null],
  ])('%s (shift: %s) goes to %s', (key, shiftKey, to) => {
    expect(dayByKey(today, { key, shiftKey }, 1)).toBe(to)
  })
  it('a month that has no such day gives its last: Page Down from 31 January', () => {
    expect(dayByKey(parseIsoDate('2027-01-31'), { key: 'PageDown', shiftKey: false }, 1)).toBe('2027-02-28')
  })
})

describe('the first day of the week', () => {
  it.each([
    ['en', 'en-US', 7],
    ['en', 'en-GB', 1],
    ['zh-CN', 'zh-CN', 1],
    ['zh-CN', 'en-US', 1],
    ['en', 'de-DE', 1],
    ['en', 'not a tag', 1],
  ] as const)('the window in %s, the system in %s: %i', (language, system, start) => {
    expect(weekStartOf(language, system)).toBe(start)
  })
})
