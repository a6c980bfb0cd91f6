import { CoreError } from '../../../shared/ipc/errors.ts'
import type { Clock } from '../ports.ts'
import { prepared, sqlRows } from '../storage/repositories/query.ts'
import type { Vault, WritableVault } from '../storage/open-vault.ts'
import { withStorageErrors } from '../storage/storage-errors.ts'
import { markRun, materialiseImport, MATERIALISED_FROM } from './import-rows.ts'
import { prunedTo } from './record.ts'
import {
  deleteRow,
  insertImage,
  parseImage,
  parseKey,
  readSnapshot,
  sameRow,
  shapeOf,
  updateToImage,
} from './table-shape.ts'

/** A change as the history shows it. */
export interface ChangeSummary {
  readonly id: number
  readonly madeAt: number
  readonly label: string
  readonly facts: Record<string, string | number>
}

interface ChangeRow {
  id: number
  made_at: number
  label: string
  facts: string
  import_run_id: number | null
}
interface LoggedRow {
  sequence: number
  table_name: string
  row_key: string
  before: string | null
  after: string | null
}

function summaryOf(row: ChangeRow): ChangeSummary {
  return {
    id: row.id,
    madeAt: row.made_at,
    label: row.label,
    facts: JSON.parse(row.facts) as Record<string, string | number>,
  }
}

function nextToUndo(vault: Vault): ChangeRow | undefined {
  const sql = 'select * from changes where undone = 0 and id > ? order by id desc limit 1'
  return sqlRows<ChangeRow>(vault, sql, prunedTo(vault))[0]
}

function nextToRedo(vault: Vault): ChangeRow | undefined {
  return sqlRows<ChangeRow>(vault, 'select * from changes where undone = 1 order by id limit 1')[0]
}

/** What undo and redo would do next. */
export function loadHistory(vault: Vault): { undo: ChangeSummary | null; redo: ChangeSummary | null } {
  const undo = nextToUndo(vault)
  const redo = nextToRedo(vault)
  return { undo: undo === undefined ? null : summaryOf(undo), redo: redo === undefined ? null : summaryOf(redo) }
}

function conflict(change: ChangeRow, row: LoggedRow): CoreError {
  return new CoreError('conflict', `${row.table_name} ${row.row_key} was changed since; nothing was undone`, {
    label: change.label,
    table: row.table_name,
  })
}

/** Turns one row from the state `from` to the state `to`; null means that there is no row. */
function applyRow(
  vault: WritableVault,
  change: ChangeRow,
  row: LoggedRow,
  from: string | null,
  to: string | null,
): void {
  const shape = shapeOf(vault, row.table_name)
  const key = parseKey(row.row_key)
  const present = readSnapshot(vault, shape, key)
  // which run reached which account is a report: one that brought nothing was never a change of its own
  if (row.table_name === 'import_run_accounts' && (present === undefined) === (to === null)) return
  if (from === null ? present !== undefined : present === undefined || !sameRow(present, from)) {
    throw conflict(change, row)
  }
  if (to === null) deleteRow(vault, shape, key)
  else if (from === null) insertImage(vault, shape, parseImage(to))
  else updateToImage(vault, shape, key, parseImage(from), parseImage(to))
}

/** Rows are read in pages, for a statement that is being walked blocks the connection for writing. */
const PAGE = 2000

function* loggedRows(vault: Vault, changeId: number, direction: 'forward' | 'backward'): Generator<LoggedRow> {
  const backward = direction === 'backward'
  const columns = 'sequence, table_name, row_key, before, after'
  const sql = backward
    ? `select ${columns} from change_rows where change_id = ? and sequence < ? order by sequence desc limit ${PAGE}`
    : `select ${columns} from change_rows where change_id = ? and sequence > ? order by sequence limit ${PAGE}`
  let last = backward ? Number.MAX_SAFE_INTEGER : -1
  for (;;) {
    const page = sqlRows<LoggedRow>(vault, sql, changeId, last)
    yield* page
    const end = page.at(-1)
    if (end === undefined || page.length < PAGE) return
    last = end.sequence
  }
}

function inTransaction<T>(vault: WritableVault, work: () => T): T {
  return withStorageErrors(() =>
    vault.driver
      .transaction(() => {
        // rows come back in the order they were changed, which need not be parents first
        vault.driver.pragma('defer_foreign_keys = ON')
        return work()
      })
      .immediate(),
  )
}

/**
 * Takes the newest change back: every row is again what it was. Throws CoreError: 'nothing-to-undo', or 'conflict'
 * (and changes nothing) where a row is no longer what the change left.
 */
export function undoChange(vault: WritableVault, clock: Clock): ChangeSummary {
  return inTransaction(vault, () => {
    const change = nextToUndo(vault)
    if (change === undefined) throw new CoreError('nothing-to-undo', 'there is nothing to undo')
    if (change.import_run_id !== null) materialiseImport(vault, change.id, change.import_run_id)
    for (const row of loggedRows(vault, change.id, 'backward')) applyRow(vault, change, row, row.after, row.before)
    prepared(vault, 'update changes set undone = 1 where id = ?').run(change.id)
    if (change.import_run_id !== null) markRun(vault, change.import_run_id, clock.now())
    return summaryOf(change)
  })
}

/** Does the change again that was undone last. Throws CoreError: 'nothing-to-redo', 'conflict'. */
export function redoChange(vault: WritableVault): ChangeSummary {
  return inTransaction(vault, () => {
    const change = nextToRedo(vault)
    if (change === undefined) throw new CoreError('nothing-to-redo', 'there is nothing to redo')
    for (const row of loggedRows(vault, change.id, 'forward')) applyRow(vault, change, row, row.before, row.after)
    prepared(vault, 'update changes set undone = 0 where id = ?').run(change.id)
    if (change.import_run_id !== null) {
      prepared(vault, 'delete from change_rows where change_id = ? and sequence >= ?').run(change.id, MATERIALISED_FROM)
      markRun(vault, change.import_run_id, null)
    }
    return summaryOf(change)
  })
}
