import { describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../shared/domain/currency.ts'
import {
  exactAmount,
  type Found,
  groupsOf,
  nextChoice,
  placesMatching,
  searchAddress,
  transactionsAddress,
} from './results.ts'

const nothing: Found = {
  accounts: [],
  categories: [],
  tags: [],
  institutions: [],
  recurring: [],
  budgets: [],
  reminders: [],
  persons: [],
  transactions: [],
  marks: [],
  count: 0,
  countIsExact: true,
  sums: [],
  next: null,
  documents: [],
  attachments: [],
  securities: [],
  rules: [],
  minorMatched: null,
  understood: [],
  hints: [],
  behind: 0,
}

describe('search results', () => {
  it('a category is told by its path, too: it may have been found by its name in the other language', () => {
    const thing = { id: 4, name: 'Coffee', marks: [], kind: 'expense' }
    const groups = groupsOf({ ...nothing, categories: [thing], budgets: [{ id: 5, name: 'Coffee', marks: [] }] })
    expect(groups.map(({ hits }) => hits[0]?.categoryId)).toEqual([4, 5])
  })
  it('an exact amount is told only where a transaction of it was found', () => {
    const base = parseCurrencyCode('CNY')
    expect(exactAmount(nothing, base)).toBeNull()
    expect(exactAmount({ ...nothing, minorMatched: 1200 }, base)).toBeNull()
  })
  it('accounts come first, each leads to its row, and empty groups are left out', () => {
    const groups = groupsOf({
      ...nothing,
      accounts: [{ id: 3, name: 'Salary', kind: 'checking', marks: [] }],
      documents: [{ id: 1, name: 'Passport', kind: 'passport', marks: [] }],
      securities: [{ id: 9, name: 'Fund', marks: [] }],
    })
    expect(groups.map((group) => group.name)).toEqual(['accounts', 'documents', 'securities'])
    expect(groups.flatMap((group) => group.hits.map((hit) => hit.to))).toEqual([
      '/account/3',
      '/life?document=1',
      '/wealth?security=9',
    ])
  })
  it('each thing leads to where it is looked after', () => {
    const thing = { id: 4, name: 'X', marks: [] }
    const groups = groupsOf({
      ...nothing,
      institutions: [thing],
      recurring: [{ key: 'a & b|1', name: 'X', marks: [], accountId: 1 }],
      budgets: [thing],
      reminders: [thing],
      persons: [thing],
    })
    // several bills are called the same, each on another account
    expect(groups.map(({ hits }) => hits[0]?.accountId)).toEqual([undefined, 1, undefined, undefined, undefined])
    expect(groups.map(({ name, hits }) => [name, hits[0]?.to])).toEqual([
      ['institutions', '/account/all?query=institution%3A%22X%22'],
      ['recurring', '/account/bills?series=a%20%26%20b%7C1'],
      ['budgets', '/account/budgets?category=4'],
      ['reminders', '/reminders?reminder=4'],
      ['persons', '/settings/people?person=4'],
    ])
  })
  it.each(['X', '5" pans', '"quoted"', 'a, b: c 「d」', '\\', '“'])(
    'a link to all of %j asks for that name alone',
    (name) => {
      const groups = groupsOf({
        ...nothing,
        institutions: [{ id: 4, name, marks: [] }],
        categories: [{ id: 4, name, kind: 'expense', marks: [] }],
        tags: [{ id: 4, name, marks: [] }],
      })
      const asked = groups.map(({ hits }) => new URLSearchParams(hits[0]?.to.split('?')[1]).get('query'))
      const doubled = name.replaceAll('"', '""')
      expect(asked).toEqual([`institution:"${doubled}"`, `category:"${doubled}"`, `tag:"${doubled}"`])
    },
  )
  const places = [
    { to: '/', title: '首页', names: ['首页', 'Home'], syllables: ['shou', 'ye'] },
    { to: '/a', title: '账户 › 收支', names: ['收支', 'Cash flow', '账户 收支'], syllables: ['shou', 'zhi'] },
    { to: '/w', title: '财富', names: ['财富', 'Wealth'], syllables: ['cai', 'fu'] },
  ]
  it.each<[typed: string, found: string[]]>([
    [' WEAL ', ['/w']],
    ['收支', ['/a']],
    ['账户 收', ['/a']],
    ['flow', ['/a']],
    ['sz', ['/a']],
    ['SHOUZ', ['/a']],
    ['shou', ['/', '/a']],
    ['x', []],
    ['', ['/', '/a', '/w']],
  ])('a place is found by its name in either language, its first letters or its reading: %j', (typed, found) => {
    expect(placesMatching(places, typed).flatMap((group) => group.hits.map((hit) => hit.to))).toEqual(found)
  })
  it('who does not read Chinese is not offered what is read so', () => {
    const silent = places.map(({ to, title, names }) => ({ to, title, names, syllables: [] }))
    expect(placesMatching(silent, 'sz')).toEqual([])
  })
  it('what is typed survives in an address', () => {
    expect(searchAddress('a&b=茶')).toBe('/search?q=a%26b%3D%E8%8C%B6')
    expect(new URLSearchParams(transactionsAddress('50% off+').split('?')[1]).get('query')).toBe('50% off+')
  })
  it.each([
    [0, 1, 3, 1],
    [2, 1, 3, 0],
    [0, -1, 3, 2],
    [0, 1, 0, -1],
  ] as const)('from %d by %d of %d is %d', (current, step, count, next) =>
    expect(nextChoice(current, step, count)).toBe(next),
  )
})
