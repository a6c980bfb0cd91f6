import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ParsedItem } from '../importer.ts'
import { identify, readWith, rejectionOf } from '../text/test-support.ts'
import { flexImporter } from './flex-importer.ts'

const household = readFileSync(join(import.meta.dirname, 'fixtures/household.xml'), 'utf8')

const around = (sections: string, head = 'accountId="U1" fromDate="20260101" toDate="20260131"'): string =>
  `<FlexQueryResponse queryName="q" type="AF"><FlexStatements count="1"><FlexStatement ${head}>${sections}</FlexStatement></FlexStatements></FlexQueryResponse>`
const tag = (name: string, attributes: Readonly<Record<string, string>>): string =>
  `<${name} ${Object.entries(attributes)
    .map(([key, value]) => `${key}="${value}"`)
    .join(' ')} />`
const trade = (attributes: Readonly<Record<string, string>>): string =>
  tag('Trade', {
    currency: 'USD',
    assetCategory: 'STK',
    symbol: 'ACME',
    conid: '1',
    tradeDate: '20260110',
    ...attributes,
  })
const cash = (attributes: Readonly<Record<string, string>>): string =>
  tag('CashTransaction', { currency: 'USD', reportDate: '20260115', amount: '10', type: 'Dividends', ...attributes })
const read = (sections: string) => readWith(flexImporter, around(sections))

type TransactionItem = Extract<ParsedItem, { type: 'transaction' }>
const transactionsOf = (items: readonly ParsedItem[]): TransactionItem[] =>
  items.filter((item) => item.type === 'transaction')
const recordsOf = (items: readonly ParsedItem[]): TransactionItem[] =>
  transactionsOf(items).filter(({ side }) => side !== 'counterpart')
const sidesOf = (items: readonly ParsedItem[]): unknown[] =>
  transactionsOf(items)
    .filter(({ side }) => side === 'counterpart')
    .map(({ statement, transaction }) => [statement, transaction.amount, transaction.kind])

describe('a Flex statement', () => {
  const { items, statements, transactions, skipped, failed, positions, balances, findings } = readWith(
    flexImporter,
    household,
  )

  it('is a statement for each currency of each account, under its number', () => {
    expect(statements.map(({ account, currency }) => [account.number, account.name, account.kind, currency])).toEqual([
      ['U5550001', 'Family EUR', 'brokerage', 'EUR'],
      ['U5550001', 'Family USD', 'brokerage', 'USD'],
      ['U5550002', 'Interactive Brokers GBP', 'brokerage', 'GBP'],
    ])
  })

  it('tells every record once: orders, summaries, closed lots and sums over accounts only repeat executions', () => {
    expect({ transactions: recordsOf(items).length, failed: failed.length, findings }).toEqual({
      transactions: 9,
      failed: 0,
      findings: [],
    })
    expect(skipped.map(({ reason }) => reason.code)).toEqual(Array.from({ length: 4 }, () => 'information-only'))
    const records = new Set(items.flatMap((item) => ('record' in item ? item.record : [])))
    expect([...records].toSorted((left, right) => (left ?? 0) - (right ?? 0))).toEqual(
      Array.from({ length: 13 }, (_, index) => index + 1),
    )
  })

  it('has trades with their net cash, charges, time and settlement day', () => {
    expect(transactions[0]).toEqual({
      date: '2026-01-10',
      time: '10:30:00',
      valueDate: '2026-01-12',
      amount: '-400.4',
      kind: 'buy',
      payee: 'ACME CORP',
      reference: '910001',
      security: {
        isin: 'US0378331005',
        symbol: 'ACME',
        name: 'ACME CORP',
        otherId: { scheme: 'IBKR', value: '1001' },
        class: 'equity',
      },
      quantity: '4',
      price: '100',
      fee: '0.4',
    })
    expect(transactions[2]).toMatchObject({ amount: '419', kind: 'sell', quantity: '-4', fee: '0.99', tax: '0.01' })
  })

  it('has a conversion as one record that moves both currencies: 1,600 EUR at 1.1 are 1,760 USD, 2 EUR the fee', () => {
    const main = transactionsOf(items).find(({ side }) => side === 'main')
    expect([main?.statement, main?.transaction]).toEqual([
      1,
      expect.objectContaining({
        amount: '-1600',
        kind: 'transfer',
        transferAccount: 'Family USD',
        original: { amount: '-1760', currency: 'USD' },
      }),
    ])
    expect(sidesOf(items)).toEqual([
      [2, '1760', 'transfer'],
      [1, '-2', 'fee'],
    ])
  })

  it('adds up: each currency’s opening cash and all that moves is its closing cash', () => {
    const sum = (statement: number): number => {
      let cents = 0
      for (const item of transactionsOf(items)) {
        if (item.statement === statement) cents += Math.round(Number(item.transaction.amount) * 100)
      }
      return cents
    }
    // 1000 + 2000 − 1600 − 2 and 1760 − 400.40 − 600.60 + 419 + 12 − 1.80 + 2.85
    expect([100_000 + sum(1), sum(2)]).toEqual([139_800, 119_105])
    expect(balances.map(({ statement, kind, amount, on }) => [statement, kind, amount, on])).toEqual([
      [1, 'opening', '1000', '2026-01-01'],
      [1, 'closing', '1398', '2026-01-31'],
      [2, 'opening', '0', '2026-01-01'],
      [2, 'closing', '1191.05', '2026-01-31'],
    ])
  })

  it('finds a dividend’s security by the contract number, and keeps its tax beside it', () => {
    expect(transactions[7]).toMatchObject({
      date: '2026-01-26',
      amount: '12',
      kind: 'dividend',
      security: { isin: 'US0378331005', symbol: 'ACME', name: 'ACME CORP' },
    })
    expect(transactions[8]).toMatchObject({ amount: '-1.8', kind: 'tax', security: { symbol: 'ACME' } })
  })

  it('reads pence as pounds', () => {
    expect(transactions.at(-1)).toMatchObject({ amount: '2.5', security: { symbol: 'BRIT' } })
  })

  it('has each holding once, and the rates that are known', () => {
    expect(positions).toEqual([
      expect.objectContaining({ quantity: '6', price: '110', value: '660', cost: '600.6', on: '2026-01-31' }),
    ])
    expect(items.filter(({ type }) => type === 'exchange-rate')).toEqual([
      { type: 'exchange-rate', base: 'USD', quote: 'EUR', rate: '0.91', on: '2026-01-31' },
    ])
  })
})

describe('amounts of a trade', () => {
  it.each<[string, Record<string, string>, Record<string, unknown>]>([
    [
      'net cash goes before everything',
      { buySell: 'BUY', quantity: '2', tradePrice: '10', proceeds: '-20', ibCommission: '-1', netCash: '-21.005' },
      { amount: '-21.005', fee: '1' },
    ],
    [
      'without it: proceeds and charges',
      { buySell: 'SELL', quantity: '-2', proceeds: '20', taxes: '-0.5', ibCommission: '-1' },
      { amount: '18.5', quantity: '-2', fee: '1', tax: '0.5' },
    ],
    [
      'without those: price times quantity',
      { buySell: 'BUY', quantity: '2', tradePrice: '140.00', ibCommission: '-1.25', ibCommissionCurrency: 'USD' },
      { amount: '-281.25', price: '140' },
    ],
    [
      'an option is a contract over a hundred shares',
      { assetCategory: 'OPT', buySell: 'SELL', quantity: '-2', tradePrice: '1.5', multiplier: '100' },
      { amount: '300', quantity: '-2', security: expect.objectContaining({ class: 'option' }) as unknown },
    ],
    [
      'a bond’s price is per cent of its face',
      { assetCategory: 'BOND', buySell: 'BUY', quantity: '10000', tradePrice: '98.5' },
      { amount: '-9850', quantity: '10000' },
    ],
    [
      'a future is not paid for, only its fee is',
      {
        assetCategory: 'FUT',
        buySell: 'BUY',
        quantity: '1',
        tradePrice: '5000',
        multiplier: '50',
        ibCommission: '-2.1',
      },
      { amount: '-2.1', quantity: '1', fee: '2.1' },
    ],
    [
      'an expired option moves units alone',
      { assetCategory: 'OPT', buySell: 'BUY', quantity: '1', tradePrice: '0', netCash: '0', notes: 'Ep' },
      { amount: '0', quantity: '1', memo: 'Expired' },
    ],
    ['a fraction of a share', { buySell: 'BUY', quantity: '0.1234', netCash: '-12.34' }, { quantity: '0.1234' }],
    [
      'a trade taken back goes the other way',
      { buySell: 'BUY (Ca.)', quantity: '-2', proceeds: '20', netCash: '20' },
      { amount: '20', quantity: '-2', kind: 'buy', memo: 'Cancellation' },
    ],
    [
      'so does one that repeats the figures of what it takes back',
      { buySell: 'SELL (Ca.)', quantity: '-2', netCash: '20' },
      { amount: '-20', quantity: '2', kind: 'sell' },
    ],
    ['a sale without a sign', { buySell: 'SELL', quantity: '2', tradePrice: '10' }, { amount: '20', quantity: '-2' }],
  ])('%s', (_, attributes, expected) => {
    const { transactions, failed } = read(`<Trades>${trade(attributes)}</Trades>`)
    expect(failed).toEqual([])
    expect(transactions).toEqual([expect.objectContaining(expected)])
  })

  it('a fee in another currency leaves that currency’s cash', () => {
    const row = trade({
      buySell: 'BUY',
      quantity: '1',
      proceeds: '-10',
      ibCommission: '-3',
      ibCommissionCurrency: 'HKD',
    })
    const { items } = read(`<Trades>${row}</Trades>`)
    const [item] = recordsOf(items)
    expect([item?.transaction.amount, item?.transaction.fee]).toEqual(['-10', undefined])
    expect(sidesOf(items)).toEqual([[2, '-3', 'fee']])
  })

  it('buying the first currency of a pair pays with the second', () => {
    const row = trade({
      assetCategory: 'CASH',
      symbol: 'USD.JPY',
      currency: 'JPY',
      buySell: 'BUY',
      quantity: '100',
      tradePrice: '150',
    })
    const { items } = read(`<Trades>${row}</Trades>`)
    expect(recordsOf(items)[0]?.transaction).toMatchObject({
      amount: '-15000',
      original: { amount: '-100', currency: 'USD' },
    })
    expect(sidesOf(items)).toEqual([[2, '100', 'transfer']])
  })

  it('a conversion that the same file takes back is not booked; one that takes back an older one is', () => {
    const fx = { assetCategory: 'CASH', symbol: 'EUR.USD', quantity: '-10', tradePrice: '1.1', buySell: 'SELL' }
    const back = { ...fx, quantity: '10', buySell: 'SELL (Ca.)', transactionType: 'TradeCancel' }
    const { items, skipped } = read(
      trade({ ...fx, transactionID: '1' }) +
        trade({ ...back, transactionID: '2', origTransactionID: '1' }) +
        trade({ ...back, transactionID: '3', origTransactionID: '99' }),
    )
    expect(skipped.map(({ record, reason }) => [record, reason.code])).toEqual([
      [1, 'closed-order'],
      [2, 'closed-order'],
    ])
    expect(recordsOf(items).map(({ transaction }) => [transaction.amount, transaction.transferAccount])).toEqual([
      ['-11', 'Interactive Brokers EUR'],
    ])
    expect(sidesOf(items)).toEqual([[2, '10', 'transfer']])
  })

  it('a query with orders alone is read by its orders', () => {
    const order = trade({ buySell: 'BUY', quantity: '3', netCash: '-30', levelOfDetail: 'ORDER' }).replace(
      'Trade',
      'Order',
    )
    const { transactions, skipped } = read(`<Trades>${order}</Trades>`)
    expect([transactions.length, skipped.length]).toEqual([1, 0])
  })
})

describe('cash transactions', () => {
  it.each([
    ['Deposits/Withdrawals', '5', 'deposit'],
    ['Deposits & Withdrawals', '-5', 'transfer'],
    ['Dividends', '5', 'dividend'],
    ['Dividends', '-5', 'dividend'],
    ['Payment In Lieu Of Dividends', '5', 'dividend'],
    ['Withholding Tax', '-5', 'tax'],
    ['871(m) Withholding', '-5', 'tax'],
    ['Broker Interest Paid', '-5', 'interest'],
    ['Bond Interest Received', '5', 'interest'],
    ['Other Fees', '-5', 'fee'],
    ['Advisor Fees', '-5', 'fee'],
    ['Commission Adjustments', '1', 'fee'],
    ['Price Adjustments', '1', 'other'],
    ['Something New', '1', 'other'],
  ])('%s of %s is a %s', (type, amount, kind) => {
    const { transactions } = read(
      `<CashTransactions>${cash({ type: type.replace('&', '&amp;'), amount })}</CashTransactions>`,
    )
    expect(transactions).toEqual([expect.objectContaining({ kind, amount })])
  })

  it('summaries count where a query has no details', () => {
    const { transactions } = read(cash({ levelOfDetail: 'SUMMARY', accountId: '-' }))
    expect(transactions).toHaveLength(1)
  })

  it('a sales tax is charged, whatever its sign', () => {
    const row = tag('SalesTax', { currency: 'USD', date: '20260115', salesTax: '1.9', taxableDescription: 'Data' })
    expect(read(row).transactions).toEqual([expect.objectContaining({ amount: '-1.9', kind: 'tax', memo: 'Data' })])
  })
})

describe('corporate actions and transfers', () => {
  const action = (attributes: Readonly<Record<string, string>>): string =>
    tag('CorporateAction', { currency: 'USD', symbol: 'ACME', conid: '1', reportDate: '20260120', ...attributes })
  it.each<[string, Record<string, string>, Record<string, unknown>]>([
    [
      'a split adds units',
      { type: 'FS', quantity: '30', proceeds: '0' },
      { kind: 'split', quantity: '30', amount: '0' },
    ],
    [
      'a spin-off brings units at their worth',
      { type: 'SO', quantity: '4', value: '100' },
      { kind: 'security-in', quantity: '4', price: '25' },
    ],
    ['a merger for cash sells', { type: 'TC', quantity: '-4', proceeds: '100' }, { kind: 'sell', amount: '100' }],
    ['a worthless share goes', { type: 'DW', quantity: '-4', proceeds: '0' }, { kind: 'security-out', quantity: '-4' }],
    ['cash in lieu comes alone', { type: 'SD', quantity: '0', proceeds: '1.2' }, { kind: 'other', amount: '1.2' }],
  ])('%s', (_, attributes, expected) => {
    const { transactions } = read(`<CorporateActions>${action(attributes)}</CorporateActions>`)
    expect(transactions).toEqual([expect.objectContaining(expected)])
  })

  it('a reverse split into another contract takes the old units out and brings the new ones in', () => {
    const rows =
      action({ type: 'RS', actionID: '9', conid: '1', quantity: '-100' }) +
      action({ type: 'RS', actionID: '9', conid: '2', symbol: 'ACMEN', quantity: '10' })
    const { transactions } = read(`<CorporateActions>${rows}</CorporateActions>`)
    expect(transactions.map(({ kind, quantity, security }) => [kind, quantity, security?.symbol])).toEqual([
      ['security-out', '-100', 'ACME'],
      ['security-in', '10', 'ACMEN'],
    ])
  })

  it.each<[string, Record<string, string>, Record<string, unknown>]>([
    [
      'units that come',
      { direction: 'IN', quantity: '5', positionAmount: '500', type: 'ACATS' },
      { kind: 'security-in', quantity: '5', price: '100', amount: '0' },
    ],
    ['units that go', { direction: 'OUT', quantity: '5' }, { kind: 'security-out', quantity: '-5' }],
    [
      'cash that goes',
      { direction: 'OUT', assetCategory: 'CASH', quantity: '0', cashTransfer: '70' },
      { kind: 'transfer', amount: '-70' },
    ],
  ])('a transfer: %s', (_, attributes, expected) => {
    const row = tag('Transfer', { currency: 'USD', symbol: 'ACME', conid: '1', date: '20260120', ...attributes })
    expect(read(`<Transfers>${row}</Transfers>`).transactions).toEqual([expect.objectContaining(expected)])
  })
})

describe('dates', () => {
  it.each([
    ['20260201', '2026-02-01', undefined],
    ['20260201;093001', '2026-02-01', '09:30:01'],
    ['2026-02-01;09:30:01', '2026-02-01', '09:30:01'],
    ['2026-02-01, 09:30:01', '2026-02-01', '09:30:01'],
    ['20260201;093001 EST', '2026-02-01', '09:30:01'],
    ['02/01/2026', '2026-02-01', undefined],
    ['02/01/26;093001', '2026-02-01', '09:30:01'],
    ['01-Feb-26', '2026-02-01', undefined],
  ])('%s is %s %s', (text, date, time) => {
    const { transactions } = read(trade({ tradeDate: text, buySell: 'BUY', quantity: '1', netCash: '-1' }))
    expect([transactions[0]?.date, transactions[0]?.time]).toEqual([date, time])
  })

  it('days above twelve tell which comes first, in the whole file', () => {
    const rows = ['02/01/2026', '31/01/2026'].map((tradeDate) =>
      trade({ tradeDate, buySell: 'BUY', quantity: '1', netCash: '-1' }),
    )
    const { transactions, findings } = readWith(flexImporter, around(rows.join(''), 'accountId="U1"'))
    expect(transactions.map(({ date }) => date)).toEqual(['2026-01-02', '2026-01-31'])
    expect(findings).toEqual([])
  })

  it('without a sign of it, month first is taken and told', () => {
    const { findings } = readWith(flexImporter, around(cash({ reportDate: '02/01/2026' }), 'accountId="U1"'))
    expect(findings).toMatchObject([{ code: 'ambiguous-date-order', severity: 'warning' }])
  })
})

describe('damage', () => {
  it.each<[string, string, string]>([
    ['an amount that is none', cash({ amount: '1O' }), 'bad-amount'],
    ['no amount', cash({ amount: '' }), 'missing-amount'],
    ['no date', cash({ reportDate: '' }), 'missing-date'],
    ['a day that does not exist', cash({ reportDate: '20260231' }), 'bad-date'],
    ['an unknown currency', cash({ currency: 'XQX' }), 'bad-currency'],
    ['a trade without a side or a size', trade({ netCash: '-1' }), 'bad-record'],
    ['a trade without any amount', trade({ buySell: 'BUY', quantity: '1' }), 'missing-amount'],
    [
      'a conversion of one currency',
      trade({ assetCategory: 'CASH', symbol: 'EUR', buySell: 'BUY', quantity: '1' }),
      'bad-record',
    ],
  ])('%s is named and its neighbours are read', (_, row, code) => {
    const good = cash({ transactionID: '77' })
    const { transactions, failed, skipped } = read(good + row + good)
    expect([transactions.length, skipped.length, failed.map(({ record, reason }) => [record, reason.code])]).toEqual([
      2,
      0,
      [[2, code]],
    ])
  })

  it('a file that was cut off keeps what is whole and says so', () => {
    const { transactions, findings } = readWith(flexImporter, household.slice(0, household.indexOf('<Lot')))
    expect(transactions).toHaveLength(2)
    expect(findings.map(({ code }) => code)).toEqual(['unclosed-element', 'count-mismatch'])
  })

  it('the broker’s refusal is told in its words', () => {
    const text =
      '<FlexStatementResponse><Status>Fail</Status><ErrorMessage>Token has expired.</ErrorMessage></FlexStatementResponse>'
    expect(rejectionOf(flexImporter, text)).toMatchObject({ code: 'wrong-kind' })
    expect(rejectionOf(flexImporter, text)?.message).toContain('Token has expired.')
  })

  it('a query without a statement is refused', () => {
    expect(rejectionOf(flexImporter, '<FlexQueryResponse></FlexQueryResponse>')?.code).toBe('no-transactions-table')
  })

  it('debit card activity is named, not dropped', () => {
    const { skipped } = read(tag('DebitCardActivity', { amount: '-5', currency: 'USD' }))
    expect(skipped.map(({ reason }) => reason.code)).toEqual(['unsupported-record'])
  })
})

it('is known by its root alone', () => {
  expect(identify(flexImporter, household)).toBe('yes')
  expect(identify(flexImporter, '<?xml version="1.0"?>\n<FlexQueryResponse type="TCF">')).toBe('yes')
  expect(identify(flexImporter, '<Document>FlexQueryResponse</Document>')).toBe('no')
  expect(identify(flexImporter, 'FlexQueryResponse,1')).toBe('no')
})
