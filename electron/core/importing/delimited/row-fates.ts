import type { ParsedItem, Reason, ReasonCode } from '../importer.ts'

/** Why a row gives no transaction, in plain English. */
const MESSAGES: Partial<Record<ReasonCode, string>> = {
  'balance-row': 'The row states a balance, not a transaction.',
  'totals-row': 'The row states a total, not a transaction.',
  'repeated-header': 'The row repeats the header.',
  'information-only': 'The row has no amount and moves no money.',
  'not-settled': 'The transaction was declined, cancelled or reverted and moved no money.',
  'missing-amount': 'The row has a date but no amount.',
  'missing-date': 'The row has an amount but no date.',
  'bad-amount': 'The amount cannot be read as a number.',
  'bad-date': 'The date cannot be read.',
  'bad-currency': 'The currency is not known.',
  'unsupported-record': 'The row belongs to another table of the file, with other columns. It is not read.',
}

function reasonOf(code: ReasonCode, text?: string): Reason {
  const message = MESSAGES[code] ?? code
  return text === undefined || text === '' ? { code, message } : { code, message, values: { text: text.slice(0, 80) } }
}

/** A row that moves no money. */
export const skip = (record: number, code: ReasonCode, text?: string): ParsedItem => ({
  type: 'skipped',
  record,
  reason: reasonOf(code, text),
})
/** A row that is damaged: named, and its neighbours are read. */
export const fail = (record: number, code: ReasonCode, text?: string): ParsedItem => ({
  type: 'failed',
  record,
  reason: reasonOf(code, text),
})
