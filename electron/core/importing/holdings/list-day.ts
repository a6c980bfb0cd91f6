import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { type DateOrder, parseDateText } from '../delimited/date-text.ts'

const YEAR_FIRST = /(?<!\d)\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(?!\d)/gu
const YEAR_LAST = /(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)/g
const NAMED = /(?<!\p{L})\p{L}{3,9}\.?[- ]\d{1,2},?[- ]\d{4}(?!\d)|(?<!\d)\d{1,2}\.?[- ]\p{L}{3,9}\.?[- ]\d{4}(?!\d)/gu
const COMPACT = /(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/g

/** The order that the days themselves show; the given one where they do not. */
function orderIn(text: string, usual: DateOrder): DateOrder {
  const [first = '', second = ''] = text.split(/[-/.]/)
  if (text.includes('.') || Number(first) > 12) return 'dmy'
  return Number(second) > 12 ? 'mdy' : usual
}

/** The latest day, up to today, that a text names; null where it names none. */
export function dayIn(text: string, usual: DateOrder, today: IsoDate): IsoDate | null {
  const thisYear = Number(today.slice(0, 4))
  const found = [
    ...(text.match(YEAR_FIRST) ?? []).map((day) => parseDateText(day.replaceAll(/[年月]/gu, '-'), 'ymd', thisYear)),
    ...(text.match(YEAR_LAST) ?? []).map((day) => parseDateText(day, orderIn(day, usual), thisYear)),
    ...(text.match(NAMED) ?? []).map((day) => parseDateText(day.replaceAll('-', ' '), usual, thisYear)),
    ...(text.match(COMPACT) ?? []).map((day) => parseDateText(day, 'ymd', thisYear)),
  ]
  const days = found.flatMap((day) => (day === null || day.date > today ? [] : [day.date]))
  return days.toSorted().at(-1) ?? null
}
