import type { Category } from '../../shared/model/category.ts'
import type { Language } from '../format/language.ts'

/** Between a category and what is part of it, in a path. */
export const pathSeparator = ' › '

export interface CategoryChoice {
  readonly category: Category
  readonly name: string
  /** "Food › Restaurants". */
  readonly path: string
  readonly depth: number
}

/** A category's name in the language, or in the other one where it has only that. */
export function categoryName(category: Category, language: Language): string {
  const [first, second] = language === 'zh-CN' ? [category.nameZh, category.nameEn] : [category.nameEn, category.nameZh]
  return first === '' ? second : first
}

/** The tree in the order it is shown: parents before their children, by kind and position. A lost parent counts as none. */
export function categoryTree(categories: readonly Category[], language: Language): CategoryChoice[] {
  const known = new Set(categories.map((category) => category.id))
  const children = new Map<number | null, Category[]>()
  for (const category of categories) {
    const parent = category.parentId !== null && known.has(category.parentId) ? category.parentId : null
    children.set(parent, [...(children.get(parent) ?? []), category])
  }
  const kinds = ['expense', 'income', 'transfer']
  const choices: CategoryChoice[] = []
  const visit = (parent: number | null, prefix: string, depth: number): void => {
    const siblings = (children.get(parent) ?? []).toSorted(
      (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.position - b.position || a.id - b.id,
    )
    for (const category of siblings) {
      const name = categoryName(category, language)
      const path = prefix === '' ? name : `${prefix}${pathSeparator}${name}`
      choices.push({ category, name, path, depth })
      if (depth < 8) visit(category.id, path, depth + 1)
    }
  }
  visit(null, '', 0)
  return choices
}

/** Choices whose path has every word of the text, in either language. */
export function matchingChoices(choices: readonly CategoryChoice[], text: string): readonly CategoryChoice[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return choices
  return choices.filter(({ category, path }) => {
    const haystack = `${path} ${category.nameZh} ${category.nameEn}`.toLowerCase()
    return words.every((word) => haystack.includes(word))
  })
}
