import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { safeMinor } from '../../../../shared/domain/money.ts'
import { type BudgetPlan, budgetPlanSchema } from '../../../../shared/model/budget.ts'
import type { FlowSheet } from '../../../../shared/model/flow.ts'
import type {
  CategoryNode,
  MonthFlow,
  StoredBudget,
  StoredBudgetAmount,
} from '../../analysis/account/budget/budget-facts.ts'
import { budgetMonthOf } from '../../analysis/account/budget/budget-months.ts'
import type { Vault } from '../open-vault.ts'
import { loadFlow } from './flow-repository.ts'
import { sqlRows } from './query.ts'

export const BUDGET_PLAN_KEY = 'budget'

/** How the household budgets; what is missing or unreadable takes its default. */
export function loadBudgetPlan(vault: Vault): BudgetPlan {
  const row = sqlRows<{ value: string }>(vault, 'select value from settings where key = ?', BUDGET_PLAN_KEY)[0]
  const parsed = budgetPlanSchema.safeParse(row === undefined ? {} : JSON.parse(row.value))
  return parsed.success ? parsed.data : budgetPlanSchema.parse({})
}

/** All budgets in the order that their categories are shown in: a child after its parent. */
export function loadBudgets(vault: Vault): StoredBudget[] {
  return sqlRows<StoredBudget>(
    vault,
    `with recursive tree (id, path) as (
       select id, printf('%06d.%09d', position, id) from categories where parent_id is null
       union all
       select c.id, path || '/' || printf('%06d.%09d', c.position, c.id) from categories c join tree on c.parent_id = tree.id
     )
     select category_id as categoryId, period, rollover from budget_lines left join tree on tree.id = category_id
     order by path, category_id`,
  )
}

export function loadBudgetAmounts(vault: Vault): StoredBudgetAmount[] {
  return sqlRows<StoredBudgetAmount>(
    vault,
    'select category_id as categoryId, month, amount_minor as amountMinor from budget_amounts order by category_id, month',
  )
}

/** The categories, parents and children alike, in the order of their positions. */
export function loadCategoryNodes(vault: Vault): CategoryNode[] {
  return sqlRows<CategoryNode>(vault, 'select id, parent_id as parentId from categories order by position, id')
}

export type MonthFlows = Pick<FlowSheet, 'currency' | 'notes'> & { readonly flows: readonly MonthFlow[] }

interface Kept {
  stamp: string
  readonly answers: Map<string, MonthFlows>
}
const kept = new WeakMap<Vault['driver'], Kept>()
const MOST_KEPT = 8

/** Of this connection: whatever anybody writes to the vault changes it. */
function stampOf({ driver }: Vault): string {
  const changes = driver.prepare('select total_changes() as count').get() as { count: number }
  return `${String(driver.pragma('data_version', { simple: true }))} ${changes.count}`
}

/** As `readMonthFlows`, kept until something in the vault changes: going from month to month reads the history once. */
export function loadMonthFlows(
  vault: Vault,
  from: IsoDate,
  to: IsoDate,
  startDay: number,
  person: number | null = null,
): MonthFlows {
  const stamp = stampOf(vault)
  let memory = kept.get(vault.driver)
  if (memory?.stamp !== stamp) {
    memory = { stamp, answers: new Map() }
    kept.set(vault.driver, memory)
  }
  const key = `${from} ${to} ${startDay} ${person ?? ''}`
  const known = memory.answers.get(key)
  if (known !== undefined) return known
  const answer = readMonthFlows(vault, from, to, startDay, person)
  if (memory.answers.size >= MOST_KEPT) memory.answers.clear()
  memory.answers.set(key, answer)
  return answer
}

/**
 * Income and spending by budget month and category, of the accounts that count in net worth, or a person's part of it; the
 * range's months may be cut.
 */
function readMonthFlows(vault: Vault, from: IsoDate, to: IsoDate, startDay: number, person: number | null): MonthFlows {
  const sheet = loadFlow(vault, { from, to, group: startDay === 1 ? 'month' : 'day', person })
  const sums = new Map<string, MonthFlow>()
  for (const { period, flow, categoryId, inMinor, outMinor } of sheet.cells) {
    if (flow !== 'income' && flow !== 'expense') continue
    const month = budgetMonthOf(period, startDay)
    const key = `${month} ${flow} ${categoryId}`
    const minor = (sums.get(key)?.minor ?? 0) + (flow === 'income' ? inMinor - outMinor : outMinor - inMinor)
    sums.set(key, { month, flow, categoryId, minor: safeMinor(minor) })
  }
  return { currency: sheet.currency, notes: sheet.notes, flows: [...sums.values()] }
}
