import type { CurrencyCode } from '../../shared/domain/currency.ts'
import { exponentOf } from '../../shared/domain/currency.ts'
import { type Decimal, multiplyDecimal, parseDecimal, tryParseDecimal } from '../../shared/domain/decimal.ts'
import { decimalFromMinor, minorFromDecimal } from '../../shared/domain/money.ts'

const fullWidth = /[０-９．，－＋]/g

function plainDigits(text: string): string {
  return text.replace(fullWidth, (mark) => String.fromCodePoint((mark.codePointAt(0) ?? 0) - 0xfe_e0))
}

/**
 * What a person typed as a number, or null: "1,234.50", "￥1 234", "−12", "3.5万", "2亿". The point is the decimal mark
 * in both languages; a comma is accepted only where it groups by three, so that "12,5" is asked again rather than
 * read as 125.
 */
export function parseTypedDecimal(text: string): Decimal | null {
  let plain = plainDigits(text)
    .replace(/[\s\u00a0\u202f_]/g, '')
    .replace(/^[−–-]/, '-')
    .replace(/[¥￥$€£元]/g, '')
  let scale = '1'
  if (plain.endsWith('万')) scale = '10000'
  if (plain.endsWith('亿')) scale = '100000000'
  if (scale !== '1') plain = plain.slice(0, -1)
  if (plain.includes(',')) {
    if (!/^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain)) return null
    plain = plain.replaceAll(',', '')
  }
  if (/e/i.test(plain)) return null
  const value = tryParseDecimal(plain)
  return value === null ? null : scale === '1' ? value : multiplyDecimal(value, parseDecimal(scale))
}

/** A typed amount in minor units, or null where it is no number or finer than the currency's minor unit. */
export function parseTypedMinor(text: string, currency: CurrencyCode): number | null {
  const value = parseTypedDecimal(text)
  if (value === null) return null
  try {
    const { minor, exact } = minorFromDecimal(value, currency)
    return exact ? minor : null
  } catch {
    return null
  }
}

/** An amount as text for a field to be edited: no grouping, every minor digit. */
export function minorForInput(minor: number, currency: CurrencyCode): string {
  const [whole = '0', fraction = ''] = decimalFromMinor(minor, currency).split('.')
  const exponent = exponentOf(currency)
  return exponent === 0 ? whole : `${whole}.${fraction.padEnd(exponent, '0')}`
}

/** A percentage typed as "4.2" as the fraction "0.042"; null where it is no number. */
export function parseTypedPercent(text: string): Decimal | null {
  const value = parseTypedDecimal(text.replace(/[%％]\s*$/, ''))
  return value === null ? null : multiplyDecimal(value, parseDecimal('0.01'))
}

/** The fraction "0.042" as "4.2" for a field. */
export function percentForInput(fraction: Decimal): string {
  return multiplyDecimal(fraction, parseDecimal('100'))
}
