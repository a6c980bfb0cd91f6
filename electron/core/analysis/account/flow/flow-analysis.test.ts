import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../../shared/domain/iso-date.ts'
import { flowGroups } from '../../../../../shared/model/flow.ts'
import { computeFlowDiagram, type DiagramAmount } from './flow-diagram.ts'
import { addPeriods, endOfPeriod, periodOf, periodsBetween } from './flow-period.ts'
import { lastWholePeriod, spanBefore, spanLastYear } from './flow-spans.ts'
import { findMovers, medianMinor, type MoverHistory } from './movers.ts'

const day = parseIsoDate
const span = (from: string, to: string) => ({ from: day(from), to: day(to) })

describe('periods', () => {
  it.each([
    ['2026-11-25', 'week', '2026-11-23', '2026-11-29'],
    ['2027-01-02', 'week', '2026-12-28', '2027-01-03'],
    ['2024-02-29', 'month', '2024-02-01', '2024-02-29'],
    ['2026-11-25', 'quarter', '2026-10-01', '2026-12-31'],
    ['2026-11-25', 'year', '2026-01-01', '2026-12-31'],
    ['2026-11-25', 'day', '2026-11-25', '2026-11-25'],
  ] as const)('%s lies in the %s from %s to %s', (on, group, first, last) => {
    expect(periodOf(day(on), group)).toBe(first)
    expect(endOfPeriod(day(first), group)).toBe(last)
  })

  it('follow each other without a gap and hold every day once', () => {
    const days = fc.integer({ min: 0, max: 3000 }).map((n) => addPeriods(day('2019-12-31'), 'day', n))
    fc.assert(
      fc.property(days, days, fc.constantFrom(...flowGroups), (a, b, group) => {
        const [from, to] = a < b ? [a, b] : [b, a]
        const periods = periodsBetween(from, to, group)
        const [first = to, last = from] = [periods[0], periods.at(-1)]
        expect(first <= from && endOfPeriod(last, group) >= to).toBe(true)
        for (const [index, period] of periods.slice(1).entries()) {
          expect(addPeriods(endOfPeriod(periods[index] ?? period, group), 'day', 1)).toBe(period)
        }
        expect(periods).toContain(periodOf(from, group))
      }),
    )
  })
})

describe('what a span is compared with', () => {
  it.each([
    ['a month', span('2026-03-01', '2026-03-31'), span('2026-02-01', '2026-02-28'), span('2025-03-01', '2025-03-31')],
    [
      'a month so far',
      span('2026-03-01', '2026-03-15'),
      span('2026-02-01', '2026-02-15'),
      span('2025-03-01', '2025-03-15'),
    ],
    [
      'February of a leap year',
      span('2024-02-01', '2024-02-29'),
      span('2024-01-01', '2024-01-31'),
      span('2023-02-01', '2023-02-28'),
    ],
    [
      'a year so far',
      span('2026-01-01', '2026-11-25'),
      span('2025-02-01', '2025-12-25'),
      span('2025-01-01', '2025-11-25'),
    ],
    ['a year', span('2026-01-01', '2026-12-31'), span('2025-01-01', '2025-12-31'), span('2025-01-01', '2025-12-31')],
    ['ten days', span('2026-03-05', '2026-03-14'), span('2026-02-23', '2026-03-04'), span('2025-03-05', '2025-03-14')],
  ] as const)('%s', (_, now, before, lastYear) => {
    expect(spanBefore(now)).toEqual(before)
    expect(spanLastYear(now, 'month')).toEqual(lastYear)
  })

  it('weeks are compared with the same weekdays 52 weeks earlier', () => {
    expect(spanLastYear(span('2026-11-23', '2026-11-29'), 'week')).toEqual(span('2025-11-24', '2025-11-30'))
  })

  it.each([
    [span('2026-01-01', '2026-03-31'), '2026-06-01', span('2026-03-01', '2026-03-31')],
    [span('2026-01-01', '2026-03-15'), '2026-06-01', span('2026-02-01', '2026-02-28')],
    [span('2026-01-01', '2026-12-31'), '2026-03-15', span('2026-02-01', '2026-02-28')],
    [span('2026-01-01', '2026-01-31'), '2026-02-01', span('2026-01-01', '2026-01-31')],
    [span('2026-01-05', '2026-01-20'), '2026-02-01', span('2025-12-01', '2025-12-31')],
    [span('2026-01-01', '2026-01-31'), '2026-01-31', span('2025-12-01', '2025-12-31')],
  ])('the last whole month of %o on %s', (range, today, expected) => {
    expect(lastWholePeriod(range, 'month', day(today))).toEqual(expected)
  })
})

describe('movers', () => {
  const dining = (minor: number, before: readonly number[], categoryId = 1): MoverHistory => ({
    categoryId,
    flow: 'expense',
    minor,
    before,
  })
  // 1 000 a month, give or take 20: the median absolute deviation is 10
  const steady = [1000, 990, 1010, 980, 1020, 1000, 990, 1010, 1000, 1010, 990, 1000]

  it('the median is the middle value, or the mean of the middle two', () => {
    expect(medianMinor([3, 1, 2])).toBe(2)
    expect(medianMinor([4, 1, 2, 3])).toBe(3) // 2.5, rounded up
    expect(medianMinor([])).toBe(0)
  })

  it('1 230 against a usual 1 000 is 23 % above', () => {
    expect(findMovers([dining(1230, steady)])).toEqual([
      { categoryId: 1, flow: 'expense', kind: 'above', minor: 1230, usualMinor: 1000, fraction: 0.23, periods: 12 },
    ])
  })

  it.each([
    ['within the usual spread', 1025, steady],
    ['below a tenth of the usual', 1090, steady],
    ['of what always swings', 1500, [200, 1900, 400, 1700, 1000, 1100, 900, 300, 1800, 1000, 600, 1400]],
    ['that comes in fewer than half of the months', 900, [0, 0, 500, 0, 0, 500, 0, 0, 500, 0, 0, 500]],
  ])('nothing is said of a change %s', (_, minor, before) => {
    expect(findMovers([dining(minor, before)])).toEqual([])
  })

  it('one extraordinary month before does not hide a change', () => {
    expect(findMovers([dining(1300, [...steady.slice(1), 50_000])])[0]).toMatchObject({
      kind: 'above',
      usualMinor: 1000,
    })
  })

  it('nothing is said of small change: a hundredth of all that was spent', () => {
    const small = dining(15, Array.from({ length: 12 }, () => 10), 2) // prettier-ignore
    expect(findMovers([dining(1000, steady), small])).toEqual([])
    expect(findMovers([small])).toHaveLength(1)
  })

  it('what was there every month and is gone is told, and what is new', () => {
    const none = steady.map(() => 0)
    expect(findMovers([dining(0, steady), dining(800, none, 2), dining(5000, steady.map((one) => one * 5), 3)])).toEqual([
      { categoryId: 1, flow: 'expense', kind: 'below', minor: 0, usualMinor: 1000, fraction: -1, periods: 12 },
      { categoryId: 2, flow: 'expense', kind: 'new', minor: 800, usualMinor: 0, fraction: null, periods: 12 },
    ]) // prettier-ignore
  })
})

describe('the diagram of where money went', () => {
  // 1, 2 under 10; 3 under 20; all others stand alone
  const parentOf = (id: number): number | null => (id === 1 || id === 2 ? 10 : id === 3 ? 20 : null)
  const of = (flow: 'income' | 'expense', categoryId: number, minor: number): DiagramAmount => ({ flow, categoryId, minor }) // prettier-ignore

  it('income 1 000, of which 700 is spent: 300 is saved', () => {
    const { nodes, links } = computeFlowDiagram(
      [of('income', 5, 1000), of('expense', 1, 400), of('expense', 2, 200), of('expense', 3, 100)],
      parentOf,
    )
    expect(nodes.map(({ key, column, minor }) => `${column} ${key} ${minor}`)).toEqual([
      '0 in-5 1000', '1 household 1000', '2 saved 300', '2 group-10 600', '2 group-20 100', '3 out-1 400', '3 out-2 200', '3 out-3 100',
    ]) // prettier-ignore
    expect(links).toContainEqual({ from: 'household', to: 'saved', minor: 300 })
    expect(links).toContainEqual({ from: 'group-10', to: 'out-1', minor: 400 })
  })

  it('spending beyond the income comes from savings; more refunds than spending are a source, a clawback a destination', () => {
    const { nodes } = computeFlowDiagram(
      [of('income', 5, 100), of('income', 6, -20), of('expense', 1, 400), of('expense', 4, -50)],
      parentOf,
    )
    // in 100 + 50 + 270 from savings = out 400 + 20
    expect(nodes.map(({ key, column, minor }) => `${column} ${key} ${minor}`)).toEqual([
      '0 in-5 100', '0 refund-4 50', '0 from-savings 270', '1 household 420', '2 group-10 400', '2 back-6 20', '3 out-1 400',
    ]) // prettier-ignore
  })

  it('nothing in, nothing out: nothing to draw', () => {
    expect(computeFlowDiagram([], parentOf)).toEqual({ nodes: [], links: [] })
  })

  it('what flows into a box flows out of it, whatever the amounts', () => {
    const amount = fc.record({
      flow: fc.constantFrom('income' as const, 'expense' as const),
      categoryId: fc.nat(60),
      minor: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(amount, { selector: ({ flow, categoryId }) => `${flow}${categoryId}`, maxLength: 80 }),
        (amounts) => {
          const { nodes, links } = computeFlowDiagram(amounts, (id) => (id < 50 ? 100 + (id % 12) : null))
          const into = (key: string) => links.filter(({ to }) => to === key).reduce((sum, { minor }) => sum + minor, 0)
          const outOf = (key: string) =>
            links.filter(({ from }) => from === key).reduce((sum, { minor }) => sum + minor, 0)
          expect(new Set(nodes.map(({ key }) => key)).size).toBe(nodes.length)
          for (const { key, column, minor } of nodes) {
            expect(minor).toBeGreaterThan(0)
            expect(column === 0 ? minor : into(key)).toBe(minor)
            const ends = column === 3 || (column === 2 && outOf(key) === 0)
            expect(ends ? minor : outOf(key)).toBe(minor)
          }
          const net = amounts.reduce((sum, { flow, minor }) => sum + (flow === 'income' ? minor : -minor), 0)
          const saved =
            (nodes.find(({ key }) => key === 'saved')?.minor ?? 0) -
            (nodes.find(({ key }) => key === 'from-savings')?.minor ?? 0)
          expect(saved).toBe(net)
        },
      ),
    )
  })
})
