import table from '../../../../resources/column-headers.json' with { type: 'json' }
import { type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import { BoundedMap, foldPhrase } from './vocabulary-text.ts'

export type DateOrder = 'ymd' | 'dmy' | 'mdy'

export interface DateText {
  readonly date: IsoDate
  /** HH:MM or HH:MM:SS where the text goes on with a time of day. */
  readonly time?: string
}

/** What one text says of the order of day, month and year. */
export interface DateEvidence {
  /** `ymd` with a year of four digits or a month's name is certain; `numeric` needs the whole column. */
  readonly form: 'certain' | 'numeric'
  /** The three numbers as they stand (numeric form only). */
  readonly parts: readonly [number, number, number]
}

const months: ReadonlyMap<string, number> = new Map(
  Object.entries(table.months).flatMap(([month, names]) =>
    names.map((name): [string, number] => [foldPhrase(name), Number(month)]),
  ),
)

const LONGEST = 48
/** The year before the first of each era, by its name or letter. */
const eras: ReadonlyMap<string, number> = new Map(Object.entries(table.eras))
/** Thai statements count from the death of the Buddha. Later years than these are in no statement of either count. */
const BUDDHIST = { ahead: 543, from: 2443, until: 2680 } as const
/** Taiwan counts from the founding of the republic; its years have had three digits since 2011. */
const MINGUO = { behind: 1911, from: 100, until: 189 } as const

/** Two-digit years up to this many years ahead of today belong to this century. */
const YEARS_AHEAD = 20

const NUMERIC = /^(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?(?=$|[\sT,;:-])/
/** Years of a reign or of a republic: "令和6年1月5日", "平成元年", "R6.1.5", "民國113年1月31日". */
const ERA =
  /^([\u4e00-\u9fff]{2}|[A-Z])\s?(元|\d{1,3})(?:\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日?|([./-])(\d{1,2})\5(\d{1,2})(?!\d))/
const HAN = /^(\d{4}|\d{2})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?/
const COMPACT =
  /^(\d{8})(?:[\sT;_-]?(\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?)?(?:\s?\[[^\]]{1,12}\]|Z|[+-]\d{2}:?\d{2})?$/
const DAY_NAMED =
  /^(?:\p{L}{2,12}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|er|º)?[\s.\-/]*(?:de\s+)?(\p{L}{3,12})\.?[\s,\-/']*(?:de\s+)?(\d{4}|\d{2})(?!\d)/u
const NAMED_DAY =
  /^(?:\p{L}{2,12}\.?,?\s+)?(\p{L}{3,12})\.?[\s\-/]*(\d{1,2})(?:st|nd|rd|th)?,?[\s\-/]+(\d{4}|\d{2})(?!\d)/u
const YEAR_NAMED = /^(\d{4})[\s\-/.]+(\p{L}{3,12})\.?[\s\-/]+(\d{1,2})(?!\d)/u
const TIME = /(?:^|[\sT,;.-])(\d{1,2})[:.h](\d{2})(?:[:.m](\d{2}))?(?:[.,]\d{1,9})?s?\s?([AaPp]\.?[Mm]\.?|上午|下午)?/

const monthCache = new BoundedMap<number>(512)

function monthNumber(name: string): number {
  return monthCache.get(name) ?? monthCache.set(name, months.get(foldPhrase(name)) ?? 0)
}

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)

/** The time of day at the start of `text` (which may begin with the mark that divides it from a date). */
export function parseTimeText(text: string): string | undefined {
  const match = TIME.exec(text)
  if (match === null) return undefined
  let hour = Number(match[1])
  const minute = Number(match[2])
  const half = match[4]?.toLowerCase()
  if (half !== undefined) {
    const afternoon = half.startsWith('p') || half === '下午'
    if (hour < 1 || hour > 12) {
      if (hour > 23) return undefined
    } else hour = (hour % 12) + (afternoon ? 12 : 0)
  }
  if (hour > 23 || minute > 59) return undefined
  const second = match[3]
  if (second !== undefined && Number(second) > 59) return undefined
  return second === undefined ? `${two(hour)}:${match[2]}` : `${two(hour)}:${match[2]}:${second}`
}

/** The Gregorian year of a year as it stands; 0 where three digits are no year. */
function civilYear(year: number): number {
  if (year >= BUDDHIST.from && year <= BUDDHIST.until) return year - BUDDHIST.ahead
  if (year >= 1000) return year
  return year >= MINGUO.from && year <= MINGUO.until ? year + MINGUO.behind : 0
}

function eraDate(match: RegExpExecArray): IsoDate | null {
  const [, name = '', count = '', month, day, , numericMonth = '', numericDay = ''] = match
  const before = eras.get(name)
  if (before === undefined) return null
  const year = before + (count === '元' ? 1 : Number(count))
  return tryIsoDate(year, Number(month ?? numericMonth), Number(day ?? numericDay))
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48

/** `YYYY-MM-DD` at the start, without a regular expression: the most common form by far. */
function leadingIso(text: string): IsoDate | null {
  const mark = text.charCodeAt(4)
  if (mark !== 45 && mark !== 47 && mark !== 46) return null
  if (text.charCodeAt(7) !== mark || text.length < 10) return null
  let year = 0
  for (let at = 0; at < 4; at += 1) {
    const value = digit(text, at)
    if (value < 0 || value > 9) return null
    year = year * 10 + value
  }
  const a = digit(text, 5)
  const b = digit(text, 6)
  const c = digit(text, 8)
  const d = digit(text, 9)
  if (a < 0 || a > 9 || b < 0 || b > 9 || c < 0 || c > 9 || d < 0 || d > 9) return null
  const next = text.charCodeAt(10)
  if (next >= 48 && next <= 57) return null
  return tryIsoDate(civilYear(year), a * 10 + b, c * 10 + d)
}

function fullYear(year: number, digits: number, thisYear: number): number {
  if (digits > 2) return civilYear(year)
  const century = thisYear - (thisYear % 100)
  const candidate = century + year
  return candidate > thisYear + YEARS_AHEAD ? candidate - 100 : candidate
}

/** What may follow a date: a time of day, a zone, the name of a weekday. */
const AFTER_DATE =
  /^(?:[T\s,.\-_]{0,3}(\d{1,2}(?::\d{2}(?::\d{2})?|h\d{2}|\.\d{2}\.\d{2})(?:[.,:]\d{1,9})?\s?(?:[AaPp]\.?[Mm]\.?|上午|下午)?))?[\s,]{0,3}(?:Z|[+-]\d{2}(?::?\d{2})?|\(?\p{L}[\p{L}/_]{1,24}(?:[+-]\d{1,2}(?::?\d{2})?)?\.?\)?)?\.?$/u

function result(date: IsoDate | null, rest: string): DateText | null {
  if (date === null || rest === '') return date === null ? null : { date }
  const match = AFTER_DATE.exec(rest)
  if (match === null) return null
  if (match[1] === undefined) return { date }
  const time = parseTimeText(match[1])
  return time === undefined ? null : { date, time }
}

/** The day of three numbers in the given order; a year of four digits in front always reads as year, month, day. */
export function dateOfParts(
  texts: readonly [string, string, string],
  order: DateOrder,
  thisYear: number,
): IsoDate | null {
  const [first, second, third] = texts
  const numbers: [number, number, number] = [Number(first), Number(second), Number(third)]
  if (first.length >= 3) {
    return third.length > 2 ? null : tryIsoDate(fullYear(numbers[0], first.length, thisYear), numbers[1], numbers[2])
  }
  if (third.length === 3) return null
  if (order === 'ymd' && third.length <= 2) {
    return tryIsoDate(fullYear(numbers[0], first.length, thisYear), numbers[1], numbers[2])
  }
  const year = fullYear(numbers[2], third.length, thisYear)
  return order === 'mdy' ? tryIsoDate(year, numbers[0], numbers[1]) : tryIsoDate(year, numbers[1], numbers[0])
}

function compactDate(digits: string, order: DateOrder): IsoDate | null {
  const year = Number(digits.slice(0, 4))
  if (year >= 1950 && year <= 2100) {
    const date = tryIsoDate(year, Number(digits.slice(4, 6)), Number(digits.slice(6, 8)))
    if (date !== null) return date
  }
  const last = Number(digits.slice(4, 8))
  if (last < 1950 || last > 2100) return null
  const a = Number(digits.slice(0, 2))
  const b = Number(digits.slice(2, 4))
  return order === 'mdy' ? tryIsoDate(last, a, b) : tryIsoDate(last, b, a)
}

/**
 * A date as banks write it, with an optional time behind it: "31.12.2024", "12/31/24", "2024-12-31T08:00:00Z",
 * "20241231", "24 lug 2024. 02:59:45", "Dec 31, 2024 5:03 PM", "2024年12月31日". `order` settles three bare numbers.
 * Null where the text is no such date or the day does not exist. A zone is ignored: the date is the one that stands
 * there.
 */
export function parseDateText(text: string, order: DateOrder, thisYear: number): DateText | null {
  const iso = leadingIso(text)
  if (iso !== null) return text.length === 10 ? { date: iso } : result(iso, text.slice(10))
  if (text.length < 6 || text.length > LONGEST) return null
  const first = text.charCodeAt(0)
  if (first >= 48 && first <= 57) {
    const numeric = NUMERIC.exec(text)
    if (numeric !== null) {
      const [all, a = '', , b = '', c = ''] = numeric
      return result(dateOfParts([a, b, c], order, thisYear), text.slice(all.length))
    }
    const compact = COMPACT.exec(text)
    if (compact !== null) {
      const date = compactDate(compact[1] ?? '', order)
      if (compact[2] === undefined || compact[3] === undefined) return result(date, '')
      return result(date, ` ${compact[2]}:${compact[3]}${compact[4] === undefined ? '' : `:${compact[4]}`}`)
    }
    const han = HAN.exec(text)
    if (han !== null) {
      const [all, year = '', month = '', day = ''] = han
      const date = tryIsoDate(fullYear(Number(year), year.length, thisYear), Number(month), Number(day))
      return result(date, text.slice(all.length))
    }
    const named = YEAR_NAMED.exec(text)
    if (named !== null) {
      const [all, year, month = '', day] = named
      return result(tryIsoDate(civilYear(Number(year)), monthNumber(month), Number(day)), text.slice(all.length))
    }
  }
  const era = ERA.exec(text)
  if (era !== null) {
    const date = eraDate(era)
    if (date !== null) return result(date, text.slice(era[0].length))
  }
  const dayFirst = DAY_NAMED.exec(text)
  if (dayFirst !== null) {
    const [all, day, month = '', year = ''] = dayFirst
    const number = monthNumber(month)
    if (number > 0) {
      return result(
        tryIsoDate(fullYear(Number(year), year.length, thisYear), number, Number(day)),
        text.slice(all.length),
      )
    }
  }
  const monthFirst = NAMED_DAY.exec(text)
  if (monthFirst !== null) {
    const [all, month = '', day, year = ''] = monthFirst
    const number = monthNumber(month)
    if (number > 0) {
      return result(
        tryIsoDate(fullYear(Number(year), year.length, thisYear), number, Number(day)),
        text.slice(all.length),
      )
    }
  }
  return null
}

const CERTAIN: DateEvidence = { form: 'certain', parts: [0, 0, 0] }

/** What the text says of the date order, or null where it is no date in any order. */
export function dateEvidence(text: string, thisYear: number): DateEvidence | null {
  if (text.length < 6 || text.length > LONGEST) return null
  if (leadingIso(text) !== null) return parseDateText(text, 'ymd', thisYear) === null ? null : CERTAIN
  const numeric = NUMERIC.exec(text)
  if (numeric !== null) {
    const [, a = '', , b = '', c = ''] = numeric
    if (a.length >= 3) return dateOfParts([a, b, c], 'ymd', thisYear) === null ? null : CERTAIN
    const orders: readonly DateOrder[] = c.length === 4 ? ['dmy', 'mdy'] : ['dmy', 'mdy', 'ymd']
    if (!orders.some((order) => parseDateText(text, order, thisYear) !== null)) return null
    return { form: 'numeric', parts: [Number(a), Number(b), Number(c)] }
  }
  return parseDateText(text, 'dmy', thisYear) === null && parseDateText(text, 'mdy', thisYear) === null ? null : CERTAIN
}

/** Whether the text is a date in some order. */
export function isDateText(text: string, thisYear: number): boolean {
  const first = text.charCodeAt(0)
  // a cheap refusal for the great mass of cells: dates begin with a digit or a short month or weekday
  if (text.length < 6 || text.length > LONGEST || !/\d/.test(text)) return false
  if (!(first >= 48 && first <= 57) && !/\p{L}/u.test(text.charAt(0))) return false
  return dateEvidence(text, thisYear) !== null
}
