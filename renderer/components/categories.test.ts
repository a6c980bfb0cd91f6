import { describe, expect, it } from 'vitest'
import type { Category } from '../../shared/model/category.ts'
import { categoryTree, matchingChoices } from './categories.ts'

const category = (id: number, parentId: number | null, nameEn: string, nameZh: string): Category => ({
  id,
  key: null,
  parentId,
  kind: 'expense',
  nameZh,
  nameEn,
  icon: null,
  position: id,
  archived: false,
})
const all = [
  category(1, null, 'Food', '餐饮'),
  category(3, 1, 'Coffee', ''),
  category(2, 1, 'Restaurants', '下馆子'),
  category(4, 99, 'Lost', '走失'),
]

describe('the category tree', () => {
  it('children follow their parent, a lost parent counts as none', () => {
    expect(categoryTree(all, 'en').map(({ path, depth }) => [path, depth])).toEqual([
      ['Food', 0],
      ['Food › Restaurants', 1],
      ['Food › Coffee', 1],
      ['Lost', 0],
    ])
  })
  it('a name missing in one language is shown in the other', () => {
    expect(categoryTree(all, 'zh-CN').map(({ name }) => name)).toEqual(['餐饮', '下馆子', 'Coffee', '走失'])
  })
  it('is searched in both languages, every word', () => {
    const choices = categoryTree(all, 'zh-CN')
    expect(matchingChoices(choices, 'rest').map(({ name }) => name)).toEqual(['下馆子'])
    expect(matchingChoices(choices, '餐饮 下').map(({ name }) => name)).toEqual(['下馆子'])
    expect(matchingChoices(choices, '')).toHaveLength(4)
  })
})
