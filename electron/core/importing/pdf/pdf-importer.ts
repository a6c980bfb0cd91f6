import { parseChineseTables } from '../chinese/parse-statement.ts'
import { isPageText, readDocument } from '../document/read-document.ts'
import { readStatement } from '../document/read-statement.ts'
import type { ByteSource, FileHead, Identification, Importer, ParsedItem, ParseOptions } from '../importer.ts'
import { walletTables } from './wallet-proof.ts'

function identify(head: FileHead): Identification {
  return isPageText(head) ? 'yes' : 'no'
}

function* parse(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
  const document = readDocument(source)
  const wallet = walletTables(document, source.name, Number(options.today.slice(0, 4)))
  if (wallet === null) yield* readStatement(document, source.name, options)
  else yield* parseChineseTables(wallet, source.name, false)
  yield { type: 'progress', bytes: source.size }
}

/** Statements as PDF: any institution's table, whatever its layout. */
export const pdfImporter: Importer = { id: 'pdf', identify, parse }
