import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tryParseDecimal } from '../../../../shared/domain/decimal.ts'
import { decimalMarkOf, DecimalMarkVote, parseNumberText } from './number-text.ts'

describe('parseNumberText', () => {
  it.each([
    ['12.50', '.', '12.5'],
    ['-12.50', '.', '-12.5'],
    ['12,50', ',', '12.5'],
    ['1.234,56 €', ',', '1234.56'],
    ['€ 1.234,56', ',', '1234.56'],
    ['$1,234.56', '.', '1234.56'],
    ['-$1,234.56', '.', '-1234.56'],
    ['$-5', '.', '-5'],
    ['(12.00)', '.', '-12'],
    ['($12.00)', '.', '-12'],
    ['12,50-', ',', '-12.5'],
    ['\u22125', '.', '-5'],
    ["CHF 1'000.00", '.', '1000'],
    ['1\u00a0234\u202f567,8', ',', '1234567.8'],
    ['￥1，234．50', '.', '1234.5'],
    ['¥１２．５', '.', '12.5'],
    ['12.34元', '.', '12.34'],
    ['100.00 DR', '.', '-100'],
    ['100.00CR', '.', '100'],
    ['12.-', '.', '12'],
    ['5,–', ',', '5'],
    ['Fr. 5.20', '.', '5.2'],
    ['12,34,567.89', '.', '1234567.89'],
    ['+3', '.', '3'],
    ['US$ 3', '.', '3'],
    ['3 zł', ',', '3'],
    ['RMB3.10', '.', '3.1'],
    ['.5', '.', '0.5'],
    ['-0.00', '.', '0'],
  ] as const)('%s with %s is %s', (text, mark, value) => {
    expect(parseNumberText(text, mark)).toBe(value)
  })

  it.each([
    ['', '.'],
    ['-', '.'],
    ['1,5', '.'],
    ['1.5', ','],
    ['1,2345.6', '.'],
    ['1.2.3', '.'],
    ['12 34', '.'],
    ['1 2 3', '.'],
    ['--5', '.'],
    ['(-5)', '.'],
    ['5)', '.'],
    ['12-5', '.'],
    ['10:30', '.'],
    ['12/5', '.'],
    ['5%', '.'],
    ['Rent for 2024', '.'],
    ['Box 5', '.'],
    ['1,2345', '.'],
    ['NaN', '.'],
    ['1e400', '.'],
    ['9'.repeat(200), '.'],
  ] as const)('%s with %s is no number', (text, mark) => {
    expect(parseNumberText(text, mark)).toBeNull()
  })

  it('reads back any number grouped and marked either way', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.integer({ min: 0, max: 99 }),
        fc.boolean(),
        fc.constantFrom<['.' | ',', string]>(
          ['.', ','],
          [',', '.'],
          ['.', "'"],
          [',', '\u00a0'],
          ['.', ''],
          [',', '\u202f'],
        ),
        fc.constantFrom('before', 'after', 'parentheses'),
        (whole, cents, negative, [mark, separator], style) => {
          const grouped = whole.toString().replaceAll(/\B(?=(\d{3})+$)/g, separator)
          const body = `${grouped}${mark}${String(cents).padStart(2, '0')}`
          const signed = style === 'before' ? `-${body}` : style === 'after' ? `${body}-` : `(${body})`
          const expected = tryParseDecimal(`${negative ? '-' : ''}${whole}.${String(cents).padStart(2, '0')}`)
          expect(parseNumberText(negative ? signed : body, mark)).toBe(expected)
        },
      ),
    )
  })

  it('answers any text with a decimal or null', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom<'.' | ','>('.', ','), (text, mark) => {
        const value = parseNumberText(text, mark)
        expect(value === null || tryParseDecimal(value) === value).toBe(true)
      }),
    )
  })
})

describe('decimalMarkOf', () => {
  it.each([
    ['1,234.56', '.'],
    ['1.234,56', ','],
    ['1,234', 'either'],
    ['1.234', 'either'],
    ['0.123', '.'],
    ['0,123', ','],
    ['1234,567', ','],
    ['12.5', '.'],
    ['12,50', ','],
    ['1,234,567', '.'],
    ['1.234.567', ','],
    ['42', 'none'],
    ['1 000', 'none'],
    ['hello', 'bad'],
  ])('%s says %s', (text, says) => {
    expect(decimalMarkOf(text)).toBe(says)
  })

  it('votes by majority and admits doubt', () => {
    const vote = new DecimalMarkVote()
    vote.add('1,234')
    expect(vote.verdict()).toMatchObject({ mark: '.', sure: false })
    vote.add('1,5')
    expect(vote.verdict()).toMatchObject({ mark: ',', sure: true })
    vote.add('1.5')
    vote.add('2.5')
    expect(vote.verdict()).toMatchObject({ mark: '.', sure: false })
  })
})
