import { recordOf } from '../../../../shared/domain/source-record.ts'
import { looksLikeZip, readZipDirectory } from '../archive/zip-directory.ts'
import type { ByteSource } from '../importer.ts'
import type { TableReader } from '../table/table-reader.ts'
import { looksLikeCompoundFile } from './compound-file.ts'
import { joinHeadings } from './joined-headers.ts'
import { identifyMarkup, type MarkupKind, openMarkup } from './markup-tables.ts'
import { openOds } from './ods-reader.ts'
import { withoutRepeatedSheets } from './repeated-sheets.ts'
import { openXls } from './xls-reader.ts'
import { openXlsx } from './xlsx-reader.ts'

export type SpreadsheetKind = 'xlsx' | 'xls' | 'ods' | MarkupKind

/** Where an OpenDocument package names its kind: the first entry, stored; templates have a longer name. */
const ODS_TYPE = 'application/vnd.oasis.opendocument.spreadsheet'

const OFFICE_NAMES = ['[Content_Types].xml', 'xl/', '_rels/.rels', 'docProps/']

/**
 * Which spreadsheet format a file's head shows, or null for none. `xlsx` means an Office document in a zip file, `xls`
 * a compound file or a bare BIFF stream: opening it says whether it is truly a workbook. `ods` is an OpenDocument
 * spreadsheet. `html` and `spreadsheet-xml`
 * are tables in markup, which banks name ".xls" too.
 */
export function identifySpreadsheet(head: Uint8Array): SpreadsheetKind | null {
  if (looksLikeCompoundFile(head)) return 'xls'
  // A BIFF8 or BIFF5 "beginning of file" without a container: type 0x0809, then its version.
  if (head[0] === 0x09 && head[1] === 0x08 && head[3] === 0 && (head[5] === 6 || head[5] === 5)) return 'xls'
  if (!looksLikeZip(head) || head.length < 30) return identifyMarkup(head)
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const nameEnd = 30 + view.getUint16(26, true)
  const name = new TextDecoder().decode(head.subarray(30, nameEnd))
  if (name === 'mimetype') {
    const start = nameEnd + view.getUint16(28, true)
    const type = new TextDecoder().decode(head.subarray(start, start + ODS_TYPE.length))
    return type === ODS_TYPE ? 'ods' : null
  }
  return OFFICE_NAMES.some((start) => name.startsWith(start)) ? 'xlsx' : null
}

/** As `identifySpreadsheet`, looking at the whole zip directory, for archives put together in an unusual order. */
function kindOf(source: ByteSource): SpreadsheetKind | null {
  const head = source.read(0, 4096)
  const kind = identifySpreadsheet(head)
  if (kind !== null || !looksLikeZip(head)) return kind
  const names = new Set(readZipDirectory(source).map((entry) => entry.name.toLowerCase()))
  if (names.has('xl/workbook.xml')) return 'xlsx'
  return names.has('content.xml') && names.has('meta-inf/manifest.xml') && !names.has('mimetype') ? 'ods' : null
}

function openKind(source: ByteSource, kind: SpreadsheetKind): TableReader[] {
  if (kind === 'xlsx') return openXlsx(source)
  if (kind === 'xls') return openXls(source)
  return kind === 'ods' ? openOds(source) : openMarkup(source, kind)
}

/** The rows of a sheet under numbers that no other sheet has, the hidden ones counted, headings made one row. */
function onSheet(table: TableReader, sheet: number): TableReader {
  let hidden = 0
  return {
    name: table.name,
    *rows() {
      hidden = 0
      for (const row of joinHeadings(table.rows())) {
        if (row.isHidden) hidden += 1
        yield sheet === 0 ? row : { ...row, record: recordOf(sheet, row.record) }
      }
    },
    position: () => table.position(),
    hiddenRows: () => hidden,
  }
}

/**
 * The sheets of a spreadsheet file as tables, or null where the file is none; record numbers are those of
 * `recordOf`; sheets that another one repeats are left out. Throws `ImportRejection` where it is one but cannot be read (protected, damaged, too large).
 */
export function openTables(source: ByteSource): TableReader[] | null {
  const kind = kindOf(source)
  return kind === null ? null : withoutRepeatedSheets(openKind(source, kind).map(onSheet))
}
