import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allCurrencies, exponentOf, isCurrencyCode, parseCurrencyCode } from './currency.ts'
import { parseDecimal } from './decimal.ts'
import {
  addMoney,
  allocateMoney,
  convertMoney,
  CurrencyMismatchError,
  decimalFromMinor,
  minorFromDecimal,
  money,
  subtractMoney,
  sumMoney,
  valueOf,
} from './money.ts'

const CNY = parseCurrencyCode('CNY')
const JPY = parseCurrencyCode('JPY')
const KWD = parseCurrencyCode('KWD')
const EUR = parseCurrencyCode('EUR')

describe('currencies', () => {
  it('has all of ISO 4217 with its exponents', () => {
    expect(exponentOf(JPY)).toBe(0)
    expect(exponentOf(CNY)).toBe(2)
    expect(exponentOf(KWD)).toBe(3)
    expect(exponentOf(parseCurrencyCode('CLF'))).toBe(4)
    expect(allCurrencies().length).toBeGreaterThan(170)
  })
  it('reads any case and refuses what is not there', () => {
    expect(parseCurrencyCode(' eur ')).toBe('EUR')
    expect(() => parseCurrencyCode('RMB')).toThrow(RangeError)
    expect(isCurrencyCode('constructor')).toBe(false)
  })
})

describe('amounts', () => {
  it('two currencies never add', () => {
    expect(() => addMoney(money(1, CNY), money(1, EUR))).toThrow(CurrencyMismatchError)
    expect(() => sumMoney([money(1, CNY), money(1, EUR)], CNY)).toThrow(CurrencyMismatchError)
    expect(subtractMoney(money(5, CNY), money(7, CNY))).toEqual({ minor: -2, currency: 'CNY' })
  })
  it('refuses fractions and what a double cannot hold exactly', () => {
    expect(() => money(0.5, CNY)).toThrow(RangeError)
    expect(() => money(2 ** 53, CNY)).toThrow(RangeError)
    expect(Object.is(money(-0, CNY).minor, 0)).toBe(true)
  })
  it.each([
    ['12.34', CNY, 1234, true],
    ['-0.005', CNY, 0, false],
    ['0.015', CNY, 2, false],
    ['1234', JPY, 1234, true],
    ['1.5', JPY, 2, false],
    ['1.2345', KWD, 1234, false],
  ] as const)('%s %s is %i minor units (exact: %s)', (text, currency, minor, exact) => {
    expect(minorFromDecimal(parseDecimal(text), currency)).toEqual({ minor, exact })
  })
  it('minor units and decimals are two forms of one amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom(CNY, JPY, KWD), (minor, currency) => {
        expect(minorFromDecimal(decimalFromMinor(minor, currency), currency)).toEqual({ minor, exact: true })
      }),
    )
  })
  it('converts: 100.00 EUR at 7.9827 is 798.27 CNY; at 186.75 it is 18,675 JPY', () => {
    expect(convertMoney(money(10_000, EUR), parseDecimal('7.9827'), CNY)).toEqual({ minor: 79_827, currency: 'CNY' })
    expect(convertMoney(money(10_000, EUR), parseDecimal('186.75'), JPY)).toEqual({ minor: 18_675, currency: 'JPY' })
  })
  it('values: 1.5 units at 3.333 are 4.9995, rounded to 5.00', () => {
    expect(valueOf(parseDecimal('1.5'), parseDecimal('3.333'), CNY)).toEqual({ minor: 500, currency: 'CNY' })
  })
})

describe('allocation by largest remainder', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [5, [0, 1], [0, 5]],
    [7, [1, 2, 4], [1, 2, 4]],
    [10, [1, 2, 4], [1, 3, 6]],
  ])('%i by %j is %j', (minor, weights, parts) => {
    // 10 by 1:2:4 is 1.43, 2.86, 5.71: floors 1, 2, 5; the two left go to .86 and .71
    expect(allocateMoney(money(minor, CNY), weights).map((part) => part.minor)).toEqual(parts)
  })
  it('conserves the amount, and no part is a whole unit off its share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 20 }),
        (minor, weights) => {
          const total = weights.reduce((sum, weight) => sum + weight, 0)
          fc.pre(total > 0)
          const parts = allocateMoney(money(minor, CNY), weights)
          expect(parts.reduce((sum, part) => sum + part.minor, 0)).toBe(minor)
          for (const [index, part] of parts.entries()) {
            const exact = BigInt(minor) * BigInt(weights[index] ?? 0)
            const miss = BigInt(part.minor) * BigInt(total) - exact
            expect(miss < BigInt(total) && miss > -BigInt(total)).toBe(true)
          }
        },
      ),
    )
  })
  it('refuses weights that say nothing', () => {
    expect(() => allocateMoney(money(1, CNY), [0, 0])).toThrow(RangeError)
    expect(() => allocateMoney(money(1, CNY), [-1, 2])).toThrow(RangeError)
  })
})
