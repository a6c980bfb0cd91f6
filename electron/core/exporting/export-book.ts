import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { Decimal } from '../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { StoredAccount } from '../storage/repositories/account-repository.ts'
import type {
  ExportedCategory,
  ExportedPosition,
  ExportedPrice,
  ExportedRate,
  ExportedSecurity,
  ExportedTransaction,
  TransferLeg,
} from '../storage/repositories/export-repository.ts'

/** What is exported: some accounts or all, and a period whose ends may be open. */
export interface ExportScope {
  readonly accountIds: ReadonlySet<number>
  readonly from: IsoDate | null
  readonly to: IsoDate | null
}

export interface ClosingHolding {
  readonly accountId: number
  readonly securityId: number
  readonly quantity: Decimal
  /** Per unit, in the currency of `valueMinor`'s account; null where none is known in it. */
  readonly price: Decimal | null
  /** In the account's currency; null where no price in it is known. */
  readonly valueMinor: number | null
}

/**
 * The rows that an export is made of. Lists are short; what grows with the history comes as iterables that read page by
 * page. Amounts are minor units of the account's currency, credit to the account positive.
 */
export interface ExportBook {
  readonly scope: ExportScope
  readonly language: 'en' | 'zh-CN'
  readonly baseCurrency: CurrencyCode
  readonly today: IsoDate
  /** Those of the scope, in the user's order. */
  readonly accounts: readonly StoredAccount[]
  readonly categories: readonly ExportedCategory[]
  readonly tags: ReadonlyMap<number, string>
  readonly securities: readonly ExportedSecurity[]
  /** The first and last day booked, by account. */
  readonly spans: ReadonlyMap<number, { readonly first: IsoDate; readonly last: IsoDate }>
  /** By rising day, up to the scope's end. */
  readonly positions: readonly ExportedPosition[]
  /** Dated values of homes, vehicles and the like, by account, up to the scope's end. */
  readonly values: ReadonlyMap<number, readonly { readonly on: IsoDate; readonly minor: number }[]>
  /** The balance by transactions at the scope's beginning. */
  readonly openingMinor: ReadonlyMap<number, number>
  /** The balance by transactions at the scope's end. */
  readonly closingMinor: ReadonlyMap<number, number>
  /** What is held at the scope's end, as the vault's own holdings say. */
  readonly closingHoldings: readonly ClosingHolding[]
  /** How many transactions `transactions` yields, those of other accounts included. */
  readonly transactionCount: number
  /** Of every account, within the period, by rising (day, id). */
  transactions(): Iterable<ExportedTransaction>
  /** Those of one account within the period. */
  transactionsOf(accountId: number): Iterable<ExportedTransaction>
  /** Of every account, before the period. */
  earlier(): Iterable<ExportedTransaction>
  prices(): Iterable<ExportedPrice>
  rates(): Iterable<ExportedRate>
}

/** Whether the account and day are of the scope. */
export function isInScope(scope: ExportScope, accountId: number, on: IsoDate): boolean {
  return (
    scope.accountIds.has(accountId) &&
    (scope.from === null || on >= scope.from) &&
    (scope.to === null || on <= scope.to)
  )
}

const opposite = (left: number, right: number): boolean => (left < 0 && right > 0) || (left > 0 && right < 0)

/** The other side of a transfer, where both sides are in scope and can be written as one transaction. */
export function mergedTransfer(scope: ExportScope, transaction: ExportedTransaction): TransferLeg | null {
  const { transfer, plain, amountMinor } = transaction
  if (transfer === null || !plain || !transfer.other.plain) return null
  const { other } = transfer
  return isInScope(scope, other.accountId, other.bookedOn) && opposite(amountMinor, other.amountMinor) ? other : null
}

/** Whether the parts of this transaction may carry the other sides of their transfers. */
const carriesParts = (transaction: ExportedTransaction): boolean =>
  transaction.trade === null && transaction.transfer === null && transaction.partOf === null

/** As `mergedTransfer`, for one part of a transaction. */
export function mergedPart(
  scope: ExportScope,
  transaction: ExportedTransaction,
  part: ExportedTransaction['splits'][number],
): TransferLeg | null {
  const { other } = part
  if (other === null || !other.plain || !carriesParts(transaction)) return null
  return isInScope(scope, other.accountId, other.bookedOn) && opposite(part.amountMinor, other.amountMinor)
    ? other
    : null
}

/** Whether the transaction is written with the other side of its transfer, and not by itself. */
export function isMergedElsewhere(scope: ExportScope, transaction: ExportedTransaction): boolean {
  if (transaction.transfer?.side === 'to') return mergedTransfer(scope, transaction) !== null
  const { partOf, plain, amountMinor, transfer } = transaction
  if (partOf === null || !plain || transfer !== null || !partOf.parentPlain) return false
  const { parent, partMinor } = partOf
  return isInScope(scope, parent.accountId, parent.bookedOn) && opposite(partMinor, amountMinor)
}
