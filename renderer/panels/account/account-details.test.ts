import { describe, expect, it } from 'vitest'
import { detailsOf, shownFields } from './account-details.ts'

describe('the facts in the form of an account', () => {
  it('are kept where the kind has them, trimmed, without empty ones', () => {
    const typed = { rate: '0.0275', maturesOn: '2027-03-31', plate: '沪A12345' }
    expect(detailsOf('deposit', typed)).toEqual({ rate: '0.0275', maturesOn: '2027-03-31' })
    expect(detailsOf('critical-illness', { policyNumber: ' P1 ', insured: '  ' })).toEqual({ policyNumber: 'P1' })
  })

  it('are none where nothing is given', () => expect(detailsOf('deposit', {})).toBeUndefined())

  it.each([{ rate: undefined }, { rate: '2.75' }, { maturesOn: '2027-02-29' }])(
    'of which one is wrong or half typed cannot be saved: %j',
    (typed) => expect(detailsOf('deposit', typed)).toBeNull(),
  )

  it('ask nothing that the card’s section asks', () => {
    expect(shownFields('huabei')).toEqual([])
    expect(shownFields('credit-card')).toEqual(['feeYearly', 'feeFrom'])
  })
})
