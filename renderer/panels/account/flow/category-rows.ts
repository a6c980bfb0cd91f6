import type { FlowCategory } from '../../../../shared/model/flow.ts'
import type { CategoryNames } from './flow-names.ts'

/** A category of a table, with those below it. */
export interface CategoryRow {
  readonly id: number
  readonly name: string
  readonly minor: number
  readonly beforeMinor: number
  readonly lastYearMinor: number
  readonly periods: readonly number[]
  readonly members: readonly CategoryRow[]
  readonly ids: readonly number[]
}

const add = (left: readonly number[], right: readonly number[]): number[] =>
  left.map((value, index) => value + (right[index] ?? 0))

/** Main categories with what lies below them, largest first. */
export function categoryRows(categories: readonly FlowCategory[], { nameOf, parentOf }: CategoryNames): CategoryRow[] {
  const rowOf = ({ categoryId, minor, beforeMinor, lastYearMinor, periods }: FlowCategory): CategoryRow => ({
    id: categoryId,
    name: nameOf(categoryId),
    minor,
    beforeMinor,
    lastYearMinor,
    periods,
    members: [],
    ids: [categoryId],
  })
  const groups = Map.groupBy(categories, ({ categoryId }) => parentOf(categoryId) ?? categoryId)
  return [...groups]
    .map(([id, list]): CategoryRow => {
      const members = list.map(rowOf).toSorted((left, right) => right.minor - left.minor)
      const [first] = members
      if (members.length === 1 && first !== undefined && first.id === id) return first
      const zero = { minor: 0, beforeMinor: 0, lastYearMinor: 0, periods: first?.periods.map(() => 0) ?? [] }
      const sum = members.reduce(
        (total, row) => ({
          minor: total.minor + row.minor,
          beforeMinor: total.beforeMinor + row.beforeMinor,
          lastYearMinor: total.lastYearMinor + row.lastYearMinor,
          periods: add(total.periods, row.periods),
        }),
        zero,
      )
      return Object.assign(sum, { id, name: nameOf(id), members, ids: members.flatMap((row) => row.ids) })
    })
    .toSorted((left, right) => right.minor - left.minor || left.id - right.id)
}
