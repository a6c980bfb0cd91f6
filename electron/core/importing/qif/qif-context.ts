import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { Finding, ParsedSecurity, ParsedTransaction, Reason, ReasonCode } from '../importer.ts'
import type { DecimalMark } from '../text/number-text.ts'
import type { QifDateOrder } from './qif-date.ts'

/** How one file writes things, as told by all of it. */
export interface QifConventions {
  readonly order: QifDateOrder
  readonly mark: DecimalMark
  readonly today: IsoDate
  /** By the name that transactions use. */
  readonly securities: ReadonlyMap<string, ParsedSecurity>
  /** QIF names no currency; only the user can. */
  readonly currency: CurrencyCode | null
}

export type QifOutcome =
  | {
      readonly type: 'transaction'
      readonly transaction: ParsedTransaction
      readonly finding?: Finding
      /** Of a split: new shares for ten old ones. */
      readonly splitRatio?: Decimal
    }
  | { readonly type: 'skipped'; readonly reason: Reason }
  | { readonly type: 'failed'; readonly reason: Reason }

export function failed(code: ReasonCode, message: string, values?: Reason['values']): QifOutcome {
  return { type: 'failed', reason: values === undefined ? { code, message } : { code, message, values } }
}
