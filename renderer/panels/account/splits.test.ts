import { integer, property, assert, array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { remainingOf, type SplitDraft, splitsOf, withAmount } from './splits.ts'

const part = (amount: number | null | undefined, key = 0): SplitDraft => ({ key, amount, categoryId: null, memo: '' })

describe('a split adds up or is not saved', () => {
  it('shows what is left', () => {
    expect(remainingOf(1000, [part(300), part(null)])).toBe(700)
    expect(remainingOf(1000, [part(1300)])).toBe(-300)
    expect(remainingOf(1000, [part(undefined)])).toBeNull()
  })
  it('keeps the sign of the transaction', () => {
    expect(splitsOf(-1000, [part(300), part(700)])?.map(({ amountMinor }) => amountMinor)).toEqual([-300, -700])
  })
  it.each([[[part(1000)]], [[part(300), part(600)]], [[part(1000), part(null)]], [[part(500), part(undefined)]]])(
    'refuses %j',
    (parts) => expect(splitsOf(1000, parts)).toBeNull(),
  )
  it('the untouched other half takes the rest', () => {
    const amounts = (touched: number[], amount: number | null) =>
      withAmount(1000, [part(null, 0), part(null, 1)], 0, amount, new Set(touched)).map((one) => one.amount)
    expect(amounts([], 300)).toEqual([300, 700])
    expect(amounts([1], 300)).toEqual([300, null])
    expect(amounts([], 1000)).toEqual([1000, null])
  })
  it('whatever is accepted sums to the transaction', () => {
    assert(
      property(array(integer({ min: 1, max: 1e9 }), { minLength: 2, maxLength: 20 }), (amounts) => {
        const total = -amounts.reduce((sum, amount) => sum + amount, 0)
        const splits = splitsOf(
          total,
          amounts.map((amount) => part(amount)),
        )
        expect(splits?.reduce((sum, split) => sum + split.amountMinor, 0)).toBe(total)
      }),
    )
  })
})
