import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { dateEvidence, type DateOrder, parseDateText } from '../delimited/date-text.ts'
import { type FlexElement, FlexFault } from './flex-element.ts'

export interface FlexMoment {
  readonly date: IsoDate
  readonly time?: string
}

/** How dates are written in a file. */
export interface FlexDates {
  readonly order: DateOrder
  /** A year of two digits is never far ahead of this one. */
  readonly thisYear: number
}

const TIME = /^(\d{2}):?(\d{2}):?(\d{2})?/

/**
 * A date of a Flex query with its optional time: the account holder chooses among yyyyMMdd, yyyy-MM-dd, MM/dd/yyyy,
 * MM/dd/yy, dd/MM/yyyy, dd/MM/yy and dd-MMM-yy, HHmmss and HH:mm:ss, and ";", ",", a space or nothing between the two.
 * A zone behind it is left out: the day is the one that stands there. Null where it is no date.
 */
export function parseFlexMoment(text: string, { order, thisYear }: FlexDates): FlexMoment | null {
  const [, dateText = '', timeText = ''] = /^([^;,\s]{6,11})(?:[;,\s]\s{0,2}(.{0,40}))?$/s.exec(text.slice(0, 60)) ?? []
  const compact = /^(\d{8})(\d{6})$/.exec(dateText)
  const day = parseDateText(compact?.[1] ?? dateText, order, thisYear)
  if (day === null) return null
  const [, hours, minutes, seconds = '00'] = TIME.exec(compact?.[2] ?? timeText) ?? []
  if (hours === undefined || minutes === undefined || hours > '23' || minutes > '59' || seconds > '59') {
    return { date: day.date }
  }
  return { date: day.date, time: `${hours}:${minutes}:${seconds}` }
}

/** Learns from all dates of a file which of day and month comes first. */
export class FlexDateOrder {
  #dayFirst = false
  #monthFirst = false
  #isNumeric = false
  readonly #thisYear: number

  constructor(thisYear: number) {
    this.#thisYear = thisYear
  }

  add(text: string | undefined): void {
    // only dates of three bare numbers are in doubt
    if (text === undefined || !text.includes('/')) return
    const evidence = dateEvidence(text.split(/[;,\s]/)[0] ?? '', this.#thisYear)
    if (evidence?.form !== 'numeric') return
    this.#isNumeric = true
    if (evidence.parts[0] > 12) this.#dayFirst = true
    if (evidence.parts[1] > 12) this.#monthFirst = true
  }

  /** Month first where nothing says otherwise: that is what the broker, an American one, offers first. */
  get dates(): FlexDates {
    return { order: this.#dayFirst && !this.#monthFirst ? 'dmy' : 'mdy', thisYear: this.#thisYear }
  }

  get isDoubtful(): boolean {
    return this.#isNumeric && this.#dayFirst === this.#monthFirst
  }
}

/** The first of these attributes that has a value, as a date. Throws `FlexFault` where there is none or it is no date. */
export function momentOf(element: FlexElement, dates: FlexDates, names: readonly string[]): FlexMoment {
  const text = element.text(...names)
  if (text === undefined) throw new FlexFault('missing-date', `The ${element.label()} has no date.`)
  const moment = parseFlexMoment(text, dates)
  if (moment === null) {
    const shown = text.slice(0, 40)
    throw new FlexFault('bad-date', `The ${element.label()} has "${shown}" for its date.`, { text: shown })
  }
  return moment
}

/** The time that `dateTime` tells of this very day. */
export function timeOn(element: FlexElement, dates: FlexDates, date: IsoDate): string | undefined {
  const moment = parseFlexMoment(element.text('dateTime') ?? '', dates)
  return moment?.date === date ? moment.time : undefined
}
