import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { AccountRole } from '../double-entry/book.ts'
import type { AccountKindHint, Finding, Reason } from '../importer.ts'

/** What plain-text journals of ledger, hledger and Beancount say, read line by line and not yet balanced. */

export interface Amount {
  readonly quantity: Decimal
  /** As written, without quotes; '' where the amount has none. */
  readonly commodity: string
}

/** What was paid for a lot: `{…}` for each unit, `{{…}}` for all; null where it only says that there is a lot. */
export interface LotCost {
  readonly amount: Amount | null
  readonly isTotal: boolean
}

export interface JournalPosting {
  readonly account: string
  /** `(account)` need not balance, `[account]` balances among its like. */
  readonly virtual: 'no' | 'unbalanced' | 'balanced'
  /** Null: what balances the entry, or what the asserted balance wants. */
  readonly amount: Amount | null
  readonly lot: LotCost | null
  /** `@` for each unit or `@@` for all. */
  readonly price: { readonly amount: Amount; readonly isTotal: boolean } | null
  readonly balance: StatedBalance | null
  readonly memo: string
  /** A day of its own, other than the entry's. */
  readonly own?: OwnDate
}

/** A day that a posting has for itself: hledger's `date:2026-01-08`, or `[2026-01-08]` of ledger and hledger. */
export interface OwnDate {
  readonly on: IsoDate
  /** Written as only hledger reads it. */
  readonly byTag: boolean
}

/** `= balance` after a posting. */
export interface StatedBalance {
  readonly amount: Amount
  /** `=*`: the accounts below it are counted, too. */
  readonly withinToo: boolean
  /** `==`: and nothing in any other commodity. */
  readonly isTotal: boolean
  /** The line of the file. */
  readonly line: number
}

export interface JournalEntry {
  readonly record: number
  readonly date: IsoDate
  readonly otherDate: IsoDate | null
  readonly isPending: boolean
  readonly code: string
  readonly payee: string
  readonly memo: string
  readonly tags: readonly string[]
  readonly postings: readonly JournalPosting[]
}

export type JournalEvent =
  | { readonly type: 'entry'; readonly entry: JournalEntry }
  | {
      readonly type: 'account'
      readonly name: string
      readonly role?: AccountRole
      readonly kind?: AccountKindHint
      readonly isClosed?: boolean
    }
  /** What the topmost accounts of a role are called in this file. */
  | { readonly type: 'root'; readonly name: string; readonly role: AccountRole }
  | {
      readonly type: 'price'
      readonly record: number
      readonly date: IsoDate
      readonly commodity: string
      readonly price: Amount
    }
  /** Beancount: the next asserted balance of `account` is reached by taking from `source`. */
  | {
      readonly type: 'pad'
      readonly record: number
      readonly date: IsoDate
      readonly account: string
      readonly source: string
    }
  /** Beancount: what the account and those below it hold at the beginning of the day. */
  | {
      readonly type: 'balance'
      readonly record: number
      readonly date: IsoDate
      readonly account: string
      readonly amount: Amount
      readonly tolerance: Decimal | null
    }
  | { readonly type: 'skipped' | 'failed'; readonly record: number; readonly reason: Reason }
  | { readonly type: 'finding'; readonly finding: Finding }
  | { readonly type: 'progress'; readonly bytes: number }

/** Why a line or record cannot be read. */
export class JournalFault extends Error {
  override readonly name = 'JournalFault'
  readonly reason: Reason
  constructor(code: Reason['code'], message: string, text?: string) {
    super(message)
    this.reason = { code, message, ...(text === undefined ? {} : { values: { text: text.slice(0, 60) } }) }
  }
}
