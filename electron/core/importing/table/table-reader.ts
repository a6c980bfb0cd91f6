/**
 * A table out of any container (delimited text, a spreadsheet), row by row. The engines that give meaning to columns
 * work on this and never know where a row came from.
 */
export interface TableRow {
  /** 1-based line (text: of the row's first line) or row (sheet, see `shared/domain/source-record.ts`), for messages. */
  readonly record: number
  /** Cells as text, outer space kept. Dates of a sheet come as `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, numbers in plain decimal form. */
  readonly cells: readonly string[]
  /** Set where the sheet does not show the row: a record like others, and worth telling. */
  readonly isHidden?: true
}

export interface TableReader {
  /** Sheet name, or '' for text. */
  readonly name: string
  rows(): Generator<TableRow, void, void>
  /** Bytes consumed so far: progress. */
  position(): number
  /** How many rows that the sheet hides were given in the last walk. Absent for what hides none. */
  hiddenRows?(): number
  /** Sheets that were left out because this one holds all of their rows. */
  readonly repeated?: { readonly sheets: readonly string[]; readonly rows: number }
}
