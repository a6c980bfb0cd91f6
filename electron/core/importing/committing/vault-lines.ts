import { addDays, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { prepared } from '../../storage/repositories/query.ts'
import type { Vault } from '../../storage/open-vault.ts'
import type { ParsedTransaction } from '../importer.ts'
import { isTrustedReference } from '../fingerprint.ts'
import { type LineTraits, PENDING_DAYS, settles } from './pending-lines.ts'

export interface PendingLine extends LineTraits {
  readonly id: number
}

interface LineRow {
  id: number
  booked_on: IsoDate
  amount_minor: number
  payee: string
  reference: string | null
}

const traitsOf = (row: LineRow): PendingLine => ({
  id: row.id,
  bookedOn: row.booked_on,
  amountMinor: row.amount_minor,
  payee: row.payee,
  reference: row.reference,
})

export const traitsOfParsed = (transaction: ParsedTransaction, amountMinor: number): LineTraits => ({
  bookedOn: transaction.date,
  amountMinor,
  payee: transaction.payee ?? '',
  reference: transaction.reference ?? null,
})

/** The row of this meaning and ordinal, if the vault has it. */
export function findLine(vault: Vault, accountId: number, fingerprint: Buffer, ordinal: number): number | undefined {
  const sql = 'select id from transactions where account_id = ? and fingerprint = ? and ordinal = ?'
  const row = prepared(vault, sql).get(accountId, fingerprint, ordinal) as { id: number } | undefined
  return row?.id
}

/** What one account held before a file: its pending lines, and which booked lines have settled a pending one of the file. */
export class AccountLines {
  readonly #vault: Vault
  readonly #accountId: number
  readonly #newest: number
  readonly #pendings: PendingLine[]
  readonly #settling = new Set<number>()

  constructor(vault: Vault, accountId: number) {
    this.#vault = vault
    this.#accountId = accountId
    const newest = prepared(vault, 'select coalesce(max(id), 0) as id from transactions').get() as { id: number }
    this.#newest = newest.id
    const sql = `select id, booked_on, amount_minor, payee, reference from transactions
                 where account_id = ? and status = 'pending' order by booked_on, id`
    this.#pendings = (prepared(vault, sql).all(accountId) as LineRow[]).map(traitsOf)
  }

  get hasPending(): boolean {
    return this.#pendings.length > 0
  }

  /** Takes the pending line that this booked one settles, a matching reference before a similar payee. */
  takePending(booked: LineTraits): PendingLine | undefined {
    const fitting = this.#pendings.filter((pending) => settles(booked, pending))
    const byReference = fitting.find(
      ({ reference }) => isTrustedReference(reference ?? undefined) && reference === booked.reference,
    )
    const taken = byReference ?? fitting[0]
    if (taken !== undefined) this.#pendings.splice(this.#pendings.indexOf(taken), 1)
    return taken
  }

  /** A line of before this file that has already booked this pending one; each settles only one. */
  settledBy(pending: LineTraits): number | undefined {
    const sql = `select id, booked_on, amount_minor, payee, reference from transactions
                 where account_id = ? and booked_on between ? and ? and amount_minor = ? and status = 'booked' and id <= ?
                 order by booked_on, id`
    const rows = prepared(this.#vault, sql).all(
      this.#accountId,
      addDays(pending.bookedOn, -1),
      addDays(pending.bookedOn, PENDING_DAYS),
      pending.amountMinor,
      this.#newest,
    ) as LineRow[]
    for (const row of rows) {
      const traits = traitsOf(row)
      const sameReference = isTrustedReference(pending.reference ?? undefined) && traits.reference === pending.reference
      // one booked the day before is another purchase, unless the bank says it is this one
      if (this.#settling.has(row.id) || (traits.bookedOn < pending.bookedOn && !sameReference)) continue
      if (!settles(traits, pending)) continue
      this.#settling.add(row.id)
      return row.id
    }
    return undefined
  }
}
