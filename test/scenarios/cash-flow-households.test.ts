import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { prepareExport } from '../../electron/core/exporting/export-writers.ts'
import { refuseFailedChecks, verifyVault } from '../../electron/core/storage/verify-vault.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import type { FlowReport } from '../../shared/model/flow.ts'
import { csvRows, hasProgram } from '../support/journal-programs.ts'
import { openTestCalls, type TestCalls } from './test-calls.ts'

/** The cash flow of the four households, with figures worked out by hand in each test. Amounts in minor units. */
let calls: TestCalls
let ids: Map<string, number>
beforeEach(async () => {
  calls = await openTestCalls('2026-11-23')
})
afterEach(async () => {
  refuseFailedChecks(await verifyVault(calls.temporary.vault))
  await calls.close()
})

async function categories(): Promise<void> {
  ids = new Map((await calls.call('category.list', {})).map(({ key, id }) => [key ?? '', id]))
}
const category = (key: string): number => ids.get(key) ?? 0

async function account(name: string, kind: string, currency = 'CNY'): Promise<number> {
  return (await calls.call('account.create', { name, kind, currency })).id
}

async function add(accountId: number, on: string, amountMinor: number, key: string | null, more: object = {}) {
  const categoryId = key === null ? null : category(key)
  const bookedOn = parseIsoDate(on)
  return (await calls.call('transaction.create', { accountId, bookedOn, amountMinor, categoryId, ...more })).id
}

async function transfer(from: number, to: number, on: string, minor: number): Promise<void> {
  const fromId = await add(from, on, -minor, null)
  await calls.call('transfer.link', { fromId, toId: await add(to, on, minor, null) })
}

const report = (from: string, to: string, group: 'month' | 'year' = 'month'): Promise<FlowReport> =>
  calls.call('flow.report', { from: parseIsoDate(from), to: parseIsoDate(to), group })

const byCategory = (found: FlowReport): Record<string, number> => {
  const names = new Map([...ids].map(([key, id]) => [id, key]))
  return Object.fromEntries(
    found.categories
      .filter(({ minor }) => minor !== 0)
      .map(({ categoryId, minor }) => [names.get(categoryId) ?? 'none', minor]),
  )
}

describe('the starter household', () => {
  it('a refund lowers its month, a top-up of the wallet and the card payment are no spending', async () => {
    await categories()
    const [bank, wallet, card] = [
      await account('bank', 'checking'),
      await account('wallet', 'e-wallet'),
      await account('card', 'credit-card'),
    ]
    for (const month of ['09', '10']) {
      await add(bank, `2026-${month}-10`, 1_200_000, 'wages')
      await add(bank, `2026-${month}-15`, -450_000, 'rent')
    }
    await transfer(bank, wallet, '2026-10-11', 50_000)
    await add(wallet, '2026-10-12', -3_850, 'coffee')
    await add(wallet, '2026-10-13', -3_850, null)
    await add(card, '2026-10-14', -89_900, 'clothing')
    await add(card, '2026-10-20', 20_000, 'clothing')
    await transfer(bank, card, '2026-10-22', 69_900)
    await add(bank, '2026-10-21', 1_234, 'interest')
    const october = await report('2026-10-01', '2026-10-31')
    // income 12 000.00 + 12.34; expenses 4 500.00 rent + 38.50 + 38.50 unfiled + (899.00 − 200.00) clothes
    expect(october.now).toMatchObject({ incomeMinor: 1_201_234, expenseMinor: 527_600, savedMinor: 673_634 })
    expect(october.now.savingsRate).toBeCloseTo(0.5608, 4) // 6 736.34 ÷ 12 012.34
    expect(byCategory(october)).toEqual({ wages: 1_200_000, interest: 1_234, rent: 450_000, clothing: 69_900, coffee: 3_850, none: 3_850 }) // prettier-ignore
    // September: 12 000.00 − 4 500.00
    expect(october.before).toMatchObject({ from: '2026-09-01', to: '2026-09-30', savedMinor: 750_000 })
    expect(october.unpaired).toEqual({ count: 0, inMinor: 0, outMinor: 0 })
  })
})

describe('the family household', () => {
  it('of a mortgage payment only the interest is an expense; restaurants 23 % above their usual are told', async () => {
    await categories()
    const [bank, loan] = [await account('bank', 'checking'), await account('mortgage', 'mortgage')]
    const dining = [1000, 990, 1010, 980, 1020, 1000, 990, 1010, 1000, 1010, 990, 1000, 1230]
    for (const [index, yuan] of dining.entries()) {
      const month = index < 3 ? `2025-${10 + index}` : `2026-${String(index - 2).padStart(2, '0')}`
      await add(bank, `${month}-05`, 3_000_000, 'wages')
      await add(bank, `${month}-06`, -yuan * 100, 'restaurants')
      const paid = await add(bank, `${month}-20`, -1_000_000, null)
      const principal = await add(loan, `${month}-20`, 600_000, null)
      await calls.call('transaction.setSplits', {
        id: paid,
        splits: [
          { amountMinor: -600_000, categoryId: category('loan-repayment'), memo: '' },
          { amountMinor: -400_000, categoryId: category('loan-interest'), memo: '' },
        ],
      })
      await calls.call('transfer.link', { fromId: paid, toId: principal })
    }
    const october = await report('2026-10-01', '2026-10-31')
    // 1 230.00 restaurants + 4 000.00 interest of 30 000.00
    expect(october.now).toMatchObject({ incomeMinor: 3_000_000, expenseMinor: 523_000, savedMinor: 2_477_000 })
    expect(october.movers?.list).toEqual([
      { categoryId: category('restaurants'), flow: 'expense', kind: 'above', minor: 123_000, usualMinor: 100_000, fraction: 0.23, periods: 12 },
    ]) // prettier-ignore
    const month = await calls.call('report.month', { month: '2026-10' })
    // the bank paid 10 000.00 and 1 230.00 of 30 000.00, the debt fell by 6 000.00
    expect(month.netWorth.netMinor - (month.netWorthBefore?.netMinor ?? Number.NaN)).toBe(2_477_000)
    expect(month.largest.map(({ minor }) => minor)).toEqual([3_000_000, -400_000, -123_000])
    expect(month.trend).toHaveLength(12)
  })
})

describe('the investor household', () => {
  it('three currencies, each day at its rate; trades are no flow, dividends, fees and taxes are', async () => {
    await categories()
    await calls.call('vaultSettings.set', { baseCurrency: 'EUR' })
    const [bank, dollars, broker] = [
      await account('bank', 'checking', 'EUR'),
      await account('us', 'checking', 'USD'),
      await account('broker', 'brokerage', 'USD'),
    ]
    const rate = (on: string, units: string) =>
      calls.call('fx.set', { base: 'EUR', quote: 'USD', on: parseIsoDate(on), rate: units })
    await rate('2026-03-02', '1.25')
    await rate('2026-03-10', '1')
    await add(bank, '2026-03-01', 500_000, 'pension')
    await add(dollars, '2026-03-02', -10_000, 'groceries') // 100.00 USD ÷ 1.25 = 80.00 EUR
    await add(dollars, '2026-03-10', -10_000, 'groceries') // 100.00 EUR
    await add(broker, '2026-03-10', 200_000, null, { kind: 'transfer' }) // its other half is nowhere
    await add(broker, '2026-03-11', -150_000, null, { kind: 'buy' })
    await add(broker, '2026-03-12', 5_000, null, { kind: 'dividend' }) // 50.00 EUR
    await add(broker, '2026-03-12', -750, null, { kind: 'tax' })
    await add(broker, '2026-03-13', -500, null, { kind: 'fee' })
    const march = await report('2026-03-01', '2026-03-31')
    // income 5 000.00 + 50.00; expenses 180.00 + 7.50 + 5.00
    expect(march.currency).toBe('EUR')
    expect(march.now).toMatchObject({ incomeMinor: 505_000, expenseMinor: 19_250, savedMinor: 485_750 })
    expect(march.unpaired).toEqual({ count: 1, inMinor: 200_000, outMinor: 0 })
    expect(march.notes).toEqual([])
  })
})

/** What hledger says came in and went out in each month, by the exported journal. */
function byHledger(path: string): Map<string, { income: number; expense: number }> {
  const months = new Map<string, { income: number; expense: number }>()
  const [head = [], ...rows] = csvRows(
    execFileSync(
      'hledger',
      ['-f', path, 'balance', '--monthly', '--flat', '--no-total', '--layout=bare', '-O', 'csv', '^(Income|Expenses)'],
      {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
      },
    ),
  )
  for (const [name = '', , ...amounts] of rows) {
    for (const [index, amount] of amounts.entries()) {
      const month = (head[index + 2] ?? '').slice(0, 7)
      if (month === '') continue
      const sums = months.get(month) ?? { income: 0, expense: 0 }
      const minor = Math.round(Number(amount) * 100)
      if (name.startsWith('Income')) sums.income -= minor
      else sums.expense += minor
      months.set(month, sums)
    }
  }
  return months
}

describe('the long-history household', () => {
  it.skipIf(!hasProgram('hledger'))(
    'three years: each month is what hledger makes of the exported journal',
    async () => {
      await categories()
      const [bank, card] = [await account('bank', 'checking'), await account('card', 'credit-card')]
      const spending = ['groceries', 'restaurants', 'electricity', 'books', 'taxi', 'medicine']
      for (let month = 0; month < 36; month += 1) {
        const of = `${2023 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
        await add(bank, `${of}-05`, 1_500_000 + month * 1_111, 'wages')
        if (month % 6 === 5) await add(bank, `${of}-06`, -12_345, 'wages')
        for (const [index, key] of spending.entries()) {
          await add(
            index % 2 === 0 ? bank : card,
            `${of}-${10 + index}`,
            -(((month * 37 + index * 101) % 900) + 13) * 97,
            key,
          )
        }
        if (month % 4 === 1) await add(card, `${of}-17`, 7_777, 'books')
        if (month % 5 === 2) await add(bank, `${of}-18`, -4_321, null)
        const both = await add(bank, `${of}-19`, -30_001, null)
        await calls.call('transaction.setSplits', {
          id: both,
          splits: [
            { amountMinor: -10_000, categoryId: category('groceries'), memo: '' },
            { amountMinor: -20_001, categoryId: category('clothing'), memo: '' },
          ],
        })
        await transfer(bank, card, `${of}-25`, 50_000)
      }
      const choice = { accountIds: null, from: null, to: null, language: 'en' } as const
      const prepared = prepareExport(calls.temporary.vault, 'hledger', choice, calls.today)
      const path = join(calls.temporary.folder, 'household.journal')
      writeFileSync(path, [...prepared.pieces({ told: () => undefined, note: () => undefined })].join(''))
      const expected = byHledger(path)
      const found = await report('2023-01-01', '2025-12-31')
      expect(found.periods).toHaveLength(36)
      expect(
        new Map(
          found.periods.map(({ from, incomeMinor, expenseMinor }) => [
            from.slice(0, 7),
            { income: incomeMinor, expense: expenseMinor },
          ]),
        ),
      ).toEqual(expected)
    },
  )
})
