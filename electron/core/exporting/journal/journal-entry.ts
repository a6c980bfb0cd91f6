import type { IsoDate } from '../../../../shared/domain/iso-date.ts'

/** An amount as it is printed: plain digits with a point, and a currency or a commodity. */
export interface PrintedAmount {
  readonly quantity: string
  readonly commodity: string
}

export interface Posting {
  readonly account: string
  /** Null: whatever makes the entry balance. At most one of an entry. */
  readonly amount: PrintedAmount | null
  /** How a security comes in or goes out: with what was paid for all of it, or from the oldest of what is held. */
  readonly lot?:
    | { readonly type: 'added'; readonly cost: PrintedAmount; readonly on?: IsoDate }
    | { readonly type: 'taken' }
  /** What the whole of it is worth in the other commodity of the entry; not negative. */
  readonly total?: PrintedAmount
  /** Where this side was booked on another day than the entry. */
  readonly on?: IsoDate
  readonly memo?: string
}

/** Facts beside an entry: a key of small letters and hyphens, and text, or a date. */
export type Fact = readonly [key: string, value: string]

export interface JournalEntry {
  readonly on: IsoDate
  readonly pending: boolean
  readonly payee: string
  readonly narration: string
  readonly code: string | null
  readonly tags: readonly string[]
  readonly facts: readonly Fact[]
  readonly postings: readonly Posting[]
}
