import { type Decimal, decimalOf, divideRounded, tryParseDecimal } from '../../../../shared/domain/decimal.ts'

const FRACTION = /^\s{0,9}([+-]?\d{1,30})\s{0,9}\/\s{0,9}(\d{1,30})\s{0,9}$/

/** Digits kept of a fraction that is no decimal number (371/24). */
const INEXACT_DIGITS = 12

const MOST_DIGITS = 30

/**
 * Numerator over denominator as a decimal: exact where the denominator has no other factors than 2 and 5, as all of
 * GnuCash's own have, else to 12 digits. Null where the denominator is zero.
 */
export function decimalOfFraction(numerator: bigint, denominator: bigint): Decimal | null {
  if (denominator === 0n) return null
  const sign = denominator < 0n ? -1n : 1n
  const [top, bottom] = [numerator * sign, denominator * sign]
  for (let digits = 0, power = 1n; digits <= MOST_DIGITS; digits += 1, power *= 10n) {
    if ((top * power) % bottom === 0n) return decimalOf((top * power) / bottom, digits)
  }
  return decimalOf(divideRounded(top * 10n ** BigInt(INEXACT_DIGITS), bottom, 'half-even'), INEXACT_DIGITS)
}

/** "12345/100", or a plain decimal; null for any other text. */
export function parseFraction(text: string): Decimal | null {
  const match = FRACTION.exec(text)
  if (match === null) return tryParseDecimal(text)
  const [, numerator = '0', denominator = '0'] = match
  return decimalOfFraction(BigInt(numerator), BigInt(denominator))
}
