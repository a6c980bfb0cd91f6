import { sqlRows } from '../storage/repositories/query.ts'
import type { Vault } from '../storage/open-vault.ts'
import { recordedTables, shapeOf } from './table-shape.ts'

/** Reports of imports: they stay, marked, when the import is undone. */
const reports: ReadonlySet<string> = new Set(['import_runs'])

/** Figures that triggers keep, with the order of their rows. */
const maintained = [
  ['account_balances', 'account_id'],
  ['account_months', 'account_id, month'],
  ['learner_counts', 'payee, direction, account_id, band, merchant_category, category_id'],
] as const

/**
 * Every row of every table that holds the user's data, and the maintained figures, as text: two vaults with the same
 * text hold the same. For tests.
 */
export function dumpUserTables(vault: Vault): string {
  const lines: string[] = []
  for (const table of recordedTables) {
    if (reports.has(table)) continue
    const shape = shapeOf(vault, table)
    const order = shape.key.map((column) => `"${column}"`).join(', ')
    const rows = sqlRows<{ image: string }>(vault, `select ${shape.snapshot} as image from ${table} order by ${order}`)
    for (const row of rows) lines.push(`${table} ${row.image}`)
  }
  for (const [figures, order] of maintained) {
    for (const row of sqlRows<object>(vault, `select * from ${figures} order by ${order}`)) {
      lines.push(`${figures} ${JSON.stringify(row)}`)
    }
  }
  return lines.join('\n')
}
