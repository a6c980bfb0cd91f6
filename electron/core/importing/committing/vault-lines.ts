import { isTrustedReference } from '../../../../shared/domain/bank-reference.ts'
import { addDays, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { prepared } from '../../storage/repositories/query.ts'
import type { Vault } from '../../storage/open-vault.ts'
import type { ParsedTransaction } from '../importer.ts'
import { type LineTraits, PENDING_DAYS, settles } from './pending-lines.ts'

/** A line with its place: in the vault, or below zero among the lines that a batch brings. */
export interface HeldLine extends LineTraits {
  readonly id: number
}

export interface PendingLine extends HeldLine {
  /** Null for a line that no file brought. */
  readonly fingerprint: Uint8Array | null
  readonly ordinal: number
}

interface LineRow {
  id: number
  booked_on: IsoDate
  amount_minor: number
  payee: string
  reference: string | null
}

interface PendingRow extends LineRow {
  fingerprint: Uint8Array | null
  ordinal: number
}

const traitsOf = (row: LineRow): HeldLine => ({
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

function pendingOf(row: PendingRow): PendingLine {
  const { fingerprint, ordinal } = row
  return { ...traitsOf(row), fingerprint, ordinal }
}

/** The row of this meaning and ordinal, if the vault has it. */
export function findLine(vault: Vault, accountId: number, fingerprint: Buffer, ordinal: number): number | undefined {
  const sql = 'select id from transactions where account_id = ? and fingerprint = ? and ordinal = ?'
  const row = prepared(vault, sql).get(accountId, fingerprint, ordinal) as { id: number } | undefined
  return row?.id
}

/**
 * The row that is known by this meaning and ordinal, too, if the vault has one: it booked a pending line, or a line of
 * another source was merged into it.
 */
export function findAlias(vault: Vault, accountId: number, fingerprint: Buffer, ordinal: number): number | undefined {
  const sql = `select transaction_id as id from transaction_aliases
    where account_id = ? and fingerprint = ? and ordinal = ?`
  const row = prepared(vault, sql).get(accountId, fingerprint, ordinal) as { id: number } | undefined
  return row?.id
}

/** Whether rows of the account are known by other meanings than their own: most accounts need not be asked. */
export function hasAliases(vault: Vault, accountId: number): boolean {
  const sql = 'select 1 from transaction_aliases where account_id = ? limit 1'
  return prepared(vault, sql).get(accountId) !== undefined
}

/** Lines that an account holds. */
export interface LineSource {
  /** Its pending lines, the oldest first. */
  readonly pendings: readonly PendingLine[]
  /** Its booked lines that may have become this pending one, by day and amount alone, the oldest first. */
  bookedLike(pending: LineTraits): readonly HeldLine[]
}

/** Lines of files are told by what the bank wrote, whatever they are called now. */
const COLUMNS = `id, booked_on, amount_minor, case when raw_payee = '' then payee else raw_payee end as payee, reference`

/** What the vault holds of an account at this moment; what is added later is not seen. */
export function vaultLines(vault: Vault, accountId: number): LineSource {
  const newest = prepared(vault, 'select coalesce(max(id), 0) as id from transactions').get() as { id: number }
  const pendings = prepared(
    vault,
    `select ${COLUMNS}, fingerprint, ordinal from transactions
     where account_id = ? and status = 'pending' order by booked_on, id`,
  ).all(accountId) as PendingRow[]
  return {
    pendings: pendings.map(pendingOf),
    bookedLike({ bookedOn, amountMinor }) {
      const rows = prepared(
        vault,
        `select ${COLUMNS} from transactions
         where account_id = ? and booked_on between ? and ? and amount_minor = ? and status = 'booked' and id <= ?
         order by booked_on, id`,
      ).all(
        accountId,
        addDays(bookedOn, -PENDING_DAYS),
        addDays(bookedOn, PENDING_DAYS),
        amountMinor,
        newest.id,
      ) as LineRow[]
      return rows.map(traitsOf)
    },
  }
}

/** What one account held before a file: its pending lines, and which booked lines have settled a pending one of the file. */
export class AccountLines {
  readonly #source: LineSource
  readonly #pendings: PendingLine[]
  readonly #settling = new Set<number>()
  readonly #taken = new Set<number>()

  constructor(source: LineSource) {
    this.#source = source
    this.#pendings = [...source.pendings]
  }

  get hasPending(): boolean {
    return this.#pendings.length > 0
  }

  /** Whether a line of this file has taken its place: the file's own pending lines are then other purchases. */
  isTaken(id: number): boolean {
    return this.#taken.has(id)
  }

  /** Takes the pending line that this booked one settles, a matching reference before a similar payee. */
  takePending(booked: LineTraits): PendingLine | undefined {
    const fitting = this.#pendings.filter((pending) => settles(booked, pending))
    const byReference = fitting.find(
      ({ reference }) => isTrustedReference(reference ?? undefined) && reference === booked.reference,
    )
    const taken = byReference ?? fitting[0]
    if (taken === undefined) return undefined
    this.#pendings.splice(this.#pendings.indexOf(taken), 1)
    this.#taken.add(taken.id)
    return taken
  }

  /** A line of before this file that has already booked this pending one; each settles only one. */
  settledBy(pending: LineTraits): number | undefined {
    for (const booked of this.#source.bookedLike(pending)) {
      const sameReference = isTrustedReference(pending.reference ?? undefined) && booked.reference === pending.reference
      // one booked the day before is another purchase, unless the bank says it is this one
      if (this.#settling.has(booked.id) || this.#taken.has(booked.id)) continue
      if (booked.bookedOn < pending.bookedOn && !sameReference) continue
      if (!settles(booked, pending)) continue
      this.#settling.add(booked.id)
      return booked.id
    }
    return undefined
  }
}
