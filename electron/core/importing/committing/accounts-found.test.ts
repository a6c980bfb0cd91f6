import { describe, expect, it } from 'vitest'
import { comparableNumber, compareNumbers, maskedNumber } from './account-number.ts'
import { identityOf, kindOf, nameFor, tellingWords } from './account-identity.ts'

const origin = { importer: 'csv', fileName: 'x.csv', layout: null }

describe('compareNumbers', () => {
  it.each([
    ['DE02 1203 0000 0000 2020 51', 'de02120300000000202051', 'same'],
    ['DE02 1203 0000 0000 2020 51', '0000202051', 'same'],
    ['DE02 1203 0000 0000 2020 51', '202051', 'different'],
    ['6222 **** **** 1234', '6222000011111234', 'same-end'],
    ['xxxx1234', '1234', 'same-end'],
    ['...1234', '6222000011115678', 'different'],
    ['12345678', '12345679', 'different'],
  ] as const)('%s and %s: %s', (left, right, match) => {
    const a = comparableNumber(left)
    const b = comparableNumber(right)
    expect(a !== null && b !== null && compareNumbers(a, b)).toBe(match)
    expect(a !== null && b !== null && compareNumbers(b, a)).toBe(match)
  })

  it.each(['', '**', 'XXXXXXXX', '12', null, undefined])('%s is no number to compare', (text) => {
    expect(comparableNumber(text)).toBeNull()
  })

  it('shows four characters at most', () => {
    expect(maskedNumber('DE02 1203 0000 0000 2020 51')).toBe('··2051')
  })
})

describe('identityOf', () => {
  it('is the number where that is whole, whatever else the file says', () => {
    const one = identityOf({ number: '12 34 56 78', name: 'A' }, 'EUR', origin)
    const other = identityOf({ number: '12345678', institution: 'B' }, 'EUR', { ...origin, importer: 'ofx' })
    expect(one).toBe(other)
    expect(identityOf({ number: '12345678' }, 'USD', origin)).not.toBe(one)
  })

  it('is layout and telling words of the file name where the statement names no account', () => {
    const of = (fileName: string): string => identityOf({}, null, { importer: 'csv', fileName, layout: 'abc' })
    expect(of('Transactions 2026-01-01.csv')).toBe(of('transactions_2026-02-01 (1).csv'))
    expect(of('Transactions joint 2026-01.csv')).not.toBe(of('Transactions 2026-02.csv'))
  })
})

describe('names and kinds of new accounts', () => {
  it.each([
    [{ institution: '招商银行', number: '6225 **** 1234' }, 'checking', 'a.csv', '招商银行 ··1234'],
    [{ number: '000000123' }, 'checking', 'statement.ofx', 'Checking ··0123'],
    [{ institution: '30001', number: '12345678901' }, 'savings', 'x.ofx', 'Savings ··8901'],
    [{ name: 'Card 1234', number: '1234' }, 'credit-card', 'x.ofx', 'Card 1234'],
    [{}, 'checking', 'Household budget 2026-01.csv', 'Household budget'],
    [{}, 'cash', '1.csv', 'Cash'],
  ])('%o, %s, %s: %s', (account, kind, fileName, name) => {
    expect(nameFor(account, kind, fileName)).toBe(name)
  })

  it.each([
    [{ kind: 'loan' as const, name: 'Visa' }, 'x.csv', 'loan'],
    [{ name: 'Visa Gold' }, 'x.csv', 'credit-card'],
    [{ name: '中国银行 ··1234' }, 'wechat.csv', 'checking'],
    [{}, 'paypal.csv', 'e-wallet'],
    [{}, 'x.csv', 'checking'],
  ])('%o of %s is a %s', (account, fileName, kind) => {
    expect(kindOf(account, fileName)).toBe(kind)
  })

  it('leaves dates, counters and hashes out of file names', () => {
    expect(tellingWords('20260101_export_5f3a9c0b11_N26-joint (2).csv')).toEqual(['joint'])
  })
})
