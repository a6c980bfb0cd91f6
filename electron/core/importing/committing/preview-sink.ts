import type { PreviewRow } from '../../../../shared/model/importing.ts'
import type { Vault } from '../../storage/open-vault.ts'
import type { TargetAccount } from './account-directory.ts'
import { type BatchMemory, BroughtLines, keyOf } from './batch-memory.ts'
import type { ParsedCreditReport } from '../importer.ts'
import { knowsCreditReport } from './credit-report-writer.ts'
import type { FreshRow, FreshRows } from '../../matching/fresh-rows.ts'
import { KnownLines } from './known-lines.ts'
import type { FileResult, FileSink } from './file-task.ts'
import type { Fate, Placement, RowToPlace } from './statement-state.ts'
import { AccountLines, findAlias, findLine, traitsOfParsed } from './vault-lines.ts'

/** Known rows that are remembered: beyond it a preview does not look for what the new ones belong to. */
const MOST_CLAIMED = 200_000

/** The row as the preview shows it. */
function previewRow(fate: Fate): PreviewRow {
  const { state, record, transaction, reason } = fate
  const outcome = fate.outcome === 'left-out' ? 'skipped' : fate.outcome
  return {
    statement: state?.number ?? 0,
    record,
    outcome,
    date: transaction?.date ?? null,
    amount: transaction?.amount ?? null,
    currency: transaction === null ? null : (state?.currency ?? null),
    kind: transaction?.kind ?? null,
    payee: transaction?.payee ?? '',
    memo: transaction?.memo ?? '',
    reason: reasonOf(fate.outcome, reason),
  }
}

function reasonOf(outcome: Fate['outcome'], reason: Fate['reason']): PreviewRow['reason'] {
  if (outcome === 'left-out') return { code: 'left-out', message: 'Left out.', values: {} }
  return reason === null ? null : { code: reason.code, message: reason.message, values: { ...reason.values } }
}

/** The number of a line that is in the vault already. */
const inVault = (id: number): number | null => (id > 0 ? id : null)

/** Reads the vault to say what a commit would do with each record, and keeps a window of the rows. */
export class PreviewSink implements FileSink {
  readonly #vault: Vault
  readonly #batch: BatchMemory
  readonly #offset: number
  readonly #limit: number
  readonly #lines = new Map<TargetAccount, AccountLines>()
  readonly #known = new Map<number, KnownLines>()
  readonly #more: boolean
  /** Pending lines whose place a booked one of this file took: another one like it is another purchase. */
  readonly #released = new Set<string>()
  /** For the files of the batch behind this one. */
  readonly brought = new BroughtLines()
  readonly rows: PreviewRow[] = []
  /** Rows of the vault that rows of the file were found to be. */
  readonly claimed = new Set<number>()
  /** Rows of earlier files of the batch that rows of this one are again: by `keyOf`. */
  readonly repeated = new Set<string>()
  readonly #fresh: FreshRows
  total = 0

  /**
   * `fresh` is told of the new booked rows. `more`: other files follow in the batch, so that what this one brings is to
   * be remembered.
   */
  constructor(
    vault: Vault,
    batch: BatchMemory,
    fresh: FreshRows,
    window: { offset: number; limit: number },
    more: boolean,
  ) {
    this.#vault = vault
    this.#batch = batch
    this.#fresh = fresh
    this.#offset = window.offset
    this.#limit = window.limit
    this.#more = more
  }

  openStatement(): void {}

  place(row: RowToPlace): Placement {
    const placement = this.#place(row)
    if (this.#fresh.rows === null) return placement
    if (placement.transactionId !== null) this.claimed.add(placement.transactionId)
    if (placement.outcome === 'duplicate' && placement.transactionId === null) this.repeated.add(keyOf(row))
    if (placement.outcome === 'new' && row.transaction.status !== 'pending') this.#fresh.add(row)
    if (this.claimed.size + this.repeated.size > MOST_CLAIMED) this.#fresh.drop()
    return placement
  }

  /** Tells that these rows, counted as new, are known from another source. */
  merge(rows: readonly Pick<FreshRow, 'state' | 'record'>[], result: FileResult): void {
    const known = new Set(rows.map(({ state, record }) => `${state.number} ${record}`))
    for (const { state } of rows) {
      for (const counts of [result.counts, state.counts]) {
        counts.new -= 1
        counts.duplicate += 1
      }
    }
    for (const [index, row] of this.rows.entries()) {
      if (row.outcome !== 'new' || !known.has(`${row.statement} ${row.record}`)) continue
      const reason = { code: 'other-source', message: 'Another file has told of it already.', values: {} }
      this.rows[index] = { ...row, outcome: 'duplicate', reason }
    }
  }

  #place(row: RowToPlace): Placement {
    const { target, transaction, amountMinor, fingerprint, ordinal } = row
    const isPending = transaction.status === 'pending'
    const released = isPending && this.#released.has(keyOf(row))
    if (!released) {
      if (this.#batch.has(target, fingerprint, ordinal)) return { outcome: 'duplicate', transactionId: null }
      const known = target.id === null ? undefined : this.#knownOf(target.id).find(fingerprint, ordinal)
      if (known !== undefined) return { outcome: 'duplicate', transactionId: known }
    }
    const lines = this.#linesOf(target)
    const line = traitsOfParsed(transaction, amountMinor)
    if (isPending) {
      const settled = lines.settledBy(line)
      if (settled !== undefined) {
        this.brought.settled.push(keyOf(row))
        return { outcome: 'duplicate', transactionId: inVault(settled) }
      }
      if (this.#more) this.brought.pendings.push({ target, line: { ...line, fingerprint, ordinal } })
      return { outcome: 'new', transactionId: null }
    }
    if (this.#more) this.brought.booked.push({ target, line })
    const pending = lines.hasPending ? lines.takePending(line) : undefined
    if (pending === undefined) return { outcome: 'new', transactionId: null }
    this.brought.taken.push({ target, id: pending.id })
    if (pending.fingerprint !== null) this.#released.add(keyOf({ target, ...pending }))
    return { outcome: 'replaces-pending', transactionId: inVault(pending.id) }
  }

  #knownOf(accountId: number): KnownLines {
    const known = this.#known.get(accountId) ?? new KnownLines(this.#vault, accountId)
    this.#known.set(accountId, known)
    return known
  }

  #linesOf(target: TargetAccount): AccountLines {
    const known = this.#lines.get(target)
    if (known !== undefined) return known
    const lines = new AccountLines(this.#batch.linesOf(this.#vault, target))
    this.#lines.set(target, lines)
    return lines
  }

  knows(target: TargetAccount, fingerprint: Buffer, ordinal: number): boolean {
    if (this.#batch.has(target, fingerprint, ordinal)) return true
    if (target.id === null) return false
    const known = findLine(this.#vault, target.id, fingerprint, ordinal)
    return (known ?? findAlias(this.#vault, target.id, fingerprint, ordinal)) !== undefined
  }

  fate(fate: Fate): void {
    if (this.total >= this.#offset && this.rows.length < this.#limit) this.rows.push(previewRow(fate))
    this.total += 1
  }

  position(): void {}
  price(): void {}
  rate(): void {}
  category(): void {}

  creditReport(report: ParsedCreditReport): boolean {
    return !knowsCreditReport(this.#vault, report)
  }
}
