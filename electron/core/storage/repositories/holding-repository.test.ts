import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDays, addMonths, endOfMonth, type IsoDate, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from '../../../../test/scenarios/test-calls.ts'
import { loadHeldSecurities } from './holding-repository.ts'

let calls: TestCalls
let account = 0
beforeAll(async () => {
  calls = await openTestCalls('2026-11-23')
})
afterAll(async () => {
  await calls.close()
})

const START = parseIsoDate('2024-01-01')
const DAYS = 730

/** A share bought by the hundred, worth 1 yuan on the first day and a fen more on each later one that it is quoted on. */
function quoteEvery(days: number): void {
  const { driver } = calls.temporary.vault
  driver.transaction(() => fillQuotes(driver, days))()
}

function fillQuotes(driver: TestCalls['temporary']['vault']['driver'], days: number): void {
  driver.exec('delete from prices; delete from trades; delete from transactions; delete from securities')
  driver.exec(`insert into securities (id, symbol, name, class, currency) values (1, 'S', 'Sample', 'equity', 'CNY')`)
  driver.exec(`insert into securities (id, symbol, name, class, currency) values (2, 'T', 'Later', 'equity', 'CNY')`)
  const price = driver.prepare(`insert into prices (security_id, as_of, price, currency) values (?, ?, ?, 'CNY')`)
  for (let day = 0; day < DAYS; day += days)
    price.run(1, addDays(START, day), (1 + day / 100).toFixed(2).replace(/\.?0+$/, ''))
  const line = driver.prepare(
    `insert into transactions (id, account_id, booked_on, amount_minor, kind) values (?, ?, ?, ?, 'buy')`,
  )
  const trade = driver.prepare(
    `insert into trades (transaction_id, account_id, security_id, booked_on, quantity, price) values (?, ?, ?, ?, '100', null)`,
  )
  for (const [id, security, on] of [
    [1, 1, START],
    [2, 1, addDays(START, 400)],
    [3, 2, addDays(START, 720)],
  ] as const) {
    line.run(id, account, on, -10_000)
    trade.run(id, account, security, on)
  }
}

/** Hundreds held by then, each at the last quote up to then: 100 minor units and one for each day since the start. */
function expected(on: IsoDate, every: number): number | undefined {
  if (on < START) return undefined
  const since = Math.min(daysSince(on), DAYS - 1)
  const quotedAt = Math.floor(since / every) * every
  return (on >= addDays(START, 400) ? 200 : 100) * (100 + quotedAt)
}

function daysSince(on: IsoDate): number {
  let days = 0
  while (addDays(START, days) < on) days += 1
  return days
}

describe('what is held on chosen days', () => {
  beforeEach(async () => {
    const draft = { name: `depot ${account}`, kind: 'brokerage', currency: 'CNY', openingMinor: 0, openingOn: null }
    account = (await calls.call('account.create', draft)).id
  })

  it.each([
    ['daily quotes, looked at by month (quotes are looked up)', 1, 24],
    ['daily quotes, looked at on one day (the quotes are one)', 1, 1],
    ['quotes once a quarter, looked at by month (quotes are read in their order)', 91, 24],
  ])('is worth the last quote up to each: %s', (_title, every, months) => {
    quoteEvery(every)
    const { vault } = calls.temporary
    const first = endOfMonth(addMonths(START, 24 - months))
    const dates = Array.from({ length: months }, (_, month) => endOfMonth(addMonths(first, month)))
    const held = loadHeldSecurities(vault, new Set([account]), dates)
    const [sample, later] = [
      held.find(({ securityId }) => securityId === 1),
      held.find(({ securityId }) => securityId === 2),
    ]
    expect(dates.map((on) => sample?.timeline.at(on)?.value?.minor)).toEqual(dates.map((on) => expected(on, every)))
    // bought on a later day than all of them but perhaps the last
    expect(dates.filter((on) => later?.timeline.at(on) !== null)).toEqual(
      dates.filter((on) => on >= addDays(START, 720)),
    )
  })

  it('is none of accounts that were not asked for, and follows what was entered since', () => {
    quoteEvery(1)
    const { vault } = calls.temporary
    const day = addDays(START, 500)
    const worth = (): number | undefined =>
      loadHeldSecurities(vault, new Set([account]), [day])[0]?.timeline.at(day)?.value?.minor
    expect(loadHeldSecurities(vault, new Set([account + 1]), [day])).toEqual([])
    expect(worth()).toBe(200 * 600)
    vault.driver.exec(`update trades set quantity = '50' where transaction_id = 2`)
    expect(worth()).toBe(150 * 600)
  })
})
