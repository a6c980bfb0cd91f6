import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  negateDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { NumberFigure } from './figures.ts'
import { wordsOf } from './fold.ts'
import { magnitude, type RawRow, type StatementColumns } from './statement-rows.ts'
import { directionWords } from './vocabulary.ts'

/** A row with its amount signed, credit positive; null where nothing says which way the money went. */
export interface SignedRow {
  readonly row: RawRow
  readonly amount: Decimal | null
  readonly balance: Decimal | null
  /** Only the words of the row say which way the money went. */
  readonly guessed: boolean
}

interface Split {
  readonly row: RawRow
  readonly amount: NumberFigure
  readonly balance: Decimal | null
  /** Set where debit and credit are printed side by side and one of them is zero. */
  readonly divided: Decimal | null
}

function dividedOf(row: RawRow, columns: StatementColumns): Split | null {
  if (columns.first === null) return null
  const wanted = columns.balance ? 3 : 2
  if (row.monies.length < wanted) return null
  const [left, right, last] = row.monies.slice(-wanted)
  if (left === undefined || right === undefined) return null
  const [debit, credit] = columns.first === 'debit' ? [left, right] : [right, left]
  const zero = (figure: NumberFigure): boolean => signOfDecimal(figure.value) === 0
  if (zero(debit) === zero(credit)) return null
  const amount = zero(debit) ? credit : debit
  return {
    row,
    amount,
    balance: columns.balance && last !== undefined ? last.value : null,
    divided: zero(debit) ? magnitude(credit) : negateDecimal(magnitude(debit)),
  }
}

function splitRow(row: RawRow, columns: StatementColumns, balances: boolean, signed: boolean): Split | null {
  const divided = dividedOf(row, columns)
  if (divided !== null) return divided
  const last = row.monies.at(-1)
  if (last === undefined) return null
  if (balances && row.monies.length >= 2) {
    const amount = row.monies.at(-2)
    // "2.0 Sparplan 20.00 +20,00": a sign at the end is an amount's, what stands before it is text
    const isText = amount?.sign === 0 && last.sign !== 0 && signed
    if (amount !== undefined && !isText) return { row, amount, balance: last.value, divided: null }
  }
  return { row, amount: last, balance: null, divided: null }
}

/** How many rows' amounts are the difference of two balances that follow each other, read in the given order. */
function chained(rows: readonly RawRow[], descending: boolean): number {
  const ordered = descending ? rows.toReversed() : rows
  let held = 0
  for (let at = 1; at < ordered.length; at += 1) {
    const [before, own] = [ordered[at - 1]?.monies, ordered[at]?.monies]
    const [previous, amount, balance] = [before?.at(-1), own?.at(-2), own?.at(-1)]
    if (previous === undefined || amount === undefined || balance === undefined || (before?.length ?? 0) < 2) continue
    if (absoluteDecimal(subtractDecimal(balance.value, previous.value)) === magnitude(amount)) held += 1
  }
  return held
}

/** Which way the words of a row say that the money went: its own words before those of the line below. */
function directionOf({ text, below }: RawRow): 1 | -1 | 0 {
  return directionWords.find(wordsOf(text))[0]?.meaning ?? directionWords.find(wordsOf(below))[0]?.meaning ?? 0
}

const MOST_TRIED = 10

/**
 * Signs for rows between two known balances: all one way, as the words say, else the combination nearest to the words
 * that adds up; null where none does.
 */
function signsBetween(rows: readonly Split[], difference: Decimal): (1 | -1)[] | null {
  const sum = (signs: readonly (1 | -1)[]): Decimal =>
    rows.reduce(
      (total, { amount }, at) =>
        addDecimal(total, signs[at] === -1 ? negateDecimal(magnitude(amount)) : magnitude(amount)),
      ZERO,
    )
  const byWords = rows.map(({ row }): 1 | -1 => (directionOf(row) < 0 ? -1 : 1))
  const attempts: (1 | -1)[][] = [rows.map((): 1 => 1), rows.map((): -1 => -1), byWords]
  const simple = attempts.find((signs) => sum(signs) === difference)
  if (simple !== undefined || rows.length > MOST_TRIED) return simple ?? null
  let best: (1 | -1)[] | null = null
  let nearest = rows.length + 1
  for (let mask = 0; mask < 1 << rows.length; mask += 1) {
    const signs = rows.map((_, at): 1 | -1 => ((mask & (1 << at)) === 0 ? 1 : -1))
    const against = signs.filter((sign, at) => sign !== byWords[at]).length
    if (against < nearest && sum(signs) === difference) {
      best = signs
      nearest = against
    }
  }
  return best
}

/**
 * Gives every row its sign: printed signs, debit and credit columns, the balances, the other rows' signs, and at last
 * the words of the row. `opening` and `closing` are the balances around them where the statement names them.
 */
export function signRows(
  rows: readonly RawRow[],
  columns: StatementColumns,
  opening: Decimal | null,
  closing: Decimal | null = null,
): SignedRow[] {
  const several = rows.filter(({ monies }) => monies.length >= 2).length
  const ascending = chained(rows, false)
  const backwards = chained(rows, true)
  const descending = backwards > ascending
  const balances = several > 0 && (columns.balance || Math.max(ascending, backwards) * 2 >= several)
  // where no balance leads to the next one, what most rows end with is a signed amount
  const signed =
    ascending + backwards === 0 && rows.filter(({ monies }) => monies.at(-1)?.sign !== 0).length * 2 > rows.length
  const splits = rows.map((row) => splitRow(row, columns, balances, signed)).filter((split) => split !== null)
  const negatives = splits.some(({ amount }) => amount.sign < 0)
  const positives = splits.some(({ amount }) => amount.sign > 0)
  const amounts = new Map<Split, Decimal>()
  const guessed = new Set<Split>()
  const set = (split: Split, sign: 1 | -1): void => {
    amounts.set(split, sign < 0 ? negateDecimal(magnitude(split.amount)) : magnitude(split.amount))
  }
  for (const split of splits) {
    if (split.divided !== null) amounts.set(split, split.divided)
    else if (split.amount.sign !== 0) set(split, split.amount.sign)
    else if (negatives && !positives) set(split, 1)
  }
  signByBalances(descending ? splits.toReversed() : splits, opening, closing, amounts, set)
  for (const split of splits) {
    if (amounts.has(split)) continue
    const direction = directionOf(split.row)
    if (direction === 0) continue
    set(split, direction)
    guessed.add(split)
  }
  return splits.map((split) => ({
    row: split.row,
    amount: amounts.get(split) ?? null,
    balance: split.balance,
    guessed: guessed.has(split),
  }))
}

function signByBalances(
  splits: readonly Split[],
  opening: Decimal | null,
  closing: Decimal | null,
  amounts: ReadonlyMap<Split, Decimal>,
  set: (split: Split, sign: 1 | -1) => void,
): void {
  let known = opening
  let open: Split[] = []
  const settleAt = (balance: Decimal): void => {
    if (known === null) return
    const fixed = open.filter((entry) => amounts.has(entry))
    const free = open.filter((entry) => !amounts.has(entry))
    const done = fixed.reduce((sum, entry) => addDecimal(sum, amounts.get(entry) ?? ZERO), ZERO)
    const signs = signsBetween(free, subtractDecimal(subtractDecimal(balance, known), done))
    if (signs !== null) for (const [at, entry] of free.entries()) set(entry, signs[at] ?? 1)
  }
  for (const split of splits) {
    open.push(split)
    if (split.balance === null) continue
    settleAt(split.balance)
    known = split.balance
    open = []
  }
  if (open.length > 0 && closing !== null) settleAt(closing)
}
