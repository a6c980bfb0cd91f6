import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  compareDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  parseDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { fiatOf, isNothing, readFigure } from '../broker-table/figure.ts'
import { isCusip } from '../broker-table/security.ts'
import { cryptoAssets } from '../broker-table/vocabulary.ts'
import { isIsin } from '../delimited/conventions.ts'
import type { DateOrder } from '../delimited/date-text.ts'
import { MarkCount } from '../delimited/decimal-mark.ts'
import { currencyInHeader } from '../delimited/header-vocabulary.ts'
import { readPreamble } from '../delimited/preamble.ts'
import { fail, skip } from '../delimited/row-fates.ts'
import { trimmedCell } from '../delimited/vocabulary-text.ts'
import { ImportRejection, type ParsedAccount, type ParsedItem, type ParsedSecurity } from '../importer.ts'
import type { TableRow } from '../table/table-reader.ts'
import type { DecimalMark } from '../text/number-text.ts'
import { type HoldingHeader, holdingHeader, type HoldingRole, holdingRules } from './holding-profiles.ts'
import { dayIn } from './list-day.ts'

/** A header stands among so many rows. */
export const ABOVE = 60
/** How many rows of a table are looked at for the way numbers are written. */
const MARK_ROWS = 2000
const NUMBERS: readonly HoldingRole[] = ['quantity', 'price', 'value', 'local-value', 'cost']

export interface FoundList {
  readonly header: HoldingHeader
  /** Index of the header among the rows. */
  readonly at: number
}

/** The header of a list of holdings among the first rows; null where there is none. */
export function findList(rows: readonly TableRow[], name: string): FoundList | null {
  let above = name
  for (const [at, { cells }] of rows.slice(0, ABOVE).entries()) {
    const header = holdingHeader(cells, above)
    if (header !== null) return { header, at }
    above += `\n${cells.join(' ')}`
  }
  return null
}

interface Holding {
  readonly security: ParsedSecurity
  quantity: Decimal
  price: Decimal | null
  value: Decimal | null
  cost: Decimal | null
  on: IsoDate | null
}

interface Held {
  readonly account: ParsedAccount
  readonly currency: CurrencyCode | null
  readonly holdings: Map<string, Holding>
  cash: Decimal | null
}

const SYMBOL = /^[A-Z0-9][A-Z0-9.:/-]{0,14}$/

function securityOf(cell: (role: HoldingRole) => string): ParsedSecurity | null {
  const text = (role: HoldingRole): string => (isNothing(cell(role)) ? '' : cell(role))
  const [symbol, isin, name] = [text('symbol'), text('isin'), text('name')]
  const code = [isin, symbol].find((mark) => isIsin(mark.toUpperCase()))?.toUpperCase()
  const ticker = [symbol, isin].find((mark) => SYMBOL.test(mark) && mark.toUpperCase() !== code)
  const marks = [
    ['CUSIP', text('cusip') || (isCusip(symbol) ? symbol : '')],
    ['WKN', text('wkn')],
    ['SEDOL', text('sedol')],
    ['VALOR', text('valor')],
  ] as const
  const other = marks.find(([, value]) => value !== '')
  if (code === undefined && ticker === undefined && other === undefined && name === '') return null
  return {
    ...(code === undefined ? {} : { isin: code }),
    ...(ticker === undefined ? {} : { symbol: ticker }),
    ...(other === undefined ? {} : { otherId: { scheme: other[0], value: other[1] } }),
    ...(name === '' ? {} : { name: name.slice(0, 140) }),
    ...(ticker !== undefined && cryptoAssets.has(ticker) && code === undefined ? { class: 'crypto' as const } : {}),
  }
}

const keyOf = ({ isin, symbol, otherId, name }: ParsedSecurity): string =>
  isin ?? symbol ?? otherId?.value ?? name ?? ''

const HUNDRED = parseDecimal('100')
const TOLERANCE = parseDecimal('0.02')

/** The price of one unit where quantity × price is about the value; bonds and London's pence are quoted in hundredths. */
function fittingPrice(price: Decimal, quantity: Decimal, value: Decimal | null): Decimal | null {
  if (value === null || signOfDecimal(value) === 0) return price
  const allowed = multiplyDecimal(absoluteDecimal(value), TOLERANCE)
  const fits = (each: Decimal): boolean =>
    compareDecimal(absoluteDecimal(subtractDecimal(multiplyDecimal(quantity, each), value)), allowed) <= 0
  const hundredth = divideDecimal(price, HUNDRED, 12)
  return fits(price) ? price : fits(hundredth) ? hundredth : null
}

/** Reads the rows of one list of holdings. */
class ListReader {
  readonly #header: HoldingHeader
  readonly #mark: DecimalMark
  readonly #order: DateOrder
  readonly #today: IsoDate
  readonly #account: ParsedAccount
  readonly #usual: CurrencyCode | null
  readonly held = new Map<string, Held>()

  constructor(header: HoldingHeader, rows: readonly TableRow[], at: number, name: string, today: IsoDate) {
    this.#header = header
    this.#today = today
    const count = new MarkCount()
    for (const { cells } of rows.slice(at + 1, at + MARK_ROWS)) {
      for (const role of NUMBERS) {
        const index = header.at.get(role)
        const text = index === undefined ? '' : trimmedCell(cells, index)
        if (text.length > 2 && text.length < 40 && /\d/.test(text)) count.add(text)
      }
    }
    this.#mark = count.verdict().mark
    const { profile } = header
    const above = readPreamble(rows.slice(0, at), this.#mark, name)
    const stated = profile?.currency ?? above.currency ?? ''
    this.#usual = isCurrencyCode(stated) ? stated : null
    this.#order = profile?.dateOrder ?? (this.#usual === 'USD' ? 'mdy' : 'dmy')
    const institution = above.account.institution ?? profile?.institution
    this.#account = {
      ...(above.account.number === undefined ? {} : { number: above.account.number }),
      ...(above.account.name === undefined ? {} : { name: above.account.name }),
      ...(institution === undefined ? {} : { institution }),
      kind: profile?.kind ?? 'brokerage',
    }
  }

  dayIn(text: string): IsoDate | null {
    return dayIn(text, this.#order, this.#today)
  }

  #currencyOf(role: HoldingRole, cells: readonly string[], unit: string | null): CurrencyCode | null {
    const index = this.#header.at.get(role)
    const heading = index === undefined ? null : currencyInHeader(this.#header.titles[index] ?? '')
    const code = unit ?? heading ?? ''
    if (isCurrencyCode(code)) return code
    // "Value", and beside it a column without a title that names the currency
    const beside = index === undefined ? '' : trimmedCell(cells, index + 1)
    const untitled = index !== undefined && (this.#header.titles[index + 1] ?? '') === ''
    return untitled && isCurrencyCode(beside) ? beside : null
  }

  #heldIn(cells: readonly string[], currency: CurrencyCode | null): Held {
    const cell = (role: HoldingRole): string => {
      const index = this.#header.at.get(role)
      return index === undefined ? '' : trimmedCell(cells, index)
    }
    const [number, name] = [cell('account'), cell('account-name')]
    const key = `${number}\n${name}\n${currency ?? ''}`
    const known = this.held.get(key)
    if (known !== undefined) return known
    const account = {
      ...this.#account,
      ...(number === '' ? {} : { number }),
      ...(name === '' ? {} : { name }),
    }
    const held: Held = { account, currency, holdings: new Map(), cash: null }
    this.held.set(key, held)
    return held
  }

  /** One row: kept among the holdings, or told what became of it. */
  *read({ cells, record }: TableRow): Generator<ParsedItem, void, void> {
    if (cells.every((cell) => cell.trim() === '')) return
    const cell = (role: HoldingRole): string => {
      const index = this.#header.at.get(role)
      return index === undefined ? '' : trimmedCell(cells, index)
    }
    const first = cells.find((text) => text.trim() !== '')?.trim() ?? ''
    const names = [cell('symbol'), cell('isin'), cell('name'), first]
    const figure = (role: HoldingRole): ReturnType<typeof readFigure> => readFigure(cell(role), this.#mark)
    const [quantity, price, value, local, cost] = NUMBERS.map(figure)
    if (names.some((text) => holdingRules.totals.test(text))) {
      yield skip(record, 'totals-row', first)
      return
    }
    const named = fiatOf(cell('currency'))
    const worth = value === null || value === undefined ? local : value
    const worthRole: HoldingRole = worth === value ? 'value' : 'local-value'
    const unit = worth === null || worth === undefined || worth === 'bad' ? null : worth.unit
    const currency = this.#currencyOf(worthRole, cells, unit) ?? named ?? this.#usual
    if (names.some((text) => holdingRules.cash.test(text))) {
      if (worth !== null && worth !== undefined && worth !== 'bad') {
        // cash in another currency stands beside its worth in the account's
        const own = this.#heldIn(cells, currency)
        own.cash = addDecimal(own.cash ?? ZERO, worth.value)
      }
      yield skip(record, 'balance-row', first)
      return
    }
    const filled = cells.filter((text) => text.trim() !== '').length
    const security = securityOf(cell)
    if (quantity === null || quantity === undefined) {
      // notes below the table; a row of the table without a number of units is damaged
      yield filled < 3 || security === null
        ? skip(record, 'information-only', first)
        : fail(record, 'bad-record', first)
      return
    }
    if (quantity === 'bad' || [price, worth, cost].includes('bad')) {
      yield fail(record, 'bad-amount', first)
      return
    }
    if (security === null) {
      yield fail(record, 'bad-record', first)
      return
    }
    if (signOfDecimal(quantity.value) === 0) {
      yield skip(record, 'zero-amount', first)
      return
    }
    const known = (one: typeof price): Decimal | null =>
      one === null || one === undefined || one === 'bad' ? null : one.value
    const priceUnit = price === null || price === undefined || price === 'bad' ? null : price.unit
    // the column of local values may hold the currency of the price, the sum beside it
    const priced = this.#currencyOf('price', cells, priceUnit) ?? named ?? fiatOf(cell('local-value'))
    const total = known(worth)
    const each = known(price)
    const inOwn = each !== null && (priced === null || currency === null || priced === currency)
    const own = this.#heldIn(cells, currency)
    const key = keyOf(security)
    const before = own.holdings.get(key)
    const on = this.dayIn(cell('as-of'))
    const sum = (left: Decimal | null | undefined, right: Decimal | null): Decimal | null =>
      left === undefined ? right : left === null || right === null ? null : addDecimal(left, right)
    // lots of one security are one holding
    own.holdings.set(key, {
      security: before?.security ?? security,
      quantity: addDecimal(before?.quantity ?? ZERO, quantity.value),
      price: inOwn ? fittingPrice(each, quantity.value, total) : null,
      value: sum(before?.value, total),
      cost: sum(before?.cost, known(cost)),
      on: on ?? before?.on ?? null,
    })
  }
}

/**
 * The holdings of a table, each security of an account and currency once, as of the day that the file names: in a column,
 * above or below the table, or in its name; else of today, which is told. Throws `ImportRejection`
 * (`no-transactions-table`) where the table lists none.
 */
export function* readHoldings(
  rows: readonly TableRow[],
  { header, at }: FoundList,
  name: string,
  today: IsoDate,
): Generator<ParsedItem, void, void> {
  const reader = new ListReader(header, rows, at, name, today)
  const fates: ParsedItem[] = []
  const notes: string[] = [name, ...rows.slice(0, at).map(({ cells }) => cells.join(' '))]
  for (const row of rows.slice(at + 1)) {
    if (holdingHeader(row.cells, '') !== null) {
      fates.push(skip(row.record, 'repeated-header'))
      continue
    }
    const own = [...reader.read(row)]
    fates.push(...own)
    if (own.some((item) => item.type === 'skipped' && item.reason.code === 'information-only'))
      notes.push(row.cells.join(' '))
  }
  const statements = [...reader.held.values()]
  if (statements.every(({ holdings }) => holdings.size === 0)) {
    throw new ImportRejection('no-transactions-table', 'The table lists no holdings that can be read.')
  }
  const told = notes
    .flatMap((note) => reader.dayIn(note) ?? [])
    .toSorted()
    .at(-1)
  const dated = statements.every(({ holdings }) => [...holdings.values()].every(({ on }) => on !== null))
  if (told === undefined && !dated) {
    const message = 'The file names no day for its holdings: they are taken as those of today.'
    yield { type: 'finding', finding: { severity: 'warning', code: 'holdings-day', message, values: { on: today } } }
  }
  for (const [index, { account, currency, holdings, cash }] of statements.entries()) {
    yield { type: 'statement', statement: index, account, currency }
    for (const { security, quantity, price, value, cost, on } of holdings.values()) {
      yield {
        type: 'position',
        statement: index,
        position: {
          security,
          quantity,
          ...(price === null ? {} : { price }),
          ...(value === null ? {} : { value }),
          ...(cost === null ? {} : { cost }),
          on: on ?? told ?? today,
        },
      }
    }
    if (cash !== null) yield { type: 'balance', statement: index, kind: 'closing', amount: cash, on: told ?? today }
  }
  yield* fates
}
