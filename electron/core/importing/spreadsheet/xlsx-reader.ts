import { readZipDirectory, type ZipEntry } from '../archive/zip-directory.ts'
import { entryChunks } from '../archive/zip-entry.ts'
import { type ByteSource, ImportRejection } from '../importer.ts'
import type { TableReader } from '../table/table-reader.ts'
import { type CellFormat, cellFormatOf } from './cell-text.ts'
import { attributeOf, decodeXmlBytes, scanXml, type XmlEvent } from '../text/xml-scanner.ts'
import { sheetRows, unescapeCellText } from './xlsx-sheet.ts'

/** Everything but the sheets is held in memory; sheets are read row by row. */
const LARGEST_PART = 200 * 1024 * 1024
const LARGEST_SHEET = 600 * 1024 * 1024

interface SheetPart {
  readonly name: string
  readonly entry: ZipEntry
}

class Package {
  readonly #source: ByteSource
  readonly #entries: ReadonlyMap<string, ZipEntry>

  constructor(source: ByteSource) {
    this.#source = source
    // Some writers use "\" and other letter cases than their own references do.
    this.#entries = new Map(
      readZipDirectory(source).map((entry) => [entry.name.replaceAll('\\', '/').toLowerCase(), entry]),
    )
  }

  part(path: string): ZipEntry | undefined {
    return this.#entries.get(path.toLowerCase())
  }

  *events(entry: ZipEntry, limit: number, onBytes?: (count: number) => void): Generator<XmlEvent, void, void> {
    if (entry.size > limit) {
      throw new ImportRejection('too-large', 'The workbook is too large once unpacked.', { limit })
    }
    const chunks = entryChunks(this.#source, entry)
    yield* scanXml(
      decodeXmlBytes(
        (function* counted() {
          for (const chunk of chunks) {
            onBytes?.(chunk.length)
            yield chunk
          }
        })(),
      ),
    )
  }

  /** Relationship id → path of the part, for the relationships of one part. */
  relations(path: string): Map<string, { target: string; type: string }> {
    const slash = path.lastIndexOf('/')
    const folder = path.slice(0, slash + 1)
    const entry = this.part(`${folder}_rels/${path.slice(slash + 1)}.rels`)
    const relations = new Map<string, { target: string; type: string }>()
    if (entry === undefined) return relations
    for (const event of this.events(entry, LARGEST_PART)) {
      if (event.kind !== 'open' || event.name !== 'Relationship') continue
      const id = attributeOf(event.attributes, 'Id')
      const target = attributeOf(event.attributes, 'Target')
      if (id === undefined || target === undefined) continue
      relations.set(id, { target: resolvePath(folder, target), type: attributeOf(event.attributes, 'Type') ?? '' })
    }
    return relations
  }
}

function resolvePath(folder: string, target: string): string {
  const parts = target.startsWith('/') ? [] : folder.split('/').filter((part) => part !== '')
  for (const part of target.split(/[/\\]/)) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function readSharedStrings(workbook: Package, entry: ZipEntry | undefined): string[] {
  const strings: string[] = []
  if (entry === undefined) return strings
  let text = ''
  let isText = false
  let isPhonetic = false
  for (const event of workbook.events(entry, LARGEST_PART)) {
    if (event.kind === 'text') {
      if (isText && !isPhonetic) text += event.text
    } else if (event.name === 't') {
      isText = event.kind === 'open' && !event.isEmpty
    } else if (event.name === 'rPh') {
      isPhonetic = event.kind === 'open' && !event.isEmpty
    } else if (event.name === 'si') {
      if (event.kind === 'open') text = ''
      if (event.kind === 'close' || event.isEmpty) strings.push(unescapeCellText(text))
    }
  }
  return strings
}

function readFormats(workbook: Package, entry: ZipEntry | undefined): CellFormat[] {
  const formats: CellFormat[] = []
  if (entry === undefined) return formats
  const codes = new Map<number, string>()
  let isCellFormats = false
  for (const event of workbook.events(entry, LARGEST_PART)) {
    if (event.name === 'cellXfs') isCellFormats = event.kind === 'open' && !event.isEmpty
    if (event.kind !== 'open') continue
    if (event.name === 'numFmt') {
      codes.set(
        Number(attributeOf(event.attributes, 'numFmtId') ?? '-1'),
        attributeOf(event.attributes, 'formatCode') ?? '',
      )
    } else if (event.name === 'xf' && isCellFormats) {
      const id = Number(attributeOf(event.attributes, 'numFmtId') ?? '0')
      formats.push(cellFormatOf(id, codes.get(id)))
    }
  }
  return formats
}

/**
 * The worksheets of an XLSX workbook (ECMA-376), in the order of its tabs, hidden ones included. Cell texts come as
 * `TableRow` promises; formulas give the result stored with them and are never computed.
 * Throws `ImportRejection`: `damaged`, `truncated`, `too-large`, `archive-bomb`, `wrong-kind` where it is no workbook.
 */
export function openXlsx(source: ByteSource): TableReader[] {
  const workbook = new Package(source)
  const root =
    [...workbook.relations('').values()].find(({ type }) => type.endsWith('/officeDocument'))?.target ??
    'xl/workbook.xml'
  const rootEntry = workbook.part(root) ?? workbook.part('xl/workbook.xml')
  if (rootEntry === undefined)
    throw new ImportRejection('wrong-kind', 'The file is a zip document, but not an Excel workbook.')
  const relations = workbook.relations(workbook.part(root) === undefined ? 'xl/workbook.xml' : root)
  const target = (kind: string): ZipEntry | undefined => {
    for (const { type, target: path } of relations.values()) if (type.endsWith(`/${kind}`)) return workbook.part(path)
    return undefined
  }
  const sheets: SheetPart[] = []
  let is1904 = false
  for (const event of workbook.events(rootEntry, LARGEST_PART)) {
    if (event.kind !== 'open') continue
    if (event.name === 'workbookPr') is1904 = /^(1|true|on)$/.test(attributeOf(event.attributes, 'date1904') ?? '')
    if (event.name !== 'sheet') continue
    const relation = relations.get(attributeOf(event.attributes, 'id') ?? '')
    if (relation === undefined || !relation.type.endsWith('/worksheet')) continue
    const entry = workbook.part(relation.target)
    if (entry !== undefined) sheets.push({ name: attributeOf(event.attributes, 'name') ?? '', entry })
  }
  let strings: readonly string[] | null = null
  const context = {
    sharedStrings: () =>
      (strings ??= readSharedStrings(workbook, target('sharedStrings') ?? workbook.part('xl/sharedStrings.xml'))),
    formats: readFormats(workbook, target('styles') ?? workbook.part('xl/styles.xml')),
    is1904,
  }
  return sheets.map(({ name, entry }) => {
    let unpacked = 0
    return {
      name,
      *rows() {
        unpacked = 0
        const events = workbook.events(entry, LARGEST_SHEET, (count) => {
          unpacked += count
        })
        yield* sheetRows(events, context)
      },
      position: () => (entry.size === 0 ? source.size : Math.round((source.size * unpacked) / entry.size)),
    }
  })
}
