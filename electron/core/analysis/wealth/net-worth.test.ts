import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { money } from '../../../../shared/domain/money.ts'
import { computeNetWorth, type CountedAccount } from './net-worth.ts'
import { createConverter } from './fx-conversion.ts'
import { computeAllocation } from './allocation.ts'

const cny = parseCurrencyCode('CNY')
const converter = createConverter({ pairs: [], latest: () => null })
const classes = [
  ['cash', 'asset'],
  ['investment', 'asset'],
  ['property', 'asset'],
  ['credit-card', 'liability'],
  ['loan', 'liability'],
] as const

describe('net worth', () => {
  it('is assets − liabilities, is the sum of all signed amounts, and the classes add up to both sides', () => {
    const account = fc.record({
      kind: fc.constantFrom(...classes),
      amounts: fc.array(fc.integer({ min: -1e12, max: 1e12 }), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(fc.array(account), (list) => {
        const counted: CountedAccount[] = list.map(({ kind, amounts }) => ({
          class: kind[0],
          side: kind[1],
          amounts: amounts.map((minor) => money(minor, cny)),
        }))
        const { netWorth, classes: totals } = computeNetWorth(counted, cny, parseIsoDate('2026-11-23'), converter)
        const side = (name: string) =>
          totals.filter((entry) => entry.side === name).reduce((sum, { minor }) => sum + minor, 0)
        expect(netWorth.netMinor).toBe(netWorth.assetsMinor - netWorth.liabilitiesMinor)
        expect(netWorth.netMinor).toBe(list.flatMap(({ amounts }) => amounts).reduce((sum, minor) => sum + minor, 0))
        expect([side('asset'), side('liability')]).toEqual([netWorth.assetsMinor, netWorth.liabilitiesMinor])
      }),
    )
  })
})

describe('allocation', () => {
  it('adds up by key, largest first, with shares of the whole', () => {
    const parts = [
      { key: 'cash', minor: 100 },
      { key: 'equity', minor: 250 },
      { key: 'cash', minor: 50 },
      { key: 'none', minor: 0 },
    ]
    expect(computeAllocation(parts)).toEqual([
      { key: 'equity', minor: 250, share: 0.625 },
      { key: 'cash', minor: 150, share: 0.375 },
    ])
    expect(computeAllocation([])).toEqual([])
  })
})
