import {
  addDays,
  addMonths,
  endOfMonth,
  type IsoDate,
  startOfMonth,
  weekdayOf,
} from '../../../shared/domain/iso-date.ts'
import { endOfWeek, type WeekStart } from './groups.ts'

/** The whole weeks that a month touches, each of seven days. */
export function weeksOfMonth(day: IsoDate, weekStart: WeekStart): IsoDate[][] {
  const last = endOfWeek(endOfMonth(day), weekStart)
  const weeks: IsoDate[][] = []
  let start = startOfWeek(startOfMonth(day), weekStart)
  while (start <= last) {
    const first = start
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(first, index)))
    start = addDays(start, 7)
  }
  return weeks
}

export function startOfWeek(day: IsoDate, weekStart: WeekStart): IsoDate {
  return addDays(day, -((weekdayOf(day) - weekStart + 7) % 7))
}

/** The day that a key moves to, or null for a key that moves nothing: https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/examples/datepicker-dialog/ */
export function dayByKey(
  day: IsoDate,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  weekStart: WeekStart,
): IsoDate | null {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1)
    case 'ArrowRight':
      return addDays(day, 1)
    case 'ArrowUp':
      return addDays(day, -7)
    case 'ArrowDown':
      return addDays(day, 7)
    case 'Home':
      return startOfWeek(day, weekStart)
    case 'End':
      return endOfWeek(day, weekStart)
    case 'PageUp':
      return addMonths(day, shiftKey ? -12 : -1)
    case 'PageDown':
      return addMonths(day, shiftKey ? 12 : 1)
    default:
      return null
  }
}
