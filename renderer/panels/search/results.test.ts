import { describe, expect, it } from 'vitest'
import { hitsOf } from './results.ts'

describe('search results', () => {
  it('accounts come first, and each leads somewhere', () => {
    const hits = hitsOf(
      {
        accounts: [{ id: 3, name: 'Salary', kind: 'checking' }],
        transactions: [],
        documents: [{ id: 1, name: 'Passport', kind: 'passport' }],
        securities: [{ id: 9, name: 'Fund' }],
        minorMatched: null,
      },
      (text) => `all ${text}`,
      'a&b',
    )
    expect(hits.map(({ to }) => to)).toEqual(['/account/3', '/life', '/wealth'])
  })
})
