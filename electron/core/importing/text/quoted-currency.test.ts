import { describe, expect, it } from 'vitest'
import { parseDecimal } from '../../../../shared/domain/decimal.ts'
import { inMajorUnits, quotedCurrency } from './quoted-currency.ts'

describe('a currency as brokers quote it', () => {
  it.each([
    ['USD', 'USD', '138'],
    [' eur ', 'EUR', '138'],
    ['GBP', 'GBP', '138'],
    ['GBX', 'GBP', '1.38'],
    ['GBp', 'GBP', '1.38'],
    ['ZAc', 'ZAR', '1.38'],
    ['ILA', 'ILS', '1.38'],
    ['CNH', 'CNY', '138'],
  ])('138 %s is %s %s', (code, currency, amount) => {
    const quoted = quotedCurrency(code)
    expect(quoted?.currency).toBe(currency)
    expect(quoted === null ? null : inMajorUnits(parseDecimal('138'), quoted)).toBe(amount)
  })

  it.each(['', 'BASE_SUMMARY', 'XYZ1', '__proto__', 'constructor'])('"%s" is none', (code) => {
    expect(quotedCurrency(code)).toBeNull()
  })
})
