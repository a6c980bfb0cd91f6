import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { ColumnRole } from '../../../../shared/model/delimited-layout.ts'
import type { DecimalMark } from '../text/number-text.ts'
import { readAmount, scaledOf } from './amount-text.ts'
import { type DateOrder, parseDateText } from './date-text.ts'
import { trimmedCell } from './vocabulary-text.ts'
import { type Direction, directionOfKind, hintOfFlow } from './header-vocabulary.ts'

/**
 * What has to be known of the rows besides the layout to give amounts their sign. It follows from layout and rows
 * alone, so that a layout which the user has changed reads as consistently as a detected one.
 */
export interface Conventions {
  /** What a written debit, credit or directed amount is multiplied by, before the layout's sign. */
  readonly debitFactor: 1 | -1
  readonly creditFactor: 1 | -1
  /** How a row without a word in the direction column is read. */
  readonly blankDirection: Direction | null
  /** −1 where a plus stands before money in and nothing before money out: then bare amounts go out. */
  readonly bareFactor: 1 | -1
  /** False where the direction column contradicts signed amounts and is therefore left alone. */
  readonly useDirection: boolean
  /** "C" is "cargo", money out, for "A" is "abono", money in: elsewhere "C" is credit. */
  readonly isCargo: boolean
  /** `separate`: the balance shows that the fee comes on top of the amount. */
  readonly fee: 'contained' | 'separate'
  /** How rows follow each other where the balance column proves it. */
  readonly order: 'forward' | 'reverse' | null
  /** −1 where the balance is what is owed. */
  readonly balanceFactor: 1 | -1
  /** The account of rows that name none, where all others name this one. */
  readonly soleAccount: string
  /** Column of security identifiers (ISIN), known by their shape. */
  readonly securityAt: number | null
}

export interface SignVerdict {
  readonly sign: 'as-written' | 'inverted'
  readonly certainty: 'proven' | 'likely' | 'open'
}

export type RoleIndex = Readonly<Partial<Record<ColumnRole, number>>>

interface Series {
  /** Written amounts with debit/credit factors applied, in ten-thousandths; NaN where there is none. */
  readonly amounts: number[]
  readonly balances: number[]
  readonly fees: number[]
  readonly keys: string[]
  /** 1 where the dates run forward, −1 backward, 0 where that cannot be said. */
  course: -1 | 0 | 1
}

/** Signs and balances are judged on this many rows from the beginning and a quarter as many from the end. */
const EVIDENCE_ROWS = 4000
const HINT_ROWS = 400

const cellAt = (cells: readonly string[], index: number | undefined): string =>
  index === undefined ? '' : trimmedCell(cells, index)

function numberAt(cells: readonly string[], index: number | undefined, mark: DecimalMark): number {
  const text = cellAt(cells, index)
  if (text === '') return Number.NaN
  const value: Decimal | null = readAmount(text, mark)
  return value === null ? Number.NaN : scaledOf(value)
}

type Factors = Pick<
  Conventions,
  'debitFactor' | 'creditFactor' | 'blankDirection' | 'bareFactor' | 'useDirection' | 'isCargo'
>

/** Whether an amount is written without a sign of any kind. */
export const isBare = (text: string): boolean => !/^[^\d]*[-+−–(]|[-−)]\s*$/.test(text)

/** "+10 000,00" in, "564,00" out: where a plus is written at all and a minus never, it tells the two apart. */
function bareFactorOf(rows: readonly (readonly string[])[], amountAt: number | undefined): 1 | -1 {
  if (amountAt === undefined) return 1
  let plus = 0
  for (const cells of rows) {
    const text = trimmedCell(cells, amountAt)
    if (!/[1-9]/.test(text)) continue
    if (/^[^\d]*\+/.test(text)) plus += 1
    else if (!isBare(text)) return 1
  }
  return plus > 0 ? -1 : 1
}

/** What a cell of the column of directions says of money out or in. */
export function directionIn(text: string, isCargo: boolean): Direction | null {
  if (isCargo && (text === 'C' || text === 'A')) return text === 'C' ? 'debit' : 'credit'
  return directionOfKind(text)
}

/** Whether the letters in a column of directions are those of "cargo" and "abono". */
function isCargoColumn(rows: readonly (readonly string[])[], directionAt: number | undefined): boolean {
  const letters = new Set(rows.map((cells) => cellAt(cells, directionAt)))
  return letters.has('C') && letters.has('A') && !letters.has('D')
}

function columnFactors(rows: readonly (readonly string[])[], at: RoleIndex, mark: DecimalMark): Factors {
  const tally = { debit: { plus: 0, minus: 0 }, credit: { plus: 0, minus: 0 } }
  const count = (direction: Direction, value: number): void => {
    if (value > 0) tally[direction].plus += 1
    else if (value < 0) tally[direction].minus += 1
  }
  const direct = at.direction !== undefined && at.amount !== undefined
  const isCargo = direct && isCargoColumn(rows, at.direction)
  for (const cells of rows) {
    if (direct) {
      const direction = directionIn(cellAt(cells, at.direction), isCargo)
      if (direction !== null) count(direction, numberAt(cells, at.amount, mark))
    } else {
      count('debit', numberAt(cells, at.debit, mark))
      count('credit', numberAt(cells, at.credit, mark))
    }
  }
  const { debit, credit } = tally
  const mixed = ({ plus, minus }: { plus: number; minus: number }): boolean => Math.min(plus, minus) * 4 >= plus + minus
  const debits = debit.plus + debit.minus
  const credits = credit.plus + credit.minus
  const contradicts = debits + credits > 3 && (debits === 0 || mixed(debit)) && (credits === 0 || mixed(credit))
  return {
    debitFactor: debit.minus > debit.plus ? 1 : -1,
    creditFactor: credit.minus > credit.plus ? -1 : 1,
    bareFactor: direct && !contradicts ? 1 : bareFactorOf(rows, at.amount),
    blankDirection: debits > 0 && credits > 0 ? null : debits > 0 ? 'credit' : 'debit',
    useDirection: direct && !contradicts,
    isCargo,
  }
}

/** The written amount of a row with its columns' factors, before the layout's sign; NaN where there is none. */
function writtenAmount(cells: readonly string[], at: RoleIndex, mark: DecimalMark, factors: Factors): number {
  if (at.amount !== undefined) {
    const value = numberAt(cells, at.amount, mark)
    if (!factors.useDirection) return factors.bareFactor < 0 && isBare(cellAt(cells, at.amount)) ? -value : value
    const direction = directionIn(cellAt(cells, at.direction), factors.isCargo) ?? factors.blankDirection
    if (direction === null) return value
    return value * (direction === 'debit' ? factors.debitFactor : factors.creditFactor)
  }
  const debit = numberAt(cells, at.debit, mark)
  const credit = numberAt(cells, at.credit, mark)
  if (Number.isNaN(debit) && Number.isNaN(credit)) return Number.NaN
  return (
    (Number.isNaN(debit) ? 0 : debit * factors.debitFactor) + (Number.isNaN(credit) ? 0 : credit * factors.creditFactor)
  )
}

/** Two-digit years are ordered around this year; only the sequence matters here. */
const ANY_YEAR = 2040

function courseOf(rows: readonly (readonly string[])[], at: RoleIndex, order: DateOrder): -1 | 0 | 1 {
  let up = 0
  let down = 0
  let previous = ''
  for (const cells of rows.slice(0, HINT_ROWS)) {
    const date = parseDateText(cellAt(cells, at.date), order, ANY_YEAR)?.date
    if (date === undefined) continue
    if (previous !== '' && date > previous) up += 1
    else if (previous !== '' && date < previous) down += 1
    previous = date
  }
  return up > down * 2 ? 1 : down > up * 2 ? -1 : 0
}

function seriesOf(
  rows: readonly (readonly string[])[],
  at: RoleIndex,
  mark: DecimalMark,
  order: DateOrder,
  factors: Factors,
): Series {
  const series: Series = { amounts: [], balances: [], fees: [], keys: [], course: courseOf(rows, at, order) }
  for (const cells of rows) {
    const amount = writtenAmount(cells, at, mark, factors)
    if (Number.isNaN(amount)) continue
    series.amounts.push(amount)
    series.balances.push(numberAt(cells, at.balance, mark))
    series.fees.push(at.fee === undefined ? 0 : Math.abs(numberAt(cells, at.fee, mark) || 0))
    series.keys.push(
      at.account === undefined && at.currency === undefined
        ? ''
        : `${cellAt(cells, at.account)}|${cellAt(cells, at.currency)}`,
    )
  }
  return series
}

interface BalanceMatch {
  readonly matches: number
  readonly compared: number
  /** Matches of rows that bear a fee. */
  readonly withFee: number
}

/**
 * How often the balance moves by `factor` × amount (less the fee) from one row to the next of the same account. Some
 * banks state it only in the last row of a day: what moved since the last stated one is added up.
 */
function matchBalances(
  series: Series,
  order: 'forward' | 'reverse',
  factor: 1 | -1,
  fee: 'contained' | 'separate',
): BalanceMatch {
  let matches = 0
  let compared = 0
  let withFee = 0
  const { amounts, balances, fees, keys } = series
  const step = order === 'forward' ? 1 : -1
  const since = new Map<string, { stated: number; moved: number; charged: number }>()
  for (let at = step > 0 ? 0 : amounts.length - 1; at >= 0 && at < amounts.length; at += step) {
    const key = keys[at] ?? ''
    let known = since.get(key)
    if (known === undefined) {
      known = { stated: Number.NaN, moved: 0, charged: 0 }
      since.set(key, known)
    }
    const charge = fees[at] ?? 0
    known.moved += factor * (amounts[at] ?? 0) - (fee === 'separate' ? charge : 0)
    known.charged += charge
    const balance = balances[at] ?? Number.NaN
    if (Number.isNaN(balance)) continue
    if (!Number.isNaN(known.stated) && amounts[at] !== 0) {
      compared += 1
      if (balance - known.stated === known.moved) {
        matches += 1
        if (known.charged > 0) withFee += 1
      }
    }
    known.stated = balance
    known.moved = 0
    known.charged = 0
  }
  return { matches, compared, withFee }
}

interface BalanceProof extends BalanceMatch {
  readonly order: 'forward' | 'reverse'
  readonly factor: 1 | -1
  readonly fee: 'contained' | 'separate'
}

function bestProof(series: Series): BalanceProof | null {
  let best: BalanceProof | null = null
  for (const factor of [1, -1] as const) {
    for (const order of ['forward', 'reverse'] as const) {
      for (const fee of ['contained', 'separate'] as const) {
        const match = matchBalances(series, order, factor, fee)
        if (best === null || match.matches > best.matches) best = { ...match, order, factor, fee }
      }
    }
  }
  if (best === null || best.matches === 0 || best.matches * 2 < best.compared) return null
  // newest first, a balance *before* each row moves as an inverted one would: the dates tell them apart
  if (best.factor === -1 && series.course !== (best.order === 'forward' ? 1 : -1)) return null
  // two or three round figures fit an inverted balance by chance; a whole column does not
  if (best.factor === -1 && (best.matches < 3 || best.matches * 5 < best.compared * 4)) return null
  return best
}

/** Share of rows whose balance follows from the amount: used to find the balance column where no word names it. */
export function balanceFit(
  all: readonly (readonly string[])[],
  at: RoleIndex,
  mark: DecimalMark,
  order: DateOrder,
): number {
  const rows = evidenceOf(all)
  const proof = bestProof(seriesOf(rows, at, mark, order, columnFactors(rows, at, mark)))
  return proof === null || proof.matches < 3 ? 0 : proof.matches / proof.compared
}

function evidenceOf<Row>(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= EVIDENCE_ROWS * 1.25) return rows
  return [...rows.slice(0, EVIDENCE_ROWS), ...rows.slice(-EVIDENCE_ROWS / 4)]
}

export interface SignContext {
  /** The words over the columns, the titles above the table or the file's name speak of a payment card. */
  readonly card: boolean
  /** Whether words stand over the columns. */
  readonly titled: boolean
  /** The word over the amounts ("Cost", "Order total") speaks of what was spent. */
  readonly spending: boolean
  readonly texts: (cells: readonly string[]) => string
}

/** Whether the amounts are written as the account sees them or as spending, and how sure that is. */
export function detectSign(
  all: readonly (readonly string[])[],
  at: RoleIndex,
  mark: DecimalMark,
  order: DateOrder,
  context: SignContext,
): SignVerdict {
  const rows = evidenceOf(all)
  const factors = columnFactors(rows, at, mark)
  const series = seriesOf(rows, at, mark, order, factors)
  const proof = bestProof(series)
  let positive = 0
  let negative = 0
  for (const amount of series.amounts) {
    if (amount > 0) positive += 1
    else if (amount < 0) negative += 1
  }
  const moved = positive + negative
  const owed = context.card && positive > negative
  if (proof !== null && !(owed && proof.factor === 1)) {
    return { sign: proof.factor === 1 ? 'as-written' : 'inverted', certainty: 'proven' }
  }
  // titles say which column is which; without them only custom does
  if (at.amount === undefined) return { sign: 'as-written', certainty: context.titled ? 'proven' : 'open' }
  if (factors.bareFactor < 0) return { sign: 'as-written', certainty: 'proven' }
  if (factors.useDirection) {
    const named = rows.some((cells) => directionOfKind(cellAt(cells, at.direction)) !== null)
    return { sign: 'as-written', certainty: named ? 'proven' : 'open' }
  }
  if (moved === 0 || positive === 0) return { sign: 'as-written', certainty: 'likely' }
  // more going out than coming in is how an account lives: no words are needed
  if (negative > positive) return { sign: 'as-written', certainty: 'proven' }
  let agree = 0
  let contradict = 0
  /** Rows whose words speak of money in, or out, by the sign that they are written with. */
  const told = { plus: { credit: 0, debit: 0 }, minus: { credit: 0, debit: 0 } }
  for (const cells of rows.slice(0, HINT_ROWS)) {
    const amount = writtenAmount(cells, at, mark, factors)
    const hint = hintOfFlow(context.texts(cells))
    if (hint === null || !(Math.abs(amount) > 0)) continue
    told[amount > 0 ? 'plus' : 'minus'][hint] += 1
    if (amount > 0 === (hint === 'credit')) agree += 1
    else contradict += 1
  }
  if (negative === 0) {
    const spending = contradict > agree || (contradict === agree && (context.card || context.spending || positive >= 5))
    return { sign: spending ? 'inverted' : 'as-written', certainty: 'open' }
  }
  if (
    positive * 10 >= moved * 6 &&
    ((contradict > agree * 2 && contradict > 1) || (context.card && contradict >= agree)) &&
    moved >= 3
  ) {
    return { sign: 'inverted', certainty: 'open' }
  }
  // what was paid to a card is all that bears a minus: "PAYMENT RECEIVED - THANK YOU"
  const { plus, minus } = told
  if (minus.credit > 0 && minus.debit === 0 && plus.credit === 0 && (plus.debit > 0 || context.card)) {
    return { sign: 'inverted', certainty: 'open' }
  }
  if (contradict > agree) return { sign: 'as-written', certainty: 'open' }
  if (positive * 3 >= moved * 2 && moved >= 3 && agree <= contradict) return { sign: 'as-written', certainty: 'open' }
  return { sign: 'as-written', certainty: agree > contradict || negative > positive ? 'proven' : 'likely' }
}

const ISIN = /^[A-Z]{2}[A-Z0-9]{9}\d$/

/** Whether the text is an ISIN: two letters, nine signs and a Luhn digit over the letters as numbers (ISO 6166). */
export function isIsin(text: string): boolean {
  if (!ISIN.test(text)) return false
  const digits = text.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at])
    const value = at % 2 === 1 ? digit * 2 : digit
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}

function securityColumn(rows: readonly (readonly string[])[]): number | null {
  for (const cells of rows.slice(0, HINT_ROWS)) {
    const index = cells.findIndex((cell) => cell.length >= 12 && cell.length <= 16 && isIsin(cell.trim()))
    if (index >= 0) return index
  }
  return null
}

function soleAccountOf(rows: readonly (readonly string[])[], at: RoleIndex): string {
  if (at.account === undefined) return ''
  const names = new Set(rows.map((cells) => cellAt(cells, at.account)))
  names.delete('')
  const [name] = names
  return names.size === 1 && name !== undefined ? name : ''
}

/** The conventions of the rows under a layout's columns, decimal mark and sign. */
export function detectConventions(
  all: readonly (readonly string[])[],
  at: RoleIndex,
  mark: DecimalMark,
  sign: 'as-written' | 'inverted',
  order: DateOrder = 'ymd',
): Conventions {
  const rows = evidenceOf(all)
  const factors = columnFactors(rows, at, mark)
  const proof = at.balance === undefined ? null : bestProof(seriesOf(rows, at, mark, order, factors))
  const flow = sign === 'inverted' ? -1 : 1
  return {
    ...factors,
    fee: proof !== null && proof.fee === 'separate' && proof.withFee > 0 ? 'separate' : 'contained',
    order: proof?.order ?? null,
    balanceFactor: proof === null || proof.factor === flow ? 1 : -1,
    soleAccount: soleAccountOf(rows, at),
    securityAt: securityColumn(rows),
  }
}
