import { describe, expect, it } from 'vitest'
import type { IsoDate } from '../../../../../shared/domain/iso-date.ts'
import { reminderRuleOf } from '../../../../../shared/model/reminder-rules.ts'
import type { AccountDetails } from '../../../../../shared/model/terms.ts'
import { dueDaysOfRule } from './kind-due-dates.ts'

const days = (key: string, details: AccountDetails, first: string, last: string): string[] =>
  dueDaysOfRule(reminderRuleOf(key), details, first as IsoDate, last as IsoDate)

describe('due days of an account’s own facts', () => {
  it('a day of the month is the last of a shorter one', () => {
    const expected = ['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31']
    expect(days('payment', { paymentDay: 31 }, '2027-12-02', '2028-03-31')).toEqual(expected)
  })

  it('a bill every two months comes in odd ones; where nothing is said, in each', () => {
    const details = { billingDay: 5, billingMonths: 2 }
    expect(days('bill', details, '2026-01-06', '2026-06-30')).toEqual(['2026-03-05', '2026-05-05'])
    expect(days('bill', { billingDay: 5 }, '2026-01-06', '2026-03-05')).toEqual(['2026-02-05', '2026-03-05'])
  })

  it('a day of every year is the 28th where 29 February is missing', () => {
    const expected = ['2027-02-28', '2028-02-29', '2029-02-28']
    expect(days('rate-reset', { rateResetOn: '--02-29' }, '2027-01-01', '2029-12-31')).toEqual(expected)
  })

  it('a premium comes as often as chosen, counted from its day', () => {
    // three months after 31 August is 30 November, six months after it 28 February
    const details = { premiumNextOn: '2026-08-31', premiumEvery: '3' }
    const expected = ['2026-08-31', '2026-11-30', '2027-02-28', '2027-05-31']
    expect(days('premium', details, '2026-01-01', '2027-06-30')).toEqual(expected)
  })

  it('starts in the middle of a series', () => {
    const details = { premiumNextOn: '2020-01-31', premiumEvery: '1' }
    expect(days('premium', details, '2026-02-28', '2026-03-31')).toEqual(['2026-02-28', '2026-03-31'])
  })

  it('a maturity comes once, on its day alone', () => {
    const details = { maturesOn: '2026-05-01' }
    expect(days('maturity', details, '2026-05-01', '2026-05-01')).toEqual(['2026-05-01'])
    expect(days('maturity', details, '2026-05-02', '2030-01-01')).toEqual([])
  })

  it('what is not given is not due', () => expect(days('bill', {}, '2026-01-01', '2027-01-01')).toEqual([]))
})
