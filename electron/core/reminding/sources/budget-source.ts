import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { type Money, money } from '../../../../shared/domain/money.ts'
import { crossingDay } from '../../analysis/account/budget/crossing-day.ts'
import { loadBudgetView } from '../../handlers/budget-view.ts'
import { loadCategoryNodes } from '../../storage/repositories/budget-repository.ts'
import { loadFlow } from '../../storage/repositories/flow-repository.ts'
import { sqlRows } from '../../storage/repositories/query.ts'
import type { Vault } from '../../storage/open-vault.ts'
import { type DueDate, dueDate, type ReminderSource } from '../due-date.ts'

const ID = 'budget'

export interface BudgetFacts {
  readonly categoryId: number
  readonly name: string
  readonly usedUp: boolean
  /** The day that the threshold, or all of it, was reached. */
  readonly on: IsoDate
  readonly spent: Money
  readonly from: IsoDate
}

function nameOf(vault: Vault, categoryId: number): string {
  const row = sqlRows<{ zh: string; en: string }>(
    vault,
    'select name_zh as zh, name_en as en from categories where id = ?',
    categoryId,
  )[0]
  return [...new Set([row?.zh ?? '', row?.en ?? ''])].filter((name) => name !== '').join(' ')
}

/** Budgets of this period that have reached the plan's threshold, or are used up: told on the day that they did. */
export const budgetSource: ReminderSource<readonly BudgetFacts[]> = {
  id: ID,
  load(vault, { today }) {
    const view = loadBudgetView(vault, null, today)
    if (view.plan.startsOn === null) return []
    const full = view.lines.filter(
      ({ state, budgetedMinor, carriedMinor }) => state !== 'within' && budgetedMinor + carriedMinor > 0,
    )
    if (full.length === 0) return []
    const parents = new Map(loadCategoryNodes(vault).map(({ id, parentId }) => [id, parentId]))
    const budgets = new Set(view.lines.map(({ categoryId }) => categoryId))
    const payerOf = (id: number): number | null => {
      for (let at: number | null = id, depth = 0; at !== null && depth < 20; at = parents.get(at) ?? null, depth += 1) {
        if (budgets.has(at)) return at
      }
      return null
    }
    const since = ({ from }: (typeof full)[number]): IsoDate =>
      view.plan.startsOn !== null && view.plan.startsOn > from ? view.plan.startsOn : from
    // budgets of one period are read together
    const daily = new Map(
      [...Map.groupBy(full, (line) => `${since(line)} ${line.to}`)].map(([span, lines]) => {
        const [first] = lines
        const categoryIds = lines.map(({ categoryId }) => categoryId)
        return [
          span,
          first === undefined
            ? []
            : loadFlow(vault, { from: since(first), to: first.to, group: 'day', categoryIds }).cells,
        ] as const
      }),
    )
    return full.flatMap((line): BudgetFacts[] => {
      const { categoryId, from, to, budgetedMinor, carriedMinor, spentMinor } = line
      const spent = (daily.get(`${since(line)} ${to}`) ?? [])
        .filter((cell) => cell.flow === 'expense' && payerOf(cell.categoryId) === categoryId)
        .map(({ period, inMinor, outMinor }) => ({ on: period, minor: outMinor - inMinor }))
      const available = budgetedMinor + carriedMinor
      const usedUp = spentMinor >= available
      const threshold = usedUp ? available : Math.ceil((available * view.plan.alertPercent) / 100)
      const on = crossingDay(spent, threshold)
      if (on === null) return []
      return [
        {
          categoryId,
          name: nameOf(vault, categoryId),
          usedUp,
          on,
          spent: money(Math.max(0, spentMinor), view.currency),
          from,
        },
      ]
    })
  },
  due: (budgets) =>
    budgets.map(({ categoryId, name, usedUp, on, spent, from }): DueDate =>
      dueDate(
        ID,
        {
          kind: usedUp ? 'budget-used-up' : 'budget-near',
          on,
          title: name,
          subject: { type: 'budget', id: categoryId },
          amount: spent,
          facts: { from },
        },
        usedUp ? 'used-up' : 'near',
      ),
    ),
}
