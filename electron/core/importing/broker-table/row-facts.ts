import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedSecurity } from '../importer.ts'
import type { AssetPair } from './security.ts'
import type { Sum } from './sum.ts'
import type { Action } from './vocabulary.ts'

/** A quantity of something that may be money or not. */
export interface Leg {
  readonly quantity: Decimal
  readonly asset: string
}

/** What a row of a table of trades says, before it is known what its cash does. */
export interface RowFacts {
  readonly date: IsoDate
  readonly time?: string
  readonly settlement?: IsoDate
  readonly action: Action | null
  /** Whether the action stands in its own column, not in a sentence. */
  readonly named: boolean
  readonly actionText: string
  readonly texts: readonly string[]
  readonly security: ParsedSecurity | null
  readonly pair: AssetPair | null
  readonly quantity: Decimal | null
  readonly price: Sum | null
  readonly gross: Sum | null
  readonly net: Sum | null
  /** As written, per column. */
  readonly fees: readonly Sum[]
  /** What was charged in an asset that is no money. */
  readonly feeAssets: readonly Leg[]
  readonly taxes: readonly Sum[]
  readonly incoming: Leg | null
  readonly outgoing: Leg | null
  readonly currency: CurrencyCode | null
  readonly fxRate: Decimal | null
  readonly original: Sum | null
  readonly balance: Decimal | null
  readonly account: string
  readonly reference: string
  readonly counterparty: string
  /** Who sent and who received, where the file has a column for each. */
  readonly payer: string
  readonly payee: string
  readonly category: string
  readonly counterpartyAccount: string
  readonly multiplier: Decimal | null
}

/** Why a row says nothing that can be kept. */
export type RowFault =
  | { readonly fault: 'no-date' }
  | { readonly fault: 'bad-date'; readonly text: string }
  | { readonly fault: 'bad-amount'; readonly text: string }
  | { readonly fault: 'bad-currency'; readonly text: string }
