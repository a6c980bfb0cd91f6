import { describe, expect, it } from 'vitest'
import { addDays, parseIsoDate, weekdayOf } from '../../../shared/domain/iso-date.ts'
import { calendarKeys } from '../../../shared/model/reminder.ts'
import { calendarOfCurrency, holidayCalendar } from './holiday-calendar.ts'
import { easterSunday, nthWeekday } from './holiday-rules.ts'

const on = parseIsoDate

describe('Easter Sunday', () => {
  // US Naval Observatory, Dates of Easter
  it.each([
    [1961, '1961-04-02'],
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2011, '2011-04-24'],
    [2019, '2019-04-21'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
    [2076, '2076-04-19'],
  ])('of %i', (year, date) => expect(easterSunday(year)).toBe(date))
  it('is always a Sunday between 22 March and 25 April', () => {
    for (let year = 1583; year <= 2600; year += 1) {
      const date = easterSunday(year)
      expect(weekdayOf(date)).toBe(7)
      expect(date.slice(5) >= '03-22' && date.slice(5) <= '04-25').toBe(true)
    }
  })
})

it('counts weekdays of a month from its beginning and its end', () => {
  expect(nthWeekday(2026, 11, 4, 4)).toBe('2026-11-26')
  expect(nthWeekday(2026, 5, 1, -1)).toBe('2026-05-25')
  expect(nthWeekday(2026, 2, 7, 5)).toBeNull()
})

describe('days off as published', () => {
  it.each([
    // opm.gov, Federal Holidays 2026: Independence Day on a Saturday is taken on Friday
    ['us-federal', 2026, '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25'],
    // 1 January 2028 is a Saturday: taken on 31 December 2027; Christmas 2027 (Saturday) on the 24th
    ['us-federal', 2027, '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31'],
    // gov.uk/bank-holidays, England and Wales
    ['uk', 2022, '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27'],
    ['uk', 2023, '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26'],
    ['uk', 2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
    ['uk', 2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28'],
    // ecb.europa.eu, TARGET closing days
    ['target2', 2026, '01-01 04-03 04-06 05-01 12-25 12-26'],
    ['de', 2026, '01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26'],
    [
      'hk',
      2026,
      '01-01 02-17 02-18 02-19 04-03 04-04 04-06 04-07 05-01 05-25 06-19 07-01 09-26 10-01 10-19 12-25 12-26',
    ],
  ] as const)('%s %i', (key, year, days) => {
    expect(holidayCalendar(key).daysOff(year)).toEqual(days.split(' ').map((day) => `${year}-${day}`))
  })

  it('banks of the Federal Reserve do not move a Saturday', () => {
    const banks = holidayCalendar('us-banks')
    expect(banks.isBusinessDay(on('2026-07-03'))).toBe(true)
    expect(banks.isBusinessDay(on('2027-07-05'))).toBe(false)
  })
})

describe('mainland China', () => {
  const cn = holidayCalendar('cn')
  // State Council notice on 2026: off 15 to 23 February, worked on Saturdays 14 and 28 February
  it('takes make-up workdays of the notice as business days', () => {
    expect(cn.isBusinessDay(on('2026-02-14'))).toBe(true)
    expect(cn.isBusinessDay(on('2026-02-15'))).toBe(false)
    expect(cn.isBusinessDay(on('2026-02-23'))).toBe(false)
    expect(cn.isBusinessDay(on('2026-02-24'))).toBe(true)
    expect(cn.isBusinessDay(on('2026-10-10'))).toBe(true)
    expect(cn.isBusinessDay(on('2026-10-11'))).toBe(false)
  })
  it('moves across the whole break', () => {
    expect(cn.roll(on('2026-02-16'), 'next')).toEqual({ on: '2026-02-24', certain: true })
    expect(cn.roll(on('2026-02-16'), 'previous')).toEqual({ on: '2026-02-14', certain: true })
    expect(cn.roll(on('2026-02-16'), 'none')).toEqual({ on: '2026-02-16', certain: true })
  })
  it('without a notice knows the statutory days alone, and says that it is not certain', () => {
    // 6 February 2027 is the first day of the year 丁未
    expect(cn.isBusinessDay(on('2027-02-08'))).toBe(false)
    expect(cn.isBusinessDay(on('2027-02-09'))).toBe(true)
    expect(cn.roll(on('2027-10-02'), 'next')).toEqual({ on: '2027-10-04', certain: false })
    expect(cn.facts.years).toEqual([2024, 2025, 2026])
  })
  it('works on no day that is off', () => {
    for (const year of [2024, 2025, 2026]) {
      const off = cn.daysOff(year)
      const worked = Array.from({ length: 366 }, (_, index) => addDays(on(`${year}-01-01`), index)).filter(
        (date) => weekdayOf(date) >= 6 && cn.isBusinessDay(date),
      )
      expect(worked.filter((date) => off.includes(date))).toEqual([])
    }
  })
})

it('India’s banks are closed on Sundays and every second and fourth Saturday', () => {
  const india = holidayCalendar('in')
  expect(
    ['2026-11-07', '2026-11-14', '2026-11-21', '2026-11-28', '2026-11-29'].map((day) => india.isBusinessDay(on(day))),
  ).toEqual([true, false, true, false, false])
  expect(india.isBusinessDay(on('2026-01-26'))).toBe(false)
})

describe('every calendar', () => {
  it.each(calendarKeys)('%s names its source and moves any day to a business day', (key) => {
    const calendar = holidayCalendar(key)
    expect(calendar.facts.source.length).toBeGreaterThan(10)
    for (let date = on('2024-01-01'); date < on('2036-01-01'); date = addDays(date, 1)) {
      for (const rule of ['next', 'previous'] as const) {
        const moved = calendar.roll(date, rule).on
        expect(calendar.isBusinessDay(moved)).toBe(true)
        expect(rule === 'next' ? moved >= date : moved <= date).toBe(true)
      }
    }
  })
  it('a currency has one', () => {
    expect(calendarOfCurrency('CNY')).toBe('cn')
    expect(calendarOfCurrency('SEK')).toBe('target2')
  })
})
