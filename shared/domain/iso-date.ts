declare const isoDateBrand: unique symbol
/** A civil date as `YYYY-MM-DD`, years 0001–9999, without time or zone. Dates compare as text. */
export type IsoDate = string & { readonly [isoDateBrand]: true }

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** Days in a month; `month` counts from 1. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0)
}

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)

/** The date of these parts, or null where no such day exists. `month` counts from 1. */
export function tryIsoDate(year: number, month: number, day: number): IsoDate | null {
  if (!Number.isInteger(year) || year < 1 || year > 9999) return null
  if (!Number.isInteger(month) || month < 1 || month > 12) return null
  if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) return null
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` as IsoDate
}

/** As `tryIsoDate`, but throws a RangeError where no such day exists. */
export function isoDate(year: number, month: number, day: number): IsoDate {
  const date = tryIsoDate(year, month, day)
  if (date === null) throw new RangeError(`there is no day ${year}-${month}-${day}`)
  return date
}

/** Whether the text is `YYYY-MM-DD` and that day exists. */
export function isIsoDate(text: string): text is IsoDate {
  const match = SHAPE.exec(text)
  return match !== null && tryIsoDate(Number(match[1]), Number(match[2]), Number(match[3])) !== null
}

/** The text as a date; throws a RangeError unless it is `YYYY-MM-DD` and the day exists. */
export function parseIsoDate(text: string): IsoDate {
  if (!isIsoDate(text)) throw new RangeError(`"${text.slice(0, 40)}" is not a date of the form YYYY-MM-DD`)
  return text
}

/** The number of two digits from here on; without making a text of them, for dates are taken apart by the million. */
function figureAt(date: IsoDate, at: number): number {
  return (date.charCodeAt(at) - 48) * 10 + date.charCodeAt(at + 1) - 48
}

export function partsOfDate(date: IsoDate): { year: number; month: number; day: number } {
  return { year: figureAt(date, 0) * 100 + figureAt(date, 2), month: figureAt(date, 5), day: figureAt(date, 8) }
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, days_from_civil). */
export function dayNumber(date: IsoDate): number {
  const { year, month, day } = partsOfDate(date)
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The inverse of `dayNumber` (Howard Hinnant, civil_from_days). */
export function dateFromDayNumber(days: number): IsoDate {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  return isoDate(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return dateFromDayNumber(dayNumber(date) + days)
}

/** Whole days from `from` to `to`; negative where `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** The same day `months` later, or the last day of that month where it has no such day: 31 Jan + 1 = 28/29 Feb. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const { year, month, day } = partsOfDate(date)
  const index = year * 12 + (month - 1) + months
  const newYear = Math.floor(index / 12)
  const newMonth = index - newYear * 12 + 1
  return isoDate(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)))
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export function weekdayOf(date: IsoDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1
}

export function startOfMonth(date: IsoDate): IsoDate {
  return `${date.slice(0, 8)}01` as IsoDate
}

export function endOfMonth(date: IsoDate): IsoDate {
  const { year, month } = partsOfDate(date)
  return isoDate(year, month, daysInMonth(year, month))
}

/** A month as `YYYY-MM`. */
export function monthOf(date: IsoDate): string {
  return date.slice(0, 7)
}
