import { divideRounded } from '../../../../../shared/domain/decimal.ts'
import type { CategoryNode, MonthFlow } from '../budget/budget-facts.ts'
import { medianMinor } from '../budget/suggest-budgets.ts'

/** The given categories with all below them. */
export function withDescendants(categories: readonly CategoryNode[], chosen: ReadonlySet<number>): Set<number> {
  const found = new Set(chosen)
  for (let grown = true; grown;) {
    grown = false
    for (const { id, parentId } of categories) {
      if (parentId !== null && found.has(parentId) && !found.has(id)) {
        found.add(id)
        grown = true
      }
    }
  }
  return found
}

/** The middle month of what was spent in the categories with all below them; months without any count as nothing. */
export function middleSpending(
  flows: readonly MonthFlow[],
  months: readonly string[],
  categoryIds: ReadonlySet<number>,
): number {
  const sums = new Map(months.map((month) => [month, 0]))
  for (const { month, flow, categoryId, minor } of flows) {
    const sum = sums.get(month)
    if (flow === 'expense' && sum !== undefined && categoryIds.has(categoryId)) sums.set(month, sum + minor)
  }
  return medianMinor([...sums.values()])
}

/** How long it lasts, in tenths of a month, rounded down; null where nothing is needed; 0 where nothing is there. */
export function lastsTenths(liquidMinor: number, essentialMinor: number): number | null {
  if (essentialMinor <= 0) return null
  if (liquidMinor <= 0) return 0
  return Number(divideRounded(BigInt(liquidMinor) * 10n, BigInt(essentialMinor), 'down'))
}
