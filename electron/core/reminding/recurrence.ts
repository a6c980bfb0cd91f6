import {
  addDays,
  addMonths,
  daysBetween,
  endOfMonth,
  type IsoDate,
  partsOfDate,
  startOfMonth,
} from '../../../shared/domain/iso-date.ts'
import type { Recurrence } from '../../../shared/model/reminder.ts'

/** Days that a recurrence steps by, or months. */
function stepOf({ every, interval }: Recurrence): { readonly days: number; readonly months: number } {
  if (every === 'day') return { days: interval, months: 0 }
  if (every === 'week') return { days: interval * 7, months: 0 }
  return { days: 0, months: every === 'month' ? interval : interval * 12 }
}

function monthsFrom(first: IsoDate, date: IsoDate): number {
  const [start, end] = [partsOfDate(first), partsOfDate(date)]
  return (end.year - start.year) * 12 + end.month - start.month
}

/**
 * The days from … to, both included, that something falls on which began on `first`. Every day is counted from the first
 * one, so that 31 January gives 28 February and 31 March, and 29 February comes back every leap year.
 */
export function occurrences(first: IsoDate, recurrence: Recurrence | null, from: IsoDate, until: IsoDate): IsoDate[] {
  if (recurrence === null) return first >= from && first <= until ? [first] : []
  const { days, months } = stepOf(recurrence)
  const last = recurrence.until !== null && recurrence.until < until ? recurrence.until : until
  const at = (index: number): IsoDate => {
    if (days > 0) return addDays(first, index * days)
    return recurrence.lastDay
      ? endOfMonth(addMonths(startOfMonth(first), index * months))
      : addMonths(first, index * months)
  }
  const passed = days > 0 ? daysBetween(first, from) / days : monthsFrom(first, from) / months
  const result: IsoDate[] = []
  for (let index = Math.max(0, Math.floor(passed) - 1); ; index += 1) {
    const date = at(index)
    if (date > last) return result
    if (date >= from) result.push(date)
  }
}
