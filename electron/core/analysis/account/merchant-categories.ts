import { z } from 'zod'
import table from '../../../../resources/merchant-categories.json' with { type: 'json' }

const codesSchema = z.array(z.string().regex(/^\d{4}(-\d{4})?$/)).min(1)
const tableSchema = z.strictObject({
  about: z.string(),
  source: z.string().min(1),
  categories: z.record(z.string().regex(/^[a-z-]+$/), codesSchema),
})
const parsed = tableSchema.parse(table)

interface Range {
  readonly first: number
  readonly last: number
  readonly key: string
}

/** In order of their codes; no two overlap. */
export const merchantCategoryRanges: readonly Range[] = Object.entries(parsed.categories)
  .flatMap(([key, codes]) =>
    codes.map((code): Range => {
      const [first = '', last = first] = code.split('-')
      return { first: Number(first), last: Number(last), key }
    }),
  )
  .toSorted((left, right) => left.first - right.first)

/**
 * The key of the default category that a merchant category code (ISO 18245, four digits; leading zeros may be missing)
 * belongs to, or null where the trade is not one category or the text is no code.
 */
export function categoryKeyOfMerchantCode(code: string | null | undefined): string | null {
  const text = code?.trim() ?? ''
  if (!/^\d{3,4}$/.test(text)) return null
  const number = Number(text)
  return merchantCategoryRanges.find(({ first, last }) => number >= first && number <= last)?.key ?? null
}
