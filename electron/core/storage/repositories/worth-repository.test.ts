import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestCalls, type TestCalls } from '../../../../test/scenarios/test-calls.ts'
import { addDays, endOfMonth, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { loadAccounts } from './account-repository.ts'
import { loadHoldingsSeries } from './worth-repository.ts'

let calls: TestCalls
beforeAll(async () => {
  calls = await openTestCalls('2026-11-23')
})
afterAll(async () => {
  await calls.close()
})

const START = parseIsoDate('2025-11-01')
const dayArbitrary = fc.integer({ min: 0, max: 400 }).map((days) => addDays(START, days))

describe('what accounts hold on a day', () => {
  it('is opening + everything booked until then, whatever days are asked and however rows came, went and moved', async () => {
    const rowArbitrary = fc.record({ on: dayArbitrary, minor: fc.integer({ min: -1e9, max: 1e9 }), account: fc.nat(1) })
    const { vault } = calls.temporary
    const insert = vault.driver.prepare(
      `insert into transactions (account_id, booked_on, amount_minor, kind) values (?, ?, ?, 'payment')`,
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowArbitrary, { maxLength: 60 }),
        fc.array(rowArbitrary, { maxLength: 10 }),
        fc.uniqueArray(dayArbitrary, { minLength: 1, maxLength: 12 }),
        fc.option(dayArbitrary),
        async (rows, moved, days, openingOn) => {
          vault.driver.exec('delete from transactions; delete from accounts')
          const ids: number[] = []
          for (const name of ['a', 'b']) {
            const draft = { name, kind: 'checking', currency: 'CNY', openingMinor: 777, openingOn }
            ids.push((await calls.call('account.create', draft)).id)
          }
          const present = rows.map((row) => {
            const id = Number(insert.run(ids[row.account], row.on, row.minor).lastInsertRowid)
            return { ...row, id }
          })
          for (const [index, change] of moved.entries()) {
            const row = present[index * 3]
            if (row === undefined) continue
            const update = vault.driver.prepare(
              'update transactions set account_id = ?, booked_on = ?, amount_minor = ? where id = ?',
            )
            update.run(ids[change.account], change.on, change.minor, row.id)
            Object.assign(row, { account: change.account, on: change.on, minor: change.minor })
          }
          const gone = present.splice(0, 3)
          for (const { id } of gone) vault.driver.prepare('delete from transactions where id = ?').run(id)

          const dates = [...new Set([...days, ...days.slice(0, 3).map(endOfMonth)])].toSorted()
          const series = loadHoldingsSeries(vault, loadAccounts(vault), dates)
          for (const [place, id] of ids.entries()) {
            const own = present.filter((row) => row.account === place)
            const since = [openingOn, ...own.map(({ on }) => on)].filter((on) => on !== null).toSorted()[0]
            const expected = dates.map((date) => {
              if (openingOn !== null && since !== undefined && date < since) return 0
              return own.reduce((sum, row) => (row.on <= date ? sum + row.minor : sum), 777)
            })
            expect(series.get(id)?.map(({ cash }) => cash.minor)).toEqual(expected)
          }
          const listed = await calls.call('account.list', {})
          const today = loadHoldingsSeries(vault, loadAccounts(vault), [calls.today])
          for (const { id, balance } of listed) expect(today.get(id)?.[0]?.cash.minor).toBe(balance.minor)
        },
      ),
      { numRuns: 40 },
    )
  })
})
