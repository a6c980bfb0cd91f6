import type { ByteSource } from '../importer.ts'
import { createDelimitedReader } from '../table/delimited-reader.ts'
import type { DetectedEncoding } from '../text/encoding.ts'

/** A line of an IIF file under the header that its keyword has last been given. */
export interface IifLine {
  readonly keyword: string
  /** The cell of a column; '' where the header has none of that name or the line ends before it. */
  readonly cell: (column: string) => string
  /** 1-based line of the file. */
  readonly line: number
  readonly position: number
  /** No header line has named the columns of this keyword. */
  readonly headless: boolean
}

/** Tabs, as QuickBooks wants them; a file that a spreadsheet has saved has commas or semicolons. */
function delimiterOf(source: ByteSource): string {
  const head = new TextDecoder('latin1').decode(source.read(0, 4096))
  return /^[^\S\n]{0,20}!\w{1,20}([\t,;])/m.exec(head)?.[1] ?? '\t'
}

/**
 * The lines of an IIF file: tab-separated, each begun by a keyword. A line whose keyword begins with "!" names the
 * columns of the lines with that keyword, in any order, until another one does.
 */
export function* readIifLines(source: ByteSource, encoding: DetectedEncoding): Generator<IifLine, void, void> {
  const delimiter = delimiterOf(source)
  const reader = createDelimitedReader(source, { encoding: encoding.encoding, delimiter, quote: '"' })
  const headers = new Map<string, ReadonlyMap<string, number>>()
  for (const { cells, record } of reader.rows()) {
    const [first = '', ...rest] = cells
    const keyword = first
      .replace(/^\uFEFF/, '')
      .trim()
      .toUpperCase()
    if (keyword === '') continue
    if (keyword.startsWith('!')) {
      const columns = new Map<string, number>()
      for (const [index, title] of rest.entries()) {
        const name = title.trim().toUpperCase()
        // the first of two columns of one name is the one that is filled in
        if (name !== '' && !columns.has(name)) columns.set(name, index + 1)
      }
      headers.set(keyword.slice(1), columns)
      continue
    }
    const columns = headers.get(keyword)
    const cell = (column: string): string => {
      const at = columns?.get(column)
      return at === undefined ? '' : (cells[at] ?? '').trim()
    }
    yield { keyword, cell, line: record, position: reader.position(), headless: columns === undefined }
  }
}
