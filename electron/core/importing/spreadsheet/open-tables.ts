import { looksLikeZip, readZipDirectory } from '../archive/zip-directory.ts'
import type { ByteSource } from '../importer.ts'
import type { TableReader } from '../table/table-reader.ts'
import { looksLikeCompoundFile } from './compound-file.ts'
import { identifyMarkup, type MarkupKind, openMarkup } from './markup-tables.ts'
import { openXls } from './xls-reader.ts'
import { openXlsx } from './xlsx-reader.ts'

export type SpreadsheetKind = 'xlsx' | 'xls' | MarkupKind

const OFFICE_NAMES = ['[Content_Types].xml', 'xl/', '_rels/.rels', 'docProps/']

/**
 * Which spreadsheet format a file's head shows, or null for none. `xlsx` means an Office document in a zip file, `xls`
 * a compound file or a bare BIFF stream: opening it says whether it is truly a workbook. `html` and `spreadsheet-xml`
 * are tables in markup, which banks name ".xls" too.
 */
export function identifySpreadsheet(head: Uint8Array): SpreadsheetKind | null {
  if (looksLikeCompoundFile(head)) return 'xls'
  // A BIFF8 or BIFF5 "beginning of file" without a container: type 0x0809, then its version.
  if (head[0] === 0x09 && head[1] === 0x08 && head[3] === 0 && (head[5] === 6 || head[5] === 5)) return 'xls'
  if (!looksLikeZip(head) || head.length < 30) return identifyMarkup(head)
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const name = new TextDecoder().decode(head.subarray(30, 30 + view.getUint16(26, true)))
  return OFFICE_NAMES.some((start) => name.startsWith(start)) ? 'xlsx' : null
}

/** As `identifySpreadsheet`, looking at the whole zip directory, for archives put together in an unusual order. */
function kindOf(source: ByteSource): SpreadsheetKind | null {
  const head = source.read(0, 4096)
  const kind = identifySpreadsheet(head)
  if (kind !== null || !looksLikeZip(head)) return kind
  return readZipDirectory(source).some((entry) => entry.name.toLowerCase() === 'xl/workbook.xml') ? 'xlsx' : null
}

/**
 * The sheets of a spreadsheet file as tables, or null where the file is none. Throws `ImportRejection` where it is one
 * but cannot be read (protected, damaged, too large).
 */
export function openTables(source: ByteSource): TableReader[] | null {
  const kind = kindOf(source)
  if (kind === null) return null
  if (kind === 'xlsx') return openXlsx(source)
  return kind === 'xls' ? openXls(source) : openMarkup(source, kind)
}
