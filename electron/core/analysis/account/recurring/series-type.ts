import { z } from 'zod'
import table from '../../../../../resources/recurring-categories.json' with { type: 'json' }
import { type RecurringType, recurringTypes } from '../../../../../shared/model/recurring.ts'

const rows = z
  .strictObject({
    about: z.string(),
    confirmed: z.boolean(),
    categories: z.array(
      z.strictObject({
        key: z.string(),
        type: z.enum(recurringTypes),
        decibans: z.int().min(-20).max(20),
      }),
    ),
  })
  .parse(table).categories

const byKey: ReadonlyMap<string, (typeof rows)[number]> = new Map(rows.map((row) => [row.key, row]))

/** What a series is about. `keys`: its category's key, then its parent's; both may be missing for the user's own categories. */
export function seriesType(
  keys: readonly (string | null)[],
  options: { isTransfer: boolean; income: boolean },
): RecurringType {
  if (options.isTransfer) return 'transfer'
  for (const key of keys) {
    const row = key === null ? undefined : byKey.get(key)
    if (row !== undefined) return row.type
  }
  return options.income ? 'income' : 'other'
}

/** What a category says for (positive) or against a series, in decibans. */
export function categoryWeight(keys: readonly (string | null)[]): number {
  for (const key of keys) {
    const row = key === null ? undefined : byKey.get(key)
    if (row !== undefined) return row.decibans
  }
  return 0
}
