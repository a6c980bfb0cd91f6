import { TextDecoder } from 'node:util'
import { type ByteSource, ImportRejection } from '../importer.ts'
import type { TableReader, TableRow } from '../table/table-reader.ts'
import { BIFF, type BiffRecord, biffRecords, RecordReader } from './biff-records.ts'
import { type CellFormat, cellFormatOf, MOST_CELLS, numberText, serialText } from './cell-text.ts'
import { looksLikeCompoundFile, openCompoundFile } from './compound-file.ts'

const LARGEST_FILE = 200 * 1024 * 1024

const BIFF8 = 0x0600
const BIFF5 = 0x0500

/** Code pages of [MS-XLS] CODEPAGE as labels of `TextDecoder`; the rest of 125x map by name. */
const CODE_PAGES: ReadonlyMap<number, string> = new Map([
  [936, 'gb18030'],
  [950, 'big5'],
  [932, 'shift_jis'],
  [949, 'euc-kr'],
  [874, 'windows-874'],
  [866, 'ibm866'],
  [10_000, 'macintosh'],
  [65_001, 'utf-8'],
  [32_768, 'macintosh'],
])

interface Globals {
  readonly isBiff8: boolean
  readonly decoder: TextDecoder
  readonly is1904: boolean
  readonly strings: readonly string[]
  readonly formats: readonly CellFormat[]
  readonly sheets: readonly { readonly name: string; readonly offset: number }[]
}

const encrypted = (): ImportRejection =>
  new ImportRejection(
    'password-protected',
    'The workbook is protected by a password. Save a copy without one and import that.',
  )

function decoderFor(codePage: number): TextDecoder {
  const label =
    CODE_PAGES.get(codePage) ?? (codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : 'windows-1252')
  return new TextDecoder(label)
}

function firstPart(record: BiffRecord): DataView {
  const part = record.parts[0] ?? new Uint8Array(0)
  return new DataView(part.buffer, part.byteOffset, part.byteLength)
}

/** A byte or unicode string as the version has it, after its length. */
function readText(reader: RecordReader, length: number, globals: Pick<Globals, 'isBiff8' | 'decoder'>): string {
  return globals.isBiff8 ? reader.unicodeString(length) : globals.decoder.decode(reader.bytes(length))
}

function readSharedStrings(record: BiffRecord): string[] {
  const reader = new RecordReader(record.parts)
  reader.skip(4)
  const count = reader.uint32()
  const strings: string[] = []
  for (let index = 0; index < count && !reader.isAtEnd; index += 1) strings.push(reader.unicodeString(reader.uint16()))
  return strings
}

function readGlobals(stream: Uint8Array): Globals {
  let isBiff8 = true
  let decoder = decoderFor(1252)
  let is1904 = false
  let strings: string[] = []
  let isFirst = true
  const codes = new Map<number, string>()
  const formatIds: number[] = []
  const sheets: { name: string; offset: number }[] = []
  for (const record of biffRecords(stream, 0)) {
    const view = firstPart(record)
    if (isFirst) {
      const version = record.type === BIFF.beginOfFile && view.byteLength >= 4 ? view.getUint16(0, true) : 0
      if (version !== BIFF8 && version !== BIFF5) {
        throw new ImportRejection(
          'unsupported-version',
          'The workbook was written by an Excel older than version 5. Save it again in a newer one.',
        )
      }
      isBiff8 = version === BIFF8
      isFirst = false
      continue
    }
    const globals = { isBiff8, decoder }
    switch (record.type) {
      case BIFF.filePass:
        throw encrypted()
      case BIFF.codePage:
        if (view.byteLength >= 2) decoder = decoderFor(view.getUint16(0, true))
        break
      case BIFF.dateMode:
        is1904 = view.byteLength >= 2 && view.getUint16(0, true) === 1
        break
      case BIFF.sharedStrings:
        strings = readSharedStrings(record)
        break
      case BIFF.format: {
        const reader = new RecordReader(record.parts)
        const id = reader.uint16()
        codes.set(id, readText(reader, isBiff8 ? reader.uint16() : reader.byte(), globals))
        break
      }
      case BIFF.extendedFormat:
        formatIds.push(view.byteLength >= 4 ? view.getUint16(2, true) : 0)
        break
      case BIFF.boundSheet: {
        const reader = new RecordReader(record.parts)
        const offset = reader.uint32()
        reader.skip(1)
        const isWorksheet = reader.byte() === 0
        const name = readText(reader, reader.byte(), globals)
        if (isWorksheet) sheets.push({ name, offset })
        break
      }
      default:
    }
    if (record.type === BIFF.endOfFile) break
  }
  const formats = formatIds.map((id) => cellFormatOf(id, codes.get(id)))
  return { isBiff8, decoder, is1904, strings, formats, sheets }
}

/** An RK number ([MS-XLS] 2.5.217): an integer or the top of a double, perhaps a hundredfold. */
export function rkNumber(rk: number): number {
  let value: number
  if ((rk & 2) !== 0) {
    value = rk >> 2
  } else {
    const view = new DataView(new ArrayBuffer(8))
    view.setUint32(4, rk & 0xfffffffc, true)
    value = view.getFloat64(0, true)
  }
  return (rk & 1) !== 0 ? value / 100 : value
}

class SheetCells {
  readonly #rows = new Map<number, string[]>()
  readonly #hidden = new Set<number>()
  #slots = 0

  hide(row: number): void {
    this.#hidden.add(row)
  }

  set(row: number, column: number, text: string): void {
    if (text === '') return
    const cells = this.#rows.get(row) ?? []
    if (cells.length === 0) this.#rows.set(row, cells)
    while (cells.length <= column) {
      cells.push('')
      this.#slots += 1
    }
    if (this.#slots > MOST_CELLS) {
      throw new ImportRejection('too-large', 'The sheet has more cells than Onebook reads.', { limit: MOST_CELLS })
    }
    cells[column] = text
  }

  *rows(): Generator<TableRow, void, void> {
    for (const row of [...this.#rows.keys()].toSorted((left, right) => left - right)) {
      const record = row + 1
      const cells = this.#rows.get(row) ?? []
      yield this.#hidden.has(row) ? { record, cells, isHidden: true } : { record, cells }
    }
  }
}

const ERRORS: ReadonlyMap<number, string> = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
])

function boolOrErrorText(value: number, isError: boolean): string {
  if (isError) return ERRORS.get(value) ?? '#ERROR'
  return value === 0 ? 'FALSE' : 'TRUE'
}

/** Reads one worksheet's substream, which starts at `start`, into cells. Embedded charts are passed over. */
function readSheet(stream: Uint8Array, start: number, globals: Globals): SheetCells {
  const cells = new SheetCells()
  const number = (row: number, column: number, style: number, value: number): void => {
    const format = globals.formats[style] ?? 'number'
    cells.set(row, column, format === 'number' ? numberText(value) : serialText(value, format, globals.is1904))
  }
  let depth = 0
  let pending: { readonly row: number; readonly column: number } | null = null
  for (const record of biffRecords(stream, start)) {
    if (record.type === BIFF.beginOfFile) depth += 1
    else if (record.type === BIFF.endOfFile) depth -= 1
    if (depth <= 0) break
    if (depth > 1) continue
    const view = firstPart(record)
    if (record.type === BIFF.filePass) throw encrypted()
    if (record.type === BIFF.formulaString) {
      if (pending !== null && view.byteLength >= 2) {
        const reader = new RecordReader(record.parts)
        cells.set(pending.row, pending.column, readText(reader, reader.uint16(), globals))
      }
      pending = null
      continue
    }
    if (view.byteLength < 6) continue
    const row = view.getUint16(0, true)
    const column = view.getUint16(2, true)
    const style = view.getUint16(4, true)
    switch (record.type) {
      case BIFF.row:
        // [MS-XLS] 2.4.221: fDyZero, the row is hidden
        if (view.byteLength >= 14 && (view.getUint16(12, true) & 0x20) !== 0) cells.hide(row)
        break
      case BIFF.number:
        if (view.byteLength >= 14) number(row, column, style, view.getFloat64(6, true))
        break
      case BIFF.rk:
        if (view.byteLength >= 10) number(row, column, style, rkNumber(view.getInt32(6, true)))
        break
      case BIFF.multipleRk:
        for (let at = 4, index = 0; at + 6 <= view.byteLength - 2; at += 6, index += 1) {
          number(row, column + index, view.getUint16(at, true), rkNumber(view.getInt32(at + 2, true)))
        }
        break
      case BIFF.labelSst:
        if (view.byteLength >= 10) cells.set(row, column, globals.strings[view.getUint32(6, true)] ?? '')
        break
      case BIFF.label:
      case BIFF.richString: {
        const reader = new RecordReader(record.parts)
        reader.skip(6)
        cells.set(row, column, readText(reader, reader.uint16(), globals))
        break
      }
      case BIFF.boolOrError:
        if (view.byteLength >= 8) cells.set(row, column, boolOrErrorText(view.getUint8(6), view.getUint8(7) === 1))
        break
      case BIFF.formula:
      case BIFF.formula3:
      case BIFF.formula4:
        pending = null
        if (view.byteLength < 14) break
        if (view.getUint16(12, true) !== 0xffff) {
          number(row, column, style, view.getFloat64(6, true))
          break
        }
        // [MS-XLS] 2.5.133: 0 a text that follows in its own record, 1 a truth value, 2 an error, 3 empty text
        if (view.getUint8(6) === 0) pending = { row, column }
        else if (view.getUint8(6) <= 2)
          cells.set(row, column, boolOrErrorText(view.getUint8(8), view.getUint8(6) === 2))
        break
      default:
    }
  }
  return cells
}

function workbookStream(bytes: Uint8Array): Uint8Array {
  // Some programs write the bare BIFF stream without its container.
  if (!looksLikeCompoundFile(bytes)) return bytes
  const file = openCompoundFile(bytes)
  if (file.names.some((name) => name === 'EncryptedPackage')) throw encrypted()
  const stream = file.stream('Workbook') ?? file.stream('Book')
  if (stream === null) {
    throw new ImportRejection('wrong-kind', 'The file is an Office document, but not an Excel workbook.')
  }
  return stream
}

/**
 * The worksheets of an XLS workbook (Excel 5/95: BIFF5, Excel 97–2003: BIFF8), in the order of its tabs. Formulas give
 * the result stored with them and are never computed; rows without content are left out.
 * Throws `ImportRejection`: `password-protected`, `damaged`, `truncated`, `too-large`, `wrong-kind`,
 * `unsupported-version`.
 */
export function openXls(source: ByteSource): TableReader[] {
  if (source.size > LARGEST_FILE)
    throw new ImportRejection('too-large', 'The workbook is too large.', { limit: LARGEST_FILE })
  const stream = workbookStream(source.read(0, source.size))
  const globals = readGlobals(stream)
  const isSheetStart = (offset: number): boolean =>
    offset + 4 <= stream.length && stream[offset] === 0x09 && stream[offset + 1] === 0x08
  return globals.sheets.map(({ name, offset }) => {
    let isRead = false
    return {
      name,
      *rows() {
        if (!isSheetStart(offset))
          throw new ImportRejection('damaged', `The sheet "${name}" is not where the workbook says it is.`)
        isRead = true
        yield* readSheet(stream, offset, globals).rows()
      },
      position: () => (isRead ? source.size : 0),
    }
  })
}
