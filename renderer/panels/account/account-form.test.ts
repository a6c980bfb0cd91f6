import { describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../shared/domain/currency.ts'
import { parseDecimal } from '../../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { draftOf, emptyForm, followed, termsOf } from './account-form.ts'

const cny = parseCurrencyCode('CNY')
const form = { ...emptyForm(cny), name: ' Card ' }

describe('the form of an account', () => {
  it('a debt is typed as a magnitude and kept as a negative balance', () => {
    expect(draftOf({ ...form, kind: 'credit-card', opening: 12_345 })?.openingMinor).toBe(-12_345)
    expect(draftOf({ ...form, kind: 'checking', opening: 12_345 })?.openingMinor).toBe(12_345)
    expect(Object.is(draftOf({ ...form, kind: 'credit-card', opening: null })?.openingMinor, 0)).toBe(true)
  })
  it('over an account that has changed meanwhile keeps what was typed and follows in the rest', () => {
    const before = { ...form, name: 'Old', details: { rate: '0.03' } }
    const now = { ...form, name: 'Old', details: { rate: '0.0275' } }
    expect(followed(before, before, now)).toEqual(now)
    expect(followed({ ...before, name: 'Mine' }, before, now)).toEqual({ ...now, name: 'Mine' })
  })
  it('is not complete without a name or with an amount that is none', () => {
    expect(draftOf({ ...form, name: ' ' })).toBeNull()
    expect(draftOf({ ...form, opening: undefined })).toBeNull()
  })
  it('a loan has all of its terms or none', () => {
    const loan = { ...form, kind: 'mortgage', principal: 100_000_000 }
    expect(termsOf(loan)).toBeNull()
    expect(termsOf({ ...loan, principal: null })).toEqual({})
    const firstDueOn = parseIsoDate('2026-05-20')
    const annualRate = parseDecimal('0.0385')
    expect(termsOf({ ...loan, annualRate, months: 360, firstDueOn })).toEqual({
      loan: { principalMinor: 100_000_000, annualRate, months: 360, firstDueOn, method: 'annuity' },
    })
  })
})
