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
  it('places are found by a part of their name, in any case', () => {
    const places = [
      { to: '/', title: 'Home' },
      { to: '/wealth', title: 'Wealth' },
    ]
    expect(placesMatching(places, ' WEAL ').flatMap((group) => group.hits.map((hit) => hit.to))).toEqual(['/wealth'])
    expect(placesMatching(places, '')).toHaveLength(1)
    expect(placesMatching(places, 'x')).toEqual([])
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
