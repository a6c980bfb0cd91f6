import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { identify, readWith, rejectionOf } from '../text/test-support.ts'
import { ghostfolioImporter } from './ghostfolio-importer.ts'

const household = readFileSync(join(import.meta.dirname, 'fixtures/ghostfolio.json'), 'utf8')
const activity = (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  type: 'BUY',
  symbol: 'ACME',
  dataSource: 'YAHOO',
  currency: 'USD',
  date: '2026-01-05T00:00:00.000Z',
  quantity: 1,
  unitPrice: 10,
  fee: 0,
  ...more,
})
const file = (...activities: readonly unknown[]): string => JSON.stringify({ meta: { version: 'x' }, activities })

describe('a Ghostfolio export', () => {
  const { statements, transactions, balances, failed, skipped } = readWith(ghostfolioImporter, household)

  it('tells every activity once', () => {
    expect([transactions.length, skipped.length, failed.length]).toEqual([8, 0, 0])
  })

  it('has a statement for each account and currency, and one for each debt', () => {
    expect(statements.map(({ account, currency }) => [account.name, account.kind, currency])).toEqual([
      ['Broker', 'brokerage', 'EUR'],
      ['Broker GBP', 'brokerage', 'GBP'],
      ['Ghostfolio', 'brokerage', 'EUR'],
      ['Loan', 'liability', 'EUR'],
    ])
  })

  it.each([
    [0, { kind: 'buy', amount: '-87.2', quantity: '10', price: '8.61', fee: '1.1', time: '10:30:00' }], // 10 × 8.61 + 1.10
    [1, { kind: 'sell', amount: '39', quantity: '-4', price: '10', fee: '1' }], // 4 × 10 − 1
    [2, { kind: 'dividend', amount: '3' }], // 6 × 0.5
    [3, { kind: 'fee', amount: '-4.9' }],
    [4, { kind: 'interest', amount: '0.07' }],
    [5, { kind: 'buy', amount: '-8', quantity: '3', price: '2.5', fee: '0.5' }], // (3 × 250 + 50) pence
    [6, { kind: 'security-in', amount: '0', quantity: '1', price: '300000', payee: 'Flat in town' }],
    [7, { kind: 'opening', amount: '-90000' }],
  ])('activity %i', (index, expected) => {
    expect(transactions[index]).toMatchObject(expected)
  })

  it('knows a security by its profile', () => {
    expect(transactions[0]?.security).toEqual({ isin: 'DE0007164600', symbol: 'ACME.DE', name: 'Acme AG' })
  })

  it('has the cash that the account states, zero where it states none', () => {
    expect(balances.map(({ statement, amount, on }) => [statement, amount, on])).toEqual([
      [1, '250.5', '2026-01-31'],
      [2, '0', '2026-01-24'],
      [3, '0', '2026-01-25'],
    ])
  })
})

describe('damage', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown type', { type: '<invalid>' }, 'unsupported-record'],
    ['no type', { type: null }, 'unsupported-record'],
    ['a date that is none', { date: '<invalid>' }, 'bad-date'],
    ['a day that does not exist', { date: '2026-02-30T00:00:00.000Z' }, 'bad-date'],
    ['a day before the program’s first', { date: '1960-01-01T00:00:00.000Z' }, 'bad-date'],
    ['an unknown data source', { dataSource: '<invalid>' }, 'bad-record'],
    ['an unknown currency', { currency: 'QQQ' }, 'bad-currency'],
    ['a quantity that is none', { quantity: 'ten' }, 'bad-amount'],
    ['a negative price', { unitPrice: -1 }, 'bad-amount'],
    ['a list for a symbol', { symbol: ['A'] }, 'bad-record'],
  ])('%s: the activity is named and its neighbours are read; alone, the file is refused', (_, more, code) => {
    const { transactions, failed, skipped } = readWith(ghostfolioImporter, file(activity(), activity(more), activity()))
    expect([transactions.length, skipped.length, failed.map(({ record, reason }) => [record, reason.code])]).toEqual([
      2,
      0,
      [[2, code]],
    ])
    expect(rejectionOf(ghostfolioImporter, file(activity(more)))?.code).toBe(code)
  })

  it.each([
    ['no activities', file(), 'no-transactions-table'],
    ['activities that are no list', '{"activities": {"a": 1}}', 'unknown-format'],
    ['half a file', file(activity()).slice(0, 60), 'truncated'],
    ['an activity that is a number', '{"activities": [5]}', 'bad-record'],
    ['a prototype for an activity', '{"activities": [{"__proto__": {"type": "BUY"}}]}', 'missing-date'],
  ])('%s is refused', (_, text, code) => {
    expect(rejectionOf(ghostfolioImporter, text)?.code).toBe(code)
  })

  it('figures stay the digits that were written', () => {
    const text = file(activity()).replace('"unitPrice":10', '"unitPrice":0.1000000000000000055511151231257827')
    expect(readWith(ghostfolioImporter, text).transactions[0]?.price).toBe('0.1000000000000000055511151231257827')
  })
})

it('is known by its activities', () => {
  expect(identify(ghostfolioImporter, household)).toBe('yes')
  expect(identify(ghostfolioImporter, '{"activities": []}')).toBe('likely')
  expect(identify(ghostfolioImporter, '{"transactions": []}')).toBe('no')
  expect(identify(ghostfolioImporter, 'activities,unitPrice')).toBe('no')
})
