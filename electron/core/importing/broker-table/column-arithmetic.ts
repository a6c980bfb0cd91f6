import { absoluteDecimal, decimalToNumber } from '../../../../shared/domain/decimal.ts'
import { trimmedCell } from '../delimited/vocabulary-text.ts'
import type { DecimalMark } from '../text/number-text.ts'
import { readFigure } from './figure.ts'
import type { Role } from './roles.ts'

export interface Numbers {
  readonly rows: readonly (readonly string[])[]
  readonly mark: DecimalMark
}

/** The figure of a cell without its sign, for comparing; 0 where there is none. */
export function magnitudeAt(cells: readonly string[], index: number, mark: DecimalMark): number {
  const figure = readFigure(trimmedCell(cells, index), mark)
  return figure === null || figure === 'bad' ? 0 : Math.abs(decimalToNumber(absoluteDecimal(figure.value)))
}

/** In how many of the rows a × b is c, to one in a hundred; only rows in which all three are there count. */
export function productShare({ rows, mark }: Numbers, a: number, b: number, c: number): number {
  let compared = 0
  let equal = 0
  for (const cells of rows) {
    const [left, right, product] = [
      magnitudeAt(cells, a, mark),
      magnitudeAt(cells, b, mark),
      magnitudeAt(cells, c, mark),
    ]
    if (left === 0 || right === 0 || product === 0) continue
    compared += 1
    if (Math.abs(left * right - product) <= product * 0.02 + 0.011) equal += 1
  }
  return compared === 0 ? 0 : equal / compared
}

/** Where words left quantity, price and value open, arithmetic tells them: quantity × price = value. */
export function byArithmetic(at: Map<Role, number>, numbers: Numbers): void {
  const value = at.get('gross') ?? at.get('net')
  const rate = at.get('fx-rate')
  const quantity = at.get('quantity')
  if (at.get('price') === undefined && rate !== undefined && quantity !== undefined && value !== undefined) {
    if (productShare(numbers, quantity, rate, value) > 0.6) {
      at.set('price', rate)
      at.delete('fx-rate')
    }
  }
  const price = at.get('price')
  const [gross, net] = [at.get('gross'), at.get('net')]
  if (price !== undefined && quantity === undefined && gross !== undefined && net !== undefined) {
    if (productShare(numbers, gross, price, net) > 0.6) {
      at.set('quantity', gross)
      at.delete('gross')
    } else if (productShare(numbers, net, price, gross) > 0.6) {
      at.set('quantity', net)
      at.set('net', gross)
      at.delete('gross')
    }
  }
}
