import {
  addDays,
  addMonths,
  daysInMonth,
  isoDate,
  type IsoDate,
  partsOfDate,
} from '../../../../shared/domain/iso-date.ts'
import type { CardTerms } from '../../../../shared/model/terms.ts'

/** That day of the month that `date` lies in, or the month's last day where it has no such day. */
function dayOfMonth(date: IsoDate, day: number): IsoDate {
  const { year, month } = partsOfDate(date)
  return isoDate(year, month, Math.min(day, daysInMonth(year, month)))
}

/** The first such day of a month on or after the date. */
function nextDay(date: IsoDate, day: number): IsoDate {
  const here = dayOfMonth(date, day)
  return here >= date ? here : dayOfMonth(addMonths(dayOfMonth(date, 1), 1), day)
}

/** The next statement day on or after today; days 29–31 clamp to the month's end. */
export function nextStatementOn(terms: CardTerms, today: IsoDate): IsoDate | null {
  return terms.statementDay === null ? null : nextDay(today, terms.statementDay)
}

/** The statement day of the month that the date lies in. */
export function statementOfMonth(terms: CardTerms, date: IsoDate): IsoDate | null {
  return terms.statementDay === null ? null : dayOfMonth(date, terms.statementDay)
}

/** The day a statement is due: so many days after it, or the first such day of a month after it. */
export function dueOfStatement(terms: CardTerms, statementOn: IsoDate): IsoDate | null {
  if (terms.due === null) return null
  if (terms.due.type === 'days-after') return addDays(statementOn, terms.due.days)
  return nextDay(addDays(statementOn, 1), terms.due.day)
}

/** The earliest due day on or after today, of the statements of these months. Without a statement day a fixed due day alone still gives one. */
export function nextDueOn(terms: CardTerms, today: IsoDate): IsoDate | null {
  if (terms.due === null) return null
  if (terms.statementDay === null) return terms.due.type === 'day' ? nextDay(today, terms.due.day) : null
  // a due day is at most 60 days after its statement
  const first = dayOfMonth(today, 1)
  for (let back = -3; back <= 1; back += 1) {
    const due = dueOfStatement(terms, dayOfMonth(addMonths(first, back), terms.statementDay))
    if (due !== null && due >= today) return due
  }
  return null
}
