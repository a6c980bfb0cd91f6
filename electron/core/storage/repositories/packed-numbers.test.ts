import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateFromDayNumber, dayNumber, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { readDays, readNumbers } from './packed-numbers.ts'

const numbersIn = (packed: string): number[] => {
  const into = new Float64Array(200)
  return [...into.subarray(0, readNumbers(packed, into))]
}

describe('packed numbers', () => {
  it.each([
    ['', []],
    ['7', [7]],
    ['0,-5,12', [0, -5, 12]],
    // the largest amount that the vault holds, 2^53 − 1, and its opposite
    ['9007199254740991,-9007199254740991', [Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER]],
  ])('"%s" is read as it was written', (packed, numbers) => expect(numbersIn(packed)).toEqual(numbers))

  it('any safe integers come back', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 200 }), (numbers) => {
        // a minus before nothing is no number that a vault has
        const plain = numbers.map((number) => (number === 0 ? 0 : number))
        expect(numbersIn(plain.join(','))).toEqual(plain)
      }),
    )
  })

  it('any days come back, in whatever order', () => {
    const day = fc.integer({ min: dayNumber(parseIsoDate('1900-01-01')), max: dayNumber(parseIsoDate('2100-12-31')) })
    fc.assert(
      fc.property(fc.array(day, { maxLength: 100 }), (days) => {
        const into = new Int32Array(100)
        const count = readDays(days.map(dateFromDayNumber).join(','), into)
        expect([...into.subarray(0, count)]).toEqual(days)
      }),
    )
  })
})
