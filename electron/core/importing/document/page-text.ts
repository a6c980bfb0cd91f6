import {
  cellOf,
  type DocumentText,
  lineOf,
  type TextCell,
  type TextLine,
  type TextPage,
  type TextWord,
} from './document-text.ts'

/**
 * How a PDF's text travels from the one place that opens PDFs (asynchronously) to the importers (which read bytes
 * synchronously): UTF-8 text, one line of it for each page and each line of text.
 *
 * ```
 * %ONEBOOK-PAGE-TEXT 1
 * P <width> <height>
 * L <y> <height> {|>}<x> <width> <word> …        fields divided by tabs; ">" begins a cell
 * ```
 */
export const PAGE_TEXT_MARK = '%ONEBOOK-PAGE-TEXT 1'

const figure = (value: number): string => String(Math.round(value * 100) / 100)

function* written(document: DocumentText): Generator<string, void, void> {
  yield PAGE_TEXT_MARK
  for (const page of document.pages) {
    yield `P\t${figure(page.width)}\t${figure(page.height)}`
    for (const line of page.lines) {
      const fields = ['L', figure(line.y), figure(line.height)]
      for (const cell of line.cells) {
        for (const [at, word] of cell.words.entries()) {
          fields.push((at === 0 ? '>' : '') + figure(word.x), figure(word.width), word.text)
        }
      }
      yield fields.join('\t')
    }
  }
}

/** The document in the form above. Words hold neither tabs nor line ends. */
export function writePageText(document: DocumentText): string {
  return [...written(document), ''].join('\n')
}

function numberOf(field: string | undefined): number | null {
  if (field === undefined || !/^-?\d{1,9}(?:\.\d{1,2})?$/.test(field)) return null
  return Number(field)
}

function readLine(fields: readonly string[]): TextLine | null {
  const y = numberOf(fields[1])
  const height = numberOf(fields[2])
  if (y === null || height === null) return null
  const cells: TextCell[] = []
  let words: TextWord[] = []
  for (let at = 3; at + 2 < fields.length; at += 3) {
    const place = fields[at] ?? ''
    const begins = place.startsWith('>')
    const x = numberOf(begins ? place.slice(1) : place)
    const width = numberOf(fields[at + 1])
    const text = fields[at + 2] ?? ''
    if (x === null || width === null || text === '') return null
    if (begins && words.length > 0) {
      cells.push(cellOf(words))
      words = []
    }
    words.push({ text, x, width })
  }
  if (words.length > 0) cells.push(cellOf(words))
  return cells.length === 0 ? null : lineOf(y, height, cells)
}

/** The document of a text in the form above, or null where it is none. Lines that do not fit the form are left out. */
export function parsePageText(text: string): DocumentText | null {
  const lines = text.split('\n')
  if (lines[0] !== PAGE_TEXT_MARK) return null
  const pages: { width: number; height: number; lines: TextLine[] }[] = []
  for (const line of lines.slice(1)) {
    const fields = line.split('\t')
    if (fields[0] === 'P') {
      pages.push({ width: numberOf(fields[1]) ?? 0, height: numberOf(fields[2]) ?? 0, lines: [] })
    } else if (fields[0] === 'L') {
      const read = readLine(fields)
      if (read !== null) pages.at(-1)?.lines.push(read)
    }
  }
  return { origin: 'pdf', pages: pages satisfies readonly TextPage[] }
}
