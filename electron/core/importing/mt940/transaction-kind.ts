import type { TransactionKind } from '../importer.ts'

/**
 * SWIFT's transaction types (Standards MT940, field 61, subfield 6), as far as they say what a booking is. DIV is left
 * out: to the Dutch it means "diversen", anything.
 */
const BY_TYPE: ReadonlyMap<string, TransactionKind> = new Map([
  ['CHG', 'fee'],
  ['COM', 'fee'],
  ['INT', 'interest'],
  ['TAX', 'tax'],
  ['RTI', 'refund'],
])

/** German Geschäftsvorfallcodes (DFÜ-Abkommen, Anlage 3, chapter 8). */
const BY_CODE: ReadonlyMap<string, TransactionKind> = new Map([
  ['082', 'deposit'],
  ['083', 'cash-withdrawal'],
  ['108', 'refund'],
  ['109', 'refund'],
  ['159', 'refund'],
  ['181', 'refund'],
  ['182', 'refund'],
  ['183', 'refund'],
  ['184', 'refund'],
  ['808', 'fee'],
  ['809', 'fee'],
  ['810', 'fee'],
  ['811', 'fee'],
  ['812', 'interest'],
  ['814', 'interest'],
  ['815', 'interest'],
  ['817', 'interest'],
])

const BY_WORDS: readonly (readonly [RegExp, TransactionKind])[] = [
  [/\b(?:DIVIDEND|DIVIDENDE|DYWIDENDA)\b/i, 'dividend'],
  [/\b(?:GELDAUTOMAAT|GELDAUTOMAT|GELDOPNAME|BARGELD|BARAUSZAHLUNG|BANKOMAT|ATM|CASH WITHDRAWAL)/i, 'cash-withdrawal'],
  [/\b(?:BARGELDEINZAHLUNG|BAREINZAHLUNG|CASH DEPOSIT)/i, 'deposit'],
  [/\b(?:HABENZINS|SOLLZINS|ZINSEN|KREDITZINS|ODSETKI|ODSETEK|ONTVANGEN RENTE|INTEREST CREDIT)/i, 'interest'],
  [/\b(?:RETOURE|RÜCKLASTSCHRIFT|RUECKLASTSCHRIFT|STORNO|TERUGBOEKING)/i, 'refund'],
  [/\b(?:KONTOFÜHRUNG|KONTOFUEHRUNG|ENTGELT|GEBÜHR|GEBUEHR|PROWIZJA|OPŁATA ZA|BANKKOSTEN)/i, 'fee'],
]

/** What a booking is, where its codes or the bank's own words for it are clear; else a payment. */
export function kindOfBooking(
  type: string,
  code: string | undefined,
  words: string | undefined,
  credit: boolean,
): TransactionKind {
  const coded = (code === undefined ? undefined : BY_CODE.get(code)) ?? BY_TYPE.get(type)
  const kind = coded ?? (words === undefined ? undefined : BY_WORDS.find(([pattern]) => pattern.test(words))?.[1])
  // money that comes back to the account is a refund; money that is taken back is not, nor is cash that comes in a withdrawal
  if (kind === undefined || (kind === 'refund' && !credit)) return 'payment'
  if ((kind === 'fee' && credit) || (kind === 'dividend' && !credit)) return 'payment'
  if (kind === 'cash-withdrawal') return credit ? 'deposit' : kind
  return kind === 'deposit' && !credit ? 'payment' : kind
}
