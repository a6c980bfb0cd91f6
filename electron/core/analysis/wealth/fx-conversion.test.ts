import { describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { parseDecimal } from '../../../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { money } from '../../../../shared/domain/money.ts'
import { BaseTally, createConverter, MANUAL_SOURCE, type RateSource } from './fx-conversion.ts'

type Row = [pair: string, on: string, rate: string, source?: string]

function sourceOf(rows: readonly Row[]): RateSource {
  const known = rows.map(([pair, on, rate, source = 'ecb']) => ({
    base: parseCurrencyCode(pair.slice(0, 3)),
    quote: parseCurrencyCode(pair.slice(3)),
    on: parseIsoDate(on),
    rate: parseDecimal(rate),
    source,
  }))
  return {
    pairs: known,
    latest: (base, quote, on) =>
      known
        .filter((row) => row.base === base && row.quote === quote && row.on <= on)
        .toSorted((left, right) => (left.on < right.on ? 1 : -1))[0] ?? null,
  }
}

const convert = (rows: readonly Row[], minor: number, from: string, to: string, on = '2026-11-20') => {
  const result = createConverter(sourceOf(rows)).convert(
    money(minor, parseCurrencyCode(from)),
    parseCurrencyCode(to),
    parseIsoDate(on),
  )
  return result === null ? null : [result.value.minor, result.rateOn]
}

describe('conversion by date', () => {
  const day = '2026-11-20'
  it.each<[string, Row[], number, string, string, (number | string | null)[] | null]>([
    ['one currency needs no rate', [], 1_234, 'CNY', 'CNY', [1_234, null]],
    ['directly: 100 EUR × 7.5', [['EURCNY', day, '7.5']], 10_000, 'EUR', 'CNY', [75_000, day]],
    ['inverted: 75 CNY ÷ 7.5', [['EURCNY', day, '7.5']], 7_500, 'CNY', 'EUR', [1_000, day]],
    [
      'crosswise, rounded once: 1 USD ÷ 1.1 × 7.7 is exactly 7.00',
      [
        ['EURUSD', day, '1.1'],
        ['EURCNY', day, '7.7'],
      ],
      100,
      'USD',
      'CNY',
      [700, day],
    ],
    ['yen have no minor unit: 10.00 EUR × 160.4', [['EURJPY', day, '160.4']], 1_000, 'EUR', 'JPY', [1_604, day]],
    [
      'dinars have three digits: 100 JPY ÷ 160 × 0.32 = 0.200',
      [
        ['EURJPY', day, '160'],
        ['EURKWD', day, '0.32'],
      ],
      100,
      'JPY',
      'KWD',
      [200, day],
    ],
    [
      'the last known rate before the day',
      [
        ['EURCNY', '2026-11-18', '7'],
        ['EURCNY', '2026-11-21', '9'],
      ],
      100,
      'EUR',
      'CNY',
      [700, '2026-11-18'],
    ],
    [
      'the date of a cross rate is that of its older half',
      [
        ['EURUSD', '2026-11-02', '1'],
        ['EURCNY', day, '8'],
      ],
      100,
      'USD',
      'CNY',
      [800, '2026-11-02'],
    ],
    [
      'a rate by hand wins on its day',
      [
        ['EURUSD', day, '1'],
        ['EURCNY', day, '8'],
        ['USDCNY', day, '7', MANUAL_SOURCE],
      ],
      100,
      'USD',
      'CNY',
      [700, day],
    ],
    [
      'and gives way to newer published ones',
      [
        ['EURUSD', day, '1'],
        ['EURCNY', day, '8'],
        ['USDCNY', '2026-01-01', '7', MANUAL_SOURCE],
      ],
      100,
      'USD',
      'CNY',
      [800, day],
    ],
    [
      'a currency tied to another by hand alone reaches the rest',
      [
        ['EURUSD', day, '1.25'],
        ['EURCNY', day, '8'],
        ['LBPUSD', day, '0.00001', MANUAL_SOURCE],
      ],
      10_000_000,
      'LBP',
      'CNY',
      [640, day],
    ],
    [
      'of two ways as new as each other the one through EUR, in whatever order the pairs come',
      [
        ['JPYKWD', day, '1.1'],
        ['KWDUSD', day, '2.75'],
        ['JPYEUR', day, '2'],
        ['EURUSD', day, '1.5'],
      ],
      30_000,
      'USD',
      'JPY',
      // 300 ÷ 1.5 ÷ 2; through KWD it would be 300 ÷ 2.75 ÷ 1.1 = 99.17
      [100, day],
    ],
    ['a rate of zero is no rate', [['EURCNY', day, '0']], 100, 'CNY', 'EUR', null],
    ['no rate before the day: unknown', [['EURCNY', '2026-11-21', '9']], 100, 'EUR', 'CNY', null],
    ['no rate at all: unknown', [], 100, 'EUR', 'CNY', null],
  ])('%s', (_, rows, minor, from, to, expected) => {
    expect(convert(rows, minor, from, to)).toEqual(expected)
  })

  it('tells which rates were not of the day, and which are missing; nothing needs no rate', () => {
    const tally = new BaseTally(
      createConverter(sourceOf([['EURCNY', '2026-11-18', '7']])),
      parseCurrencyCode('CNY'),
      parseIsoDate(day),
    )
    expect(tally.convert(money(100, parseCurrencyCode('EUR')))?.value.minor).toBe(700)
    expect(tally.convert(money(100, parseCurrencyCode('USD')))).toBeNull()
    expect(tally.convert(money(0, parseCurrencyCode('GBP')))?.value.minor).toBe(0)
    expect(tally.notes()).toEqual([
      { currency: 'EUR', usedRateOn: '2026-11-18' },
      { currency: 'USD', usedRateOn: null },
    ])
  })
})
