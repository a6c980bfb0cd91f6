import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ImportFinding } from '../../../../shared/model/importing.ts'
import type { ParsedAccount, ParsedTransaction, Reason } from '../importer.ts'
import type { OccurrenceTable } from '../occurrence-table.ts'
import type { TargetAccount, TargetReason } from './account-directory.ts'
import type { BalanceChain } from './balance-chain.ts'

export interface StatedBalance {
  readonly minor: number
  readonly on: IsoDate | null
}

export interface Counts {
  new: number
  duplicate: number
  skipped: number
  failed: number
  replaced: number
}

export const noCounts = (): Counts => ({ new: 0, duplicate: 0, skipped: 0, failed: 0, replaced: 0 })

/** What is known of one statement while its file passes by. */
export interface StatementState {
  readonly number: number
  /** The format it came in, by its importer. */
  readonly importer: string
  readonly account: ParsedAccount
  /** As the file says. */
  readonly statedCurrency: CurrencyCode | null
  /** Of the account it goes to. */
  readonly currency: CurrencyCode
  /** Null where the user left the statement out. */
  readonly target: TargetAccount | null
  readonly why: TargetReason | null
  readonly identity: string | null
  readonly occurrences: OccurrenceTable | null
  readonly chain: BalanceChain
  opening: StatedBalance | null
  closing: StatedBalance | null
  available: StatedBalance | null
  limit: StatedBalance | null
  /** Balances at the end of days, as the file says beside its rows. */
  readonly days: { readonly minor: number; readonly on: IsoDate }[]
  from: IsoDate | null
  to: IsoDate | null
  firstBookedOn: IsoDate | null
  lastBookedOn: IsoDate | null
  /** Σ of the booked rows, known ones included. */
  bookedMinor: number
  /** Booked rows, known ones included. */
  bookedRows: number
  transactions: number
  positions: number
  readonly counts: Counts
}

/** A transaction ready to be placed: its amount in minor units of the account, its meaning and which of its kind it is. */
export interface RowToPlace {
  readonly state: StatementState
  readonly target: TargetAccount
  readonly record: number
  readonly transaction: ParsedTransaction
  /** Which side of a record that touches several accounts; null where it touches one. */
  readonly side: 'main' | 'counterpart' | null
  readonly amountMinor: number
  readonly fingerprint: Buffer
  /** 0 for the first of this meaning in its file. */
  readonly ordinal: number
}

export interface Placement {
  readonly outcome: 'new' | 'duplicate' | 'replaces-pending'
  /** The row written or found; null in a preview. */
  readonly transactionId: number | null
}

/** What became of one source record. */
export interface Fate {
  readonly state: StatementState | null
  readonly record: number
  readonly outcome: Placement['outcome'] | 'skipped' | 'failed' | 'left-out'
  readonly transaction: ParsedTransaction | null
  readonly reason: Reason | null
  readonly transactionId: number | null
}

const FINDINGS_KEPT = 200

/** Gathers findings; beyond a sane number they are counted, not kept. */
export class FindingList {
  readonly #findings: ImportFinding[] = []
  #left = 0

  add(severity: ImportFinding['severity'], code: string, message: string, more: Partial<ImportFinding> = {}): void {
    if (this.#findings.length >= FINDINGS_KEPT) {
      this.#left += 1
      return
    }
    this.#findings.push({ severity, code, message, record: more.record ?? null, values: more.values ?? {} })
  }

  has(code: string): boolean {
    return this.#findings.some((finding) => finding.code === code)
  }

  all(): ImportFinding[] {
    if (this.#left === 0) return [...this.#findings]
    const message = `${this.#left} more findings of this file are not listed.`
    const values = { count: this.#left }
    return this.#findings.concat([{ severity: 'info', code: 'more-findings', message, record: null, values }])
  }
}
