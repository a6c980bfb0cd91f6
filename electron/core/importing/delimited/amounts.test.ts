import { assert, bigInt, boolean, constantFrom, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalOf, isDecimal } from '../../../../shared/domain/decimal.ts'
import { isAmountText, readAmount, scaledOf } from './amount-text.ts'
import { detectSign, type RoleIndex } from './conventions.ts'
import { MarkCount } from './decimal-mark.ts'

describe('readAmount', () => {
  it.each([
    ['1234.50', '.', '1234.5'],
    ['-0.00', '.', '0'],
    ['007', '.', '7'],
    ['-0', '.', '0'],
    ['0', ',', '0'],
    ['5.', '.', '5'],
    [' -12.34 ', '.', '-12.34'],
    ['0.10', '.', '0.1'],
    ['-0,01', ',', '-0.01'],
    ['1.234,50', ',', '1234.5'],
    ['1.234.567', ',', '1234567'],
    ['1,23,456.70', '.', '123456.7'],
    ['-,01', ',', '-0.01'],
    ['(12.00)', '.', '-12'],
    ['12,50-', ',', '-12.5'],
    ['1 234,56 €', ',', '1234.56'],
    ['- $220.00', '.', '-220'],
    // marks where they cannot be: no reading is better than a wrong one
    ['1,5', '.', null],
    ['12.34', ',', null],
    ['1.2.3', ',', null],
    ['', '.', null],
    ['abc', '.', null],
  ] as const)('%s with "%s" → %s', (text, mark, expected) => {
    expect(readAmount(text, mark)).toBe(expected)
  })

  it('gives the exact canonical decimal of any amount, however it is written', () => {
    const units = bigInt({ min: -(10n ** 11n), max: 10n ** 11n })
    assert(
      property(units, integer({ min: 0, max: 4 }), constantFrom('.', ','), boolean(), (value, scale, mark, grouped) => {
        const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
        const whole = scale === 0 ? digits : digits.slice(0, -scale)
        const group = mark === '.' ? ',' : '.'
        const shown = grouped ? whole.replaceAll(/\B(?=(\d{3})+$)/g, group) : whole
        const text = `${value < 0n ? '-' : ''}${shown}${scale === 0 ? '' : mark + digits.slice(-scale)}`
        const read = readAmount(text, mark)
        expect(read).toBe(decimalOf(value, scale))
        expect(read !== null && isDecimal(read)).toBe(true)
      }),
    )
  })

  it('scaledOf is the value in ten-thousandths', () => {
    assert(
      property(integer({ min: -(10 ** 12), max: 10 ** 12 }), (value) => {
        expect(scaledOf(decimalOf(value, 4)) + 0).toBe(value)
      }),
    )
  })

  it.each([
    ['12.00', true],
    ['-$7,971.39', true],
    ['100 Kč', true],
    ['5.00 CR', true],
    ['DE8937040044', false],
    ['12:30', false],
    ['*6833', false],
    ['3 items', false],
  ])('isAmountText %s → %s', (text, expected) => {
    expect(isAmountText(text)).toBe(expected)
  })
})

describe('MarkCount', () => {
  it.each<[string[], string, boolean]>([
    [['1.50', '2.25'], '.', true],
    [['1,50', '1.234'], ',', true],
    [['1.234,50'], ',', true],
    [['1,234,567'], '.', true],
    [['100', '250'], '.', true],
    // only thousands-like figures: nothing decides
    [['1,234', '5,678'], '.', false],
    [['1.234', '5.678'], ',', false],
    [['0.125'], '.', true],
  ])('%j → %s', (texts, mark, sure) => {
    const count = new MarkCount()
    for (const text of texts) count.add(text)
    expect(count.verdict()).toEqual({ mark, sure })
  })
})

describe('detectSign', () => {
  const context = { card: false, titled: true, spending: false, texts: (cells: readonly string[]) => cells[3] ?? '' }
  const at: RoleIndex = { date: 0, amount: 1, balance: 2 }
  const plain: RoleIndex = { date: 0, amount: 1 }
  const day = (number: number): string => `2024-01-${String(number).padStart(2, '0')}`

  it('a balance that rises by the amount proves the sign, in both row orders', () => {
    const rows = [
      [day(1), '-10.00', '90.00'],
      [day(2), '30.00', '120.00'],
      [day(3), '-5.50', '114.50'],
    ]
    expect(detectSign(rows, at, '.', 'ymd', context)).toEqual({ sign: 'as-written', certainty: 'proven' })
    expect(detectSign(rows.toReversed(), at, '.', 'ymd', context)).toEqual({ sign: 'as-written', certainty: 'proven' })
  })

  it('a balance that falls by the amount proves that spending is positive', () => {
    const rows = [
      [day(1), '10.00', '90.00'],
      [day(2), '-30.00', '120.00'],
      [day(3), '5.50', '114.50'],
      [day(4), '4.25', '110.25'],
    ]
    expect(detectSign(rows, at, '.', 'ymd', context)).toEqual({ sign: 'inverted', certainty: 'proven' })
    expect(detectSign(rows.toReversed(), at, '.', 'ymd', context)).toEqual({ sign: 'inverted', certainty: 'proven' })
  })

  it('a column of balances before each row does not invert anything', () => {
    // newest last; the balance before the row: 100, 90, 120, 114.50
    const rows = [
      [day(1), '-10.00', '100.00'],
      [day(2), '30.00', '90.00'],
      [day(3), '-5.50', '120.00'],
      [day(4), '-4.25', '114.50'],
    ]
    expect(detectSign(rows, at, '.', 'ymd', context).sign).toBe('as-written')
  })

  it('mostly positive amounts whose texts are purchases are spending, and that is said to be open', () => {
    const rows = [
      [day(1), '12.00', '', 'Grocery store'],
      [day(2), '5.00', '', 'Coffee'],
      [day(3), '-300.00', '', 'AUTOPAY THANK YOU'],
      [day(4), '60.00', '', 'Shell'],
    ]
    expect(detectSign(rows, plain, '.', 'ymd', context)).toEqual({ sign: 'inverted', certainty: 'open' })
  })

  it('mixed amounts with more money out than in stay as they are written', () => {
    const rows = [
      [day(1), '-12.00', '', 'a'],
      [day(2), '-5.00', '', 'b'],
      [day(3), '300.00', '', 'c'],
    ]
    expect(detectSign(rows, plain, '.', 'ymd', context)).toEqual({ sign: 'as-written', certainty: 'proven' })
  })

  it('separate columns need no sign', () => {
    const rows = [[day(1), '', '12.00']]
    expect(detectSign(rows, { date: 0, debit: 1, credit: 2 }, '.', 'ymd', context).certainty).toBe('proven')
  })
})
