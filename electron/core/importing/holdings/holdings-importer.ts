import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParseOptions,
} from '../importer.ts'
import { identifySpreadsheet, openTables } from '../spreadsheet/open-tables.ts'
import { sheetFindings } from '../spreadsheet/sheet-findings.ts'
import { statementOnSheet } from '../spreadsheet/sheet-statements.ts'
import { createDelimitedReader, DELIMITERS } from '../table/delimited-reader.ts'
import type { TableReader, TableRow } from '../table/table-reader.ts'
import { bytesSource } from '../text/decode.ts'
import { detectEncoding, looksBinary } from '../text/encoding.ts'
import { ABOVE, findList, readHoldings } from './read-holdings.ts'

/** A list of what one holds is short; a larger file is none. */
const LARGEST = 16 * 1024 * 1024

function notMine(): ImportRejection {
  return new ImportRejection('no-transactions-table', 'The file is no list of holdings.')
}

/** The rows of a text, divided by whichever mark makes a header of them; null where none does. */
function textRows(source: ByteSource, encoding: string): TableRow[] | null {
  for (const delimiter of DELIMITERS) {
    const reader = createDelimitedReader(source, { encoding, delimiter, quote: '"' })
    if (findList([...reader.rows().take(ABOVE)], source.name) !== null) return [...reader.rows()]
  }
  return null
}

function* parse(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
  if (options.layout !== undefined || source.size > LARGEST) throw notMine()
  const sheets = openTables(source)
  const rows = sheets === null ? textRows(source, detectEncoding(source).encoding) : null
  const tables: readonly (readonly TableRow[])[] =
    sheets?.map((sheet) => [...sheet.rows()]) ?? (rows === null ? [] : [rows])
  let read = 0
  for (const [index, table] of tables.entries()) {
    const list = findList(table, source.name)
    if (list === null) continue
    read += 1
    for (const item of readHoldings(table, list, source.name, options.today)) {
      yield statementOnSheet(item, index)
    }
  }
  if (read === 0) throw notMine()
  yield* sheetFindings(sheets ?? [])
  yield { type: 'progress', bytes: source.size }
}

function judge(rows: readonly TableRow[], name: string): Identification {
  const list = findList(rows, name)
  return list === null ? 'no' : list.header.profile === null ? 'likely' : 'yes'
}

function identifySheets(head: FileHead): Identification {
  if (head.size > head.bytes.length) return 'no'
  let tables: readonly TableReader[]
  try {
    tables = openTables(bytesSource(head.name, head.bytes)) ?? []
    // a table of trades beside the list is read by whoever reads trades
    const verdicts = tables.map((table) => judge([...table.rows()], head.name))
    return verdicts.find((says) => says === 'yes') ?? (verdicts.length === 1 ? (verdicts[0] ?? 'no') : 'no')
  } catch {
    // a torn or protected workbook: whoever it goes to will say what is wrong with it
    return 'no'
  }
}

function identify(head: FileHead): Identification {
  if (identifySpreadsheet(head.bytes) !== null) return identifySheets(head)
  if (head.text === '' || head.size > LARGEST || looksBinary(head.bytes)) return 'no'
  const source = bytesSource(head.name, new TextEncoder().encode(head.text))
  const rows = textRows(source, 'utf-8')
  return rows === null ? 'no' : judge(rows, head.name)
}

/**
 * Lists of holdings as tables: what each account holds on a day, by securities, with prices, values and cash. They are
 * kept as positions, as those of other statements are; no trade is made of them.
 */
export const holdingsImporter: Importer = { id: 'csv:holdings', identify, parse }
