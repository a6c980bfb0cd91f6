declare const decimalBrand: unique symbol
/**
 * An exact decimal number in canonical form: optional minus sign, no plus sign, no exponent, no leading zeros but one
 * before the point, no trailing zeros after it, never "-0". Quantities, prices and rates travel in this form.
 */
export type Decimal = string & { readonly [decimalBrand]: true }

export type Rounding = 'half-even' | 'half-up' | 'down' | 'up'

interface Parts {
  readonly units: bigint
  readonly scale: number
}

const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/

/** Longest number text that is read: anything longer is not a figure of this world. */
const LONGEST = 60

function partsOf(value: Decimal): Parts {
  const point = value.indexOf('.')
  if (point < 0) return { units: BigInt(value), scale: 0 }
  return { units: BigInt(value.slice(0, point) + value.slice(point + 1)), scale: value.length - point - 1 }
}

function fromParts({ units, scale }: Parts): Decimal {
  if (units === 0n) return '0' as Decimal
  const sign = units < 0n ? '-' : ''
  const digits = (units < 0n ? -units : units).toString()
  if (scale <= 0) return `${sign}${digits}${'0'.repeat(-scale)}` as Decimal
  const padded = digits.padStart(scale + 1, '0')
  const whole = padded.slice(0, -scale)
  const fraction = padded.slice(-scale).replace(/(?<!0)0+$/, '')
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}` as Decimal
}

function aligned(left: Decimal, right: Decimal): { left: bigint; right: bigint; scale: number } {
  const a = partsOf(left)
  const b = partsOf(right)
  const scale = Math.max(a.scale, b.scale)
  return {
    left: a.units * 10n ** BigInt(scale - a.scale),
    right: b.units * 10n ** BigInt(scale - b.scale),
    scale,
  }
}

/** Divides integers with the stated rounding; the divisor must not be zero. */
export function divideRounded(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  if (divisor === 0n) throw new RangeError('division by zero')
  const quotient = dividend / divisor
  const remainder = dividend % divisor
  if (remainder === 0n) return quotient
  const away = dividend < 0n === divisor < 0n ? 1n : -1n
  if (rounding === 'down') return quotient
  if (rounding === 'up') return quotient + away
  const twice = (remainder < 0n ? -remainder : remainder) * 2n
  const size = divisor < 0n ? -divisor : divisor
  if (twice > size) return quotient + away
  if (twice < size) return quotient
  return rounding === 'half-up' || quotient % 2n !== 0n ? quotient + away : quotient
}

/**
 * Reads a machine-written number ("-12.50", "+3", ".5", "1e-3") or returns null.
 * Grouping marks and decimal commas are a matter of the file's conventions: see `importing/text/number-text.ts`.
 */
export function tryParseDecimal(text: string): Decimal | null {
  const trimmed = text.trim()
  if (trimmed.length > LONGEST) return null
  const match = PLAIN.exec(trimmed)
  if (match === null) return null
  const [, sign, whole = '', fraction = '', exponent] = match
  if (whole === '' && fraction === '') return null
  const units = BigInt(whole + fraction || '0')
  const scale = fraction.length - (exponent === undefined ? 0 : Number(exponent))
  const signed = sign === '-' ? -units : units
  const value =
    scale < 0 ? fromParts({ units: signed * 10n ** BigInt(-scale), scale: 0 }) : fromParts({ units: signed, scale })
  // a few letters with an exponent may stand for a figure of a thousand digits
  return value.length <= LONGEST ? value : null
}

/** As `tryParseDecimal`, but throws a RangeError where the text is no number. */
export function parseDecimal(text: string): Decimal {
  const value = tryParseDecimal(text)
  if (value === null) throw new RangeError(`"${text.slice(0, LONGEST)}" is not a decimal number`)
  return value
}

/** Whether the text is already in canonical form. */
export function isDecimal(text: string): text is Decimal {
  return text.length <= LONGEST && tryParseDecimal(text) === text
}

/** `units` × 10^−`scale`, exact. */
export function decimalOf(units: bigint | number, scale = 0): Decimal {
  return fromParts({ units: BigInt(units), scale })
}

export const ZERO: Decimal = decimalOf(0)
export const ONE: Decimal = decimalOf(1)

export function addDecimal(left: Decimal, right: Decimal): Decimal {
  const both = aligned(left, right)
  return fromParts({ units: both.left + both.right, scale: both.scale })
}

export function subtractDecimal(left: Decimal, right: Decimal): Decimal {
  const both = aligned(left, right)
  return fromParts({ units: both.left - both.right, scale: both.scale })
}

export function multiplyDecimal(left: Decimal, right: Decimal): Decimal {
  const a = partsOf(left)
  const b = partsOf(right)
  return fromParts({ units: a.units * b.units, scale: a.scale + b.scale })
}

/** left ÷ right to `scale` digits after the point. Throws a RangeError on a zero divisor. */
export function divideDecimal(left: Decimal, right: Decimal, scale: number, rounding: Rounding = 'half-even'): Decimal {
  const a = partsOf(left)
  const b = partsOf(right)
  const dividend = a.units * 10n ** BigInt(scale + b.scale)
  const divisor = b.units * 10n ** BigInt(a.scale)
  return fromParts({ units: divideRounded(dividend, divisor, rounding), scale })
}

/** Rounds to `scale` digits after the point. */
export function roundDecimal(value: Decimal, scale: number, rounding: Rounding = 'half-even'): Decimal {
  const parts = partsOf(value)
  if (parts.scale <= scale) return value
  return fromParts({ units: divideRounded(parts.units, 10n ** BigInt(parts.scale - scale), rounding), scale })
}

export function negateDecimal(value: Decimal): Decimal {
  if (value === '0') return value
  return (value.startsWith('-') ? value.slice(1) : `-${value}`) as Decimal
}

export function absoluteDecimal(value: Decimal): Decimal {
  return (value.startsWith('-') ? value.slice(1) : value) as Decimal
}

/** Negative, zero or positive as left is less than, equal to or greater than right. */
export function compareDecimal(left: Decimal, right: Decimal): -1 | 0 | 1 {
  if (left === right) return 0
  const both = aligned(left, right)
  return both.left < both.right ? -1 : both.left > both.right ? 1 : 0
}

export function signOfDecimal(value: Decimal): -1 | 0 | 1 {
  return value === '0' ? 0 : value.startsWith('-') ? -1 : 1
}

/** The integer numerator of `value` at the given scale; `exact` is false where digits were rounded away. */
export function unitsAtScale(value: Decimal, scale: number, rounding: Rounding): { units: bigint; exact: boolean } {
  const parts = partsOf(value)
  if (parts.scale <= scale) return { units: parts.units * 10n ** BigInt(scale - parts.scale), exact: true }
  const divisor = 10n ** BigInt(parts.scale - scale)
  return { units: divideRounded(parts.units, divisor, rounding), exact: parts.units % divisor === 0n }
}

/** For statistics and drawing only; never to compute an amount of money. */
export function decimalToNumber(value: Decimal): number {
  return Number(value)
}
