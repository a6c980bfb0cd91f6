import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  type AccountKindHint,
  type ByteSource,
  type FileHead,
  type Finding,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParseOptions,
  type ReasonCode,
} from '../importer.ts'
import { readLines } from '../text/decode.ts'
import { detectEncoding, looksBinary } from '../text/encoding.ts'
import { isOpening, readBankRecord } from './bank-record.ts'
import { readCategory } from './category-text.ts'
import { isInvestmentAction, readInvestmentRecord } from './investment-record.ts'
import { readPrice } from './price-record.ts'
import { type QifAccount, QifStatements, readAccount } from './qif-accounts.ts'
import type { QifConventions } from './qif-context.ts'
import { fieldOf, type QifField, type QifPart, readQifParts } from './qif-records.ts'
import { looksLikeTransaction, type QifSection, sectionOf } from './qif-sections.ts'
import { ShareSplits } from './share-splits.ts'
import { type QifSurvey, surveyQif } from './qif-survey.ts'

const PROGRESS_STEP = 1 << 20

const HEADER = /^\s{0,20}!(?:type|account|option|clear)/im
/** Lines that only a QIF record has: a date, an amount and the end, each on its own. */
const RECORD_LINES = [/^D\s?\d{1,4}[-/.' ]/m, /^[TU]\s?[-+]?[\d.,']{1,30}[ \t]{0,9}$/m, /^\^[ \t]{0,9}$/m]

type RecordPart = Extract<QifPart, { type: 'record' }>

function finding(severity: Finding['severity'], code: Finding['code'], message: string): ParsedItem {
  return { type: 'finding', finding: { severity, code, message } }
}

const failure = (record: number, code: ReasonCode, message: string): ParsedItem => ({
  type: 'failed',
  record,
  reason: { code, message },
})

const information = (record: number, message: string): ParsedItem => ({
  type: 'skipped',
  record,
  reason: { code: 'information-only', message },
})

/** A category of the program's own list, by its full name: "I" marks one of income, "E" (or nothing) one of expense. */
function* listedCategory(fields: readonly QifField[]): Generator<ParsedItem, void, void> {
  const path = (fieldOf(fields, 'N') ?? '').trim()
  if (path === '' || path.startsWith('_') || path.startsWith('[')) return
  yield { type: 'category', path, kind: fields.some(({ code }) => code === 'I') ? 'income' : 'expense' }
}

/** Reads one file: keeps which section and account the records belong to and turns them into items. */
class QifReader {
  readonly #conventions: QifConventions
  readonly #statements = new QifStatements()
  #section: QifSection
  #account: QifAccount = {}
  #accountsInBlock = 0
  /** The account's name was taken from its opening balance, not from an account record. */
  #inferred = false
  /** The section that has used the account: an account record is good for one section. */
  readonly #splits = new ShareSplits()
  #usedBy: string | null = null
  /** Line of the account record while nothing has used it; 0 where there is none. */
  #accountLine = 0

  constructor(conventions: QifConventions, section: QifSection) {
    this.#conventions = conventions
    this.#section = section
  }

  header(header: string): void {
    if (header.startsWith('clear:') && header.includes('autoswitch')) {
      // the list of all accounts is over: none of them is the one that follows
      if (this.#accountsInBlock > 1) this.#setAccount({})
      this.#accountsInBlock = 0
      return
    }
    const section = sectionOf(header)
    if (section === null) return
    if (section.type === 'account') this.#accountsInBlock = 0
    if (section.type === 'transactions' || section.type === 'investments' || section.type === 'unknown') {
      const usedByOther = this.#usedBy !== null && this.#usedBy !== section.label
      if (this.#inferred || usedByOther) this.#setAccount({})
    }
    this.#section = section
  }

  /** Accounts for an account record that no transactions followed. */
  *unused(): Generator<ParsedItem, void, void> {
    if (this.#accountLine > 0) yield information(this.#accountLine, 'An account of the list, without transactions.')
    this.#accountLine = 0
  }

  #setAccount(account: QifAccount): void {
    this.#account = account
    this.#inferred = false
    this.#usedBy = null
  }

  *record(part: RecordPart): Generator<ParsedItem, void, void> {
    const section = this.#section
    const { fields, line } = part
    switch (section.type) {
      case 'account':
        yield* this.unused()
        this.#setAccount(readAccount(fields, this.#conventions))
        this.#accountLine = line
        this.#accountsInBlock += 1
        return
      case 'securities':
        yield information(line, 'A security of the list of securities.')
        return
      case 'prices':
        yield* this.#prices(fields, line)
        return
      case 'list':
        if (section.label === 'cat' || section.label === 'category') yield* listedCategory(fields)
        yield information(line, `An entry of the list "${section.label}".`)
        return
      case 'unknown':
        if (looksLikeTransaction(fields)) yield* this.#transaction(part, undefined, section.label, false)
        else yield information(line, `An entry of the unknown kind "${section.label}".`)
        return
      case 'transactions':
        yield* this.#transaction(part, section.kind, section.label, false)
        return
      case 'investments':
        yield* this.#transaction(part, section.kind, section.label, true)
        return
      default:
        section satisfies never
    }
  }

  *#prices(fields: readonly QifField[], line: number): Generator<ParsedItem, void, void> {
    for (const { code, value } of fields) {
      const price = readPrice(code + value, this.#conventions)
      if (price === null) yield failure(line, 'bad-record', 'A line of the price list cannot be read.')
      else yield price
    }
  }

  *#transaction(
    part: RecordPart,
    kind: AccountKindHint | undefined,
    label: string,
    invested: boolean,
  ): Generator<ParsedItem, void, void> {
    const { fields, line, state } = part
    if (state === 'flooded') {
      yield failure(line, 'bad-record', 'A record is longer than any transaction: its end is missing.')
      return
    }
    if (state === 'torn') {
      yield failure(line, 'bad-record', 'A record breaks off before its end ("^"): what is left of it was not taken.')
      return
    }
    if (this.#account.name === undefined) {
      // without an account record, only the opening balance names the account
      const own = isOpening(fields) ? readCategory(fieldOf(fields, 'L')).transferAccount : undefined
      if (own !== undefined) {
        this.#account = { ...this.#account, name: own }
        this.#inferred = true
      }
    }
    this.#usedBy ??= label
    this.#accountLine = 0
    const { statement, items } = this.#statements.take(this.#account, kind, label, this.#conventions)
    yield* items
    const action = fieldOf(fields, 'N')
    const trade = invested || (fieldOf(fields, 'Y') !== undefined && isInvestmentAction(action))
    const outcome = trade
      ? readInvestmentRecord(fields, statement.name, this.#conventions)
      : readBankRecord(fields, statement.name, this.#conventions)
    if (outcome.type !== 'transaction') {
      yield { type: outcome.type, record: line, reason: outcome.reason }
      return
    }
    const { splitRatio = null } = outcome
    const { transaction, finding: splitFinding } = this.#splits.follow(statement.index, outcome.transaction, splitRatio)
    yield { type: 'transaction', statement: statement.index, record: line, transaction }
    if (splitFinding !== undefined) yield { type: 'finding', finding: { ...splitFinding, record: line } }
    if (outcome.finding !== undefined) yield { type: 'finding', finding: { ...outcome.finding, record: line } }
  }
}

/** What the survey could not settle, for the preview to ask. */
function* doubts(survey: QifSurvey, options: ParseOptions): Generator<ParsedItem, void, void> {
  const { dates, numbers } = survey
  if (options.layout === undefined && dates.certainty !== 'sure') {
    const chosen = dates.order === 'dmy' ? 'day first' : 'month first'
    const message =
      dates.certainty === 'mixed'
        ? `Some dates can only be read with the day first, others only with the month first: read with the ${chosen}.`
        : `Dates such as "${dates.example ?? ''}" could have the day or the month first: read with the ${chosen}.`
    const values = { order: dates.order, example: dates.example ?? '' }
    yield { type: 'finding', finding: { severity: 'warning', code: 'ambiguous-date-order', message, values } }
  }
  if (options.layout === undefined && !numbers.sure && numbers.ambiguous > 0) {
    const message = `Amounts could have a point or a comma before the cents: read with "${numbers.mark}".`
    const values = { mark: numbers.mark }
    yield { type: 'finding', finding: { severity: 'warning', code: 'ambiguous-decimal-mark', message, values } }
  }
}

/** QIF: all account types, splits, transfers, investments, lists; with or without account records. */
export const qifImporter: Importer = {
  id: 'qif',

  identify(head: FileHead): Identification {
    const beginning = head.text.slice(0, 16_384)
    const unified = beginning.replaceAll(/\r\n?/g, '\n')
    if (HEADER.test(unified)) return beginning.trimStart().startsWith('!') ? 'yes' : 'likely'
    return RECORD_LINES.every((pattern) => pattern.test(unified)) ? 'likely' : 'no'
  },

  *parse(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
    if (source.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
    if (looksBinary(source.read(0, 4096))) {
      throw new ImportRejection('binary', 'The file is not text, so it is no QIF file.')
    }
    const encoding = detectEncoding(source)
    const survey = surveyQif(source, encoding, options)
    if (survey.sections === 0 && survey.transactions === 0) {
      throw new ImportRejection(
        'wrong-kind',
        'The file is no QIF file: it has neither a "!Type" line nor a transaction.',
      )
    }
    if (encoding.by === 'guess') {
      yield finding('info', 'encoding-guess', `The text was read as ${encoding.encoding}.`)
    }
    yield* doubts(survey, options)
    const currency = options.layout?.currency ?? null
    const reader = new QifReader(
      {
        order: options.layout?.dateOrder ?? survey.dates.order,
        mark: options.layout?.decimalMark ?? survey.numbers.mark,
        today: options.today,
        securities: survey.securities,
        currency: currency !== null && isCurrencyCode(currency) ? currency : null,
      },
      { type: 'unknown', label: 'bank' },
    )
    let reported = 0
    for (const part of readQifParts(readLines(source, encoding))) {
      if (part.type === 'header') {
        reader.header(part.header)
        continue
      }
      if (part.position - reported >= PROGRESS_STEP) {
        reported = part.position
        yield { type: 'progress', bytes: reported }
      }
      yield* reader.record(part)
    }
    yield* reader.unused()
  },
}
