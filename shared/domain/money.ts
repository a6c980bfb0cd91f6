import { type CurrencyCode, exponentOf } from './currency.ts'
import { type Decimal, decimalOf, divideRounded, multiplyDecimal, type Rounding, unitsAtScale } from './decimal.ts'

/** An amount in whole minor units of one currency (fen, cents; yen for JPY). `minor` is a safe integer. */
export interface Money {
  readonly minor: number
  readonly currency: CurrencyCode
}

/** Thrown where amounts of two currencies meet without a rate. */
export class CurrencyMismatchError extends Error {
  override readonly name = 'CurrencyMismatchError'
  constructor(left: CurrencyCode, right: CurrencyCode) {
    super(`cannot combine ${left} with ${right}: convert one of them first`)
  }
}

/** The number itself if it is a safe integer; throws a RangeError otherwise, for silent loss of cents is worse. */
export function safeMinor(value: number | bigint): number {
  const minor = Number(value)
  if (!Number.isSafeInteger(minor)) throw new RangeError('an amount must be a whole number of minor units below 2^53')
  return minor === 0 ? 0 : minor
}

export function money(minor: number, currency: CurrencyCode): Money {
  return { minor: safeMinor(minor), currency }
}

export function addMoney(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new CurrencyMismatchError(left.currency, right.currency)
  return money(left.minor + right.minor, left.currency)
}

export function subtractMoney(left: Money, right: Money): Money {
  return addMoney(left, negateMoney(right))
}

export function negateMoney(value: Money): Money {
  return money(-value.minor, value.currency)
}

export function sumMoney(values: Iterable<Money>, currency: CurrencyCode): Money {
  let total = money(0, currency)
  for (const value of values) total = addMoney(total, value)
  return total
}

/** A decimal amount in major units as minor units. `exact` is false where digits beyond the minor unit were rounded. */
export function minorFromDecimal(
  amount: Decimal,
  currency: CurrencyCode,
  rounding: Rounding = 'half-even',
): { minor: number; exact: boolean } {
  const { units, exact } = unitsAtScale(amount, exponentOf(currency), rounding)
  return { minor: safeMinor(units), exact }
}

/** Minor units as a decimal amount in major units: 1234 fen is "12.34". */
export function decimalFromMinor(minor: number, currency: CurrencyCode): Decimal {
  return decimalOf(BigInt(safeMinor(minor)), exponentOf(currency))
}

/** Converts at a rate of target units for one unit of the source currency. */
export function convertMoney(
  value: Money,
  rate: Decimal,
  target: CurrencyCode,
  rounding: Rounding = 'half-even',
): Money {
  const major = multiplyDecimal(decimalFromMinor(value.minor, value.currency), rate)
  return money(minorFromDecimal(major, target, rounding).minor, target)
}

/** quantity × price in the price's currency, rounded to its minor unit. */
export function valueOf(
  quantity: Decimal,
  price: Decimal,
  currency: CurrencyCode,
  rounding: Rounding = 'half-even',
): Money {
  return money(minorFromDecimal(multiplyDecimal(quantity, price), currency, rounding).minor, currency)
}

/**
 * Splits an amount by weights so that the parts add up to it exactly: each part is rounded towards zero and what is
 * left over goes, one minor unit each, to the largest remainders (ties: the earlier part).
 * Weights are non-negative integers, not all zero.
 */
export function allocateMoney(value: Money, weights: readonly number[]): Money[] {
  return allocateMinor(value.minor, weights).map((minor) => money(minor, value.currency))
}

/** As `allocateMoney`, for minor units whose currency the caller knows. */
export function allocateMinor(minor: number, weights: readonly number[]): number[] {
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) {
    throw new RangeError('weights must be non-negative whole numbers')
  }
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  if (total === 0n) throw new RangeError('at least one weight must be positive')
  const sign = minor < 0 ? -1n : 1n
  const size = BigInt(minor) * sign
  const parts = weights.map((weight, index) => {
    const exact = size * BigInt(weight)
    return { index, share: divideRounded(exact, total, 'down'), remainder: exact % total }
  })
  let left = size - parts.reduce((sum, part) => sum + part.share, 0n)
  const order = parts.toSorted((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  )
  for (const part of order) {
    if (left === 0n) break
    part.share += 1n
    left -= 1n
  }
  return parts.map((part) => safeMinor(part.share * sign))
}
