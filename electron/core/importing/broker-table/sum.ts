import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { type Decimal, multiplyDecimal, parseDecimal } from '../../../../shared/domain/decimal.ts'
import { fiatOf } from './figure.ts'
import { minorUnits } from './vocabulary.ts'

/** A sum in one currency; `currency` is null where the file does not say. */
export interface Sum {
  readonly value: Decimal
  readonly currency: CurrencyCode | null
}

/** The currency that a cell names, if it is there and names one. */
export const fiatOrNull = (text: string | null): CurrencyCode | null => (text === null ? null : fiatOf(text))

/** In the currency itself where the unit is its hundredth: 245 GBX are 2.45 GBP. */
export function sumOf(value: Decimal, unit: string | null): Sum {
  const minor = unit === null ? undefined : minorUnits.get(unit)
  if (minor !== undefined) {
    return { value: multiplyDecimal(value, parseDecimal(minor[1])), currency: fiatOf(minor[0]) }
  }
  return { value, currency: fiatOrNull(unit) }
}
