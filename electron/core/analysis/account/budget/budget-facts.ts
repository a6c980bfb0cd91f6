import type { IsoDate } from '../../../../../shared/domain/iso-date.ts'
import type { BudgetPeriod, BudgetPlan, Rollover } from '../../../../../shared/model/budget.ts'

/** A category that has a budget, as it is kept. */
export interface StoredBudget {
  readonly categoryId: number
  readonly period: BudgetPeriod
  readonly rollover: Rollover
}

/** An amount from a period's first month on (limits), or of one month alone (envelopes). */
export interface StoredBudgetAmount {
  readonly categoryId: number
  readonly month: string
  readonly amountMinor: number
}

/** What was spent (out less refunds) or earned in a budget month, in the base currency; category 0: none. */
export interface MonthFlow {
  readonly month: string
  readonly categoryId: number
  readonly flow: 'income' | 'expense'
  readonly minor: number
}

export interface CategoryNode {
  readonly id: number
  readonly parentId: number | null
}

/** All that budgets are counted from. */
export interface BudgetFacts {
  readonly plan: BudgetPlan & { readonly startsOn: IsoDate }
  readonly budgets: readonly StoredBudget[]
  readonly amounts: readonly StoredBudgetAmount[]
  readonly categories: readonly CategoryNode[]
  /** From the plan's first day on. */
  readonly flows: readonly MonthFlow[]
  readonly today: IsoDate
}
