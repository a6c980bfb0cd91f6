import { type CurrencyCode, exponentOf } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import { minorFromDecimal } from '../../../../shared/domain/money.ts'

/** Whole numbers of so many digits are exact as a double. */
const SAFE_DIGITS = 15

/**
 * A decimal amount as minor units, as `minorFromDecimal`; the usual short amounts take a way without big integers.
 * `exact` is false where digits beyond the minor unit were rounded. Throws a RangeError beyond 2^53.
 */
export function toMinor(amount: Decimal, currency: CurrencyCode): { minor: number; exact: boolean } {
  const exponent = exponentOf(currency)
  const point = amount.indexOf('.')
  const fraction = point < 0 ? 0 : amount.length - point - 1
  if (fraction > exponent || amount.length + exponent > SAFE_DIGITS) return minorFromDecimal(amount, currency)
  const digits = point < 0 ? amount : amount.slice(0, point) + amount.slice(point + 1)
  const minor = Number(digits + '0'.repeat(exponent - fraction))
  return { minor: minor === 0 ? 0 : minor, exact: true }
}

/** As `toMinor`, rounded, or null for an amount beyond what can be held. */
export function tryToMinor(amount: Decimal, currency: CurrencyCode): number | null {
  try {
    return toMinor(amount, currency).minor
  } catch {
    return null
  }
}
