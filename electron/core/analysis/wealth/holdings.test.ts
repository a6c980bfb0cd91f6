import { describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { parseDecimal } from '../../../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { createHoldingTimeline, type QuotedPrice, type StatedPosition, type Trade } from './holdings.ts'

const usd = parseCurrencyCode('USD')
const decimal = (text: string | null) => (text === null ? null : parseDecimal(text))
const trade = (
  on: string,
  kind: string,
  quantity: string,
  amountMinor: number,
  price: string | null = null,
): Trade => ({
  on: parseIsoDate(on),
  kind,
  quantity: parseDecimal(quantity),
  price: decimal(price),
  amountMinor,
})
const stated = (
  on: string,
  quantity: string,
  price: string | null,
  valueMinor: number | null,
  costMinor: number | null = null,
): StatedPosition => ({
  on: parseIsoDate(on),
  quantity: parseDecimal(quantity),
  price: decimal(price),
  valueMinor,
  costMinor,
})
const quoted = (on: string, price: string, currency = 'USD'): QuotedPrice => ({
  on: parseIsoDate(on),
  price: parseDecimal(price),
  currency: parseCurrencyCode(currency),
})

function at(on: string, facts: { trades?: Trade[]; positions?: StatedPosition[]; prices?: QuotedPrice[] }) {
  const timeline = createHoldingTimeline({ currency: usd, trades: [], positions: [], prices: [], ...facts })
  const state = timeline.at(parseIsoDate(on))
  return state === null
    ? null
    : {
        quantity: state.quantity,
        value: state.value?.minor ?? null,
        cost: state.cost?.minor ?? null,
        from: state.costFrom,
        pricedOn: state.pricedOn,
      }
}

describe('average cost', () => {
  const buys = [trade('2026-01-05', 'buy', '10', -100_500, '100'), trade('2026-02-05', 'buy', '10', -120_500, '120')]
  it('of 10 for 1,005 and 10 for 1,205 is 2,210 for 20; half of it goes with half of the shares', () => {
    expect(at('2026-02-05', { trades: buys })).toMatchObject({
      quantity: '20',
      cost: 221_000,
      from: 'trades',
      value: 240_000,
    })
    const sold = [...buys, trade('2026-03-05', 'sell', '-10', 130_000, '130')]
    expect(at('2026-03-05', { trades: sold })).toMatchObject({ quantity: '10', cost: 110_500, value: 130_000 })
    expect(at('2026-01-31', { trades: sold })).toMatchObject({ quantity: '10', cost: 100_500 })
    expect(at('2026-01-04', { trades: sold })).toBeNull()
  })

  it.each([
    ['a split moves no cost', trade('2026-03-01', 'split', '20', 0), { quantity: '40', cost: 221_000 }],
    [
      'capital returned lowers it',
      trade('2026-03-01', 'return-of-capital', '0', 21_000),
      { quantity: '20', cost: 200_000 },
    ],
    ['a dividend leaves it', trade('2026-03-01', 'dividend', '0', 5_000), { quantity: '20', cost: 221_000 }],
    [
      'reinvested shares cost what they were worth',
      trade('2026-03-01', 'reinvestment', '1', 0, '130'),
      { quantity: '21', cost: 234_000 },
    ],
    [
      'shares of unknown origin make it unknown',
      trade('2026-03-01', 'security-in', '1', 0),
      { quantity: '21', cost: null, from: null },
    ],
    ['selling all leaves none', trade('2026-03-01', 'sell', '-20', 1), { quantity: '0', cost: 0 }],
    ['a short position has none', trade('2026-03-01', 'sell', '-21', 1), { quantity: '-1', cost: null }],
  ])('%s', (_, last, expected) => {
    expect(at('2026-03-01', { trades: [...buys, last] })).toMatchObject(expected)
  })
})

describe('what a statement says', () => {
  it('goes before what the trades add up to', () => {
    const trades = [trade('2026-01-05', 'buy', '10', -100_000, '100')]
    const same = stated('2026-01-31', '10', '110', 110_000)
    expect(at('2026-01-31', { trades, positions: [same] })).toMatchObject({
      quantity: '10',
      cost: 100_000,
      from: 'trades',
      value: 110_000,
    })
    const other = stated('2026-01-31', '12', '110', 132_000)
    expect(at('2026-01-31', { trades, positions: [other] })).toMatchObject({
      quantity: '12',
      cost: null,
      value: 132_000,
    })
    const costed = stated('2026-01-31', '12', '110', 132_000, 125_000)
    expect(at('2026-01-31', { trades, positions: [costed] })).toMatchObject({ cost: 125_000, from: 'statement' })
  })

  it('a bond of 10,000 face at 98.5 % is worth what the statement says, and moves with the price: 9,850 × 99 ÷ 98.5', () => {
    const positions = [stated('2026-01-31', '10000', '98.5', 985_000)]
    expect(at('2026-01-31', { positions })).toMatchObject({ value: 985_000, pricedOn: '2026-01-31' })
    expect(at('2026-02-10', { positions, prices: [quoted('2026-02-10', '99')] })).toMatchObject({
      value: 990_000,
      pricedOn: '2026-02-10',
    })
  })

  it('without any price the value is unknown, not zero', () => {
    expect(at('2026-02-01', { positions: [stated('2026-01-31', '5', null, null)] })).toMatchObject({
      quantity: '5',
      value: null,
      pricedOn: null,
    })
  })

  it('a price quoted in another currency values in that currency', () => {
    const timeline = createHoldingTimeline({
      currency: usd,
      trades: [],
      positions: [stated('2026-01-31', '5', null, null)],
      prices: [quoted('2026-01-31', '8', 'EUR')],
    })
    expect(timeline.at(parseIsoDate('2026-02-01'))?.value).toEqual({ minor: 4_000, currency: 'EUR' })
  })

  describe('a split of two for one halves every price known before it', () => {
    const split = trade('2026-03-01', 'split', '10', 0)
    it.each([
      ['of a purchase: 10 at 100 are 20 at 50', { trades: [trade('2026-01-05', 'buy', '10', -100_000, '100'), split] }],
      [
        'that was quoted',
        {
          trades: [trade('2026-01-05', 'buy', '10', -90_000, '90'), split],
          prices: [quoted('2026-02-28', '100')],
        },
      ],
      ['of a statement with a value', { positions: [stated('2026-01-31', '10', '100', 100_000)], trades: [split] }],
      ['of a statement without a value', { positions: [stated('2026-01-31', '10', '100', null)], trades: [split] }],
      [
        'that moved a statement’s value',
        {
          positions: [stated('2026-01-31', '10', '80', 80_000)],
          trades: [split],
          prices: [quoted('2026-02-28', '100')],
        },
      ],
      [
        'but not the price of the day itself',
        {
          positions: [stated('2026-01-31', '10', '100', 100_000)],
          trades: [split],
          prices: [quoted('2026-03-01', '50')],
        },
      ],
    ])('%s', (_, facts) => {
      expect(at('2026-02-28', facts)).toMatchObject({ quantity: '10', value: 100_000 })
      expect(at('2026-03-02', facts)).toMatchObject({ quantity: '20', value: 100_000 })
    })

    it('shows the price that the value goes by', () => {
      const timeline = createHoldingTimeline({
        currency: usd,
        positions: [],
        trades: [trade('2026-01-05', 'buy', '10', -100_000, '100'), split],
        prices: [],
      })
      expect(timeline.at(parseIsoDate('2026-03-02'))?.price).toBe('50')
    })

    it('and of three for two on twenty, then ten for one joined: 30 shares, then 3, of the same worth', () => {
      const trades = [
        trade('2026-01-05', 'buy', '20', -60_000, '30'),
        trade('2026-03-01', 'split', '10', 0),
        trade('2026-04-01', 'split', '-27', 0),
      ]
      expect(at('2026-03-02', { trades })).toMatchObject({ quantity: '30', value: 60_000, cost: 60_000 })
      expect(at('2026-04-02', { trades })).toMatchObject({ quantity: '3', value: 60_000, cost: 60_000 })
    })
  })

  describe('what was paid tells how a price is quoted', () => {
    it.each([
      ['a bond of 10,000 face at 98.5 %, fee 5', [trade('2026-01-05', 'buy', '10000', -985_500, '98.5')], 985_000],
      ['two option contracts of 100 shares at 1.50', [trade('2026-01-05', 'buy', '2', -30_100, '1.5')], 30_000],
      ['a share with a large fee', [trade('2026-01-05', 'buy', '1', -2_000, '10')], 1_000],
      ['shares whose cash came from elsewhere', [trade('2026-01-05', 'buy', '10', 0, '100')], 100_000],
    ])('%s', (_, trades, value) => {
      expect(at('2026-01-06', { trades })).toMatchObject({ value })
    })

    it('a later price of the bond is a percentage too, and so is that of face that came without cash', () => {
      const trades = [
        trade('2026-01-05', 'buy', '10000', -985_000, '98.5'),
        trade('2026-01-20', 'security-in', '10000', 0, '99'),
      ]
      expect(at('2026-02-11', { trades, prices: [quoted('2026-02-10', '100')] })).toMatchObject({
        value: 2_000_000,
        cost: 985_000 + 990_000,
      })
    })
  })

  it('what a dividend paid for each share is no price of the share', () => {
    const trades = [trade('2026-01-05', 'buy', '10', -100_000, '100'), trade('2026-02-05', 'dividend', '0', 500, '0.5')]
    expect(at('2026-02-05', { trades })).toMatchObject({ quantity: '10', value: 100_000 })
  })

  it('the newest price up to the day counts', () => {
    const facts = {
      trades: [trade('2026-01-05', 'buy', '2', -20_000, '100')],
      prices: [quoted('2026-01-10', '101'), quoted('2026-01-20', '105.5')],
    }
    expect([at('2026-01-09', facts)?.value, at('2026-01-19', facts)?.value, at('2026-01-20', facts)?.value]).toEqual([
      20_000, 20_200, 21_100,
    ])
  })
})
