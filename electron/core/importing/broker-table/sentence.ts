import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { ParsedSecurity } from '../importer.ts'
import { readFigure } from './figure.ts'
import { type Sum, sumOf } from './sum.ts'
import type { Survey } from './survey.ts'
import { phrases } from './vocabulary.ts'

/** What a sentence names of a trade. */
export interface Hint {
  readonly security: ParsedSecurity | null
  readonly quantity: Decimal | null
  readonly price: Sum | null
}

/** Nothing was said. */
export const NO_HINT: Hint = { security: null, quantity: null, price: null }

/** What a sentence tells of a trade: "Bought 10 Foo ETF (FOO)", "KOOP 5 @ 12,30 EUR". */
export function phraseOf(texts: readonly string[], actionText: string, survey: Survey): Hint {
  for (const text of [...texts, actionText]) {
    if (text.length < 6 || text.length > 200) continue
    for (const phrase of phrases) {
      const groups = phrase.exec(text)?.groups
      if (groups === undefined) continue
      const { symbol, isin, name } = groups
      const quantity = figureOf(groups['quantity'], survey)
      const price = figureOf(groups['price'], survey)
      const security: ParsedSecurity | null =
        symbol === undefined && isin === undefined && name === undefined
          ? null
          : {
              ...(isin === undefined ? {} : { isin }),
              ...(symbol === undefined ? {} : { symbol }),
              ...(name === undefined ? {} : { name: name.trim() }),
            }
      return {
        security,
        quantity,
        price: price === null ? null : sumOf(price, groups['currency'] ?? null),
      }
    }
  }
  return NO_HINT
}

/** A number out of a sentence. */
export function figureOf(text: string | undefined, survey: Survey): Decimal | null {
  if (text === undefined) return null
  const figure = readFigure(text.trim(), survey.mark)
  return figure === null || figure === 'bad' ? null : figure.value
}
