import { prepared, sqlRows } from '../storage/repositories/query.ts'
import type { Vault } from '../storage/open-vault.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'

/**
 * The tables whose rows a user's change can touch. Not among them: figures that triggers maintain, the log of changes
 * itself, and `import_records`, which is a report and stays when its run is undone.
 */
export const recordedTables = [
  'settings',
  'institutions',
  'accounts',
  'account_identities',
  'categories',
  'tags',
  'rules',
  'budget_lines',
  'budget_amounts',
  'check_dismissals',
  'securities',
  'import_runs',
  'import_run_accounts',
  'import_layouts',
  'transactions',
  'splits',
  'transaction_tags',
  'transfers',
  'trades',
  'matches',
  'match_rejections',
  'transaction_aliases',
  'positions',
  'prices',
  'fx_rates',
  'balance_assertions',
  'credit_reports',
  'credit_enquiries',
  'credit_overdues',
  'credit_public_records',
  'valuations',
  'documents',
  'attachments',
  'persons',
  'account_owners',
  'recurring_decisions',
  'account_floors',
  'own_reminders',
  'reminder_states',
] as const
export type RecordedTable = (typeof recordedTables)[number]

/** A foreign key of another table that points here, and what deleting here does to its rows. */
export interface Reference {
  readonly table: RecordedTable
  readonly column: string
  readonly target: string
  readonly onDelete: 'cascade' | 'set null' | 'restrict'
}

export interface TableShape {
  readonly table: RecordedTable
  readonly columns: readonly string[]
  readonly blobs: ReadonlySet<string>
  readonly key: readonly string[]
  /** Children first seen first; tables that triggers maintain are left out. */
  readonly referencedBy: readonly Reference[]
  /** SQL of a row as JSON text, blobs in hexadecimal. */
  readonly snapshot: string
  /** SQL of a row's key as a JSON array. */
  readonly keyJson: string
  /** "id = ?", for one row by its key. */
  readonly byKey: string
}

type Shapes = ReadonlyMap<string, TableShape>
const shapesByDriver = new WeakMap<Vault['driver'], Shapes>()

interface ColumnRow {
  name: string
  type: string
  pk: number
}
interface ForeignKeyRow {
  table: string
  from: string
  to: string | null
  on_delete: string
}

const quoted = (name: string): string => `"${name}"`

function readShapes(vault: Vault): Shapes {
  const references = new Map<string, Reference[]>()
  for (const table of recordedTables) {
    for (const key of sqlRows<ForeignKeyRow>(vault, `select * from pragma_foreign_key_list('${table}')`)) {
      const action = key.on_delete.toLowerCase()
      const onDelete = action === 'cascade' || action === 'set null' ? action : 'restrict'
      const list = references.get(key.table) ?? []
      list.push({ table, column: key.from, target: key.to ?? 'id', onDelete })
      references.set(key.table, list)
    }
  }
  const shapes = new Map<string, TableShape>()
  for (const table of recordedTables) {
    const columns = sqlRows<ColumnRow>(vault, `select name, type, pk from pragma_table_info('${table}')`)
    const blobs = new Set(columns.filter((column) => column.type.toUpperCase() === 'BLOB').map(({ name }) => name))
    const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
    const parts = columns.map(({ name }) =>
      blobs.has(name)
        ? `'${name}', case when ${quoted(name)} is null then null else hex(${quoted(name)}) end`
        : `'${name}', ${quoted(name)}`,
    )
    shapes.set(table, {
      table,
      columns: columns.map(({ name }) => name),
      blobs,
      key: key.map(({ name }) => name),
      referencedBy: references.get(table) ?? [],
      snapshot: `json_object(${parts.join(', ')})`,
      keyJson: `json_array(${key.map(({ name }) => quoted(name)).join(', ')})`,
      byKey: key.map(({ name }) => `${quoted(name)} = ?`).join(' and '),
    })
  }
  return shapes
}

/** The shape of a table, read once for each connection. */
export function shapeOf(vault: Vault, table: string): TableShape {
  let shapes = shapesByDriver.get(vault.driver)
  if (shapes === undefined) {
    shapes = readShapes(vault)
    shapesByDriver.set(vault.driver, shapes)
  }
  const shape = shapes.get(table)
  if (shape === undefined) throw new CoreError('internal', `${table} is no table whose changes are recorded`)
  return shape
}

export type KeyValue = string | number
export type RowKey = readonly KeyValue[]
export type RowValue = string | number | null
export type RowImage = Readonly<Record<string, RowValue>>

/** The present row as JSON text, or undefined where there is none. */
export function readSnapshot(vault: Vault, shape: TableShape, key: RowKey): string | undefined {
  const row = prepared(vault, `select ${shape.snapshot} as image from ${shape.table} where ${shape.byKey}`).get(
    ...key,
  ) as { image: string } | undefined
  return row?.image
}

export function parseImage(image: string): RowImage {
  return JSON.parse(image) as RowImage
}

export function parseKey(key: string): RowKey {
  return JSON.parse(key) as RowKey
}

/** Whether a present row is what the image says; columns that the image does not know (added since) are not looked at. */
export function sameRow(present: string, image: string): boolean {
  if (present === image) return true
  const now = parseImage(present)
  return Object.entries(parseImage(image)).every(([column, value]) => now[column] === value)
}

function bindable(shape: TableShape, column: string, value: RowValue): RowValue | Uint8Array {
  return shape.blobs.has(column) && typeof value === 'string' ? Buffer.from(value, 'hex') : value
}

/** The row of an image as values to write, blobs as bytes. */
export function imageValues(shape: TableShape, image: RowImage): Record<string, RowValue | Uint8Array> {
  return Object.fromEntries(
    Object.entries(image)
      .filter(([column]) => shape.columns.includes(column))
      .map(([column, value]) => [column, bindable(shape, column, value)]),
  )
}

/** Puts a row back as the image says. */
export function insertImage(vault: Vault, shape: TableShape, image: RowImage): void {
  const columns = Object.keys(image).filter((column) => shape.columns.includes(column))
  const sql = `insert into ${shape.table} (${columns.map(quoted).join(', ')}) values (${columns.map(() => '?').join(', ')})`
  prepared(vault, sql).run(...columns.map((column) => bindable(shape, column, image[column] ?? null)))
}

/** Sets the columns of a present row that differ between the two images to those of `to`. */
export function updateToImage(vault: Vault, shape: TableShape, key: RowKey, from: RowImage, to: RowImage): void {
  const columns = Object.keys(to).filter((column) => from[column] !== to[column] && shape.columns.includes(column))
  if (columns.length === 0) return
  const sql = `update ${shape.table} set ${columns.map((column) => `${quoted(column)} = ?`).join(', ')} where ${shape.byKey}`
  prepared(vault, sql).run(...columns.map((column) => bindable(shape, column, to[column] ?? null)), ...key)
}

export function deleteRow(vault: Vault, shape: TableShape, key: RowKey): void {
  prepared(vault, `delete from ${shape.table} where ${shape.byKey}`).run(...key)
}
