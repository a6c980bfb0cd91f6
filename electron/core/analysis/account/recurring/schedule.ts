import { addDays, dayNumber, type IsoDate, partsOfDate, weekdayOf } from '../../../../../shared/domain/iso-date.ts'
import type { RecurringAnchor, RecurringPeriod } from '../../../../../shared/model/recurring.ts'
import { periodShapes, slotAfter, slotOf, slotsBetween } from './period.ts'

export interface SeriesSchedule {
  readonly nextOn: IsoDate | null
  readonly overdueSince: IsoDate | null
  readonly ended: boolean
}

/** The anchor that a date gives a period. */
export function anchorAt(date: IsoDate, period: RecurringPeriod): RecurringAnchor {
  return periodShapes[period].unit === 'day'
    ? { on: 'weekday', weekday: weekdayOf(date) }
    : { on: 'month-day', day: partsOfDate(date).day }
}

/**
 * When a series that was last paid on `lastOn` comes next. `horizon`: the last day that anything is known of its account;
 * what lies behind it has not been imported and says nothing. A series of up to a month has ended when two payments in
 * a row are missing, a rarer one when its payment is late by four tenths of its period. A payment that is a few days late
 * is still the next one.
 */
export function scheduleOf(
  { lastOn, period, anchor }: { lastOn: IsoDate; period: RecurringPeriod; anchor: RecurringAnchor },
  { today, horizon }: { today: IsoDate; horizon: IsoDate },
): SeriesSchedule {
  const { days, tolerance } = periodShapes[period]
  const slot = slotOf(lastOn, anchor)
  const next = slotAfter(slot, period, anchor)
  const known = horizon < today ? horizon : today
  const end =
    days <= 31 ? addDays(slotAfter(slot, period, anchor, 2), tolerance) : addDays(next, Math.round(days * 0.4))
  if (known > end) return { nextOn: null, overdueSince: null, ended: true }
  if (addDays(next, tolerance) >= today) return { nextOn: next, overdueSince: null, ended: false }
  const [coming] = slotsBetween(lastOn, { period, anchor }, { from: today, to: addDays(today, 800), most: 1 })
  return {
    nextOn: coming ?? null,
    overdueSince: dayNumber(known) > dayNumber(next) + tolerance ? next : null,
    ended: false,
  }
}

/** The first day on or after today that a series entered by hand, due on `firstOn`, comes. */
export function nextOfOwn(firstOn: IsoDate, period: RecurringPeriod, today: IsoDate): IsoDate {
  if (firstOn >= today) return firstOn
  const anchor = anchorAt(firstOn, period)
  const [next] = slotsBetween(firstOn, { period, anchor }, { from: today, to: addDays(today, 800), most: 1 })
  return next ?? today
}
