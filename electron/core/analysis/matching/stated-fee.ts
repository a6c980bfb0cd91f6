import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { tryParseDecimal } from '../../../../shared/domain/decimal.ts'
import { minorFromDecimal } from '../../../../shared/domain/money.ts'
import type { MatchLine } from './match-line.ts'
import { feeFigureIn, type LineWords } from './words.ts'

/** A fee is at most this part of what left the account. */
const LARGEST_SHARE = 0.05

/**
 * What a line that left an account says of a fee within its amount ("服务费¥0.10"): a positive magnitude in minor units,
 * 0 where it says none. What arrives elsewhere is less by it.
 */
export function statedFee(line: MatchLine, words: LineWords, currency: CurrencyCode): number {
  if (line.minor >= 0) return 0
  const figure = feeFigureIn(words.folded)
  const amount = figure === null ? null : tryParseDecimal(figure)
  if (amount === null) return 0
  const { minor, exact } = minorFromDecimal(amount, currency)
  return exact && minor > 0 && minor <= -line.minor * LARGEST_SHARE ? minor : 0
}
