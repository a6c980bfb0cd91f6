import { readZipDirectory } from '../archive/zip-directory.ts'
import { entryChunks, readEntry } from '../archive/zip-entry.ts'
import { type ByteSource, ImportRejection } from '../importer.ts'
import type { TableReader, TableRow } from '../table/table-reader.ts'
import { attributesOf } from '../text/xml-file.ts'
import { attributeOf, decodeXmlBytes, scanXml, type XmlEvent } from '../text/xml-scanner.ts'
import { MOST_CELLS, MOST_COLUMNS } from './cell-text.ts'
import { typedCellText } from './ods-cell.ts'

const LARGEST_CONTENT = 600 * 1024 * 1024
const LARGEST_MANIFEST = 4 * 1024 * 1024
/** The rows of a sheet in LibreOffice and Excel. */
const MOST_ROWS = 1_048_576
/** Rows with content that stand for several equal ones: more in all than this are no statement. */
const MOST_COPIES = 100_000
const MOST_SHEETS = 10_000

/** Parts of a spreadsheet that hold tables or texts of their own, which are no cells. */
const ASIDE: ReadonlySet<string> = new Set(['annotation', 'tracked-changes', 'dde-links', 'shapes', 'forms', 'frame'])

const tooLarge = (limit: number): ImportRejection =>
  new ImportRejection('too-large', 'The workbook has more cells than Onebook reads.', { limit })

/** A repetition as written; 1 where it is absent or no count. */
function repeated(attributes: string, name: string): number {
  if (!attributes.includes(name)) return 1
  const count = Number(attributeOf(attributes, name) ?? '1')
  return Number.isSafeInteger(count) && count > 0 ? count : 1
}

interface Sheet {
  readonly name: string
  readonly rows: TableRow[]
}

/** Gathers the sheets of a document, event by event. */
class Sheets {
  readonly sheets: Sheet[] = []
  #cells = 0
  #copies = 0
  #row = 0
  #copiesOfRow = 1
  #isHidden = false
  #texts: string[] = []
  #column = 0
  #cell: { readonly columns: number; readonly value: string | null } | null = null
  #text = ''
  #paragraphs = 0
  #isParagraph = false

  openSheet(attributes: string): void {
    if (this.sheets.length >= MOST_SHEETS) throw tooLarge(MOST_SHEETS)
    this.sheets.push({ name: attributesOf(attributes).get('name') ?? '', rows: [] })
    this.#row = 0
  }

  openRow(attributes: string): void {
    this.#copiesOfRow = repeated(attributes, 'number-rows-repeated')
    // "filter" and "collapse" hide a row; its records are there all the same
    this.#isHidden =
      attributes.includes('visibility') && (attributeOf(attributes, 'visibility') ?? 'visible') !== 'visible'
    this.#texts = []
    this.#column = 0
  }

  closeRow(): void {
    const first = this.#row + 1
    this.#row += this.#copiesOfRow
    const rows = this.sheets.at(-1)?.rows
    if (this.#texts.length === 0 || rows === undefined) return
    if (this.#row > MOST_ROWS) throw tooLarge(MOST_ROWS)
    this.#copies += this.#copiesOfRow - 1
    if (this.#copies > MOST_COPIES) throw tooLarge(MOST_COPIES)
    const cells = this.#texts
    for (let record = first; record <= this.#row; record += 1)
      rows.push(this.#isHidden ? { record, cells, isHidden: true } : { record, cells })
  }

  /** Covered cells of a merge carry what the merge hides, if anything: they stay empty. */
  openCell(attributes: string, isCovered: boolean): void {
    const columns = repeated(attributes, 'number-columns-repeated')
    this.#cell = { columns, value: isCovered ? '' : typedCellText(attributes) }
    this.#text = ''
    this.#paragraphs = 0
  }

  closeCell(): void {
    if (this.#cell === null) return
    const { columns, value } = this.#cell
    this.#cell = null
    const text = value ?? this.#text
    const start = this.#column
    this.#column = Math.min(MOST_COLUMNS, start + columns)
    if (text === '') return
    this.#cells += this.#column - this.#texts.length
    if (this.#cells > MOST_CELLS) throw tooLarge(MOST_CELLS)
    while (this.#texts.length < start) this.#texts.push('')
    while (this.#texts.length < this.#column) this.#texts.push(text)
  }

  openParagraph(isEmpty: boolean): void {
    if (this.#paragraphs > 0) this.#text += '\n'
    this.#paragraphs += 1
    this.#isParagraph = !isEmpty
  }

  closeParagraph(): void {
    this.#isParagraph = false
  }

  addText(text: string): void {
    if (this.#isParagraph && this.#cell !== null) this.#text += text
  }
}

const IS_CELL: ReadonlySet<string> = new Set(['table-cell', 'covered-table-cell'])

function openElement(sheets: Sheets, { name, attributes, isEmpty }: XmlEvent): void {
  if (name === 'table-row') {
    sheets.openRow(attributes)
    if (isEmpty) sheets.closeRow()
  } else if (IS_CELL.has(name)) {
    sheets.openCell(attributes, name === 'covered-table-cell')
    if (isEmpty) sheets.closeCell()
  } else if (name === 'p' || name === 'h') sheets.openParagraph(isEmpty)
  else if (name === 's') sheets.addText(' '.repeat(Math.min(1000, repeated(attributes, 'c'))))
  else if (name === 'tab') sheets.addText('\t')
  else if (name === 'line-break') sheets.addText('\n')
}

function closeElement(sheets: Sheets, name: string): void {
  if (name === 'table-row') sheets.closeRow()
  else if (IS_CELL.has(name)) sheets.closeCell()
  else if (name === 'p' || name === 'h') sheets.closeParagraph()
}

/** The sheets of `content.xml`: the tables right within office:spreadsheet; tables inside of cells are none. */
function readSheets(events: Iterable<XmlEvent>): readonly Sheet[] {
  const sheets = new Sheets()
  let isSpreadsheet = false
  /** The element that is being passed over, and how often it stands within itself. */
  let aside = ''
  let depth = 0
  let tables = 0
  for (const event of events) {
    const { kind, name, isEmpty } = event
    if (aside !== '') {
      if (name === aside && !isEmpty) depth += kind === 'open' ? 1 : -1
      if (depth === 0) aside = ''
      continue
    }
    if (kind === 'text') {
      if (tables === 1) sheets.addText(event.text)
    } else if (name === 'spreadsheet') {
      isSpreadsheet = kind === 'open'
    } else if (kind === 'open' && ASIDE.has(name)) {
      if (isEmpty) continue
      aside = name
      depth = 1
    } else if (name === 'table' && isSpreadsheet) {
      if (kind === 'close') tables -= 1
      else if (tables === 0 || !isEmpty) {
        if (tables === 0) sheets.openSheet(event.attributes)
        if (!isEmpty) tables += 1
      }
    } else if (tables === 1) {
      if (kind === 'open') openElement(sheets, event)
      else closeElement(sheets, name)
    }
  }
  return sheets.sheets
}

function isEncrypted(manifest: string): boolean {
  return /<(?:[\w-]{1,40}:)?encryption-data\b/.test(manifest)
}

/**
 * The sheets of an OpenDocument spreadsheet, in the order of their tabs, hidden ones included. Numbers are as the file
 * has them, exactly; formulas give the result stored with them and are never computed; rows without content are left
 * out. Throws `ImportRejection`: `password-protected`, `damaged`, `truncated`, `too-large`, `archive-bomb`,
 * `wrong-kind`.
 */
export function openOds(source: ByteSource): TableReader[] {
  const entries = new Map(readZipDirectory(source).map((entry) => [entry.name, entry]))
  const manifest = entries.get('META-INF/manifest.xml')
  // Newer writers put the encrypted document into the package as a whole.
  const isProtected =
    entries.has('encrypted-package') ||
    (manifest !== undefined && isEncrypted(new TextDecoder().decode(readEntry(source, manifest, LARGEST_MANIFEST))))
  if (isProtected) {
    throw new ImportRejection(
      'password-protected',
      'The workbook is protected by a password. Save a copy without one and import that.',
    )
  }
  const content = entries.get('content.xml')
  if (content === undefined)
    throw new ImportRejection('wrong-kind', 'The file is an OpenDocument file, but not a spreadsheet.')
  if (content.size > LARGEST_CONTENT)
    throw new ImportRejection('too-large', 'The workbook is too large once unpacked.', { limit: LARGEST_CONTENT })
  const sheets = readSheets(scanXml(decodeXmlBytes(entryChunks(source, content))))
  if (sheets.length === 0) throw new ImportRejection('wrong-kind', 'The OpenDocument file holds no sheets.')
  return sheets.map(({ name, rows }) => {
    let at = 0
    return {
      name,
      *rows() {
        at = 0
        for (const row of rows) {
          at += 1
          yield row
        }
      },
      position: () => (rows.length === 0 ? source.size : Math.floor((source.size * at) / rows.length)),
    }
  })
}
