import { isPageText, readDocument } from '../document/read-document.ts'
import { readStatement } from '../document/read-statement.ts'
import type { ByteSource, FileHead, Identification, Importer, ParsedItem, ParseOptions } from '../importer.ts'

function identify(head: FileHead): Identification {
  return isPageText(head) ? 'yes' : 'no'
}

function* parse(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
  yield* readStatement(readDocument(source), source.name, options)
  yield { type: 'progress', bytes: source.size }
}

/** Statements as PDF: any institution's table, whatever its layout. */
export const pdfImporter: Importer = { id: 'pdf', identify, parse }
