import { z } from 'zod'
import { CoreError } from '../../../../shared/ipc/errors.ts'
import { isoDateSchema } from '../../../../shared/model/primitives.ts'
import type { ByteSource } from '../../importing/importer.ts'
import { migrations } from '../../storage/migrations/index.ts'
import type { WritableVault } from '../../storage/open-vault.ts'
import { prepared, sqlRows } from '../../storage/repositories/query.ts'
import { verifyVault } from '../../storage/verify-vault.ts'
import { type ColumnShape, columnsOf, presentTables, quotedName } from './exported-tables.ts'
import { JsonCursor, JsonFault } from './json-cursor.ts'
import { JSON_FORMAT, JSON_VERSION } from './json-writer.ts'

const headerSchema = z.strictObject({
  format: z.literal(JSON_FORMAT),
  version: z.literal(JSON_VERSION),
  schema: z.string().min(1).max(200),
  exportedOn: isoDateSchema,
})

/** Rows are put in one transaction; others get a turn after so many. */
const ROWS_A_TURN = 2_000

const refused = (detail: string): CoreError =>
  new CoreError('export-damaged', `This file is not a complete export of Onebook: ${detail}.`, { detail })

type Bound = string | number | null | Uint8Array

function columnSchema({ type, nullable }: ColumnShape): z.ZodType<Bound> {
  const schema: z.ZodType<Bound> =
    type === 'integer'
      ? z.int()
      : type === 'text'
        ? z.string()
        : z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
  return nullable ? schema.nullable() : schema
}

/** Puts the rows of one table in; a column that an older export does not have takes its default. */
function tableReader(vault: WritableVault, table: string): (row: unknown) => void {
  const columns = columnsOf(vault, table)
  const shape = Object.fromEntries(columns.map((column) => [column.name, columnSchema(column)]))
  const optional = Object.fromEntries(
    columns.filter(({ hasDefault, nullable }) => hasDefault || nullable).map(({ name }) => [name, true as const]),
  )
  const schema = z.strictObject(shape).partial(optional)
  return (row) => {
    const parsed = schema.safeParse(row)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw refused(
        `a row of ${table} is not as it should be (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`,
      )
    }
    const values = new Map(Object.entries(parsed.data as Record<string, Bound | undefined>))
    const present = columns.filter(({ name }) => values.get(name) !== undefined)
    const names = present.map(({ name }) => quotedName(name)).join(', ')
    const sql = `insert into ${quotedName(table)} (${names}) values (${present.map(() => '?').join(', ')})`
    prepared(vault, sql).run(...present.map(({ name }) => values.get(name) ?? null))
  }
}

function* rows(cursor: JsonCursor): Generator<unknown, void, void> {
  cursor.expect('[')
  if (cursor.take(']')) return
  do yield cursor.value()
  while (cursor.take(','))
  cursor.expect(']')
}

export interface ImportJsonOptions {
  /** Called from time to time; may throw to stop. */
  readonly breathe: () => Promise<void>
  readonly progress: (done: number, total: number) => void
}

/** Throws CoreError('export-damaged') unless all kept figures are what the rows add up to. For the newest schema. */
export async function checkImported(vault: WritableVault): Promise<void> {
  const failed = (await verifyVault(vault)).filter(({ ok }) => !ok)
  if (failed.length > 0) throw refused(`its figures fail these checks: ${failed.map(({ check }) => check).join(', ')}`)
}

/** The migration that the export's vault had seen last. Throws CoreError('export-damaged' or 'vault-too-new'). */
export function schemaOf(source: ByteSource): string {
  try {
    const cursor = new JsonCursor(source)
    const header = new Map<string, unknown>()
    cursor.expect('{')
    for (let key = cursor.key(); key !== 'tables'; key = cursor.key()) {
      header.set(key, cursor.value())
      cursor.expect(',')
    }
    return checkedHeader(Object.fromEntries(header)).schema
  } catch (error) {
    throw toRefusal(error)
  }
}

function toRefusal(error: unknown): unknown {
  if (error instanceof JsonFault) return refused(`${error.message} (byte ${error.offset})`)
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')) {
    return refused('a row breaks a rule of the vault')
  }
  return error
}

/**
 * Fills a vault that holds nothing yet and is of the export's own schema (`schemaOf`) with a complete JSON export.
 * Everything or nothing: each row is checked against the vault's own columns, then all references are; the figures are
 * for `checkImported`. Throws CoreError('export-damaged' or 'vault-too-new').
 */
export async function importJson(vault: WritableVault, source: ByteSource, options: ImportJsonOptions): Promise<void> {
  const { driver } = vault
  driver.exec('begin immediate')
  try {
    // rows may refer to rows that come later
    driver.pragma('defer_foreign_keys = on')
    await readAll(vault, source, options)
    const dangling = sqlRows<{ table: string }>(vault, 'select "table" from pragma_foreign_key_check limit 1')[0]
    if (dangling !== undefined) throw refused(`a row of ${dangling.table} names another that is not there`)
    driver.exec('commit')
  } catch (error) {
    if (driver.inTransaction) driver.exec('rollback')
    throw toRefusal(error)
  }
}

async function readAll(vault: WritableVault, source: ByteSource, options: ImportJsonOptions): Promise<void> {
  const cursor = new JsonCursor(source)
  const header = new Map<string, unknown>()
  let complete = false
  cursor.expect('{')
  do {
    const key = cursor.key()
    if (key !== 'tables') {
      header.set(key, cursor.value())
      continue
    }
    checkedHeader(Object.fromEntries(header))
    await readTables(vault, cursor, source.size, options)
    complete = true
  } while (cursor.take(','))
  cursor.expect('}')
  if (cursor.peek() !== '') throw refused('something follows its end')
  if (!complete) throw refused('it has no tables')
}

function checkedHeader(header: object): z.infer<typeof headerSchema> {
  const parsed = headerSchema.safeParse(header)
  if (!parsed.success) throw refused('its first lines do not say that it is one')
  if (!Object.hasOwn(migrations, parsed.data.schema)) {
    const { schema } = parsed.data
    throw new CoreError('vault-too-new', 'This export was written by a newer version of Onebook.', { version: schema })
  }
  return parsed.data
}

async function readTables(
  vault: WritableVault,
  cursor: JsonCursor,
  size: number,
  { breathe, progress }: ImportJsonOptions,
): Promise<void> {
  const seen = new Set<string>()
  const expected = presentTables(vault)
  let count = 0
  cursor.expect('{')
  if (cursor.take('}')) return
  do {
    const table = cursor.key()
    if (!expected.includes(table) || seen.has(table)) throw refused('it has a table that is not expected')
    seen.add(table)
    const put = tableReader(vault, table)
    for (const row of rows(cursor)) {
      put(row)
      count += 1
      if (count % ROWS_A_TURN !== 0) continue
      progress(cursor.offset, size)
      await breathe()
    }
  } while (cursor.take(','))
  cursor.expect('}')
}
