import { addDays, parseIsoDate } from '../../shared/domain/iso-date.ts'
import { ledgerBytes } from './ledger-importer.ts'

export const ROUND_LINES = 1200

/** The statement of one round: 1 200 lines of 0.01 on two days of its own, and a closing balance that follows the last. */
export function roundFile(round: number): Uint8Array {
  const day = addDays(parseIsoDate('2020-01-01'), round * 2)
  const lines = Array.from({ length: ROUND_LINES }, (_, index) => ({
    date: addDays(day, index % 2),
    amount: '0.01',
    payee: `Payee ${index % 7}`,
    memo: 'x'.repeat(60),
  }))
  return ledgerBytes({ lines, closing: [String(((round + 1) * ROUND_LINES) / 100), addDays(day, 1)] })
}
