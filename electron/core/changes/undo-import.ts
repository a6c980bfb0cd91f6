import { CoreError } from '../../../shared/ipc/errors.ts'
import type { Clock } from '../ports.ts'
import { restoreMerged } from '../matching/merge-transactions.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import { changeOfRun, importedTables } from './import-rows.ts'
import { type Recorder, recordChange } from './record.ts'
import {
  parseImage,
  parseKey,
  readSnapshot,
  type RecordedTable,
  type RowImage,
  sameRow,
  shapeOf,
  type TableShape,
} from './table-shape.ts'

interface LoggedRow {
  table_name: RecordedTable
  row_key: string
  before: string | null
  after: string | null
}

/**
 * Takes an import back, however long ago it was, as a new change that can itself be undone. Its rows go, with every
 * edit made to them since; what it replaced comes back. What it changed elsewhere is set back where it still is as the
 * import left it; the opening balance of an account moves by what the import had moved it. Things the import made
 * (accounts, securities, tags) go unless something else uses them by now.
 * Throws CoreError: 'not-found', or 'conflict' where the run is undone already.
 */
export function undoImport(vault: WritableVault, clock: Clock, runId: number): void {
  const run = sqlRows<{ undone_at: number | null; file_name: string }>(
    vault,
    'select undone_at, file_name from import_runs where id = ?',
    runId,
  )[0]
  const change = changeOfRun(vault, runId)
  if (run === undefined || change === undefined) throw new CoreError('not-found', 'there is no such import')
  if (run.undone_at !== null || change.undone === 1) {
    throw new CoreError('conflict', 'this import is already undone', { runId })
  }
  const facts = { file: run.file_name, runId }
  recordChange(vault, clock, { label: 'import.undo', facts }, (recorder) => {
    // opened first: recording forgets what could be redone, and the run's own rows must still be there
    recorder.update('import_runs', [runId], { undone_at: clock.now() })
    bringBackMerged(vault, recorder, runId, change.id)
    for (const table of importedTables) {
      // a row that was there before and only changed (a pending line that was booked) is set back below
      recorder.deleteWhere(table, {
        sql: `import_run_id = ? and ${shapeOf(vault, table).keyJson} not in (select row_key from change_rows
          where change_id = ? and table_name = ? and before is not null and after is not null)`,
        parameters: [runId, change.id, table],
      })
    }
    const rows = sqlRows<LoggedRow>(
      vault,
      'select table_name, row_key, before, after from change_rows where change_id = ? order by sequence desc',
      change.id,
    )
    for (const row of rows) reverse(vault, recorder, row)
  })
}

/**
 * Lines that other files or the user brought and that were merged into lines of this run come back as their own: their
 * source still tells of them.
 */
function bringBackMerged(vault: WritableVault, recorder: Recorder, runId: number, changeId: number): void {
  const aliases = sqlRows<{ id: number }>(
    vault,
    `select a.id from transactions t join transaction_aliases a on a.transaction_id = t.id
     where t.import_run_id = ? and a.merged is not null and a.import_run_id is not ?
       and json_array(t.id) not in (select row_key from change_rows
         where change_id = ? and table_name = 'transactions' and before is not null and after is not null)`,
    runId,
    runId,
    changeId,
  )
  for (const { id } of aliases) restoreMerged(vault, recorder, id)
}

function reverse(vault: WritableVault, recorder: Recorder, row: LoggedRow): void {
  const shape = shapeOf(vault, row.table_name)
  const key = parseKey(row.row_key)
  const present = readSnapshot(vault, shape, key)
  if (row.before === null) {
    if (present !== undefined && !isUsed(vault, shape, parseImage(present), present, row))
      recorder.delete(shape.table, key)
    return
  }
  const before = parseImage(row.before)
  if (row.after === null) {
    if (present === undefined && !isTaken(vault, shape, before)) recorder.insert(shape.table, valuesOf(shape, before))
    return
  }
  if (present !== undefined) recorder.update(shape.table, key, setBack(shape, before, parseImage(row.after), present))
}

/** Whether what the import made is needed by something else now, or has become the user's own. */
function isUsed(vault: WritableVault, shape: TableShape, image: RowImage, present: string, row: LoggedRow): boolean {
  // an account that the user renamed since is still the import's; a rate that was changed since is not
  const standsAlone = shape.referencedBy.length === 0
  if (standsAlone && row.after !== null && !sameRow(present, row.after)) return true
  return shape.referencedBy.some((reference) => {
    // what a statement called an account goes with the account
    if (reference.table === 'account_identities' || reference.table === 'import_run_accounts') return false
    const target = image[reference.target] ?? null
    const sql = `select exists (select 1 from ${reference.table} where "${reference.column}" = ?) as found`
    return sqlRows<{ found: number }>(vault, sql, target)[0]?.found === 1
  })
}

/** Whether a transaction of the same meaning has been imported again meanwhile. */
function isTaken(vault: WritableVault, shape: TableShape, image: RowImage): boolean {
  if (shape.table !== 'transactions' || typeof image['fingerprint'] !== 'string') return false
  const sql = `select exists (select 1 from transactions where account_id = ? and fingerprint = ? and ordinal = ?) as found`
  const fingerprint = Buffer.from(image['fingerprint'], 'hex')
  const account = image['account_id'] ?? null
  return sqlRows<{ found: number }>(vault, sql, account, fingerprint, image['ordinal'] ?? 0)[0]?.found === 1
}

function valuesOf(shape: TableShape, image: RowImage): never {
  const values = Object.entries(image).map(([column, value]) => [
    column,
    shape.blobs.has(column) && typeof value === 'string' ? Buffer.from(value, 'hex') : value,
  ])
  // the image is a row of this very table, read back from the log
  return Object.fromEntries(values) as never
}

function setBack(shape: TableShape, before: RowImage, after: RowImage, present: string): never {
  const now = parseImage(present)
  const patch: Record<string, unknown> = {}
  for (const column of Object.keys(before)) {
    const [was, left, is] = [before[column] ?? null, after[column] ?? null, now[column] ?? null]
    if (was === left) continue
    const moved = column === 'opening_minor' && typeof was === 'number' && typeof left === 'number'
    if (is === left) patch[column] = was
    else if (moved && typeof is === 'number') patch[column] = is - (left - was)
  }
  return (shape.blobs.size === 0 ? patch : valuesOf(shape, patch as RowImage)) as never
}
