import { addDays, daysBetween, type IsoDate, partsOfDate } from '../../../../shared/domain/iso-date.ts'
import { type DateOrder, parseDateText } from '../delimited/date-text.ts'
import { isUntil, speaksOfLater } from './document-words.ts'
import { type Token, withYear } from './line-tokens.ts'

/** When a statement speaks: the days it covers, or only one that it names itself. */
export interface StatementTime {
  readonly from: IsoDate | null
  readonly to: IsoDate | null
  /** A day about which the statement was made. */
  readonly near: IsoDate | null
  /** Where it names no whole day: days between which its rows lie. */
  readonly within?: { readonly from: IsoDate; readonly to: IsoDate } | null
}

const yearOf = (date: IsoDate): number => partsOfDate(date).year

/** Days that a row may lie before the period (bought before it was booked) or after it. */
const BEFORE = 45
const AFTER = 10
const LONGEST_PERIOD = 800

interface DatedLine {
  readonly text: string
  readonly tokens: readonly Token[]
}

export interface OrderOfDays {
  readonly order: 'dmy' | 'mdy'
  /** A number above twelve tells. */
  readonly proven: boolean
}

/** Whether days stand before months in the document's numeric dates; the day first where nothing tells. */
export function orderOf(dates: readonly string[]): OrderOfDays {
  let dayFirst = 0
  let monthFirst = 0
  for (const text of dates) {
    const match = /^(\d{1,2})[-./](\d{1,2})(?:[-./]|$)/.exec(text)
    if (match === null) continue
    if (Number(match[1]) > 12) dayFirst += 1
    if (Number(match[2]) > 12) monthFirst += 1
  }
  return { order: monthFirst > dayFirst ? 'mdy' : 'dmy', proven: monthFirst !== dayFirst }
}

/** Whether the line's two days are joined to a period: nothing, a dash or "to" stands between them. */
function isJoined(tokens: readonly Token[]): boolean {
  const first = tokens.findIndex(({ date }) => date === 'full')
  const last = tokens.findLastIndex(({ date }) => date === 'full')
  const between = tokens.slice(first + 1, last)
  const gap = (tokens[last]?.x ?? 0) - (tokens[first]?.right ?? 0)
  const width = (tokens[first]?.right ?? 0) - (tokens[first]?.x ?? 0)
  return between.length === 0 ? gap < width / 2 : between.length === 1 && isUntil(between[0]?.text ?? '')
}

const TO = String.raw`\s?(?:-|–|—|to|through|bis|au|al|a|t\/m)\s?`
/** "January 1-31, 2024", "1. bis 31. Januar 2024", "01.-31.01.2024": two days of one month. */
const DAYS_OF_MONTH: readonly RegExp[] = [
  new RegExp(String.raw`(?<month>\p{L}{3,12})\.?\s(?<first>\d{1,2})${TO}(?<last>\d{1,2}),?\s(?<year>\d{4})(?!\d)`, 'u'),
  new RegExp(
    String.raw`(?<!\d)(?<first>\d{1,2})\.?${TO}(?<last>\d{1,2})\.?\s(?:de\s)?(?<month>\p{L}{3,12})\.?,?\s(?:de\s)?(?<year>\d{4})(?!\d)`,
    'u',
  ),
  new RegExp(String.raw`(?<!\d)(?<first>\d{1,2})\.${TO}(?<last>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?!\d)`, 'u'),
]

/** "December 15 - January 14, 2024": the year is that of the second day. */
const MONTH_TO_MONTH = new RegExp(
  String.raw`(?<first>\p{L}{3,12}\.?\s\d{1,2})${TO}(?<last>\p{L}{3,12}\.?\s\d{1,2}),?\s(?<year>\d{4})(?!\d)`,
  'u',
)

function daysOfTwoMonths(text: string, thisYear: number): { from: IsoDate; to: IsoDate } | null {
  const { first, last, year } = MONTH_TO_MONTH.exec(text)?.groups ?? {}
  const dayIn = (day: string, of: number): IsoDate | undefined => parseDateText(`${day}, ${of}`, 'mdy', thisYear)?.date
  if (first === undefined || last === undefined || year === undefined) return null
  const to = dayIn(last, Number(year))
  const from = [Number(year), Number(year) - 1]
    .map((of) => dayIn(first, of))
    .find((date) => date !== undefined && to !== undefined && date < to)
  return from === undefined || to === undefined ? null : { from, to }
}

function daysOfMonth(text: string, thisYear: number): { from: IsoDate; to: IsoDate } | null {
  for (const pattern of DAYS_OF_MONTH) {
    const { first, last, month, year } = pattern.exec(text)?.groups ?? {}
    if (first === undefined || last === undefined || month === undefined || year === undefined) continue
    const mark = /\d/.test(month) ? '.' : ' '
    const [from, to] = [first, last].map((day) => parseDateText([day, month, year].join(mark), 'dmy', thisYear)?.date)
    if (from !== undefined && to !== undefined && from < to) return { from, to }
  }
  return null
}

/** The line's days but for those that the words before them put later: "Statement 15.01.2024   due 04.02.2024". */
function daysOfNow(tokens: readonly Token[], text: string, order: DateOrder, thisYear: number): IsoDate[] {
  const days: IsoDate[] = []
  let label = ''
  for (const token of tokens) {
    if (token.date !== 'full') {
      label += ` ${token.text}`
      continue
    }
    const date = parseDateText(token.text, order, thisYear)?.date
    if (date !== undefined && !speaksOfLater(label.trim() === '' ? text : label)) days.push(date)
    label = ''
  }
  return days
}

/** What the lines outside of the tables say of the statement's period. */
export function statementTime(lines: readonly DatedLine[], order: DateOrder, thisYear: number): StatementTime {
  const count = new Map<IsoDate, number>()
  for (const { text, tokens } of lines) {
    const month = daysOfMonth(text, thisYear) ?? daysOfTwoMonths(text, thisYear)
    if (month !== null && !speaksOfLater(text)) return { ...month, near: month.to }
    const days = tokens.flatMap((token) => {
      const date = token.date === 'full' ? parseDateText(token.text, order, thisYear)?.date : undefined
      return date === undefined ? [] : [date]
    })
    const [from, to] = days
    if (days.length === 2 && from !== undefined && to !== undefined && isJoined(tokens)) {
      const length = daysBetween(from, to)
      if (length > 0 && length <= LONGEST_PERIOD && !speaksOfLater(text)) return { from, to, near: to }
    }
    for (const day of daysOfNow(tokens, text, order, thisYear)) count.set(day, (count.get(day) ?? 0) + 1)
  }
  const [near] = [...count].toSorted((left, right) => right[1] - left[1])
  return { from: null, to: null, near: near?.[0] ?? null }
}

/**
 * Gives days without a year theirs, row by row: the year in which they fall into the statement's period, else the
 * nearest to the day that the statement names, else the latest that is not in the future. Where two years fit (a
 * statement of a year and some days), the one nearer to the row before.
 */
export class YearFinder {
  readonly #span: Pick<StatementTime, 'from' | 'to' | 'near'>
  readonly #order: DateOrder
  readonly #today: IsoDate
  #previous: IsoDate | null = null

  constructor(time: StatementTime, order: DateOrder, today: IsoDate) {
    this.#span = time.from === null && time.within ? { ...time.within, near: time.within.to } : time
    this.#order = order
    this.#today = today
  }

  /** The text with its year, or unchanged where it is no such day. `follows` keeps the sequence of main dates. */
  complete(text: string, follows: boolean): string {
    const { from, to, near } = this.#span
    const about = to ?? near ?? this.#today
    const middle = yearOf(about)
    const candidates: { readonly year: number; readonly date: IsoDate }[] = []
    for (let year = middle - 3; year <= middle + 1; year += 1) {
      const date = parseDateText(withYear(text, year), this.#order, middle)?.date
      if (date !== undefined && yearOf(date) === year) candidates.push({ year, date })
    }
    const inside =
      from === null || to === null
        ? []
        : candidates.filter(({ date }) => date >= addDays(from, -BEFORE) && date <= addDays(to, AFTER))
    const strictly = inside.filter(({ date }) => from !== null && to !== null && date >= from && date <= to)
    const fitting = strictly.length > 0 ? strictly : inside
    const target = this.#target(fitting.length, about)
    const chosen = (
      fitting.length > 0
        ? fitting
        : candidates.filter(({ date }) => near !== null || to !== null || date <= this.#today)
    ).toSorted((left, right) => Math.abs(daysBetween(left.date, target)) - Math.abs(daysBetween(right.date, target)))[0]
    if (chosen === undefined) return text
    if (follows) this.#previous = chosen.date
    return withYear(text, chosen.year)
  }

  #target(fitting: number, about: IsoDate): IsoDate {
    if (fitting <= 1) return about
    return this.#previous ?? this.#span.from ?? about
  }
}

const DATE_LIKE =
  /\d{1,4}[-./]\d{1,2}[-./]\d{2,4}|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}\.? \p{L}{3,10}\.?,? \d{4}|\p{L}{3,10} \d{1,2}, \d{4}/gu

/** The whole dates within a text. */
export function datesIn(text: string, order: DateOrder, thisYear: number): IsoDate[] {
  return (text.match(DATE_LIKE) ?? []).flatMap((found) => parseDateText(found, order, thisYear)?.date ?? [])
}
