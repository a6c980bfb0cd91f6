import type { Recorder } from '../changes/record.ts'
import { shapeOf } from '../changes/table-shape.ts'
import { idList, prepared, sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import { areMergeable, mergedLine, type MergeMode, mergeTransactions, rowsOf } from './merge-transactions.ts'

/** A stored line that stays, and a line of the run that tells of the same booking. */
export interface LinePair {
  readonly keptId: number
  readonly goneId: number
}

/** Whether the line that stays says anything new, or has anything new hanging on it. */
export type MergeOutcome = 'changed' | 'unchanged'

/**
 * Merges lines that a run has brought into stored ones, as `mergeTransactions` does one by one: those on which nothing
 * hangs, which nearly all are, by few statements, in less than half of the time. Each line may be in one pair only; all
 * pairs are held in memory.
 * Answers by the number of the line that went; pairs that could not be merged are not in it.
 */
export function mergeRunLines(
  vault: WritableVault,
  recorder: Recorder,
  pairs: readonly LinePair[],
  mode: MergeMode & { readonly runId: number },
): Map<number, MergeOutcome> {
  const outcomes = new Map<number, MergeOutcome>()
  const rows = rowsOf(
    vault,
    pairs.flatMap(({ keptId, goneId }) => [keptId, goneId]),
  )
  const hung = hungLines(
    vault,
    pairs.map(({ goneId }) => goneId),
  )
  const plain: LinePair[] = []
  for (const pair of pairs) {
    const [kept, gone] = [rows.get(pair.keptId), rows.get(pair.goneId)]
    if (kept === undefined || gone === undefined || !areMergeable(kept, gone)) continue
    if (hung.has(gone.id) || gone.import_run_id !== mode.runId) {
      if (mergeTransactions(vault, recorder, kept.id, gone.id, mode)) outcomes.set(gone.id, 'changed')
      continue
    }
    const line = mergedLine(kept, gone, mode)
    if (line !== null) recorder.update('transactions', [kept.id], line)
    outcomes.set(gone.id, line === null ? 'unchanged' : 'changed')
    plain.push(pair)
  }
  mergePlain(vault, plain)
  return outcomes
}

/** What can hang on a line and would have to go over to the one that stays. */
const HANGING = [
  ['splits', 'transaction_id'],
  ['transaction_tags', 'transaction_id'],
  ['trades', 'transaction_id'],
  ['attachments', 'transaction_id'],
  ['transaction_aliases', 'transaction_id'],
  ['transfers', 'from_transaction_id'],
  ['transfers', 'to_transaction_id'],
] as const

function hungLines(vault: WritableVault, ids: readonly number[]): ReadonlySet<number> {
  const sql = HANGING.map(
    ([table, column]) => `select ${column} as id from ${table} where ${column} in (select value from wanted)`,
  ).join(' union all ')
  const rows = sqlRows<{ id: number }>(vault, `with wanted as (select value from json_each(?)) ${sql}`, idList(ids))
  return new Set(rows.map(({ id }) => id))
}

/** Lines on which nothing hangs: their meanings are remembered with the rows as they were, and they go. */
function mergePlain(vault: WritableVault, pairs: readonly LinePair[]): void {
  if (pairs.length === 0) return
  const { snapshot } = shapeOf(vault, 'transactions')
  prepared(
    vault,
    `with pairs as materialized
       (select key as place, value->>0 as kept_id, value->>1 as gone_id from json_each(?))
     insert into transaction_aliases (transaction_id, account_id, fingerprint, ordinal, merged, import_run_id)
     select kept_id, account_id, fingerprint, ordinal,
       json_object('rows', json_array(json_object('table', 'transactions', 'image', ${snapshot})),
         'attachments', json_array()),
       import_run_id
     from pairs cross join transactions on transactions.id = gone_id order by place`,
  ).run(JSON.stringify(pairs.map(({ keptId, goneId }) => [keptId, goneId])))
  prepared(vault, 'delete from transactions where id in (select value from json_each(?))').run(
    idList(pairs.map(({ goneId }) => goneId)),
  )
}
