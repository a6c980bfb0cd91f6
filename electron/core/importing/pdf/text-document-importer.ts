import { documentOfHead, isPageText, readDocument } from '../document/read-document.ts'
import { readStatement } from '../document/read-statement.ts'
import { looksLikeStatement } from '../document/read-tables.ts'
import type { ByteSource, FileHead, Identification, Importer, ParsedItem, ParseOptions } from '../importer.ts'

/** Fewer delimiters in a line may be those of prose and of grouped amounts. */
const DELIMITERS: readonly (readonly [mark: string, least: number])[] = [
  ['\t', 2],
  [';', 3],
  ['|', 3],
  [',', 4],
]
const FEWEST_ROWS = 3

/**
 * Whether delimiters divide the lines, as many of them in each: cells that a bank fills up with spaces look as wide as
 * the columns of a page. Lines with a day are the rows; among commas only those outside of figures divide,
 * and a figure ends before wide space or the line's end.
 */
function isDelimited(text: string): boolean {
  const lines = text.split(/\r\n?|\n/).filter((line) => /\d/.test(line))
  return DELIMITERS.some(([mark, least]) => {
    const counts = new Map<number, number>()
    for (const line of lines) {
      const plain = mark === ',' ? line.replaceAll(/\d,(?=\d{3}(?!\d))|\d,\d{1,4}(?=\s{2}|\s*$)|"[^"]*"/g, '') : line
      const count = plain.split(mark).length - 1
      if (count >= least) counts.set(count, (counts.get(count) ?? 0) + 1)
    }
    const even = Math.max(0, ...counts.values())
    const divided = [...counts.values()].reduce((sum, count) => sum + count, 0)
    return even >= Math.min(FEWEST_ROWS, divided) && even > 1 && even * 2 >= divided
  })
}

/** Lines of text that was laid out on a page hold wide spaces and no delimiters. */
function identify(head: FileHead): Identification {
  if (head.text === '' || isPageText(head) || /^\s*[<{[]/.test(head.text)) return 'no'
  const wide = head.text.match(/\S {3,}\S/g)?.length ?? 0
  if (wide < 5) return 'no'
  if (isDelimited(head.text)) return 'no'
  return looksLikeStatement(documentOfHead(head)) ? 'likely' : 'no'
}

function* parse(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
  yield* readStatement(readDocument(source), source.name, options)
  yield { type: 'progress', bytes: source.size }
}

/** Text that was taken out of a PDF statement with its layout kept, as `pdftotext -layout` does. */
export const textDocumentImporter: Importer = { id: 'pdf-text', identify, parse }
