/**
 * Numbers of source records. Within a text file a record is its line; in a workbook it is its row, and rows of the
 * second sheet and those after it start anew, so their numbers carry the sheet, too: one number never means two records.
 */

/** More than any sheet has rows, and more than any text file that is read has lines. */
const RECORDS_PER_SHEET = 10_000_000_000

/** The number of a record: `sheet` counts from 0, `row` from 1. Rows of the first sheet are numbered as they are. */
export function recordOf(sheet: number, row: number): number {
  return sheet * RECORDS_PER_SHEET + row
}

/** What a record's number says: `sheet` counts from 0, `row` is the line or the row within its sheet. */
export function placeOfRecord(record: number): { readonly sheet: number; readonly row: number } {
  const sheet = Math.floor(record / RECORDS_PER_SHEET)
  return { sheet, row: record - sheet * RECORDS_PER_SHEET }
}

/** A record's number for people: "5", or "2/5" for row 5 of the second sheet. */
export function recordLabel(record: number): string {
  const { sheet, row } = placeOfRecord(record)
  return sheet === 0 ? `${row}` : `${sheet + 1}/${row}`
}
