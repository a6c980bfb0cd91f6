import type { TransactionFilter } from '../../../shared/model/transaction.ts'

/** A part of a filter; a key that is present with `undefined` takes that condition away. */
export type FilterChange = { [K in keyof TransactionFilter]?: TransactionFilter[K] | undefined }

/** The filter with some conditions set or taken away. */
export function withFilter(filter: TransactionFilter, change: FilterChange): TransactionFilter {
  const entries = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries)
}

/** How many conditions of the popover are set. */
export function filterCount(filter: TransactionFilter): number {
  const { from, to, categoryIds, uncategorised, minMinor, maxMinor } = filter
  return [from, to, categoryIds, uncategorised, minMinor, maxMinor].filter((value) => value !== undefined).length
}
