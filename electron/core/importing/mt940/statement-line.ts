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
  readonly customerReference: string | undefined
  readonly bankReference: string | undefined
  /** The lines below, joined. */
  readonly supplement: string
}

/** dates, mark, funds code, amount, rest */
const LINE = /^(\d{6,14})\s{0,4}(R?[CD]|E[CD])\s?([A-Z])?\s{0,20}(\d[\d.,]{0,29})(.*)$/s

/** The transaction type: N or F and three letters or digits, S and the number of a SWIFT message. */
const TYPE = /^([NF])([A-Z0-9][A-Z0-9 ]{0,2})(?![.,])(.*)$|^(S)(\d{3}|[A-Z]{3})(?![.,])(.*)$/s
const WHOLE_TYPE = /^(?:[NF][A-Z0-9]{3}|S\d{3})(?![.,])/

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

type Dates = ReturnType<typeof datesOf>

const MOST_REMEMBERED = 500
const remembered = new Map<string, Dates>()
let rememberedToday = ''

/** As `datesOf`; the bookings of a day share theirs. */
function rememberedDatesOf(digits: string, today: IsoDate): Dates {
  if (today !== rememberedToday || remembered.size >= MOST_REMEMBERED) {
    remembered.clear()
    rememberedToday = today
  }
  const known = remembered.get(digits)
  if (known !== undefined) return known
  const dates = datesOf(digits, today)
  remembered.set(digits, dates)
  return dates
}

/** Reads field 61 (SWIFT Standards MT940, field 61: 6!n[4!n]2a[1!a]15d1!a3!c16x[//16x][34x]). */
export function readStatementLine(
  lines: readonly string[],
  currency: CurrencyCode | null,
  today: IsoDate,
): StatementLine | Reason {
  const first = (lines[0] ?? '').trim()
  let supplementAt = 1
  let match = LINE.exec(first) ?? LINE.exec(first.toUpperCase())
  if (match === null && lines.length > 1) {
    // torn before the amount
    match = LINE.exec(first + (lines[1] ?? '').trim())
    supplementAt = 2
  }
  if (match === null) {
    if (!/^\d{6}/.test(first)) return fault('missing-date', 'does not begin with a date', first)
    const hasMark = /^\d{6,14}\s{0,4}(?:R?[CD]|E[CD])/i.test(first)
    return fault('bad-record', hasMark ? 'has no amount' : 'cannot be read', first)
  }
  const [, digits = '', markText = '', , amountText = '', behind = ''] = match
  const dates = rememberedDatesOf(digits, today)
  if (dates === null) return fault('bad-date', 'has no valid date', first)
  const rest = behind.trimStart()
  const typed = TYPE.exec(rest) ?? TYPE.exec(rest.toUpperCase())
  // what stands behind the digits must be what follows an amount: else a damaged digit would cut it short
  const marked = amountText.includes(',') || amountText.includes('.')
  const ended = marked
    ? rest === '' || typed !== null || rest.startsWith('/') || behind.startsWith(' ')
    : WHOLE_TYPE.test(rest)
  const magnitude = ended ? parseSwiftAmount(amountText, currency) : null
  if (magnitude === null) return fault('bad-amount', 'has no valid amount', first)
  const mark = markText.toUpperCase()
  const reversal = mark.length === 2 && mark.startsWith('R')
  const credit = mark.endsWith('C') !== reversal
  const none = /^NO[NT]?REF/i.test(rest)
  const [customer, ...others] = (typed === null || none ? rest : (typed[3] ?? typed[6] ?? '')).split('//')
  const bank = others.join('//')
  return {
    valueDate: dates.valueDate,
    bookingDate: dates.bookingDate,
    amount: credit ? magnitude : negateDecimal(magnitude),
    direction: credit ? 'credit' : 'debit',
    reversal,
    expected: mark.startsWith('E'),
    code: typed === null || none ? '' : (typed[2] ?? typed[5] ?? '').trim(),
    customerReference: realReference(customer),
    bankReference: realReference(bank),
    supplement: lines.length > supplementAt ? supplementOf(lines.slice(supplementAt)) : '',
  }
}

function supplementOf(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
}
