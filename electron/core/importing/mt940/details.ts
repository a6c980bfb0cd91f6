import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'

/** What field 86 (or a bank's own field) says of a booking, whatever its dialect. Nothing is an empty text. */
export interface Details {
  payee?: string | undefined
  /** What the booking is for. */
  purpose?: string | undefined
  /** The bank's word for the kind of booking: "DAUERAUFTRAG", "IDEAL BETALING". */
  bookingText?: string | undefined
  /** German Geschäftsvorfallcode (three digits). */
  transactionCode?: string | undefined
  /** IBAN or account number of the other side. */
  counterparty?: string | undefined
  endToEndId?: string | undefined
  customerReference?: string | undefined
  /** A returned payment (a reason code or a keyword says so). */
  returned?: boolean
  time?: string | undefined
  original?: { readonly amount: Decimal; readonly currency: CurrencyCode } | undefined
  charge?: { readonly amount: Decimal; readonly currency: CurrencyCode } | undefined
}

/** Characters of a line from which on it was broken by its length and not by its writer. */
const FULL_LINE = 64

/** Single spaces, none outside; undefined for nothing. */
export function tidy(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  const trimmed = text.trim()
  const plain = trimmed.includes('  ') || /[\t\u00a0]/.test(trimmed) ? trimmed.replaceAll(/\s+/g, ' ') : trimmed
  return plain === '' ? undefined : plain
}

/**
 * Joins the lines of a field. A line of full length was broken by the format, in the middle of a word or number as it
 * came; a shorter one by its writer.
 */
export function joinLines(lines: readonly string[]): string {
  if (lines.length === 1) return lines[0] ?? ''
  let text = ''
  let glued = true
  for (const line of lines) {
    text += glued || line === '' ? line : ` ${line}`
    glued = line.length >= FULL_LINE
  }
  return text
}

/** An account number without spaces; undefined for none and for fillers of zeros. */
export function accountNumber(text: string | undefined): string | undefined {
  const bare = text?.replaceAll(/\s+/g, '') ?? ''
  return bare.length < 4 || bare.length > 40 || /^0*$/.test(bare) || !/\d/.test(bare) ? undefined : bare
}
