import { assert, constantFrom, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { parseDecimal } from '../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { money } from '../../shared/domain/money.ts'
import {
  minorForInput,
  parseTypedDecimal,
  parseTypedMinor,
  parseTypedPercent,
  percentForInput,
} from './amount-input.ts'
import { formatDate, formatDaysAway } from './date-format.ts'
import { languageFor } from './language.ts'
import { formatCompactMoney, formatMoney, isLongFigure, moneyParts } from './money-format.ts'
import { formatBytes, formatPercent, formatQuantity, formatShare } from './number-format.ts'

const currency = (code: string) => parseCurrencyCode(code)

describe('amounts are written exactly', () => {
  it.each([
    [123_456_789, 'CNY', 'zh-CN', '¥1,234,567.89'],
    [123_456_789, 'CNY', 'en', '¥1,234,567.89'],
    [0, 'CNY', 'en', '¥0.00'],
    [-5, 'CNY', 'zh-CN', '−¥0.05'],
    [1234, 'JPY', 'en', 'JP¥1,234'],
    [1_234_567, 'KWD', 'en', 'KWD 1,234.567'],
    [9_007_199_254_740_991, 'CNY', 'en', '¥90,071,992,547,409.91'],
  ] as const)('%d %s in %s is %s', (minor, code, language, text) => {
    expect(formatMoney(money(minor, currency(code)), language).replaceAll('\u00a0', ' ')).toBe(text)
  })
  it('an unknown amount is a dash, never zero', () => expect(formatMoney(null, 'en')).toBe('—'))
  it('a change always has its sign', () => {
    expect(formatMoney(money(100, currency('CNY')), 'en', 'always')).toBe('+¥1.00')
    expect(formatMoney(money(0, currency('CNY')), 'en', 'always')).toBe('¥0.00')
  })
  it.each([
    [123_500_000, 'zh-CN', '¥123.5万'],
    [123_500_000, 'en', '¥1.235M'],
    [999_900, 'zh-CN', '¥9,999'],
    [1_234_500_000_000, 'zh-CN', '¥123.5亿'],
    [-123_500_000, 'en', '−¥1.235M'],
  ] as const)('%d fen in short in %s is %s', (minor, language, text) => {
    expect(formatCompactMoney(money(minor, currency('CNY')), language)).toBe(text)
  })
})

describe('figures that a column has no room for', () => {
  it.each([
    // a column of 146 px holds ¥999,999,999,999.99, 19 characters, in its usual size
    [99_999_999_999_999, 'CNY', 'auto', false],
    [-99_999_999_999_999, 'CNY', 'auto', true],
    [234_567_890_123_456, 'CNY', 'auto', true],
    [99_999_999_999_999, 'USD', 'auto', true],
    [Number.MAX_SAFE_INTEGER, 'JPY', 'auto', true],
    [0, 'CNY', 'always', false],
  ] as const)('%d of %s with sign %s: %s', (minor, currency, sign, long) => {
    const parts = moneyParts(money(minor, parseCurrencyCode(currency)), 'zh-CN', sign)
    expect(isLongFigure(parts)).toBe(long)
  })
})

describe('amounts as people type them', () => {
  it.each([
    ['1,234.50', 'CNY', 123_450],
    ['1234.5', 'CNY', 123_450],
    ['￥1 234', 'CNY', 123_400],
    ['−12', 'CNY', -1200],
    ['3.5万', 'CNY', 3_500_000],
    ['1.2亿', 'CNY', 12_000_000_000],
    ['１２．５', 'CNY', 1250],
    ['100', 'JPY', 100],
  ])('%s %s is %d', (text, code, minor) => expect(parseTypedMinor(text, currency(code))).toBe(minor))
  it.each(['', 'abc', '12,5', '1,23', '1.005', '1e5', '--3', '99999999999999999999'])('%s is asked again', (text) => {
    expect(parseTypedMinor(text, currency('CNY'))).toBeNull()
  })
  it('a field shows what was typed before, to the last minor unit', () => {
    assert(
      property(integer({ min: -1e12, max: 1e12 }), constantFrom('CNY', 'JPY', 'KWD'), (minor, code) => {
        expect(parseTypedMinor(minorForInput(minor, currency(code)), currency(code))).toBe(minor)
      }),
    )
  })
  it('a percentage is kept as a fraction', () => {
    expect(parseTypedPercent('4.2')).toBe('0.042')
    expect(parseTypedPercent('3.85%')).toBe('0.0385')
    expect(percentForInput(parseDecimal('0.042'))).toBe('4.2')
    expect(parseTypedDecimal('0.5')).toBe('0.5')
  })
})

describe('dates and numbers in words of the language', () => {
  it.each([
    ['zh-CN', 'long', '2026年4月13日'],
    ['en', 'long', '13 April 2026'],
    ['en', 'short', '13 Apr'],
    ['zh-CN', 'short', '4月13日'],
  ] as const)('%s %s', (language, style, text) => {
    expect(formatDate(parseIsoDate('2026-04-13'), language, style)).toBe(text)
  })
  it('days away', () => {
    expect(formatDaysAway(0, 'zh-CN')).toBe('今天')
    expect(formatDaysAway(3, 'en')).toBe('in 3 days')
    expect(formatDaysAway(-1, 'en')).toBe('yesterday')
  })
  it('a part that is there is never said to be 0%', () => {
    expect(formatShare(0.004, 'en')).toBe('<1%')
    expect(formatShare(0.004, 'zh-CN')).toBe('<1%')
    expect(formatShare(0.005, 'en')).toBe('1%')
    expect(formatShare(0, 'en')).toBe('0%')
    expect(formatShare(null, 'en')).toBe('—')
  })
  it('percent, quantity, size', () => {
    expect(formatPercent(0.0425, 'en', 2)).toBe('4.25%')
    expect(formatPercent(-0.0001, 'en')).toBe('0%')
    expect(formatPercent(-0.25, 'en')).toBe('−25%')
    expect(formatPercent(null, 'en')).toBe('—')
    expect(formatQuantity(parseDecimal('1234567.00010'))).toBe('1,234,567.0001')
    expect(formatQuantity(parseDecimal('-12'))).toBe('−12')
    expect(formatBytes(1_200_000, 'en')).toBe('1.2 MB')
    expect(formatBytes(0, 'en')).toBe('0 bytes')
  })
  it('the language follows the system until chosen', () => {
    expect(languageFor('system', 'zh-Hans-CN')).toBe('zh-CN')
    expect(languageFor('system', 'de-DE')).toBe('en')
    expect(languageFor('en', 'zh-CN')).toBe('en')
  })
})
