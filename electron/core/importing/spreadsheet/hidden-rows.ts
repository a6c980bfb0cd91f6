import type { ParsedItem } from '../importer.ts'
import type { TableReader } from '../table/table-reader.ts'

/**
 * Tells of rows that a workbook does not show. They are read like others, for a filter hides records and does not undo
 * them; whoever looks at the sheet does not see them, so it is said.
 */
export function* hiddenRowFindings(tables: readonly TableReader[]): Generator<ParsedItem, void, void> {
  for (const table of tables) {
    const count = table.hiddenRows?.() ?? 0
    if (count === 0) continue
    const message = `The sheet "${table.name}" hides ${count} rows, by a filter or otherwise. They were read like the others.`
    const values = { count, name: table.name }
    yield { type: 'finding', finding: { severity: 'warning', code: 'hidden-rows', message, values } }
  }
}
