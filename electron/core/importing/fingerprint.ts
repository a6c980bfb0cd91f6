import { hash } from 'node:crypto'
import { isTrustedReference } from '../../../shared/domain/bank-reference.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { ParsedTransaction } from './importer.ts'

/** Bytes of a fingerprint: enough that two meanings never share one. */
export const FINGERPRINT_LENGTH = 16

/** Visible ASCII with single spaces within: nothing but its case can need folding. */
const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/

/** Text as far as it carries meaning: width, case and spacing differ between a bank's downloads. */
export function normaliseText(text: string | undefined): string {
  if (text === undefined || text === '') return ''
  if (PLAIN.test(text)) return text.toLowerCase()
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

/**
 * What a transaction means, as text: its day, amount (minor units of the account), and what tells it from others of
 * that day and amount. That is the bank's reference where it can be trusted, else the words. A pending line never
 * means the same as a booked one.
 */
export function meaningOf(transaction: ParsedTransaction, amountMinor: number): string {
  const { date, reference, security, quantity } = transaction
  const status = transaction.status === 'pending' ? 'p' : 'b'
  // the shares of a split may be worked out from what the file holds before it: another file may hold less
  const units = transaction.kind === 'split' ? '' : (quantity ?? '')
  const holding =
    security === undefined ? '' : `${security.isin ?? security.symbol ?? security.name ?? ''}\u001f${units}`
  return `${status}\u001e${date}\u001e${amountMinor}\u001e${holding}\u001e${isTrustedReference(reference) ? `r\u001f${reference.trim()}` : wordsOf(transaction)}`
}

function wordsOf({ time, payee, memo, checkNumber, counterparty }: ParsedTransaction): string {
  return `w\u001f${time ?? ''}\u001f${normaliseText(payee)}\u001f${normaliseText(memo)}\u001f${checkNumber?.trim() ?? ''}\u001f${normaliseText(counterparty)}`
}

const DAY_LENGTH = 3
const DAYS_OF_MONTH = 31

/** The day as a number of three bytes that grows with the day: 31 to a month, so that no calendar is needed. */
function dayNumber(date: IsoDate): number {
  const months = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
  return months * DAYS_OF_MONTH + Number(date.slice(8, 10)) - 1
}

/**
 * What stands for a meaning: its day and a hash, 16 bytes in all. Beginning with the day, the fingerprints of a file lie
 * together in the vault's index: it is read and written at one place, however large it has become.
 */
export function fingerprintOf(date: IsoDate, meaning: string): Buffer {
  const day = dayNumber(date)
    .toString(16)
    .padStart(DAY_LENGTH * 2, '0')
  // hexadecimal comes out three times as fast as a buffer
  return Buffer.from(day + hash('sha256', meaning, 'hex').slice(0, (FINGERPRINT_LENGTH - DAY_LENGTH) * 2), 'hex')
}

/** The month that the day of a fingerprint lies in, as a number that grows with it. */
export function monthOfFingerprint(fingerprint: Uint8Array): number {
  const day = ((fingerprint[0] ?? 0) << 16) | ((fingerprint[1] ?? 0) << 8) | (fingerprint[2] ?? 0)
  return Math.floor(day / DAYS_OF_MONTH)
}

/** The bytes that no fingerprint of this month and none of a later one lies before. */
export function firstOfMonth(month: number): Buffer {
  const bytes = Buffer.alloc(DAY_LENGTH)
  bytes.writeUIntBE(Math.min(month * DAYS_OF_MONTH, 2 ** (8 * DAY_LENGTH) - 1), 0, DAY_LENGTH)
  return bytes
}
