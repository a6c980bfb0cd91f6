import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDecimal } from '../../../../shared/domain/decimal.ts'
import { bytesSource } from '../text/decode.ts'
import { identify, readWith, rejectionOf } from '../text/test-support.ts'
import { schwabMove } from './schwab-actions.ts'
import { schwabAwardsImporter } from './schwab-awards-importer.ts'
import { maskedNumberIn, schwabImporter } from './schwab-importer.ts'

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, `fixtures/${name}.json`), 'utf8')
const brokerage = fixture('schwab')
const awards = fixture('schwab-awards')

describe('brokerage and checking', () => {
  const { statements, transactions, skipped, failed, sum, items } = readWith(
    schwabImporter,
    bytesSource('Individual_XXX123_Transactions_20260131.json', new TextEncoder().encode(brokerage)),
  )

  it('tells every row once, each account by itself', () => {
    expect([transactions.length, skipped.length, failed.length]).toEqual([10, 0, 0])
    expect(statements.map(({ account, currency }) => [account.kind, account.name, account.number, currency])).toEqual([
      ['brokerage', 'Schwab brokerage', undefined, 'USD'],
      ['checking', 'Schwab checking', undefined, 'USD'],
    ])
  })

  it('one account alone has the number in the file’s name', () => {
    const alone = JSON.stringify({
      BrokerageTransactions: [{ Date: '01/10/2026', Action: 'Journal', Amount: '$1.00' }],
    })
    const source = bytesSource('Individual_XXX123_Transactions_20260131.json', new TextEncoder().encode(alone))
    expect(readWith(schwabImporter, source).statements.map(({ account }) => account.number)).toEqual(['****123'])
  })

  it.each([
    [0, { date: '2026-01-30', valueDate: '2026-01-29', kind: 'interest', amount: '0.35' }],
    [1, { kind: 'split', amount: '0', quantity: '6' }],
    [2, { kind: 'tax', amount: '-3', security: { symbol: 'ACME', name: 'ACME CORP' } }],
    [3, { kind: 'dividend', amount: '20' }],
    [4, { kind: 'sell', amount: '479.99', quantity: '-4', price: '120', fee: '0.01' }],
    [5, { kind: 'buy', amount: '-1006', quantity: '10', price: '100.5', fee: '1' }],
    [6, { kind: 'deposit', amount: '2000' }],
    [7, { amount: '-870.8', balance: '529.2', checkNumber: '101' }],
    [8, { amount: '1400', balance: '1400' }],
    [9, { amount: '-9.2', status: 'pending' }],
  ])('row %i', (index, expected) => {
    expect(transactions[index]).toMatchObject(expected)
  })

  it('adds up: 0.35 − 3 + 20 + 479.99 − 1006 + 2000 − 870.80 + 1400 − 9.20', () => {
    expect(sum).toBe('2011.34')
    expect(items.filter(({ type }) => type === 'period')).toHaveLength(2)
  })
})

describe('what the broker’s words mean', () => {
  it.each<[string, string, string | undefined, string | undefined, string, string | undefined]>([
    ['Reinvest Shares', '', '0.5', '-96', 'buy', '0.5'],
    ['Buy to Open', 'CALL', '2', '-300', 'buy', '2'],
    ['Sell to Close', 'CALL', '2', '300', 'sell', '-2'],
    ['Sell Short', '', '5', '100', 'sell', '-5'],
    ['Qual Div Reinvest', '', undefined, '55', 'dividend', undefined],
    ['Long Term Cap Gain', '', undefined, '0.1', 'dividend', undefined],
    ['Cash In Lieu', '', undefined, '3', 'dividend', undefined],
    ['Foreign Tax Paid', '', undefined, '-3', 'tax', undefined],
    ['ADR Mgmt Fee', '', undefined, '-3', 'fee', undefined],
    ['Margin Interest', '', undefined, '-3', 'interest', undefined],
    ['Spin-off', '', '12', undefined, 'security-in', '12'],
    ['Journaled Shares', '', '-6', undefined, 'security-out', '-6'],
    ['Journal', 'Journal To Account ...1', '6', undefined, 'security-out', '-6'],
    ['Journal', 'Journal To Account ...1', undefined, '-6', 'transfer', undefined],
    ['Stock Split', '', '300', undefined, 'split', '300'],
    ['Cash Merger', '', '10', '500', 'sell', '-10'],
    ['Wire Sent', '', undefined, '-500', 'transfer', undefined],
    ['Misc Cash Entry', '', undefined, '15', 'other', undefined],
    ['Something New', '', undefined, '15', 'other', undefined],
  ])('%s %s of %s for %s is a %s of %s', (action, description, quantity, amount, kind, moved) => {
    const number = (text: string | undefined) => (text === undefined ? undefined : parseDecimal(text))
    const move = schwabMove(action, description, number(quantity), number(amount))
    expect([move.kind, move.quantity]).toEqual([kind, moved])
  })
})

describe('equity awards', () => {
  const { transactions, failed, skipped, statements } = readWith(schwabAwardsImporter, awards)

  it('tells every row once', () => {
    expect([transactions.length, skipped.length, failed.length, statements.length]).toEqual([4, 0, 0, 1])
  })

  it.each([
    [0, { kind: 'transfer', amount: '-1378.98' }],
    [1, { kind: 'sell', amount: '1378.98', quantity: '-10', price: '137.9', fee: '0.02' }],
    [2, { kind: 'security-in', amount: '0', quantity: '13.6', price: '131.25', date: '2026-01-27' }],
    [3, { kind: 'other', amount: '0' }],
  ])('row %i', (index, expected) => {
    expect(transactions[index]).toMatchObject(expected)
  })

  it('vesting moves no units: the deposit behind it does', () => {
    expect([transactions[3]?.quantity, transactions[3]?.security]).toEqual([undefined, undefined])
  })

  it('reads the same rows in the words of the center’s own pages, fractions from the lots that were sold', () => {
    const rows = {
      transactions: [
        {
          eventDate: '02/18/2026',
          action: 'Sale',
          symbol: 'ACME',
          quantity: '14',
          description: 'Share Sale',
          totalCommissionsAndFees: '$0.02',
          amount: '$1,985.74',
          transactionDetails: [
            { shares: '14', salePrice: '$137.90' },
            { shares: '0.4', salePrice: '$137.90' },
          ],
        },
      ],
    }
    const text = JSON.stringify(rows)
    expect(identify(schwabAwardsImporter, text)).toBe('yes')
    expect(readWith(schwabAwardsImporter, text).transactions).toEqual([
      expect.objectContaining({
        date: '2026-02-18',
        amount: '1985.74',
        quantity: '-14.4',
        price: '137.9',
        fee: '0.02',
      }),
    ])
  })
})

describe('damage', () => {
  const row = { Date: '01/10/2026', Action: 'Buy', Symbol: 'A', Quantity: '1', Price: '$1', Amount: '-$1.00' }
  it.each<[string, Record<string, unknown>, string]>([
    ['no date', { Date: '' }, 'missing-date'],
    ['a date that is none', { Date: '13/45/2026' }, 'bad-date'],
    ['an amount that is none', { Amount: '$1.0O' }, 'bad-amount'],
    ['an object for a quantity', { Quantity: {} }, 'bad-record'],
  ])('%s: the row is named, its neighbours are read; alone, the file is refused', (_, more, code) => {
    const file = (...rows: readonly unknown[]): string => JSON.stringify({ BrokerageTransactions: rows })
    const { transactions, failed, skipped } = readWith(schwabImporter, file(row, { ...row, ...more }, row))
    expect([transactions.length, skipped.length, failed.map(({ record, reason }) => [record, reason.code])]).toEqual([
      2,
      0,
      [[2, code]],
    ])
    expect(rejectionOf(schwabImporter, file({ ...row, ...more }))?.code).toBe(code)
  })

  it('a row without units and money informs only', () => {
    const { skipped } = readWith(
      schwabImporter,
      JSON.stringify({ BrokerageTransactions: [row, { ...row, Quantity: '', Amount: '' }] }),
    )
    expect(skipped.map(({ record, reason }) => [record, reason.code])).toEqual([[2, 'information-only']])
  })
})

it('the number in a file’s name', () => {
  expect(maskedNumberIn('Individual_XXX123_Transactions.json')).toBe('****123')
  expect(maskedNumberIn('Joint_XXXX-4567.json')).toBe('****4567')
  expect(maskedNumberIn('transactions.json')).toBeUndefined()
})

it('each is known by its lists', () => {
  expect([identify(schwabImporter, brokerage), identify(schwabImporter, awards)]).toEqual(['yes', 'no'])
  expect([identify(schwabAwardsImporter, awards), identify(schwabAwardsImporter, brokerage)]).toEqual(['yes', 'no'])
})
