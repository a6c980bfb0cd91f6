import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { type Decimal, signOfDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import { addDays, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { specificKindSchema } from '../account-kinds.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
} from '../importer.ts'
import { createDelimitedReader } from '../table/delimited-reader.ts'
import type { TableRow } from '../table/table-reader.ts'
import { detectEncoding } from '../text/encoding.ts'
import { isUnreadableNumber, npsDateOf, npsNumberOf, type SchemeColumns, schemesOf } from './scheme-columns.ts'

/**
 * The yearly statement of India's National Pension System (NPS), as CSV: units of each scheme that came and went, with
 * their price (NAV), and what is held at the end. Contributions buy units on the day that they are invested, so that no
 * money lies on the account: each row of units is a move of securities at its price, and the table of contributions,
 * which tells of the same money, is named and left out.
 */

const TITLE = /NPS Transaction Statement/i
const TIER = /NPS Transaction Statement for (Tier \w+) Account/i
const INR = 'INR' as CurrencyCode
const KIND = specificKindSchema.parse('nps-in')

type Part = 'head' | 'summary' | 'contributions' | 'units'

interface Holding {
  readonly name: string
  units: Decimal | null
  price: Decimal | null
  value: Decimal | null
}

class StatementReader {
  #part: Part = 'head'
  #schemes: readonly SchemeColumns[] = []
  #number: string | undefined
  #tier = ''
  #isOpen = false
  #asOf: IsoDate | null = null
  readonly #holdings: Holding[] = []

  #head(first: string, second: string): void {
    if (/^PRAN$/i.test(first)) this.#number = second.replace(/^'/, '')
    this.#tier = TIER.exec(first)?.[1] ?? this.#tier
  }

  *row({ record, cells }: TableRow): Generator<ParsedItem> {
    const [first = '', second = ''] = cells.map((cell) => cell.trim())
    if (this.#begins(first, second, cells)) return
    if (this.#part === 'head') this.#head(first, second)
    else if (this.#part === 'summary') this.#summary(first, cells)
    else {
      const on = npsDateOf(first)
      if (on !== null) yield* this.#part === 'units' ? this.#units(record, on, cells) : leftOut(record, second)
      else if (/^\d/.test(first)) {
        const message = `"${first}" is no day.`
        yield { type: 'failed', record, reason: { code: 'bad-date', message, values: { text: first } } }
      }
    }
  }

  /** What is held at the end, by the summary of the schemes. */
  *end(): Generator<ParsedItem> {
    if (!this.#isOpen) {
      const message = 'The statement has no table of units. Nothing was imported.'
      throw new ImportRejection('no-transactions-table', message)
    }
    const on = this.#asOf
    if (on === null) return
    for (const { name, units, price, value } of this.#holdings) {
      if (units === null) continue
      const position = {
        security: securityOf(name),
        quantity: units,
        ...(price === null ? {} : { price }),
        ...(value === null ? {} : { value }),
        on,
      }
      yield { type: 'position', statement: 0, position }
    }
  }

  /** Whether the row begins a part of the statement. */
  #begins(first: string, second: string, cells: readonly string[]): boolean {
    if (/^Particulars$/i.test(first) && /^References$/i.test(second)) {
      this.#part = 'summary'
      const names = cells.slice(2).map((cell) => cell.trim())
      this.#holdings.push(
        ...names.flatMap((name) => (name === '' ? [] : [{ name, units: null, price: null, value: null }])),
      )
      return true
    }
    if (!/^Date$/i.test(first)) return /^(?:Contribution\/Redemption|Transaction) Details/i.test(first)
    this.#schemes = schemesOf(cells)
    this.#part = this.#schemes.length > 0 ? 'units' : 'contributions'
    return true
  }

  #summary(first: string, cells: readonly string[]): void {
    const numbers = cells.slice(2).map(npsNumberOf)
    const day = /^NAV as on (\S+)/i.exec(first)?.[1]
    if (day !== undefined) this.#asOf = npsDateOf(day)
    for (const [index, holding] of this.#holdings.entries()) {
      const number = numbers[index] ?? null
      if (day !== undefined) holding.price = number
      else if (/^Total Units/i.test(first)) holding.units = number
      else if (/^Scheme wise Value/i.test(first)) holding.value = number
    }
  }

  *#units(record: number, on: IsoDate, cells: readonly string[]): Generator<ParsedItem> {
    yield* this.#announce()
    const text = (cells[1] ?? '').trim()
    if (/^(?:opening|closing) balance$/i.test(text)) {
      const message = 'The row states what is held, no transaction.'
      yield { type: 'skipped', record, reason: { code: 'balance-row', message } }
      // the opening is held before anything of its day
      if (/^opening/i.test(text)) yield* this.#opening(addDays(on, -1), cells)
      return
    }
    const figures = this.#schemes.flatMap(({ nav, units }) => [cells[units] ?? '', cells[nav] ?? ''])
    const unreadable = figures.find(isUnreadableNumber)
    if (unreadable !== undefined) {
      const message = `"${unreadable}" is no number.`
      yield { type: 'failed', record, reason: { code: 'bad-amount', message, values: { text: unreadable } } }
      return
    }
    const moved = this.#schemes.flatMap(({ name, nav, units }) => {
      const quantity = npsNumberOf(cells[units] ?? '')
      const price = npsNumberOf(cells[nav] ?? '')
      return quantity === null || signOfDecimal(quantity) === 0 ? [] : [{ name, quantity, price }]
    })
    if (moved.length === 0) {
      yield { type: 'skipped', record, reason: { code: 'zero-amount', message: 'The row moves no units.' } }
      return
    }
    for (const [index, { name, quantity, price }] of moved.entries()) {
      yield {
        type: 'transaction',
        statement: 0,
        record,
        transaction: {
          date: on,
          amount: ZERO,
          kind: signOfDecimal(quantity) < 0 ? 'security-out' : 'security-in',
          memo: text,
          security: securityOf(name),
          quantity,
          ...(price === null ? {} : { price }),
        },
        ...(moved.length === 1 ? {} : { side: index === 0 ? ('main' as const) : ('counterpart' as const) }),
      }
    }
  }

  *#opening(on: IsoDate, cells: readonly string[]): Generator<ParsedItem> {
    for (const { name, units } of this.#schemes) {
      const quantity = npsNumberOf(cells[units] ?? '')
      if (quantity === null || signOfDecimal(quantity) === 0) continue
      yield { type: 'position', statement: 0, position: { security: securityOf(name), quantity, on } }
    }
  }

  *#announce(): Generator<ParsedItem> {
    if (this.#isOpen) return
    this.#isOpen = true
    // both tiers of a person have one number
    const number = this.#number === undefined ? {} : { number: [this.#number, this.#tier].join(' ').trim() }
    const account = { ...number, name: ['NPS', this.#tier].join(' ').trim(), kind: KIND }
    yield { type: 'statement', statement: 0, account, currency: INR }
  }
}

const securityOf = (name: string) => ({ name, class: 'fund' as const })

function* leftOut(record: number, text: string): Generator<ParsedItem> {
  const message = `${text}: a contribution. The units that it bought are taken from the table of transactions.`
  yield { type: 'skipped', record, reason: { code: 'information-only', message } }
}

function* parse(source: ByteSource): Generator<ParsedItem, void, void> {
  const { encoding } = detectEncoding(source)
  const table = createDelimitedReader(source, { encoding, delimiter: ',', quote: '"' })
  const reader = new StatementReader()
  for (const row of table.rows()) yield* reader.row(row)
  yield* reader.end()
  yield { type: 'progress', bytes: source.size }
}

export const npsImporter: Importer = {
  id: 'nps-statement',
  identify: ({ text }: FileHead): Identification =>
    TITLE.test(text.slice(0, 400)) && /,[^,\n]+ Units,/i.test(text) ? 'yes' : 'no',
  parse,
}
