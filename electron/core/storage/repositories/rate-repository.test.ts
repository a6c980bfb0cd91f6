import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { openTestCalls, type TestCalls } from '../../../../test/scenarios/test-calls.ts'
import { loadRateSource, loadRateSourceBetween, loadRateSourceOn } from './rate-repository.ts'

let calls: TestCalls
beforeAll(async () => {
  calls = await openTestCalls('2026-11-23')
})
afterAll(async () => {
  await calls.close()
})

const START = parseIsoDate('2025-01-01')
const CODES = ['CNY', 'EUR', 'USD', 'JPY'].map(parseCurrencyCode)
const day = fc.nat(60).map((days) => addDays(START, days))
const code = fc.constantFrom(...CODES)

describe('the last rate up to a day', () => {
  it('is the same whether it is sought, read for chosen days, or read for a span; nothing is known of other pairs', () => {
    const { vault } = calls.temporary
    const insert = vault.driver.prepare(
      `insert or replace into fx_rates (base, quote, as_of, rate, source) values (?, ?, ?, ?, 'test')`,
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(code, code, day, fc.integer({ min: 1, max: 99 })), { maxLength: 40 }),
        fc.uniqueArray(day, { minLength: 1, maxLength: 10 }),
        (rates, days) => {
          vault.driver.exec('delete from fx_rates')
          const present = rates.filter(([base, quote]) => base !== quote)
          for (const [base, quote, on, rate] of present) insert.run(base, quote, on, String(rate))
          const dates = days.toSorted()
          const sources = [
            loadRateSource(vault),
            loadRateSourceOn(vault, dates),
            loadRateSourceBetween(vault, dates[0] ?? START, dates.at(-1) ?? START),
          ]
          for (const base of CODES) {
            for (const quote of CODES) {
              for (const on of dates) {
                const expected = present
                  .filter((one) => one[0] === base && one[1] === quote && one[2] <= on)
                  // the later entry of one day replaced the earlier one
                  .reduce<(typeof present)[number] | null>(
                    (best, one) => (best === null || one[2] >= best[2] ? one : best),
                    null,
                  )
                for (const source of sources) {
                  const found = source.latest(base, quote, on)
                  expect(found === null ? null : [found.on, found.rate]).toEqual(
                    expected === null ? null : [expected[2], String(expected[3])],
                  )
                }
              }
            }
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
