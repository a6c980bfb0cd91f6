import { describe, expect, it } from 'vitest'
import { findNamed, type Named, nameRank } from './name-search.ts'

const cmb: Named = { names: ['招商银行', 'China Merchants Bank', '招行', 'CMB'], initials: 'zsyh' }
const zheshang: Named = { names: ['浙商银行', 'China Zheshang Bank', 'CZBANK'], initials: 'zsyh' }
const schwab: Named = { names: ['嘉信理财', 'Charles Schwab', 'Schwab'], initials: 'jxlc' }

describe('looking for a name', () => {
  it.each([
    ['招商', cmb],
    ['zsyh', cmb],
    ['ZS', cmb],
    ['merchants', cmb],
    ['cmb', cmb],
    ['china merch', cmb],
    ['ＣＭＢ', cmb],
    ['schw', schwab],
    ['信理', schwab],
  ])('%s finds it', (typed, thing) => expect(nameRank(thing, typed)).not.toBeNull())

  it.each(['', '  ', 'zz', '工商', 'hs'])('"%s" does not', (typed) => expect(nameRank(cmb, typed)).toBeNull())

  it('puts a name before its beginning, initials, a word and a part', () => {
    const ranks = ['招商银行', '招商', 'zs', 'merchants', '商银'].map((typed) => nameRank(cmb, typed) ?? Infinity)
    expect(ranks).toEqual(ranks.toSorted((left, right) => left - right))
    expect(new Set(ranks).size).toBe(5)
  })

  it('keeps equals in their order, and no more than asked for', () => {
    expect(findNamed([schwab, zheshang, cmb], (one) => one, 'zsyh', 5)).toEqual([zheshang, cmb])
    expect(findNamed([schwab, zheshang, cmb], (one) => one, 'zsyh', 1)).toEqual([zheshang])
  })
})
