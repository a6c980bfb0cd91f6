import { prepared, type SqlValue, sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import { type RecordedTable, shapeOf } from './table-shape.ts'

/** Rows of an import that were written without the recorder get sequence numbers from here on when it is undone. */
export const MATERIALISED_FROM = 1_000_000_000

/** Tables whose rows say which run brought them. */
export const importedTables = [
  'transactions',
  'transaction_aliases',
  'matches',
  'positions',
  'prices',
  'fx_rates',
  'balance_assertions',
  'credit_reports',
  'import_run_accounts',
] as const

/**
 * Logs, as insertions of the change, the rows that the run brought and what hangs on them: parents first, so that
 * undoing deletes children first. A row that hangs on two others (a transfer on both its halves) is logged once.
 */
export function materialiseImport(vault: WritableVault, changeId: number, runId: number): void {
  let next = MATERIALISED_FROM
  const log = (table: RecordedTable, sql: string, parameters: readonly SqlValue[]): void => {
    const shape = shapeOf(vault, table)
    const result = prepared(
      vault,
      `insert into change_rows (change_id, sequence, table_name, row_key, after)
       select ?, ? + row_number() over (), ?, ${shape.keyJson}, ${shape.snapshot} from ${table} where ${sql}
         and ${shape.keyJson} not in (select known.row_key from change_rows known
           where known.change_id = ? and known.table_name = ? and known.after is not null)`,
    ).run(changeId, next, table, ...parameters, changeId, table)
    next += result.changes
    if (result.changes === 0) return
    for (const reference of shape.referencedBy) {
      if (reference.onDelete !== 'cascade') continue
      log(
        reference.table,
        `"${reference.column}" in (select "${reference.target}" from ${table} where ${sql})`,
        parameters,
      )
    }
  }
  for (const table of importedTables) log(table, 'import_run_id = ?', [runId])
}

/** Says of a run when it was undone, or that it stands. */
export function markRun(vault: WritableVault, runId: number, undoneAt: number | null): void {
  prepared(vault, 'update import_runs set undone_at = ? where id = ?').run(undoneAt, runId)
}

/** Whether the vault still holds the change that the run made, so that it can be taken back. */
export function changeOfRun(vault: WritableVault, runId: number): { id: number; undone: 0 | 1 } | undefined {
  return sqlRows<{ id: number; undone: 0 | 1 }>(
    vault,
    'select id, undone from changes where import_run_id = ? order by id desc limit 1',
    runId,
  )[0]
}
