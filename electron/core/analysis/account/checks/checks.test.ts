import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../../../shared/domain/currency.ts'
import { parseDecimal } from '../../../../../shared/domain/decimal.ts'
import { addDays, parseIsoDate } from '../../../../../shared/domain/iso-date.ts'
import { money } from '../../../../../shared/domain/money.ts'
import { defaultCategories } from '../default-categories.ts'
import { essentialCategoryKeys, insurance, limitOn, type Scheme } from './check-tables.ts'
import { computeDepositCover, type InsuredDeposit } from './deposit-insurance.ts'
import { lastsTenths, middleSpending, withDescendants } from './emergency-fund.ts'
import { idleMinor, yearlyDifference } from './idle-cash.ts'
import {
  chargedTwice,
  largeFrom,
  paidOftenWithinDays,
  type Payment,
  standsOut,
  standsOutInCategory,
} from './spending-anomalies.ts'

const day = parseIsoDate
const cny = parseCurrencyCode('CNY')
const scheme = (key: string): Scheme => {
  const found = insurance.schemes.find((entry) => entry.key === key)
  if (found === undefined) throw new Error(key)
  return found
}
const deposit = (patch: Partial<InsuredDeposit> & { minor: number }): InsuredDeposit => ({
  accountId: 1,
  name: 'A',
  amount: money(patch.minor, cny),
  scheme: scheme('cn-deposit'),
  assumed: false,
  bank: { key: '1', name: 'Bank', institutionId: 1 },
  owners: [],
  ...patch,
})
const today = day('2026-11-25')

describe('the tables of the checks', () => {
  it('name categories that exist', () => {
    const keys = new Set(defaultCategories.flatMap((main) => [main, main.children].flat().map(({ key }) => key)))
    expect([...essentialCategoryKeys].filter((key) => !keys.has(key))).toEqual([])
  })

  it.each([
    // Article 5 of the Deposit Insurance Regulation: ¥500,000
    ['cn-deposit', '2026-11-25', 50_000_000],
    ['us-fdic', '2026-11-25', 25_000_000],
    ['us-ncua', '2026-11-25', 25_000_000],
    // Directive 2014/49/EU, Article 6
    ['eu-dgs', '2026-11-25', 10_000_000],
    // PS24/25: £85,000 until 30 November 2025, then £120,000
    ['uk-fscs', '2025-11-30', 8_500_000],
    ['uk-fscs', '2025-12-01', 12_000_000],
    ['hk-dps', '2024-09-30', 50_000_000],
    ['hk-dps', '2024-10-01', 80_000_000],
    ['in-dicgc', '2026-11-25', 50_000_000],
    // investments have a limit of their own, that of deposits was raised alone
    ['uk-fscs-investments', '2026-11-25', 8_500_000],
  ])('%s pays up to so much on %s', (key, on, limitMinor) => {
    expect(limitOn(scheme(key), day(on)).limitMinor).toBe(limitMinor)
  })
})

describe('deposit insurance', () => {
  it('a depositor’s accounts at one bank have one limit, at two banks two', () => {
    const other = { key: '2', name: 'Other', institutionId: 2 }
    const covers = computeDepositCover(
      [
        deposit({ accountId: 1, minor: 30_000_000 }),
        deposit({ accountId: 2, minor: 30_000_000 }),
        deposit({ accountId: 3, minor: 50_000_000, bank: other }),
      ],
      today,
    )
    // 300,000 + 300,000 at one bank: 500,000 covered, 100,000 not
    expect(
      covers.map((cover) => [cover.banks.join(), cover.balanceMinor, cover.coveredMinor, cover.uncoveredMinor]),
    ).toEqual([
      ['Bank', 60_000_000, 50_000_000, 10_000_000],
      ['Other', 50_000_000, 50_000_000, 0],
    ])
  })

  it('each owner has a limit of their own; where joint accounts are insured apart they have another', () => {
    const owners = [{ personId: 1, weight: 5_000 }, { personId: 2, weight: 5_000 }] // prettier-ignore
    const joint = deposit({ minor: 60_000_000, owners })
    const own = deposit({ minor: 30_000_000, owners: [{ personId: 1, weight: 10_000 }] })
    // China: person 1 has 300,000 + 300,000, person 2 has 300,000
    expect(
      computeDepositCover([joint, own], today).map((cover) => [cover.personId, cover.joint, cover.uncoveredMinor]),
    ).toEqual([
      [1, false, 10_000_000],
      [2, false, 0],
    ])
    // FDIC: 300,000 each in the joint account, and 300,000 alone: 50,000 above each limit
    const fdic = scheme('us-fdic')
    const covers = computeDepositCover(
      [
        { ...joint, scheme: fdic },
        { ...own, scheme: fdic },
      ],
      today,
    )
    expect(covers.map((cover) => [cover.personId, cover.joint, cover.uncoveredMinor])).toEqual([
      [1, true, 5_000_000],
      [2, true, 5_000_000],
      [1, false, 5_000_000],
    ])
  })

  it('covered and uncovered come to the balances, whoever owns them', () => {
    const one = fc.record({
      minor: fc.integer({ min: 1, max: 10 ** 12 }),
      bank: fc.constantFrom('1', '2', '3'),
      scheme: fc.constantFrom(...insurance.schemes.filter(({ type }) => type === 'deposits')),
      weights: fc.array(fc.integer({ min: 1, max: 10_000 }), { maxLength: 4 }),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), (list) => {
        const covers = computeDepositCover(
          list.map(({ minor, bank, scheme: own, weights }) =>
            deposit({
              minor,
              scheme: own,
              bank: { key: bank, name: bank, institutionId: Number(bank) },
              owners: weights.map((weight, index) => ({ personId: index + 1, weight })),
            }),
          ),
          today,
        )
        const sum = (amounts: readonly number[]): number => amounts.reduce((total, minor) => total + minor, 0)
        expect(sum(covers.map(({ coveredMinor, uncoveredMinor }) => coveredMinor + uncoveredMinor))).toBe(
          sum(list.map(({ minor }) => minor)),
        )
        expect(covers.every(({ coveredMinor, limitMinor }) => coveredMinor <= limitMinor)).toBe(true)
      }),
    )
  })
})

describe('the emergency fund', () => {
  it.each([
    // 60,000 of 8,000 a month: 7.5
    [6_000_000, 800_000, 75],
    // 7.49…
    [5_999_999, 800_000, 74],
    [0, 800_000, 0],
    [-5, 800_000, 0],
    [5, 0, null],
  ])('%i lasts for needs of %i a month %j tenths of one', (liquid, essential, tenths) => {
    expect(lastsTenths(liquid, essential)).toBe(tenths)
  })

  it('the middle month counts months without spending, and all below a category', () => {
    const chosen = withDescendants(
      [{ id: 1, parentId: null }, { id: 2, parentId: 1 }, { id: 3, parentId: 2 }, { id: 4, parentId: null }],
      new Set([1]),
    ) // prettier-ignore
    expect([...chosen]).toEqual([1, 2, 3])
    const spent = (month: string, categoryId: number, minor: number) => ({
      month,
      categoryId,
      flow: 'expense' as const,
      minor,
    })
    const flows = [
      spent('2026-01', 1, 100),
      spent('2026-01', 3, 50),
      spent('2026-02', 4, 900),
      spent('2026-03', 2, 200),
    ]
    // 150, 0, 200
    expect(middleSpending(flows, ['2026-01', '2026-02', '2026-03'], chosen)).toBe(150)
  })
})

describe('idle cash', () => {
  it('is the least that was ever there', () => {
    expect([idleMinor([500, 300, 800]), idleMinor([500, -20]), idleMinor([])]).toEqual([300, 0, 0])
  })

  it.each([
    // 100,000.00 at 1.1 % is 1,100.00, less 50.00 earned
    [10_000_000, 5_000, '0.011', 105_000],
    [10_000_000, 200_000, '0.011', 0],
    [10_000_000, 0, '0', 0],
    // 0.01 at 1.1 % rounds to nothing
    [1, 0, '0.011', 0],
  ])('%i that earned %i could bring at %s %i more', (idle, earned, rate, difference) => {
    expect(yearlyDifference(money(idle, cny), earned, parseDecimal(rate))).toBe(difference)
  })
})

describe('a payment that stands out', () => {
  it.each([
    // median 100, deviations 10 10 0 10 10 0: MAD 10; 0.6745 × (200 − 100) ÷ 10 = 6.7
    [200, [90, 110, 100, 90, 110, 100], 100],
    // 0.6745 × 51 ÷ 10 = 3.44: within
    [151, [90, 110, 100, 90, 110, 100], null],
    // 0.6745 × 52 ÷ 10 = 3.507: out
    [152, [90, 110, 100, 90, 110, 100], 100],
    // never differed: a spread of 5 %, but half as large again is asked for
    [12_900, [10_000, 10_000, 10_000], null],
    [15_000, [10_000, 10_000, 10_000], 10_000],
    [40, [100, 100, 100], null],
    [100, [], null],
  ])('%i after %j', (minor, earlier, usual) => {
    expect(standsOut(minor, earlier)?.usualMinor ?? null).toBe(usual)
  })

  it('in a category must be three times the usual and the largest', () => {
    const earlier = [100, 120, 80, 110, 90, 100, 280]
    expect(standsOutInCategory(299, earlier)).toBeNull()
    expect(standsOutInCategory(300, earlier)?.usualMinor).toBe(100)
    expect(standsOutInCategory(300, [...earlier, 300])).toBeNull()
  })

  it('large is five times the middle payment and above nineteen in twenty; of few payments nothing is known', () => {
    const amounts = Array.from({ length: 100 }, (_, index) => index + 1)
    // the 95th is 95; five times 50 is 250
    expect(largeFrom(amounts)).toBe(250)
    expect(largeFrom([...amounts.slice(0, 90), ...Array.from({ length: 10 }, () => 9_000)])).toBe(9_000)
    expect(largeFrom(amounts.slice(0, 19))).toBeNull()
  })
})

describe('charged twice', () => {
  const payment = (id: number, on: string, patch: Partial<Payment> = {}): Payment => ({
    id,
    accountId: 1,
    on: day(on),
    payee: 'Shop',
    minor: 5_000,
    ...patch,
  })
  it.each([
    ['the same within three days', [payment(1, '2026-11-01'), payment(2, '2026-11-04')], [[1, 2]]],
    ['four days apart', [payment(1, '2026-11-01'), payment(2, '2026-11-05')], []],
    ['another amount', [payment(1, '2026-11-01'), payment(2, '2026-11-01', { minor: 5_001 })], []],
    ['another account', [payment(1, '2026-11-01'), payment(2, '2026-11-01', { accountId: 2 })], []],
    ['no payee', [payment(1, '2026-11-01', { payee: '' }), payment(2, '2026-11-01', { payee: '' })], []],
    ['three of them', [payment(3, '2026-11-02'), payment(1, '2026-11-01'), payment(2, '2026-11-01')], [[1, 2], [2, 3]]],
  ] as const)('%s', (_, payments, pairs) => {
    expect(chargedTwice(payments).map(({ earlier, later }) => [earlier.id, later.id])).toEqual(pairs)
  }) // prettier-ignore

  it('a payee that is often paid within days is nothing special', () => {
    const first = day('2026-01-01')
    const often = [0, 1, 2, 3].map((days) => addDays(first, days))
    const monthly = [0, 30, 60, 90].map((days) => addDays(first, days))
    expect([paidOftenWithinDays(often), paidOftenWithinDays(monthly), paidOftenWithinDays([])]).toEqual([
      true,
      false,
      false,
    ])
  })
})
