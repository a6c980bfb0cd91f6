import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import { identify, readWith, rejectionOf } from '../text/test-support.ts'
import { qifImporter } from './qif-importer.ts'

const household = readFileSync(new URL('fixtures/household.qif', import.meta.url))
const read = (content: string | Uint8Array): ReturnType<typeof readWith> => readWith(qifImporter, content)

/** A bank section with one record for each line of `records`, its fields divided by "|". */
function bank(...records: string[]): string {
  return `!Type:Bank\n${records.map((record) => `${record.replaceAll('|', '\n')}\n^\n`).join('')}`
}

function invested(...records: string[]): string {
  return bank(...records).replace('Bank', 'Invst')
}

describe('the list of categories', () => {
  it('tells the program’s own tree, income and expense apart, and nothing that is made by the program', () => {
    const text = [
      '!Type:Cat',
      'NBoat:Berth',
      'E',
      '^',
      'NWages',
      'DWages and salary',
      'I',
      '^',
      'N_IntInc',
      'I',
      '^',
      '!Type:Bank',
      'D1/31/2026',
      'T-5',
      'LBoat:Berth',
      '^',
    ].join('\n')
    const { items, skipped, transactions } = readWith(qifImporter, text)
    expect(items.filter(({ type }) => type === 'category')).toEqual([
      { type: 'category', path: 'Boat:Berth', kind: 'expense' },
      { type: 'category', path: 'Wages', kind: 'income' },
    ])
    expect([skipped.length, transactions.length]).toEqual([3, 1])
  })
})

describe("a household's export of all accounts", () => {
  const { statements, transactions, skipped, failed, balances, findings } = read(household)

  it('has a statement for each account that has transactions, without a currency', () => {
    expect(statements.map(({ account, currency }) => [account.name, account.kind, currency])).toEqual([
      ['Checking', 'checking', null],
      ['Visa', 'credit-card', null],
      ['Broker', 'brokerage', null],
    ])
    expect(balances).toEqual([{ type: 'balance', statement: 1, kind: 'limit', amount: '5000', on: null }])
  })

  it('accounts for every record: eight transactions, and the lists as skipped information', () => {
    expect(transactions).toHaveLength(8)
    expect(failed).toEqual([])
    expect(findings).toEqual([])
    // four accounts of the list, two categories, one security
    expect(skipped.map((item) => item.reason.code)).toEqual(Array.from({ length: 7 }, () => 'information-only'))
  })

  it('reads the opening balance, splits, transfers and classes', () => {
    expect(transactions.slice(0, 5)).toEqual([
      { date: '2026-01-01', amount: '1000', kind: 'opening', payee: 'Opening Balance' },
      {
        date: '2026-01-15',
        amount: '-250',
        kind: 'payment',
        payee: 'Supermarket',
        memo: 'Weekly',
        checkNumber: '101',
        splits: [
          { amount: '-200', category: 'Food', memo: 'Groceries' },
          { amount: '-50', category: 'Household' },
        ],
      },
      { date: '2026-01-20', amount: '-300', kind: 'transfer', payee: 'Payment', transferAccount: 'Visa' },
      {
        date: '2026-01-18',
        amount: '-42.5',
        kind: 'payment',
        payee: 'Bistro',
        category: 'Food:Restaurant',
        tags: ['Holiday'],
      },
      { date: '2026-01-20', amount: '300', kind: 'transfer', payee: 'Payment', transferAccount: 'Checking' },
    ])
  })

  it('takes the cash effect of investments: +500 in, −302.50 for shares, a dividend that goes straight on leaves nothing', () => {
    const apple = { name: 'Apple', symbol: 'AAPL', class: 'equity' }
    expect(transactions.slice(5)).toEqual([
      { date: '2026-01-22', amount: '500', kind: 'transfer', transferAccount: 'Checking' },
      {
        date: '2026-01-23',
        amount: '-302.5',
        kind: 'buy',
        security: apple,
        quantity: '2',
        price: '150.25',
        fee: '2',
      },
      {
        date: '2026-01-30',
        amount: '0',
        kind: 'dividend',
        security: apple,
        splits: [
          { amount: '1.2', memo: 'DivX' },
          { amount: '-1.2', transferAccount: 'Checking' },
        ],
      },
    ])
  })
})

describe('a split, which QIF tells as new shares for ten old ones', () => {
  const split = (on: string, ratio: string) => `D${on}|NStkSplit|YX|Q${ratio}`
  const buy = (on: string, quantity: string) => `D${on}|NBuy|YX|I10|Q${quantity}|T100.00`
  const sell = (on: string, quantity: string) => `D${on}|NSell|YX|I10|Q${quantity}|T100.00`

  it.each([
    [
      'two for one of 30 − 10 bring 20',
      [buy('2026-01-05', '30'), sell('2026-01-06', '10'), split('2026-02-01', '20')],
      '20',
    ],
    ['three for two of 5 bring 2.5', [buy('2026-01-05', '5'), split('2026-02-01', '15')], '2.5'],
    ['ten joined to one of 100 take 90', [buy('2026-01-05', '100'), split('2026-02-01', '1')], '-90'],
    [
      'a second one goes by the shares of the first',
      [buy('2026-01-05', '1'), split('2026-02-01', '20'), split('2026-03-01', '20')],
      '2',
    ],
  ])('%s', (_, records, expected) => {
    const { transactions, findings } = read(invested(...records))
    expect(transactions.at(-1)?.quantity).toBe(expected)
    expect(findings.filter(({ code }) => code === 'unsupported-record')).toEqual([])
  })

  it.each([
    ['nothing is known of the shares', [split('2026-02-01', '20')]],
    [
      'the lines are not in the order of their days',
      [buy('2026-03-05', '30'), buy('2026-01-05', '30'), split('2026-02-01', '20')],
    ],
    ['it has no ratio', [buy('2026-01-05', '30'), 'D2026-02-01|NStkSplit|YX']],
  ])('says so where %s', (_, records) => {
    const { transactions, findings } = read(invested(...records))
    expect(transactions.at(-1)).not.toHaveProperty('quantity')
    expect(findings.filter(({ code }) => code === 'unsupported-record')).toHaveLength(1)
  })
})

describe('dates', () => {
  const datesOf = (...texts: string[]): unknown[] => {
    const { transactions, failed, findings } = read(bank(...texts.map((text) => `D${text}|T1.00`)))
    return [transactions.map((transaction) => transaction.date), failed.length, findings.map((finding) => finding.code)]
  }
  it.each([
    ['month first, by one that has no other reading', ['01/02/2026', '01/31/2026'], ['2026-01-02', '2026-01-31']],
    ['day first, by one that has no other reading', ['01/02/2026', '31/01/2026'], ['2026-02-01', '2026-01-31']],
    [
      'Quicken',
      ["1/ 2'04", "12/31'99", '6/ 1/94', "1/13' 5"],
      ['2004-01-02', '1999-12-31', '1994-06-01', '2005-01-13'],
    ],
    ['points', ['02.01.2026', '3.1.26'], ['2026-01-02', '2026-01-03']],
    ['ISO', ['2026-01-02', '2026/1/3', '20260104'], ['2026-01-02', '2026-01-03', '2026-01-04']],
    ['names', ['2-Jan-2026', 'Jan 3, 2026', '4 février 2026'], ['2026-01-02', '2026-01-03', '2026-02-04']],
    ['two digits', ['13/01/95', '13/01/26', '13/01/28'], ['1995-01-13', '2026-01-13', '1928-01-13']],
    ['the same either way', ['01/01/2026', '02/02/2026'], ['2026-01-01', '2026-02-02']],
    ['eight digits', ['31012026', '01022026'], ['2026-01-31', '2026-02-01']],
  ])('%s', (_, texts, dates) => {
    expect(datesOf(...texts)).toEqual([dates, 0, []])
  })

  it.each([
    ['one that would lie ahead of today', ['01/02/2026', '05/12/2025'], ['2026-02-01', '2025-12-05'], 'dmy'],
    [
      'the course of the days',
      ['01/02/2025', '02/02/2025', '03/02/2025'],
      ['2025-02-01', '2025-02-02', '2025-02-03'],
      'dmy',
    ],
    ['the American habit', ['08/12/2013', '03/03/2013'], ['2013-08-12', '2013-03-03'], 'mdy'],
  ])('could be read both ways: guessed by %s, and said so', (_, texts, dates) => {
    expect(datesOf(...texts)).toEqual([dates, 0, ['ambiguous-date-order']])
  })

  it('of both orders in one file: the fewer ones fail by name, and it is said', () => {
    expect(datesOf('31/01/2026', '30/01/2026', '01/29/2026')).toEqual([
      ['2026-01-31', '2026-01-30'],
      1,
      ['ambiguous-date-order'],
    ])
  })

  it('are read as the user said', () => {
    const layout: DelimitedLayout = {
      encoding: 'utf-8',
      delimiter: ',',
      quote: '"',
      headerRow: null,
      firstRow: 1,
      columns: [],
      dateOrder: 'dmy',
      decimalMark: ',',
      sign: 'as-written',
      currency: 'EUR',
      fingerprint: 'x',
    }
    const { transactions, statements, findings } = readWith(qifImporter, bank('D08/12/2013|T1.234'), { layout })
    expect(transactions).toEqual([{ date: '2013-12-08', amount: '1234', kind: 'payment' }])
    expect(statements[0]?.currency).toBe('EUR')
    expect(findings).toEqual([])
  })
})

describe('numbers', () => {
  it.each([
    ['points', ['1,234.56', '-5.00', '1,000'], ['1234.56', '-5', '1000']],
    ['commas', ['1.234,56', '-5,00', '1.000'], ['1234.56', '-5', '1000']],
    ['Swiss', ["1'234.56", '-5.00'], ['1234.56', '-5']],
    ['French', ['1\u00a0234,56', '-5,00'], ['1234.56', '-5']],
    ['trailing minus and currency', ['5.00-', '$7.00', '€ 3.50'], ['-5', '7', '3.5']],
  ])('%s', (_, texts, amounts) => {
    const { transactions, findings } = read(bank(...texts.map((text) => `D2026-01-05|T${text}`)))
    expect(transactions.map((transaction) => transaction.amount)).toEqual(amounts)
    expect(findings).toEqual([])
  })

  it('that could mean two things are said to', () => {
    const { transactions, findings } = read(bank('D2026-01-05|T1,234'))
    expect(transactions[0]?.amount).toBe('1234')
    expect(findings.map((finding) => finding.code)).toEqual(['ambiguous-decimal-mark'])
  })

  it('may be fractions where they are prices', () => {
    const { transactions } = read(invested('D2026-01-05|NBuy|YX|I26 1/2|Q10|T265.00'))
    expect(transactions[0]).toMatchObject({ price: '26.5', quantity: '10', amount: '-265' })
  })
})

describe('splits', () => {
  it('that do not add up get a part for what is missing, and it is said', () => {
    const { transactions, findings } = read(bank('D2026-01-05|T-10.00|SFood|$-6.00|S[Savings]|$-3.00'))
    expect(transactions[0]?.splits).toEqual([
      { amount: '-6', category: 'Food' },
      { amount: '-3', transferAccount: 'Savings' },
      { amount: '-1' },
    ])
    expect(findings).toMatchObject([{ code: 'balance-mismatch', record: 2 }])
  })

  it('may be shares of a hundred', () => {
    const { transactions } = read(bank('D2026-01-05|T-10.00|SFood|%75|SHome|%25%'))
    expect(transactions[0]?.splits).toEqual([
      { amount: '-7.5', category: 'Food' },
      { amount: '-2.5', category: 'Home' },
    ])
  })

  it('make up the amount where there is none', () => {
    expect(read(bank('D2026-01-05|SFood|$-6.00|SHome|$-3.00')).transactions[0]?.amount).toBe('-9')
  })
})

describe('investment actions', () => {
  const none = undefined
  it.each([
    ['Buy', '-100', 'buy', '10'],
    ['CvrShrt', '-100', 'buy', '10'],
    ['Sell', '100', 'sell', '-10'],
    ['ShtSell', '100', 'sell', '-10'],
    ['BuyX', '0', 'buy', '10'],
    ['SellX', '0', 'sell', '-10'],
    ['Div', '100', 'dividend', none],
    ['CGLong', '100', 'dividend', none],
    ['CGShortX', '0', 'dividend', none],
    ['IntInc', '100', 'interest', none],
    ['MargInt', '-100', 'interest', none],
    ['ReinvDiv', '0', 'reinvestment', '10'],
    ['ReinvSh', '0', 'reinvestment', '10'],
    ['ShrsIn', '0', 'security-in', '10'],
    ['ShrsOut', '0', 'security-out', '-10'],
    ['StkSplit', '0', 'split', none],
    ['MiscInc', '100', 'other', none],
    ['MiscExp', '-100', 'fee', none],
    ['RtrnCap', '100', 'return-of-capital', none],
    ['XIn', '100', 'transfer', none],
    ['XOut', '-100', 'transfer', none],
    ['ContribX', '100', 'transfer', none],
    ['WithdrwX', '-100', 'transfer', none],
    ['Cash', '100', 'transfer', none],
    ['Achat', '-100', 'buy', '10'],
    ['Verkauf', '100', 'sell', '-10'],
  ])('%s: cash %s, %s', (action, amount, kind, quantity) => {
    const { transactions } = read(invested(`D2026-01-05|N${action}|YX|I10|Q10|T100.00|L[Other]`))
    const [transaction] = transactions
    expect([transaction?.amount, transaction?.kind, transaction?.quantity]).toEqual([amount, kind, quantity])
  })

  it('without a total cost quantity × price and the commission: 10 × 10.05 + 2.50 = 103.00', () => {
    const { transactions } = read(
      invested('D2026-01-05|NBuy|YX|I10.05|Q10|O2.50', 'D2026-01-06|NSell|YX|I10.05|Q10|O2.50'),
    )
    // 100.50 − 2.50 = 98.00
    expect(transactions.map((transaction) => transaction.amount)).toEqual(['-103', '98'])
  })

  it('that nobody knows fail by name', () => {
    const { failed } = read(invested('D2026-01-05|NTeleport|YX|T1.00'))
    expect(failed.map((item) => [item.record, item.reason.code])).toEqual([[2, 'unsupported-record']])
  })
})

describe('accounts', () => {
  it('are named by the opening balance where no account record does', () => {
    const { statements } = read(`${bank('D2026-01-05|T1.00|POpening Balance|L[Mine]')}${bank('D2026-01-06|T1.00')}`)
    expect(statements.map((item) => item.account.name)).toEqual(['Mine', undefined])
  })

  it('of an account record hold one section, not the next', () => {
    const account = '!Account\nNMine\nTBank\n^\n'
    const { statements } = read(account + bank('D2026-01-05|T1.00') + invested('D2026-01-05|NXIn|T1.00'))
    expect(statements.map((item) => [item.account.name, item.account.kind])).toEqual([
      ['Mine', 'checking'],
      [undefined, 'brokerage'],
    ])
  })

  it.each([
    ['Bank', 'checking'],
    ['Cash', 'cash'],
    ['CCard', 'credit-card'],
    ['Oth A', 'asset'],
    ['Oth L', 'liability'],
    ['Invst', 'brokerage'],
    ['401(k)/403(b)', 'retirement'],
    ['bank ', 'checking'],
  ])('of type %s are %s', (type, kind) => {
    const { statements } = read(bank('D2026-01-05|T1.00|NCash').replace('Bank', type))
    expect(statements[0]?.account.kind).toBe(kind)
  })
})

describe('damage', () => {
  it.each([
    ['no amount', 'D2026-01-05|PX', 'missing-amount'],
    ['no number', 'D2026-01-05|Tten', 'bad-amount'],
    ['no date', 'T1.00', 'missing-date'],
    ['no day', 'D2026-02-30|T1.00', 'bad-date'],
    ['a part without a number', 'D2026-01-05|T1.00|SFood|$x', 'bad-amount'],
  ])('%s: named by its line, its neighbours unharmed', (_, record, code) => {
    const good = 'D2026-01-05|T-10.00'
    const { failed, sum } = read(bank(good, record, good))
    expect(failed.map((item) => [item.record, item.reason.code])).toEqual([[5, code]])
    expect(sum).toBe('-20')
  })

  it('at the end: a record that breaks off is not booked', () => {
    const { failed, transactions } = read(`${bank('D2026-01-05|T-10.00')}D2026-01-06\nT-1`)
    expect(transactions).toHaveLength(1)
    expect(failed.map((item) => [item.record, item.reason.code])).toEqual([[5, 'bad-record']])
  })

  it('between sections: a lost end costs one record', () => {
    const { failed, transactions } = read(`!Type:Bank\nD2026-01-05\nT-10.00\n${bank('D2026-01-06|T-1.00')}`)
    expect([transactions.length, failed.length]).toEqual([1, 1])
  })
})

describe('lists', () => {
  it('of prices are prices', () => {
    const { items } = read('!Type:Prices\n"AAPL",150.25,"12/31/25"\n^\n"X",10 1/2," 1/ 2\'26"\n^\n')
    expect(items.filter((item) => item.type === 'price')).toEqual([
      { type: 'price', security: { symbol: 'AAPL' }, price: '150.25', currency: null, on: '2025-12-31' },
      { type: 'price', security: { symbol: 'X' }, price: '10.5', currency: null, on: '2026-01-02' },
    ])
  })

  it('of other kinds, known or not, are skipped one by one', () => {
    const { skipped } = read('!Type:Memorized\nKP\nT-1.00\n^\n!Type:Class\nNx\n^\n!Type:Whatever\nNx\n^\n')
    expect(skipped.map((item) => item.record)).toEqual([2, 6, 9])
  })
})

describe('text', () => {
  it('is read in its encoding, with any line ends', () => {
    const latin = Uint8Array.from('!Type:Bank\r\nD5/1/2026\rT-1,50\rPCr\xe9dit\r\n^\r\n', (letter) =>
      letter.charCodeAt(0),
    )
    expect(read(latin).transactions[0]).toMatchObject({ payee: 'Crédit', amount: '-1.5' })
    expect(read('\ufeff!Type:Bank\nD5/13/2026\nT1\nP支付宝\n^').transactions[0]?.payee).toBe('支付宝')
  })

  it('takes the address for a memo where there is none', () => {
    const { transactions } = read(bank('D2026-01-05|T1.00|PX|AX|AStreet 1|ATown', 'D2026-01-05|T1.00|AStreet|MMemo'))
    expect(transactions.map((transaction) => transaction.memo)).toEqual(['Street 1, Town', 'Memo'])
  })
})

describe('a file that must be refused', () => {
  it.each([
    ['an empty file', '', 'empty-file'],
    ['zero bytes', '\0\0\0', 'binary'],
    ['prose', 'Tchen tenterait-il de lever la moustiquaire ?\nDeux klaxons.\n', 'wrong-kind'],
    ['a table', 'Date,Amount\n2026-01-05,1.00\n', 'wrong-kind'],
  ])('%s', (_, text, code) => {
    expect(rejectionOf(qifImporter, text)?.code).toBe(code)
  })
})

describe('identify', () => {
  it.each([
    ['a type', '!Type:Bank\n', 'yes'],
    ['a type in lower case after blank lines', '\r\n\r\n!type:bank\r\n', 'yes'],
    ['an account', '!Account\n', 'yes'],
    ['an option', '!Option:AutoSwitch\n', 'yes'],
    ['a type after a heading', 'Export of 2026\n!Type:Bank\n', 'likely'],
    ['records without a header', 'D1/2/2026\nT-5.00\nPX\n^\n', 'likely'],
    ['prose', 'Tomorrow\nDarling\n', 'no'],
    ['CSV', 'Date,Amount\n', 'no'],
  ])('%s', (_, text, answer) => {
    expect(identify(qifImporter, text)).toBe(answer)
  })
})
