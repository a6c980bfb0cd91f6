import type { PreviewRow } from '../../../../shared/model/importing.ts'
import type { Vault } from '../../storage/open-vault.ts'
import { OccurrenceTable } from '../fingerprint.ts'
import type { TargetAccount } from './account-directory.ts'
import type { FileResult, FileSink } from './process-file.ts'
import type { Fate, Placement, RowToPlace } from './statement-state.ts'
import { AccountLines, findLine, traitsOfParsed } from './vault-lines.ts'

/** What earlier files of a batch would have brought by the time a later one is committed. */
export class BatchMemory {
  readonly #seen = new Map<TargetAccount, OccurrenceTable>()

  has(target: TargetAccount, fingerprint: Buffer, ordinal: number): boolean {
    return (this.#seen.get(target)?.count(fingerprint) ?? 0) > ordinal
  }

  add(result: FileResult): void {
    for (const [target, table] of result.occurrences) {
      const seen = this.#seen.get(target)
      if (seen === undefined) this.#seen.set(target, table)
      else seen.takeLarger(table)
    }
  }
}

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

/** Reads the vault to say what a commit would do with each record, and keeps a window of the rows. */
export class PreviewSink implements FileSink {
  readonly #vault: Vault
  readonly #batch: BatchMemory
  readonly #offset: number
  readonly #limit: number
  readonly #lines = new Map<TargetAccount, AccountLines>()
  readonly rows: PreviewRow[] = []
  total = 0

  constructor(vault: Vault, batch: BatchMemory, window: { offset: number; limit: number }) {
    this.#vault = vault
    this.#batch = batch
    this.#offset = window.offset
    this.#limit = window.limit
  }

  openStatement(): void {}

  place({ target, transaction, amountMinor, fingerprint, ordinal }: RowToPlace): Placement {
    if (this.#batch.has(target, fingerprint, ordinal)) return { outcome: 'duplicate', transactionId: null }
    if (target.id === null) return { outcome: 'new', transactionId: null }
    const known = findLine(this.#vault, target.id, fingerprint, ordinal)
    if (known !== undefined) return { outcome: 'duplicate', transactionId: known }
    const lines = this.#lines.get(target) ?? new AccountLines(this.#vault, target.id)
    this.#lines.set(target, lines)
    const traits = traitsOfParsed(transaction, amountMinor)
    if (transaction.status === 'pending') {
      const settled = lines.settledBy(traits)
      return settled === undefined
        ? { outcome: 'new', transactionId: null }
        : { outcome: 'duplicate', transactionId: settled }
    }
    const pending = lines.hasPending ? lines.takePending(traits) : undefined
    return pending === undefined
      ? { outcome: 'new', transactionId: null }
      : { outcome: 'replaces-pending', transactionId: pending.id }
  }

  knows(target: TargetAccount, fingerprint: Buffer, ordinal: number): boolean {
    if (this.#batch.has(target, fingerprint, ordinal)) return true
    return target.id !== null && findLine(this.#vault, target.id, fingerprint, ordinal) !== undefined
  }

  fate(fate: Fate): void {
    if (this.total >= this.#offset && this.rows.length < this.#limit) this.rows.push(previewRow(fate))
    this.total += 1
  }

  position(): void {}
  price(): void {}
  rate(): void {}
}
