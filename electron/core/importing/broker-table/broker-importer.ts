import { unwrapLines } from '../delimited/unwrap-lines.ts'
import { sampledSource } from '../delimited/sampled-source.ts'
import {
  type ByteSource,
  type FileHead,
  type Finding,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParseOptions,
} from '../importer.ts'
import { sheetFindings } from '../spreadsheet/sheet-findings.ts'
import { statementOnSheet } from '../spreadsheet/sheet-statements.ts'
import { openTables, identifySpreadsheet } from '../spreadsheet/open-tables.ts'
import { peekSpreadsheet } from '../spreadsheet/peek-spreadsheet.ts'
import { createDelimitedReader, DELIMITERS } from '../table/delimited-reader.ts'
import type { TableReader, TableRow } from '../table/table-reader.ts'
import { bytesSource } from '../text/decode.ts'
import { detectEncoding, looksBinary } from '../text/encoding.ts'
import { readTables } from './read-tables.ts'
import { isHeaderRow, type Survey, surveyRows } from './survey.ts'
import { sectionedProfile } from './profile.ts'

/** Files up to this size are judged as a whole, and their rows are kept between the two passes. */
const WHOLE = 8 * 1024 * 1024
/** A header is looked for among this many rows of a file's beginning. */
const HEAD_ROWS = 120
const HEAD_TEXT = 32 * 1024
/** The clock is not needed to see what a table is. */
const ANY_DAY = '2000-01-01' as ParseOptions['today']
const ID = 'csv:broker'

function notMine(): ImportRejection {
  return new ImportRejection(
    'no-transactions-table',
    'The file holds no table of trades and other activities of a broker.',
  )
}

function headRows(source: ByteSource, encoding: string, delimiter: string): TableRow[] {
  const rows: TableRow[] = []
  for (const row of createDelimitedReader(source, { encoding, delimiter, quote: '"' }).rows()) {
    rows.push(row)
    if (rows.length >= HEAD_ROWS) break
  }
  return rows
}

/** Rows that only a delimiter too few would leave in one piece do not tell which one divides the file. */
function delimiterOf(
  source: ByteSource,
  encoding: string,
  thisYear: number,
): { delimiter: string; rows: TableRow[] } | null {
  for (const delimiter of DELIMITERS) {
    const rows = headRows(source, encoding, delimiter)
    if (sectionedProfile(rows.map(({ cells }) => cells)) !== null) return { delimiter, rows }
    if (rows.some(({ cells }) => isHeaderRow(cells, thisYear))) return { delimiter, rows }
    if (rows.length > 1 && surveyRows(rows, '', ANY_DAY) !== null) return { delimiter, rows }
  }
  return null
}

interface Opened {
  readonly rows: readonly TableRow[]
  readonly reader: TableReader
}

function rowsReader(name: string, rows: readonly TableRow[], size: number): TableReader {
  let at = 0
  return {
    name,
    *rows() {
      for (const row of rows) {
        at += 1
        yield row
      }
    },
    position: () => (rows.length === 0 ? size : Math.floor((size * at) / rows.length)),
  }
}

function openText(given: ByteSource, thisYear: number): Opened | null {
  const { encoding } = detectEncoding(given)
  const unwrapped = unwrapLines(given, encoding)
  const source = unwrapped ?? given
  const label = unwrapped === null ? encoding : 'utf-8'
  const found = delimiterOf(source, label, thisYear)
  if (found === null) return null
  const form = { encoding: label, delimiter: found.delimiter, quote: '"' } as const
  const whole = source.size <= WHOLE
  const rows = [...createDelimitedReader(whole ? source : sampledSource(source, label), form).rows()]
  return { rows, reader: whole ? rowsReader('', rows, source.size) : createDelimitedReader(source, form) }
}

function warning(code: Finding['code'], message: string, values: Finding['values'] = {}): ParsedItem {
  return { type: 'finding', finding: { severity: 'warning', code, message, values } }
}

function* findingsOf(survey: Survey): Generator<ParsedItem, void, void> {
  if (!survey.markSure) {
    const { mark } = survey
    yield warning(
      'ambiguous-decimal-mark',
      `The amounts can be read with a decimal point or a decimal comma; "${mark}" was taken. Check one amount.`,
      { mark },
    )
  }
  const { order, certainty } = survey.order
  if (certainty !== 'proven' || survey.yearOpen) {
    yield warning(
      'ambiguous-date-order',
      `The dates can be read with the day or the month first; "${order}" was taken. Check one date.`,
      { order },
    )
  }
}

function* currencyFindings(survey: Survey): Generator<ParsedItem, void, void> {
  for (const { columns } of survey.tables.values()) {
    if (!columns.currencyUnreadable) continue
    yield warning('bad-currency', 'No cell in the column of currencies names one: choose the currency of the account.')
  }
}

function* parse(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
  // a layout that the user has given is the other importer's to follow
  if (options.layout !== undefined) throw notMine()
  const { today } = options
  const thisYear = Number(today.slice(0, 4))
  const sheets = openTables(source)
  const opened: readonly Opened[] =
    sheets === null
      ? [openText(source, thisYear)].filter((table) => table !== null)
      : sheets.map((sheet) => {
          const rows = [...sheet.rows()]
          return { rows, reader: rowsReader(sheet.name, rows, source.size) }
        })
  let read = 0
  for (const [index, { rows, reader }] of opened.entries()) {
    const survey = surveyRows(rows, source.name, today)
    if (survey === null) continue
    yield* findingsOf(survey)
    yield* currencyFindings(survey)
    for (const item of readTables(reader, survey, source.name, today)) yield statementOnSheet(item, index)
    read += 1
  }
  if (read === 0) throw notMine()
  yield* sheetFindings(sheets ?? [])
  yield { type: 'progress', bytes: source.size }
}

function surveyOf(rows: readonly TableRow[], name: string): Identification {
  const survey = surveyRows(rows, name, ANY_DAY)
  return survey === null ? 'no' : survey.known ? 'yes' : 'likely'
}

function identifySheets(head: FileHead): Identification {
  if (head.size <= head.bytes.length) {
    try {
      for (const sheet of openTables(bytesSource(head.name, head.bytes)) ?? []) {
        const says = surveyOf([...sheet.rows()].slice(0, HEAD_ROWS), head.name)
        if (says !== 'no') return says
      }
    } catch {
      // a torn or protected workbook: whoever it goes to will say what is wrong with it
    }
    return 'no'
  }
  const words =
    peekSpreadsheet(head.bytes)
      ?.split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && line.length < 60) ?? []
  for (let at = 0; at < words.length; at += 1) if (isHeaderRow(words.slice(at, at + 6), 2000)) return 'likely'
  return 'no'
}

function identify(head: FileHead): Identification {
  if (identifySpreadsheet(head.bytes) !== null) return identifySheets(head)
  if (head.text === '' || looksBinary(head.bytes)) return 'no'
  const text = head.text.slice(0, HEAD_TEXT)
  const plain = bytesSource(head.name, new TextEncoder().encode(text))
  const source = unwrapLines(plain, 'utf-8') ?? plain
  const found = delimiterOf(source, 'utf-8', 2000)
  return found === null ? 'no' : surveyOf(found.rows, head.name)
}

/** Tables of activities of brokers, exchanges and funds: trades, income, charges, moves of securities and cash. */
export const brokerImporter: Importer = { id: ID, identify, parse }
