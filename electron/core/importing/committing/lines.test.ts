import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CurrencyCode, parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { decimalOf } from '../../../../shared/domain/decimal.ts'
import { minorFromDecimal } from '../../../../shared/domain/money.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { BalanceChain } from './balance-chain.ts'
import { toMinor, tryToMinor } from './minor-amount.ts'
import { settles, similarPayees } from './pending-lines.ts'

describe('toMinor', () => {
  it('is minorFromDecimal by a shorter way', () => {
    const currencies = fc.constantFrom<CurrencyCode>(...['EUR', 'JPY', 'KWD'].map(parseCurrencyCode))
    fc.assert(
      fc.property(
        fc.bigInt({ min: -8n * 10n ** 12n, max: 8n * 10n ** 12n }),
        fc.nat(5),
        currencies,
        (units, scale, currency) => {
          const amount = decimalOf(units, scale)
          expect(toMinor(amount, currency)).toEqual(minorFromDecimal(amount, currency))
        },
      ),
    )
  })

  it('refuses what no account can hold', () => {
    expect(tryToMinor(decimalOf(10n ** 20n), parseCurrencyCode('EUR'))).toBeNull()
  })
})

describe('BalanceChain', () => {
  const rows = [
    { on: parseIsoDate('2026-01-01'), amountMinor: -100, balanceMinor: 900 },
    { on: parseIsoDate('2026-01-02'), amountMinor: 50, balanceMinor: 950 },
    { on: parseIsoDate('2026-01-02'), amountMinor: -50, balanceMinor: 900 },
    { on: parseIsoDate('2026-01-03'), amountMinor: 5, balanceMinor: 905 },
  ]
  const follow = (list: typeof rows): BalanceChain => {
    const chain = new BalanceChain()
    for (const row of list) chain.add(row)
    return chain
  }
  const ends = { openingMinor: 1000, openingOn: '2026-01-01', closingMinor: 905, closingOn: '2026-01-03', rows: 4 }

  it('finds both ends whichever way the file runs', () => {
    expect(follow(rows).verdict()).toEqual({ ...ends, breaks: 0 })
    expect(follow(rows.toReversed()).verdict()).toEqual({ ...ends, breaks: 0 })
  })

  it('counts where a row is missing, and knows a column that is no running balance', () => {
    expect(follow(rows.toSpliced(1, 1)).verdict()).toMatchObject({ breaks: 1 })
    const other = rows.map(({ on, amountMinor }, index) => ({ on, amountMinor, balanceMinor: index * 7 }))
    expect(follow(other).verdict()).toBeNull()
    expect(new BalanceChain().verdict()).toBeNull()
  })
})

describe('pending lines', () => {
  it.each([
    ['SHELL 4471', 'Shell Deutschland GmbH', true],
    ['AMZN Mktp DE', 'Amazon Marketplace', false],
    ['Paypal *Spotify', 'SPOTIFY AB', true],
    ['', 'Anything', true],
    ['Cinema', 'Shell', false],
  ])('%s and %s may be one payee: %s', (left, right, similar) => {
    expect(similarPayees(left, right)).toBe(similar)
  })

  const line = (bookedOn: string, amountMinor: number, payee = 'Shell', reference: string | null = null) => ({
    bookedOn: parseIsoDate(bookedOn),
    amountMinor,
    payee,
    reference,
  })

  it.each([
    ['within ten days', line('2026-01-15', -30), line('2026-01-10', -30), true],
    ['not after ten days', line('2026-01-21', -30), line('2026-01-10', -30), false],
    ['not with another amount', line('2026-01-10', -31), line('2026-01-10', -30), false],
    ['not when booked days before', line('2026-01-05', -30), line('2026-01-10', -30), false],
    [
      'by reference with another payee',
      line('2026-01-11', -30, 'A', 'REF123456'),
      line('2026-01-10', -30, 'B', 'REF123456'),
      true,
    ],
  ])('are settled %s', (_title, booked, pending, expected) => {
    expect(settles(booked, pending)).toBe(expected)
  })
})
