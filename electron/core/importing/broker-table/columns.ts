import { currencyInHeader } from '../delimited/header-vocabulary.ts'
import { foldPhrase, trimmedCell } from '../delimited/vocabulary-text.ts'
import type { DecimalMark } from '../text/number-text.ts'
import { byArithmetic, type Numbers, productShare } from './column-arithmetic.ts'
import {
  linkAssets,
  linkCurrencies,
  moneyColumns,
  overrideOf,
  type Overrides,
  shiftTitles,
  withoutParts,
} from './column-links.ts'
import { fit, NAMES_AS_SYMBOLS, type Shape, shapeOf, share } from './column-shapes.ts'
import { assetOf, fiatOf } from './figure.ts'
import { MANY, NUMERIC, type Role } from './roles.ts'
import { actionOfCell, cryptoAssets, incomeHeadings, matchHeading } from './vocabulary.ts'

/** Rows that the shapes of columns are told from. */
const SHAPE_ROWS = 300
const WIDEST = 200
const PENCE = /\((?:p|pence|gbx)\)|\bpence\b/i

/** Which column of a table means what. */
export interface Columns {
  readonly at: Readonly<Partial<Record<Role, number>>>
  readonly many: Readonly<Partial<Record<Role, readonly number[]>>>
  /** The column that holds the currency of a column of money. */
  readonly currencyAt: ReadonlyMap<number, number>
  /** The currency that a heading names: "Total (GBP)". */
  readonly headerCurrency: ReadonlyMap<number, string>
  /** Each row moves one asset, money or other: a ledger in which a trade has a row for each side. */
  readonly ledger: boolean
  /** Quantities bear the name of the asset: "0.01 BTC". */
  readonly unitAssets: boolean
  /** The outgoing column bears signs: a positive figure in it comes in. */
  readonly signedOut: boolean
  /** A list of dividends: its headings say so, and no column says what was done. */
  readonly income: boolean
  /** A heading says in so many words that the column identifies securities. */
  readonly identified: boolean
  /** There is a column of currencies, but no cell of it names one. */
  readonly currencyUnreadable: boolean
}

interface Candidate {
  readonly index: number
  readonly role: Role
  readonly weight: number
}

/** Headings of percentages and rates, which are no sums whatever else they speak of. */
const RATES = /percent|prozent|pourcent|porcent|%|\bbps\b|\brate\b/i

function candidatesOf(header: readonly string[], shapes: readonly Shape[], overrides: Overrides): Candidate[] {
  const list: Candidate[] = []
  for (const [index, shape] of shapes.entries()) {
    const heading = header[index]?.trim() ?? ''
    const given = overrideOf(heading, overrides)
    if (given !== undefined) {
      if (given !== null) list.push({ index, role: given, weight: 10 })
      continue
    }
    const rated = RATES.test(heading)
    for (const { role, score } of matchHeading(heading)) {
      if (rated && score < 0.9 && NUMERIC.has(role)) continue
      const worth = fit(role, shape)
      if (worth > 0) list.push({ index, role, weight: score * worth - index * 0.000001 })
      // "Currency" over BTC and ETH, "Symbol" over ISINs
      if (role === 'currency' && worth === 0 && share(shape.assets, shape) >= 0.6) {
        list.push({ index, role: 'symbol', weight: score * 0.8 })
      }
      if (role === 'symbol' && worth === NAMES_AS_SYMBOLS) list.push({ index, role: 'name', weight: score * 0.7 })
      if ((role === 'symbol' || role === 'wkn') && share(shape.isins, shape) > 0.3) {
        list.push({ index, role: 'isin', weight: score * 0.85 })
      }
      if (role === 'time' && share(shape.dates, shape) > 0.6) list.push({ index, role: 'date', weight: score * 0.9 })
      if (role === 'wkn' && share(shape.isins, shape) > 0.5) list.push({ index, role: 'isin', weight: score * 0.95 })
      if (role === 'net' && share(shape.assetUnits, shape) > 0.4)
        list.push({ index, role: 'quantity', weight: score * 0.9 })
    }
    if (share(shape.isins, shape) >= 0.6) list.push({ index, role: 'isin', weight: 0.6 })
  }
  return list.toSorted((left, right) => right.weight - left.weight)
}

/** The role that a column which lost its first one falls back to. */
const SECOND_ROLE: Partial<Record<Role, Role>> = { action: 'action-detail', net: 'gross', name: 'description' }

function assign(candidates: readonly Candidate[]): {
  at: Map<Role, number>
  many: Map<Role, number[]>
  used: Set<number>
  /** Columns whose role another one has. */
  lost: readonly Candidate[]
} {
  const at = new Map<Role, number>()
  const many = new Map<Role, number[]>()
  const used = new Set<number>()
  const lost: Candidate[] = []
  for (const candidate of candidates) {
    const { index, role } = candidate
    if (used.has(index)) continue
    if (at.has(role)) {
      if (MANY.has(role)) {
        many.get(role)?.push(index)
        used.add(index)
      } else lost.push(candidate)
      continue
    }
    at.set(role, index)
    if (MANY.has(role)) many.set(role, [index])
    used.add(index)
  }
  for (const { index, role } of lost) {
    const second = SECOND_ROLE[role]
    if (second === undefined || used.has(index) || at.has(second)) continue
    at.set(second, index)
    if (MANY.has(second)) many.set(second, [index])
    used.add(index)
  }
  return { at, many, used, lost }
}

function isLedger(
  at: ReadonlyMap<Role, number>,
  shapes: readonly Shape[],
  rows: readonly (readonly string[])[],
): boolean {
  const symbol = at.get('symbol')
  if (symbol === undefined || at.has('price') || at.has('pair') || at.has('from-address')) return false
  const moved = at.get('quantity') ?? at.get('net')
  if (moved === undefined || (at.has('quantity') && at.has('net'))) return false
  const shape = shapes[symbol]
  if (shape === undefined || shape.filled === 0) return false
  let known = 0
  for (const cells of rows) {
    const text = trimmedCell(cells, symbol)
    if (text !== '' && (cryptoAssets.has(assetOf(text)) || fiatOf(text) !== null)) known += 1
  }
  return known * 2 >= shape.filled
}

/** "Amount" has turned out to count units: the next column of that name is the sum, and what was worth it, the gross. */
function sumBesideUnits(at: Map<Role, number>, used: Set<number>, lost: readonly Candidate[]): void {
  const next = lost.find(({ index, role }) => role === 'net' && !used.has(index))
  const worth = at.get('net')
  if (next === undefined || worth === undefined || at.has('gross')) return
  at.set('gross', worth)
  at.set('net', next.index)
  used.add(next.index)
}

const IDENTIFYING: readonly Role[] = ['name', 'symbol', 'isin', 'cusip', 'wkn', 'sedol', 'pair']

/**
 * "Transaction, Description, Quantity, Price, Amount": where rows are bought and sold, and quantity × price is the
 * amount, what the description describes is the security.
 */
function nameByDescription(at: Map<Role, number>, many: Map<Role, number[]>, numbers: Numbers): void {
  const [action, description] = [at.get('action'), at.get('description')]
  const [quantity, price, sum] = [at.get('quantity'), at.get('price'), at.get('net') ?? at.get('gross')]
  if (action === undefined || description === undefined || IDENTIFYING.some((role) => at.has(role))) return
  if (quantity === undefined || price === undefined || sum === undefined) return
  const trades = numbers.rows.filter((cells) => {
    const said = actionOfCell(trimmedCell(cells, action))
    return said === 'buy' || said === 'sell'
  })
  if (trades.length === 0 || productShare({ ...numbers, rows: trades }, quantity, price, sum) <= 0.6) return
  at.set('name', description)
  at.delete('description')
  const others = (many.get('description') ?? []).filter((index) => index !== description)
  const [next] = others
  if (next === undefined) many.delete('description')
  else {
    at.set('description', next)
    many.set('description', others)
  }
}

/**
 * Gives each column of a table its role, from its heading and what its cells look like. `rows` are data rows only.
 */
export function assignColumns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  context: { readonly mark: DecimalMark; readonly thisYear: number; readonly overrides: Overrides },
): Columns {
  const sample =
    rows.length <= SHAPE_ROWS ? rows : rows.filter((_, at) => at % Math.ceil(rows.length / SHAPE_ROWS) === 0)
  const width = Math.min(
    WIDEST,
    sample.reduce((most, cells) => Math.max(most, cells.length), header.length),
  )
  const shapes = Array.from({ length: width }, (_, index) => shapeOf(index, sample, context.mark, context.thisYear))
  const titles = shiftTitles(header, shapes, context.overrides)
  const { at, many, used, lost } = assign(candidatesOf(titles, shapes, context.overrides))
  withoutParts(titles, many, { rows: sample, mark: context.mark })
  linkAssets(titles, at)
  const numbers = { rows: sample, mark: context.mark }
  const sum = at.get('net')
  byArithmetic(at, numbers)
  if (sum !== undefined && at.get('quantity') === sum) sumBesideUnits(at, used, lost)
  nameByDescription(at, many, numbers)
  const currencyAt = linkCurrencies(titles, shapes, at, many, used)
  const ledger = isLedger(at, shapes, sample)
  const headerCurrency = new Map<number, string>()
  const money = moneyColumns(at, many)
  for (const [index, heading] of titles.entries()) {
    if (!money.has(index)) continue
    const currency = currencyInHeader(heading)
    if (currency !== null) headerCurrency.set(index, currency)
    else if (PENCE.test(heading)) headerCurrency.set(index, 'GBX')
  }
  const quantities = shapes[at.get('quantity') ?? -1]
  const identities = [at.get('symbol'), at.get('isin'), at.get('cusip'), at.get('wkn')]
  const currencies = shapes[at.get('currency') ?? -1]
  return {
    at: Object.fromEntries(at),
    many: Object.fromEntries(many),
    currencyAt,
    headerCurrency,
    ledger,
    unitAssets: quantities !== undefined && share(quantities.assetUnits, quantities) > 0.3,
    signedOut: (shapes[at.get('out-quantity') ?? -1]?.negatives ?? 0) > 0,
    income: isIncome(titles, at),
    identified: identities.some((index) => index !== undefined && IDENTITY.test(titles[index] ?? '')),
    currencyUnreadable: currencies !== undefined && currencies.filled > 0 && currencies.codes === 0,
  }
}

/** Without an action and a price, and under a heading of dividends: what comes in is income, whatever units stand by. */
function isIncome(titles: readonly string[], at: ReadonlyMap<Role, number>): boolean {
  if (at.has('action') || at.has('action-detail') || !(at.has('net') || at.has('gross'))) return false
  // a "rate" times units is no price of theirs
  const price = titles[at.get('price') ?? -1] ?? ''
  if (price !== '' && !RATES.test(price) && !incomeHeadings.has(foldPhrase(price))) return false
  return titles.some((title) => incomeHeadings.has(foldPhrase(title.replaceAll(/\([^)]{0,30}\)/g, ' '))))
}

const IDENTITY = /symbol|symbole|símbolo|simbolo|ticker|isin|cusip|\bwkn\b/i

/** Whether the columns are those of a table of trades or of moves of assets, and not of any payments. */
export function isActivityTable(columns: Columns): boolean {
  const { at } = columns
  if (at.date === undefined && at.settlement === undefined) return false
  if (at['in-quantity'] !== undefined && at['out-quantity'] !== undefined && at['in-asset'] !== undefined) return true
  const identified =
    columns.unitAssets ||
    at.isin !== undefined ||
    at.symbol !== undefined ||
    at.pair !== undefined ||
    at.cusip !== undefined ||
    at.wkn !== undefined
  const named = identified || at.name !== undefined
  const money = at.price !== undefined || at.net !== undefined || at.gross !== undefined
  if (columns.ledger && at.action !== undefined) return true
  if (columns.identified && at.net !== undefined && (at.action !== undefined || at.description !== undefined))
    return true
  if (at.quantity === undefined) return false
  if (identified) return money || at.action !== undefined || at['from-address'] !== undefined
  return named && at.action !== undefined && at.price !== undefined
}
