import { addDays, dayNumber, type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'

export type QifDateOrder = 'dmy' | 'mdy' | 'ymd'

/** A date whose month is certain, or the three numbers of one where the order has to be told. */
type DateShape =
  | { readonly type: 'certain'; readonly year: string; readonly month: number; readonly day: number }
  | {
      readonly type: 'numbers'
      readonly first: number
      readonly second: number
      readonly last: string
      readonly marks: string
      readonly head: string
    }

const NUMBERS = /^(\d{1,4})\s{0,2}([-/.' ])\s{0,2}(\d{1,2})\s{0,2}([-/.' ])\s{0,2}(\d{1,4})(?!\d)/
const DAY_NAMED = /^(\d{1,2})[-\s./]{0,3}(\p{L}{3,10})\.?[-\s./,']{0,3}(\d{4}|\d{2})(?!\d)/u
const NAMED_DAY = /^(\p{L}{3,10})\.?[-\s./]{0,3}(\d{1,2})(?:st|nd|rd|th)?[-\s./,']{1,3}(\d{4}|\d{2})(?!\d)/u
const EIGHT = /^(\d{2})(\d{2})(\d{4})$/

/** First letters of month names in the languages that QIF programs speak. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|gen|ene|janv|jän)/,
  /^(?:feb|fév|fev)/,
  /^(?:mar|mär|mrt|maa)/,
  /^(?:apr|avr|abr)/,
  /^(?:may|mai|maj|mei|mag)/,
  /^(?:jun|juin|giu)/,
  /^(?:jul|juil|lug)/,
  /^(?:aug|aoû|aou|ago|set?$)/,
  /^(?:sep|set)/,
  /^(?:oct|okt|out|ott)/,
  /^nov/,
  /^(?:dec|dez|déc|dic)/,
]

function monthNamed(name: string): number {
  const folded = name.toLowerCase()
  if (folded.startsWith('set')) return 9
  return MONTHS.findIndex((pattern) => pattern.test(folded)) + 1
}

function shapeOf(text: string): DateShape | null {
  const trimmed = text.trim().slice(0, 40)
  const numbers = NUMBERS.exec(trimmed)
  if (numbers !== null) {
    const [, head = '', mark = '', second = '', mark2 = '', last = ''] = numbers
    if (head.length > 2) {
      return head.length === 4 ? { type: 'certain', year: head, month: Number(second), day: Number(last) } : null
    }
    return { type: 'numbers', first: Number(head), second: Number(second), last, marks: mark + mark2, head }
  }
  if (/^(?:19|20)\d{6}$/.test(trimmed)) {
    const month = Number(trimmed.slice(4, 6))
    const day = Number(trimmed.slice(6))
    if (month <= 12 && day <= 31) return { type: 'certain', year: trimmed.slice(0, 4), month, day }
  }
  const eight = EIGHT.exec(trimmed)
  if (eight !== null) {
    const [, head = '', second = '', last = ''] = eight
    return { type: 'numbers', first: Number(head), second: Number(second), last, marks: '', head }
  }
  const dayNamed = DAY_NAMED.exec(trimmed)
  const named = dayNamed ?? NAMED_DAY.exec(trimmed)
  if (named === null) return null
  const [, left = '', right = '', year = ''] = named
  const month = monthNamed(dayNamed === null ? left : right)
  if (month === 0) return null
  return { type: 'certain', year, month, day: Number(dayNamed === null ? right : left) }
}

/**
 * A year as written: four digits, or fewer, which mean the latest year that is not more than one ahead of today.
 * Quicken's apostrophe ("1/ 2'04") says 2000 or later, which this gives too.
 */
function yearOf(text: string, today: IsoDate): number {
  const year = Number(text)
  if (text.length === 4) return year
  if (text.length > 2) return Number.NaN
  const now = Number(today.slice(0, 4))
  const century = Math.floor((now + 1) / 100) * 100
  return century + year > now + 1 ? century - 100 + year : century + year
}

function dateIn(shape: DateShape, order: QifDateOrder, today: IsoDate): IsoDate | null {
  if (shape.type === 'certain') return tryIsoDate(yearOf(shape.year, today), shape.month, shape.day)
  if (order === 'ymd') return tryIsoDate(yearOf(shape.head, today), shape.second, Number(shape.last))
  const year = yearOf(shape.last, today)
  return order === 'dmy' ? tryIsoDate(year, shape.second, shape.first) : tryIsoDate(year, shape.first, shape.second)
}

/** The date in the file's order, or null where the text names no day. */
export function parseQifDate(text: string, order: QifDateOrder, today: IsoDate): IsoDate | null {
  const shape = shapeOf(text)
  return shape === null ? null : dateIn(shape, order, today)
}

export interface QifDateVerdict {
  readonly order: QifDateOrder
  /** `sure`: only this order fits. `guess`: both fit and would differ. `mixed`: some dates fit only the one, some only the other. */
  readonly certainty: 'sure' | 'guess' | 'mixed'
  /** A date that reads differently either way, for the question to the user. */
  readonly example: string | null
}

/** What the dates of one order would look like as a sequence. */
class Course {
  future = 0
  distance = 0
  #last: number | null = null

  add(date: IsoDate | null, horizon: IsoDate): void {
    if (date === null) return
    if (date > horizon) this.future += 1
    const day = dayNumber(date)
    if (this.#last !== null) this.distance += Math.abs(day - this.#last)
    this.#last = day
  }
}

/** Gathers all dates of a file and tells whether the day or the month comes first. */
export class QifDateVote {
  readonly #today: IsoDate
  readonly #horizon: IsoDate
  #dayFirst = 0
  #monthFirst = 0
  #yearFirst = 0
  #dotted = 0
  #apostrophes = 0
  #open = 0
  #example: string | null = null
  readonly #asDay = new Course()
  readonly #asMonth = new Course()

  constructor(today: IsoDate) {
    this.#today = today
    this.#horizon = addDays(today, 45)
  }

  add(text: string): void {
    const shape = shapeOf(text)
    if (shape === null || shape.type === 'certain') return
    const { first, second } = shape
    if (shape.head.length === 2 && first > 31 && second <= 12) this.#yearFirst += 1
    else if (first > 12 && first <= 31 && second <= 12) this.#dayFirst += 1
    else if (second > 12 && second <= 31 && first <= 12) this.#monthFirst += 1
    else if (first !== second && first <= 12 && second <= 12) {
      this.#open += 1
      this.#example ??= text.trim().slice(0, 20)
    }
    if (shape.marks === '..') this.#dotted += 1
    if (shape.marks.includes("'")) this.#apostrophes += 1
    this.#asDay.add(dateIn(shape, 'dmy', this.#today), this.#horizon)
    this.#asMonth.add(dateIn(shape, 'mdy', this.#today), this.#horizon)
  }

  verdict(): QifDateVerdict {
    const example = this.#example
    if (this.#yearFirst > this.#dayFirst + this.#monthFirst) return { order: 'ymd', certainty: 'sure', example }
    if (this.#dayFirst > 0 || this.#monthFirst > 0) {
      const order = this.#dayFirst > this.#monthFirst ? 'dmy' : 'mdy'
      const certainty = this.#dayFirst > 0 && this.#monthFirst > 0 ? 'mixed' : 'sure'
      return { order, certainty, example }
    }
    // points between the numbers are a European habit, and there the day comes first
    if (this.#dotted > 0) return { order: 'dmy', certainty: 'sure', example }
    if (this.#open === 0) return { order: 'mdy', certainty: 'sure', example }
    return { order: this.#likelier(), certainty: 'guess', example }
  }

  #likelier(): QifDateOrder {
    if (this.#asDay.future !== this.#asMonth.future) return this.#asDay.future < this.#asMonth.future ? 'dmy' : 'mdy'
    if (this.#apostrophes > 0) return 'mdy'
    // transactions stand in order and close together: the reading that jumps about less
    return this.#asDay.distance * 2 < this.#asMonth.distance ? 'dmy' : 'mdy'
  }
}
