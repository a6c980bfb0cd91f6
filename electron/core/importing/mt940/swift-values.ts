import { type CurrencyCode, exponentOf } from '../../../../shared/domain/currency.ts'
import { type Decimal, tryParseDecimal } from '../../../../shared/domain/decimal.ts'
import { daysBetween, type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'

/** How far ahead of today a two-digit year may lie; beyond that it is of the century before. */
const YEARS_AHEAD = 20

const FOUR_DIGITS = 4

/**
 * A SWIFT date, YYMMDD (or YYYYMMDD as some writers have it), or null where there is no such day. The century is that
 * which puts the year nearest before `today` + 20 years.
 */
export function parseSwiftDate(digits: string, today: IsoDate): IsoDate | null {
  const yearDigits = digits.length - FOUR_DIGITS
  if (yearDigits !== 2 && yearDigits !== 4) return null
  const written = Number(digits.slice(0, yearDigits))
  const latest = Number(today.slice(0, 4)) + YEARS_AHEAD
  const year = yearDigits === 4 ? written : latest - ((((latest - written) % 100) + 100) % 100)
  return tryIsoDate(year, Number(digits.slice(yearDigits, yearDigits + 2)), Number(digits.slice(yearDigits + 2)))
}

/** The day MMDD of the year that puts it nearest to `valueDate`: 1231 beside 2 January is of the year before. */
export function entryDateBeside(monthDay: string, valueDate: IsoDate): IsoDate | null {
  const month = Number(monthDay.slice(0, 2))
  const day = Number(monthDay.slice(2, 4))
  const year = Number(valueDate.slice(0, 4))
  // nearly all are of the same or the next month
  const same = tryIsoDate(year, month, day)
  const distance = Math.abs(month - Number(valueDate.slice(5, 7)))
  if (same !== null && distance < 6) return same
  let best: IsoDate | null = null
  for (const candidate of [same, tryIsoDate(year - 1, month, day), tryIsoDate(year + 1, month, day)]) {
    if (candidate === null) continue
    if (best === null || Math.abs(daysBetween(candidate, valueDate)) < Math.abs(daysBetween(best, valueDate))) {
      best = candidate
    }
  }
  return best
}

/** As the standard writes amounts: digits and one comma, which may stand last. */
const STANDARD = /^\d{1,15}(?:,\d{0,6})?$/
const POINTED = /^\d{1,15}\.(\d{0,6})$/
const GROUPED = /^\d{1,3}(?:([.,])\d{3}){1,4}([.,])\d{1,3}$/

/**
 * The magnitude of an amount. The standard has a decimal comma and no grouping ("2250,", "0,7"); a decimal point and
 * grouped thousands with another decimal mark are read, too. Null where the text is no such number or could mean two:
 * "1.234" in a currency with two decimals.
 */
export function parseSwiftAmount(text: string, currency: CurrencyCode | null): Decimal | null {
  if (STANDARD.test(text)) return tryParseDecimal(text.replace(',', '.'))
  const pointed = POINTED.exec(text)
  if (pointed !== null) {
    const digits = pointed[1]?.length ?? 0
    return digits === 3 && (currency === null || exponentOf(currency) < 3) ? null : tryParseDecimal(text)
  }
  const grouped = GROUPED.exec(text)
  if (grouped === null || grouped[1] === grouped[2]) return null
  const [separator = '', mark = ''] = [grouped[1], grouped[2]]
  return tryParseDecimal(text.replaceAll(separator, '').replace(mark, '.'))
}
