import type { TableRow } from '../table/table-reader.ts'

/** A heading in two rows is looked for among the first rows of a sheet; data need not be compared. */
const LOOK_WITHIN = 60
const LONGEST_TITLE = 40

const isTitle = (cell: string): boolean => cell.length <= LONGEST_TITLE && !/\d/.test(cell)

/** Whether `below` splits a title of `above` that spans columns ("Amount" over "Debit" and "Credit") and repeats none. */
function isSplitHeading(above: readonly string[], below: readonly string[]): boolean {
  let splits = 0
  let kept = 0
  const width = Math.max(above.length, below.length)
  for (let column = 0; column < width; column += 1) {
    const upper = (above[column] ?? '').trim()
    const lower = (below[column] ?? '').trim()
    if (!isTitle(upper) || !isTitle(lower)) return false
    if (upper !== '' && lower === '') kept += 1
    if (upper !== '' || lower === '') continue
    // under no title of its own: the title that spans it begins to the left, and is split from there on
    let origin = column - 1
    while (origin > 0 && (above[origin] ?? '').trim() === '' && (below[origin] ?? '').trim() !== '') origin -= 1
    if ((above[origin] ?? '').trim() === '' || (below[origin] ?? '').trim() === '') return false
    splits += 1
  }
  return splits > 0 && kept >= 2
}

/**
 * Rows of a sheet, a heading of merged cells in two rows made one: each column is called by its lower title, or by the
 * upper one where there is no lower. It stands in the place of the lower row.
 */
export function* joinHeadings(rows: Iterable<TableRow>): Generator<TableRow, void, void> {
  let waiting: TableRow | null = null
  let seen = 0
  for (const row of rows) {
    if (seen > LOOK_WITHIN) {
      yield row
      continue
    }
    seen += 1
    if (waiting === null) {
      waiting = row
      continue
    }
    if (row.record === waiting.record + 1 && isSplitHeading(waiting.cells, row.cells)) {
      const above: TableRow = waiting
      const width = Math.max(above.cells.length, row.cells.length)
      const cells = Array.from({ length: width }, (_, column) => {
        const lower = row.cells[column] ?? ''
        return lower.trim() === '' ? (above.cells[column] ?? '') : lower
      })
      waiting = { ...row, cells }
      continue
    }
    yield waiting
    waiting = row
    if (seen > LOOK_WITHIN) {
      yield waiting
      waiting = null
    }
  }
  if (waiting !== null) yield waiting
}
