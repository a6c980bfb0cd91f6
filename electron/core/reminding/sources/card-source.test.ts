import { expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import type { StoredAccount } from '../../storage/repositories/account-repository.ts'
import { type CardFacts, cardSource } from './card-source.ts'

const day = parseIsoDate
const account = { id: 1, name: 'Card', currency: parseCurrencyCode('CNY') } as StoredAccount
const window = { today: day('2026-11-20'), from: day('2026-08-01'), until: day('2026-12-31') }

it('what was left unpaid is part of the next statement, so that only the newest one asks for money', () => {
  // statements on the 5th, due on the 25th: 100.00 was spent in September, 40.00 paid in October, 30.00 spent since
  const facts: CardFacts = {
    account,
    terms: { limitMinor: null, statementDay: 5, due: { type: 'day', day: 25 } },
    owedMinor: 9_000,
    madeOn: null,
    days: [
      { on: day('2026-09-20'), netMinor: -10_000, inMinor: 0 },
      { on: day('2026-10-20'), netMinor: 4_000, inMinor: 4_000 },
      { on: day('2026-10-30'), netMinor: -3_000, inMinor: 0 },
    ],
  }
  const payments = cardSource
    .due([facts], window)
    .filter(({ kind }) => kind === 'card-payment')
    .map(({ on, amount, settled }) => [on, amount?.minor, settled])
  expect(payments).toEqual([
    // of 5 October: 100.00; 40.00 came in, 60.00 went into the statement of 5 November
    ['2026-10-25', 6_000, { on: '2026-11-05', by: 'state' }],
    // of 5 November: 100.00 - 40.00 + 30.00
    ['2026-11-25', 9_000, null],
    // to come: today's debt
    ['2026-12-25', 9_000, null],
  ])
})
