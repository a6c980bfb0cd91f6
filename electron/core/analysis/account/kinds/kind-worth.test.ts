import { describe, expect, it } from 'vitest'
import type { CurrencyCode } from '../../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../../shared/domain/iso-date.ts'
import { accountKindOf } from '../../../../../shared/model/account-kinds.ts'
import type { Terms } from '../../../../../shared/model/terms.ts'
import { worthByKind } from './kind-worth.ts'

const day = (text: string): IsoDate => text as IsoDate
const cny = 'CNY' as CurrencyCode
const of = (kindKey: string, terms: Terms, openingMinor = 0, transactionCount = 0) =>
  worthByKind({ kindKey, kind: accountKindOf(kindKey), currency: cny, terms, openingMinor, transactionCount })

/** 12,000.00 without interest in 12 equal parts of 1,000.00, the first on 31 January. */
const plan: Terms['loan'] = {
  principalMinor: 1_200_000,
  annualRate: '0' as Decimal,
  months: 12,
  firstDueOn: day('2026-01-31'),
  method: 'equal-principal',
}

describe('what an account is worth by its kind', () => {
  it('counts points at what one is worth, rounded once to whole minor units', () => {
    const worth = of('airline-miles', { details: { pointValue: '0.0135' } })
    // 12,345 miles × 0.0135 = 166.6575 → 166.66
    expect(worth(1_234_500, day('2026-01-01'))).toEqual({ worth: { minor: 16_666, currency: 'CNY' }, unvalued: false })
  })

  it('says of points without a worth that they are not valued, unless there are none', () => {
    const worth = of('loyalty-points', {})
    expect(worth(500_000, day('2026-01-01'))).toEqual({ worth: { minor: 0, currency: 'CNY' }, unvalued: true })
    expect(worth(0, day('2026-01-01')).unvalued).toBe(false)
  })

  it.each([
    ['2025-12-30', 0],
    ['2025-12-31', -1_200_000],
    ['2026-01-30', -1_200_000],
    ['2026-01-31', -1_100_000],
    ['2026-02-27', -1_100_000],
    ['2026-02-28', -1_000_000],
    ['2026-12-30', -100_000],
    ['2026-12-31', 0],
    ['2030-01-01', 0],
  ])('owes on %s what the plan leaves: %i', (on, minor) => {
    const worth = of('mortgage', { loan: plan })
    expect(worth(0, day(on)).worth.minor).toBe(minor)
  })

  it('counts by its kind’s side', () => {
    const worth = of('private-loan-with-contract', { loan: plan })
    expect(worth(0, day('2026-06-30')).worth.minor).toBe(600_000)
  })

  it('goes by what is booked as soon as something is, or a balance to start with is given', () => {
    expect(of('mortgage', { loan: plan }, -500)(-500, day('2026-06-30')).worth.minor).toBe(-500)
    expect(of('mortgage', { loan: plan }, 0, 1)(-777, day('2026-06-30')).worth.minor).toBe(-777)
    expect(of('mortgage', {})(0, day('2026-06-30')).worth.minor).toBe(0)
  })
})
