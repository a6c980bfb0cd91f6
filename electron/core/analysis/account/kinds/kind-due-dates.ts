import {
  addMonths,
  daysInMonth,
  isoDate,
  type IsoDate,
  isIsoDate,
  partsOfDate,
} from '../../../../../shared/domain/iso-date.ts'
import type { ReminderRule } from '../../../../../shared/model/reminder-rules.ts'
import type { AccountDetails } from '../../../../../shared/model/terms.ts'

/**
 * The civil days, first to last and both counted, on which a rule falls due for an account of these facts (those that are
 * right for its kind), before weekends and holidays move them. Counted from the entered day, so that a 31st is one again
 * after a short month; 29 February of a common year is the 28th. A day of the month that comes every so many months is
 * counted from January, for nothing says from when. What is not given is not due.
 */
export function dueDaysOfRule(
  { from, recurrence }: Pick<ReminderRule, 'from' | 'recurrence'>,
  details: AccountDetails,
  first: IsoDate,
  last: IsoDate,
): IsoDate[] {
  const [dayField = '', monthsField] = from
  const day = details[dayField]
  if (day === undefined) return []
  const months = stepOf(recurrence, monthsField === undefined ? undefined : details[monthsField])
  if (typeof day === 'number') return monthly(day, months, first, last)
  if (day.startsWith('--')) return yearly(Number(day.slice(2, 4)), Number(day.slice(5)), first, last)
  if (!isIsoDate(day)) return []
  if (months === 0) return day >= first && day <= last ? [day] : []
  return fromDay(day, months, first, last)
}

/** Months between two; 0: once. */
function stepOf(recurrence: ReminderRule['recurrence'], given: string | number | undefined): number {
  switch (recurrence) {
    case 'once':
      return 0
    case 'monthly':
      return 1
    case 'yearly':
      return 12
    case 'every-n-months':
    case 'every-choice':
    default: {
      const months = Number(given ?? (recurrence === 'every-n-months' ? 1 : 0))
      return Number.isInteger(months) && months > 0 && months <= 1200 ? months : 0
    }
  }
}

function fromDay(day: IsoDate, months: number, first: IsoDate, last: IsoDate): IsoDate[] {
  const start = partsOfDate(day)
  const wanted = partsOfDate(first)
  const passed = (wanted.year - start.year) * 12 + wanted.month - start.month - 1
  const days: IsoDate[] = []
  for (let index = Math.max(0, Math.floor(passed / months)); ; index += 1) {
    const on = addMonths(day, index * months)
    if (on > last) return days
    if (on >= first) days.push(on)
  }
}

function monthly(day: number, months: number, first: IsoDate, last: IsoDate): IsoDate[] {
  const step = Math.max(1, months)
  const days: IsoDate[] = []
  const start = partsOfDate(first)
  for (let index = start.year * 12 + start.month - 1; ; index += 1) {
    const [year, month] = [Math.floor(index / 12), (index % 12) + 1]
    const on = isoDate(year, month, Math.min(day, daysInMonth(year, month)))
    if (on > last) return days
    if (on >= first && (month - 1) % step === 0) days.push(on)
  }
}

function yearly(month: number, day: number, first: IsoDate, last: IsoDate): IsoDate[] {
  const days: IsoDate[] = []
  for (let { year } = partsOfDate(first); ; year += 1) {
    const on = isoDate(year, month, Math.min(day, daysInMonth(year, month)))
    if (on > last) return days
    if (on >= first) days.push(on)
  }
}
