import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../../shared/domain/iso-date.ts'
import { type BudgetPlan, budgetPlanSchema, rollovers } from '../../../../../shared/model/budget.ts'
import type { BudgetFacts, MonthFlow } from './budget-facts.ts'
import { addBudgetMonths, budgetMonthOf, daysOfPeriod, firstMonthOfPeriod } from './budget-months.ts'
import { budgetState, projectSpending, usedShare } from './budget-use.ts'
import { computeBudget } from './compute-budget.ts'
import { medianMinor, roundedBudget, suggestBudgets } from './suggest-budgets.ts'

const day = parseIsoDate
const FOOD = 1
const DINING = 2
const COFFEE = 3
const HOLIDAY = 4
const categories = [
  { id: FOOD, parentId: null },
  { id: DINING, parentId: FOOD },
  { id: COFFEE, parentId: DINING },
  { id: HOLIDAY, parentId: null },
]
const plan = (patch: Partial<BudgetPlan> = {}): BudgetFacts['plan'] => {
  const { startsOn, ...rest } = { ...budgetPlanSchema.parse({}), ...patch }
  return { ...rest, startsOn: startsOn ?? day('2026-01-01') }
}
const spent = (month: string, categoryId: number, minor: number): MonthFlow => ({
  month,
  categoryId,
  flow: 'expense',
  minor,
})
const earned = (month: string, minor: number): MonthFlow => ({ month, categoryId: 9, flow: 'income', minor })
const facts = (patch: Partial<BudgetFacts>): BudgetFacts => ({
  plan: plan(),
  budgets: [],
  amounts: [],
  categories,
  flows: [],
  today: day('2026-03-10'),
  ...patch,
})

describe('budget months', () => {
  it.each([
    ['2026-11-14', 15, '2026-10'],
    ['2026-11-15', 15, '2026-11'],
    ['2026-01-09', 10, '2025-12'],
    ['2026-01-01', 1, '2026-01'],
  ])('%s with months from the %i belongs to %s', (on, startDay, month) => {
    expect(budgetMonthOf(day(on), startDay)).toBe(month)
  })

  it.each([
    ['2026-11', 'month', 15, '2026-11-15', '2026-12-14'],
    ['2026-02', 'month', 1, '2026-02-01', '2026-02-28'],
    ['2026-10', 'quarter', 1, '2026-10-01', '2026-12-31'],
    ['2026-01', 'year', 28, '2026-01-28', '2027-01-27'],
  ] as const)('the %s of %s from the %i runs from %s to %s', (month, period, startDay, from, to) => {
    expect(daysOfPeriod(month, period, startDay)).toEqual({ from, to })
  })

  it('a quarter and a year begin with their first month', () => {
    expect([firstMonthOfPeriod('2026-12', 'quarter'), firstMonthOfPeriod('2026-12', 'year')]).toEqual([
      '2026-10',
      '2026-01',
    ])
  })
})

describe('how far a budget is used', () => {
  it.each([
    // 79.99 % of 100.00 is within, 80.00 % is near, all is used up, a cent more is over
    [7_999, 10_000, 'within', 7_999],
    [8_000, 10_000, 'near', 8_000],
    [9_999, 10_000, 'near', 9_999],
    [10_000, 10_000, 'used-up', 10_000],
    [10_001, 10_000, 'over', 10_001],
    [0, 0, 'within', null],
    [1, 0, 'over', null],
    [0, -500, 'over', null],
    [-300, 10_000, 'within', 0],
  ] as const)('%i of %i is %s', (spentMinor, available, state, share) => {
    expect(budgetState(spentMinor, available, 80)).toBe(state)
    expect(usedShare(spentMinor, available)).toBe(share)
  })

  it.each([
    // 30 days: 100.00 in the first 10 comes to 300.00
    ['2026-04-10', 10_000, 30_000],
    // 5 days of 30 are a seventh, 4 are not
    ['2026-04-05', 10_000, 60_000],
    ['2026-04-04', 10_000, null],
    ['2026-04-30', 10_000, 10_000],
    ['2026-05-01', 10_000, null],
    ['2026-03-31', 10_000, null],
    // 100 × 30 ÷ 7 = 428.57…
    ['2026-04-07', 100, 429],
    ['2026-04-10', -100, -100],
  ])('on %s %i comes to %j by the end of April', (today, minor, projected) => {
    expect(projectSpending(minor, day('2026-04-01'), day('2026-04-30'), day(today))).toBe(projected)
  })
})

describe('limits', () => {
  it('a child with its own budget takes its part out of its parent, with all below it', () => {
    const { lines, totals, outside } = computeBudget(
      facts({
        budgets: [
          { categoryId: FOOD, period: 'month', rollover: 'none' },
          { categoryId: DINING, period: 'month', rollover: 'none' },
        ],
        amounts: [
          { categoryId: FOOD, month: '2026-01', amountMinor: 100_000 },
          { categoryId: DINING, month: '2026-01', amountMinor: 50_000 },
        ],
        flows: [
          spent('2026-03', FOOD, 30_000),
          spent('2026-03', DINING, 20_000),
          spent('2026-03', COFFEE, 25_000),
          spent('2026-03', HOLIDAY, 7_000),
          spent('2026-03', 0, 1_000),
        ],
      }),
      '2026-03',
    )
    expect(lines.map(({ spentMinor, leftMinor, state }) => [spentMinor, leftMinor, state])).toEqual([
      [30_000, 70_000, 'within'],
      // 200 + 250 of 500 is 90 %
      [45_000, 5_000, 'near'],
    ])
    expect(totals[0]).toMatchObject({ budgetedMinor: 150_000, spentMinor: 75_000, leftMinor: 75_000, usedShare: 5_000 })
    expect(outside).toEqual([
      { categoryId: HOLIDAY, spentMinor: 7_000 },
      { categoryId: 0, spentMinor: 1_000 },
    ])
  })

  it('a limit holds until the next one, and none before the first', () => {
    const given = facts({
      budgets: [{ categoryId: FOOD, period: 'month', rollover: 'none' }],
      amounts: [
        { categoryId: FOOD, month: '2026-02', amountMinor: 100 },
        { categoryId: FOOD, month: '2026-04', amountMinor: 200 },
      ],
    })
    const budgeted = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-12'].map(
      (month) => computeBudget(given, month).lines[0]?.budgetedMinor,
    )
    expect(budgeted).toEqual([undefined, 100, 100, 200, 200])
  })

  it.each([
    // January leaves 40 of 100. Where it goes on, February has 140, spends 130, and 10 go on again; where it does
    // not, February has 100, spends 130, and 30 too much go on or are forgotten
    ['none', 0],
    ['rest', 10],
    ['overspending', -30],
    ['both', 10],
  ] as const)('with %s March begins with %i', (rollover, carried) => {
    const { lines } = computeBudget(
      facts({
        budgets: [{ categoryId: FOOD, period: 'month', rollover }],
        amounts: [{ categoryId: FOOD, month: '2026-01', amountMinor: 100 }],
        flows: [spent('2026-01', FOOD, 60), spent('2026-02', COFFEE, 130)],
      }),
      '2026-03',
    )
    expect(lines[0]?.carriedMinor).toBe(carried)
  })

  it('a yearly budget gathers the year whatever month is shown, and takes its rest into the next', () => {
    const given = facts({
      budgets: [{ categoryId: HOLIDAY, period: 'year', rollover: 'rest' }],
      amounts: [{ categoryId: HOLIDAY, month: '2026-01', amountMinor: 1_200_000 }],
      flows: [spent('2026-02', HOLIDAY, 300_000), spent('2026-08', HOLIDAY, 500_000)],
    })
    const year = { from: '2026-01-01', to: '2026-12-31', spentMinor: 800_000, leftMinor: 400_000 }
    expect(computeBudget(given, '2026-03').lines[0]).toMatchObject(year)
    expect(computeBudget(given, '2026-12').lines[0]).toMatchObject(year)
    expect(computeBudget(given, '2027-05').lines[0]).toMatchObject({
      carriedMinor: 400_000,
      leftMinor: 1_600_000,
    })
  })

  it('the pace of a budget that began mid-month counts from its first day', () => {
    const { lines } = computeBudget(
      facts({
        plan: plan({ startsOn: day('2026-03-16') }),
        budgets: [{ categoryId: FOOD, period: 'month', rollover: 'none' }],
        amounts: [{ categoryId: FOOD, month: '2026-03', amountMinor: 1_000 }],
        flows: [spent('2026-03', FOOD, 400)],
        today: day('2026-03-19'),
      }),
      '2026-03',
    )
    // 16 days are left of March, four are gone: 400 × 16 ÷ 4
    expect(lines[0]?.projectedMinor).toBe(1_600)
  })

  it('before budgets began the first month is shown', () => {
    expect(computeBudget(facts({}), '2020-01').month).toBe('2026-01')
  })
})

describe('envelopes', () => {
  const envelopes = plan({ method: 'envelope', openingMinor: 1_000 })

  it('what comes in is assigned, spent, kept, and what was overspent comes out of the next month', () => {
    const given = facts({
      plan: envelopes,
      budgets: [
        { categoryId: FOOD, period: 'month', rollover: 'rest' },
        { categoryId: HOLIDAY, period: 'month', rollover: 'rest' },
      ],
      amounts: [
        { categoryId: FOOD, month: '2026-01', amountMinor: 500 },
        { categoryId: HOLIDAY, month: '2026-01', amountMinor: 300 },
        { categoryId: FOOD, month: '2026-02', amountMinor: 400 },
        { categoryId: FOOD, month: '2026-05', amountMinor: 50 },
      ],
      flows: [
        earned('2026-01', 200),
        spent('2026-01', DINING, 560),
        spent('2026-01', HOLIDAY, 100),
        spent('2026-01', 0, 70),
        earned('2026-02', 900),
        spent('2026-02', FOOD, 400),
      ],
    })
    // January: 1000 + 200 − 800 assigned − 70 without an envelope = 330; food ends at −60, holiday at 200
    expect(computeBudget(given, '2026-01').toAssign).toEqual({
      beforeMinor: 1_000,
      incomeMinor: 200,
      assignedMinor: 800,
      outsideMinor: 70,
      settledMinor: 0,
      leftMinor: 330,
      assignedLaterMinor: 450,
    })
    // February: 330 − 60 overspent + 900 − 400 = 770; holiday keeps its 200
    const february = computeBudget(given, '2026-02')
    expect(february.toAssign).toMatchObject({
      beforeMinor: 330,
      settledMinor: -60,
      leftMinor: 770,
      assignedLaterMinor: 50,
    })
    expect(february.lines.map(({ carriedMinor, leftMinor }) => [carriedMinor, leftMinor])).toEqual([
      [0, 0],
      [200, 200],
    ])
  })

  it('left to assign and what the envelopes hold always come to the start plus income less spending', () => {
    const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06']
    const minor = fc.integer({ min: -5_000, max: 200_000 })
    const flow = fc.record({
      month: fc.constantFrom(...months),
      categoryId: fc.constantFrom(0, FOOD, DINING, COFFEE, HOLIDAY),
      flow: fc.constantFrom('income', 'expense') satisfies fc.Arbitrary<MonthFlow['flow']>,
      minor,
    })
    const budget = fc.record({
      categoryId: fc.constantFrom(FOOD, DINING, COFFEE, HOLIDAY),
      period: fc.constantFrom('month', 'year') satisfies fc.Arbitrary<'month' | 'year'>,
      rollover: fc.constantFrom(...rollovers),
    })
    const amount = fc.record({
      categoryId: fc.constantFrom(FOOD, DINING, COFFEE, HOLIDAY),
      month: fc.constantFrom(...months),
      amountMinor: minor,
    })
    fc.assert(
      fc.property(
        fc.array(flow, { maxLength: 30 }),
        fc.uniqueArray(budget, { selector: ({ categoryId }) => categoryId }),
        fc.uniqueArray(amount, { selector: ({ categoryId, month }) => `${categoryId} ${month}` }),
        fc.constantFrom(...months),
        (flows, budgets, amounts, month) => {
          const view = computeBudget(facts({ plan: envelopes, flows, budgets, amounts }), month)
          const held = view.lines.reduce((sum, line) => sum + line.leftMinor, 0)
          const came = flows.reduce(
            (sum, entry) => (entry.month > month ? sum : sum + (entry.flow === 'income' ? entry.minor : -entry.minor)),
            0,
          )
          expect((view.toAssign?.leftMinor ?? 0) + held).toBe(1_000 + came)
        },
      ),
    )
  })
})

describe('limits of any household', () => {
  it('what is spent under budgets and under none is all that is spent', () => {
    const flow = fc.record({
      categoryId: fc.constantFrom(0, FOOD, DINING, COFFEE, HOLIDAY),
      minor: fc.integer({ min: -10_000, max: 100_000 }),
    })
    fc.assert(
      fc.property(fc.array(flow, { maxLength: 30 }), fc.subarray([FOOD, DINING, COFFEE, HOLIDAY]), (given, chosen) => {
        const view = computeBudget(
          facts({
            flows: given.map(({ categoryId, minor }) => spent('2026-03', categoryId, minor)),
            budgets: chosen.map((categoryId) => ({ categoryId, period: 'month', rollover: 'both' })),
            amounts: chosen.map((categoryId) => ({ categoryId, month: '2026-01', amountMinor: 500 })),
          }),
          '2026-03',
        )
        const under = view.lines.reduce((sum, { spentMinor }) => sum + spentMinor, 0)
        const outside = view.outside.reduce((sum, { spentMinor }) => sum + spentMinor, 0)
        expect(under + outside).toBe(given.reduce((sum, { minor }) => sum + minor, 0))
      }),
    )
  })
})

describe('suggestions', () => {
  const months = Array.from({ length: 12 }, (_, index) => addBudgetMonths('2025-03', index))

  it.each([
    [[], 0],
    [[5], 5],
    [[1, 9, 5], 5],
    [[1, 4], 2],
    [[100, 0, 0, 300], 50],
  ])('the middle of %j is %i', (amounts, middle) => expect(medianMinor(amounts)).toBe(middle))

  it.each([
    [173_400, 180_000],
    [180_000, 180_000],
    [99, 99],
    [101, 110],
    [5, 5],
  ])('%i is rounded up to %i', (minor, rounded) => expect(roundedBudget(minor)).toBe(rounded))

  it('is the middle of the months for what is spent in most of them, with everything below', () => {
    const flows = months.flatMap((month, index) => [
      spent(month, DINING, 100_000 + index * 1_000),
      spent(month, COFFEE, 20_000),
    ])
    // 120,000 … 131,000: the middle is 125,500
    expect(suggestBudgets(categories, flows, months)).toEqual([
      { categoryId: FOOD, period: 'month', amountMinor: 130_000, months: 12, monthsSpent: 12 },
    ])
  })

  it('is the year’s sum for what is spent in few of them, and nothing after less than a year', () => {
    const flows = [spent('2025-08', HOLIDAY, 650_000), spent('2025-10', HOLIDAY, 310_000)]
    expect(suggestBudgets(categories, flows, months)).toEqual([
      { categoryId: HOLIDAY, period: 'year', amountMinor: 960_000, months: 12, monthsSpent: 2 },
    ])
    expect(suggestBudgets(categories, flows, months.slice(4))).toEqual([])
  })
})
