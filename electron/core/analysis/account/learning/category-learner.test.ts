import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CategoryLearner, type LearnerFacts, type Lesson, SUGGESTED_FROM, SURE_FROM } from './category-learner.ts'
import { amountBand, payeeKey, payeeWords } from './payee-features.ts'

const lesson = (payee: string, categoryId: number, count = 1, more: Partial<Lesson> = {}): Lesson => ({
  payee,
  direction: -1,
  accountId: 1,
  band: amountBand(1234),
  merchantCategory: '',
  categoryId,
  count,
  ...more,
})
const seen = (payee: string, more: Partial<LearnerFacts> = {}): LearnerFacts => ({
  payee,
  amountMinor: -1234,
  accountId: 1,
  merchantCategory: '',
  ...more,
})

describe('what two payees share', () => {
  it.each([
    ['Heron Coffee', ['heron', 'coffee']],
    ['HERON-COFFEE 12', ['heron', 'coffee']],
    ['城南咖啡', ['城南', '南咖', '咖啡']],
    ['美团 Waimai', ['美团', 'waimai']],
    ['A 1', []],
  ])('the words of %s', (payee, words) => expect(payeeWords(payee)).toEqual(words))
  it('a payee is the same under another number and in another case', () => {
    expect(payeeKey('HERON COFFEE 12')).toBe(payeeKey('Heron Coffee 7'))
    expect(payeeKey('4711')).toBe('4711')
  })
  it('amounts are as large as their first digit and their digits say', () => {
    // 3 for each digit; 1 → 0, 2 to 4 → 1, 5 to 9 → 2
    expect([0, 1, 9, 10, 45, 99, 1234].map(amountBand)).toEqual([4, 3, 5, 6, 7, 8, 12])
    expect(amountBand(-45)).toBe(amountBand(45))
  })
})

describe('guesses', () => {
  it('knows nothing where nothing was taught', () => {
    expect(new CategoryLearner([]).guess(seen('Heron Coffee'))).toBeNull()
  })

  it('one choice is a suggestion, two that agree are sure', () => {
    // same account 2, same size 4, on top of 4: 10 for each choice, against a doubt of 4
    const once = new CategoryLearner([lesson('Heron Coffee', 5)]).guess(seen('HERON COFFEE 77'))
    expect(once).toEqual({
      categoryId: 5,
      confidence: Math.floor((10 * 1000) / 14),
      evidence: { by: 'payee', payee: 'Heron Coffee', count: 1, of: 1 },
    })
    expect(once?.confidence).toBeLessThan(SURE_FROM)
    const thrice = new CategoryLearner([lesson('Heron Coffee', 5, 3)]).guess(seen('Heron Coffee'))
    expect(thrice?.confidence).toBe(Math.floor((30 * 1000) / 34))
    expect(thrice?.confidence).toBeGreaterThanOrEqual(SURE_FROM)
  })

  it('says how many of how many', () => {
    const learner = new CategoryLearner([lesson('Heron Coffee', 5, 12), lesson('Heron Coffee', 6, 1)])
    expect(learner.guess(seen('Heron Coffee'))?.evidence).toEqual({
      by: 'payee',
      payee: 'Heron Coffee',
      count: 12,
      of: 13,
    })
  })

  it('one shop, two categories: the size of the amount decides', () => {
    const small = { band: amountBand(900) }
    const large = { band: amountBand(90_000) }
    const learner = new CategoryLearner([lesson('Bazaar', 1, 4, small), lesson('Bazaar', 2, 4, large)])
    expect(learner.guess(seen('Bazaar', { amountMinor: -950 }))?.categoryId).toBe(1)
    expect(learner.guess(seen('Bazaar', { amountMinor: -95_000 }))?.categoryId).toBe(2)
  })

  it('what comes back is not filed as what went out', () => {
    const learner = new CategoryLearner([lesson('Heron Coffee', 5, 9)])
    expect(learner.guess(seen('Heron Coffee', { amountMinor: 1234 }))).toBeNull()
  })

  it('an unknown payee is filed as those with its rare words, and says which', () => {
    const learner = new CategoryLearner([
      lesson('Heron Coffee Oldtown', 5, 6),
      lesson('Heron Coffee Harbour', 5, 4),
      lesson('Rent Harbour House', 7, 9),
    ])
    const guess = learner.guess(seen('Heron Coffee Station'))
    expect(guess?.categoryId).toBe(5)
    expect(guess?.evidence).toMatchObject({
      by: 'similar',
      payees: ['Heron Coffee Harbour', 'Heron Coffee Oldtown'],
      words: ['heron', 'coffee'],
      count: 10,
      of: 10,
    })
    expect(guess?.confidence).toBeLessThan(SURE_FROM)
  })

  it('Chinese payees are alike by pairs of characters', () => {
    const learner = new CategoryLearner([lesson('永辉超市城南店', 3, 5), lesson('城南物业', 4, 5)])
    expect(learner.guess(seen('永辉超市城北店'))).toMatchObject({ categoryId: 3, evidence: { by: 'similar' } })
  })

  it('a trade alone is never sure', () => {
    const coded = { merchantCategory: '5814' }
    const learner = new CategoryLearner([lesson('Heron Coffee', 5, 20, coded)])
    const guess = learner.guess(seen('Zzyx', coded))
    expect(guess).toMatchObject({ categoryId: 5, evidence: { by: 'merchant-code', code: '5814', count: 20, of: 20 } })
    expect(guess?.confidence).toBeLessThanOrEqual(600)
  })

  it('the same choices give the same guess, whatever the order they were made in', () => {
    const lessons = fc.array(
      fc
        .record({
          payee: fc.constantFrom('Heron Coffee', 'Heron Tea', 'Bazaar', '永辉超市', '城南咖啡', 'Rent'),
          categoryId: fc.integer({ min: 1, max: 4 }),
          count: fc.integer({ min: 1, max: 30 }),
          band: fc.integer({ min: 6, max: 12 }),
          accountId: fc.integer({ min: 1, max: 2 }),
          direction: fc.constantFrom(-1, 1),
        })
        .map((given): Lesson => Object.assign(given, { merchantCategory: '' })),
      { maxLength: 12 },
    )
    const asked = fc.constantFrom('Heron Coffee', 'Heron Juice', '永辉咖啡', 'Nobody', 'Bazaar 12')
    fc.assert(
      fc.property(lessons, asked, fc.integer({ min: -9999, max: 9999 }), (given, payee, amountMinor) => {
        const facts = seen(payee, { amountMinor })
        const guess = new CategoryLearner(given).guess(facts)
        const other = new CategoryLearner(given.toReversed()).guess(facts)
        expect(other?.categoryId).toBe(guess?.categoryId)
        expect(other?.confidence).toBe(guess?.confidence)
        const confidence = guess?.confidence ?? SUGGESTED_FROM
        expect(Number.isInteger(confidence) && confidence >= SUGGESTED_FROM && confidence < 1000).toBe(true)
        // it never guesses what was never chosen
        expect(guess === null || given.some(({ categoryId }) => categoryId === guess.categoryId)).toBe(true)
      }),
    )
  })
})
