import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { signOfDecimal, tryParseDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  type ByteSource,
  type FileHead,
  type Finding,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParsedTransaction,
  type ParseOptions,
} from '../importer.ts'
import { inMajorUnits, quotedCurrency } from '../text/quoted-currency.ts'
import { attributesOf, XmlFile } from '../text/xml-file.ts'
import { attempt, type FlexContext, type FlexOutcome, skipped } from './flex-context.ts'
import { readCashTransaction, readSalesTax } from './flex-cash.ts'
import { actionKey, exchangesContracts, readCorporateAction, readTransfer } from './flex-corporate-action.ts'
import { parseFlexMoment } from './flex-date.ts'
import { FlexElement, FlexFault } from './flex-element.ts'
import { FlexPositions } from './flex-position.ts'
import {
  FlexLevels,
  type FlexSection,
  type FlexSurvey,
  isOverAccounts,
  levelOf,
  sectionOf,
  surveyFlex,
} from './flex-survey.ts'
import { readTrade } from './flex-trade.ts'

const PROGRESS_EVERY = 500
const MOST_ACTIONS = 100_000

/** Records of kinds that move money or units but of which too little is known to book them: named, never dropped. */
const UNSUPPORTED: ReadonlySet<string> = new Set(['TradeTransfer', 'DebitCardActivity', 'BillPay'])

const BROKER = 'Interactive Brokers'

interface Waiting {
  readonly record: number
  readonly element: FlexElement
}

/** One `FlexStatement`: an account over a period. Each currency of it is a statement of its own under its number. */
interface FlexAccount {
  readonly number: string | undefined
  readonly name: string | undefined
  readonly from: IsoDate | null
  readonly to: IsoDate | null
  readonly levels: FlexLevels
  readonly positions: FlexPositions
  readonly actions: Waiting[]
  readonly statements: Map<string, number>
}

class FlexReader {
  readonly #file: XmlFile
  readonly #survey: FlexSurvey
  readonly #context: FlexContext
  #account: FlexAccount | null = null
  #alias: string | undefined
  #accounts = 0
  #statements = 0
  #records = 0
  #announced: number | null = null

  constructor(source: ByteSource, thisYear: number) {
    this.#file = new XmlFile(source)
    this.#survey = surveyFlex(this.#file, thisYear)
    const { dates, securities, undone } = this.#survey
    this.#context = { dates, securities, undone }
  }

  *read(): Generator<ParsedItem, void, void> {
    let elements = 0
    for (const { kind, name, attributes } of this.#file.events()) {
      if (kind === 'open') yield* this.#open(name, attributesOf(attributes))
      else if (kind === 'close' && name === 'CorporateActions') yield* this.#corporateActions()
      else if (kind === 'close' && name === 'FlexStatement') yield* this.#end()
      elements += 1
      if (elements % PROGRESS_EVERY === 0) yield { type: 'progress', bytes: this.#file.position }
    }
    yield* this.#end()
    if (this.#accounts === 0) {
      throw new ImportRejection('no-transactions-table', 'This Flex query holds no statement of an account.')
    }
    yield* this.#checks()
  }

  *#open(name: string, attributes: ReadonlyMap<string, string>): Generator<ParsedItem, void, void> {
    const element = new FlexElement(name, attributes)
    switch (name) {
      case 'FlexStatements': {
        const count = Number(element.text('count') ?? 'NaN')
        this.#announced = Number.isSafeInteger(count) ? count : null
        break
      }
      case 'FlexStatement':
        yield* this.#end()
        this.#begin(element)
        break
      case 'AccountInformation':
        this.#alias = element.text('acctAlias')
        break
      case 'ConversionRate':
        yield* this.#rate(element)
        break
      case 'CashReportCurrency':
        yield* this.#balances(element)
        break
      case 'SalesTax':
        if (element.text('salesTax') !== undefined)
          yield* this.#record(element, (each) => readSalesTax(each, this.#context))
        break
      default:
        yield* this.#section(element, sectionOf(name), isOverAccounts(attributes))
    }
  }

  #begin(element: FlexElement): void {
    const day = (name: string): IsoDate | null =>
      parseFlexMoment(element.text(name) ?? '', this.#context.dates)?.date ?? null
    this.#account = {
      number: element.text('accountId'),
      name: element.text('acctAlias'),
      from: day('fromDate'),
      to: day('toDate'),
      levels: this.#survey.levels[this.#accounts] ?? new FlexLevels(),
      positions: new FlexPositions(),
      actions: [],
      statements: new Map(),
    }
    this.#alias = undefined
    this.#accounts += 1
  }

  *#section(
    element: FlexElement,
    section: FlexSection | undefined,
    overAccounts: boolean,
  ): Generator<ParsedItem, void, void> {
    const account = this.#account
    if (account === null) return
    if (section === undefined) {
      if (!UNSUPPORTED.has(element.name)) return
      const message = `The ${element.label()} is of a kind that is not read yet: check it by hand.`
      yield* this.#record(element, () => skipped('unsupported-record', message))
      return
    }
    const isFinest = account.levels.isFinest(section, levelOf(element), overAccounts)
    if (section === 'positions') {
      if (isFinest) yield* this.#position(account, element)
    } else if (!isFinest) {
      yield* this.#record(element, () => skipped('information-only', `The ${element.label()} sums up other records.`))
    } else if (section === 'corporate-actions') {
      this.#records += 1
      account.actions.push({ record: this.#records, element })
      if (account.actions.length > MOST_ACTIONS) yield* this.#corporateActions()
    } else {
      const read = section === 'trades' ? readTrade : section === 'cash' ? readCashTransaction : readTransfer
      yield* this.#record(element, (each) => read(each, this.#context))
    }
  }

  *#record(element: FlexElement, read: (element: FlexElement) => FlexOutcome): Generator<ParsedItem, void, void> {
    this.#records += 1
    yield* this.#give(this.#records, element, attempt(element, read))
  }

  *#give(record: number, element: FlexElement, outcome: FlexOutcome): Generator<ParsedItem, void, void> {
    if (outcome.type !== 'booked') {
      yield { type: outcome.type, record, reason: outcome.reason }
      return
    }
    const { main, legs } = outcome
    const statement = yield* this.#statementOf(main.currency, element)
    if (legs.length === 0) {
      yield { type: 'transaction', statement, record, transaction: main.transaction }
      return
    }
    const others = []
    for (const { currency, transaction } of legs) {
      others.push({ statement: yield* this.#statementOf(currency, element), transaction: this.#named(transaction) })
    }
    yield { type: 'transaction', statement, record, transaction: this.#named(main.transaction), side: 'main' }
    for (const other of others) yield { type: 'transaction', record, side: 'counterpart', ...other }
  }

  /** A conversion says which currency its other side is in: here, that is another account. */
  #named(transaction: ParsedTransaction): ParsedTransaction {
    const currency = transaction.transferAccount
    return currency === undefined ? transaction : { ...transaction, transferAccount: this.#nameOf(currency) }
  }

  #nameOf(currency: string): string {
    const alias = this.#alias ?? this.#account?.name
    return `${alias === undefined || alias === this.#account?.number ? BROKER : alias} ${currency}`
  }

  /** The statement of one currency of an account, announced when it is first met. */
  *#statementOf(currency: string, element: FlexElement): Generator<ParsedItem, number, void> {
    const account = this.#account
    // a consolidated statement names its accounts only in its rows
    const number =
      account?.number === undefined || /[,;]/.test(account.number) ? element.text('accountId') : account.number
    const key = `${number ?? ''}|${currency}`
    const known = account?.statements.get(key)
    if (known !== undefined) return known
    this.#statements += 1
    account?.statements.set(key, this.#statements)
    yield {
      type: 'statement',
      statement: this.#statements,
      account: {
        ...(number === undefined ? {} : { number }),
        name: this.#nameOf(currency),
        institution: BROKER,
        kind: 'brokerage',
      },
      currency: isCurrencyCode(currency) ? currency : null,
    }
    if (account !== null && (account.from !== null || account.to !== null)) {
      yield { type: 'period', statement: this.#statements, from: account.from, to: account.to }
    }
    return this.#statements
  }

  *#corporateActions(): Generator<ParsedItem, void, void> {
    const waiting = this.#account?.actions.splice(0) ?? []
    const rows = new Map<string, FlexElement[]>()
    for (const { element } of waiting) {
      const key = actionKey(element)
      const of = rows.get(key)
      if (of === undefined) rows.set(key, [element])
      else of.push(element)
    }
    const exchanges = new Set([...rows].filter(([, all]) => exchangesContracts(all)).map(([key]) => key))
    for (const { record, element } of waiting) {
      const isExchange = exchanges.has(actionKey(element))
      const outcome = attempt(element, (each) => readCorporateAction(each, this.#context, isExchange))
      yield* this.#give(record, element, outcome)
    }
  }

  *#position(account: FlexAccount, element: FlexElement): Generator<ParsedItem, void, void> {
    try {
      account.positions.add(element, this.#context, account.to)
    } catch (error) {
      if (!(error instanceof FlexFault)) throw error
      const { code, message, values } = error.reason
      yield finding('warning', code, message, values)
    }
  }

  /** A currency's cash at both ends of the period. The sum over currencies, in the base currency, is no account's. */
  *#balances(element: FlexElement): Generator<ParsedItem, void, void> {
    const account = this.#account
    const quoted = quotedCurrency(element.text('currency') ?? '')
    if (account === null || quoted === null) return
    const balance = (name: string): typeof ZERO | null => tryParseDecimal(element.text(name) ?? '')
    const opening = balance('startingCash')
    const closing = balance('endingCash')
    const isEmpty = (opening ?? ZERO) === ZERO && (closing ?? ZERO) === ZERO
    if (isEmpty && !account.statements.has(`${account.number ?? ''}|${quoted.currency}`)) return
    const statement = yield* this.#statementOf(quoted.currency, element)
    if (opening !== null) {
      yield { type: 'balance', statement, kind: 'opening', amount: inMajorUnits(opening, quoted), on: account.from }
    }
    if (closing !== null) {
      yield { type: 'balance', statement, kind: 'closing', amount: inMajorUnits(closing, quoted), on: account.to }
    }
  }

  /** `rate` units of `toCurrency` for one of `fromCurrency`; −1 where the broker has none. */
  *#rate(element: FlexElement): Generator<ParsedItem, void, void> {
    const base = element.text('fromCurrency') ?? ''
    const quote = element.text('toCurrency') ?? ''
    const rate = tryParseDecimal(element.text('rate') ?? '')
    const on = parseFlexMoment(element.text('reportDate') ?? '', this.#context.dates)?.date
    if (!isCurrencyCode(base) || !isCurrencyCode(quote) || base === quote || rate === null || on === undefined) return
    if (signOfDecimal(rate) > 0) yield { type: 'exchange-rate', base, quote, rate, on }
  }

  *#end(): Generator<ParsedItem, void, void> {
    const account = this.#account
    if (account === null) return
    yield* this.#corporateActions()
    for (const { currency, position } of account.positions) {
      const statement = yield* this.#statementOf(currency, new FlexElement('', new Map()))
      yield { type: 'position', statement, position }
    }
    this.#account = null
  }

  *#checks(): Generator<ParsedItem, void, void> {
    const { isWhole, isDateOrderDoubtful } = this.#survey
    if (!isWhole) {
      yield finding(
        'warning',
        'unclosed-element',
        'The end of the file is missing: check its last records, or download it again.',
      )
    }
    if (this.#announced !== null && this.#announced > this.#accounts) {
      const message = `The file announces ${this.#announced} statements and holds ${this.#accounts}.`
      yield finding('warning', 'count-mismatch', message, { stated: this.#announced, count: this.#accounts })
    }
    if (isDateOrderDoubtful) {
      yield finding(
        'warning',
        'ambiguous-date-order',
        'Days and months of the dates may be the other way round: month first was taken.',
      )
    }
  }
}

function finding(
  severity: Finding['severity'],
  code: Finding['code'],
  message: string,
  values?: Finding['values'],
): ParsedItem {
  return { type: 'finding', finding: { severity, code, message, ...(values === undefined ? {} : { values }) } }
}

/**
 * Interactive Brokers' Flex queries as XML: activity statements and trade confirmations, of one or several accounts.
 * https://www.ibkrguides.com/reportingreference/reportguide/activity%20flex%20query%20reference.htm
 */
export const flexImporter: Importer = {
  id: 'ibkr-flex',

  identify({ text }: FileHead): Identification {
    if (!/^\s*</.test(text.slice(0, 1000))) return 'no'
    return /<(?:FlexQueryResponse|FlexStatementResponse)[\s>]/.test(text.slice(0, 16_384)) ? 'yes' : 'no'
  },

  *parse(source: ByteSource, { today }: ParseOptions): Generator<ParsedItem, void, void> {
    const head = new TextDecoder().decode(source.read(0, 16_384))
    if (head.includes('<FlexStatementResponse')) {
      const told = /<ErrorMessage>([^<]{1,200})</.exec(head)?.[1]
      const message = `This is the broker's answer to a request, not a statement${told === undefined ? '' : `: "${told}"`}. Run the Flex query again and save its result.`
      throw new ImportRejection('wrong-kind', message, { content: 'FlexStatementResponse' })
    }
    yield* new FlexReader(source, Number(today.slice(0, 4))).read()
  },
}
