import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { type Decimal, negateDecimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { Reason, ReasonCode } from '../importer.ts'
import { entryDateBeside, parseSwiftAmount, parseSwiftDate } from './swift-values.ts'

/** Field 61 read. */
export interface StatementLine {
  readonly valueDate: IsoDate
  /** The entry date where the line has one, else the value date. */
  readonly bookingDate: IsoDate
  /** Credit positive. */
  readonly amount: Decimal
  readonly direction: 'credit' | 'debit'
  /** RC and RD: takes an earlier booking back. */
  readonly reversal: boolean
  /** EC and ED of MT942: not booked yet. */
  readonly expected: boolean
  /** Three letters or digits after N, F or S: "TRF", "CHK", a bank's own code; '' where there is none. */
  readonly code: string
  /** As written, without placeholders such as NONREF. */
  readonly customerReference?: string
  readonly bankReference?: string
  /** The lines below, joined. */
  readonly supplement: string
}

/** value date, entry date, mark, funds code, amount, type letter, rest */
const LINE =
  /^(\d{6,14})\s{0,4}(R?[CD]|E[CD])\s?([A-Z])?\s?(\d[\d.,]{0,29})\s{0,20}(?:([NFS])([A-Z0-9][A-Z0-9 ]{0,2}))?(.*)$/is

const NO_REFERENCE: ReadonlySet<string> = new Set([
  'NONREF',
  'NOREF',
  'NOTPROVIDED',
  'NOT PROVIDED',
  'UNKNOWN',
  'EREF',
  'KREF',
  'PREF',
  'MARF',
  'EREF+',
  'KREF+',
])

/** A reference that is one: not a placeholder, and with a digit in it. */
export function realReference(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? ''
  if (trimmed.length < 3 || !/\d/.test(trimmed) || /^0+$/.test(trimmed)) return undefined
  return NO_REFERENCE.has(trimmed.toUpperCase()) ? undefined : trimmed
}

const fault = (code: ReasonCode, what: string, text: string): Reason => ({
  code,
  message: `A booking (:61:) ${what}: "${text.slice(0, 60)}".`,
  values: { text: text.slice(0, 60) },
})

/** YYMMDD, YYMMDDMMDD, or either with a year of four digits. */
function datesOf(digits: string, today: IsoDate): { valueDate: IsoDate; bookingDate: IsoDate } | null {
  const fourDigitYear = digits.length === 8 || digits.length === 12 || digits.length === 14
  const length = fourDigitYear ? 8 : 6
  const rest = digits.slice(length)
  if (rest.length !== 0 && rest.length !== 4 && digits.length !== 14) return null
  const valueDate = parseSwiftDate(digits.slice(0, length), today)
  if (valueDate === null) return null
  const bookingDate =
    rest === '' ? null : digits.length === 14 ? parseSwiftDate(rest, today) : entryDateBeside(rest, valueDate)
  return { valueDate, bookingDate: bookingDate ?? valueDate }
}

/** Reads field 61 (SWIFT Standards MT940, field 61: 6!n[4!n]2a[1!a]15d1!a3!c16x[//16x][34x]). */
export function readStatementLine(
  lines: readonly string[],
  currency: CurrencyCode | null,
  today: IsoDate,
): StatementLine | Reason {
  const first = (lines[0] ?? '').trim()
  let supplementAt = 1
  let match = LINE.exec(first)
  if (match === null && lines.length > 1) {
    // torn before the amount
    match = LINE.exec(first + (lines[1] ?? '').trim())
    supplementAt = 2
  }
  if (match === null) {
    if (!/^\d{6}/.test(first)) return fault('missing-date', 'does not begin with a date', first)
    const marked = /^\d{6,14}\s{0,4}(?:R?[CD]|E[CD])/i.test(first)
    return fault('bad-record', marked ? 'has no amount' : 'cannot be read', first)
  }
  const [, digits = '', markText = '', , amountText = '', letter, type = '', tail = ''] = match
  const dates = datesOf(digits, today)
  if (dates === null) return fault('bad-date', 'has no valid date', first)
  const magnitude = parseSwiftAmount(amountText, currency)
  if (magnitude === null) return fault('bad-amount', 'has no valid amount', first)
  const mark = markText.toUpperCase()
  const reversal = mark.length === 2 && mark.startsWith('R')
  const credit = mark.endsWith('C') !== reversal
  const none = /^\s*NO(?:N|T)?REF/i.test(`${letter ?? ''}${type}${tail}`)
  const typed = letter !== undefined && !none
  const [customer, ...others] = (typed ? tail : none ? '' : `${letter ?? ''}${type}${tail}`).split('//')
  const bank = none ? tail.split('//')[1] : others.join('//')
  const customerReference = realReference(customer)
  const bankReference = realReference(bank)
  return {
    ...dates,
    amount: credit ? magnitude : negateDecimal(magnitude),
    direction: credit ? 'credit' : 'debit',
    reversal,
    expected: mark.startsWith('E'),
    code: typed ? type.trim().toUpperCase() : '',
    ...(customerReference === undefined ? {} : { customerReference }),
    ...(bankReference === undefined ? {} : { bankReference }),
    supplement: lines
      .slice(supplementAt)
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join(' '),
  }
}
