import type { Insertable, Updateable } from 'kysely'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { Clock } from '../ports.ts'
import { prepared, type SqlValue, sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import type { Schema } from '../storage/schema.ts'
import { withStorageErrors } from '../storage/storage-errors.ts'
import { parseImage, readSnapshot, type RecordedTable, type RowKey, shapeOf } from './table-shape.ts'

/** What the user did, as the history shows it: `label` is a key under `history.change.*`. */
export interface ChangeDescription {
  readonly label: string
  readonly facts?: Readonly<Record<string, string | number>>
  /**
   * Set for an import. Rows that carry this run's `import_run_id`, and what hangs on them (splits, tags, trades,
   * transfers), are then written without the recorder; they are read from the tables when the import is undone.
   */
  readonly importRunId?: number
}

/** A condition in SQL, with its parameters. */
export interface Where {
  readonly sql: string
  readonly parameters: readonly SqlValue[]
}

/** Beyond so many changes the oldest is forgotten; what an import did is kept as long as its run. */
const KEPT_CHANGES = 500
const PRUNED_TO = 'changes_pruned_to'

/** Writes rows and keeps what each was before and after. Valid only inside the transaction it was made for. */
export class Recorder {
  readonly #vault: WritableVault
  readonly #clock: Clock
  readonly #description: ChangeDescription
  #changeId: number | null = null
  #sequence = 0

  constructor(vault: WritableVault, clock: Clock, description: ChangeDescription) {
    this.#vault = vault
    this.#clock = clock
    this.#description = description
    if (description.importRunId !== undefined) this.#open()
  }

  /** The id of the change, or null while nothing has changed. */
  get changeId(): number | null {
    return this.#changeId
  }

  /** Adds a row and answers its id; 0 where the table has a key of text. */
  insert<T extends RecordedTable>(table: T, values: Insertable<Schema[T]>): number {
    const columns = Object.entries(values).filter(([, value]) => value !== undefined)
    const names = columns.map(([name]) => `"${name}"`).join(', ')
    const shape = shapeOf(this.#vault, table)
    const row = prepared(
      this.#vault,
      `insert into ${table} (${names}) values (${columns.map(() => '?').join(', ')})
       returning ${shape.keyJson} as row_key, ${shape.snapshot} as image`,
    ).get(...columns.map(([, value]) => value as SqlValue)) as { row_key: string; image: string }
    this.#log(table, row.row_key, null, row.image)
    const key = (JSON.parse(row.row_key) as unknown[])[0]
    return typeof key === 'number' ? key : 0
  }

  /** Changes a row. Answers false where it is not there; what already is so is not recorded. */
  update<T extends RecordedTable>(table: T, key: RowKey, patch: Updateable<Schema[T]>): boolean {
    const shape = shapeOf(this.#vault, table)
    const before = readSnapshot(this.#vault, shape, key)
    if (before === undefined) return false
    const present = parseImage(before)
    // a column that is named in an update wakes the triggers on it, even where it stays as it is
    const columns = Object.entries(patch).filter(([name, value]) => value !== undefined && present[name] !== value)
    if (columns.length === 0) return true
    prepared(
      this.#vault,
      `update ${table} set ${columns.map(([name]) => `"${name}" = ?`).join(', ')} where ${shape.byKey}`,
    ).run(...columns.map(([, value]) => value as SqlValue), ...key)
    const after = readSnapshot(this.#vault, shape, key)
    if (after !== undefined && after !== before) this.#log(table, JSON.stringify(key), before, after)
    return true
  }

  /** Changes the row of this key or adds it; `values` must hold the key columns. */
  put<T extends RecordedTable>(table: T, key: RowKey, values: Insertable<Schema[T]> & Updateable<Schema[T]>): void {
    if (!this.update(table, key, values)) this.insert(table, values)
  }

  /** Changes every row that the condition meets, in one statement. Answers how many did change. */
  updateWhere<T extends RecordedTable>(table: T, where: Where, patch: Updateable<Schema[T]>): number {
    const shape = shapeOf(this.#vault, table)
    const columns = Object.entries(patch).filter(([, value]) => value !== undefined)
    if (columns.length === 0) return 0
    const values = columns.map(([, value]) => value as SqlValue)
    const differs = columns.map(([name]) => `"${name}" is not ?`).join(' or ')
    const condition = { sql: `(${where.sql}) and (${differs})`, parameters: [...where.parameters, ...values] }
    const first = this.#sequence + 1
    const count = this.#logMany(table, condition, 'before')
    if (count === 0) return 0
    prepared(
      this.#vault,
      `update ${table} set ${columns.map(([name]) => `"${name}" = ?`).join(', ')} where ${condition.sql}`,
    ).run(...values, ...condition.parameters)
    const join = shape.key.map((name, index) => `"${name}" = json_extract(row_key, '$[${index}]')`).join(' and ')
    prepared(
      this.#vault,
      `update change_rows set after = (select ${shape.snapshot} from ${table} where ${join})
       where change_id = ? and sequence between ? and ?`,
    ).run(this.#changeId, first, this.#sequence)
    return count
  }

  /** Deletes a row with all that hangs on it. Answers false where it is not there. */
  delete(table: RecordedTable, key: RowKey): boolean {
    return this.deleteWhere(table, { sql: shapeOf(this.#vault, table).byKey, parameters: key }) > 0
  }

  /** Deletes every row that the condition meets, with all that hangs on them as the foreign keys say. */
  deleteWhere(table: RecordedTable, where: Where): number {
    const shape = shapeOf(this.#vault, table)
    const some = sqlRows<{ found: number }>(
      this.#vault,
      `select exists (select 1 from ${table} where ${where.sql}) as found`,
      ...where.parameters,
    )[0]
    if (some?.found !== 1) return 0
    for (const reference of shape.referencedBy) {
      if (reference.onDelete === 'restrict') continue
      const children = {
        sql: `"${reference.column}" in (select "${reference.target}" from ${table} where ${where.sql})`,
        parameters: where.parameters,
      }
      if (reference.onDelete === 'cascade') this.deleteWhere(reference.table, children)
      else this.updateWhere(reference.table, children, { [reference.column]: null })
    }
    const count = this.#logMany(table, where, 'before')
    prepared(this.#vault, `delete from ${table} where ${where.sql}`).run(...where.parameters)
    return count
  }

  #open(): number {
    if (this.#changeId !== null) return this.#changeId
    const vault = this.#vault
    prepared(vault, 'delete from changes where undone = 1').run()
    const result = prepared(
      vault,
      'insert into changes (made_at, label, facts, import_run_id) values (?, ?, ?, ?)',
    ).run(
      this.#clock.now(),
      this.#description.label,
      JSON.stringify(this.#description.facts ?? {}),
      this.#description.importRunId ?? null,
    )
    this.#changeId = Number(result.lastInsertRowid)
    forgetOldest(vault)
    return this.#changeId
  }

  #log(table: RecordedTable, key: string, before: string | null, after: string | null): void {
    const changeId = this.#open()
    this.#sequence += 1
    prepared(
      this.#vault,
      'insert into change_rows (change_id, sequence, table_name, row_key, before, after) values (?, ?, ?, ?, ?, ?)',
    ).run(changeId, this.#sequence, table, key, before, after)
  }

  #logMany(table: RecordedTable, where: Where, side: 'before' | 'after'): number {
    const shape = shapeOf(this.#vault, table)
    const changeId = this.#open()
    const result = prepared(
      this.#vault,
      `insert into change_rows (change_id, sequence, table_name, row_key, ${side})
       select ?, ? + row_number() over (), ?, ${shape.keyJson}, ${shape.snapshot} from ${table} where ${where.sql}`,
    ).run(changeId, this.#sequence, table, ...where.parameters)
    this.#sequence += result.changes
    return result.changes
  }
}

/** Changes older than the kept ones cannot be taken back one by one any more; runs stay undoable from their history. */
function forgetOldest(vault: WritableVault): void {
  const horizon = sqlRows<{ id: number }>(
    vault,
    'select id from changes where undone = 0 order by id desc limit 1 offset ?',
    KEPT_CHANGES,
  )[0]
  if (horizon === undefined) return
  prepared(vault, 'delete from changes where id <= ? and import_run_id is null').run(horizon.id)
  prepared(
    vault,
    'insert into vault_meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  ).run(PRUNED_TO, String(horizon.id))
}

/** Changes up to this id are no longer on the stack of undo. */
export function prunedTo(vault: Pick<WritableVault, 'driver'>): number {
  const row = prepared(vault, 'select value from vault_meta where key = ?').get(PRUNED_TO) as
    | { value: string }
    | undefined
  return row === undefined ? 0 : Number(row.value)
}

/** Sums of accounts are exact up to 2^53 minor units: half of it is left to what is added to them. */
const MOST_HELD = 2 ** 52

/** What all accounts hold together as magnitudes, their currencies unlooked at: a bound for every sum of them. */
export function heldInAll(vault: Pick<WritableVault, 'driver'>): number {
  const sql = `select coalesce(total(abs(opening_minor)) + total(abs(change_minor)), 0) as held
    from accounts join account_balances on account_id = accounts.id`
  return (prepared(vault, sql).get() as { held: number }).held
}

/**
 * Throws CoreError('invalid-input') where the accounts together hold more than can be counted exactly, and more than
 * `before` the change: no figure could be shown any more.
 */
export function refuseUncountable(vault: Pick<WritableVault, 'driver'>, before: number): void {
  const held = heldInAll(vault)
  if (held > MOST_HELD && held > before) {
    throw new CoreError('invalid-input', 'these amounts are larger than can be counted exactly')
  }
}

/**
 * For work that holds a transaction open itself (an import): records into the transaction that is under way.
 * Throws if none is.
 */
export function beginChange(vault: WritableVault, clock: Clock, description: ChangeDescription): Recorder {
  if (!vault.driver.inTransaction) throw new Error('a change is recorded inside a transaction')
  return new Recorder(vault, clock, description)
}

/**
 * Does one thing for the user in one transaction, recorded so that it can be undone. Work that changes nothing leaves
 * no change. Nothing of it stays if the work throws. Forgets what could have been redone.
 */
export function recordChange<T>(
  vault: WritableVault,
  clock: Clock,
  description: ChangeDescription,
  work: (recorder: Recorder) => T,
): T {
  return withStorageErrors(() =>
    vault.driver
      .transaction(() => {
        const before = heldInAll(vault)
        const result = work(new Recorder(vault, clock, description))
        refuseUncountable(vault, before)
        return result
      })
      .immediate(),
  )
}
