import { placeOfRecord, recordOf } from '../../../../shared/domain/source-record.ts'
import type { DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import { detectConventions } from '../delimited/conventions.ts'
import { columnTitles, dataRows, detectLayout, rolesOf, sampleOf } from '../delimited/detect-layout.ts'
import { readPreamble } from '../delimited/preamble.ts'
import { readRows } from '../delimited/read-rows.ts'
import { withYears } from '../delimited/years-of-period.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  ImportRejection,
  type Importer,
  type ParsedItem,
  type ParseOptions,
} from '../importer.ts'
import type { TableReader, TableRow } from '../table/table-reader.ts'
import { tellsRows } from '../text/rows-told.ts'
import { sheetFindings } from './sheet-findings.ts'
import { statementOnSheet } from './sheet-statements.ts'
import { identifySpreadsheet, openTables } from './open-tables.ts'

/** What stands in a layout's text fields for a sheet, whose cells need no decoding. */
const FORM = { encoding: 'utf-8', delimiter: ',', quote: '"' } as const

interface Sheet {
  /** Its place among the tabs, from 0. */
  readonly index: number
  readonly name: string
  readonly rows: readonly TableRow[]
}

/**
 * Cells that hold only space are empty, and rows at the end that hold nothing are not there. Rows are numbered within
 * their sheet, as a layout counts them.
 */
function rowsOf(table: TableReader): Sheet {
  const rows: TableRow[] = []
  let index = 0
  for (const { record, cells } of table.rows()) {
    const { sheet, row } = placeOfRecord(record)
    index = sheet
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ record: row, cells })
  }
  return { index, name: table.name, rows: withYears(rows) }
}

function readerOf(sheet: Sheet): TableReader {
  let at = 0
  return {
    name: sheet.name,
    *rows() {
      for (const row of sheet.rows) {
        at += 1
        yield row
      }
    },
    position: () => at,
  }
}

function layoutOf(
  sheet: Sheet,
  source: ByteSource,
  options: ParseOptions,
): { layout: DelimitedLayout; items: ParsedItem[] } {
  const { layout: given, today } = options
  if (given !== undefined) {
    const header = sheet.rows.find((row) => row.record === given.headerRow)?.cells ?? null
    const body = sheet.rows.filter((row) => row.record >= given.firstRow)
    const width = body.slice(0, 100).reduce((most, row) => Math.max(most, row.cells.length), header?.length ?? 0)
    const sample = sampleOf(body, width, Number(today.slice(0, 4)))
    return {
      layout: given,
      items: [{ type: 'layout', layout: given, confidence: 1, columns: columnTitles(header, width), sample }],
    }
  }
  const found = detectLayout(sheet.rows, { encoding: FORM.encoding, dialect: FORM, name: source.name, today })
  const { layout, confidence, columns, sample } = found
  const findings = found.findings.map((finding): ParsedItem => ({ type: 'finding', finding }))
  return { layout, items: [{ type: 'layout', layout, confidence, columns, sample }, ...findings] }
}

function* parseSheet(sheet: Sheet, source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
  const { layout, items } = layoutOf(sheet, source, options)
  yield* items
  const at = rolesOf(layout.columns)
  const body = sheet.rows.filter((row) => row.record >= layout.firstRow)
  const before = sheet.rows.filter((row) => row.record < (layout.headerRow ?? layout.firstRow))
  yield* readRows(readerOf(sheet), {
    layout,
    conventions: detectConventions(dataRows(body, at), at, layout.decimalMark, layout.sign, layout.dateOrder),
    preamble: readPreamble(before, layout.decimalMark, source.name),
    header: sheet.rows.find((row) => row.record === layout.headerRow)?.cells ?? null,
    today: options.today,
  })
}

/** Statements and records of several sheets are told apart by numbers of their own. */
function renumbered(item: ParsedItem, sheet: number): ParsedItem {
  if (sheet === 0) return item
  if (item.type === 'finding') {
    const { record, ...finding } = item.finding
    return record === undefined ? item : { ...item, finding: { ...finding, record: recordOf(sheet, record) } }
  }
  const onSheet = 'record' in item ? { ...item, record: recordOf(sheet, item.record) } : item
  return statementOnSheet(onSheet, sheet)
}

function* parse(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
  const tables = openTables(source)
  if (tables === null) throw new ImportRejection('wrong-kind', 'The file is no spreadsheet.')
  const sheets = tables.map(rowsOf).filter((sheet) => sheet.rows.length > 0)
  if (sheets.length === 0) throw new ImportRejection('empty-file', 'The workbook is empty.')
  const refused: { readonly name: string; readonly reason: ImportRejection }[] = []
  for (const [at, sheet] of sheets.entries()) {
    try {
      for (const item of parseSheet(sheet, source, options)) yield renumbered(item, sheet.index)
    } catch (error) {
      if (!(error instanceof ImportRejection)) throw error
      // a sheet of notes or totals beside the one with the transactions
      refused.push({ name: sheet.name, reason: error })
      continue
    }
    yield { type: 'progress', bytes: Math.round((source.size * (at + 1)) / sheets.length) }
  }
  const [first] = refused
  if (first !== undefined && refused.length === sheets.length) throw first.reason
  for (const { name } of refused) {
    const message = `The sheet "${name}" was left out: it holds no table of transactions.`
    yield { type: 'finding', finding: { severity: 'info', code: 'sheet-left-out', message, values: { name } } }
  }
  yield* sheetFindings(tables)
}

function identify(head: FileHead): Identification {
  const kind = identifySpreadsheet(head.bytes)
  // a page of a bank is read where it holds rows; what else a browser saves is a page and no statement
  if (kind === 'html' && tellsRows(head.text)) return 'likely'
  return kind === null ? 'no' : 'maybe'
}

/** Tables of any bank in a workbook: the first sheet with transactions, or all that have some. */
export const spreadsheetImporter: Importer = { id: 'spreadsheet', identify, parse }
