import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { addDecimal, type Decimal, negateDecimal, signOfDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import { BookItems } from '../double-entry/book-items.ts'
import type { BookTransaction, Posting } from '../double-entry/book.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParseOptions,
  type ReasonCode,
} from '../importer.ts'
import { parseQifDate, type QifDateVerdict, QifDateVote } from '../qif/qif-date.ts'
import { parseQifNumber } from '../qif/qif-number.ts'
import { type DetectedEncoding, detectEncoding, looksBinary } from '../text/encoding.ts'
import { type DecimalMark, DecimalMarkVote } from '../text/number-text.ts'
import { IifAccounts } from './iif-accounts.ts'
import { isNonPosting } from './iif-conventions.ts'
import { type IifLine, readIifLines } from './iif-lines.ts'

const PROGRESS_STEP = 1 << 20

/** Keywords that IIF files begin with. */
const SIGNATURE =
  /^\s{0,200}!(?:HDR|ACCNT|TRNS|SPL|CUST|VEND|EMP|OTHERNAME|INVITEM|TIMERHDR|CLASS|BUD|CUSTITEM|CTYPE|VTYPE|TERMS|PAYMETH|SHIPMETH|INVMEMO|TODO)[\t,;]/i
/** A file with some other line before its headers. */
const INNER = /^!TRNS[\t,;]/im

/** More lines than any transaction has: its end is missing. */
const MOST_LINES = 20_000

interface Conventions {
  readonly order: QifDateVerdict['order']
  readonly mark: DecimalMark
  readonly currency: CurrencyCode | null
  readonly options: ParseOptions
}

interface Survey {
  readonly accounts: IifAccounts
  readonly dates: QifDateVerdict
  readonly mark: DecimalMark
  readonly transactions: number
  readonly lists: number
}

/** Reads the whole file once: which accounts are the household's own, and the order of day and month, need all of it. */
function survey(source: ByteSource, encoding: DetectedEncoding, options: ParseOptions): Survey {
  const accounts = new IifAccounts()
  const dates = new QifDateVote(options.today)
  const numbers = new DecimalMarkVote()
  let transactions = 0
  let lists = 0
  let type = ''
  for (const { keyword, cell } of readIifLines(source, encoding)) {
    if (keyword === 'TRNS' || keyword === 'SPL') {
      if (keyword === 'TRNS') {
        transactions += 1
        type = cell('TRNSTYPE')
        dates.add(cell('DATE'))
      }
      numbers.add(cell('AMOUNT'))
      accounts.use(cell('ACCNT'), type, keyword === 'TRNS', parseQifNumber(cell('AMOUNT'), '.'))
    } else if (keyword !== 'ENDTRNS') {
      lists += 1
      if (keyword === 'ACCNT') accounts.list(cell('NAME'), cell('ACCNTTYPE'), cell('HIDDEN').toUpperCase() === 'Y')
    }
  }
  return { accounts, dates: dates.verdict(), mark: numbers.verdict().mark, transactions, lists }
}

const failed = (record: number, code: ReasonCode, message: string, text?: string): ParsedItem => ({
  type: 'failed',
  record,
  reason: { code, message, ...(text === undefined ? {} : { values: { text } }) },
})

const leftOut = (record: number, message: string): ParsedItem => ({
  type: 'skipped',
  record,
  reason: { code: 'information-only', message },
})

const sumOf = (amounts: readonly Decimal[]): Decimal => amounts.reduce(addDecimal, ZERO)

/** The amounts of a transaction's lines; one that is left empty is what the others leave. */
function amountsOf(lines: readonly IifLine[], mark: DecimalMark): readonly Decimal[] | { readonly bad: string } {
  const read = lines.map(({ cell }) => {
    const text = cell('AMOUNT')
    return text === '' ? undefined : parseQifNumber(text, mark)
  })
  const bad = read.indexOf(null)
  if (bad >= 0) return { bad: lines[bad]?.cell('AMOUNT') ?? '' }
  const known = read.filter((amount) => amount !== undefined && amount !== null)
  if (known.length === read.length) return known
  if (known.length < read.length - 1 || known.length === 0) return { bad: '' }
  const rest = negateDecimal(sumOf(known))
  return read.map((amount) => amount ?? rest)
}

function postingOf({ cell }: IifLine, quantity: Decimal, payee: string, currency: CurrencyCode | null): Posting {
  const name = cell('NAME')
  const memo = [cell('MEMO'), name === payee ? '' : name].filter((part) => part !== '').join('; ')
  return {
    account: cell('ACCNT'),
    commodity: { type: 'currency', currency },
    quantity,
    value: quantity,
    ...(memo === '' ? {} : { memo }),
  }
}

/** A transaction's lines as one of the book, or why they are none. */
function transactionOf(lines: readonly IifLine[], conventions: Conventions): BookTransaction | ParsedItem {
  const [first] = lines
  if (first === undefined) return failed(0, 'bad-record', 'A transaction without lines.')
  const { cell, line: record } = first
  if (first.headless) return failed(record, 'bad-record', 'No "!TRNS" line has named the columns of this transaction.')
  if (isNonPosting(cell('TRNSTYPE'))) return leftOut(record, 'An estimate or order: it books nothing.')
  const text = cell('DATE')
  if (text === '') return failed(record, 'missing-date', 'The transaction has no date.')
  const date = parseQifDate(text, conventions.order, conventions.options.today)
  if (date === null) {
    const shown = text.slice(0, 40)
    return failed(record, 'bad-date', `"${shown}" is no day in this file's order of day and month.`, shown)
  }
  const amounts = amountsOf(lines, conventions.mark)
  if ('bad' in amounts) {
    const shown = amounts.bad.slice(0, 40)
    return shown === ''
      ? failed(record, 'missing-amount', `A line of the transaction of ${date} has no amount.`)
      : failed(record, 'bad-amount', `"${shown}" is no amount.`, shown)
  }
  const payee = cell('NAME')
  const memo = cell('MEMO')
  const number = cell('DOCNUM')
  const tags = [...new Set(lines.map((each) => each.cell('CLASS')).filter((name) => name !== ''))]
  return {
    record,
    date,
    currency: conventions.currency,
    postings: lines.map((each, index) => postingOf(each, amounts[index] ?? ZERO, payee, conventions.currency)),
    ...(payee === '' ? {} : { payee }),
    ...(memo === '' ? {} : { memo }),
    ...(number === '' ? {} : { checkNumber: number }),
    ...(tags.length === 0 ? {} : { tags }),
  }
}

/** Reads the transactions of one file, block by block. */
class IifReader {
  readonly #items: BookItems
  readonly #conventions: Conventions
  #lines: IifLine[] = []
  #flooded = false

  constructor(items: BookItems, conventions: Conventions) {
    this.#items = items
    this.#conventions = conventions
  }

  *take(line: IifLine): Generator<ParsedItem, void, void> {
    switch (line.keyword) {
      case 'TRNS':
        yield* this.end(false)
        this.#lines.push(line)
        break
      case 'SPL':
        if (this.#lines.length === 0) {
          yield failed(line.line, 'bad-record', 'A line of a transaction ("SPL") stands outside of one.')
        } else if (this.#lines.length < MOST_LINES) this.#lines.push(line)
        else this.#flooded = true
        break
      case 'ENDTRNS':
        yield* this.end(true)
        break
      case 'HDR':
        break
      default:
        yield leftOut(line.line, `An entry of the list "${line.keyword}".`)
    }
  }

  /** Ends the transaction under way, if any; without its own end it counts only where its lines add up. */
  *end(isEnded: boolean): Generator<ParsedItem, void, void> {
    const lines = this.#lines
    const [first] = lines
    const flooded = this.#flooded
    this.#lines = []
    this.#flooded = false
    if (first === undefined) return
    if (flooded) {
      yield failed(first.line, 'bad-record', 'A transaction has more lines than any: its end is missing.')
      return
    }
    const read = transactionOf(lines, this.#conventions)
    if ('type' in read) {
      yield read
      return
    }
    const open = sumOf(read.postings.map(({ quantity }) => quantity))
    if (signOfDecimal(open) !== 0 && !isEnded) {
      const message = 'A transaction breaks off before its end ("ENDTRNS"): what is left of it was not taken.'
      yield failed(read.record, 'bad-record', message)
      return
    }
    yield* this.#items.take(read)
    if (signOfDecimal(open) === 0) return
    const message = `The lines of the transaction of ${read.date} leave ${open} open: a part without category was added.`
    const values = { date: read.date, missing: open }
    const finding = { severity: 'warning', code: 'balance-mismatch', message, record: read.record, values } as const
    yield { type: 'finding', finding }
  }
}

/** QuickBooks' IIF: transactions with their splits; lists tell what the accounts are and are otherwise left out. */
export const iifImporter: Importer = {
  id: 'iif',

  identify(head: FileHead): Identification {
    if (SIGNATURE.test(head.text)) return 'yes'
    return INNER.test(head.text) ? 'likely' : 'no'
  },

  *parse(source: ByteSource, options: ParseOptions): Generator<ParsedItem, void, void> {
    if (source.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
    if (looksBinary(source.read(0, 4096))) {
      throw new ImportRejection('binary', 'The file is not text, so it is no IIF file.')
    }
    const encoding = detectEncoding(source)
    const found = survey(source, encoding, options)
    if (found.transactions === 0 && found.lists === 0) {
      throw new ImportRejection('wrong-kind', 'The file is no IIF file: it has neither a transaction nor a list.')
    }
    if (encoding.by === 'guess') {
      const message = `The text was read as ${encoding.encoding}.`
      yield { type: 'finding', finding: { severity: 'info', code: 'encoding-guess', message } }
    }
    const { dates } = found
    if (options.layout === undefined && dates.certainty !== 'sure') {
      const chosen = dates.order === 'dmy' ? 'day first' : 'month first'
      const message =
        dates.certainty === 'mixed'
          ? `Some dates can only be read with the day first, others only with the month first: read with the ${chosen}.`
          : `Dates such as "${dates.example ?? ''}" could have the day or the month first: read with the ${chosen}.`
      const values = { order: dates.order, example: dates.example ?? '' }
      yield { type: 'finding', finding: { severity: 'warning', code: 'ambiguous-date-order', message, values } }
    }
    const currency = options.layout?.currency ?? null
    const reader = new IifReader(new BookItems(found.accounts.chart()), {
      order: options.layout?.dateOrder ?? dates.order,
      mark: options.layout?.decimalMark ?? found.mark,
      currency: currency !== null && isCurrencyCode(currency) ? currency : null,
      options,
    })
    let told = 0
    for (const line of readIifLines(source, encoding)) {
      yield* reader.take(line)
      if (line.position - told < PROGRESS_STEP) continue
      told = line.position
      yield { type: 'progress', bytes: told }
    }
    yield* reader.end(false)
  },
}
