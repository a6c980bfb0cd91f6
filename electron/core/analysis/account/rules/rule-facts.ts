import type { CurrencyCode } from '../../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../../shared/domain/iso-date.ts'
import type { Transaction } from '../../../../../shared/model/transaction.ts'

/** What rules can see of a transaction. '' where a text is missing. */
export interface RuleFacts {
  /** The cleaned name, or the one that the user gave. */
  readonly payee: string
  readonly rawPayee: string
  readonly memo: string
  readonly notes: string
  readonly reference: string
  readonly counterparty: string
  readonly accountId: number
  readonly institution: string
  readonly kind: Transaction['kind']
  /** Credit positive. */
  readonly amountMinor: number
  readonly currency: CurrencyCode
  readonly bookedOn: IsoDate
  readonly sourceCategory: string
  readonly merchantCategory: string
  /** The format that brought it; '' for one entered by hand. */
  readonly importer: string
  readonly tagIds: readonly number[]
}

/** A choice with the rule that made it. */
export interface ByRule<T> {
  readonly ruleId: number
  readonly value: T
}

/** What the rules make of one transaction; null where none of them says anything. */
export interface RuleOutcome {
  /** In their order. */
  readonly met: readonly number[]
  readonly categoryId: ByRule<number> | null
  readonly payee: ByRule<string> | null
  readonly notes: ByRule<string> | null
  readonly kind: ByRule<Transaction['kind']> | null
  /** `value`: the account of the other half, or null where it is not named. */
  readonly transfer: ByRule<number | null> | null
  readonly addTags: readonly ByRule<number>[]
  readonly removeTags: readonly ByRule<number>[]
}
