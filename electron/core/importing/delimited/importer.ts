import type { DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  ImportRejection,
  type Importer,
  type ParseOptions,
  type ParsedItem,
} from '../importer.ts'
import { createDelimitedReader } from '../table/delimited-reader.ts'
import type { TableReader, TableRow } from '../table/table-reader.ts'
import { bytesSource } from '../text/decode.ts'
import { type DetectedEncoding, detectEncoding, looksBinary } from '../text/encoding.ts'
import { detectConventions } from './conventions.ts'
import { columnTitles, dataRows, detectLayout, rolesOf, sampleOf } from './detect-layout.ts'
import { detectDialect } from './detect-delimiter.ts'
import { readPreamble } from './preamble.ts'
import { type ReadingPlan, readRows } from './read-rows.ts'
import { sampledSource } from './sampled-source.ts'
import { withJoinedDays } from './joined-days.ts'
import { withYears } from './years-of-period.ts'
import { unwrapLines } from './unwrap-lines.ts'

/** Files up to this size are judged as a whole, and their rows are kept between the two passes. */
const WHOLE = 640 * 1024
/** Up to this size a file whose sample shows no table is judged as a whole, too: days may stand in several columns. */
const MOST_WHOLE = 8 * 1024 * 1024
const HEAD = 64 * 1024

const OTHER_FORMATS: readonly (readonly [RegExp, string])[] = [
  [/^%PDF-/, 'PDF'],
  [/^PK\W\W/, 'ZIP or spreadsheet'],
  [/^(?:<\?xml|<!DOCTYPE|<html|<\w+[\s>])/i, 'XML or HTML'],
  [/^[{[]\s*["{[\]}]/, 'JSON'],
  [/^OFXHEADER:/i, 'OFX'],
  [/^!(?:Type|Account|Option)/i, 'QIF'],
  [/^\{1:|^:20:/, 'MT940'],
  [/^000\t\d{8}\t/, 'LITAS-ESIS'],
]

function otherFormat(text: string): string | null {
  const start = text.trimStart().slice(0, 200)
  return OTHER_FORMATS.find(([pattern]) => pattern.test(start))?.[1] ?? null
}

function refuseOtherFormats(source: ByteSource, encoding: string): void {
  const head = source.read(0, Math.min(source.size, HEAD))
  const text = new TextDecoder(encoding).decode(head)
  if (text.trim() === '') throw new ImportRejection('empty-file', 'The file is empty.')
  const format = otherFormat(text)
  if (format !== null) {
    throw new ImportRejection('wrong-kind', `The file is ${format}, not delimited text.`, { format })
  }
  if (looksBinary(head)) throw new ImportRejection('binary', 'The file is binary data, not text.')
}

/** Rows that are already in memory, as a table to read again. */
function rowsAsReader(rows: readonly TableRow[], size: number): TableReader {
  let at = 0
  return {
    name: '',
    *rows() {
      for (at = 0; at < rows.length; at += 1) {
        const row = rows[at]
        if (row !== undefined) yield row
      }
    },
    position: () => (rows.length === 0 ? size : Math.floor((size * at) / rows.length)),
  }
}

interface Prepared {
  readonly layout: DelimitedLayout
  /** All rows of a small file; the sampled rows of a big one. */
  readonly rows: readonly TableRow[]
  readonly reader: TableReader
  readonly announcements: readonly ParsedItem[]
}

function readAll(source: ByteSource, layout: Pick<DelimitedLayout, 'encoding' | 'delimiter' | 'quote'>): TableRow[] {
  return [...createDelimitedReader(source, layout).rows()]
}

function prepare(source: ByteSource, detected: DetectedEncoding, options: ParseOptions): Prepared {
  if (source.size <= WHOLE) return prepareFrom(source, detected, options, true)
  try {
    return prepareFrom(source, detected, options, false)
  } catch (error) {
    if (!(error instanceof ImportRejection) || source.size > MOST_WHOLE) throw error
    return prepareFrom(source, detected, options, true)
  }
}

function prepareFrom(source: ByteSource, detected: DetectedEncoding, options: ParseOptions, whole: boolean): Prepared {
  const thisYear = Number(options.today.slice(0, 4))
  const announcements: ParsedItem[] = []
  if (detected.by === 'guess') {
    announcements.push({
      type: 'finding',
      finding: {
        severity: 'info',
        code: 'encoding-guess',
        message: `The file does not say how its letters are encoded; ${detected.encoding} was taken.`,
        values: { encoding: detected.encoding },
      },
    })
  }
  const given = options.layout
  const dialect = given ?? detectDialect(source, detected.encoding, thisYear)?.dialect
  if (dialect === undefined) {
    throw new ImportRejection('no-transactions-table', 'The file is no table: no delimiter divides its lines.')
  }
  const encoding = given?.encoding ?? detected.encoding
  const form = { encoding, delimiter: dialect.delimiter, quote: dialect.quote }
  const sampled = whole ? source : sampledSource(source, encoding)
  const rows = whole ? withJoinedDays(withYears(readAll(sampled, form))) : readAll(sampled, form)
  const reader = whole ? rowsAsReader(rows, source.size) : createDelimitedReader(source, form)
  if (given !== undefined) {
    const header = rows.find((row) => row.record === given.headerRow)?.cells ?? null
    const body = rows.filter((row) => row.record >= given.firstRow)
    const width = body.slice(0, 100).reduce((most, row) => Math.max(most, row.cells.length), header?.length ?? 0)
    announcements.push({
      type: 'layout',
      layout: given,
      confidence: 1,
      columns: columnTitles(header, width),
      sample: sampleOf(body, width, thisYear),
    })
    return { layout: given, rows, reader, announcements }
  }
  const found = detectLayout(rows, { encoding, dialect, name: source.name, today: options.today })
  announcements.push({
    type: 'layout',
    layout: found.layout,
    confidence: found.confidence,
    columns: found.columns,
    sample: found.sample,
  })
  for (const finding of found.findings) announcements.push({ type: 'finding', finding })
  return { layout: found.layout, rows, reader, announcements }
}

/** What the reading needs; the sampled rows of a big file are let go here. */
function planOf(
  { layout, rows, reader, announcements }: Prepared,
  name: string,
  options: ParseOptions,
): { reader: TableReader; plan: ReadingPlan; announcements: readonly ParsedItem[] } {
  const at = rolesOf(layout.columns)
  const body = rows.filter((row) => row.record >= layout.firstRow)
  const plan: ReadingPlan = {
    layout,
    conventions: detectConventions(dataRows(body, at), at, layout.decimalMark, layout.sign, layout.dateOrder),
    preamble: readPreamble(
      rows.filter((row) => row.record < (layout.headerRow ?? layout.firstRow)),
      layout.decimalMark,
      name,
    ),
    header: rows.find((row) => row.record === layout.headerRow)?.cells ?? null,
    today: options.today,
  }
  return { reader, plan, announcements }
}

function* parse(given: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
  if (given.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
  const first = detectEncoding(given)
  const unwrapped = unwrapLines(given, first.encoding)
  const source = unwrapped ?? given
  const detected: DetectedEncoding = unwrapped === null ? first : { encoding: 'utf-8', markLength: 0, by: 'valid' }
  refuseOtherFormats(source, options.layout?.encoding ?? detected.encoding)
  const { reader, plan, announcements } = planOf(prepare(source, detected, options), source.name, options)
  yield* announcements
  yield* readRows(reader, plan)
  yield { type: 'progress', bytes: given.size }
}

/** Tables that any bank may write: anything with a date and an amount is possible, known header words make it likely. */
function identify(head: FileHead): Identification {
  if (head.text.trim() === '' || otherFormat(head.text) !== null) return 'no'
  // the clock is not needed to see that a column holds dates
  const plain = bytesSource(head.name, new TextEncoder().encode(head.text))
  const source = unwrapLines(plain, 'utf-8') ?? plain
  const found = detectDialect(source, 'utf-8', 2000)
  const named = /\.(?:csv|tsv|tab)$/i.test(head.name)
  if (found === null) return 'no'
  try {
    const { layout } = detectLayout(found.rows, {
      encoding: 'utf-8',
      dialect: found.dialect,
      name: head.name,
      today: '2000-01-01' as ParseOptions['today'],
    })
    const roles = new Set(layout.columns.map(({ role }) => role))
    return layout.headerRow !== null && roles.size >= 4 ? 'likely' : 'maybe'
  } catch (error) {
    // a table without dates still deserves to be told why it is refused
    if (error instanceof ImportRejection) return named ? 'maybe' : 'no'
    throw error
  }
}

/** Delimited text of any bank: columns and conventions are detected from the whole file, or given by a layout. */
export const delimitedImporter: Importer = { id: 'csv', identify, parse }
