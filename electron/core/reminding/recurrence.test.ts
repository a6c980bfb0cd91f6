import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, dateFromDayNumber, parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { type Recurrence, recurrenceSchema } from '../../../shared/model/reminder.ts'
import { occurrences } from './recurrence.ts'

const on = parseIsoDate
const again = (given: Partial<Recurrence> & Pick<Recurrence, 'every'>): Recurrence => recurrenceSchema.parse(given)
const days = (first: string, recurrence: Recurrence | null, from: string, until: string) =>
  occurrences(on(first), recurrence, on(from), on(until)).join(' ')

describe('what comes again', () => {
  it.each([
    ['once', null, '2026-05-04', '2026-01-01', '2026-12-31', '2026-05-04'],
    [
      'every ten days',
      again({ every: 'day', interval: 10 }),
      '2026-02-20',
      '2026-03-01',
      '2026-03-31',
      '2026-03-02 2026-03-12 2026-03-22',
    ],
    [
      'every other week',
      again({ every: 'week', interval: 2 }),
      '2026-11-23',
      '2026-12-01',
      '2026-12-31',
      '2026-12-07 2026-12-21',
    ],
    [
      'monthly from the 31st: the last day of shorter months',
      again({ every: 'month' }),
      '2027-01-31',
      '2027-02-01',
      '2027-05-01',
      '2027-02-28 2027-03-31 2027-04-30',
    ],
    [
      'every three months',
      again({ every: 'month', interval: 3 }),
      '2026-11-30',
      '2027-01-01',
      '2027-12-31',
      '2027-02-28 2027-05-30 2027-08-30 2027-11-30',
    ],
    [
      'the last day of every month, though it began on the 28th',
      again({ every: 'month', lastDay: true }),
      '2027-02-28',
      '2027-01-01',
      '2027-04-30',
      '2027-02-28 2027-03-31 2027-04-30',
    ],
    [
      'yearly from 29 February',
      again({ every: 'year' }),
      '2024-02-29',
      '2024-01-01',
      '2028-12-31',
      '2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29',
    ],
    [
      'until its end',
      again({ every: 'month', until: on('2026-03-10') }),
      '2026-01-10',
      '2026-01-01',
      '2026-12-31',
      '2026-01-10 2026-02-10 2026-03-10',
    ],
    [
      'never before its first day',
      again({ every: 'day' }),
      '2026-12-30',
      '2026-01-01',
      '2026-12-31',
      '2026-12-30 2026-12-31',
    ],
  ] as const)('%s', (_, recurrence, first, from, until, expected) => {
    expect(days(first, recurrence, from, until)).toBe(expected)
  })
  it('gives the same days in one window as in two', () => {
    const date = fc.integer({ min: 10_000, max: 30_000 }).map(dateFromDayNumber)
    const recurrence = fc
      .record({
        every: fc.constantFrom('day', 'week', 'month', 'year'),
        interval: fc.integer({ min: 1, max: 40 }),
        lastDay: fc.boolean(),
      })
      .map((each) => recurrenceSchema.parse(each))
    fc.assert(
      fc.property(date, recurrence, date, fc.nat(700), fc.nat(700), (first, each, from, one, two) => {
        const [middle, until] = [addDays(from, one), addDays(from, one + two + 1)]
        const parts = [
          ...occurrences(first, each, from, middle),
          ...occurrences(first, each, addDays(middle, 1), until),
        ]
        expect(occurrences(first, each, from, until)).toEqual(parts)
        // from the very first day on, step by step: the plain definition
        const all = occurrences(first, each, first, addMonths(first, 480))
        expect(all[0] === first || each.lastDay).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
