import { safeMinor } from '../../../../shared/domain/money.ts'

export interface Slice {
  readonly key: string
  /** In the base currency. */
  readonly minor: number
  /** Of the positive total, 0–1; 0 where there is none. */
  readonly share: number
}

/** Sums by key, largest first, each with its share of the whole. The shares are for display, never for amounts. */
export function computeAllocation(parts: Iterable<{ readonly key: string; readonly minor: number }>): Slice[] {
  const sums = new Map<string, number>()
  for (const { key, minor } of parts) sums.set(key, safeMinor((sums.get(key) ?? 0) + minor))
  const total = [...sums.values()].reduce((sum, minor) => sum + minor, 0)
  return [...sums]
    .filter(([, minor]) => minor !== 0)
    .map(([key, minor]) => ({ key, minor, share: total > 0 ? minor / total : 0 }))
    .sort((left, right) => right.minor - left.minor || (left.key < right.key ? -1 : 1))
}
