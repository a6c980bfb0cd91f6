import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { partsOfDate } from '../../../../shared/domain/iso-date.ts'
import { tryParseDecimal } from '../../../../shared/domain/decimal.ts'
import { linesOf } from '../document/document-text.ts'
import { PAGE_TEXT_MARK, parsePageText } from '../document/page-text.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedAccount,
  type ParsedItem,
  type ParseOptions,
} from '../importer.ts'
import { detectEncoding } from '../text/encoding.ts'
import { evidenceOf } from './evidence.ts'
import { readDocument } from './lines.ts'
import { type BrokerProfile, institutions, profileOf } from './profiles.ts'
import { type DocumentPart, readBrokerDocument } from './read-broker-document.ts'

/** A printed document's text is small; what is larger than this is none. */
const LARGEST = 16 * 1024 * 1024
/** Of a printed page's line, the gap between its cells. */
const CELL_GAP = '    '

/** The lines of an opened PDF, or of text that a program took out of one. */
function plainLinesOf(text: string): string[] {
  const document = text.startsWith(PAGE_TEXT_MARK) ? parsePageText(text) : null
  if (document === null) return text.split(/\r\n|[\n\r\f\u2028\u2029]/)
  return linesOf(document).map(({ cells }) => cells.map((cell) => cell.text).join(CELL_GAP))
}

function readText(source: ByteSource): string {
  if (source.size > LARGEST) {
    throw new ImportRejection('too-large', 'The document holds more text than a printed one does. It was not read.', {
      limit: LARGEST,
    })
  }
  const { encoding, markLength } = detectEncoding(source)
  return new TextDecoder(encoding).decode(source.read(markLength, source.size))
}

interface Verdict {
  readonly says: Identification
  readonly profile: BrokerProfile | null
}

const verdicts = new WeakMap<FileHead, Verdict>()

/** Every profile's importer asks of the same head: it is looked at once. */
function verdictOn(head: FileHead): Verdict {
  const known = verdicts.get(head)
  if (known !== undefined) return known
  const verdict = judge(head)
  verdicts.set(head, verdict)
  return verdict
}

function judge(head: FileHead): Verdict {
  const evidence = evidenceOf(head.text, plainLinesOf)
  if (evidence === null) return { says: 'no', profile: null }
  return { says: evidence.says, profile: evidence.profile }
}

/** The statements that were announced: settlements of one account are one statement. */
class Statements {
  readonly #numbers = new Map<string, number>()

  /** The statement's number, and whether it is new. */
  of(account: ParsedAccount, currency: CurrencyCode | null): { statement: number; fresh: boolean } {
    const key = [account.number ?? '', account.name ?? '', currency ?? ''].join('\n')
    const known = this.#numbers.get(key)
    if (known !== undefined) return { statement: known, fresh: false }
    const statement = this.#numbers.size
    this.#numbers.set(key, statement)
    return { statement, fresh: true }
  }
}

function* items(
  part: DocumentPart,
  profile: BrokerProfile | null,
  statements: Statements,
): Generator<ParsedItem, void, void> {
  const account = { ...part.account, ...(profile === null ? {} : { institution: profile.institution }) }
  const own = new Set<number>()
  for (const row of part.rows) {
    if (row.type !== 'transaction') {
      yield { type: row.type, record: row.record, reason: row.reason }
      continue
    }
    const currency = row.currency ?? part.currency
    const { statement, fresh } = statements.of(account, currency)
    own.add(statement)
    if (fresh) yield { type: 'statement', statement, account, currency }
    yield { type: 'transaction', statement, record: row.record, transaction: row.transaction }
  }
  const [only] = own
  if (own.size === 1 && only !== undefined) {
    for (const kind of ['opening', 'closing'] as const) {
      const amount = part[kind] === null ? null : tryParseDecimal(part[kind])
      if (amount !== null) yield { type: 'balance', statement: only, kind, amount, on: null }
    }
  }
  for (const finding of part.findings) yield { type: 'finding', finding }
}

function* parse(
  source: ByteSource,
  options: ParseOptions,
  chosen: BrokerProfile | null,
): Generator<ParsedItem, void, void> {
  const texts = plainLinesOf(readText(source))
  const { year } = partsOfDate(options.today)
  const first = readDocument(texts, year)
  const profile = chosen ?? profileOf(first.lines)
  const document = profile?.monthFirst === true ? readDocument(texts, year, true) : first
  const { parts, failures } = readBrokerDocument(document.lines, profile)
  if (parts.length === 0 && failures.length === 0) {
    throw new ImportRejection(
      'no-transactions-table',
      'The document names no purchase, sale, dividend or other booking that can be read.',
    )
  }
  const statements = new Statements()
  for (const part of parts) yield* items(part, profile, statements)
  for (const { record, reason } of failures) yield { type: 'failed', record, reason }
}

function importerOf(profile: BrokerProfile | null): Importer {
  return {
    id: profile === null ? 'document' : `document:${profile.id}`,
    ...(profile === null ? {} : { title: profile.institution }),
    identify: (head) => {
      const verdict = verdictOn(head)
      return verdict.profile === profile ? verdict.says : 'no'
    },
    parse: (source, options) => parse(source, options, profile),
  }
}

/**
 * What brokers print: settlements of purchases, sales, dividends, interest, fees and taxes, lists of trades, statements
 * of their cash accounts, as PDFs or as the text of PDFs. One importer for each institution of
 * `resources/broker-documents/institutions.json`, and at last one that knows only the words of the trade.
 */
export const brokerDocumentImporters: readonly Importer[] = [...institutions.map(importerOf), importerOf(null)]
