import { describe, expect, it } from 'vitest'
import { equalShares, parseShare, shareForInput, sharesTyped } from './owner-shares.ts'

describe('shares of an account as people type them', () => {
  it.each([
    ['50', 5_000],
    ['33.33', 3_333],
    ['33.333', null],
    ['100 %', 10_000],
    ['100.01', null],
    ['-1', null],
    ['', 0],
    ['half', null],
    ['１２', 1_200],
  ])('%j is %j hundredths of a per cent', (text, share) => {
    expect(parseShare(text)).toBe(share)
  })

  it.each([1, 50, 3_333, 5_000, 10_000])('%i is the same after editing', (share) => {
    expect(parseShare(shareForInput(share))).toBe(share)
  })

  it('equal parts add up to the whole', () => {
    // 10,000 ÷ 3 = 3,333.3…: the first has the one that is left
    expect(equalShares([7, 8, 9]).map(({ share }) => share)).toEqual([3_334, 3_333, 3_333])
    expect(equalShares([])).toEqual([])
  })

  it('are owners only once they add up', () => {
    const typed = (...texts: string[]) => sharesTyped(new Map(texts.map((text, index) => [index + 1, text])))
    expect(typed('60', '40', '')).toEqual({
      total: 10_000,
      owners: [
        { personId: 1, share: 6_000 },
        { personId: 2, share: 4_000 },
      ],
    })
    expect(typed('60', '30')).toEqual({ total: 9_000, owners: undefined })
    expect(typed('60', 'x')).toEqual({ total: null, owners: undefined })
  })
})
