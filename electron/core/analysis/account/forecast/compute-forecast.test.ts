import { describe, expect, it } from 'vitest'
import { computeForecast, type ForecastInput } from './compute-forecast.ts'
import { seededRandom } from './seeded-random.ts'

const base: ForecastInput = { today: 20_000, days: 10, accounts: [], events: [], statements: [], subject: null }
const quiet = { toBase: 1, floor: 0, history: null }

describe('balances day by day', () => {
  it('add what is planned to what is there', () => {
    const { expected, low, high } = computeForecast({
      ...base,
      accounts: [{ ...quiet, balance: 1000 }],
      events: [
        { account: 0, day: 2, minor: -300, spread: 0, series: 0, chance: 1 },
        { account: 0, day: 5, minor: 50, spread: 0, series: 1, chance: 1 },
      ],
    })
    expect([...expected]).toEqual([1000, 1000, 700, 700, 700, 750, 750, 750, 750, 750, 750])
    expect([...low]).toEqual([...expected])
    expect([...high]).toEqual([...expected])
  })

  it('a statement takes from its payer what was owed on its day, and leaves what was spent since', () => {
    const { accounts, paid } = computeForecast({
      ...base,
      accounts: [
        { ...quiet, balance: 1000 },
        { ...quiet, balance: -200, toBase: 0 },
      ],
      events: [
        { account: 1, day: 1, minor: -30, spread: 0, series: 0, chance: 1 },
        { account: 1, day: 4, minor: -70, spread: 0, series: 0, chance: 1 },
      ],
      statements: [{ card: 1, payer: 0, statementDay: 2, dueDay: 6 }],
    })
    expect([...paid.values()]).toEqual([230])
    expect([...(accounts[0]?.expected ?? [])].slice(5, 7)).toEqual([1000, 770])
    expect([...(accounts[1]?.expected ?? [])]).toEqual([-200, -230, -230, -230, -300, -300, -70, -70, -70, -70, -70])
  })

  it('a series that is only likely widens the band', () => {
    const { low, high, expected } = computeForecast({
      ...base,
      accounts: [{ ...quiet, balance: 1000 }],
      events: [{ account: 0, day: 3, minor: -400, spread: 0, series: 0, chance: 0.8 }],
    })
    expect([expected[3], low[3], high[3]]).toEqual([600, 600, 1000])
  })

  it('the first day below the floor, and the first that may be', () => {
    const { accounts } = computeForecast({
      ...base,
      accounts: [{ ...quiet, balance: 1000, floor: 300 }],
      events: [
        { account: 0, day: 3, minor: -800, spread: 0, series: 0, chance: 0.4 },
        { account: 0, day: 7, minor: -800, spread: 0, series: 1, chance: 1 },
      ],
    })
    expect(accounts[0]).toMatchObject({ riskDay: 3, belowDay: 7 })
  })

  it('is the same in every run', () => {
    const minor = Float64Array.from({ length: 364 }, (_, day) => -((day * 37) % 91))
    const input = { ...base, days: 90, accounts: [{ ...quiet, balance: 9000, history: { minor, firstDay: 19_637 } }] }
    expect(computeForecast(input).low).toEqual(computeForecast(input).low)
  })
})

describe('the band on generated households', () => {
  it('holds what came on about eight days of ten: between 68 % and 92 % of 120 households, 30, 90 and 180 days ahead', () => {
    const counts = new Map([30, 90, 180].map((day) => [day, 0]))
    const households = 120
    for (let household = 0; household < households; household += 1) {
      const random = seededRandom(1 + household)
      const rate = 0.4 + random() * 1.2
      const size = 2000 + random() * 9000
      // purchases on some days, more at weekends, a few large ones
      const spend = (day: number): number => {
        const weekend = day % 7 >= 5 ? 1.6 : 1
        let sum = 0
        for (let visit = 0; visit < 3; visit += 1) {
          if (random() < (rate * weekend) / 3) sum -= size * (0.2 + 1.6 * random()) * (random() < 0.02 ? 12 : 1)
        }
        return sum
      }
      const history = 728
      const minor = Float64Array.from({ length: history }, (_, index) => spend(20_000 - history + 1 + index))
      const { low, high } = computeForecast({
        ...base,
        days: 180,
        accounts: [{ ...quiet, balance: 0, history: { minor, firstDay: 20_000 - history + 1 } }],
      })
      let balance = 0
      for (let day = 1; day <= 180; day += 1) {
        balance += spend(20_000 + day)
        const count = counts.get(day)
        if (count !== undefined && balance >= (low[day] ?? 0) && balance <= (high[day] ?? 0)) counts.set(day, count + 1)
      }
    }
    for (const [day, inside] of counts) {
      const share = inside / households
      expect(share, `${day} days ahead: ${inside} of ${households}`).toBeGreaterThanOrEqual(0.68)
      expect(share, `${day} days ahead: ${inside} of ${households}`).toBeLessThanOrEqual(0.92)
    }
  })
})
