import {
  absoluteDecimal,
  addDecimal,
  compareDecimal,
  type Decimal,
  multiplyDecimal,
  parseDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { TableRules } from './profile.ts'
import type { RowFacts } from './row-facts.ts'
import type { Sum } from './sum.ts'
import { effectOf } from './vocabulary.ts'

/** How a table writes what its rows do to the cash. */
export interface CashConventions {
  /** `written`: the sign counts. `by-action`: amounts have none. `inverted`: what is spent is positive. */
  readonly sign: 'written' | 'by-action' | 'inverted'
  /** Whether fees and taxes are within the amount or come on top of it. */
  readonly fees: 'contained' | 'on-top'
  /** Whether a profile says so: then no row's own arithmetic is asked. */
  readonly feesKnown: boolean
  /** `effect`: a charge is written negative, as it acts on the cash. `magnitude`: as a positive number. */
  readonly charges: 'effect' | 'magnitude'
  /** Whether quantities bear signs. */
  readonly signedUnits: boolean
}

const EVIDENCE = parseDecimal('0.35')

export const totalOf = (sums: readonly Sum[]): Decimal => sums.reduce((sum, { value }) => addDecimal(sum, value), ZERO)

/** Quantity × price × multiplier as a magnitude, or null. */
export function tradeValue({ quantity, price, multiplier }: RowFacts): Decimal | null {
  if (quantity === null || price === null) return null
  const plain = absoluteDecimal(multiplyDecimal(quantity, price.value))
  return multiplier === null || signOfDecimal(multiplier) <= 0 ? plain : multiplyDecimal(plain, multiplier)
}

/**
 * Whether a row's amount contains its fees and taxes: quantity × price less or with them, or quantity × price alone.
 * Null where the row does not say.
 */
export function chargesOf(row: RowFacts): 'contained' | 'on-top' | null {
  const { action, net, fees, taxes, price } = row
  const worth = tradeValue(row)
  const charges = absoluteDecimal(addDecimal(totalOf(fees), totalOf(taxes)))
  if (net === null || worth === null || charges === ZERO) return null
  if (price !== null && price.currency !== null && net.currency !== null && price.currency !== net.currency) return null
  const written = absoluteDecimal(net.value)
  const total = action === 'buy' ? addDecimal(worth, charges) : subtractDecimal(worth, charges)
  const near = multiplyDecimal(charges, EVIDENCE)
  const isNear = (value: Decimal): boolean =>
    compareDecimal(absoluteDecimal(subtractDecimal(value, written)), near) <= 0
  if (isNear(total)) return 'contained'
  return isNear(worth) ? 'on-top' : null
}

/** What a row's word, or else the sign of its units, says of the way that its cash goes. */
function flowOf({ action, security, quantity, price }: RowFacts, signedUnits: boolean): 'in' | 'out' | null {
  if (action !== null) {
    const { cash } = effectOf(action)
    return cash === 'in' || cash === 'out' ? cash : null
  }
  if (!signedUnits || security === null || quantity === null || price === null || signOfDecimal(quantity) === 0)
    return null
  return signOfDecimal(quantity) > 0 ? 'out' : 'in'
}

/** Units that leave at a negative worth: the sum has the sign of the units, not that of the cash. */
function isMirrored(row: RowFacts): boolean {
  const { action, net, quantity } = row
  const worth = tradeValue(row)
  if (action !== null && action !== 'sell') return false
  if (net === null || quantity === null || worth === null || worth === ZERO) return false
  if (signOfDecimal(net.value) >= 0 || signOfDecimal(quantity) >= 0) return false
  // a sale may cost more than it brings; then its sum is far from quantity × price
  const difference = absoluteDecimal(subtractDecimal(absoluteDecimal(net.value), worth))
  return compareDecimal(difference, multiplyDecimal(worth, EVIDENCE)) <= 0
}

/** Reads the conventions off the rows of a table. */
export function detectCash(
  rows: readonly RowFacts[],
  rules: TableRules,
  /** Money in and money out have columns of their own. */
  divided = false,
): CashConventions {
  const out = { plus: 0, minus: 0 }
  const inward = { plus: 0, minus: 0 }
  const charge = { plus: 0, minus: 0 }
  let contained = 0
  let onTop = 0
  let mirrored = 0
  const signedUnits = rows.some(({ quantity }) => quantity !== null && signOfDecimal(quantity) < 0)
  for (const row of rows) {
    const { action, net, fees, taxes } = row
    const flow = flowOf(row, signedUnits)
    const sign = net === null ? 0 : signOfDecimal(net.value)
    const tally = flow === 'out' ? out : flow === 'in' ? inward : null
    if (isMirrored(row)) mirrored += 1
    if (tally !== null && sign > 0) tally.plus += 1
    if (tally !== null && sign < 0) tally.minus += 1
    for (const { value } of [...fees, ...taxes]) {
      // a cost against money out is negative in one way of writing only; against money in, in both
      if (action !== 'buy' && sign <= 0) continue
      if (signOfDecimal(value) > 0) charge.plus += 1
      else charge.minus += 1
    }
    if (action !== 'buy' && action !== 'sell') continue
    const within = chargesOf(row)
    if (within === 'contained') contained += 1
    else if (within === 'on-top') onTop += 1
  }
  return {
    sign: rules.sign ?? (divided ? 'written' : signOf(out, inward, mirrored)),
    fees:
      rules.amount === undefined
        ? onTop > contained
          ? 'on-top'
          : 'contained'
        : rules.amount === 'with-fees'
          ? 'contained'
          : 'on-top',
    feesKnown: rules.amount !== undefined,
    charges: charge.minus > charge.plus ? 'effect' : 'magnitude',
    signedUnits,
  }
}

interface Tally {
  readonly plus: number
  readonly minus: number
}

function signOf(out: Tally, inward: Tally, mirrored: number): CashConventions['sign'] {
  if (out.minus > out.plus) return 'written'
  if (mirrored > 0 && inward.plus === 0 && inward.minus === mirrored && out.minus === 0) return 'inverted'
  if (out.plus > 0 && inward.minus > inward.plus) return 'inverted'
  return out.plus === 0 && out.minus === 0 && inward.minus > 0 && inward.plus > 0 ? 'written' : 'by-action'
}
