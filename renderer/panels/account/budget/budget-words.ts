import { addMonths, monthOf, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import type { BudgetLine, BudgetView } from '../../../../shared/model/budget.ts'
import type { Category } from '../../../../shared/model/category.ts'
import { formatDate } from '../../../format/date-format.ts'
import type { Language } from '../../../format/language.ts'
import type { CategoryChoice } from '../../../components/categories.ts'

/** A month of budgets in words: "November 2026"; with its days where it does not begin on the first. */
export function monthName(month: string, language: Language): string {
  return formatDate(parseIsoDate(`${month}-01`), language, 'month-year')
}

export const monthBefore = (month: string, count = 1): string => monthOf(addMonths(parseIsoDate(`${month}-01`), -count))

/** A category with all below it. */
export function withBelow(choices: readonly CategoryChoice[], categoryId: number): number[] {
  const found = new Set([categoryId])
  // the tree's order: parents before their children
  for (const { category } of choices) {
    if (category.parentId !== null && found.has(category.parentId)) found.add(category.id)
  }
  return [...found]
}

/** The categories whose spending a budget pays for: all below it, but for those with a budget of their own. */
export function paidBy(choices: readonly CategoryChoice[], line: BudgetLine, lines: BudgetView['lines']): number[] {
  const own = new Set(lines.map(({ categoryId }) => categoryId))
  const found = new Set([line.categoryId])
  for (const { category } of choices) {
    if (category.parentId !== null && found.has(category.parentId) && !own.has(category.id)) found.add(category.id)
  }
  return [...found]
}

/** Where the rows behind a figure are. */
export function rowsAddress(categoryIds: readonly number[], from: string, to: string): string {
  const what = categoryIds.length === 0 ? 'uncategorised=1' : `category=${categoryIds.join(',')}`
  return `/account/all?${what}&from=${from}&to=${to}`
}

/** Lines under the main category that they belong to, in the order of the tree. */
export function byMainCategory(
  choices: readonly CategoryChoice[],
  lines: readonly BudgetLine[],
): { readonly main: Category | null; readonly lines: readonly BudgetLine[] }[] {
  const byId = new Map(choices.map(({ category }) => [category.id, category]))
  const mainOf = (id: number): Category | null => {
    let category = byId.get(id)
    for (let depth = 0; category !== undefined && category.parentId !== null && depth < 20; depth += 1) {
      const parent = byId.get(category.parentId)
      if (parent === undefined) break
      category = parent
    }
    return category ?? null
  }
  const order = new Map(choices.map(({ category }, index) => [category.id, index]))
  const sorted = lines.toSorted((a, b) => (order.get(a.categoryId) ?? 0) - (order.get(b.categoryId) ?? 0))
  const groups = Map.groupBy(sorted, ({ categoryId }) => mainOf(categoryId))
  return [...groups].map(([main, own]) => ({ main, lines: own }))
}
