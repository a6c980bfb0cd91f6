import { brokerDocumentImporters } from './broker-document/broker-document-importer.ts'
import { actualDatabaseImporter } from './app-export/actual-database-importer.ts'
import { appImporters } from './app-export/app-importers.ts'
import { brokerImporter } from './broker-table/broker-importer.ts'
import { camtImporter } from './camt/camt-importer.ts'
import { chineseImporters } from './chinese/chinese-importers.ts'
import { delimitedImporter } from './delimited/importer.ts'
import { gnucashImporter } from './gnucash/gnucash-importer.ts'
import { iifImporter } from './iif/iif-importer.ts'
import { litasEsisImporter } from './delimited/litas-esis.ts'
import { creditReportImporter } from './credit-report/credit-report-importer.ts'
import { foreignKindOf, FOREIGN_KIND_MESSAGES } from './file-kind.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParseOptions,
} from './importer.ts'
import { holdingsImporter } from './holdings/holdings-importer.ts'
import { flexImporter } from './ibkr-flex/flex-importer.ts'
import { ghostfolioImporter } from './json/ghostfolio-importer.ts'
import { paypalImporter } from './json/paypal-importer.ts'
import { schwabAwardsImporter } from './json/schwab-awards-importer.ts'
import { schwabImporter } from './json/schwab-importer.ts'
import { tradeRepublicImporter } from './json/trade-republic-importer.ts'
import { unknownJsonImporter } from './json/unknown-json-importer.ts'
import { beancountImporter, ledgerImporter } from './journal/journal-importers.ts'
import { npsImporter } from './nps/nps-importer.ts'
import { mt940Importer } from './mt940/mt940-importer.ts'
import { ofxImporter } from './ofx/ofx-importer.ts'
import { portfolioPerformanceImporter } from './portfolio-performance/pp-importer.ts'
import { pdfImporter } from './pdf/pdf-importer.ts'
import { textDocumentImporter } from './pdf/text-document-importer.ts'
import { qifImporter } from './qif/qif-importer.ts'
import { ecbRatesImporter } from './rates/ecb-rates-importer.ts'
import { spreadsheetImporter } from './spreadsheet/spreadsheet-importer.ts'
import { decodeHead } from './text/decode.ts'
import { looksBinary } from './text/encoding.ts'

const HEAD_LENGTH = 65_536

/** Every importer. Those with a signature of their own come first; the one that reads any table comes last. */
export const importers: readonly Importer[] = [
  ofxImporter,
  qifImporter,
  camtImporter,
  mt940Importer,
  flexImporter,
  portfolioPerformanceImporter,
  ghostfolioImporter,
  schwabImporter,
  schwabAwardsImporter,
  tradeRepublicImporter,
  paypalImporter,
  unknownJsonImporter,
  ecbRatesImporter,
  gnucashImporter,
  actualDatabaseImporter,
  iifImporter,
  litasEsisImporter,
  beancountImporter,
  ledgerImporter,
  creditReportImporter,
  npsImporter,
  ...brokerDocumentImporters,
  pdfImporter,
  ...appImporters,
  holdingsImporter,
  brokerImporter,
  ...chineseImporters,
  spreadsheetImporter,
  textDocumentImporter,
  delimitedImporter,
]

const RANK: Readonly<Record<Identification, number>> = { yes: 3, likely: 2, maybe: 1, no: 0 }

/** Reasons by which one importer says "not mine" after a closer look, so that the next may try. */
const NOT_MINE: ReadonlySet<string> = new Set(['unknown-format', 'wrong-kind', 'no-transactions-table'])

/** The first 64 KiB of a file, as importers see them. */
export function readHead(source: ByteSource): FileHead {
  const bytes = source.read(0, Math.min(HEAD_LENGTH, source.size))
  return { name: source.name, size: source.size, bytes, text: decodeHead(bytes, bytes.length >= source.size) }
}

function isBlank(head: FileHead): boolean {
  return head.size === 0 || head.bytes.every((byte) => byte === 0) || (head.text !== '' && head.text.trim() === '')
}

/** Who may read it, best first. Nobody else is asked once one has seen its own signature: a closer look costs time. */
function rank(head: FileHead, among: readonly Importer[]): { importer: Importer; rank: number }[] {
  const ranked: { importer: Importer; rank: number }[] = []
  for (const importer of among) {
    const says = importer.identify(head)
    if (says === 'yes') return [{ importer, rank: RANK.yes }]
    if (says !== 'no') ranked.push({ importer, rank: RANK[says] })
  }
  return ranked.toSorted((left, right) => right.rank - left.rank)
}

/**
 * The importers that may read a file, best first. Throws `ImportRejection` where none may: `empty-file`, `wrong-kind`
 * (a picture, a web page …), `binary`, `unknown-format`.
 */
export function candidatesFor(head: FileHead, among: readonly Importer[] = importers): readonly Importer[] {
  if (isBlank(head)) throw new ImportRejection('empty-file', 'The file is empty.')
  const ranked = rank(head, among)
  const best = ranked[0]
  const foreign = foreignKindOf(head)
  if (foreign !== null && (best === undefined || best.rank < RANK.likely)) {
    throw new ImportRejection('wrong-kind', FOREIGN_KIND_MESSAGES[foreign], { kind: foreign })
  }
  if (best !== undefined) return ranked.map(({ importer }) => importer)
  if (looksBinary(head.bytes)) {
    throw new ImportRejection('binary', 'The file is not text and no statement format that Onebook knows.')
  }
  throw new ImportRejection(
    'unknown-format',
    'Onebook does not know this format. It reads OFX, QFX, QIF, CAMT, MT940, CSV, Excel, PDF, and Alipay and WeChat bills.',
  )
}

/** The importer with this id, or undefined. */
export function importerById(id: string, among: readonly Importer[] = importers): Importer | undefined {
  return among.find((importer) => importer.id === id)
}

export interface ReadOptions extends ParseOptions {
  /** Set where the user overrules the detection. */
  readonly importer?: string
  /** Told once it is clear who reads the file, before the first item. */
  readonly onImporter?: (importer: Importer) => void
}

/** Any other throw out of an importer is a defect of Onebook; the user sees a damaged file and nothing is imported. */
function asRejection(error: unknown, importer: Importer): ImportRejection {
  if (error instanceof ImportRejection) return error
  const detail = error instanceof Error ? error.name : typeof error
  return new ImportRejection('damaged', `The file cannot be read as ${importer.id}: it seems to be damaged.`, {
    importer: importer.id,
    detail,
  })
}

function chosenImporters(source: ByteSource, options: ReadOptions, among: readonly Importer[]): readonly Importer[] {
  if (options.importer === undefined) return candidatesFor(readHead(source), among)
  const chosen = importerById(options.importer, among)
  if (chosen === undefined) {
    throw new ImportRejection('unknown-format', `There is no importer "${options.importer}".`)
  }
  return [chosen]
}

/**
 * A file's items by whichever importer reads it. Where the best candidate finds on a closer look that the file is not
 * its own, before it gave anything, the next one tries; if none can, the best candidate's reason stands.
 * Throws `ImportRejection` and nothing else.
 */
export function* readItems(
  source: ByteSource,
  options: ReadOptions,
  among: readonly Importer[] = importers,
): Generator<ParsedItem, void, void> {
  let first: ImportRejection | undefined
  for (const importer of chosenImporters(source, options, among)) {
    let given = false
    try {
      for (const item of importer.parse(source, options)) {
        if (!given && item.type !== 'progress') {
          given = true
          options.onImporter?.(importer)
        }
        yield item
      }
      if (!given) options.onImporter?.(importer)
      return
    } catch (error) {
      const rejection = asRejection(error, importer)
      if (given || !NOT_MINE.has(rejection.code)) {
        options.onImporter?.(importer)
        throw first ?? rejection
      }
      first ??= rejection
    }
  }
  throw first ?? new ImportRejection('unknown-format', 'Onebook does not know this format.')
}
