import type { Decimal } from '../../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../../shared/domain/iso-date.ts'
import type { transactionKinds } from '../../../../../shared/model/transaction.ts'

/** What a query means: terms that must all hold. `parse-query.ts` reads it, `format-query.ts` writes it. */

export const textScopes = ['any', 'payee', 'memo', 'notes', 'reference', 'attachment'] as const
export type TextScope = (typeof textScopes)[number]
export const namedThings = ['tag', 'category', 'account', 'institution', 'security'] as const
export type NamedThing = (typeof namedThings)[number]
export const searchStates = [
  'pending',
  'transfer',
  'uncategorised',
  'split',
  'in',
  'out',
  'attachment',
  'note',
  'tag',
] as const
export type SearchState = (typeof searchStates)[number]
export type TransactionKind = (typeof transactionKinds)[number]

/** A bound of an amount in major units, without sign. */
export interface Bound {
  readonly value: Decimal
  readonly included: boolean
}

export type Meaning =
  /** `exact`: a phrase in quotation marks, which is found literally, not by readings or as an amount or a name. */
  | { readonly is: 'text'; readonly scope: TextScope; readonly text: string; readonly exact: boolean }
  /** Anything of this sort whose name has one of the values. */
  | { readonly is: 'name'; readonly of: NamedThing; readonly values: readonly string[] }
  | { readonly is: 'amount'; readonly least: Bound | null; readonly most: Bound | null }
  /** Both days included; null is open. */
  | { readonly is: 'date'; readonly from: IsoDate | null; readonly to: IsoDate | null }
  | { readonly is: 'state'; readonly state: SearchState }
  | { readonly is: 'kind'; readonly kinds: readonly TransactionKind[] }

export interface Term {
  readonly meaning: Meaning
  /** What must not be so. */
  readonly negated: boolean
  /** Where in what was typed it stands, in UTF-16 units. */
  readonly from: number
  readonly to: number
}

/** What was not understood as it may have been meant; it never stops a search. */
export interface Hint {
  readonly code:
    | 'unknown-operator'
    | 'bad-amount'
    | 'bad-date'
    | 'bad-value'
    | 'no-such-name'
    | 'unfinished'
    | 'too-long'
  /** What was typed. */
  readonly text: string
}

export interface Query {
  readonly terms: readonly Term[]
  readonly hints: readonly Hint[]
}
