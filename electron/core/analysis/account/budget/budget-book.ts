import { safeMinor } from '../../../../../shared/domain/money.ts'
import { budgetMonthOf, firstMonthOfPeriod } from './budget-months.ts'
import type { BudgetFacts, StoredBudget } from './budget-facts.ts'

/** A budget with its amounts in order, and the month from which it counts. */
export interface BookedBudget extends StoredBudget {
  readonly amounts: readonly { readonly month: string; readonly amountMinor: number }[]
  readonly byMonth: ReadonlyMap<string, number>
  readonly firstMonth: string
}

/**
 * Who pays for what: a category's spending is charged to its own budget, else to that of the nearest category above it
 * that has one by that month; a child's own budget thus takes its part out of its parent's.
 */
export class BudgetBook {
  readonly budgets: readonly BookedBudget[]
  readonly firstMonth: string
  readonly #spent = new Map<number, Map<string, number>>()
  readonly #outside = new Map<string, Map<number, number>>()
  readonly #income = new Map<string, number>()

  constructor({ plan, budgets, amounts, categories, flows }: BudgetFacts) {
    this.firstMonth = budgetMonthOf(plan.startsOn, plan.startDay)
    const byCategory = Map.groupBy(amounts, ({ categoryId }) => categoryId)
    this.budgets = budgets.map((budget) => {
      const own = (byCategory.get(budget.categoryId) ?? []).toSorted((a, b) => (a.month < b.month ? -1 : 1))
      const period = plan.method === 'envelope' ? 'month' : budget.period
      const begins = firstMonthOfPeriod(own[0]?.month ?? '9999-01', period)
      return {
        categoryId: budget.categoryId,
        rollover: budget.rollover,
        period,
        amounts: own,
        byMonth: new Map(own.map(({ month, amountMinor }) => [month, amountMinor])),
        firstMonth: begins < this.firstMonth ? this.firstMonth : begins,
      }
    })
    const parents = new Map(categories.map(({ id, parentId }) => [id, parentId]))
    const booked = new Map(this.budgets.map((budget) => [budget.categoryId, budget]))
    const payerOf = (categoryId: number, month: string): number | null => {
      const seen = new Set<number>()
      for (let id: number | null | undefined = categoryId; id != null && !seen.has(id); id = parents.get(id)) {
        seen.add(id)
        const budget = booked.get(id)
        if (budget !== undefined && budget.firstMonth <= month) return id
      }
      return null
    }
    for (const { month, categoryId, flow, minor } of flows) {
      if (flow === 'income') {
        this.#income.set(month, safeMinor((this.#income.get(month) ?? 0) + minor))
        continue
      }
      const payer = payerOf(categoryId, month)
      if (payer === null) addTo(this.#outside, month, categoryId, minor)
      else addTo(this.#spent, payer, month, minor)
    }
  }

  /** Spent under this budget in the months, both included. */
  spent(categoryId: number, months: readonly string[]): number {
    const own = this.#spent.get(categoryId)
    return own === undefined ? 0 : months.reduce((sum, month) => safeMinor(sum + (own.get(month) ?? 0)), 0)
  }

  /** Spent in the month under no budget, by category. */
  outside(month: string): ReadonlyMap<number, number> {
    return this.#outside.get(month) ?? new Map<number, number>()
  }

  income(month: string): number {
    return this.#income.get(month) ?? 0
  }
}

function addTo<Outer, Inner>(sums: Map<Outer, Map<Inner, number>>, outer: Outer, inner: Inner, minor: number): void {
  let own = sums.get(outer)
  if (own === undefined) {
    own = new Map()
    sums.set(outer, own)
  }
  own.set(inner, safeMinor((own.get(inner) ?? 0) + minor))
}
