import type { ByteSource } from '../importer.ts'
import type { TableReader, TableRow } from '../table/table-reader.ts'
import { decodeChunks } from '../text/decode.ts'
import { type DetectedEncoding, detectEncoding } from '../text/encoding.ts'
import { MOST_COLUMNS } from './cell-text.ts'
import { markupStart } from '../text/markup-start.ts'
import { attributeOf, scanXml, type XmlEvent } from '../text/xml-scanner.ts'

/**
 * Workbooks that are text in truth: web tables saved as ".xls", as many banks' sites do, and the XML of Excel 2003.
 */
export type MarkupKind = 'html' | 'spreadsheet-xml'

const HTML = /<table[\s>]/i
const HTML_START = /^<(?:!doctype\s+html|html|head|body|meta|style|table|div)\b/i
const SPREADSHEET_XML = /<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet/i
const CHARSET = /charset\s*=\s*["']?([\w-]+)|<\?xml[^>]*encoding\s*=\s*["']([\w-]+)/i

const asLatin = (head: Uint8Array): string => new TextDecoder('latin1').decode(head).replaceAll('\0', '')

/** Which kind of markup table a file's head shows, or null. */
export function identifyMarkup(head: Uint8Array): MarkupKind | null {
  const text = asLatin(head).replace(/^(?:ï»¿|ÿþ|þÿ)/, '')
  if (SPREADSHEET_XML.test(text.slice(0, 4096))) return 'spreadsheet-xml'
  return HTML_START.test(markupStart(text)) && HTML.test(text) ? 'html' : null
}

function encodingOf(source: ByteSource): DetectedEncoding {
  const [, html, xml] = CHARSET.exec(asLatin(source.read(0, 4096))) ?? []
  return detectEncoding(source, html ?? xml)
}

/** Text and progress of a source, decoded window by window. */
class MarkupText {
  readonly #source: ByteSource
  readonly #encoding: DetectedEncoding
  position = 0

  constructor(source: ByteSource, encoding: DetectedEncoding) {
    this.#source = source
    this.#encoding = encoding
  }

  *pieces(): Generator<string, void, void> {
    this.position = 0
    for (const { text, position } of decodeChunks(this.#source, this.#encoding)) {
      this.position = position
      yield text
    }
  }
}

const NAMED_SPACES = /&nbsp;|\u00a0/g

/** The most rows that a cell may span in HTML. */
const MOST_ROWS_SPANNED = 65_534

function spanOf(attributes: string, name: string, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(Number(attributeOf(attributes, name) ?? '1')) || 1))
}

/** Rows of all tables of a web page, one after the other; a cell that spans columns or rows leaves the others empty. */
function* htmlRows(events: Iterable<XmlEvent>): Generator<TableRow, void, void> {
  let record = 0
  let cells: string[] | null = null
  let text: string | null = null
  let span = 1
  let rowSpan = 1
  let silent = ''
  /** By column: the last row that a cell from above covers. */
  const coveredTo = new Map<number, number>()
  /** Columns that cells from above cover are empty, and the next cell stands behind them. */
  const passCovered = (row: string[]): void => {
    while (row.length < MOST_COLUMNS && (coveredTo.get(row.length) ?? 0) >= record) row.push('')
  }
  const endCell = (): void => {
    if (text === null || cells === null) return
    if (rowSpan > 1) {
      for (let column = 0; column < span; column += 1) coveredTo.set(cells.length + column, record + rowSpan - 1)
    }
    cells.push(text.replace(NAMED_SPACES, ' ').trim())
    for (let extra = 1; extra < span && cells.length < MOST_COLUMNS; extra += 1) cells.push('')
    text = null
  }
  function* endRow(): Generator<TableRow, void, void> {
    endCell()
    if (cells !== null && cells.some((cell) => cell !== '')) yield { record, cells }
    cells = null
  }
  for (const event of events) {
    const name = event.name.toLowerCase()
    if (silent !== '') {
      if (event.kind === 'close' && name === silent) silent = ''
      continue
    }
    if (event.kind === 'text') {
      if (text !== null) text += event.text
    } else if (name === 'tr') {
      // Closing tags are optional in HTML: the next row ends this one.
      yield* endRow()
      if (event.kind === 'open') {
        record += 1
        cells = []
      }
    } else if (name === 'td' || name === 'th') {
      endCell()
      if (event.kind === 'open' && cells !== null) {
        text = ''
        passCovered(cells)
        const attributes = event.attributes.toLowerCase()
        span = spanOf(attributes, 'colspan', 256)
        rowSpan = spanOf(attributes, 'rowspan', MOST_ROWS_SPANNED)
        if (event.isEmpty) endCell()
      }
    } else if (name === 'table' && event.kind === 'close') {
      yield* endRow()
      coveredTo.clear()
    } else if (name === 'br') {
      if (text !== null) text += ' '
    } else if ((name === 'script' || name === 'style') && event.kind === 'open' && !event.isEmpty) {
      silent = name
    }
  }
  yield* endRow()
}

const ISO_MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})/

function dataText(type: string, raw: string): string {
  const match = type === 'DateTime' ? ISO_MOMENT.exec(raw.trim()) : null
  if (match === null) return type === 'Number' ? raw.trim() : raw
  const [, date = '', time = ''] = match
  return time === '00:00:00' ? date : `${date} ${time}`
}

/** Rows of one worksheet of an Excel 2003 XML workbook; `index` counts the worksheets. */
function* spreadsheetXmlRows(events: Iterable<XmlEvent>, index: number): Generator<TableRow, void, void> {
  let sheet = -1
  let record = 0
  let cells: string[] = []
  let column = 0
  let type = ''
  let text: string | null = null
  for (const event of events) {
    if (event.kind === 'open' && event.name === 'Worksheet') {
      sheet += 1
      record = 0
      if (sheet > index) return
    }
    if (sheet !== index) continue
    if (event.kind === 'text') {
      if (text !== null) text += event.text
    } else if (event.kind === 'open') {
      const stated = Number(attributeOf(event.attributes, 'Index') ?? '0')
      if (event.name === 'Row') {
        record = stated > record ? stated : record + 1
        cells = []
        column = 0
      } else if (event.name === 'Cell') {
        column = stated > column ? stated : column + 1
      } else if (event.name === 'Data') {
        type = attributeOf(event.attributes, 'Type') ?? 'String'
        text = event.isEmpty ? null : ''
      }
    } else if (event.name === 'Data' && text !== null) {
      if (column <= MOST_COLUMNS) {
        while (cells.length < column) cells.push('')
        cells[column - 1] = dataText(type, text)
      }
      text = null
    } else if (event.name === 'Row' && cells.some((cell) => cell !== '')) {
      yield { record, cells }
    }
  }
}

function sheetNames(text: MarkupText): string[] {
  const names: string[] = []
  for (const event of scanXml(text.pieces())) {
    if (event.kind === 'open' && event.name === 'Worksheet') names.push(attributeOf(event.attributes, 'Name') ?? '')
  }
  return names
}

/** The tables of a markup workbook: the worksheets of Excel 2003 XML, or all tables of a web page as one. */
export function openMarkup(source: ByteSource, kind: MarkupKind): TableReader[] {
  const text = new MarkupText(source, encodingOf(source))
  const reader = (name: string, rows: () => Generator<TableRow, void, void>): TableReader => ({
    name,
    rows,
    position: () => text.position,
  })
  if (kind === 'html') return [reader('', () => htmlRows(scanXml(text.pieces())))]
  return sheetNames(text).map((name, index) => reader(name, () => spreadsheetXmlRows(scanXml(text.pieces()), index)))
}
