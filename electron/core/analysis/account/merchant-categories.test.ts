import { describe, expect, it } from 'vitest'
import { defaultCategories } from './default-categories.ts'
import { categoryKeyOfMerchantCode, merchantCategoryRanges } from './merchant-categories.ts'

describe('merchant category codes (ISO 18245)', () => {
  it.each([
    ['5411', 'groceries'], // grocery stores, supermarkets
    ['5812', 'restaurants'], // eating places
    ['5541', 'fuel-charging'], // service stations
    ['3012', 'flights-trains'], // an airline's own code
    ['3640', 'lodging'], // a hotel chain's own code
    ['5912', 'medicine'], // drug stores
    ['742', 'pets'], // veterinary services, the leading zero lost
    ['0742', 'pets'],
    ['5311', null], // department stores are many things
    ['3400', null], // car rental is no category of ours
    ['', null],
    ['abcd', null],
    ['54110', null],
    [null, null],
    [undefined, null],
  ])('%s is %s', (code, key) => expect(categoryKeyOfMerchantCode(code)).toBe(key))

  it('each goes to a default category, and no code to two', () => {
    const keys = new Set(
      defaultCategories.flatMap(({ key, children }) => [key].concat(children.map((child) => child.key))),
    )
    expect(merchantCategoryRanges.filter(({ key }) => !keys.has(key))).toEqual([])
    const overlapping = merchantCategoryRanges.filter(
      ({ first, last }, index) => first > last || first <= (merchantCategoryRanges[index - 1]?.last ?? 0),
    )
    expect(overlapping).toEqual([])
  })
})
