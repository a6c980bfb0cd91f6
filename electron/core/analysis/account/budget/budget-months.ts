import {
  addDays,
  addMonths,
  type IsoDate,
  monthOf,
  parseIsoDate,
  partsOfDate,
} from '../../../../../shared/domain/iso-date.ts'
import type { BudgetPeriod } from '../../../../../shared/model/budget.ts'

/**
 * A budget month is named by the calendar month it begins in (YYYY-MM) and begins on the plan's start day, 1 to 28: with
 * 15, `2026-11` runs from 15 November to 14 December. Quarters and years are the calendar's, in such months.
 */

const firstOf = (month: string): IsoDate => parseIsoDate(`${month}-01`)

/** The month so many later; earlier where negative. */
export function addBudgetMonths(month: string, count: number): string {
  // as numbers: rests are counted over every month since budgets began
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  const year = Math.floor(index / 12)
  return `${String(year).padStart(4, '0')}-${String(index - year * 12 + 1).padStart(2, '0')}`
}

/** The budget month that the day lies in. */
export function budgetMonthOf(day: IsoDate, startDay: number): string {
  const month = monthOf(day)
  return partsOfDate(day).day >= startDay ? month : addBudgetMonths(month, -1)
}

const LENGTHS = { month: 1, quarter: 3, year: 12 } as const

/** The first month of the period that the month lies in. */
export function firstMonthOfPeriod(month: string, period: BudgetPeriod): string {
  const length = LENGTHS[period]
  return addBudgetMonths(month, -((Number(month.slice(5, 7)) - 1) % length))
}

/** The first month of the period after the one that begins with this month. */
export function nextPeriod(first: string, period: BudgetPeriod): string {
  return addBudgetMonths(first, LENGTHS[period])
}

/** First and last day of the period that begins with this month. */
export function daysOfPeriod(first: string, period: BudgetPeriod, startDay: number): { from: IsoDate; to: IsoDate } {
  const from = addDays(firstOf(first), startDay - 1)
  return { from, to: addDays(addMonths(from, LENGTHS[period]), -1) }
}

/** Months from one to another, both included, rising. */
export function monthsFrom(first: string, last: string): string[] {
  const months: string[] = []
  for (let month = first; month <= last; month = addBudgetMonths(month, 1)) months.push(month)
  return months
}
