import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { rowsAsText } from '../double-entry/test-support.ts'
import { type Importer, ImportRejection, type ParsedItem } from '../importer.ts'
import { readHead } from '../registry.ts'
import { bytesSource } from '../text/decode.ts'
import { beancountImporter, ledgerImporter } from './journal-importers.ts'
import { processorMilliseconds } from '../../../../test/support/processor-time.ts'

const today = parseIsoDate('2026-11-23')
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function read(importer: Importer, text: string | Uint8Array): ParsedItem[] {
  const source = bytesSource('book', typeof text === 'string' ? bytes(text) : text)
  return [...importer.parse(source, { today })]
}
const rows = (importer: Importer, text: string): string[] => rowsAsText(read(importer, text))

/** [entries, skipped, failed, findings]: records each counted once. */
function counts(items: readonly ParsedItem[]): readonly number[] {
  const of = (type: ParsedItem['type']): number =>
    items.filter((item) => item.type === type && !('side' in item && item.side === 'counterpart')).length
  return [of('transaction'), of('skipped'), of('failed'), of('finding')]
}

/** An entry of 2026-01-15 with these lines. */
const entry = (...lines: readonly string[]): string =>
  `2026-01-15 * Shop\n${lines.map((line) => `    ${line}\n`).join('')}`

describe('an entry of ledger and hledger', () => {
  it.each([
    ['what is left out balances', ['Expenses:Food  12.50 EUR', 'Assets:Bank'], ['Bank: -12.5 payment Food']],
    ['a sign before the number', ['Expenses:Food  $12.50', 'Assets:Bank'], ['Bank: -12.5 payment Food']],
    ['a minus before the currency', ['Assets:Bank  -$12.50', 'Expenses:Food'], ['Bank: -12.5 payment Food']],
    ['a minus behind the currency', ['Assets:Bank  $-12.50', 'Expenses:Food'], ['Bank: -12.5 payment Food']],
    ['digits in groups', ['Assets:Bank  1,234,567.89 EUR', 'Income:Gift'], ['Bank: 1234567.89 payment Gift']],
    ['spaces as groups', ['Assets:Bank  1 234 567.89 EUR', 'Income:Gift'], ['Bank: 1234567.89 payment Gift']],
    ['decimal commas', ['Assets:Bank  1.234,50 EUR', 'Income:Gift'], ['Bank: 1234.5 payment Gift']],
    ['sums in brackets', ['Assets:Bank  ($10 + $2.50)', 'Income:Gift'], ['Bank: 12.5 payment Gift']],
    [
      'a total price: what was paid in another currency',
      ['Assets:Dollars  110 USD @@ 100 EUR', 'Assets:Bank  -100 EUR'],
      ['Bank: -100 transfer [Dollars]', '+ Dollars: 110 transfer [Bank] (100 EUR × 1.1)'],
    ],
    [
      'a purchase by price',
      ['Assets:Broker  3 XYZ @ 100 EUR', 'Assets:Bank'],
      ['Broker: 0 buy 3 XYZ @ 100', '+ Bank: -300 transfer [Broker]'],
    ],
    [
      'a sale at cost with its gain (ledger)',
      // 2 × 100 of cost, sold for 300
      ['Assets:Broker  -2 XYZ {100 EUR} @ 150 EUR', 'Income:Gains  -100 EUR', 'Assets:Bank  300 EUR'],
      ['Broker: 0 sell -2 XYZ @ 150', '+ Bank: 300 transfer [Broker]'],
    ],
    [
      'a sale at its price beside a lot (hledger)',
      ['Assets:Broker  -2 XYZ {100 EUR} @ 150 EUR', 'Assets:Bank  300 EUR'],
      ['Broker: 0 sell -2 XYZ @ 150', '+ Bank: 300 transfer [Broker]'],
    ],
    [
      'quoted commodities with digits',
      ['Assets:Broker  3 "600519" @ ￥100', 'Assets:银行'],
      ['Broker: 0 buy 3 600519 @ 100', '+ 银行: -300 transfer [Broker]'],
    ],
    [
      'two currencies without a price say their rate themselves',
      ['Assets:Dollars  110 USD', 'Assets:Bank  -100 EUR'],
      ['Dollars: 110 transfer [Bank]', '+ Bank: -100 transfer [Dollars] (-110 USD × 0.9090909091)'],
    ],
    [
      'a line in parentheses need not balance and counts with its entry',
      ['Expenses:Food  10 EUR', 'Assets:Bank', '(Liabilities:Tithe)  1 EUR'],
      ['Bank: -10 payment Food', '+ Tithe: 1 payment'],
    ],
    [
      'lines in brackets balance among themselves',
      ['Expenses:Food  10 EUR', 'Assets:Bank', '[Assets:Envelope]  -10 EUR', '[Assets:Bank]  10 EUR'],
      ['Bank: -10 payment Food', '+ Envelope: -10 transfer [Bank]', '+ Bank: 10 transfer [Envelope]'],
    ],
    ['a status before a line', ['* Assets:Bank  -5 EUR', '! Expenses:Food'], ['Bank: -5 payment Food']],
  ] as const)('%s', (_, lines, wanted) => {
    expect(rows(ledgerImporter, entry(...lines))).toEqual(wanted)
  })

  it('keeps date, other date, code, payee, note and tags', () => {
    const text = `2026/1/5=2026-01-07 ! (1042) Landlord | rent of January  ; :home:\n    ; paid late\n    Assets:Bank  -900 EUR ; by transfer\n    Expenses:Rent\n`
    const [row] = read(ledgerImporter, text).flatMap((item) => (item.type === 'transaction' ? [item.transaction] : []))
    expect(row).toMatchObject({
      date: '2026-01-05',
      valueDate: '2026-01-07',
      status: 'pending',
      checkNumber: '1042',
      payee: 'Landlord',
      memo: 'rent of January; paid late; by transfer',
      tags: ['home'],
    })
  })
})

describe('a journal of ledger and hledger', () => {
  const pay = '01/15 Shop\n    Expenses:Food  1 EUR\n    Assets:Bank\n'
  it.each([
    ['Y', `Y 2019\n${pay}`, '2019-01-15'],
    ['year', `year 2018\n${pay}`, '2018-01-15'],
    ['apply year', `apply year 2017\n${pay}end apply year\n`, '2017-01-15'],
    ['the present year where none is given', pay, '2026-01-15'],
  ])('takes the year of %s', (_, text, date) => {
    const found = read(ledgerImporter, text).find((item) => item.type === 'transaction')
    expect(found).toMatchObject({ transaction: { date } })
  })

  it.each([
    ['alias', 'alias Bank=Assets:Bank\n2026-01-01 x\n    Bank  1 EUR\n    Income:Gift\n', ['Bank: 1 payment Gift']],
    [
      'apply account',
      'apply account Assets\n2026-01-01 x\n    Bank  1 EUR\n    Cash\nend apply account\n',
      ['Bank: 1 transfer [Cash]', '+ Cash: -1 transfer [Bank]'],
    ],
    ['D', 'D $1,000.00\n2026-01-01 x\n    Assets:Bank  1\n    Income:Gift\n', ['Bank: 1 payment Gift']],
    ['bucket', 'bucket Assets:Bank\n2026-01-01 x\n    Expenses:Food  1 EUR\n', ['Bank: -1 payment Food']],
    [
      'aliases and the default under an account',
      'account Assets:Bank\n    alias giro\n    default\n2026-01-01 x\n    giro  1 EUR\n    Income:Gift\n\n2026-01-02 y\n    Expenses:Food  2 EUR\n',
      ['Bank: 1 payment Gift', 'Bank: -2 payment Food'],
    ],
    [
      'account types in other words',
      'account Kasse  ; type: A\naccount Spaß  ; type: X\n2026-01-01 x\n    Kasse  -1 EUR\n    Spaß\n',
      ['Kasse: -1 payment Spaß'],
    ],
    ['roots of other languages', '2026-01-01 x\n    资产:银行  -1 CNY\n    支出:餐饮\n', ['银行: -1 payment 餐饮']],
    [
      'balances that are to be reached',
      '2026-01-01 x\n    Assets:Bank  10 EUR\n    Income:Gift\n\n2026-01-02 y\n    Assets:Bank  = 7 EUR\n    Expenses:Food\n',
      ['Bank: 10 payment Gift', 'Bank: -3 payment Food'],
    ],
    [
      'comments, comment blocks and directives of no money',
      '; a\n# b\n* c\ncomment\n2020-01-01 no\n    A  1 EUR\n    B\nend comment\ncommodity 1.00 EUR\n    note x\npayee Me\n--flag\n2026-01-01 x\n    Assets:Bank  1 EUR\n    Income:Gift\n',
      ['Bank: 1 payment Gift'],
    ],
  ])('knows %s', (_, text, wanted) => {
    expect(rows(ledgerImporter, text)).toEqual(wanted)
  })

  it('decides the decimal mark from all its numbers', () => {
    const text = entry('Assets:Bank  1,5 EUR', 'Income:Gift') + '\n' + entry('Assets:Bank  1.000 EUR', 'Income:Gift')
    expect(rows(ledgerImporter, text)).toEqual(['Bank: 1.5 payment Gift', 'Bank: 1000 payment Gift'])
  })

  it.each([
    ['a commodity’s sample', 'commodity 1.000,00 EUR\n', ['Bank: 2 payment Gift'], 0],
    ['a default commodity', 'D 1.000,00 EUR\n', ['Bank: 2 payment Gift'], 0],
    ['nothing: then it says so', '', ['Bank: 2000 payment Gift'], 1],
  ])('takes the decimal mark of a lone "2,000" from %s', (_, before, wanted, findings) => {
    const items = read(ledgerImporter, `${before}${entry('Assets:Bank  2,000 EUR', 'Income:Gift')}`)
    expect([rowsAsText(items), counts(items)[3]]).toEqual([wanted, findings])
  })

  it('keeps prices of securities and rates of currencies', () => {
    const items = read(
      ledgerImporter,
      'P 2026-01-01 12:00:00 XYZ $10.50\nP 2026/1/2 "A 1" 3 EUR\nP 2026-01-03 € $1.10\n',
    )
    expect(items.map((item) => ('on' in item ? [item.type, item.on] : [item.type]))).toEqual([
      ['price', '2026-01-01'],
      ['price', '2026-01-02'],
      ['exchange-rate', '2026-01-03'],
    ])
  })

  it('counts each record once: a damaged one among good ones is named and harms no other', () => {
    const text = [
      entry('Assets:Bank  1 EUR', 'Income:Gift'),
      entry('Assets:Bank  1..2.3 EUR', 'Income:Gift'),
      '2026-02-30 no such day\n    Assets:Bank  1 EUR\n    Income:Gift\n',
      entry('Assets:Bank', 'Income:Gift'),
      '= /Food/\n    (Budget)  1\n',
      '~ monthly\n    Assets:Bank  1 EUR\n    Income:Gift\n',
      'include other.journal\n',
      'nonsense here\n',
      entry('Assets:Bank  2 EUR', 'Income:Gift'),
    ].join('\n')
    const items = read(ledgerImporter, text)
    expect(counts(items)).toEqual([2, 2, 4, 1])
    expect(items.flatMap((item) => (item.type === 'failed' ? [item.reason.code] : []))).toEqual([
      'bad-amount',
      'bad-date',
      'missing-amount',
      'unsupported-record',
    ])
    expect(items.find(({ type }) => type === 'finding')).toMatchObject({
      finding: { code: 'included-file', values: { name: 'other.journal' } },
    })
  })

  it('never reads a file that it includes, wherever that is', () => {
    const text = `include ../../../etc/passwd\n${entry('Assets:Bank  1 EUR', 'Income:Gift')}`
    expect(counts(read(ledgerImporter, text))).toEqual([1, 0, 0, 1])
  })
})

describe('a Beancount file', () => {
  const open = '2020-01-01 open Assets:Bank\n2020-01-01 open Assets:Broker "FIFO"\n'
  it.each([
    [
      'payee and narration',
      '2026-01-01 * "Shop" "bread" #a ^l\n  Assets:Bank  -2.00 EUR\n  Expenses:Food\n',
      ['Bank: -2 payment Food'],
    ],
    [
      'lots, and a gain that is left out',
      '2026-01-01 * "buy"\n  Assets:Broker  4 XYZ {25.00 EUR}\n  Assets:Bank  -100.00 EUR\n\n2026-02-01 * "sell"\n  Assets:Broker  -4 XYZ {25.00 EUR} @ 30.00 EUR\n  Assets:Bank  120.00 EUR\n  Income:Gains\n',
      [
        'Broker: 0 buy 4 XYZ @ 25',
        '+ Bank: -100 transfer [Broker]',
        'Broker: 0 sell -4 XYZ @ 30',
        '+ Bank: 120 transfer [Broker]',
      ],
    ],
    [
      'totals of lots and prices, and numbers that are worked out',
      '2026-01-01 * ""\n  Assets:Broker  4 XYZ {{100.00 EUR}}\n  Assets:Bank  -(200/2) EUR\n',
      ['Broker: 0 buy 4 XYZ @ 25', '+ Bank: -100 transfer [Broker]'],
    ],
    [
      'texts over several lines, metadata and comments',
      '2026-01-01 * "Sh\\"op" "two\nlines"\n  id: "7"\n  Assets:Bank  -2 EUR ; c\n    note: "x"\n  ; d\n  Expenses:Food  2 EUR\n',
      ['Bank: -2 payment Food'],
    ],
    [
      'renamed roots',
      'option "name_assets" "Vermoegen"\n2026-01-01 * "x"\n  Vermoegen:Giro  1 EUR\n  Income:Gift\n',
      ['Giro: 1 payment Gift'],
    ],
    [
      'txn and other flags',
      '2026-01-01 txn "x"\n  ! Assets:Bank  1 EUR\n  Income:Gift\n2026-01-01 P "y"\n  Assets:Bank  2 EUR\n  Income:Gift\n',
      ['Bank: 1 payment Gift', 'Bank: 2 payment Gift'],
    ],
  ])('knows %s', (_, text, wanted) => {
    expect(rows(beancountImporter, open + text)).toEqual(wanted)
  })

  it('puts in what a pad is for, counting accounts below, and names balances that do not hold', () => {
    const text = `${open}2020-01-01 open Assets:Bank:Sub
2020-01-02 pad Assets:Bank Equity:Opening-Balances
2020-02-01 * "x"
  Assets:Bank:Sub  30 EUR
  Income:Gift
2020-03-01 balance Assets:Bank  100.00 EUR
2020-04-01 balance Assets:Bank  101.00 EUR
2020-05-01 balance Assets:Bank:Sub  30.004 ~ 0.01 EUR
`
    const items = read(beancountImporter, text)
    // 100 are wanted, 30 of them are on the account below: 70 are put in
    expect(rowsAsText(items)).toEqual(['+ Bank: 70 opening Equity:Opening Balances', 'Sub: 30 payment Gift'])
    expect(counts(items)).toEqual([1, 1, 0, 1])
    const mismatch = items.find(({ type }) => type === 'finding')
    expect(mismatch).toMatchObject({ finding: { code: 'balance-mismatch', record: 9 } })
  })

  it('counts each record once: damage among good ones, plugins and includes are named', () => {
    const text = `${open}plugin "os.system" "x"
include "more.beancount"
pushtag #trip
2026-01-01 * "x"
  Assets:Bank  1 EUR
  Income:Gift
poptag #trip
2026-13-01 * "no such month"
2026-01-02 * "x"
  Assets:Bank  1x EUR
  Income:Gift
2026-01-03 frobnicate Assets:Bank
2026-01-04 price XYZ  10 EUR
2026-01-05 note Assets:Bank "n"
2026-01-06 document Assets:Bank "/etc/passwd"
`
    const items = read(beancountImporter, text)
    expect(counts(items)).toEqual([1, 1, 3, 1])
    expect(items.find(({ type }) => type === 'transaction')).toMatchObject({ transaction: { tags: ['trip'] } })
    expect(items.filter(({ type }) => type === 'price')).toHaveLength(1)
  })
})

describe('which journals are whose', () => {
  it.each([
    ['x.ledger', entry('Assets:Bank  1 EUR', 'Income:Gift'), 'yes', 'no'],
    ['x.txt', `${entry('a:b  1', 'c')}\n${entry('a:b  1', 'c')}`, 'yes', 'no'],
    ['x.txt', '2020-01-01 open Assets:Bank\n', 'no', 'yes'],
    // a payee may begin with the name of a directive
    [
      'x.journal',
      ['close (virtual)', 'note pads', 'price rise', 'Balance sheet']
        .map((payee) => `2026-01-15 ${payee}\n  a:b  $1\n  c\n`)
        .join('\n'),
      'yes',
      'no',
    ],
    ['x.txt', '2020-01-01 commodity EUR\n  name: "Euro"\n', 'no', 'yes'],
    ['x.txt', '2020-01-01 price EUR 1.10 USD\n', 'no', 'yes'],
    ['x.csv', '2026-01-15,Shop,-1.00\n2026-01-16,Shop,-2.00\n', 'no', 'no'],
    ['x.txt', '2026-01-15 we met\n2026-01-16 we met again\nand so on\n', 'no', 'no'],
    ['prices.journal', 'P 2026-01-01 EUR 1 USD\n', 'yes', 'no'],
    ['x.ofx', 'OFXHEADER:100\n<OFX>\n', 'no', 'no'],
    ['x.dat', '', 'no', 'no'],
  ])('%s %j', (name, text, ledger, beancount) => {
    const head = readHead(bytesSource(name, bytes(text)))
    expect([ledgerImporter.identify(head), beancountImporter.identify(head)]).toEqual([ledger, beancount])
  })
})

describe('whatever is read', () => {
  const sample = `D 1.00 EUR\nalias a=b\n${entry('Assets:Bank  (1 + 2) EUR @@ 3 USD', 'Income:Gift  {5} [2020-01-01] (x) = 7')}P 2026-01-01 XYZ 1 EUR\n~ m\n2020-01-01 open Assets:Bank\n2020-01-02 pad Assets:Bank Equity:X\n2020-01-03 balance Assets:Bank 1 EUR\n2026-01-01 * "x" "y"\n  Assets:Broker  -4 XYZ {25 EUR, 2020-01-01, "l"} @ 30 EUR\n`
  const outcome = (importer: Importer, text: Uint8Array): string => {
    try {
      return counts(read(importer, text)).length === 4 ? 'read' : ''
    } catch (error) {
      if (error instanceof ImportRejection) return 'refused'
      throw error
    }
  }
  it.each([ledgerImporter, beancountImporter])('$id: no bytes crash or hang it', (importer) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (random) => {
        expect(['read', 'refused']).toContain(outcome(importer, random))
      }),
      { numRuns: 300 },
    )
    const good = bytes(sample)
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(good.length - 1), fc.nat(255), fc.nat(3), (at, other, byte, how) => {
        const changed =
          how === 0
            ? good.with(at, byte)
            : how === 1
              ? good.slice(0, at)
              : how === 2
                ? Uint8Array.from([...good.slice(0, at), ...good.slice(other)])
                : good.with(at, good[other] ?? 0)
        expect(['read', 'refused']).toContain(outcome(importer, changed))
      }),
      { numRuns: 1_500 },
    )
  })

  it('is read in linear time', () => {
    const hostile = [
      `2026-01-01 x\n    A  ${'('.repeat(20_000)}1\n`,
      `2026-01-01 x\n    A  ${'1,'.repeat(50_000)}\n`,
      `2026-01-01 x\n    ${'a '.repeat(100_000)}\n`,
      `2026-01-01 ${'('.repeat(100_000)}\n`,
      '2026-01-01 x\n'.repeat(20_000),
      `2026-01-01 * "${'x\n'.repeat(50_000)}`,
      `2026-01-01 x ; ${'a:'.repeat(50_000)}\n    A  1\n`,
    ]
    const started = processorMilliseconds()
    for (const text of hostile)
      for (const importer of [ledgerImporter, beancountImporter]) outcome(importer, bytes(text))
    expect(processorMilliseconds() - started).toBeLessThan(10_000)
  })
})

describe('balances that a journal states', () => {
  const stated = (importer: Importer, text: string): string[] =>
    read(importer, text).flatMap((item) => (item.type === 'day-balance' ? [`${item.on} ${item.amount}`] : []))
  const broken = (text: string): unknown[] =>
    read(ledgerImporter, text).flatMap((item) =>
      item.type === 'finding' ? [[item.finding.code, item.finding.values?.['found']]] : [],
    )
  const lines = (date: string, amount: string): string =>
    `${date} * Shop\n    Assets:Bank  ${amount}\n    Expenses:Food\n`

  it('ledger, hledger: the last posting of a day says what the account held at its end', () => {
    const text = `${lines('2026-01-05', '100 EUR = 100 EUR')}${lines('2026-01-06', '-10 EUR = 90 EUR')}${lines('2026-01-06', '-20 EUR = 70 EUR')}`
    expect(stated(ledgerImporter, text)).toEqual(['2026-01-05 100', '2026-01-06 70'])
    expect(broken(text)).toEqual([])
  })

  it('one that another posting of the day follows says nothing of its end', () => {
    const text = `${lines('2026-01-05', '100 EUR = 100 EUR')}${lines('2026-01-05', '-10 EUR')}`
    expect(stated(ledgerImporter, text)).toEqual([])
  })

  it('one that does not hold is kept and named with what the entries lead to', () => {
    const text = `${lines('2026-01-05', '100 EUR')}${lines('2026-01-06', '-10 EUR = 95 EUR')}`
    expect(stated(ledgerImporter, text)).toEqual(['2026-01-06 95'])
    expect(broken(text)).toEqual([['assertion-broken', '90']])
  })

  it('Beancount: what is held at the beginning of a day was held at the end of the day before', () => {
    const text = `2020-01-01 open Assets:Bank\n2020-01-01 open Equity:X\n2020-02-01 * "x"\n  Assets:Bank  30 EUR\n  Equity:X\n2020-03-01 balance Assets:Bank  30 EUR\n2020-04-01 balance Assets:Bank  30 ~ 1 EUR\n`
    expect(stated(beancountImporter, text)).toEqual(['2020-02-29 30'])
  })
})

it('an account of thousands of levels is read in the time of its length', () => {
  const deep = Array.from({ length: 4000 }, (_, level) => `a${level}`).join(':')
  const started = processorMilliseconds()
  const items = read(ledgerImporter, `2026-01-15 * Shop\n    Assets:${deep}  1 EUR\n    Income:Gift\n`)
  expect(counts(items).slice(0, 3)).toEqual([1, 0, 0])
  expect(processorMilliseconds() - started).toBeLessThan(2000)
})

it('securities that only arrive on an account are counted in what they were bought for', () => {
  const text = `2025-01-01 buy
    assets:cash     $-500
    assets:broker   10 ETSY @ $50

2025-05-01 to another broker
    assets:broker  -10 ETSY
    assets:other    10 ETSY
`
  const currencies = read(ledgerImporter, text).flatMap((item) =>
    item.type === 'statement' ? [`${item.account.name} ${item.currency}`] : [],
  )
  expect(currencies.toSorted()).toEqual(['broker USD', 'cash USD', 'other USD'])
})
