import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { AccountKindHint, ParsedSecurity } from '../importer.ts'

/**
 * What every double-entry program keeps, whatever its file looks like: accounts in a tree, transactions whose postings
 * add up to nothing. Readers of formats fill these in; `BookItems` turns them into what the pipeline takes.
 */

/**
 * `asset` and `liability` are the household's own accounts. `income` and `expense` become categories. `equity` holds
 * opening balances. `none` balances without meaning (GnuCash's Imbalance, Orphan and Trading accounts).
 */
export type AccountRole = 'asset' | 'liability' | 'income' | 'expense' | 'equity' | 'none'

export interface BookAccount {
  /** Unique in the book: a GUID, or the whole name where the format knows nothing else. */
  readonly id: string
  /** Its own name, without its parents'. */
  readonly name: string
  readonly parent: string | null
  readonly role: AccountRole
  /** What kind of own account it is, where the book says. */
  readonly kind?: AccountKindHint
  /** The bank's account number, where the book keeps it. */
  readonly number?: string
  readonly institution?: string
  /**
   * It holds one security and nothing else (GnuCash's STOCK and MUTUAL): its trades belong to the own account above it,
   * where there is one, so that a depot is one account and not one for each share.
   */
  readonly isHolding?: boolean
  readonly isClosed?: boolean
}

/** Money of a book that names no currency (QuickBooks) has none: it is that of the household. */
export type Commodity =
  | { readonly type: 'currency'; readonly currency: CurrencyCode | null }
  | { readonly type: 'security'; readonly security: ParsedSecurity }

export interface Posting {
  /** The id of its account. */
  readonly account: string
  readonly commodity: Commodity
  /** In the commodity. Debits are positive: money into an asset, less owed on a liability, spent on an expense. */
  readonly quantity: Decimal
  /** What it weighs in the transaction's currency, signed as the quantity; null where the book cannot tell. */
  readonly value: Decimal | null
  /** Of one unit, in the transaction's currency, where the book states it apart from `value` (a sale at cost). */
  readonly price?: Decimal
  readonly memo?: string
  /** A day of its own, other than the transaction's: on which its account has it. */
  readonly date?: IsoDate
  /** The bank's identity of this line, where the book has kept it. */
  readonly reference?: string
}

export interface BookTransaction {
  readonly record: number
  readonly date: IsoDate
  readonly valueDate?: IsoDate
  readonly status?: 'booked' | 'pending'
  readonly payee?: string
  readonly memo?: string
  /** The book's own identity of the transaction. */
  readonly reference?: string
  readonly checkNumber?: string
  readonly tags?: readonly string[]
  /** What `Posting.value` is counted in; null where the book names no currency, or counts units that are no money. */
  readonly currency: CurrencyCode | null
  readonly postings: readonly Posting[]
}
