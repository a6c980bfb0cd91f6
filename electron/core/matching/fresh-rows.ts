import type { TargetAccount } from '../importing/committing/account-directory.ts'
import { tryToMinor } from '../importing/committing/minor-amount.ts'
import type { RowToPlace, StatementState } from '../importing/committing/statement-state.ts'
import type { MatchLine } from '../analysis/matching/match-line.ts'

/** New rows of one file that a preview looks at, a bound on memory; a commit looks at all. */
export const MOST_PREVIEWED = 100_000

/** A new booked row of a file as far as it tells what it belongs to, and where in the file it stands. */
export interface FreshRow {
  readonly line: MatchLine
  readonly state: StatementState
  readonly record: number
  readonly target: TargetAccount
}

/** What numbers rows and accounts that are in no vault yet: below zero. */
export interface PreviewNumbers {
  nextLine(): number
  accountOf(target: TargetAccount): number
}

/** Gathers the new booked rows of one file while it passes, without what only the vault needs of them. */
export class FreshRows {
  readonly runId: number
  readonly #numbers: PreviewNumbers
  readonly #most: number
  #rows: FreshRow[] | null = []

  constructor(numbers: PreviewNumbers, runId: number, most = MOST_PREVIEWED) {
    this.#numbers = numbers
    this.runId = runId
    this.#most = most
  }

  /** Null where there are more than a preview looks at. */
  get rows(): readonly FreshRow[] | null {
    return this.#rows
  }

  add(row: RowToPlace): void {
    if (this.#rows === null) return
    if (this.#rows.length >= this.#most) this.drop()
    else this.#rows.push(this.#freshOf(row))
  }

  /** Tells that the file has too many rows to be looked at beforehand. */
  drop(): void {
    this.#rows = null
  }

  #freshOf({ state, record, target, transaction, amountMinor, fingerprint, ordinal }: RowToPlace): FreshRow {
    const { original, transferAccount, category } = transaction
    const foreign = original === undefined ? null : tryToMinor(original.amount, original.currency)
    const line = {
      id: this.#numbers.nextLine(),
      accountId: this.#numbers.accountOf(target),
      bookedOn: transaction.date,
      valueOn: transaction.valueDate ?? null,
      time: transaction.time ?? null,
      minor: amountMinor,
      kind: transaction.kind,
      payee: transaction.payee ?? '',
      memo: transaction.memo ?? '',
      reference: transaction.reference ?? null,
      checkNumber: transaction.checkNumber ?? null,
      counterparty: transaction.counterparty ?? null,
      sourceCategory: category ?? (transferAccount === undefined ? null : `[${transferAccount}]`),
      merchantCategory: transaction.merchantCategory ?? null,
      original: foreign === null || original === undefined ? null : { minor: foreign, currency: original.currency },
      // which security it is will be known when it is imported
      trade: transaction.quantity === undefined ? null : { securityId: 0, quantity: transaction.quantity },
      runId: this.runId,
      importer: state.importer,
      meaning: `${fingerprint.toString('hex').toUpperCase()}:${ordinal}`,
      isLinked: false,
    }
    return { line, state, record, target }
  }
}

/** The row's account, meaning and ordinal as `keyOf` writes them. */
export function keyOfFresh({ line, target }: FreshRow): string {
  const [print = '', ordinal = '0'] = (line.meaning ?? '').toLowerCase().split(':')
  return `${target.id ?? target.name} ${print} ${ordinal}`
}
