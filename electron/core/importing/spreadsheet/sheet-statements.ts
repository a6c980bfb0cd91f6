import type { ParsedItem } from '../importer.ts'

const NUMBERS_PER_SHEET = 10_000

/** An item of a workbook's sheet: statements of several sheets are told apart by numbers of their own. */
export function statementOnSheet(item: ParsedItem, sheet: number): ParsedItem {
  return sheet > 0 && 'statement' in item ? { ...item, statement: item.statement + sheet * NUMBERS_PER_SHEET } : item
}
