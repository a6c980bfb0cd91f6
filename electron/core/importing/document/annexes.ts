import { absoluteDecimal } from '../../../../shared/domain/decimal.ts'
import type { ParsedItem, ParsedTransaction } from '../importer.ts'
import { type PortionReading, reconcile } from './portion.ts'

type TransactionItem = Extract<ParsedItem, { type: 'transaction' }>

const isTransaction = (item: ParsedItem): item is TransactionItem => item.type === 'transaction'

/** Whether two ends of a booking agree in day and sum, whatever their signs. */
const keysOf = ({ transaction }: TransactionItem): string[] =>
  [transaction.date, transaction.valueDate].flatMap((date) =>
    date === undefined ? [] : [`${date}|${absoluteDecimal(transaction.amount)}`],
  )

/** The record of the last balance that the statement states, where its rows lead up to it; else none. */
export function provenEnd(reading: PortionReading): number {
  const proof = reconcile(reading)
  const last = reading.closings.findLast(({ weight }) => weight === 'said')
  // a later balance that does not add up means that a later statement, or a torn one, follows
  return proof !== null && (last === undefined || last.record <= proof.closing.record)
    ? proof.closing.record
    : Number.POSITIVE_INFINITY
}

/**
 * Rows that only repeat what the statement's own table holds: lists of the transfers received, of the fees taken. They
 * stand below a closing balance that adds up without them …
 */
export function belowClosing(reading: PortionReading): ReadonlySet<number> {
  const end = provenEnd(reading)
  return new Set(reading.items.filter(isTransaction).flatMap(({ record }) => (record > end ? record : [])))
}

/** … or are a table of their own whose every row is one of the main table's. */
export function repeats(items: readonly ParsedItem[], main: readonly ParsedItem[]): boolean {
  const rows = items.filter(isTransaction)
  if (rows.length === 0) return false
  const left = new Map<string, number>()
  for (const item of main.filter(isTransaction)) {
    for (const key of new Set(keysOf(item))) left.set(key, (left.get(key) ?? 0) + 1)
  }
  return rows.every((row) => {
    const key = keysOf(row).find((candidate) => (left.get(candidate) ?? 0) > 0)
    if (key === undefined) return false
    left.set(key, (left.get(key) ?? 0) - 1)
    return true
  })
}

/** The fate of such a row. */
export function repeated(record: number, { payee, memo }: ParsedTransaction): ParsedItem {
  const message = 'The row repeats one of the statement’s own table.'
  return {
    type: 'skipped',
    record,
    reason: { code: 'information-only', message, values: { text: (payee ?? memo ?? '').slice(0, 80) } },
  }
}
