import type { ParsedItem } from '../importer.ts'
import type { TableReader } from '../table/table-reader.ts'

/**
 * What is worth telling of a workbook's sheets: rows that it does not show, which are read like others, for a filter
 * hides records and does not undo them; and sheets that another one repeats, whose rows are taken once.
 */
export function* sheetFindings(tables: readonly TableReader[]): Generator<ParsedItem, void, void> {
  for (const table of tables) {
    const { name, repeated } = table
    if (repeated !== undefined) {
      const sheets = repeated.sheets.join(', ')
      const message = `The sheet "${name}" holds the rows of the others (${sheets}): each was taken once.`
      const values = { name, sheets, count: repeated.rows }
      yield { type: 'finding', finding: { severity: 'info', code: 'sheets-repeated', message, values } }
    }
    const count = table.hiddenRows?.() ?? 0
    if (count === 0) continue
    const message = `The sheet "${name}" hides ${count} rows, by a filter or otherwise. They were read like the others.`
    yield { type: 'finding', finding: { severity: 'warning', code: 'hidden-rows', message, values: { count, name } } }
  }
}
