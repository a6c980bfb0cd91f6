import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { appliedMigrations, type Vault } from '../../storage/open-vault.ts'
import { prepared, sqlRows } from '../../storage/repositories/query.ts'
import { columnsOf, orderOf, presentTables, quotedName } from './exported-tables.ts'

export const JSON_FORMAT = 'onebook-export'
export const JSON_VERSION = 1

const cell = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.length).toString('base64') : value

function* rowsOf(vault: Vault, table: string, told: () => void): Generator<string, void, void> {
  const columns = columnsOf(vault, table)
  const names = columns.map(({ name }) => quotedName(name)).join(', ')
  const statement = prepared(vault, `select ${names} from ${quotedName(table)} order by ${orderOf(columns)}`)
  let first = true
  for (const row of statement.iterate() as IterableIterator<Record<string, unknown>>) {
    told()
    yield `${first ? '' : ','}\n${JSON.stringify(Object.fromEntries(Object.entries(row).map(([key, value]) => [key, cell(value)])))}`
    first = false
  }
}

/**
 * The whole vault as one JSON object, a row a line: `format`, `version`, `schema` (the newest migration that the vault
 * has seen), `exportedOn`, and `tables`, where the rows stand under the names of the vault's own tables and columns.
 * Amounts are minor units, bytes (of attachments and fingerprints) base64.
 */
export function writeJson(
  vault: Vault,
  today: IsoDate,
): { readonly total: number; readonly pieces: (told: () => void) => Generator<string, void, void> } {
  const tables = presentTables(vault)
  const total = tables.reduce((sum, table) => {
    const [row] = sqlRows<{ count: number }>(vault, `select count(*) as count from ${quotedName(table)}`)
    return sum + (row?.count ?? 0)
  }, 0)
  return {
    total,
    *pieces(told) {
      const header = {
        format: JSON_FORMAT,
        version: JSON_VERSION,
        schema: appliedMigrations(vault.driver).at(-1) ?? '',
        exportedOn: today,
      }
      yield `${JSON.stringify(header).slice(0, -1)},\n"tables":{`
      for (const [index, table] of tables.entries()) {
        yield `${index === 0 ? '' : ','}\n${JSON.stringify(table)}:[`
        yield* rowsOf(vault, table, told)
        yield ']'
      }
      yield '}}\n'
    },
  }
}
