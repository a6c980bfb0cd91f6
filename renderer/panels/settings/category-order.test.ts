import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Category } from '../../../shared/model/category.ts'
import { positionsAfterMove, rowsOfKind } from './category-order.ts'

function category(id: number, facts: Partial<Category> = {}): Category {
  return {
    id,
    key: null,
    parentId: null,
    kind: 'expense',
    nameZh: `类${id}`,
    nameEn: `C${id}`,
    icon: null,
    position: id,
    archived: false,
    ...facts,
  }
}

const food = category(1)
const tea = category(2, { parentId: 1 })
const rent = category(3, { position: 0 })
const old = category(4, { archived: true })
const pay = category(5, { kind: 'income' })
const all = [food, tea, rent, old, pay]
const ids = (open: boolean, archived = false) =>
  rowsOfKind(all, 'expense', { language: 'en', archived, isOpen: () => open }).map((row) => row.category.id)

describe('the rows of a kind', () => {
  it('are by position; what is inside follows where it is opened', () => {
    expect(ids(false)).toEqual([3, 1])
    expect(ids(true)).toEqual([3, 1, 2])
  })
  it('archived ones are shown only when asked for', () => expect(ids(false, true)).toEqual([3, 1, 4]))
  it('what is inside an archived category that is not shown stays to be seen', () => {
    const rows = rowsOfKind([old, category(9, { parentId: 4 })], 'expense', {
      language: 'en',
      archived: false,
      isOpen: () => true,
    })
    expect(rows.map((row) => row.category.id)).toEqual([9])
  })
  it('the other language is said only where it differs', () => {
    const same = category(7, { nameEn: 'KTV', nameZh: 'KTV' })
    const [row] = rowsOfKind([same], 'expense', { language: 'zh-CN', archived: false, isOpen: () => false })
    expect(row?.otherName).toBe('')
  })
})

describe('moving a category one place', () => {
  it('swaps two positions and touches nothing else', () => {
    expect(positionsAfterMove(all, 1, -1)).toEqual([
      { id: 1, position: 0 },
      { id: 3, position: 1 },
    ])
  })
  it('does nothing at the end', () => expect(positionsAfterMove(all, 3, -1)).toEqual([]))
  it('keeps every other order, whatever the positions were, ties included', () => {
    const anyCategories = array(record({ position: integer({ min: 0, max: 5 }) }), { minLength: 2, maxLength: 8 }).map(
      (facts) => facts.map(({ position }, index) => category(index + 1, { position })),
    )
    assert(
      property(
        anyCategories,
        integer({ min: 0, max: 7 }),
        constantFrom(-1 as const, 1 as const),
        (some, pick, step) => {
          const order = (list: readonly Category[]) =>
            rowsOfKind(list, 'expense', { language: 'en', archived: true, isOpen: () => false }).map(
              (row) => row.category.id,
            )
          const before = order(some)
          const id = before[pick % before.length] ?? 1
          const from = before.indexOf(id)
          const other = before[from + step]
          const changes = new Map(positionsAfterMove(some, id, step).map((change) => [change.id, change.position]))
          const after = order(some.map((one) => ({ ...one, position: changes.get(one.id) ?? one.position })))
          const expected = other === undefined ? before : before.with(from, other).with(from + step, id)
          expect(after).toEqual(expected)
        },
      ),
    )
  })
})
