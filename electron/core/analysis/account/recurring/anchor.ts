import { dateFromDayNumber, daysInMonth, partsOfDate, weekdayOf } from '../../../../../shared/domain/iso-date.ts'
import type { RecurringAnchor, RecurringPeriod } from '../../../../../shared/model/recurring.ts'
import { lastBusinessDay, periodShapes } from './period.ts'

/** A salary day or a tariff may move; the latest payments tell. */
const LATEST = 8

/** The commonest value; of equally common ones the first. */
function mode(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [values[0] ?? 1, 0])[0]
}

/**
 * The day that payments on these days keep to. `days` is sorted and not empty.
 * A month-day is the one they are moved least from: weekends move a payment a day or two to either side.
 */
export function anchorOf(days: readonly number[], period: RecurringPeriod): RecurringAnchor {
  const dates = days.slice(-LATEST).map(dateFromDayNumber)
  if (periodShapes[period].unit === 'day') return { on: 'weekday', weekday: mode(dates.map(weekdayOf)) }
  const lastOnes = dates.filter((date) => date === lastBusinessDay(date))
  const varied = new Set(dates.map((date) => date.slice(8))).size > 1
  if (lastOnes.length === dates.length && dates.length >= 4 && varied) return { on: 'last-business-day' }
  const atEnd = dates.filter((date) => {
    const { year, month, day } = partsOfDate(date)
    return day >= 28 && day === daysInMonth(year, month)
  })
  if (atEnd.length === dates.length && varied) return { on: 'month-day', day: 31 }
  const numbers = dates.map((date) => partsOfDate(date).day)
  const common = mode(numbers)
  if (numbers.filter((day) => day === common).length * 2 > numbers.length) return { on: 'month-day', day: common }
  // around the turn of the month the 1st and the 31st are neighbours
  const distance = (left: number, right: number): number => {
    const off = Math.abs(left - right)
    return Math.min(off, 31 - off)
  }
  const cost = (day: number): number => numbers.reduce((sum, other) => sum + distance(day, other), 0)
  return { on: 'month-day', day: numbers.reduce((best, day) => (cost(day) < cost(best) ? day : best)) }
}
