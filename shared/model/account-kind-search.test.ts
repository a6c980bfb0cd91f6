import { describe, expect, it } from 'vitest'
import { commonKinds, findKinds } from './account-kind-search.ts'
import { allAccountKinds } from './account-kinds.ts'

const keys = (typed: string, limit?: number): string[] => findKinds(typed, limit).map(({ key }) => key)

describe('looking for a kind of account', () => {
  it.each([
    ['信用卡', 'credit-card'],
    ['xyk', 'credit-card'],
    ['credit', 'credit-card'],
    ['公积金', 'provident-fund'],
    ['zfgjj', 'provident-fund'],
    ['余额宝', 'yuebao'],
    ['yeb', 'yuebao'],
    ['401k', '401k'],
    ['roth', 'roth-ira'],
    ['按揭', 'mortgage'],
    ['股票', 'brokerage'],
    ['PPF', 'ppf-in'],
    ['里程', 'airline-miles'],
  ])('%s finds %s among the first three', (typed, key) => expect(keys(typed).slice(0, 3)).toContain(key))

  it('finds each kind by its own name in either language, and no other before it', () => {
    for (const { key, nameZh, nameEn } of allAccountKinds()) {
      expect([nameZh, ...keys(nameZh, 1)]).toEqual([nameZh, key])
      expect([nameEn, ...keys(nameEn, 1)]).toEqual([nameEn, key])
    }
  })

  it('finds nothing for what is no kind', () => expect(keys('qqqq')).toEqual([]))

  it.each(['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'INR', 'ISK'])('has a dozen or so common ones for %s', (currency) => {
    const common = commonKinds(currency).map(({ key }) => key)
    expect(common.length).toBeGreaterThanOrEqual(9)
    expect(new Set(common).size).toBe(common.length)
  })
})
