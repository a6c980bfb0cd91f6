import { tryParseDecimal } from '../../../../shared/domain/decimal.ts'
import { addDays, dateFromDayNumber, dayNumber, isoDate } from '../../../../shared/domain/iso-date.ts'

/** How a spreadsheet's number is to be shown: most are numbers, some are days or times of day in disguise. */
export type CellFormat = 'number' | 'date' | 'date-time' | 'time'

/**
 * Built-in number formats that are dates or times (ECMA-376 part 1, 18.8.30; 27–36 and 50–58 as in Chinese Excel).
 * Those not listed are numbers.
 */
const BUILT_IN: ReadonlyMap<number, CellFormat> = new Map<number, CellFormat>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id): [number, CellFormat] => [
    id,
    'date',
  ]),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56].map((id): [number, CellFormat] => [id, 'time']),
  [22, 'date-time'],
])

/** What a number format means; `code` is the format's text where the workbook defines it. */
export function cellFormatOf(id: number, code: string | undefined): CellFormat {
  if (code === undefined) return BUILT_IN.get(id) ?? 'number'
  // Only the first section counts; quoted text, escaped characters, padding, colours and locales carry no meaning here.
  const section = code
    .replace(/"[^"]*"/g, '')
    .replace(/[\\_*]./g, '')
    .replace(/\[[^\]]{0,100}\]/g, (bracket) => (/^\[[hms]+\]$/i.test(bracket) ? '#' : ''))
    .split(';', 1)[0]
  const letters = (section ?? '').replace(/general|am\/pm|a\/p|上午\/下午/gi, '').toLowerCase()
  // A placeholder for digits means a number ("0.00E+00", elapsed hours) even where letters stand beside it.
  if (/[#0?]/.test(letters.replace(/s\.0+/g, 's'))) return 'number'
  const hasTime = /[hs]/.test(letters)
  const hasDate = /[yd]/.test(letters) || (letters.includes('m') && !hasTime)
  if (hasDate) return hasTime ? 'date-time' : 'date'
  return hasTime ? 'time' : 'number'
}

const SIGNIFICANT_DIGITS = 15

/**
 * A spreadsheet's binary number as plain decimal text: the 15 digits a spreadsheet shows, so 12.3 stored as
 * 12.300000000000001 is "12.3" again. No exponent, no grouping.
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return ''
  if (Number.isSafeInteger(value) && Math.abs(value) < 1e15) return String(value === 0 ? 0 : value)
  if (value !== 0 && (Math.abs(value) >= 1e30 || Math.abs(value) < 1e-30)) return String(value)
  return tryParseDecimal(value.toPrecision(SIGNIFICANT_DIGITS)) ?? String(value)
}

const two = (value: number): string => String(value).padStart(2, '0')

const LAST_SERIAL = 2_958_465
const SECONDS_A_DAY = 86_400
const EPOCH_1904 = isoDate(1904, 1, 1)
const EPOCH_1900 = dayNumber(isoDate(1899, 12, 30))

function clock(seconds: number): string {
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/**
 * A serial number as a civil date or time: `YYYY-MM-DD`, `YYYY-MM-DD HH:MM:SS` or `HH:MM:SS`. The 1900 system counts a
 * 29 February 1900 that never was. Where the number is no possible date it comes back as a number.
 */
export function serialText(serial: number, format: CellFormat, is1904: boolean): string {
  if (format === 'number' || !(serial >= 0) || serial > LAST_SERIAL) return numberText(serial)
  let days = Math.floor(serial)
  let seconds = Math.round((serial - days) * SECONDS_A_DAY)
  if (seconds === SECONDS_A_DAY) {
    days += 1
    seconds = 0
  }
  if (format === 'time' && days === 0) return clock(seconds)
  if (!is1904 && (days === 0 || days === 60)) return numberText(serial)
  const date = is1904 ? addDays(EPOCH_1904, days) : dateFromDayNumber(EPOCH_1900 + days + (days < 60 ? 1 : 0))
  return format === 'date' && seconds === 0 ? date : `${date} ${clock(seconds)}`
}

/** Rows that would take more cells than this are no statement. */
export const MOST_CELLS = 20_000_000
/** Excel's own limit of columns. */
export const MOST_COLUMNS = 16_384

const DIGITS = /^[+-]?(\d{0,400})(?:\.(\d{0,400}))?(?:[eE][+-]?\d{1,3})?$/

/**
 * A number written as decimal text in plain form: exactly as written, unless it has more than the 15 digits that a
 * binary number holds and a fraction; then without the noise of floating point. Null where it is no number.
 */
export function canonicalNumber(text: string): string | null {
  const trimmed = text.trim()
  const match = DIGITS.exec(trimmed)
  if (match === null) return null
  const [, whole = '', fraction = ''] = match
  if (whole === '' && fraction === '') return null
  const significant = `${whole}${fraction}`.replace(/^0+/, '').length
  if (fraction === '' || significant <= SIGNIFICANT_DIGITS) {
    const exact = tryParseDecimal(trimmed)
    if (exact !== null) return exact
  }
  return numberText(Number(trimmed)) || null
}
