import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { dayNumber } from '../../../../shared/domain/iso-date.ts'
import { type DateOrder, dateEvidence, parseDateText } from './date-text.ts'
import { BoundedMap } from './vocabulary-text.ts'

export interface DateOrderVerdict {
  readonly order: DateOrder
  /** `proven`: the rows admit one order only. `likely`: sequence or future dates decide. `open`: only custom decides. */
  readonly certainty: 'proven' | 'likely' | 'open'
}

const DOTTED = /^\d{1,2}\. ?\d{1,2}\. ?\d{4}/
const YEAR_FIRST = /^\d{4}[-/.年]/

/** Orders are compared by sequence on at most this many dates. */
const SEQUENCE = 2000

interface Course {
  /** Share of neighbouring dates that go the same way. */
  readonly steady: number
  readonly span: number
  readonly future: number
  readonly valid: number
}

function courseOf(texts: readonly string[], order: DateOrder, today: IsoDate): Course {
  const thisYear = Number(today.slice(0, 4))
  const limit = dayNumber(today) + 7
  let up = 0
  let down = 0
  let future = 0
  let valid = 0
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  let previous: number | null = null
  for (const text of texts) {
    const parsed = parseDateText(text, order, thisYear)
    if (parsed === null) continue
    valid += 1
    const day = dayNumber(parsed.date)
    if (day > limit) future += 1
    first = Math.min(first, day)
    last = Math.max(last, day)
    if (previous !== null) {
      if (day > previous) up += 1
      else if (day < previous) down += 1
    }
    previous = day
  }
  const moves = up + down
  return { steady: moves === 0 ? 1 : Math.max(up, down) / moves, span: valid === 0 ? 0 : last - first, future, valid }
}

/**
 * The order of day, month and year of a column, from all its rows: a number above 12 settles it; else a file's dates run
 * one way and not into the future; else custom (points and commas go with day first, a dollar with month first).
 */
export function detectDateOrder(
  texts: readonly string[],
  today: IsoDate,
  custom: { readonly decimalComma: boolean; readonly dollar: boolean },
): DateOrderVerdict {
  const thisYear = Number(today.slice(0, 4))
  let dayFirst = 0
  let monthFirst = 0
  let yearFirst = 0
  const open: string[] = []
  let slashes = 0
  /** "8/02/2016": the first number bare, the second one padded, is how Americans write month and day. */
  let bareFirst = 0
  let bareSecond = 0
  const seen = new BoundedMap<0 | 1 | 2 | 3 | 4>(4096)
  for (const text of texts) {
    // a year in front settles itself; the loop must stay cheap for the great mass of such files
    if (YEAR_FIRST.test(text)) continue
    const known = seen.get(text)
    let says = known
    if (says === undefined) {
      const evidence = dateEvidence(text, thisYear)
      if (evidence === null || evidence.form === 'certain') says = 0
      else {
        const [a, b, c] = evidence.parts
        if (a > 31) says = 3
        else if (a > 12 && b <= 12) says = 1
        else if (b > 12 && a <= 12) says = 2
        else says = a === b && c > 31 ? 0 : 4
      }
      seen.set(text, says)
    }
    if (says === 1) dayFirst += 1
    else if (says === 2) monthFirst += 1
    else if (says === 3) yearFirst += 1
    if (says !== 0 && says !== 3 && open.length < SEQUENCE) {
      open.push(text)
      if (text.includes('/')) slashes += 1
      if (/^\d\//.test(text)) bareFirst += 1
      if (/^\d+\/\d\//.test(text)) bareSecond += 1
    }
  }
  if (yearFirst > 0 && yearFirst >= dayFirst && yearFirst >= monthFirst) return { order: 'ymd', certainty: 'proven' }
  if (dayFirst !== monthFirst) {
    const minority = Math.min(dayFirst, monthFirst)
    return {
      order: dayFirst > monthFirst ? 'dmy' : 'mdy',
      certainty: minority === 0 ? 'proven' : minority * 20 < dayFirst + monthFirst ? 'likely' : 'open',
    }
  }
  const customary: DateOrder =
    slashes * 2 > open.length && !custom.decimalComma && (custom.dollar || (bareFirst > 0 && bareSecond === 0))
      ? 'mdy'
      : 'dmy'
  if (open.length === 0) return { order: customary, certainty: 'proven' }
  // with points between the numbers the day comes first wherever that is written
  if (open.every((text) => DOTTED.test(text))) return { order: 'dmy', certainty: 'proven' }
  const byDay = courseOf(open, 'dmy', today)
  const byMonth = courseOf(open, 'mdy', today)
  if ((byDay.future === 0) !== (byMonth.future === 0)) {
    return { order: byDay.future === 0 ? 'dmy' : 'mdy', certainty: 'likely' }
  }
  if (open.length >= 3) {
    const difference = byDay.steady - byMonth.steady
    if (Math.abs(difference) >= 0.2) return { order: difference > 0 ? 'dmy' : 'mdy', certainty: 'likely' }
    if (byDay.span * 3 < byMonth.span) return { order: 'dmy', certainty: 'likely' }
    if (byMonth.span * 3 < byDay.span) return { order: 'mdy', certainty: 'likely' }
  }
  return { order: customary, certainty: 'open' }
}
