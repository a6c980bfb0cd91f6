import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTemporaryVault, type TemporaryVault } from '../../../../test/support/temporary-vault.ts'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { defaultCategories } from '../../analysis/account/default-categories.ts'
import { seedVault } from '../../handlers/seed-vault.ts'
import { categoryAliases, CategoryMatcher, foldName } from './category-matcher.ts'

let temporary: TemporaryVault
beforeAll(async () => {
  temporary = await createTemporaryVault()
  seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('CNY') })
  temporary.vault.driver.exec(`
    insert into categories (id, key, parent_id, kind, name_zh, name_en, archived) values
      (900, null, null, 'expense', '', 'Garden', 0),
      (901, null, 900, 'expense', '', 'Tools', 0),
      (902, null, null, 'expense', '', 'Workshop', 0),
      (903, null, 902, 'expense', '', 'Tools', 0),
      (904, null, null, 'expense', '旧的', 'Old things', 1)`)
})
afterAll(() => temporary.close())

function keyOf(text: string, minor: number, kind: 'payment' | 'interest' = 'payment'): string | number | null {
  const id = new CategoryMatcher(temporary.vault).idOf(text, minor, kind)
  const row = temporary.vault.driver
    .prepare<[number | null], { key: string | null }>('select key from categories where id = ?')
    .get(id)
  return row?.key ?? id
}

describe('a category named by an imported text', () => {
  it.each([
    ['买菜日杂', -1, 'groceries'],
    ['Groceries', -1, 'groceries'],
    ['  groceries ', -1, 'groceries'],
    ['GROCERIES', 1, 'groceries'],
    ['Food and drink:Groceries', -1, 'groceries'],
    ['餐饮 : 买菜日杂', -1, 'groceries'],
    ['餐饮：Groceries', -1, 'groceries'],
    ['Housing: Rent', -1, 'rent'],
    ['Garden:Tools', -1, 901],
    ['Workshop:Tools', -1, 903],
  ])('by its own name or path: %s', (text, minor, key) => {
    expect(keyOf(text, minor)).toBe(key)
  })

  it.each([
    ['餐饮美食', -1, 'food'],
    ['交通出行', -1, 'transport'],
    ['日用百货', -1, 'daily-goods'],
    ['充值缴费', -1, 'home'],
    ['投资理财', -1, 'investment-transfer'],
    ['转账红包', -1, 'social'],
    ['转账红包', 1, 'other-income'],
    ['信用卡还款', -1, 'card-repayment'],
    ['Auto & Transport', -1, 'transport'],
    ['Gas & Fuel', -1, 'fuel-charging'],
    ['Rent/Mortgage', -1, 'home'],
    ['Auto:Fuel', -1, 'fuel-charging'],
    ['Insurance:Auto', -1, 'vehicle-insurance'],
    ['Alimentation:Epicerie', -1, 'groceries'],
    ['Bills:Rent', -1, 'rent'],
    ['Income.Salary', 1, 'wages'],
    ['Everyday Expenses: Dining Out', -1, 'restaurants'],
    ['Wages', 1, 'wages'],
    ['利息', 1, 'interest'],
    ['利息', -1, 'loan-interest'],
    ['Gifts', 1, 'gifts-received'],
    ['Gifts', -1, 'gifts'],
  ])('by the name that another program gives it: %s', (text, minor, key) => {
    expect(keyOf(text, minor)).toBe(key)
  })

  it.each([
    ['', 'nothing is named'],
    ['Tools', 'two have the name'],
    ['Old things', 'it is archived'],
    ['Food:Sushi', 'its parent alone is known'],
    ['Reimbursement:Camcorder', 'a part of the text is known'],
    ['Vacation:Auto', 'a part of the text is known'],
    ['生活服务', 'it means several things'],
    ['[Savings]', 'it is an account'],
    ['Refund', 'money out is no refund'],
  ])('"%s" is left alone: %s', (text) => {
    expect(keyOf(text, -1)).toBeNull()
  })

  it('interest is never a transfer, whatever the bill files it under', () => {
    expect(keyOf('投资理财', 5, 'interest')).toBeNull()
  })
})

describe('the table of aliases', () => {
  const keys = new Set(defaultCategories.flatMap(({ key, children }) => [key, ...children.map((child) => child.key)]))
  const aliases = Object.entries(categoryAliases.aliases)

  it('names default categories only', () => {
    const named = [
      ...aliases.map(([key]) => key),
      ...Object.values(categoryAliases.bySign).flatMap((signed) => [signed.in ?? [], signed.out ?? []].flat()),
    ]
    expect(named.filter((key) => !keys.has(key))).toEqual([])
  })

  it('gives every name one meaning', () => {
    const names = [...aliases.flatMap(([, list]) => list), ...Object.keys(categoryAliases.bySign)].map(foldName)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('never overrules the name of a default category', () => {
    const own = new Map<string, Set<string>>()
    for (const category of defaultCategories) {
      for (const { key, nameZh, nameEn } of [category, ...category.children]) {
        for (const name of [nameZh, nameEn]) {
          own.set(foldName(name), (own.get(foldName(name)) ?? new Set()).add(key))
        }
      }
    }
    const against = aliases.flatMap(([key, list]) =>
      list.filter((name) => {
        const owners = own.get(foldName(name))
        return owners !== undefined && !owners.has(key)
      }),
    )
    expect(against).toEqual([])
  })
})
