import { type Decimal, decimalOf } from '../../../../shared/domain/decimal.ts'

/** How whole numbers of a file stand for fractions: amounts have two decimals in every currency. */
export interface PpScale {
  readonly amount: number
  readonly shares: number
  readonly quote: number
}

/**
 * The decimals of shares and quotes by the file's version. The program raised them in its versions 3 (shares: none to
 * five), 26 (to six) and 49 (to eight), quotes in 30 (two to four) and 49 (to eight), as its upgrade steps tell.
 */
export function scaleOf(version: number): PpScale {
  const shares = version >= 49 ? 8 : version >= 26 ? 6 : version >= 3 ? 5 : 0
  const quote = version >= 49 ? 8 : version >= 30 ? 4 : 2
  return { amount: 2, shares, quote }
}

/** A whole number of the file with so many decimals; null where it is none. */
export function scaled(text: string, decimals: number): Decimal | null {
  return /^-?\d{1,18}$/.test(text) ? decimalOf(BigInt(text), decimals) : null
}
