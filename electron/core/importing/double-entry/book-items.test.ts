import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { addDecimal, type Decimal, decimalOf, ZERO } from '../../../../shared/domain/decimal.ts'
import { accountOf, itemsOf, postingOf, rowsAsText, transactionOf } from './test-support.ts'

const USD = parseCurrencyCode('USD')

const accounts = [
  accountOf('Assets', 'asset'),
  accountOf('Assets:Bank', 'asset'),
  accountOf('Assets:Savings', 'asset'),
  accountOf('Assets:Dollars', 'asset'),
  accountOf('Assets:Broker', 'asset'),
  accountOf('Assets:Broker:XYZ', 'asset', { isHolding: true }),
  accountOf('Assets:Broker:ABC', 'asset', { isHolding: true }),
  accountOf('Card', 'liability', { kind: 'credit-card' }),
  accountOf('Mortgage', 'liability'),
  accountOf('Expenses', 'expense'),
  accountOf('Expenses:Food', 'expense'),
  accountOf('Expenses:Fees', 'expense'),
  accountOf('Expenses:Tax', 'expense'),
  accountOf('Expenses:Interest', 'expense'),
  accountOf('Income', 'income'),
  accountOf('Income:Salary', 'income'),
  accountOf('Income:Gains', 'income'),
  accountOf('Income:Dividends', 'income'),
  accountOf('Equity', 'equity'),
  accountOf('Equity:Opening Balances', 'equity'),
  accountOf('Equity:Drawings', 'equity'),
  accountOf('Imbalance-EUR', 'none'),
]

interface Case {
  readonly rule: string
  readonly postings: readonly string[]
  readonly in?: typeof USD
  readonly rows: readonly string[]
}

const cases: readonly Case[] = [
  {
    rule: 'one own account and one category: a row with that category',
    postings: ['Expenses:Food 12.50 EUR', 'Assets:Bank -12.50 EUR'],
    rows: ['Bank: -12.5 payment Food'],
  },
  {
    rule: 'a purchase on a card is negative, for it is owed',
    postings: ['Expenses:Food 30 EUR', 'Card -30 EUR'],
    rows: ['Card: -30 payment Food'],
  },
  {
    rule: 'several categories: parts that add up to the row',
    // 2000 earned, 500 of it tax: 1500 arrive
    postings: ['Income:Salary -2000 EUR', 'Expenses:Tax 500 EUR', 'Assets:Bank 1500 EUR'],
    rows: ['Bank: 1500 payment {2000 Salary}{-500 Tax}'],
  },
  {
    rule: 'two own accounts: a transfer, once on each',
    postings: ['Assets:Savings 100 EUR', 'Assets:Bank -100 EUR'],
    rows: ['Savings: 100 transfer [Bank]', '+ Bank: -100 transfer [Savings]'],
  },
  {
    rule: 'a transfer with a category beside it: a part on the account whose money moved most',
    // a rate of 1000 pays 600 back and 400 of interest
    postings: ['Assets:Bank -1000 EUR', 'Mortgage 600 EUR', 'Expenses:Interest 400 EUR'],
    rows: ['Bank: -1000 payment {-400 Interest}{-600 [Mortgage]}', '+ Mortgage: 600 transfer [Bank]'],
  },
  {
    rule: 'a transfer into another currency keeps both amounts and the rate',
    // 110 USD for 100 EUR: each USD weighs 100/110 EUR, so a USD row is 110 = 100 EUR × 1.1
    postings: ['Assets:Dollars 110 USD = 100', 'Assets:Bank -100 EUR = -100'],
    rows: ['Bank: -100 transfer [Dollars]', '+ Dollars: 110 transfer [Bank] (100 EUR × 1.1)'],
  },
  {
    rule: 'parts of a row in another currency than the transaction add up in the row’s own',
    // 33.33 USD for 30 EUR: Food 20 EUR is 22.22, Fees 10 EUR is 11.11
    postings: ['Assets:Dollars -33.33 USD = -30', 'Expenses:Food 20 EUR', 'Expenses:Fees 10 EUR'],
    rows: ['Dollars: -33.33 payment {-22.22 Food}{-11.11 Fees} (-30 EUR × 1.111)'],
  },
  {
    rule: 'a category counted in foreign money tells what was charged',
    // 22 USD cost 20 EUR: -20 = -22 × 0.909…
    postings: ['Assets:Bank -20 EUR = -20', 'Expenses:Food 22 USD = 20'],
    rows: ['Bank: -20 payment Food (-22 USD × 0.9090909091)'],
  },
  {
    rule: 'an opening balance',
    postings: ['Equity:Opening Balances -50 EUR', 'Assets:Bank 50 EUR'],
    rows: ['Bank: 50 opening Equity:Opening Balances'],
  },
  {
    rule: 'one entry that opens several accounts opens each by itself',
    postings: ['Equity:Opening Balances 150 EUR', 'Assets:Bank 50 EUR', 'Mortgage -200 EUR'],
    rows: ['Bank: 50 opening Equity:Opening Balances', '+ Mortgage: -200 opening Equity:Opening Balances'],
  },
  {
    rule: 'other equity is no opening',
    postings: ['Equity:Drawings 5 EUR', 'Assets:Bank -5 EUR'],
    rows: ['Bank: -5 other Equity:Drawings'],
  },
  {
    rule: 'what does not balance goes without a category',
    postings: ['Assets:Bank -10 EUR', 'Imbalance-EUR 10 EUR'],
    rows: ['Bank: -10 payment'],
  },
  {
    rule: 'a transaction that leaves something open gets a part for it',
    postings: ['Assets:Bank -10 EUR', 'Expenses:Food 7 EUR'],
    rows: ['Bank: -10 payment {-7 Food}{-3 -}'],
  },
  {
    rule: 'what was earned and spent at once keeps its categories and moves nothing',
    postings: ['Income:Salary -20 EUR', 'Expenses:Food 20 EUR'],
    rows: ['Clearing: 0 payment {20 Salary}{-20 Food}'],
  },
  {
    rule: 'a voided transaction stays as a row of nothing',
    postings: ['Assets:Bank 0 EUR', 'Expenses:Food 0 EUR'],
    rows: ['Bank: 0 other'],
  },
  {
    rule: 'a purchase on the account that holds the shares: its cash effect, price and fee',
    // 3 shares at 100 and 9 of costs
    postings: ['Assets:Broker:XYZ 3 XYZ = 300', 'Expenses:Fees 9 EUR', 'Assets:Broker -309 EUR'],
    rows: ['Broker: -309 buy 3 XYZ @ 100 fee 9'],
  },
  {
    rule: 'a purchase paid from elsewhere: zero here, a transfer there',
    postings: ['Assets:Broker:XYZ 3 XYZ = 300', 'Expenses:Fees 9 EUR', 'Assets:Bank -309 EUR'],
    rows: ['Broker: 0 buy 3 XYZ @ 100', '+ Bank: -309 payment {-9 Fees}{-300 [Broker]}'],
  },
  {
    rule: 'a sale booked at cost with its gain: the price is what was paid for it',
    // 2 bought at 100 sold for 150 each: 300 = 200 + a gain of 100
    postings: ['Assets:Broker:XYZ -2 XYZ = -200', 'Income:Gains -100 EUR', 'Assets:Bank 300 EUR'],
    rows: ['Broker: 0 sell -2 XYZ @ 150', '+ Bank: 300 transfer [Broker]'],
  },
  {
    rule: 'a sale with tax on its own account',
    postings: [
      'Assets:Broker:XYZ -2 XYZ = -200',
      'Income:Gains -100 EUR',
      'Expenses:Tax 26 EUR',
      'Assets:Broker 274 EUR',
    ],
    rows: ['Broker: 274 sell -2 XYZ @ 150 tax 26'],
  },
  {
    rule: 'shares that were there already',
    postings: ['Assets:Broker:XYZ 4 XYZ = 400', 'Equity:Opening Balances -400 EUR'],
    rows: ['Broker: 0 security-in 4 XYZ @ 100'],
  },
  {
    rule: 'a dividend that was reinvested',
    postings: ['Assets:Broker:XYZ 0.5 XYZ = 50', 'Income:Dividends -50 EUR'],
    rows: ['Broker: 0 reinvestment Dividends 0.5 XYZ @ 100'],
  },
  {
    rule: 'a dividend that names its shares by a posting of none',
    postings: ['Assets:Broker:XYZ 0 XYZ = 0', 'Income:Dividends -8 EUR', 'Assets:Bank 8 EUR'],
    rows: ['Bank: 8 dividend Dividends 0 XYZ'],
  },
  {
    rule: 'a gain booked by itself moves no units',
    postings: ['Assets:Broker:XYZ 0 XYZ = 40', 'Income:Gains -40 EUR'],
    rows: ['Broker: 0 other Gains 0 XYZ'],
  },
  {
    rule: 'units that come for nothing are a share split',
    postings: ['Assets:Broker:XYZ 10 XYZ = 0'],
    rows: ['Broker: 0 split 10 XYZ'],
  },
  {
    rule: 'one share for another moves no money',
    postings: ['Assets:Broker:XYZ -2 XYZ = -200', 'Assets:Broker:ABC 1 ABC = 200'],
    rows: ['Broker: 0 security-out -2 XYZ @ 100', '+ Broker: 0 security-in 1 ABC @ 200'],
  },
  {
    rule: 'trades of a holding stay in one currency; the price follows by the entry’s own rate',
    // 2 for 110 USD that cost 100 EUR: in EUR 55 USD are 50
    postings: ['Assets:Broker:XYZ 2 XYZ = 110', 'Assets:Bank -100 EUR = -110'],
    in: USD,
    rows: ['Broker: 0 buy 2 XYZ @ 55', '+ Bank: -100 transfer [Broker] (-110 USD × 0.9090909091)'],
  },
]

describe('a transaction of a double-entry book', () => {
  it.each(cases)('$rule', ({ postings, in: currency, rows }) => {
    const items = itemsOf(accounts, transactionOf(postings, currency === undefined ? {} : { in: currency }))
    expect(rowsAsText(items)).toEqual(rows)
  })

  it('is skipped where it only closes the book, and fails where its account is unknown', () => {
    const items = itemsOf(
      accounts,
      transactionOf(['Income:Salary 20 EUR', 'Equity -20 EUR'], { record: 1 }),
      transactionOf(['Assets:Bank 20 EUR', 'Nowhere -20 EUR'], { record: 2 }),
      transactionOf(['Assets:Bank 20 EUR', 'Income:Salary -20 EUR'], { record: 3 }),
    )
    expect(items.map(({ type, ...item }) => [type, 'record' in item ? item.record : null])).toEqual([
      ['skipped', 1],
      ['failed', 2],
      ['statement', null],
      ['category', null],
      ['transaction', 3],
    ])
  })

  it('announces accounts with their kind, and each category once', () => {
    const items = itemsOf(
      accounts,
      transactionOf(['Card -20 EUR', 'Expenses:Food 20 EUR']),
      transactionOf(['Mortgage -20 EUR', 'Expenses:Food 20 EUR']),
      transactionOf(['Assets:Broker:XYZ 1 XYZ = 5', 'Income:Dividends -5 EUR']),
    )
    expect(items.filter(({ type }) => type !== 'transaction')).toEqual([
      { type: 'statement', statement: 0, account: { name: 'Card', kind: 'credit-card' }, currency: 'EUR' },
      { type: 'category', path: 'Food', kind: 'expense' },
      { type: 'statement', statement: 1, account: { name: 'Mortgage', kind: 'loan' }, currency: 'EUR' },
      { type: 'statement', statement: 2, account: { name: 'Broker', kind: 'brokerage' }, currency: 'EUR' },
      { type: 'category', path: 'Dividends', kind: 'income' },
    ])
  })

  it('keeps payee, memo, number, tags and the bank’s own reference of each side', () => {
    const [first, second] = ['Assets:Savings 7 EUR', 'Assets:Bank -7 EUR'].map(postingOf)
    if (first === undefined || second === undefined) throw new TypeError('no postings')
    const items = itemsOf(accounts, {
      ...transactionOf([]),
      payee: 'Me',
      memo: 'put aside',
      reference: 'book-id-1',
      checkNumber: '12',
      tags: ['holiday'],
      postings: [first, { ...second, memo: 'standing order', reference: 'bank-ref-9' }],
    })
    const rows = items.flatMap((item) => (item.type === 'transaction' ? [item.transaction] : []))
    expect(
      rows.map(({ payee, memo, reference, checkNumber, tags }) => [payee, memo, reference, checkNumber, tags]),
    ).toEqual([
      ['Me', 'put aside', 'book-id-1', '12', ['holiday']],
      ['Me', 'put aside; standing order', 'bank-ref-9', '12', ['holiday']],
    ])
  })
})

describe('any book', () => {
  const names = ['Assets:Bank', 'Assets:Savings', 'Card', 'Expenses:Food', 'Income:Salary', 'Mortgage', 'Expenses:Fees']
  const entry = fc
    .array(fc.tuple(fc.constantFrom(...names), fc.integer({ min: -99_999, max: 99_999 })), {
      minLength: 1,
      maxLength: 6,
    })
    .map((postings) => {
      const sum = postings.reduce((total, [, cents]) => total + cents, 0)
      return postings.concat([['Assets:Bank', -sum]])
    })

  it('leaves each account with what its postings add up to, each record counted once, parts that add up', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        const transactions = entries.map((postings, index) =>
          transactionOf(
            postings.map(([account, cents]) => `${account} ${decimalOf(cents, 2)} EUR`),
            { record: index + 1 },
          ),
        )
        const items = itemsOf(accounts, ...transactions)
        const wanted = new Map<string, Decimal>()
        const found = new Map<string, Decimal>()
        for (const [account, cents] of entries.flat()) {
          if (/^(Expenses|Income)/.test(account)) continue
          const name = account.replace('Assets:', '')
          wanted.set(name, addDecimal(wanted.get(name) ?? ZERO, decimalOf(cents, 2)))
        }
        const nameOf = new Map<number, string>()
        const records: number[] = []
        for (const item of items) {
          if (item.type === 'statement') nameOf.set(item.statement, item.account.name ?? '')
          if (item.type !== 'transaction') continue
          const { amount, splits } = item.transaction
          const name = nameOf.get(item.statement) ?? ''
          found.set(name, addDecimal(found.get(name) ?? ZERO, amount))
          const whole = splits === undefined ? amount : splits.reduce((sum, part) => addDecimal(sum, part.amount), ZERO)
          expect(whole).toBe(amount)
          if (item.side !== 'counterpart') records.push(item.record)
        }
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted))
        expect(records).toEqual(entries.map((_, index) => index + 1))
      }),
    )
  })
})
