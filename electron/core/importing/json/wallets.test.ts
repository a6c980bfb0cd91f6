import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { identify, readWith, rejectionOf } from '../text/test-support.ts'
import { paypalImporter } from './paypal-importer.ts'
import { tradeRepublicImporter } from './trade-republic-importer.ts'

const timeline = readFileSync(join(import.meta.dirname, 'fixtures/trade-republic.json'), 'utf8')

describe('Trade Republic’s timeline', () => {
  const { items, transactions, skipped, failed, sum } = readWith(tradeRepublicImporter, timeline)

  it('tells every event once; what was not carried out or moved nothing is skipped', () => {
    const records = items.filter((item) => item.type === 'transaction' && item.side !== 'counterpart')
    expect([records.length, failed.length, skipped.map(({ record, reason }) => [record, reason.code])]).toEqual([
      5,
      0,
      [
        [1, 'information-only'],
        [6, 'closed-order'],
        [7, 'zero-amount'],
      ],
    ])
  })

  it.each([
    [0, { kind: 'deposit', amount: '500', counterparty: 'DE89 3704 0044 0532 0130 00', reference: 'e1' }],
    [
      1,
      {
        date: '2026-01-05',
        time: '09:12:13',
        kind: 'buy',
        amount: '-247', // sent as −246.999935
        quantity: '2',
        price: '123',
        fee: '1',
        security: { isin: 'DE0007164600', name: 'Acme' },
      },
    ],
    [2, { kind: 'buy', amount: '-15', quantity: '0.125', price: '120' }],
    [3, { kind: 'other', amount: '15' }],
    [4, { kind: 'payment', amount: '-4.6', original: { amount: '-5', currency: 'USD' } }],
    [5, { kind: 'dividend', amount: '3', tax: '1.05' }],
  ])('row %i', (index, expected) => {
    expect(transactions[index]).toMatchObject(expected)
  })

  it('a bonus that is invested leaves the cash as it was: 500 − 247 − 15 + 15 − 4.60 + 3', () => {
    expect(sum).toBe('251.4')
  })

  const trade = (quantity: string, price: string, value: number): string =>
    JSON.stringify([
      {
        timestamp: '2026-01-05T00:00:00.000+0000',
        title: 'A',
        eventType: 'TRADE_INVOICE',
        icon: 'logos/DE0007164600/v2',
        amount: { currency: 'EUR', value, fractionDigits: 2 },
        details: {
          sections: [
            {
              title: 'Transaktion',
              data: [
                { title: 'Anteile', detail: { text: quantity } },
                { title: 'Anteilspreis', detail: { text: price } },
              ],
            },
          ],
        },
      },
    ])

  it.each([
    ['1.234', '10,00 €', -12.34, '1.234'],
    ['1.234', '10,00 €', -12_340, '1234'],
    ['1,234', '10.00 €', 12.34, '-1.234'],
    ['0,5', '1.000,00 €', -500, '0.5'],
    ['3', '', -30, '3'],
  ])('"%s" at "%s" for %f is %s units', (quantity, price, value, expected) => {
    const {
      transactions: [only],
    } = readWith(tradeRepublicImporter, trade(quantity, price, value))
    expect(only?.quantity).toBe(expected)
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['a date that is none', { timestamp: 'yesterday' }, 'bad-date'],
    ['an unknown currency', { amount: { currency: 'QQQ', value: 1 } }, 'bad-currency'],
    ['an amount that is none', { amount: { currency: 'EUR', value: 'x' } }, 'bad-amount'],
    ['a list for a title', { title: [] }, 'bad-record'],
  ])('%s: the event is named and its neighbours are read', (_, more, code) => {
    const event = {
      timestamp: '2026-01-05T00:00:00.000+0000',
      title: 'A',
      eventType: 'x',
      amount: { currency: 'EUR', value: 1 },
    }
    const text = JSON.stringify([event, { ...event, ...more }, event])
    const read = readWith(tradeRepublicImporter, text)
    expect([
      read.transactions.length,
      read.skipped.length,
      read.failed.map(({ record, reason }) => [record, reason.code]),
    ]).toEqual([2, 0, [[2, code]]])
    expect(rejectionOf(tradeRepublicImporter, JSON.stringify([{ ...event, ...more }]))?.code).toBe(code)
  })

  it('is known by its events', () => {
    expect(identify(tradeRepublicImporter, timeline)).toBe('yes')
    expect(identify(tradeRepublicImporter, '[{"eventType": "click", "timestamp": 5}]')).toBe('no')
  })
})

describe('PayPal’s details', () => {
  const details = (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
    transactionId: 'ABC123456',
    transactionType: 'Payment',
    status: 'COMPLETED',
    date: 'January 5, 2026',
    isCredit: false,
    counterparty: { name: 'Some Shop' },
    amount: {
      grossAmount: '$1,008.31',
      netAmount: '$1,008.31',
      feeAmount: '$0.00',
      rawAmounts: { gross: { value: '1008.31', currencyCode: 'USD' } },
    },
    ...more,
  })

  it('of a payment are one in a file, or a list', () => {
    for (const text of [
      JSON.stringify(details()),
      JSON.stringify([details()]),
      JSON.stringify({ transactions: [details()] }),
    ]) {
      expect(identify(paypalImporter, text)).toBe('yes')
      expect(readWith(paypalImporter, text).transactions).toEqual([
        {
          date: '2026-01-05',
          amount: '-1008.31',
          kind: 'payment',
          payee: 'Some Shop',
          memo: 'Payment',
          reference: 'ABC123456',
        },
      ])
    }
  })

  it('of a payment received are net of the fee: 75.95 − 2.50', () => {
    const amount = { grossAmount: '$75.95', netAmount: '$73.45', feeAmount: '$2.50', currencyCode: 'USD' }
    const { transactions } = readWith(paypalImporter, JSON.stringify(details({ isCredit: true, amount })))
    expect(transactions).toEqual([expect.objectContaining({ amount: '73.45', fee: '2.5' })])
  })

  it('say what another account paid: the wallet’s balance stays', () => {
    const fundingSource = {
      fundingSourceList: [
        { type: 'BALANCE', amount: '$8.31', currencyCode: 'USD' },
        { type: 'BANK_ACCOUNT', institution: 'My Bank', amount: '$1,000.00', currencyCode: 'USD' },
      ],
    }
    const { items, sum } = readWith(paypalImporter, JSON.stringify(details({ fundingSource })))
    expect(sum).toBe('-8.31')
    expect(items.filter((item) => item.type === 'transaction' && item.side === 'counterpart')).toMatchObject([
      { transaction: { amount: '1000', kind: 'transfer', payee: 'My Bank bank account' } },
    ])
  })

  it.each([
    ['PENDING', 1, 0],
    ['DENIED', 0, 1],
    ['PARTIALLY_REFUNDED', 1, 0],
  ])('%s: %i read, %i skipped', (status, read, left) => {
    const { transactions, skipped } = readWith(paypalImporter, JSON.stringify(details({ status })))
    expect([transactions.length, skipped.length]).toEqual([read, left])
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['a date that is none', { date: 'soon' }, 'bad-date'],
    ['no date', { date: null }, 'missing-date'],
    ['no amount', { amount: {} }, 'missing-amount'],
    ['no currency', { amount: { netAmount: '5.00' } }, 'bad-currency'],
    ['a text for the amounts', { amount: '5' }, 'bad-record'],
  ])('%s: the record is named and its neighbours are read', (_, more, code) => {
    const { transactions, failed, skipped } = readWith(
      paypalImporter,
      JSON.stringify([details(), details(more), details()]),
    )
    expect([transactions.length, skipped.length, failed.map(({ record, reason }) => [record, reason.code])]).toEqual([
      2,
      0,
      [[2, code]],
    ])
  })
})
