import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { negateDecimal } from '../../../../shared/domain/decimal.ts'
import type { ParsedTransaction } from '../importer.ts'
import { looksLikeIban } from './account-field.ts'
import type { Details } from './details.ts'
import { isSlashed, readSlashedDetails, readSupplement } from './slash-details.ts'
import type { StatementLine } from './statement-line.ts'
import { readFreeDetails, readNumberedLines, readStructuredDetails, subfieldMark } from './structured-details.ts'
import { kindOfBooking } from './transaction-kind.ts'

/** Reads field 86 in the dialect that its beginning shows. */
export function readDetails(lines: readonly string[], supplement: string): Details {
  const first = lines.find((line) => line.trim() !== '')
  if (first === undefined) return {}
  const mark = subfieldMark(first)
  if (mark !== null) return readStructuredDetails(lines, mark)
  if (isSlashed(first)) return readSlashedDetails(lines)
  const free = readFreeDetails(lines, supplement)
  // ASN: account and name, then what the other bank wrote
  if (free.purpose === undefined || !isSlashed(free.purpose)) return free
  const slashed = readSlashedDetails([free.purpose])
  return { ...slashed, counterparty: free.counterparty ?? slashed.counterparty, payee: slashed.payee ?? free.payee }
}

export interface BookingContext {
  readonly currency: CurrencyCode | null
  readonly account: string | undefined
  /** An interim report (MT942): what it lists is not final. */
  readonly interim: boolean
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/** A booking from field 61, its field 86 and its numbered lines (NS), whichever there are. */
export function bookingOf(
  line: StatementLine,
  lines86: readonly string[],
  linesNumbered: readonly string[],
  context: BookingContext,
): ParsedTransaction {
  const details = readDetails(lines86, line.supplement)
  const numbered = linesNumbered.length === 0 ? {} : readNumberedLines(linesNumbered)
  const below = readSupplement(line.supplement)
  const writtenAccount = line.customerReference !== undefined && looksLikeIban(line.customerReference)
  const counterparty =
    details.counterparty ?? below.counterparty ?? (writtenAccount ? line.customerReference : undefined)
  const ownReference = writtenAccount || line.customerReference === context.account ? undefined : line.customerReference
  const isCheck = line.code === 'CHK' && ownReference !== undefined && /^\d{1,20}$/.test(ownReference)
  const reference = details.endToEndId ?? ownReference ?? details.customerReference ?? line.bankReference
  const payee = details.payee ?? numbered.payee
  const bookingText = details.bookingText ?? numbered.bookingText ?? below.bookingText
  const words = details.purpose ?? numbered.purpose
  const memo = words ?? (bookingText === payee ? undefined : bookingText)
  const kind = details.returned === true && line.direction === 'credit' ? 'refund' : kindOf(line, details, bookingText)
  const original = details.original ?? below.original
  const charge = details.charge ?? below.charge
  const booking: Writable<ParsedTransaction> = { date: line.bookingDate, amount: line.amount, kind }
  if (line.valueDate !== line.bookingDate) booking.valueDate = line.valueDate
  if (details.time !== undefined) booking.time = details.time
  if (line.expected || context.interim) booking.status = 'pending'
  if (payee !== undefined) booking.payee = payee
  if (memo !== undefined) booking.memo = memo
  if (reference !== undefined) booking.reference = reference
  if (isCheck) booking.checkNumber = ownReference
  if (counterparty !== undefined && counterparty !== context.account) booking.counterparty = counterparty
  if (original !== undefined && context.currency !== null && original.currency !== context.currency) {
    const amount = line.amount.startsWith('-') ? negateDecimal(original.amount) : original.amount
    booking.original = { amount, currency: original.currency }
  }
  if (charge !== undefined && charge.currency === context.currency) booking.fee = charge.amount
  return booking
}

function kindOf(line: StatementLine, details: Details, words: string | undefined): ParsedTransaction['kind'] {
  const credit = line.direction === 'credit'
  if (line.reversal) return credit ? 'refund' : 'payment'
  return kindOfBooking(line.code, details.transactionCode, words, credit)
}
