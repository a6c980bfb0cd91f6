import { recordedTables } from '../../changes/table-shape.ts'
import { sqlRows } from '../../storage/repositories/query.ts'
import type { Vault } from '../../storage/open-vault.ts'

/**
 * The tables of a complete export: all that is the household's. Left out are what belongs to the one vault file
 * (`vault_meta`), what triggers maintain, the tally of how often a rule has met something, and the log for undoing, which holds what was deleted.
 */
export const exportedTables: readonly string[] = [...recordedTables, 'import_records', 'reminder_tellings']
export const leftOutTables: readonly string[] = [
  'vault_meta',
  'changes',
  'change_rows',
  'account_balances',
  'account_months',
  'learner_state',
  'learner_counts',
  'rule_uses',
  'flow_lines',
  'flow_months',
  'search_state',
  'search_blocks',
  'search_pending',
  'account_outlook',
  'recurring_series',
  'recurring_rows',
  'recurring_state',
  'recurring_dirty',
]

/** Those that this vault has: one of an older schema has fewer. */
export function presentTables(vault: Vault): readonly string[] {
  const rows = sqlRows<{ name: string }>(vault, `select name from sqlite_schema where type = 'table'`)
  const present = new Set(rows.map(({ name }) => name))
  return exportedTables.filter((table) => present.has(table))
}

export interface ColumnShape {
  readonly name: string
  readonly type: 'integer' | 'text' | 'blob'
  readonly nullable: boolean
  readonly hasDefault: boolean
  /** Its place in the primary key, from 1; 0: not part of it. */
  readonly key: number
}

interface ColumnRow {
  name: string
  type: string
  notnull: 0 | 1
  dflt_value: string | null
  pk: number
}

/** The columns of a table in their order. */
export function columnsOf(vault: Vault, table: string): ColumnShape[] {
  return sqlRows<ColumnRow>(vault, 'select name, type, "notnull", dflt_value, pk from pragma_table_info(?)', table).map(
    ({ name, type, notnull, dflt_value, pk }) => {
      const kind = type.toLowerCase()
      if (kind !== 'integer' && kind !== 'text' && kind !== 'blob')
        throw new Error(`${table}.${name} is of another type`)
      return { name, type: kind, nullable: notnull === 0 && pk === 0, hasDefault: dflt_value !== null, key: pk }
    },
  )
}

/** Quotes a name of the schema. */
export const quotedName = (name: string): string => `"${name}"`

/** What rows of the table are ordered by: their key, else the order they were written in. */
export function orderOf(columns: readonly ColumnShape[]): string {
  const key = columns.filter((column) => column.key > 0).sort((a, b) => a.key - b.key)
  return key.length === 0 ? 'rowid' : key.map(({ name }) => quotedName(name)).join(', ')
}
