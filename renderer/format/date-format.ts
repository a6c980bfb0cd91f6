import { type IsoDate, partsOfDate, tryIsoDate } from '../../shared/domain/iso-date.ts'
import type { Language } from './language.ts'

type DateStyle = 'full' | 'long' | 'short' | 'month' | 'month-year' | 'year'

const options: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  full: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  short: { month: 'short', day: 'numeric' },
  month: { month: 'short' },
  'month-year': { year: 'numeric', month: 'short' },
  year: { year: 'numeric' },
}

const formats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(key: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = make()
  formats.set(key, made)
  return made
}

/** A civil date in words of the language: 2026年4月13日, 13 April 2026. */
export function formatDate(date: IsoDate, language: Language, style: DateStyle = 'long'): string {
  const { year, month, day } = partsOfDate(date)
  const locale = language === 'en' ? 'en-GB' : language
  const format = dateFormat(
    `${language} ${style}`,
    () => new Intl.DateTimeFormat(locale, { ...options[style], timeZone: 'UTC' }),
  )
  return format.format(Date.UTC(year, month - 1, day))
}

/** An instant (milliseconds) by the clock of this computer, to the minute. */
export function formatInstant(milliseconds: number, language: Language): string {
  const locale = language === 'en' ? 'en-GB' : language
  const format = dateFormat(
    `${language} instant`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
  )
  return format.format(milliseconds)
}

/** The civil date of an instant on this computer. */
export function dateOfInstant(milliseconds: number): IsoDate {
  const date = new Date(milliseconds)
  return tryIsoDate(date.getFullYear(), date.getMonth() + 1, date.getDate()) ?? ('1970-01-01' as IsoDate)
}

/** Today on this computer's calendar: for fields' first values only. Figures take their day from the core. */
export function todayHere(): IsoDate {
  return dateOfInstant(Date.now())
}

/** How far a day is from another, in words: "in 3 days", "3天后", "yesterday". */
export function formatDaysAway(days: number, language: Language): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  if (Math.abs(days) < 60) return format.format(days, 'day')
  if (Math.abs(days) < 700) return format.format(Math.round(days / 30.44), 'month')
  return format.format(Math.round(days / 365.25), 'year')
}
