import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  dateFromDayNumber,
  dayNumber,
  endOfMonth,
  type IsoDate,
  parseIsoDate,
  weekdayOf,
} from '../../../../../shared/domain/iso-date.ts'
import type { RecurringPeriod } from '../../../../../shared/model/recurring.ts'
import { type DetectedSeries, detectSeries as detectIn } from './detect-series.ts'
import type { Payment } from './payment.ts'
import { PaymentList } from './payment-list.ts'
import { lastBusinessDay, periodShapes } from './period.ts'

const detectSeries = (payments: readonly Payment[]) => detectIn(PaymentList.of(payments), () => 0)
const start = parseIsoDate('2024-01-05')

let ids = 0
function pay(on: IsoDate | string, minor: number, more: Partial<Payment> = {}): Payment {
  ids += 1
  return { id: ids, accountId: 1, day: dayNumber(parseIsoDate(on)), minor, originalMinor: null, ...more }
}

/** So many payments, one a period from `first` on; Saturday and Sunday become Monday where `shift` says so. */
function series(
  period: RecurringPeriod,
  count: number,
  minor: number | ((index: number) => number),
  first = start,
  shift = false,
): Payment[] {
  const { unit, count: step } = periodShapes[period]
  return Array.from({ length: count }, (_, index) => {
    const on = unit === 'day' ? addDays(first, step * index) : addMonths(first, step * index)
    const late = shift ? Math.max(0, weekdayOf(on) - 5) : 0
    return pay(late === 0 ? on : addDays(on, 3 - late), typeof minor === 'number' ? minor : minor(index))
  })
}

const sorted = (...lists: readonly Payment[][]): Payment[] => lists.flat().toSorted((a, b) => a.day - b.day)
const shape = (found: readonly DetectedSeries[]) =>
  found.map(({ period, members, amount }) => ({ period, count: members.length, expected: amount.expectedMinor }))

describe('series by their period', () => {
  it.each([
    ['weekly', 6],
    ['fortnightly', 6],
    ['four-weekly', 14],
    ['monthly', 5],
    ['bi-monthly', 5],
    ['quarterly', 5],
    ['half-yearly', 5],
    ['yearly', 4],
  ] as const)('%s payments of one amount are one series', (period, count) => {
    expect(shape(detectSeries(series(period, count, 1999)))).toEqual([{ period, count, expected: 1999 }])
  })

  it('three equal monthly payments are enough', () => {
    expect(shape(detectSeries(series('monthly', 3, 1500)))).toEqual([{ period: 'monthly', count: 3, expected: 1500 }])
  })

  it('two are not', () => expect(detectSeries(series('monthly', 2, 1500))).toEqual([]))

  it('payments moved from weekends to Mondays stay one series, on its own day', () => {
    const [found] = detectSeries(series('monthly', 14, 80_000, parseIsoDate('2024-01-10'), true))
    expect(found).toMatchObject({ period: 'monthly', anchor: { on: 'month-day', day: 10 } })
    expect(found?.members).toHaveLength(14)
  })

  it('the last business day of a month is told from a fixed day', () => {
    const days = Array.from({ length: 12 }, (_, index) => lastBusinessDay(addMonths(parseIsoDate('2024-01-15'), index)))
    const [found] = detectSeries(days.map((on) => pay(on, 1_200_000)))
    expect(found).toMatchObject({ period: 'monthly', anchor: { on: 'last-business-day' } })
  })

  it('the 31st is the end of shorter months', () => {
    const days = Array.from({ length: 8 }, (_, index) => endOfMonth(addMonths(parseIsoDate('2024-01-15'), index)))
    const [found] = detectSeries(days.map((on) => pay(on, 5000)))
    expect(found).toMatchObject({ period: 'monthly' })
    expect(found?.members).toHaveLength(8)
  })
})

describe('amounts', () => {
  it('a price that rose is one series with one change of price', () => {
    const found = detectSeries([...series('monthly', 6, 1500), ...series('monthly', 6, 1800, addMonths(start, 6))])
    expect(shape(found)).toEqual([{ period: 'monthly', count: 12, expected: 1800 }])
    expect(found[0]?.amount).toMatchObject({
      fixed: true,
      prices: [{ on: '2024-07-05', fromMinor: 1500, toMinor: 1800 }],
    })
  })

  it('one payment that differs is no change of price', () => {
    const list = series('monthly', 12, (index) => (index === 5 ? 2200 : 1500))
    expect(detectSeries(list)[0]?.amount).toMatchObject({ fixed: true, prices: [], expectedMinor: 1500 })
  })

  it('a bill by use is a series of varying amount, with its usual range', () => {
    const used = [14_800, 31_200, 25_900, 16_000, 18_300, 22_500, 41_000, 43_700, 26_100, 15_200, 17_700, 28_800]
    const found = detectSeries(series('monthly', 24, (index) => (used[index % 12] ?? 0) + index))
    expect(shape(found)).toMatchObject([{ period: 'monthly', count: 24 }])
    // the next is that of the same month a year ago: number 24 is the January of 12 months before, 14,800 + 12
    expect(found[0]?.amount).toMatchObject({ fixed: false, expectedMinor: 14_812, prices: [] })
  })

  it('a subscription in another currency has a fixed price there, whatever the rate', () => {
    const list = series('monthly', 8, (index) => 7000 + index * 37).map((one) =>
      Object.assign(one, { originalMinor: 999 }),
    )
    expect(detectSeries(list)[0]?.amount).toMatchObject({ fixed: true, originalMinor: 999, prices: [] })
  })
})

describe('what happens in real histories', () => {
  it('missed months do not break a series', () => {
    const list = series('monthly', 16, 4500).filter((_, index) => index !== 5 && index !== 6 && index !== 11)
    const [found] = detectSeries(list)
    expect(found).toMatchObject({ period: 'monthly', missed: 3 })
    expect(found?.members).toHaveLength(13)
  })

  it('two subscriptions at one payee are two series', () => {
    const found = detectSeries(
      sorted(series('monthly', 10, 600), series('monthly', 10, 2100, parseIsoDate('2024-01-19'))),
    )
    expect(shape(found)).toEqual([
      { period: 'monthly', count: 10, expected: 600 },
      { period: 'monthly', count: 10, expected: 2100 },
    ])
  })

  it('a fixed and a varying payment to one payee are two series, neither found twice', () => {
    // a card paid off by the same 705.00 each month, another by what was spent on it
    const spent = [3198, 5773, 2625, 3717, 4102, 2990, 5289, 3650]
    const found = detectSeries(
      sorted(
        series('monthly', 8, 70_500, parseIsoDate('2024-01-07')),
        series('monthly', 8, (index) => (spent[index] ?? 0) * 100, parseIsoDate('2024-01-26')),
      ),
    )
    expect(found.map(({ anchor, members }) => [anchor, members.length])).toEqual([
      [{ on: 'month-day', day: 7 }, 8],
      [{ on: 'month-day', day: 26 }, 8],
    ])
  })

  it('no payment is in two series', () => {
    const bills = fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 28 }),
        count: fc.integer({ min: 3, max: 14 }),
        minor: fc.integer({ min: 100, max: 900_000 }),
        spread: fc.constantFrom(0, 0.1, 0.6),
        accountId: fc.integer({ min: 1, max: 2 }),
      }),
      { minLength: 1, maxLength: 4 },
    )
    fc.assert(
      fc.property(bills, (all) => {
        const payments = sorted(
          ...all.map(({ day, count, minor, spread, accountId }) =>
            series(
              'monthly',
              count,
              (index) => Math.round(minor * (1 + spread * (((index * 7) % 5) / 5))),
              parseIsoDate(`2024-01-${String(day).padStart(2, '0')}`),
            ).map((payment) => Object.assign(payment, { accountId })),
          ),
        )
        const members = detectSeries(payments).flatMap((one) => one.members.map(({ id }) => id))
        expect(new Set(members).size).toBe(members.length)
      }),
    )
  })

  it('two on the same day are two series', () => {
    const found = detectSeries(sorted(series('monthly', 8, 600), series('monthly', 8, 2100)))
    expect(
      shape(found)
        .map(({ expected }) => expected)
        .toSorted((a, b) => a - b),
    ).toEqual([600, 2100])
  })

  it('a subscription among other purchases at its payee is found', () => {
    const noise = [17, 44, 61, 99, 130, 152, 201, 233, 260, 301].map((days, index) =>
      pay(addDays(start, days), 3000 + index * 971),
    )
    expect(shape(detectSeries(sorted(series('monthly', 12, 1000), noise)))).toContainEqual({
      period: 'monthly',
      count: 12,
      expected: 1000,
    })
  })

  it('a double charge leaves the series as it is', () => {
    const list = sorted(series('monthly', 10, 1500), [pay(addMonths(start, 4), 1500)])
    expect(shape(detectSeries(list))).toEqual([{ period: 'monthly', count: 10, expected: 1500 }])
  })

  it('a salary with a bonus in January is one monthly series', () => {
    const list = sorted(series('monthly', 14, 1_865_000), [pay('2024-01-20', 5_200_000), pay('2025-01-20', 5_400_000)])
    expect(shape(detectSeries(list))).toEqual([{ period: 'monthly', count: 14, expected: 1_865_000 }])
  })

  it('twice a month, on the 1st and the 15th, are two monthly payments and no fortnights', () => {
    const list = sorted(
      series('monthly', 9, 50_000, parseIsoDate('2024-01-01')),
      series('monthly', 9, 50_000, parseIsoDate('2024-01-15')),
    )
    expect(shape(detectSeries(list)).map(({ period }) => period)).toEqual(['monthly', 'monthly'])
  })

  it('a card that was exchanged goes on as the same series, on the new account', () => {
    const list = series('monthly', 12, 1500).map((one, index) => Object.assign(one, { accountId: index < 7 ? 1 : 2 }))
    expect(detectSeries(list)).toMatchObject([{ accountId: 2, members: { length: 12 } }])
  })
})

describe('what is no series', () => {
  it('coffee on every working day', () => {
    const list = Array.from({ length: 400 }, (_, index) => addDays(start, index))
      .filter((on) => weekdayOf(on) <= 5)
      .map((on) => pay(on, 1800))
    expect(detectSeries(list)).toEqual([])
  })

  it('shopping every Saturday for another amount', () => {
    const list = series('weekly', 60, (index) => 5000 + ((index * 7919) % 20_000))
    expect(detectSeries(list)).toEqual([])
  })

  it('random visits, whatever their rate: at most one in 300 payees', () => {
    let seed = 7
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647
      return seed / 2_147_483_647
    }
    let wrong = 0
    for (let payee = 0; payee < 1500; payee += 1) {
      const visits = 3 + Math.floor(random() * 60)
      const span = 200 + random() * 2000
      const prices = [1200, 1500, 1800, 2500, 990]
      const list = Array.from({ length: visits }, () =>
        pay(
          dateFromDayNumber(dayNumber(start) + Math.floor(random() * span)),
          random() < 0.3 ? (prices[Math.floor(random() * 5)] ?? 0) : Math.round(500 + random() ** 3 * 40_000),
        ),
      )
      wrong += detectSeries(sorted(list)).length > 0 ? 1 : 0
    }
    expect(wrong).toBeLessThanOrEqual(5)
  })
})

describe('any regular payment among noise', () => {
  it('is found with its period and amount', () => {
    const periods = ['fortnightly', 'monthly', 'bi-monthly', 'quarterly', 'yearly'] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...periods),
        fc.integer({ min: 6, max: 20 }),
        fc.integer({ min: 300, max: 900_000 }),
        fc.array(fc.record({ day: fc.integer({ min: 0, max: 900 }), minor: fc.integer({ min: 100, max: 90_000 }) }), {
          maxLength: 4,
        }),
        fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 20, maxLength: 20 }),
        (period, count, minor, noise, shifts) => {
          const regular = series(period, count, minor).map((one, index) =>
            Object.assign(one, { day: one.day + (shifts[index] ?? 0) }),
          )
          const rest = noise.map(({ day, minor: other }) =>
            pay(addDays(start, day), other * 2.1 > minor && minor * 2.1 > other ? minor * 3 : other),
          )
          const found = detectSeries(sorted(regular, rest))
          const match = found.find((one) => one.period === period && one.amount.expectedMinor === minor)
          expect(match?.members.length ?? 0).toBeGreaterThanOrEqual(count - 1)
        },
      ),
      { numRuns: 300 },
    )
  })
})
