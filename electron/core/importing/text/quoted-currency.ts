import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { type Decimal, multiplyDecimal, ONE, parseDecimal } from '../../../../shared/domain/decimal.ts'

/** A currency as brokers quote it, and what an amount in it is to be multiplied by to be in the ISO 4217 currency. */
export interface QuotedCurrency {
  readonly currency: CurrencyCode
  readonly factor: Decimal
}

const HUNDREDTH = parseDecimal('0.01')

/**
 * Codes outside ISO 4217 that exchanges and quote services use: shares are quoted in pence, agorot, cents; yuan that are
 * held outside mainland China are written CNH. `GBp` and `ZAc` are told from `GBP` and `ZAR` by the small letter.
 */
const OUTSIDE_ISO: ReadonlyMap<string, readonly [string, Decimal]> = new Map<string, readonly [string, Decimal]>([
  ['GBX', ['GBP', HUNDREDTH]],
  ['GBp', ['GBP', HUNDREDTH]],
  ['GBx', ['GBP', HUNDREDTH]],
  ['ILA', ['ILS', HUNDREDTH]],
  ['ZAC', ['ZAR', HUNDREDTH]],
  ['ZAc', ['ZAR', HUNDREDTH]],
  ['USX', ['USD', HUNDREDTH]],
  ['CNH', ['CNY', ONE]],
])

/** The currency behind a code as written by a broker or a quote service; null for an unknown one. */
export function quotedCurrency(text: string): QuotedCurrency | null {
  const code = text.trim()
  const outside = OUTSIDE_ISO.get(code)
  const currency = outside?.[0] ?? code.toUpperCase()
  return isCurrencyCode(currency) ? { currency, factor: outside?.[1] ?? ONE } : null
}

/** An amount that was written in a quoted currency, in the ISO currency itself. */
export const inMajorUnits = (amount: Decimal, { factor }: QuotedCurrency): Decimal =>
  factor === ONE ? amount : multiplyDecimal(amount, factor)
