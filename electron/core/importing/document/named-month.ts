import { type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import { parseDateText } from '../delimited/date-text.ts'
import { speaksOfLater } from './document-words.ts'
import type { OutsideLine } from './read-tables.ts'

/** Days between which the rows lie, which are not the statement's own period. */
export interface Within {
  readonly from: IsoDate
  readonly to: IsoDate
}

/** A month with its year stands in a title; longer texts are sentences. */
const LONGEST = 60

/** "January 2024", without a day before it. */
const NAMED = /(?<!\d[.,]?\s)(?<![\p{L}\d])(\p{L}{3,12})\.?,?\s(\d{4})(?!\d)/gu
const HAN = /(\d{4})\s?年\s?(\d{1,2})\s?月(?!\s?\d)/g
/** "01/2024", "Nr. 3/2024": a month, or the number of the statement in its year. */
const NUMBERED = /(?<![\d./-])(\d{1,2})\s?\/\s?(20\d{2})(?![\d/])/g

function monthOf(year: number, month: number): Within | null {
  const from = tryIsoDate(year, month, 1)
  const to = [31, 30, 29, 28].map((day) => tryIsoDate(year, month, day)).find((date) => date !== null)
  return from === null || to === undefined || to === null ? null : { from, to }
}

/** The first statements of a year may begin in the last month of the year before. */
function numbered(number: number, year: number): Within | null {
  const from = number <= 2 ? tryIsoDate(year - 1, 12, 1) : tryIsoDate(year, 1, 1)
  const to = tryIsoDate(year, 12, 31)
  return from === null || to === null ? null : { from, to }
}

/**
 * Where a document names no whole day: the month of its title, or the year in which it has a number. The latest that
 * has begun, for older ones tell of how long somebody has been a customer. Null where it names none.
 */
export function namedMonth(lines: readonly OutsideLine[], today: IsoDate): Within | null {
  const thisYear = Number(today.slice(0, 4))
  const found: Within[] = []
  const counted: Within[] = []
  const note = (list: Within[], within: Within | null): void => {
    if (within !== null && within.from <= today) list.push(within)
  }
  for (const { line } of lines) {
    for (const { text } of line.cells) {
      if (text.length > LONGEST || speaksOfLater(text)) continue
      for (const [, name = '', year = ''] of text.matchAll(NAMED)) {
        const day = parseDateText(`1 ${name} ${year}`, 'dmy', thisYear)?.date
        if (day !== undefined) note(found, monthOf(Number(year), Number(day.slice(5, 7))))
      }
      for (const [, year, month] of text.matchAll(HAN)) note(found, monthOf(Number(year), Number(month)))
      for (const [, number, year] of text.matchAll(NUMBERED)) note(counted, numbered(Number(number), Number(year)))
    }
  }
  const list = found.length > 0 ? found : counted
  return list.toSorted((left, right) => (left.from < right.from ? 1 : -1))[0] ?? null
}
