import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'

/** A booked line as far as it tells which other lines it belongs to. */
export interface MatchLine {
  /** Its number in the vault; below zero for one that is only previewed. */
  readonly id: number
  readonly accountId: number
  readonly bookedOn: IsoDate
  readonly valueOn: IsoDate | null
  readonly time: string | null
  /** Minor units of the account's currency, credit positive. */
  readonly minor: number
  readonly kind: string
  readonly payee: string
  readonly memo: string
  readonly reference: string | null
  readonly checkNumber: string | null
  readonly counterparty: string | null
  /** What the file called the category; "[Savings]" for an account that the money went to or came from. */
  readonly sourceCategory: string | null
  readonly merchantCategory: string | null
  /** What was charged in another currency, signed as the line. */
  readonly original: { readonly minor: number; readonly currency: CurrencyCode } | null
  readonly trade: { readonly securityId: number; readonly quantity: Decimal } | null
  /** The run that brought it, and that run's importer; null and '' for what the user entered. */
  readonly runId: number | null
  readonly importer: string
  /** Its fingerprint and ordinal as text, by which it is known again after an import was undone; null where entered. */
  readonly meaning: string | null
  /** It is half of a transfer already. */
  readonly isLinked: boolean
}

/** An account as lines speak of it. */
export interface MatchAccount {
  readonly id: number
  readonly currency: CurrencyCode
  /** Its name, its institution's and what people call that, folded by `foldText`; the shortest ones left out. */
  readonly names: readonly string[]
  /** The whole number without separators, letters in capitals; null where it is masked or unknown. */
  readonly number: string | null
  /** The last four characters of its number. */
  readonly lastFour: string | null
  readonly isLiability: boolean
  readonly isWallet: boolean
  /** The platforms that its name or institution is of: `alipay`, `paypal`. */
  readonly platforms: readonly string[]
}
