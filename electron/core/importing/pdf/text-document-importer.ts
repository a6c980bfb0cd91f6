import { documentOfHead, isPageText, readDocument } from '../document/read-document.ts'
import { readStatement } from '../document/read-statement.ts'
import { looksLikeStatement } from '../document/read-tables.ts'
import type { ByteSource, FileHead, Identification, Importer, ParsedItem, ParseOptions } from '../importer.ts'

/** Lines of text that was laid out on a page hold wide spaces and no delimiters. */
function identify(head: FileHead): Identification {
  if (head.text === '' || isPageText(head) || /^\s*[<{[]/.test(head.text)) return 'no'
  const wide = head.text.match(/\S {3,}\S/g)?.length ?? 0
  if (wide < 5) return 'no'
  return looksLikeStatement(documentOfHead(head)) ? 'likely' : 'no'
}

function* parse(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
  yield* readStatement(readDocument(source), source.name, options)
  yield { type: 'progress', bytes: source.size }
}

/** Text that was taken out of a PDF statement with its layout kept, as `pdftotext -layout` does. */
export const textDocumentImporter: Importer = { id: 'pdf-text', identify, parse }
