import { describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../../../shared/domain/currency.ts'
import type { NamedThings } from './named-things.ts'
import { loadReadings } from './pinyin-reading.ts'
import { suggestQuery } from './suggest-query.ts'

const readingOf = await loadReadings()
const account = { number: null, currency: parseCurrencyCode('CNY'), kind: 'checking', notes: '', facts: [] }
const things: NamedThings = {
  accounts: [
    { ...account, id: 1, name: '工资卡', institution: '中国银行' },
    { ...account, id: 2, name: 'Rainy day', institution: null },
  ],
  categories: [
    { id: 1, parentId: null, nameZh: '餐饮', nameEn: 'Food and drink', kind: 'expense' },
    { id: 2, parentId: 1, nameZh: '咖啡', nameEn: 'Coffee', kind: 'expense' },
  ],
  tags: [
    { id: 1, name: 'a, b' },
    { id: 2, name: '5" pans' },
  ],
  securities: [],
}
const suggested = (text: string, language: 'en' | 'zh-CN' = 'en', caret = text.length): string[] =>
  suggestQuery({ text, caret, language, limit: 20 }, things, readingOf).map((one) => one.text)

describe('what may come next', () => {
  it.each([
    ['am', ['amount:']],
    ['coffee -cat', ['coffee -category:']],
    // 类 is no beginning of an operator, 分 is
    ['分', ['category:']],
  ])('operators that begin with the word at the caret: %s', (text, expected) =>
    expect(suggested(text)).toEqual(expected),
  )

  it.each([
    ['category:', 'en', ['category:"Food and drink" ', 'category:Coffee ']],
    ['category:cy', 'en', ['category:"Food and drink" ']],
    ['分类:咖', 'zh-CN', ['分类:咖啡 ']],
    ['account:zgyh', 'en', ['account:工资卡 ']],
    ['account:rain -x', 'en', []],
    ['category:Coffee,foo', 'en', ['category:Coffee,"Food and drink" ']],
    ['tag:', 'en', ['tag:"a, b" ', 'tag:"5"" pans" ']],
    ['is:pen', 'en', ['is:pending ']],
    ['日期:上', 'zh-CN', ['日期:上周 ', '日期:上个月 ', '日期:上季度 ']],
  ] as const)('values of %s in %s', (text, language, expected) => expect(suggested(text, language)).toEqual(expected))

  it('replaces the part at the caret and leaves the rest', () => {
    expect(suggestQuery({ text: 'tea is:p 2026', caret: 8, language: 'en', limit: 1 }, things, readingOf)).toEqual([
      { text: 'tea is:pending  2026', caret: 15, label: 'pending', of: 'value', operator: 'is' },
    ])
  })

  it('offers nothing within quotation marks', () => expect(suggested('"am')).toEqual([]))
})
