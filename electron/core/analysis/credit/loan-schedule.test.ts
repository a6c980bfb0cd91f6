import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { decimalOf, parseDecimal } from '../../../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { type LoanTerms, repaymentMethods } from '../../../../shared/model/terms.ts'
import { computeLoanSchedule, nextInstalment } from './loan-schedule.ts'

const cny = parseCurrencyCode('CNY')
const terms = (
  yuan: number,
  months: number,
  rate: string,
  method: LoanTerms['method'],
  firstDueOn = '2026-01-20',
): LoanTerms => ({
  principalMinor: yuan * 100,
  months,
  annualRate: parseDecimal(rate),
  method,
  firstDueOn: parseIsoDate(firstDueOn),
})

describe('loan schedules', () => {
  it('等额本息 ¥1,000,000, 30 years, 4.2 %: 4,890.17 a month, interest 760,461 but for the rounding of instalments', () => {
    const schedule = computeLoanSchedule(terms(1_000_000, 360, '0.042', 'annuity'), cny)
    expect(schedule.instalments[0]).toMatchObject({
      paymentMinor: 489_017,
      interestMinor: 350_000,
      principalMinor: 139_017,
    })
    expect(schedule.instalments.at(-1)?.remainingMinor).toBe(0)
    expect(Math.abs(schedule.totalInterestMinor - 76_046_100)).toBeLessThan(200)
  })

  it('等额本息 ¥500,000, 20 years, 3.1 %: the formula gives 2,798.08449, so 2,798.08 (often quoted as 2,798.09, a fen more)', () => {
    const schedule = computeLoanSchedule(terms(500_000, 240, '0.031', 'annuity'), cny)
    expect(schedule.instalments[0]?.paymentMinor).toBe(279_808)
  })

  it('等额本金 ¥1,000,000, 30 years, 4.2 %: first 6,277.78, last 2,787.50, interest 631,750.00', () => {
    const schedule = computeLoanSchedule(terms(1_000_000, 360, '0.042', 'equal-principal'), cny)
    expect(schedule.instalments[0]?.paymentMinor).toBe(627_778)
    expect(schedule.instalments.at(-1)?.paymentMinor).toBe(278_750)
    expect(schedule.totalInterestMinor).toBe(63_175_000)
  })

  it('interest alone: ¥120,000 at 5 % for a year is 500 a month and the loan with the last', () => {
    const schedule = computeLoanSchedule(terms(120_000, 12, '0.05', 'interest-only'), cny)
    expect(schedule.instalments.map(({ paymentMinor }) => paymentMinor)).toEqual([
      ...Array.from({ length: 11 }, () => 50_000),
      12_050_000,
    ])
  })

  it('without interest: ¥1,000 in three parts is 333.33, 333.33 and 333.34', () => {
    const schedule = computeLoanSchedule(terms(1_000, 3, '0', 'annuity'), cny)
    expect(schedule.instalments.map(({ paymentMinor }) => paymentMinor)).toEqual([33_333, 33_333, 33_334])
    expect(schedule.totalInterestMinor).toBe(0)
  })

  it('falls due on the same day of each month, or its last', () => {
    const schedule = computeLoanSchedule(terms(1_000, 4, '0.05', 'annuity', '2027-12-31'), cny)
    expect(schedule.instalments.map(({ dueOn }) => dueOn)).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
    ])
  })

  it('knows the next instalment', () => {
    const schedule = computeLoanSchedule(terms(1_000, 3, '0.05', 'annuity'), cny)
    expect(nextInstalment(schedule, parseIsoDate('2026-02-20'))).toMatchObject({ past: 1, instalment: { number: 2 } })
    expect(nextInstalment(schedule, parseIsoDate('2026-03-21'))).toEqual({ past: 3, instalment: null })
  })

  it('the principal adds up to the loan, no part of it is negative, payments are principal and interest', () => {
    const arbitrary = fc.record({
      principalMinor: fc.integer({ min: 1, max: 1e10 }),
      months: fc.integer({ min: 1, max: 120 }),
      rate: fc.integer({ min: 0, max: 4_000 }),
      method: fc.constantFrom(...repaymentMethods),
    })
    fc.assert(
      fc.property(arbitrary, ({ principalMinor, months, rate, method }) => {
        const schedule = computeLoanSchedule(
          { principalMinor, months, annualRate: decimalOf(rate, 4), method, firstDueOn: parseIsoDate('2026-01-31') },
          cny,
        )
        const parts = schedule.instalments
        expect(parts).toHaveLength(months)
        expect(parts.reduce((sum, part) => sum + part.principalMinor, 0)).toBe(principalMinor)
        expect(parts.every((part) => part.principalMinor >= 0 && part.interestMinor >= 0)).toBe(true)
        expect(parts.every((part) => part.paymentMinor === part.principalMinor + part.interestMinor)).toBe(true)
        expect(schedule.totalPaymentMinor).toBe(principalMinor + schedule.totalInterestMinor)
      }),
      { numRuns: 200 },
    )
  })
})
