import {
  addDays,
  addMonths,
  daysBetween,
  endOfMonth,
  type IsoDate,
  startOfMonth,
} from '../../../../../shared/domain/iso-date.ts'
import type { FlowGroup, FlowSpan } from '../../../../../shared/model/flow.ts'
import { addPeriods, endOfPeriod, periodOf } from './flow-period.ts'

/** So many months earlier; the end of a month stays one. */
function monthsEarlier({ from, to }: FlowSpan, months: number): FlowSpan {
  const moved = addMonths(to, -months)
  return { from: addMonths(from, -months), to: to === endOfMonth(to) ? endOfMonth(moved) : moved }
}

const monthNumber = (day: IsoDate): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))

/**
 * The span just before, as long as this one. One that begins with a month moves by whole months, so that 1 to 15 March is
 * compared with 1 to 15 February and a year with the year before; any other moves by its number of days.
 */
export function spanBefore(span: FlowSpan): FlowSpan {
  if (span.from === startOfMonth(span.from)) {
    return monthsEarlier(span, monthNumber(span.to) - monthNumber(span.from) + 1)
  }
  const days = daysBetween(span.from, span.to) + 1
  return { from: addDays(span.from, -days), to: addDays(span.to, -days) }
}

/** The same days a year earlier; weeks move by 52, so that weekdays stay what they are. */
export function spanLastYear(span: FlowSpan, group: FlowGroup): FlowSpan {
  if (group === 'week') return { from: addDays(span.from, -364), to: addDays(span.to, -364) }
  return monthsEarlier(span, 12)
}

/** The last whole period that ends within the span, or else the last before it, and is over by `today`. */
export function lastWholePeriod({ to }: FlowSpan, group: FlowGroup, today: IsoDate): FlowSpan {
  let period = periodOf(to, group)
  while (endOfPeriod(period, group) > to || endOfPeriod(period, group) >= today) period = addPeriods(period, group, -1)
  return { from: period, to: endOfPeriod(period, group) }
}
