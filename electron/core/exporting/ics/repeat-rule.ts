import { daysInMonth, endOfMonth, type IsoDate, partsOfDate } from '../../../../shared/domain/iso-date.ts'
import type { Recurrence } from '../../../../shared/model/reminder.ts'

const frequencies = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' } as const
/** Every month has at least and at most so many days. */
const SHORTEST_MONTH = 28
const LONGEST_MONTH = 31

/** `20261125`. */
export function icsDate(date: IsoDate): string {
  return date.replaceAll('-', '')
}

/**
 * A recurrence as the RRULE that means the same: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10. Null where there
 * is none that calendar programs agree on: "the 30th, or the last day of February" would be `BYSETPOS=-1` over the days
 * 28 to 30, which several expand wrongly, so its days are written one by one. The 31st, or the last day, is the last day.
 */
export function repeatRule(firstOn: IsoDate, recurrence: Recurrence): string | null {
  const { every, interval, lastDay, until } = recurrence
  const { year, month, day } = partsOfDate(firstOn)
  const parts = [`FREQ=${frequencies[every]}`]
  if (until !== null) parts.push(`UNTIL=${icsDate(until)}`)
  if (interval > 1) parts.push(`INTERVAL=${interval}`)
  if (every === 'year') {
    parts.push(`BYMONTH=${month}`)
    const last = lastDay || (month === 2 && day === daysInMonth(year, month) && day > SHORTEST_MONTH)
    parts.push(`BYMONTHDAY=${last ? -1 : day}`)
  }
  if (every === 'month') {
    if (lastDay || day === LONGEST_MONTH) parts.push('BYMONTHDAY=-1')
    else if (day > SHORTEST_MONTH) return null
    else parts.push(`BYMONTHDAY=${day}`)
  }
  return parts.join(';')
}

/** The first day that the recurrence falls on: the last of its month where it is always the last. */
export function firstOccurrence(firstOn: IsoDate, recurrence: Recurrence): IsoDate {
  return recurrence.lastDay && (recurrence.every === 'month' || recurrence.every === 'year')
    ? endOfMonth(firstOn)
    : firstOn
}
