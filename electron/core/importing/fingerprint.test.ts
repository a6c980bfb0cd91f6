import { describe, expect, it } from 'vitest'
import { isTrustedReference } from '../../../shared/domain/bank-reference.ts'
import { parseDecimal } from '../../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import type { ParsedTransaction } from './importer.ts'
import { FINGERPRINT_LENGTH, fingerprintOf, meaningOf } from './fingerprint.ts'

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

  it('has a fingerprint of 16 bytes that sorts by its day', () => {
    const days = ['0001-01-01', '1999-12-31', '2000-01-01', '2026-02-28', '2026-03-01', '9999-12-31'].map(parseIsoDate)
    const prints = days.map((date) => fingerprintOf(date, meaning({ date })))
    expect(prints.map(({ length }) => length)).toEqual(days.map(() => FINGERPRINT_LENGTH))
    expect(prints).toEqual(prints.toSorted((left, right) => Buffer.compare(left, right)))
  })
})
