import { prepared } from '../../storage/repositories/query.ts'
import type { WritableVault } from '../../storage/open-vault.ts'

/** Rows that one statement adds: a call for each takes several times as long. */
const AT_ONCE = 100

/** A source record that brought no new row, and what became of it. */
export interface RecordFate {
  readonly record: number
  readonly outcome: 'duplicate' | 'skipped' | 'failed' | 'left-out'
  readonly reason: string
  readonly message: string
  readonly transactionId: number | null
}

/** Notes, in their order, the records of one run that brought nothing new. */
export class RecordWriter {
  readonly #vault: WritableVault
  readonly #runId: number
  #waiting: (string | number | null)[] = []
  #count = 0

  constructor(vault: WritableVault, runId: number) {
    this.#vault = vault
    this.#runId = runId
  }

  /** Notes a record some time before `flush` is through. */
  add({ record, outcome, reason, message, transactionId }: RecordFate): void {
    this.#waiting.push(this.#runId, record, outcome, reason, message, transactionId)
    this.#count += 1
    if (this.#count >= AT_ONCE) this.flush()
  }

  /** Writes what waits. To be called before anything reads the records. */
  flush(): void {
    if (this.#count === 0) return
    const rows = Array.from({ length: this.#count }, () => '(?, ?, ?, ?, ?, ?)').join(', ')
    prepared(
      this.#vault,
      `insert into import_records (import_run_id, record, outcome, reason, message, transaction_id) values ${rows}`,
    ).run(this.#waiting)
    this.#waiting = []
    this.#count = 0
  }

  /** Notes the records of lines that were merged into stored ones, as another source had told of them. */
  addMerged(merges: readonly { readonly keptId: number; readonly goneId: number }[]): void {
    this.flush()
    // the line that went is remembered with the one that stays
    prepared(
      this.#vault,
      `insert into import_records (import_run_id, record, outcome, reason, message, transaction_id)
       select ?, json_extract(merged, '$.rows[0].image.source_record'), 'duplicate', 'other-source', '', transaction_id
       from json_each(?) as pairs cross join transaction_aliases
         on transaction_id = value->>0 and json_extract(merged, '$.rows[0].image.id') = value->>1
       order by pairs.key`,
    ).run(this.#runId, JSON.stringify(merges.map(({ keptId, goneId }) => [keptId, goneId])))
  }
}
