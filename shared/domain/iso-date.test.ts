import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  dateFromDayNumber,
  dayNumber,
  daysBetween,
  daysInMonth,
  endOfMonth,
  type IsoDate,
  isIsoDate,
  isoDate,
  parseIsoDate,
  startOfMonth,
  tryIsoDate,
  weekdayOf,
} from './iso-date.ts'

const anyDate = fc.integer({ min: -700_000, max: 2_900_000 }).map(dateFromDayNumber)
const date = parseIsoDate

describe('reading', () => {
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20260101',
    '2026-04-31',
    '0000-01-01',
    '2026-01-01T00:00',
  ])('refuses %s', (text) => {
    expect(isIsoDate(text)).toBe(false)
    expect(() => parseIsoDate(text)).toThrow(RangeError)
  })
  it('knows leap years: 2000 and 2024 but not 1900 and 2100', () => {
    expect([2000, 2024, 1900, 2100].map((year) => daysInMonth(year, 2))).toEqual([29, 29, 28, 28])
    expect(tryIsoDate(1900, 2, 29)).toBeNull()
  })
})

describe('civil-day arithmetic', () => {
  it.each([
    ['1970-01-01', 0],
    ['2000-03-01', 11_017],
    ['1969-12-31', -1],
    ['0001-01-01', -719_162],
  ])('%s is day %i', (text, days) => {
    expect(dayNumber(date(text))).toBe(days)
    expect(dateFromDayNumber(days)).toBe(text)
  })
  it('agrees with the proleptic Gregorian calendar of the platform', () => {
    fc.assert(
      fc.property(anyDate, (value) => {
        expect(new Date(`${value}T00:00:00Z`).getTime() / 86_400_000).toBe(dayNumber(value))
        expect(((new Date(`${value}T00:00:00Z`).getUTCDay() + 6) % 7) + 1).toBe(weekdayOf(value))
      }),
    )
  })
  it('adding days and taking the difference are inverse', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -10_000, max: 10_000 }), (value, days) => {
        expect(daysBetween(value, addDays(value, days))).toBe(days)
      }),
    )
  })
})

describe('months', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-11-30', 14, '2028-01-30'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(date(from), months)).toBe(to)
  })
  it('the end of the month is the day before the next one starts', () => {
    fc.assert(
      fc.property(anyDate, (value: IsoDate) => {
        expect(addDays(endOfMonth(value), 1)).toBe(addMonths(startOfMonth(value), 1))
      }),
    )
  })
  it('refuses days that do not exist', () => {
    expect(() => isoDate(2026, 2, 30)).toThrow(RangeError)
  })
})
