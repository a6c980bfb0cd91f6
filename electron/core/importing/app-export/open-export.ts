import type { ByteSource, FileHead } from '../importer.ts'
import { openTables } from '../spreadsheet/open-tables.ts'
import { peekSpreadsheet } from '../spreadsheet/peek-spreadsheet.ts'
import { createDelimitedReader } from '../table/delimited-reader.ts'
import type { TableReader } from '../table/table-reader.ts'
import { bytesSource } from '../text/decode.ts'
import { detectEncoding, looksBinary } from '../text/encoding.ts'
import { findTable, type FoundTable, guessProgram } from './app-profiles.ts'

const DELIMITERS = [',', ';', '\t'] as const
const HEAD_SIZE = 64 * 1024
/** The header stands at the top of an export, at most behind a few lines of titles. */
const HEADER_WITHIN = 10

export interface FoundHeader {
  readonly found: FoundTable
  /** The row of the header. */
  readonly record: number
}

/** The header of a table, if it is one of a known program. */
export function headerOf(table: TableReader): FoundHeader | null {
  let rows = 0
  for (const { record, cells } of table.rows()) {
    const found = findTable(cells)
    if (found !== null) return { found, record }
    rows += 1
    if (rows >= HEADER_WITHIN) return null
  }
  return null
}

function textTable(source: ByteSource, head: Uint8Array): TableReader | null {
  const { encoding } = detectEncoding(source)
  const beginning = bytesSource(source.name, head)
  for (const delimiter of DELIMITERS) {
    const options = { encoding, delimiter, quote: '"' } as const
    if (headerOf(createDelimitedReader(beginning, options)) !== null) return createDelimitedReader(source, options)
  }
  return null
}

/** The tables of an export, whatever holds them: a workbook's sheets, or delimited text. None where none is known. */
export function openExport(source: ByteSource): readonly TableReader[] {
  const sheets = openTables(source)
  if (sheets !== null) return sheets
  const table = textTable(source, source.read(0, HEAD_SIZE))
  return table === null ? [] : [table]
}

function identifyHead(head: FileHead): string | null {
  const isWhole = head.bytes.length >= head.size
  const source = bytesSource(head.name, head.bytes)
  if (!isWhole) {
    const glimpse = peekSpreadsheet(head.bytes)
    if (glimpse !== null) return guessProgram(glimpse)
  }
  try {
    const tables = isWhole ? openExport(source) : looksBinary(head.bytes) ? [] : [textTable(source, head.bytes)]
    for (const table of tables) {
      const found = table === null ? null : headerOf(table)?.found
      if (found !== null && found !== undefined) return found.type === 'read' ? found.layout.id : found.id
    }
    return null
  } catch {
    // a torn or protected workbook: whoever it goes to will say what is wrong with it
    return null
  }
}

const identified = new WeakMap<FileHead, string | null>()

/** The id of the program that the file with this head comes from, or null. Looked up once for each head. */
export function identifyExport(head: FileHead): string | null {
  const known = identified.get(head)
  if (known !== undefined) return known
  const id = identifyHead(head)
  identified.set(head, id)
  return id
}
