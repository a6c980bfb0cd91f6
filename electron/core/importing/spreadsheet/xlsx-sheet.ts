import { ImportRejection } from '../importer.ts'
import type { TableRow } from '../table/table-reader.ts'
import { type CellFormat, MOST_CELLS, MOST_COLUMNS, numberText, serialText } from './cell-text.ts'
import { attributeOf, type XmlEvent } from '../text/xml-scanner.ts'

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly sharedStrings: () => readonly string[]
  /** Cell style index → format. */
  readonly formats: readonly CellFormat[]
  readonly is1904: boolean
}

/** Zero-based column of a reference such as "AB12"; -1 where it is none. */
export function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length && at < 4; at += 1) {
    const code = reference.charCodeAt(at) & ~32
    if (code < 65 || code > 90) break
    column = column * 26 + (code - 64)
  }
  return column - 1
}

/** Control characters that spreadsheets write as _xHHHH_ (ECMA-376 part 1, 22.9.2.19). */
export function unescapeCellText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

const ISO_CELL = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2})?)?/

function isoText(text: string): string {
  const match = ISO_CELL.exec(text)
  if (match === null) return text
  const [, date = '', time, seconds] = match
  return time === undefined ? date : `${date} ${time}${seconds ?? ':00'}`
}

function valueText(type: string, style: number, raw: string, context: SheetContext): string {
  switch (type) {
    case 's':
      return context.sharedStrings()[Number(raw)] ?? ''
    case 'b':
      return raw.trim() === '1' ? 'TRUE' : raw.trim() === '0' ? 'FALSE' : raw
    case 'd':
      return isoText(raw.trim())
    case 'str':
    case 'inlineStr':
    case 'e':
      return unescapeCellText(raw)
    default: {
      const text = raw.trim()
      if (text === '') return ''
      const value = Number(text)
      if (!Number.isFinite(value)) return text
      const format = context.formats[style] ?? 'number'
      return format === 'number' ? numberText(value) : serialText(value, format, context.is1904)
    }
  }
}

/**
 * Rows of a worksheet part. Hidden rows are rows like others; of merged cells only the first carries the value, so that
 * no amount is counted twice. Rows without any content are left out: the record number tells of them.
 */
export function* sheetRows(events: Iterable<XmlEvent>, context: SheetContext): Generator<TableRow, void, void> {
  let rowNumber = 0
  let cells: string[] = []
  let column = -1
  let type = ''
  let style = 0
  let text = ''
  /** Depth of what is being read: the cell's own value, or rich text inside it. */
  let isValue = false
  let isPhonetic = false
  let slots = 0
  let hasContent = false
  let isHidden = false
  const endCell = (): void => {
    const value = valueText(type, style, text, context)
    if (value === '' || column >= MOST_COLUMNS) return
    while (cells.length < column) cells.push('')
    cells[column] = value
    hasContent = true
  }
  for (const event of events) {
    if (event.kind === 'text') {
      if (isValue && !isPhonetic) text += event.text
    } else if (event.kind === 'open') {
      switch (event.name) {
        case 'row': {
          const stated = Number(attributeOf(event.attributes, 'r') ?? '')
          rowNumber = stated > rowNumber && Number.isSafeInteger(stated) ? stated : rowNumber + 1
          cells = []
          column = -1
          hasContent = false
          isHidden = /^(?:1|true|on)$/.test(attributeOf(event.attributes, 'hidden') ?? '')
          break
        }
        case 'c': {
          const reference = attributeOf(event.attributes, 'r')
          const stated = reference === undefined ? -1 : columnOf(reference)
          column = stated >= 0 ? stated : column + 1
          type = attributeOf(event.attributes, 't') ?? 'n'
          style = Number(attributeOf(event.attributes, 's') ?? '0')
          text = ''
          break
        }
        case 'v':
        case 't':
          isValue = !event.isEmpty
          break
        case 'rPh':
          isPhonetic = !event.isEmpty
          break
        default:
      }
    } else {
      switch (event.name) {
        case 'v':
        case 't':
          isValue = false
          break
        case 'rPh':
          isPhonetic = false
          break
        case 'c':
          endCell()
          break
        case 'row':
          slots += cells.length
          if (slots > MOST_CELLS)
            throw new ImportRejection('too-large', 'The sheet has more cells than Onebook reads.', {
              limit: MOST_CELLS,
            })
          if (hasContent) yield isHidden ? { record: rowNumber, cells, isHidden } : { record: rowNumber, cells }
          break
        case 'sheetData':
          return
        default:
      }
    }
  }
}
