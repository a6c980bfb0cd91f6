import { addDecimal, type Decimal, ZERO } from '../../../../shared/domain/decimal.ts'
import {
  type ByteSource,
  type FileHead,
  type Finding,
  type FindingCode,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParsedTransaction,
} from '../importer.ts'
import { decodeChunks } from '../text/decode.ts'
import { detectEncoding, type DetectedEncoding, looksBinary } from '../text/encoding.ts'
import { type CamtElement, elementAt, readElement, skipElement, textAt } from './camt-element.ts'
import { type BookedEntry, readEntry, readEntrySource } from './camt-entry.ts'
import { CamtScanner } from './camt-scanner.ts'
import { CamtStatement, type ForeignEntry } from './camt-statement.ts'
import { currencyIn, currencyText, parseMoment } from './camt-values.ts'

const PROGRESS_STEP = 1 << 20
/** Entries in another currency that wait for the end of their statement; further ones do not wait. */
const MOST_WAITING = 1_000

/** BkToCstmrStmt (camt.053), BkToCstmrAcctRpt (052), BkToCstmrDbtCdtNtfctn (054); version 01 adds "V01" to the names. */
const MESSAGE = /^BkToCstmr(?:Stmt|AcctRpt|DbtCdtNtfctn)(?:V\d\d)?$/
const MESSAGE_IN_TEXT = /<(?:[\w.-]{1,40}:)?BkToCstmr(?:Stmt|AcctRpt|DbtCdtNtfctn)(?:V\d\d)?[\s/>]/
const NAMESPACE = /camt\.05[234]\.\d{3}\.\d{2}/
/** Another message of the same standard: payment orders, status reports, cancellations. */
const OTHER_MESSAGE =
  /xmlns(?::[\w.-]{1,40})?\s?=\s?["']urn:(?:iso:std:iso:20022:tech:xsd|swift:xsd):\$?((?:camt|pain|pacs|acmt|sese|semt)\.\d{3})/
const XML_ENCODING = /<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']/i

const STATEMENTS: ReadonlySet<string> = new Set(['Stmt', 'Rpt', 'Ntfctn'])

const MESSAGES = ['BkToCstmrStmt', 'BkToCstmrAcctRpt', 'BkToCstmrDbtCdtNtfctn']

/** Elements that never stand inside a part of a statement: they end whatever was left open. */
const OUTSIDE: ReadonlySet<string> = new Set([
  'Ntry',
  'Document',
  ...STATEMENTS,
  ...MESSAGES.flatMap((name) => [name, `${name}V01`]),
])

/** Reads one file: statements one after the other, each entry as it passes. */
class CamtReader {
  readonly #scanner: CamtScanner
  #statements = 0
  #records = 0
  #reported = 0
  #isMessage = false
  #hasMessage = false

  constructor(source: ByteSource, encoding: DetectedEncoding) {
    this.#scanner = new CamtScanner(decodeChunks(source, encoding))
  }

  *read(): Generator<ParsedItem, void, void> {
    const scanner = this.#scanner
    for (let token = scanner.next(); token !== 'end'; token = scanner.next()) {
      const isMessage = MESSAGE.test(scanner.name)
      if (isMessage) {
        this.#isMessage = token === 'open'
        this.#hasMessage = true
      } else if (token !== 'close' && this.#isMessage) {
        if (STATEMENTS.has(scanner.name)) yield* this.#statement(scanner.name)
        else skipElement(scanner, OUTSIDE)
      }
      yield* this.#progress()
    }
    if (this.#statements === 0) throw this.#nothingFound()
    if (scanner.depth > 0) {
      const message = 'The end of the file is missing: check that the last transactions are there.'
      yield finding('warning', 'unclosed-element', message)
    }
  }

  #nothingFound(): ImportRejection {
    const isOpen = this.#scanner.depth > 0
    if (isOpen) return new ImportRejection('truncated', 'The file breaks off before its first statement.')
    return this.#hasMessage
      ? new ImportRejection('damaged', 'The file looks like CAMT but holds no statement that can be read.')
      : new ImportRejection('wrong-kind', 'The file is no CAMT statement: there is no account statement in it.')
  }

  *#progress(): Generator<ParsedItem, void, void> {
    const { position } = this.#scanner
    if (position - this.#reported < PROGRESS_STEP) return
    this.#reported = position
    yield { type: 'progress', bytes: position }
  }

  *#statement(name: string): Generator<ParsedItem, void, void> {
    const scanner = this.#scanner
    const statement = new CamtStatement(this.#statements)
    this.#statements += 1
    let isUnclosed = false
    for (let isDone = scanner.token === 'leaf'; !isDone;) {
      const token = scanner.next()
      if (token === 'end') {
        throw new ImportRejection('truncated', 'The file breaks off in the middle of a statement: download it again.')
      }
      if (scanner.name === name && token === 'close') {
        isDone = true
        continue
      }
      const isOuter = scanner.name !== 'Ntry' && OUTSIDE.has(scanner.name)
      if (isOuter) {
        scanner.hold()
        isUnclosed = true
        isDone = true
        continue
      }
      if (token === 'close') continue
      if (scanner.name === 'Ntry') yield* this.#entry(statement)
      else yield* this.#part(statement, scanner.name)
      yield* this.#progress()
    }
    yield* this.#end(statement)
    if (isUnclosed) {
      yield finding('warning', 'unclosed-element', 'The end of a statement is missing: check its last transactions.')
    }
  }

  #element(): CamtElement {
    return readElement(this.#scanner, { outside: OUTSIDE }).element
  }

  *#part(statement: CamtStatement, name: string): Generator<ParsedItem, void, void> {
    if (name === 'Acct') statement.takeAccount(this.#element())
    else if (name === 'Bal') {
      const fault = statement.takeBalance(this.#element())
      if (fault !== null) {
        yield finding('warning', 'bad-amount', `The balance "${fault}" is no amount.`, { values: { text: fault } })
      }
    } else if (name === 'FrToDt') statement.takePeriod(this.#element())
    else if (name === 'TxsSummry') statement.takeSummary(this.#element())
    else if (name === 'CreDtTm') statement.created = parseMoment(this.#element().text)?.date ?? null
    else skipElement(this.#scanner, OUTSIDE)
  }

  *#entry(statement: CamtStatement): Generator<ParsedItem, void, void> {
    const source = readEntrySource(this.#scanner, OUTSIDE)
    this.#records += 1
    const record = this.#records
    statement.entries += 1
    const amount = elementAt(source.element, 'Amt')
    if (amount !== undefined) statement.suggestCurrency(currencyIn(currencyText(amount)))
    yield* this.#announce(statement)
    const { currency, owner, day } = statement
    const outcome = readEntry(source, { currency, owner, day })
    if (source.unclosed) {
      const reference = textAt(source.element, 'AcctSvcrRef')
      const label = reference === undefined ? '' : ` (${reference.slice(0, 60)})`
      const message = `Entry ${record}${label} is not closed as it should be: check it.`
      yield finding('warning', 'unclosed-element', message, { record })
    }
    if (outcome.type !== 'transaction') {
      yield { type: outcome.type, record, reason: outcome.reason }
      return
    }
    for (const each of outcome.findings) yield { type: 'finding', finding: { ...each, record } }
    if (outcome.writtenIn === undefined) yield this.#transaction(statement, record, outcome.transaction)
    else if (statement.foreign.length < MOST_WAITING) statement.foreign.push({ record, entry: outcome })
    else yield* this.#foreign(statement, { record, entry: outcome }, true)
  }

  #transaction(statement: CamtStatement, record: number, transaction: ParsedTransaction): ParsedItem {
    if (transaction.status !== 'pending') statement.addBooked(transaction.amount)
    return { type: 'transaction', statement: statement.index, record, transaction }
  }

  *#announce(statement: CamtStatement): Generator<ParsedItem, void, void> {
    if (statement.isAnnounced) return
    statement.isAnnounced = true
    const account = statement.describe()
    const { index, currency } = statement
    yield { type: 'statement', statement: index, account, currency }
    if (currency === null) {
      const message = `The file does not say the currency of account ${account.number ?? ''}.`
      yield finding('warning', 'currency-unknown', message)
    }
  }

  /**
   * An entry is in its account's currency, says the standard; where it is labelled otherwise, the balances show whether
   * the label or the amount is another's: amounts as written may add up, or those in the account's currency.
   */
  *#foreign(
    statement: CamtStatement,
    { record, entry }: ForeignEntry,
    isConverted: boolean,
  ): Generator<ParsedItem, void, void> {
    const { transaction, converted, writtenIn } = entry
    const currency = statement.currency ?? ''
    const values = { text: writtenIn ?? '', currency }
    const isTaken = isConverted && converted !== undefined && converted !== null
    const how = isTaken ? 'the amount the file states in the latter was taken' : 'its amount is kept as written'
    const message = `Entry ${record} is in ${writtenIn ?? ''} and its account in ${currency}: ${how}.`
    yield finding('warning', 'bad-currency', message, { record, values })
    yield this.#transaction(statement, record, isTaken ? { ...transaction, ...converted } : transaction)
  }

  /** Whether the amounts as written, and not the converted ones, lead from the opening to the closing balance. */
  #addsUpAsWritten(statement: CamtStatement): boolean {
    const difference = statement.difference()
    const written = sumOf(statement.foreign, ({ transaction }) => transaction.amount)
    const converted = sumOf(statement.foreign, (entry) => entry.converted?.amount ?? entry.transaction.amount)
    return difference === written && difference !== converted
  }

  *#end(statement: CamtStatement): Generator<ParsedItem, void, void> {
    yield* this.#announce(statement)
    if (statement.foreign.length > 0) {
      const asWritten = this.#addsUpAsWritten(statement)
      for (const entry of statement.foreign) yield* this.#foreign(statement, entry, !asWritten)
    }
    const { index, opening, closing, available, limit, from, to } = statement
    for (const [kind, balance] of [
      ['opening', opening],
      ['closing', closing],
      ['available', available],
      ['limit', limit],
    ] as const) {
      if (balance !== undefined)
        yield { type: 'balance', statement: index, kind, amount: balance.amount, on: balance.on }
    }
    if (from !== null || to !== null) yield { type: 'period', statement: index, from, to }
    yield* this.#check(statement)
  }

  *#check(statement: CamtStatement): Generator<ParsedItem, void, void> {
    const difference = statement.difference()
    const account = statement.describe().number ?? ''
    const currency = statement.currency ?? ''
    if (difference !== null && difference !== ZERO) {
      const message = `The statement of account ${account} does not add up: its closing balance differs by ${difference} ${currency} from its opening balance and its entries.`
      yield finding('warning', 'balance-mismatch', message, { values: { account, difference, currency } })
    }
    const { statedEntries: stated, entries, booked } = statement
    if (stated !== undefined && stated !== entries && stated !== booked) {
      const message = `The statement of account ${account} announces ${stated} entries and holds ${entries}.`
      yield finding('warning', 'count-mismatch', message, { values: { account, stated, count: entries } })
    }
  }
}

function sumOf(entries: readonly ForeignEntry[], amountOf: (entry: BookedEntry) => Decimal): Decimal {
  return entries
    .filter(({ entry }) => entry.transaction.status !== 'pending')
    .reduce((sum, { entry }) => addDecimal(sum, amountOf(entry)), ZERO)
}

function finding(
  severity: Finding['severity'],
  code: FindingCode,
  message: string,
  more: Pick<Finding, 'record' | 'values'> = {},
): ParsedItem {
  return { type: 'finding', finding: { severity, code, message, ...more } }
}

/** ISO 20022 account reports (camt.052), statements (053) and notifications (054) of any version. */
export const camtImporter: Importer = {
  id: 'camt',

  identify({ text }: FileHead): Identification {
    if (!/^\s*</.test(text.slice(0, 1000))) return 'no'
    if (MESSAGE_IN_TEXT.test(text)) return 'yes'
    const root = text.slice(0, 16_384)
    return (NAMESPACE.test(root) && /<(?:[\w.-]{1,40}:)?Document[\s>]/.test(root)) || OTHER_MESSAGE.test(root)
      ? 'likely'
      : 'no'
  },

  *parse(source: ByteSource): Generator<ParsedItem, void, void> {
    if (source.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
    const head = source.read(0, 4096)
    if (looksBinary(head)) throw new ImportRejection('binary', 'The file is not text, so it is no CAMT statement.')
    const beginning = new TextDecoder('windows-1252').decode(head)
    const other = OTHER_MESSAGE.exec(beginning)?.[1]
    if (other !== undefined && !/^camt\.05[234]$/.test(other)) {
      const message = `This ISO 20022 file is a message ${other} (an order, advice or status), not an account statement.`
      throw new ImportRejection('wrong-kind', message, { content: other })
    }
    const encoding = detectEncoding(source, XML_ENCODING.exec(beginning)?.[1])
    if (encoding.by === 'guess') {
      const message = `The text is not in the encoding the file names: it was read as ${encoding.encoding}.`
      yield finding('info', 'encoding-guess', message, { values: { encoding: encoding.encoding } })
    }
    yield* new CamtReader(source, encoding).read()
  },
}
