import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDecimal } from '../../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import type { ParsedTransaction } from './importer.ts'
import { FINGERPRINT_LENGTH, fingerprintOf, isTrustedReference, meaningOf, OccurrenceTable } from './fingerprint.ts'

const coffee: ParsedTransaction = {
  date: parseIsoDate('2026-01-05'),
  amount: parseDecimal('-3.5'),
  kind: 'payment',
  payee: 'Café Nero',
  memo: 'Card 1234',
}

describe('isTrustedReference', () => {
  it.each([
    ['20260105000123', true],
    ['FIT-2026-01-05-1', true],
    ['2026010522001498765432109876', true],
    ['1', false],
    ['00042', false],
    ['00000000', false],
    ['NONREF', false],
    ['Not provided', false],
    ['------------', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (reference, trusted) => {
    expect(isTrustedReference(reference)).toBe(trusted)
  })
})

describe('meaningOf', () => {
  const meaning = (patch: Partial<ParsedTransaction>, minor = -350): string => meaningOf({ ...coffee, ...patch }, minor)

  it('does not change with the shares of a split, which a shorter file would work out differently', () => {
    const split = (quantity: string): string =>
      meaning({ kind: 'split', security: { name: 'X' }, quantity: parseDecimal(quantity) }, 0)
    expect(split('10')).toBe(split('110'))
    const bought = (quantity: string): string =>
      meaning({ kind: 'buy', security: { name: 'X' }, quantity: parseDecimal(quantity) }, 0)
    expect(bought('10')).not.toBe(bought('110'))
  })

  it.each<[string, Partial<ParsedTransaction>]>([
    ['case and spacing of the payee', { payee: ' CAFÉ  NERO ' }],
    ['width of the characters', { memo: 'Ｃard 1234' }],
    ['a reference that is only a counter', { reference: '12' }],
    ['category, tags and value date', { category: 'Food', tags: ['x'], valueDate: parseIsoDate('2026-01-06') }],
  ])('is the same whatever the %s', (_title, patch) => {
    expect(meaning(patch)).toBe(meaning({}))
  })

  it.each<[string, Partial<ParsedTransaction>]>([
    ['day', { date: parseIsoDate('2026-01-06') }],
    ['payee', { payee: 'Café Zero' }],
    ['memo', { memo: 'Card 9999' }],
    ['time', { time: '08:30' }],
    ['check number', { checkNumber: '7' }],
    ['trusted reference', { reference: 'FIT20260105A' }],
    ['status', { status: 'pending' }],
    ['security', { security: { isin: 'US0378331005' }, quantity: parseDecimal('2') }],
  ])('differs by %s', (_title, patch) => {
    expect(meaning(patch)).not.toBe(meaning({}))
  })

  it('differs by the amount, and does not look at words where the bank gives a trusted reference', () => {
    expect(meaning({}, -351)).not.toBe(meaning({}))
    const reference = 'FIT20260105A'
    expect(meaning({ reference, payee: 'another text of the same booking' })).toBe(meaning({ reference }))
  })

  it('hashes to 16 bytes', () => {
    expect(fingerprintOf(meaning({}))).toHaveLength(FINGERPRINT_LENGTH)
  })
})

describe('OccurrenceTable', () => {
  it('counts as a map does, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3000), { maxLength: 6000, size: 'max' }), (values) => {
        const table = new OccurrenceTable()
        const map = new Map<number, number>()
        for (const value of values) {
          const count = (map.get(value) ?? 0) + 1
          map.set(value, count)
          expect(table.increment(fingerprintOf(String(value)))).toBe(count)
        }
        expect(table.size).toBe(map.size)
        for (const [value, count] of map) expect(table.count(fingerprintOf(String(value)))).toBe(count)
        expect(table.count(fingerprintOf('absent'))).toBe(0)
      }),
      { numRuns: 10 },
    )
  })

  it('takes the larger count of two', () => {
    const [a, b] = [fingerprintOf('a'), fingerprintOf('b')]
    const left = new OccurrenceTable()
    const right = new OccurrenceTable()
    for (const fingerprint of [a, a, b]) left.increment(fingerprint)
    for (const fingerprint of [a, b, b, b]) right.increment(fingerprint)
    left.takeLarger(right)
    expect([left.count(a), left.count(b)]).toEqual([2, 3])
  })
})
