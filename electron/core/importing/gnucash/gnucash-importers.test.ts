import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowsAsText } from '../double-entry/test-support.ts'
import { ImportRejection, type ParsedItem } from '../importer.ts'
import { inspectSource } from '../inspect.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { bytesSource, decodeHead } from '../text/decode.ts'
import { identify, readWith, rejectionOf, smallReads } from '../text/test-support.ts'
import { parseFraction } from './fraction.ts'
import { gnucashSqliteImporter } from './gnucash-sqlite-importer.ts'
import { gnucashXmlImporter } from './gnucash-xml-importer.ts'
import { type BookSpec, bookSqlite, bookXml, household } from '../../../../test/support/gnucash-books.ts'
import { processorMilliseconds } from '../../../../test/support/processor-time.ts'

/** What both formats must say of the household's book. */
const expectedRows = [
  'Giro: 1000 opening Equity:Opening Balances',
  'Old savings: 50 opening Equity:Opening Balances',
  'Visa: -42.5 payment Groceries',
  'Giro: 2500 payment Wages',
  // the card's and the bank's side of one record
  'Visa: 42.5 transfer [Giro]',
  '+ Giro: -42.5 transfer [Visa]',
  'Giro: -800 payment {-200 Mortgage Interest}{-600 [Mortgage]}',
  '+ Mortgage: 600 transfer [Giro]',
  'Giro: -90 transfer [Dollars]',
  // 100 USD for 90 EUR
  '+ Dollars: 100 transfer [Giro] (90 EUR × 1.1111111111)',
  // 10 shares for 1100
  'Depot: 0 buy 10 WLD @ 110',
  '+ Giro: -1100 transfer [Depot]',
  'Giro: -30 payment Boat:Berth',
  'Old savings: -50 transfer [Giro]',
  '+ Giro: 50 transfer [Old savings]',
  'Giro: -10 payment',
]

const small = (...transactions: BookSpec['transactions']): BookSpec => ({
  accounts: [
    { id: 'bank', type: 'BANK' },
    { id: 'food', type: 'EXPENSE' },
  ],
  transactions,
})

const spent = (id: string, on = '2026-03-01'): BookSpec['transactions'][number] => ({
  id,
  on,
  what: id,
  splits: ['food 500/100', 'bank -500/100'],
})

const fates = (items: readonly ParsedItem[]): readonly string[] =>
  items.flatMap((item) =>
    item.type === 'transaction' || item.type === 'failed' || item.type === 'skipped'
      ? [`${item.record} ${item.type}${item.type === 'transaction' ? '' : ` ${item.reason.code}`}`]
      : [],
  )

describe.each([
  ['XML', gnucashXmlImporter, (spec: BookSpec) => bookXml(spec)],
  ['SQLite', gnucashSqliteImporter, (spec: BookSpec) => bookSqlite(spec)],
] as const)('GnuCash %s', (_format, importer, write) => {
  it('is known by its own signature', () => {
    const written = write(household)
    const bytes = typeof written === 'string' ? Buffer.from(written) : written
    const head = { name: 'x', size: bytes.length, bytes, text: decodeHead(bytes, true) }
    expect(importer.identify(head)).toBe('yes')
  })

  it('gives a household’s book as accounts, categories, splits, transfers and trades', () => {
    const { items, skipped, failed } = readWith(importer, write(household))
    expect(rowsAsText(items)).toEqual(expectedRows)
    expect([skipped, failed]).toEqual([[], []])
  })

  it('says what kind the accounts are, which are hidden, and what its securities are', () => {
    const { statements, transactions } = readWith(importer, write(household))
    expect(statements.map(({ account, currency }) => [account, currency])).toEqual([
      [{ name: 'Giro' }, 'EUR'],
      [{ name: 'Old savings', isClosed: true }, 'EUR'],
      [{ name: 'Visa', kind: 'credit-card' }, 'EUR'],
      [{ name: 'Mortgage', kind: 'loan' }, 'EUR'],
      [{ name: 'Dollars' }, 'USD'],
      [{ name: 'Depot', kind: 'brokerage' }, 'EUR'],
    ])
    expect(transactions.find(({ kind }) => kind === 'buy')?.security).toEqual({
      isin: 'IE00B4L5Y983',
      symbol: 'WLD',
      name: 'World fund',
      class: 'fund',
    })
  })

  it('keeps notes, numbers, memos and the bank’s own reference', () => {
    const { transactions } = readWith(importer, write(household))
    const wage = transactions.find(({ payee }) => payee === 'Employer')
    expect(wage).toMatchObject({ memo: 'January', checkNumber: '7', reference: 't4', date: '2026-01-31' })
    const paid = transactions.filter(({ payee }) => payee === 'Card paid')
    expect(paid.map(({ reference, memo }) => [reference, memo])).toEqual([
      ['t5', undefined],
      ['BANKREF-000123', 'by standing order'],
    ])
  })

  it('gives prices and the book’s own exchange rates', () => {
    const { items } = readWith(importer, write(household))
    expect(items.filter(({ type }) => type === 'price' || type === 'exchange-rate')).toEqual([
      {
        type: 'price',
        security: { isin: 'IE00B4L5Y983', symbol: 'WLD', name: 'World fund', class: 'fund' },
        price: '112.5',
        currency: 'EUR',
        on: '2026-02-27',
      },
      { type: 'exchange-rate', base: 'USD', quote: 'EUR', rate: '0.9', on: '2026-02-27', source: 'book' },
    ])
  })

  it('names a damaged transaction and takes its neighbours', () => {
    const { items } = readWith(
      importer,
      write(
        small(
          spent('a'),
          { id: 'b', on: '2026-13-01', splits: ['food 1/1', 'bank -1/1'] },
          { id: 'c', on: '2026-03-01', splits: ['food 1/0', 'bank -1/1'] },
          { id: 'd', on: '2026-03-01', splits: ['nowhere 1/1', 'bank -1/1'] },
          { id: 'e', on: '2026-03-01', splits: [] },
          spent('f'),
        ),
      ),
    )
    expect(fates(items)).toEqual([
      '1 transaction',
      '2 failed bad-date',
      '3 failed bad-amount',
      '4 failed bad-record',
      '5 skipped information-only',
      '6 transaction',
    ])
  })

  it('counts a record of several accounts once', async () => {
    const written = write(household)
    const bytes = typeof written === 'string' ? Buffer.from(written) : written
    const { statements, status } = await inspectSource('x', bytesSource('x', bytes), parseIsoDate('2026-03-01'))
    expect(status).toBe('parsed')
    expect(statements.flatMap(({ transactions }) => transactions)).toHaveLength(household.transactions.length)
    // one each for the card, the rate, the dollars, the shares and the closing
    expect(statements.flatMap(({ counterparts = [] }) => counterparts)).toHaveLength(5)
  })

  it('reads trading accounts as what they are: nothing that anybody owns', () => {
    const { items, failed } = readWith(
      importer,
      write({
        accounts: [
          { id: 'bank', type: 'BANK' },
          { id: 'usd', type: 'BANK', commodity: 'CURRENCY USD' },
          { id: 'te', type: 'TRADING' },
          { id: 'tu', type: 'TRADING', commodity: 'CURRENCY USD' },
        ],
        transactions: [
          {
            id: 'x',
            on: '2026-03-01',
            splits: ['bank -9000/100', 'usd 9000/100 10000/100', 'te 9000/100', 'tu -9000/100 -10000/100'],
          },
        ],
      }),
    )
    expect(failed).toEqual([])
    expect(rowsAsText(items)).toEqual([
      'bank: -90 transfer [usd]',
      '+ usd: 100 transfer [bank] (90 EUR × 1.1111111111)',
    ])
  })

  it('answers mutations of a book with items or a rejection', { timeout: 300_000 }, () => {
    const written = write(household)
    const bytes = typeof written === 'string' ? Buffer.from(written) : written
    const edit = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), fc.nat(bytes.length), (edits, cut) => {
        const copy = Uint8Array.from(cut % 3 === 0 ? bytes.subarray(0, cut) : bytes)
        for (const [at, value] of edits) if (at < copy.length) copy[at] = value
        expect(['items', 'rejection']).toContain(outcomeOf(importer, copy))
      }),
      { numRuns: 150 },
    )
  })
})

function outcomeOf(importer: typeof gnucashXmlImporter, bytes: Uint8Array): string {
  try {
    const { items } = readWith(importer, bytes)
    const main = items.filter((item) => item.type === 'transaction' && item.side !== 'counterpart')
    const records = main.flatMap((item) => ('record' in item ? [item.record] : []))
    expect(new Set(records).size).toBe(records.length)
    return 'items'
  } catch (error) {
    if (error instanceof ImportRejection && error.message !== '') return 'rejection'
    throw error
  }
}

describe('GnuCash XML', () => {
  it('is read wherever windows end, and out of gzip', async () => {
    const bytes = Buffer.from(bookXml(household))
    for (const window of [1, 7, 100]) {
      const { items } = readWith(gnucashXmlImporter, smallReads(bytesSource('x', bytes), window))
      expect(rowsAsText(items)).toEqual(expectedRows)
    }
    const { importer, statements } = await inspectSource(
      'home.gnucash',
      bytesSource('home.gnucash', gzipSync(bytes)),
      parseIsoDate('2026-03-01'),
    )
    expect([importer, statements.length]).toEqual(['gnucash', 6])
  })

  it('leaves out templates, scheduled transactions, budgets and business papers, and says so', () => {
    const templates = `<gnc:template-transactions>${bookXml(small(spent('template')))
      .split('\n')
      .filter((line) => !line.startsWith('<?xml'))
      .join('\n')}</gnc:template-transactions>`
    const others =
      '<gnc:schedxaction version="2.0.0"><sx:name>Rent</sx:name></gnc:schedxaction>' +
      '<gnc:budget version="2.0.0"/><gnc:GncInvoice version="2.0.0"><invoice:id>1</invoice:id></gnc:GncInvoice>'
    const { items } = readWith(gnucashXmlImporter, bookXml(small(spent('a')), templates + others))
    expect(fates(items)).toEqual([
      '1 skipped unsupported-record',
      '2 skipped information-only',
      '3 skipped information-only',
      '4 transaction',
    ])
  })

  it('takes accounts that come after the transactions', () => {
    const [beginning = '', rest = ''] = bookXml(small(spent('a'))).split('<gnc:account version="2.0.0"><act:name>bank')
    const at = rest.indexOf('<gnc:transaction')
    const end = rest.indexOf('</gnc:book>')
    const moved = `${beginning}${rest.slice(at, end)}<gnc:account version="2.0.0"><act:name>bank${rest.slice(0, at)}${rest.slice(end)}`
    expect(rowsAsText(readWith(gnucashXmlImporter, moved).items)).toEqual(['bank: -5 payment food'])
  })

  it('takes them wherever the pieces of the file part', () => {
    // a note that pushes the second account over the borders of the windows in which the file is searched
    for (const length of [262_100, 262_120, 262_130, 262_144]) {
      const [beginning = '', rest = ''] = bookXml(small(spent('a'))).split(
        '<gnc:account version="2.0.0"><act:name>food',
      )
      const at = rest.indexOf('<gnc:transaction')
      const end = rest.indexOf('</gnc:book>')
      const account = `<gnc:account version="2.0.0"><act:name>food${rest.slice(0, at)}`
      const text = `${beginning}${rest.slice(at, end)}<!--${'x'.repeat(length - beginning.length)}-->${account}${rest.slice(end)}`
      expect(rowsAsText(readWith(gnucashXmlImporter, text).items)).toEqual(['bank: -5 payment food'])
    }
  })

  it('prefers the day that newer versions keep beside the time', () => {
    const xml = bookXml(small({ ...spent('a'), notes: 'n' })).replace(
      '<trn:slots>',
      '<trn:slots><slot><slot:key>date-posted</slot:key><slot:value type="gdate"><gdate>2026-02-28</gdate></slot:value></slot>',
    )
    expect(readWith(gnucashXmlImporter, xml).transactions[0]?.date).toBe('2026-02-28')
  })

  it('tells of a file that breaks off, and of the record that it breaks', () => {
    const xml = bookXml(small(spent('a'), spent('b')))
    const torn = readWith(gnucashXmlImporter, xml.slice(0, xml.lastIndexOf('<split:account')))
    expect(fates(torn.items)).toEqual(['1 transaction', '2 failed bad-record'])
    expect(torn.findings.map(({ severity, code }) => [severity, code])).toEqual([['error', 'truncated']])
    expect(rejectionOf(gnucashXmlImporter, xml.slice(0, 120))?.code).toBe('truncated')
  })

  it('refuses what GnuCash wrote before 2001, with what to do', () => {
    const old = '<?xml version="1.0"?><gnc version="1"><ledger-data></ledger-data></gnc>'
    expect(identify(gnucashXmlImporter, old)).toBe('yes')
    expect(rejectionOf(gnucashXmlImporter, old)).toMatchObject({ code: 'unsupported-version' })
  })

  it('expands no entities', () => {
    const xml = bookXml(small(spent('a')))
      .replace('<gnc-v2', '<!DOCTYPE x [<!ENTITY boom "12345">]><gnc-v2')
      .replace('>a<', '>&boom;<')
    expect(readWith(gnucashXmlImporter, xml).transactions[0]?.reference).toBe('&boom;')
  })

  it('is done soon with elements that never end', () => {
    const begun = processorMilliseconds()
    const xml = `<?xml version="1.0"?><gnc-v2><gnc:book>${'<gnc:transaction>'.repeat(300_000)}`
    const { failed } = readWith(gnucashXmlImporter, xml)
    expect(failed).toHaveLength(1)
    expect(processorMilliseconds() - begun).toBeLessThan(5000)
  })
})

describe('GnuCash SQLite', () => {
  it('leaves out the templates of scheduled transactions', () => {
    const more = [
      `insert into accounts values ('tpl', 'tpl', 'BANK', null, 'templates', '', 0, 0)`,
      `insert into transactions values ('tx', 'CURRENCY EUR', '', '2026-01-01 10:59:00', '', 'template')`,
      `insert into splits values ('sx', 'tx', 'tpl', '', 0, 1, 0, 1)`,
      `insert into schedxactions values ('s', 'Rent')`,
    ]
    const { items } = readWith(gnucashSqliteImporter, bookSqlite(small(spent('a')), more))
    expect(fates(items)).toEqual(['1 transaction', '2 skipped unsupported-record'])
  })

  it.each([
    // since 2.7
    ['20260301105900', '2026-03-01'],
    ['2026-03-01 10:59:00', '2026-03-01'],
    // the beginning of 1 March in Berlin, Shanghai and New York, as UTC
    ['20260228230000', '2026-03-01'],
    ['20260228160000', '2026-03-01'],
    ['20260301050000', '2026-03-01'],
  ])('a transaction posted at %s is of %s', (written, day) => {
    const more = [`update transactions set post_date = '${written}'`]
    const { transactions } = readWith(gnucashSqliteImporter, bookSqlite(small(spent('a')), more))
    expect(transactions[0]?.date).toBe(day)
  })

  it('runs nothing that the file brings along', () => {
    const more = [
      `create view v as select * from splits`,
      `create trigger t after insert on splits begin delete from transactions; end`,
    ]
    const { items } = readWith(gnucashSqliteImporter, bookSqlite(small(spent('a')), more))
    expect(rowsAsText(items)).toEqual(['bank: -5 payment food'])
  })

  it('refuses another program’s database and an empty one', () => {
    expect(rejectionOf(gnucashSqliteImporter, bookSqlite(small(), ['drop table splits']))?.code).toBe('wrong-kind')
    expect(rejectionOf(gnucashSqliteImporter, Buffer.from('SQLite format 3\u0000'))?.code).toBe('wrong-kind')
  })
})

describe('a fraction', () => {
  it.each([
    ['12345/100', '123.45'],
    ['-12345/100', '-123.45'],
    ['0/1', '0'],
    ['1/8', '0.125'],
    ['100000000000000000001/100', '1000000000000000000.01'],
    // 371 ÷ 24 = 15.458333…, to 12 digits
    ['371/24', '15.458333333333'],
    ['12.5', '12.5'],
    ['1/0', null],
    ['1/x', null],
    ['', null],
  ])('%s is %s', (text, is) => {
    expect(parseFraction(text)).toBe(is)
  })
})
