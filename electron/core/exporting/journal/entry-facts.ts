import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { ExportedTransaction, TransferLeg } from '../../storage/repositories/export-repository.ts'
import type { Fact, PrintedAmount } from './journal-entry.ts'
import { printedMinor } from './printed-amount.ts'

/** The facts that an entry may carry, in their order. */
export const factKeys = [
  'id',
  'other-id',
  'time',
  'value-on',
  'reference',
  'check-number',
  'counterparty',
  'original',
  'kind',
  'security',
  'price',
  'fee',
  'tax',
  'file-category',
  'notes',
] as const

const factText = ({ quantity, commodity }: PrintedAmount): string => `${quantity} ${commodity}`

/**
 * What a transaction says beside its postings; `other` is the side of a transfer that is written with it, `security`
 * what the journal calls the security of its trade.
 */
export function factsOf(
  transaction: ExportedTransaction,
  other: TransferLeg | null,
  { currency, security }: { readonly currency: CurrencyCode; readonly security: string | undefined },
): Fact[] {
  const { trade, original } = transaction
  const facts: (readonly [(typeof factKeys)[number], string | null])[] = [
    ['id', String(transaction.id)],
    ['other-id', other === null ? null : String(other.id)],
    ['time', transaction.time],
    ['value-on', transaction.valueOn],
    ['reference', transaction.reference],
    ['check-number', transaction.checkNumber],
    ['counterparty', transaction.counterparty],
    ['original', original === null ? null : factText(printedMinor(original.minor, original.currency))],
    ['kind', transaction.kind === 'payment' || transaction.kind === 'other' ? null : transaction.kind],
    ['security', security ?? null],
    ['price', trade?.price ?? null],
    ['fee', trade === null || trade.feeMinor === 0 ? null : factText(printedMinor(trade.feeMinor, currency))],
    ['tax', trade === null || trade.taxMinor === 0 ? null : factText(printedMinor(trade.taxMinor, currency))],
    ['file-category', transaction.sourceCategory],
    ['notes', transaction.notes],
  ]
  return facts.flatMap(([key, value]) => (value === null || value === '' ? [] : [[key, value] as const]))
}
