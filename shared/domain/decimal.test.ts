import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  absoluteDecimal,
  addDecimal,
  compareDecimal,
  decimalOf,
  divideDecimal,
  divideRounded,
  isDecimal,
  multiplyDecimal,
  negateDecimal,
  parseDecimal,
  roundDecimal,
  subtractDecimal,
  tryParseDecimal,
  unitsAtScale,
} from './decimal.ts'

const anyDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, scale]) => decimalOf(units, scale))

describe('reading', () => {
  it.each([
    ['12.34', '12.34'],
    ['+3', '3'],
    ['-0', '0'],
    ['-0.00', '0'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['007.50', '7.5'],
    ['1e3', '1000'],
    ['1.5e-3', '0.0015'],
    [' 8 ', '8'],
    ['1e59', `1${'0'.repeat(59)}`],
  ])('%s is %s', (text, canonical) => {
    expect(tryParseDecimal(text)).toBe(canonical)
    expect(isDecimal(canonical)).toBe(true)
  })

  it.each([
    '',
    '.',
    '-',
    '1,000',
    '1.2.3',
    '0x10',
    'NaN',
    'Infinity',
    '1e',
    '１',
    '9'.repeat(61),
    '1e60',
    '-1e-59',
    '1e999',
  ])('refuses %j', (text) => {
    expect(tryParseDecimal(text)).toBeNull()
    expect(() => parseDecimal(text)).toThrow(RangeError)
  })

  it('keeps every digit: parse of the canonical form is the form itself', () => {
    fc.assert(
      fc.property(anyDecimal, (value) => {
        expect(parseDecimal(value)).toBe(value)
      }),
    )
  })
})

describe('arithmetic is exact', () => {
  it('0.1 + 0.2 is 0.3', () => {
    expect(addDecimal(parseDecimal('0.1'), parseDecimal('0.2'))).toBe('0.3')
  })
  it('laws of a ring hold', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, anyDecimal, (a, b, c) => {
        expect(addDecimal(a, b)).toBe(addDecimal(b, a))
        expect(multiplyDecimal(a, b)).toBe(multiplyDecimal(b, a))
        expect(subtractDecimal(addDecimal(a, b), b)).toBe(a)
        expect(multiplyDecimal(a, addDecimal(b, c))).toBe(addDecimal(multiplyDecimal(a, b), multiplyDecimal(a, c)))
        expect(addDecimal(a, negateDecimal(a))).toBe('0')
        expect(compareDecimal(a, b)).toBe(-compareDecimal(b, a) + 0)
      }),
    )
  })
  it('dividing and multiplying back differs by less than the last digit', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        fc.pre(b !== '0')
        const quotient = divideDecimal(a, b, 20)
        const miss = subtractDecimal(a, multiplyDecimal(quotient, b))
        const bound = multiplyDecimal(absoluteDecimal(b), parseDecimal('1e-20'))
        expect(compareDecimal(absoluteDecimal(miss), bound)).toBeLessThanOrEqual(0)
      }),
    )
  })
  it('refuses to divide by zero', () => {
    expect(() => divideDecimal(parseDecimal('1'), parseDecimal('0'), 2)).toThrow(RangeError)
  })
})

describe('rounding', () => {
  // IEEE 754 names: half-even is "roundTiesToEven", half-up here is "roundTiesToAway"
  it.each([
    ['2.5', 'half-even', '2'],
    ['3.5', 'half-even', '4'],
    ['-2.5', 'half-even', '-2'],
    ['2.5', 'half-up', '3'],
    ['-2.5', 'half-up', '-3'],
    ['2.4', 'up', '3'],
    ['-2.4', 'up', '-3'],
    ['2.9', 'down', '2'],
    ['-2.9', 'down', '-2'],
    ['2.51', 'half-even', '3'],
    ['-0.4', 'half-even', '0'],
  ] as const)('%s by %s is %s', (text, rounding, wanted) => {
    expect(roundDecimal(parseDecimal(text), 0, rounding)).toBe(wanted)
  })
  it('tells whether digits were lost', () => {
    expect(unitsAtScale(parseDecimal('1.23'), 2, 'half-even')).toEqual({ units: 123n, exact: true })
    expect(unitsAtScale(parseDecimal('1.235'), 2, 'half-even')).toEqual({ units: 124n, exact: false })
  })
  it('is the same for both signs of the divisor', () => {
    expect(divideRounded(7n, -2n, 'half-up')).toBe(-4n)
    expect(divideRounded(-7n, -2n, 'half-up')).toBe(4n)
  })
})
