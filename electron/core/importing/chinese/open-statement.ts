import type { ByteSource, FileHead } from '../importer.ts'
import { identifyMarkup } from '../spreadsheet/markup-tables.ts'
import { openTables } from '../spreadsheet/open-tables.ts'
import { peekSpreadsheet } from '../spreadsheet/peek-spreadsheet.ts'
import { createDelimitedReader } from '../table/delimited-reader.ts'
import type { TableReader } from '../table/table-reader.ts'
import { bytesSource } from '../text/decode.ts'
import { detectEncoding, looksBinary } from '../text/encoding.ts'
import { guessProfile } from './table-layout.ts'
import { walkTable } from './walk-table.ts'

export interface OpenedStatement {
  readonly tables: readonly TableReader[]
  readonly isSheet: boolean
}

const DELIMITERS = [',', '\t', '|', ';']
const HEAD_SIZE = 64 * 1024

/** The id of the profile that reads a table, from its first header; null where none does. */
export function profileOf(table: TableReader, context: string, isSheet: boolean): string | null {
  for (const step of walkTable(table, context, isSheet)) if (step.type === 'header') return step.layout.profile.id
  return null
}

interface TextFormat {
  readonly encoding: string
  readonly delimiter: string
  readonly profile: string
}

/** How a text is to be read so that a known header appears, and whose header that is; null where none appears. */
function findTextFormat(name: string, head: Uint8Array): TextFormat | null {
  const source = bytesSource(name, head)
  const { encoding: detected, by } = detectEncoding(source)
  // A few Chinese words among many digits are too little for statistics; a header that makes sense is proof.
  const encodings = by === 'guess' && detected !== 'gb18030' ? [detected, 'gb18030'] : [detected]
  for (const encoding of encodings) {
    for (const delimiter of DELIMITERS) {
      const table = createDelimitedReader(source, { encoding, delimiter, quote: '"' })
      const profile = profileOf(table, name, false)
      if (profile !== null) return { encoding, delimiter, profile }
    }
  }
  return null
}

/** Leaves out what may be half a line at the end of a head. */
function wholeLines(head: Uint8Array, isWhole: boolean): Uint8Array {
  if (isWhole) return head
  const end = head.lastIndexOf(10)
  return end < 0 ? head : head.subarray(0, end + 1)
}

/** A statement file as tables, whatever holds them: a workbook's sheets, or delimited text as a single table. */
export function openStatement(source: ByteSource): OpenedStatement {
  const sheets = openTables(source)
  if (sheets !== null) return { tables: sheets, isSheet: true }
  const head = wholeLines(source.read(0, HEAD_SIZE), source.size <= HEAD_SIZE)
  const { encoding, delimiter } = findTextFormat(source.name, head) ?? { encoding: 'utf-8', delimiter: ',' }
  return { tables: [createDelimitedReader(source, { encoding, delimiter, quote: '"' })], isSheet: false }
}

function identifyHead(head: FileHead): string | null {
  const isWhole = head.bytes.length >= head.size
  const glimpse = isWhole ? null : peekSpreadsheet(head.bytes)
  if (glimpse !== null) return guessProfile(glimpse, head.name)
  if (isWhole || identifyMarkup(head.bytes) !== null) {
    try {
      const sheets = openTables(bytesSource(head.name, head.bytes))
      for (const sheet of sheets ?? []) {
        const id = profileOf(sheet, `${head.name}\n${sheet.name}`, true)
        if (id !== null) return id
      }
      if (sheets !== null) return null
    } catch {
      // A torn or protected workbook is no statement of ours; whoever it goes to will say what is wrong with it.
      return null
    }
  }
  if (looksBinary(head.bytes)) return null
  return findTextFormat(head.name, wholeLines(head.bytes, isWhole))?.profile ?? null
}

const identified = new WeakMap<FileHead, string | null>()

/** The id of the profile that would read the file with this head, or null. Looked up once per head. */
export function identifyStatement(head: FileHead): string | null {
  const known = identified.get(head)
  if (known !== undefined) return known
  const id = identifyHead(head)
  identified.set(head, id)
  return id
}
