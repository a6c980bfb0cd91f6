import { describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { looksLikeIban, readAccountField } from './account-field.ts'
import { readBalance } from './balance.ts'
import { entryDateBeside, parseSwiftAmount, parseSwiftDate } from './swift-values.ts'

const today = parseIsoDate('2026-03-01')
const euro = parseCurrencyCode('EUR')

describe('a SWIFT date', () => {
  it.each([
    ['260131', '2026-01-31'],
    ['991231', '1999-12-31'],
    ['460101', '2046-01-01'],
    ['470101', '1947-01-01'],
    ['240229', '2024-02-29'],
    ['20260131', '2026-01-31'],
    ['230229', null],
    ['261301', null],
    ['26013', null],
  ])('%s is %s on a day of 2026', (digits, date) => {
    expect(parseSwiftDate(digits, today)).toBe(date)
  })

  it.each([
    ['1231', '2026-01-02', '2025-12-31'],
    ['0102', '2025-12-31', '2026-01-02'],
    ['0330', '2026-04-01', '2026-03-30'],
    ['0715', '2026-01-20', '2026-07-15'],
    // only 2024 has that day near 1 March 2025
    ['0229', '2025-03-01', '2024-02-29'],
    ['1301', '2026-01-02', null],
  ])('the entry date %s beside %s is %s', (monthDay, valueDate, date) => {
    expect(entryDateBeside(monthDay, parseIsoDate(valueDate))).toBe(date)
  })
})

describe('a SWIFT amount', () => {
  it.each([
    ['12,50', '12.5'],
    ['2250,', '2250'],
    ['0,7', '0.7'],
    ['000000000147,64', '147.64'],
    ['10235.43', '10235.43'],
    ['20000', '20000'],
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['1.234.567,8', '1234567.8'],
    // a comma is the standard's decimal mark, whatever follows
    ['1,234', '1.234'],
    // a point may be either
    ['1.234', null],
    ['1.234.567', null],
    [',50', null],
    ['1,2,3', null],
    ['', null],
  ])('%s is %s euro', (text, value) => {
    expect(parseSwiftAmount(text, euro)).toBe(value)
  })

  it('has three digits behind a point where the currency has', () => {
    expect(parseSwiftAmount('1.234', parseCurrencyCode('KWD'))).toBe('1.234')
  })
})

describe('a balance field', () => {
  it.each([
    ['C260131EUR12,50', { amount: '12.5', on: '2026-01-31', currency: 'EUR' }],
    ['D260131EUR12,50 ', { amount: '-12.5', on: '2026-01-31', currency: 'EUR' }],
    ['C20260131EUR12,50', { amount: '12.5', on: '2026-01-31', currency: 'EUR' }],
    ['C260131EUR000000012,', { amount: '12', on: '2026-01-31', currency: 'EUR' }],
    // a day that does not exist is not known; the amount is
    ['C261131EUR1,00', { amount: '1', on: null, currency: 'EUR' }],
    ['C26013112,50', { amount: '12.5', on: '2026-01-31', currency: 'EUR' }],
    ['C260131EURnull', null],
    ['Dnullnull7414,3', null],
    ['', null],
  ])('%s', (text, balance) => {
    expect(readBalance(text, euro, today)).toEqual(balance)
  })
})

describe('an account field', () => {
  it.each([
    [['NL91ABNA0417164300'], { number: 'NL91ABNA0417164300' }],
    [['NL91ABNA0417164300EUR'], { number: 'NL91ABNA0417164300', currency: 'EUR' }],
    [['10020030/1234567'], { number: '1234567', institution: '10020030' }],
    [['10020030/1234567EUR'], { number: '1234567', institution: '10020030', currency: 'EUR' }],
    [['BPHKPLPK/320000546101 '], { number: '320000546101', institution: 'BPHKPLPK' }],
    [['/PL08106000760000777777777777'], { number: 'PL08106000760000777777777777' }],
    [['1234567', 'UBSWCHZH80A'], { number: '1234567', institution: 'UBSWCHZH80A' }],
    [['NL91 ABNA 0417 1643 00'], { number: 'NL91 ABNA 0417 1643 00' }],
    [['808XXXXXX292'], { number: '808XXXXXX292' }],
    [[''], {}],
  ])('%j', (lines, account) => {
    expect(readAccountField(lines)).toEqual(account)
  })

  it('knows an IBAN by its shape', () => {
    expect(looksLikeIban('NL91 ABNA 0417 1643 00')).toBe(true)
    expect(looksLikeIban('68790452')).toBe(false)
    expect(looksLikeIban('A'.repeat(10_000))).toBe(false)
  })
})
