import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { parseDecimal } from '../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from './test-calls.ts'

/** A slip of the finger must be refused, or told; never must it leave a vault whose figures cannot be shown. */

let calls: TestCalls
beforeEach(async () => {
  calls = await openTestCalls()
})
afterEach(() => calls.close())

const cny = parseCurrencyCode('CNY')
const usd = parseCurrencyCode('USD')
const day = parseIsoDate
const newAccount = (openingMinor: number) => ({ name: 'A', kind: 'checking', currency: cny, openingMinor }) as const
const terms = {
  principalMinor: 100_000_000,
  annualRate: parseDecimal('0.042'),
  months: 360,
  firstDueOn: day('2026-01-15'),
  method: 'annuity',
} as const

async function expectAllShown(): Promise<void> {
  await calls.call('account.list', {})
  for (const range of ['1m', 'all'] as const) await calls.call('overview.get', { range })
  await calls.call('wealth.get', {})
  await calls.call('credit.get', {})
  await calls.call('life.get', {})
  expect(calls.faults).toEqual([])
}

describe('amounts too large to be counted exactly', () => {
  it('are refused one by one', async () => {
    const { id } = await calls.call('account.create', newAccount(0))
    const row = { accountId: id, bookedOn: day('2026-01-01') }
    expect(await calls.fail('transaction.create', { ...row, amountMinor: 9_000_000_000_000_000 })).toBe('invalid-input')
    const made = await calls.call('transaction.create', { ...row, amountMinor: 5 })
    const patch = { amountMinor: -9_000_000_000_000_000 }
    expect(await calls.fail('transaction.update', { ids: [made.id], patch })).toBe('invalid-input')
    await expectAllShown()
  })

  it('and together, with nothing written', async () => {
    expect(await calls.fail('account.create', newAccount(9_000_000_000_000_000))).toBe('invalid-input')
    const { id } = await calls.call('account.create', newAccount(4_000_000_000_000_000))
    for (const sign of [1, -1]) {
      const row = { accountId: id, bookedOn: day('2026-01-01'), amountMinor: sign * 90_000_000_000_000 }
      await calls.call('transaction.create', row)
    }
    expect(await calls.fail('account.create', newAccount(4_000_000_000_000_000))).toBe('invalid-input')
    expect(await calls.call('account.list', {})).toHaveLength(1)
    // whoever has too much may still take some away
    await calls.call('account.update', { id, patch: { openingMinor: 1 } })
    await expectAllShown()
  })

  it('by an absurd rate are told as having none', async () => {
    const rate = (text: string) => ({ base: usd, quote: cny, on: day('2026-01-01'), rate: parseDecimal(text) })
    expect(await calls.fail('fx.set', rate('9'.repeat(50)))).toBe('invalid-input')
    await calls.call('fx.set', rate('1000000000'))
    await calls.call('account.create', { ...newAccount(1_000_000_000), currency: usd })
    const worth = await calls.call('netWorth.on', { on: day('2026-06-01') })
    expect(worth.notes).toEqual([{ currency: usd, usedRateOn: null }])
    await expectAllShown()
  })

  it('by a loan’s terms are refused when they are entered', async () => {
    for (const absurd of [
      { ...terms, firstDueOn: day('9990-01-01') },
      { ...terms, firstDueOn: day('0202-01-01') },
      { ...terms, principalMinor: 9_007_199_254_740_991, annualRate: parseDecimal('5') },
      { ...terms, principalMinor: 90_000_000_000_000, annualRate: parseDecimal('5000') },
      { ...terms, annualRate: parseDecimal('-0.01') },
    ]) {
      expect(await calls.fail('loan.preview', { terms: absurd, currency: cny })).toBe('invalid-input')
      const loan = { ...newAccount(-100), kind: 'mortgage', terms: { loan: absurd } }
      expect(await calls.fail('account.create', loan)).toBe('invalid-input')
    }
    const { id } = await calls.call('account.create', { ...newAccount(-100), kind: 'mortgage', terms: { loan: terms } })
    const patch = { terms: { loan: { ...terms, annualRate: parseDecimal('5000000000000000') } } }
    expect(await calls.fail('account.update', { id, patch })).toBe('invalid-input')
    await expectAllShown()
  })
})

describe('days out of this world', () => {
  it.each(['0001-01-01', '0202-06-01', '9999-12-31'])('%s is refused where it is typed', async (text) => {
    const { id } = await calls.call('account.create', newAccount(0))
    const row = { accountId: id, bookedOn: day(text), amountMinor: 1 }
    expect(await calls.fail('transaction.create', row)).toBe('invalid-input')
  })

  it('that a file brought are shown all the same', async () => {
    const { id } = await calls.call('account.create', newAccount(0))
    const { driver } = calls.temporary.vault
    const insert = driver.prepare(
      `insert into transactions (account_id, booked_on, amount_minor, kind) values (?, ?, 5, 'payment')`,
    )
    for (const text of ['0001-01-01', '9999-12-31']) {
      const transactionId = Number(insert.run(id, text).lastInsertRowid)
      expect(await calls.call('transfer.candidates', { transactionId })).toEqual([])
    }
    await calls.call('account.history', { id, range: 'all' })
    await expectAllShown()
  })
})
