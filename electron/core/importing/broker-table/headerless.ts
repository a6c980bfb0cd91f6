import { trimmedCell } from '../delimited/vocabulary-text.ts'
import type { TableRow } from '../table/table-reader.ts'
import type { DecimalMark } from '../text/number-text.ts'
import { magnitudeAt, productShare } from './column-arithmetic.ts'
import { type Shape, shapeOf, share } from './column-shapes.ts'
import { actionOfCell } from './vocabulary.ts'

const FEWEST_ROWS = 3
const FEWEST_TRADES = 2
const FEWEST_CELLS = 5
const WIDEST = 40
const SAMPLE = 200
/** A commission is a small part of what is traded. */
const SMALL = 0.05

interface Trades {
  readonly rows: readonly (readonly string[])[]
  readonly mark: DecimalMark
}

/** Quantity, price and value among the columns of figures: quantity × price = value in nearly every trade. */
function triple(
  columns: readonly number[],
  shapes: readonly Shape[],
  trades: Trades,
): readonly [number, number, number] | null {
  let best: readonly [number, number, number] | null = null
  let bestWorth = 0
  for (const left of columns) {
    for (const right of columns) {
      if (right <= left) continue
      for (const value of columns) {
        if (value === left || value === right) continue
        const fit = productShare(trades, left, right, value)
        // of two columns that fit, the one with signs is what the cash does
        const worth = fit < 0.8 ? 0 : fit + ((shapes[value]?.negatives ?? 0) > 0 ? 1 : 0)
        if (worth <= bestWorth) continue
        bestWorth = worth
        // a quantity has signs or fewer decimals than a price
        const [a, b] = [shapes[left], shapes[right]]
        const swapped =
          a !== undefined &&
          b !== undefined &&
          (b.negatives > a.negatives || (b.negatives === a.negatives && b.decimals < a.decimals))
        best = swapped ? [right, left, value] : [left, right, value]
      }
    }
  }
  return best
}

function commissionOf(
  columns: readonly number[],
  used: ReadonlySet<number>,
  value: number,
  trades: Trades,
): number | undefined {
  return columns.find((index) => {
    if (used.has(index)) return false
    const small = trades.rows.filter(
      (cells) => magnitudeAt(cells, index, trades.mark) <= magnitudeAt(cells, value, trades.mark) * SMALL,
    )
    return small.length * 10 >= trades.rows.length * 9
  })
}

/**
 * A header for a table of trades that has none: the columns told by words for actions, days, currencies and symbols,
 * and by quantity × price = value. Null where that does not hold: a table of payments is none of trades.
 */
export function headerOfHeaderless(rows: readonly TableRow[], mark: DecimalMark, thisYear: number): string[] | null {
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')).slice(0, SAMPLE)
  const data = filled.map(({ cells }) => cells).filter((cells) => cells.length >= FEWEST_CELLS)
  if (data.length < FEWEST_ROWS || data.length * 10 < filled.length * 9) return null
  const width = Math.min(WIDEST, Math.max(...data.map((cells) => cells.length)))
  const shapes = Array.from({ length: width }, (_, index) => shapeOf(index, data, mark, thisYear))
  const columns = shapes.map((_, index) => index)
  const shareAt = (index: number, count: (shape: Shape) => number): number => {
    const shape = shapes[index]
    return shape === undefined ? 0 : share(count(shape), shape)
  }
  const mostly =
    (count: (shape: Shape) => number) =>
    (index: number): boolean => {
      const shape = shapes[index]
      return shape !== undefined && shape.filled * 2 >= data.length && share(count(shape), shape) >= 0.9
    }
  const date = columns.find(mostly(({ dates }) => dates))
  const action = columns.find(
    (index) => data.filter((cells) => actionOfCell(trimmedCell(cells, index)) !== null).length * 10 >= data.length * 9,
  )
  if (date === undefined || action === undefined) return null
  const traded = data.filter((cells) => ['buy', 'sell'].includes(actionOfCell(trimmedCell(cells, action)) ?? ''))
  if (traded.length < FEWEST_TRADES) return null
  const trades = { rows: traded, mark }
  const numeric = columns.filter((index) => index !== date && mostly(({ numbers }) => numbers)(index))
  // rows of other kinds leave quantity and price empty
  const sparse = columns.filter(
    (index) => index !== date && shareAt(index, ({ numbers }) => numbers) >= 0.9 && !numeric.includes(index),
  )
  const figures = [...numeric, ...sparse].toSorted((left, right) => left - right)
  const found = triple(figures, shapes, trades)
  if (found === null) return null
  const [quantity, price, value] = found
  const currency = columns.find(mostly(({ codes }) => codes))
  const isin = columns.find((index) => shareAt(index, ({ isins }) => isins) >= 0.9)
  const symbol = columns.find(
    (index) =>
      index !== action &&
      index !== currency &&
      index !== isin &&
      !figures.includes(index) &&
      shareAt(index, ({ assets }) => assets) >= 0.8 &&
      shareAt(index, ({ numbers }) => numbers) < 0.5,
  )
  if (isin === undefined && symbol === undefined) return null
  const commission = commissionOf(figures, new Set(found), value, trades)
  const header = columns.map(() => '')
  const name = (index: number | undefined, heading: string): void => {
    if (index !== undefined) header[index] = heading
  }
  name(date, 'Date')
  name(action, 'Action')
  name(isin, 'ISIN')
  name(symbol, 'Symbol')
  name(currency, 'Currency')
  name(quantity, 'Quantity')
  name(price, 'Price')
  name(value, 'Net amount')
  name(commission, 'Commission')
  const beside = commission === undefined ? undefined : shapes[commission + 1]
  if (commission !== undefined && beside !== undefined && share(beside.codes, beside) >= 0.9)
    name(commission + 1, 'Fee currency')
  return header
}
