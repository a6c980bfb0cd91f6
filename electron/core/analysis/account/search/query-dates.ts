import {
  addDays,
  addMonths,
  endOfMonth,
  isoDate,
  type IsoDate,
  partsOfDate,
  startOfMonth,
  tryIsoDate,
  weekdayOf,
} from '../../../../../shared/domain/iso-date.ts'
import { dayWords, type RelativeDays } from './query-words.ts'

/** Days of a query, both included. */
export interface Days {
  readonly from: IsoDate
  readonly to: IsoDate
}

const LITERAL = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?$/
const MONTH = /^(\d{1,2})月$/
const LAST_DAYS = /^(?:(?:last|past) (\d{1,4}) days?|(?:最近|近|过去)(\d{1,4})[天日])$/

const inReach = (year: number): boolean => year >= 1900 && year <= 2199

const month = (first: IsoDate): Days => ({ from: first, to: endOfMonth(first) })
const quarter = (first: IsoDate): Days => ({ from: first, to: endOfMonth(addMonths(first, 2)) })
const year = (number: number): Days => ({ from: isoDate(number, 1, 1), to: isoDate(number, 12, 31) })
/** Weeks begin on Monday. */
const week = (day: IsoDate): Days => {
  const monday = addDays(day, -((weekdayOf(day) + 6) % 7))
  return { from: monday, to: addDays(monday, 6) }
}

function literalDays(text: string): Days | null {
  const found = LITERAL.exec(text)
  if (found === null) return null
  const number = Number(found[1])
  if (!inReach(number)) return null
  if (found[2] === undefined) return year(number)
  const first = tryIsoDate(number, Number(found[2]), found[3] === undefined ? 1 : Number(found[3]))
  if (first === null) return null
  return { from: first, to: found[3] === undefined ? endOfMonth(first) : first }
}

function startOfQuarter(day: IsoDate): IsoDate {
  return addMonths(startOfMonth(day), -((partsOfDate(day).month - 1) % 3))
}

const relative: Readonly<Record<RelativeDays, (today: IsoDate) => Days>> = {
  today: (today) => ({ from: today, to: today }),
  yesterday: (today) => ({ from: addDays(today, -1), to: addDays(today, -1) }),
  'this-week': week,
  'last-week': (today) => week(addDays(today, -7)),
  'this-month': (today) => month(startOfMonth(today)),
  'last-month': (today) => month(addMonths(startOfMonth(today), -1)),
  'this-quarter': (today) => quarter(startOfQuarter(today)),
  'last-quarter': (today) => quarter(addMonths(startOfQuarter(today), -3)),
  'this-year': (today) => year(partsOfDate(today).year),
  'last-year': (today) => year(partsOfDate(today).year - 1),
}

/** "3月" is the last March that has begun. */
function monthDays(text: string, today: IsoDate): Days | null {
  const found = MONTH.exec(text)
  if (found === null) return null
  const first = tryIsoDate(partsOfDate(today).year, Number(found[1]), 1)
  if (first === null) return null
  const from = first > today ? addMonths(first, -12) : first
  return { from, to: endOfMonth(from) }
}

/** The days that a folded text names: "2026", "2026-03", "2026-03-05", "last month", "近30天"; null where it names none. */
export function daysOf(text: string, today: IsoDate): Days | null {
  const literal = literalDays(text)
  if (literal !== null) return literal
  const key = dayWords.get(text)
  if (key !== undefined) return relative[key](today)
  const last = LAST_DAYS.exec(text)
  const count = Number(last?.[1] ?? last?.[2] ?? 0)
  if (count > 0) return { from: addDays(today, 1 - count), to: today }
  return monthDays(text, today)
}

/** Days as the shortest text that `daysOf` reads back: a year, a month, a day or from..to. */
export function daysText({ from, to }: Days): string {
  if (from === to) return from
  const { year: yearOf, month: monthOf, day } = partsOfDate(from)
  if (day === 1 && monthOf === 1 && to === isoDate(yearOf, 12, 31)) return from.slice(0, 4)
  if (day === 1 && to === endOfMonth(from)) return from.slice(0, 7)
  return `${from}..${to}`
}
