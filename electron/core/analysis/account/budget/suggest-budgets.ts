import { safeMinor } from '../../../../../shared/domain/money.ts'
import type { BudgetSuggestion } from '../../../../../shared/model/budget.ts'
import type { CategoryNode, MonthFlow } from './budget-facts.ts'

/** The middle of the amounts; of an even number the mean of the two in the middle, rounded down. 0 for none. */
export function medianMinor(amounts: readonly number[] | Float64Array): number {
  return middleOf(new Float64Array(amounts).sort())
}

/** The same of amounts that ascend. */
export function middleOf(sorted: Float64Array): number {
  const half = sorted.length / 2
  const upper = sorted[Math.floor(half)] ?? 0
  if (!Number.isInteger(half)) return upper
  return Math.floor(((sorted[half - 1] ?? 0) + upper) / 2)
}

/** Up to the next amount of two significant digits: 173,400 becomes 180,000. Of a positive amount. */
export function roundedBudget(minor: number): number {
  const step = 10 ** Math.max(0, String(minor).length - 2)
  return Math.ceil(minor / step) * step
}

/** The category at the top of the tree above each. */
export function topCategories(categories: readonly CategoryNode[]): ReadonlyMap<number, number> {
  const parents = new Map(categories.map(({ id, parentId }) => [id, parentId]))
  const topOf = (id: number): number => {
    let top = id
    for (let depth = 0; depth < 20; depth += 1) {
      const parent = parents.get(top)
      if (parent == null || !parents.has(parent)) break
      top = parent
    }
    return top
  }
  return new Map(categories.map(({ id }) => [id, topOf(id)]))
}

/**
 * A budget for each top category from the given full months: what was spent in a month in the middle of them, rounded up
 * to two digits. Where less than half of the months have any spending the middle is nothing, and after a whole year of
 * them the year's sum is suggested as a yearly budget. In the order of the categories.
 */
export function suggestBudgets(
  categories: readonly CategoryNode[],
  flows: readonly MonthFlow[],
  months: readonly string[],
): BudgetSuggestion[] {
  const tops = topCategories(categories)
  const spent = new Map<number, Map<string, number>>()
  for (const { categoryId, flow, month, minor } of flows) {
    const top = tops.get(categoryId)
    if (flow !== 'expense' || top === undefined || !months.includes(month)) continue
    const own = spent.get(top) ?? new Map<string, number>()
    own.set(month, safeMinor((own.get(month) ?? 0) + minor))
    spent.set(top, own)
  }
  return categories.flatMap(({ id }): BudgetSuggestion[] => {
    const own = spent.get(id)
    if (own === undefined) return []
    const amounts = months.map((month) => own.get(month) ?? 0)
    const facts = { categoryId: id, months: months.length, monthsSpent: amounts.filter((minor) => minor > 0).length }
    const middle = medianMinor(amounts)
    if (middle > 0) return [{ ...facts, period: 'month', amountMinor: roundedBudget(middle) }]
    const sum = amounts.reduce((total, minor) => safeMinor(total + minor), 0)
    if (sum > 0 && months.length >= 12) return [{ ...facts, period: 'year', amountMinor: roundedBudget(sum) }]
    return []
  })
}
