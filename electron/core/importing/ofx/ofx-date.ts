import { type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'

export interface OfxMoment {
  readonly date: IsoDate
  /** HH:MM:SS where the file gives a time that is not a mere filler (a full hour). */
  readonly time?: string
}

const DELIMITED = /^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?!\d)/

function digitsAt(text: string): number {
  let count = 0
  while (count < text.length && count < 14) {
    const code = text.charCodeAt(count)
    if (code < 48 || code > 57) break
    count += 1
  }
  return count
}

function delimited(text: string, monthFirst: boolean): IsoDate | null {
  const match = DELIMITED.exec(text)
  if (match === null) return null
  const [, first = '', second = '', third = ''] = match
  if (first.length === 4) return tryIsoDate(Number(first), Number(second), Number(third))
  if (third.length !== 4) return null
  const year = Number(third)
  return monthFirst
    ? (tryIsoDate(year, Number(first), Number(second)) ?? tryIsoDate(year, Number(second), Number(first)))
    : (tryIsoDate(year, Number(second), Number(first)) ?? tryIsoDate(year, Number(first), Number(second)))
}

/**
 * An OFX date: YYYYMMDD, then perhaps HHMMSS, a fraction and a zone, "20050831165153.000[-8:PST]" (OFX 2.1.1 §3.2.8.2).
 * The civil day is the one written: it is the bank's own, whatever zone follows. Odd lengths and the forms that
 * careless writers use (2005-08-31, 31/08/2005) are read too; "00000000" and anything that names no day is null.
 * `monthFirst` settles 08/31/2005 against 31/08/2005 where both would be days.
 */
export function parseOfxDate(text: string, monthFirst = false): OfxMoment | null {
  const digits = digitsAt(text)
  if (digits < 8) {
    const date = delimited(text, monthFirst)
    return date === null ? null : { date }
  }
  const date = tryIsoDate(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8)))
  if (date === null) return null
  if (digits < 12) return { date }
  const hour = text.slice(8, 10)
  const minute = text.slice(10, 12)
  const second = digits >= 14 ? text.slice(12, 14) : '00'
  if (hour > '23' || minute > '59' || second > '59') return { date }
  // a full hour is a filler (midnight, noon, the close of trade, a zone's shift), not a time of day
  if (minute === '00' && second === '00') return { date }
  return { date, time: `${hour}:${minute}:${second}` }
}
