import { ZERO } from '../../../../shared/domain/decimal.ts'
import {
  type ByteSource,
  type FileHead,
  type Finding,
  type FindingCode,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type Reason,
} from '../importer.ts'
import { decodeChunks } from '../text/decode.ts'
import { detectEncoding, type DetectedEncoding, looksBinary } from '../text/encoding.ts'
import { DecimalMarkVote } from '../text/number-text.ts'
import { readBankRecord } from './bank-record.ts'
import { INVESTMENT_GROUPS, POSITION_GROUPS, readInvestmentRecord, readPosition } from './investment-record.ts'
import { OfxNumbers } from './ofx-amount.ts'
import { conversionOf, labelOf, type OfxContext, type OfxOutcome } from './ofx-context.ts'
import { parseOfxDate } from './ofx-date.ts'
import { declaredEncoding, ofxSignature } from './ofx-header.ts'
import { type OfxRecord, readRecord } from './ofx-record.ts'
import { OfxScanner } from './ofx-scanner.ts'
import { OfxSecurities, securityOf, SECURITY_GROUPS, symbolCurrency } from './ofx-securities.ts'
import { OfxStatement, statementCurrency, type StatementGroup } from './ofx-statement.ts'

const PROGRESS_STEP = 1 << 20

const STATEMENT_GROUPS: ReadonlyMap<string, StatementGroup> = new Map([
  ['STMTRS', 'bank'],
  ['CCSTMTRS', 'card'],
  ['INVSTMTRS', 'investment'],
  ['LOANSTMTRS', 'loan'],
])

const NUMBER_ELEMENTS = new Set([
  'TRNAMT',
  'BALAMT',
  'TOTAL',
  'UNITS',
  'UNITPRICE',
  'MKTVAL',
  'AVAILCASH',
  'COMMISSION',
])

/** What a file holds instead of a statement, by the group that shows it. */
const OTHER_CONTENT: ReadonlyMap<string, string> = new Map([
  ['PROFRS', "a bank's profile (its settings for programs)"],
  ['ACCTINFORS', 'a list of accounts'],
  ['STMTRQ', 'a request for a statement'],
  ['CCSTMTRQ', 'a request for a statement'],
  ['INVSTMTRQ', 'a request for a statement'],
  ['STMTENDRS', 'a closing notice without transactions'],
  ['CCSTMTENDRS', 'a closing notice without transactions'],
  ['PMTRS', 'payment orders'],
  ['MAILRS', 'messages'],
])

const isReason = (result: object): result is Reason => 'code' in result

/** Reads one file: keeps what statements share and turns records into items. */
class OfxReader {
  readonly #scanner: OfxScanner
  readonly #numbers: OfxNumbers
  readonly #securities: OfxSecurities
  #statement: OfxStatement | null = null
  #statements = 0
  #records = 0
  #prices = 0
  #institution: string | undefined
  #monthFirst = false
  #fileTime: string | undefined
  #rootOpened = false
  #rootClosed = false
  #otherContent: string | undefined
  #bankSays: string | undefined
  #unconvertedTold = false

  constructor(source: ByteSource, encoding: DetectedEncoding) {
    this.#scanner = new OfxScanner(decodeChunks(source, encoding))
    this.#numbers = new OfxNumbers(() => voteOf(source, encoding))
    this.#securities = new OfxSecurities(source, encoding)
  }

  *read(): Generator<ParsedItem, void, void> {
    const scanner = this.#scanner
    let reported = 0
    for (let token = scanner.next(); token !== 'end'; token = scanner.next()) {
      if (scanner.position - reported >= PROGRESS_STEP) {
        reported = scanner.position
        yield { type: 'progress', bytes: reported }
      }
      if (token === 'open') yield* this.#open(scanner.name, scanner.text)
      else yield* this.#close(scanner.name)
    }
    yield* this.#finish()
  }

  *#open(name: string, text: string): Generator<ParsedItem, void, void> {
    if (name === 'STMTTRN' || name === 'STMTTRNP' || INVESTMENT_GROUPS.has(name)) {
      yield* this.#record(name)
      return
    }
    if (text !== '') {
      yield* this.#element(name, text)
      return
    }
    const group = STATEMENT_GROUPS.get(name)
    if (group !== undefined) {
      yield* this.#endStatement()
      this.#begin(group)
    } else if (name === 'OFX') {
      this.#rootOpened = true
      this.#rootClosed = false
    } else if (name === 'SONRS') this.#signOn(readRecord(this.#scanner))
    else if (name === 'STATUS') yield* this.#status(readRecord(this.#scanner))
    else if (name.endsWith('ACCTFROM')) {
      const account = readRecord(this.#scanner)
      if (this.#statement !== null) this.#statement.account ??= account
    } else if (name.endsWith('TRANLIST') || name === 'BANKTRANLISTP') {
      if (this.#statement !== null && !this.#scanner.selfClosed) this.#statement.openLists += 1
    } else if (POSITION_GROUPS.has(name)) yield* this.#position(readRecord(this.#scanner))
    else if (name === 'LEDGERBAL' || name === 'AVAILBAL' || name === 'BAL') {
      yield* this.#balance(readRecord(this.#scanner))
    } else if (SECURITY_GROUPS.has(name)) yield* this.#price(readRecord(this.#scanner))
    else if (name.startsWith('OO') && name.length > 2) yield* this.#openOrder(readRecord(this.#scanner))
    else this.#otherContent ??= OTHER_CONTENT.get(name)
  }

  *#element(name: string, text: string): Generator<ParsedItem, void, void> {
    const statement = this.#statement
    if (name === 'OFX') this.#rootOpened = true
    if (statement === null) return
    if (name === 'CURDEF') {
      statement.currency = statementCurrency(text)
      if (statement.currency === null) {
        const shown = text.slice(0, 20)
        yield finding('warning', 'bad-currency', `"${shown}" is not a currency: choose the account's.`, { text: shown })
      }
    } else if (name === 'DTSTART') statement.extend(parseOfxDate(text, this.#monthFirst)?.date ?? null, null)
    else if (name === 'DTEND') statement.extend(null, parseOfxDate(text, this.#monthFirst)?.date ?? null)
    else if (name === 'DTASOF' && statement.group === 'investment') {
      statement.asOf ??= parseOfxDate(text, this.#monthFirst)?.date ?? null
    } else if (name === 'AVAILCASH') yield* this.#availableCash(statement, text)
    else if (name === 'CREDITLIMIT') {
      const amount = this.#numbers.parse(text)
      if (amount !== null) {
        yield* this.#announce(statement)
        yield { type: 'balance', statement: statement.index, kind: 'limit', amount, on: statement.asOf }
      }
    }
  }

  *#close(name: string): Generator<ParsedItem, void, void> {
    if (STATEMENT_GROUPS.has(name)) yield* this.#endStatement()
    else if (name.endsWith('TRANLIST') || name === 'BANKTRANLISTP') {
      if (this.#statement !== null && this.#statement.openLists > 0) this.#statement.openLists -= 1
    } else if (name === 'OFX') {
      yield* this.#endStatement()
      this.#rootClosed = true
    }
  }

  #begin(group: StatementGroup): OfxStatement {
    this.#statement = new OfxStatement(this.#statements, group)
    this.#statements += 1
    return this.#statement
  }

  #signOn(record: OfxRecord): void {
    this.#institution = record.values.get('FI/ORG') ?? record.values.get('INTU.ORG') ?? record.values.get('FI/FID')
    this.#monthFirst = record.values.get('LANGUAGE')?.toUpperCase() === 'ENG'
    this.#fileTime = parseOfxDate(record.values.get('DTSERVER') ?? '')?.time
    this.#noteStatus(record.values.get('STATUS/SEVERITY'), record.values.get('STATUS/MESSAGE'), 'STATUS/CODE', record)
  }

  #noteStatus(severity: string | undefined, message: string | undefined, code: string, record: OfxRecord): boolean {
    if (severity?.toUpperCase() !== 'ERROR') return false
    this.#bankSays = (message ?? `error ${record.values.get(code) ?? ''}`).slice(0, 200).trim()
    return true
  }

  *#status(record: OfxRecord): Generator<ParsedItem, void, void> {
    if (!this.#noteStatus(record.values.get('SEVERITY'), record.values.get('MESSAGE'), 'CODE', record)) return
    const message = this.#bankSays ?? ''
    yield finding('warning', 'bad-record', `The bank answered for one account: ${message}`, { text: message })
  }

  *#announce(statement: OfxStatement): Generator<ParsedItem, void, void> {
    if (statement.announced) return
    statement.announced = true
    const account = statement.describe(this.#institution)
    yield { type: 'statement', statement: statement.index, account, currency: statement.currency }
    if (statement.currency === null) {
      yield finding(
        'warning',
        'currency-unknown',
        `The file does not say the currency of account ${account.number ?? ''}.`,
      )
    }
  }

  #context(statement: OfxStatement): OfxContext {
    return {
      numbers: this.#numbers,
      securities: this.#securities,
      currency: statement.currency,
      monthFirst: this.#monthFirst && statement.currency === 'USD',
      fileTime: this.#fileTime,
    }
  }

  *#record(name: string): Generator<ParsedItem, void, void> {
    const statement = this.#statement ?? this.#begin(INVESTMENT_GROUPS.has(name) ? 'investment' : 'bank')
    const record = readRecord(this.#scanner)
    this.#records += 1
    statement.records += 1
    const ordinal = this.#records
    if (record.values.has('INV401KSOURCE')) statement.retirement = true
    yield* this.#announce(statement)
    const context = this.#context(statement)
    const outcome: OfxOutcome = INVESTMENT_GROUPS.has(name)
      ? readInvestmentRecord(record, context)
      : readBankRecord(record, context)
    if (outcome.type === 'transaction') {
      yield { type: 'transaction', statement: statement.index, record: ordinal, transaction: outcome.transaction }
    } else {
      yield { type: outcome.type, record: ordinal, reason: outcome.reason }
    }
    if (record.unclosed) {
      const message = `The end of record ${ordinal}${labelOf(record)} is missing: check it.`
      yield finding('warning', 'unclosed-element', message, undefined, ordinal)
    }
    const { unconverted } = conversionOf(record, context)
    if (unconverted !== undefined && !this.#unconvertedTold) {
      this.#unconvertedTold = true
      const message = `Record ${ordinal} is in ${unconverted} and the file has no rate: its amount is kept as written.`
      yield finding('warning', 'bad-currency', message, { text: unconverted }, ordinal)
    }
  }

  *#openOrder(record: OfxRecord): Generator<ParsedItem, void, void> {
    this.#records += 1
    const message = `An order${labelOf(record)} that has not been carried out.`
    yield { type: 'skipped', record: this.#records, reason: { code: 'information-only', message } }
  }

  *#position(record: OfxRecord): Generator<ParsedItem, void, void> {
    const statement = this.#statement
    if (statement === null) return
    yield* this.#announce(statement)
    const result = readPosition(record, this.#context(statement), statement.asOf)
    if (isReason(result)) {
      yield finding('error', result.code, result.message, result.values)
      return
    }
    statement.notePosition(result)
    yield { type: 'position', statement: statement.index, position: result }
  }

  *#balance(record: OfxRecord): Generator<ParsedItem, void, void> {
    const statement = this.#statement
    if (statement === null) return
    const label = record.values.get('NAME') ?? ''
    const isLimit = /credit\s?(?:limit|line)|limite de cr/i.test(label) && !/avail|dispon/i.test(label)
    if (record.name === 'BAL' && !isLimit) return
    const text = record.values.get(record.name === 'BAL' ? 'VALUE' : 'BALAMT')
    yield* this.#announce(statement)
    if (text === undefined) {
      if (record.name !== 'BAL') yield finding('warning', 'missing-amount', 'A balance of the statement has no amount.')
      return
    }
    const amount = this.#numbers.parse(text)
    if (amount === null) {
      const shown = text.slice(0, 40)
      yield finding('warning', 'bad-amount', `The balance "${shown}" is no amount.`, { text: shown })
      return
    }
    const dated = record.values.get('DTASOF')
    const on = dated === undefined ? null : (parseOfxDate(dated, this.#monthFirst)?.date ?? null)
    const kind = record.name === 'LEDGERBAL' ? 'closing' : record.name === 'AVAILBAL' ? 'available' : 'limit'
    yield { type: 'balance', statement: statement.index, kind, amount, on }
  }

  /** The cash of an investment account, unless the same money is listed as a holding too. */
  *#availableCash(statement: OfxStatement, text: string): Generator<ParsedItem, void, void> {
    const amount = this.#numbers.parse(text)
    if (amount === null) return
    yield* this.#announce(statement)
    const on = statement.asOf
    yield { type: 'balance', statement: statement.index, kind: 'available', amount, on }
    const held = amount !== ZERO && statement.cashPositions.has(amount)
    yield { type: 'balance', statement: statement.index, kind: 'closing', amount: held ? ZERO : amount, on }
  }

  *#price(record: OfxRecord): Generator<ParsedItem, void, void> {
    const security = securityOf(record)
    const text = record.values.get('UNITPRICE')
    const dated = record.values.get('DTASOF')
    if (security === null || text === undefined || dated === undefined) return
    const price = this.#numbers.parse(text)
    const on = parseOfxDate(dated, this.#monthFirst)?.date
    if (price === null || price === ZERO || on === undefined) return
    this.#prices += 1
    yield { type: 'price', security, price, currency: symbolCurrency(record, 'CURRENCY'), on }
  }

  *#endStatement(): Generator<ParsedItem, void, void> {
    const statement = this.#statement
    if (statement === null) return
    yield* this.#announce(statement)
    if (statement.from !== null || statement.to !== null) {
      yield { type: 'period', statement: statement.index, from: statement.from, to: statement.to }
    }
    this.#statement = null
  }

  *#finish(): Generator<ParsedItem, void, void> {
    const rootOpen = this.#rootOpened && !this.#rootClosed
    if (this.#statement !== null && (rootOpen || this.#statement.openLists > 0)) {
      throw new ImportRejection('truncated', 'The file breaks off in the middle of a statement: download it again.')
    }
    yield* this.#endStatement()
    if (this.#statements === 0 && this.#prices === 0) throw this.#nothingFound(rootOpen)
    if (rootOpen) {
      const message = 'The end of the file (</OFX>) is missing: check that the last transactions are there.'
      yield finding('warning', 'unclosed-element', message)
    }
  }

  #nothingFound(rootOpen: boolean): ImportRejection {
    if (this.#bankSays !== undefined) {
      const message = `The file holds no statement, only the bank's answer: ${this.#bankSays}`
      return new ImportRejection('wrong-kind', message, { text: this.#bankSays })
    }
    if (this.#otherContent !== undefined) {
      const message = `This OFX file holds ${this.#otherContent}, not a statement: there is nothing to import.`
      return new ImportRejection('wrong-kind', message, { content: this.#otherContent })
    }
    if (rootOpen) return new ImportRejection('truncated', 'The OFX file breaks off before its first statement.')
    if (!this.#rootOpened) return new ImportRejection('wrong-kind', 'The file is no OFX: it has no statement in it.')
    return new ImportRejection('damaged', 'The file looks like OFX but holds no statement that can be read.')
  }
}

function finding(
  severity: Finding['severity'],
  code: FindingCode,
  message: string,
  values?: Finding['values'],
  record?: number,
): ParsedItem {
  return {
    type: 'finding',
    finding: {
      severity,
      code,
      message,
      ...(record === undefined ? {} : { record }),
      ...(values === undefined ? {} : { values }),
    },
  }
}

/** The decimal marks of all numbers of the file. */
function voteOf(source: ByteSource, encoding: DetectedEncoding): DecimalMarkVote {
  const vote = new DecimalMarkVote()
  const scanner = new OfxScanner(decodeChunks(source, encoding))
  for (let token = scanner.next(); token !== 'end'; token = scanner.next()) {
    if (token === 'open' && scanner.text !== '' && NUMBER_ELEMENTS.has(scanner.name)) vote.add(scanner.text)
  }
  return vote
}

/** OFX and QFX (and OFC's younger kin), versions 1.x in SGML and 2.x in XML. */
export const ofxImporter: Importer = {
  id: 'ofx',

  identify(head: FileHead): Identification {
    return ofxSignature(head.text)
  },

  *parse(source: ByteSource): Generator<ParsedItem, void, void> {
    if (source.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
    if (looksBinary(source.read(0, 4096))) {
      throw new ImportRejection('binary', 'The file is not text, so it is no OFX statement.')
    }
    const encoding = detectEncoding(source, declaredEncoding(source))
    if (encoding.by === 'guess') {
      const message = `The text is not in the encoding the file names: it was read as ${encoding.encoding}.`
      yield finding('info', 'encoding-guess', message, { encoding: encoding.encoding })
    }
    yield* new OfxReader(source, encoding).read()
  },
}
