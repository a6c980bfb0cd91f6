import type { Category } from '../../../shared/model/category.ts'
import { categoryName } from '../../components/categories.ts'
import type { Language } from '../../format/language.ts'

export interface CategoryRow {
  readonly category: Category
  readonly name: string
  /** In the other language, where it says something else. */
  readonly otherName: string
  /** 1: a main category, 2: one inside. */
  readonly level: 1 | 2
  /** How many are inside and shown. */
  readonly inside: number
  readonly place: number
  readonly siblings: number
}

const byPosition = (a: Category, b: Category): number => a.position - b.position || a.id - b.id

function siblingsOf(categories: readonly Category[], of: Category): Category[] {
  return categories
    .filter((category) => category.parentId === of.parentId && category.kind === of.kind)
    .toSorted(byPosition)
}

/** The rows of one kind in their order: main categories, and after each opened one what is inside. */
export function rowsOfKind(
  categories: readonly Category[],
  kind: Category['kind'],
  options: { language: Language; archived: boolean; isOpen: (id: number) => boolean },
): CategoryRow[] {
  const { language, archived, isOpen } = options
  const shown = categories.filter((category) => category.kind === kind && (archived || !category.archived))
  const ids = new Set(shown.map((category) => category.id))
  const parentOf = ({ parentId }: Category) => (parentId !== null && ids.has(parentId) ? parentId : null)
  const below = (parent: number | null) =>
    shown.filter((category) => parentOf(category) === parent).toSorted(byPosition)
  const row = (category: Category, level: 1 | 2, place: number, siblings: number, inside: number): CategoryRow => {
    const name = categoryName(category, language)
    const other = language === 'zh-CN' ? category.nameEn : category.nameZh
    return { category, name, otherName: other === name ? '' : other, level, inside, place, siblings }
  }
  const main = below(null)
  return main.flatMap((category, index) => {
    const inside = below(category.id)
    const head = row(category, 1, index + 1, main.length, inside.length)
    if (!isOpen(category.id)) return [head]
    return [head].concat(inside.map((child, place) => row(child, 2, place + 1, inside.length, 0)))
  })
}

/**
 * New positions that move a category one place up or down among its siblings (those that are shown), as few as can be:
 * none where it is at the end already.
 */
export function positionsAfterMove(
  categories: readonly Category[],
  id: number,
  step: -1 | 1,
): { id: number; position: number }[] {
  const moved = categories.find((category) => category.id === id)
  if (moved === undefined) return []
  const before = siblingsOf(categories, moved)
  const from = before.findIndex((category) => category.id === id)
  const other = before[from + step]
  if (other === undefined) return []
  const after = before.with(from, other).with(from + step, moved)
  const taken = before.map((category) => category.position)
  const positions = new Set(taken).size === taken.length ? taken : taken.map((_, index) => index)
  return after.flatMap((category, index) => {
    const position = positions[index] ?? index
    return category.position === position ? [] : [{ id: category.id, position }]
  })
}
