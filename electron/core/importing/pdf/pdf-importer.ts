import { parseChineseTables } from '../chinese/parse-statement.ts'
import { isPageText, readDocument } from '../document/read-document.ts'
import { readStatement } from '../document/read-statement.ts'
import type { DocumentText } from '../document/document-text.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParseOptions,
} from '../importer.ts'
import { printedTrades } from './printed-trade.ts'
import { walletTables } from './wallet-proof.ts'

function identify(head: FileHead): Identification {
  return isPageText(head) ? 'yes' : 'no'
}

function* parse(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
  const document = readDocument(source)
  const wallet = walletTables(document, source.name, Number(options.today.slice(0, 4)))
  if (wallet === null) yield* statementOrTrade(document, source, options)
  else yield* parseChineseTables(wallet, source.name, false)
  yield { type: 'progress', bytes: source.size }
}

/** A statement by its table; where there is none, a trade that the document settles. */
function* statementOrTrade(
  document: DocumentText,
  source: ByteSource,
  options: ParseOptions,
): Generator<ParsedItem, void, void> {
  let given = false
  try {
    for (const item of readStatement(document, source.name, options)) {
      given = true
      yield item
    }
  } catch (error) {
    const isOther = error instanceof ImportRejection && error.code === 'no-transactions-table' && !given
    const trades = isOther ? printedTrades(source, options) : null
    if (trades === null) throw error
    yield* trades
  }
}

/** Statements as PDF: any institution's table, whatever its layout. */
export const pdfImporter: Importer = { id: 'pdf', identify, parse }
