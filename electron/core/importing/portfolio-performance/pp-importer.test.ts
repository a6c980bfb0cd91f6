import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { corpusFacts, corpusFile, corpusIsPresent } from '../../../../test/support/corpus-facts.ts'
import { outcomeOf, survivedBytes, survivedDamages } from '../../../../test/support/fuzz-importer.ts'
import { makeZip } from '../archive/fixtures/make-zip.ts'
import { openContainer } from '../archive/open-container.ts'
import type { ParsedItem } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { XmlFile } from '../text/xml-file.ts'
import { identify, readWith, rejectionOf } from '../text/test-support.ts'
import { ObjectReferences, readObjectTree } from './object-tree.ts'
import { portfolioPerformanceImporter } from './pp-importer.ts'
import { scaleOf } from './pp-scale.ts'
import { processorMilliseconds } from '../../../../test/support/processor-time.ts'

const household = readFileSync(join(import.meta.dirname, 'fixtures/household.xml'), 'utf8')
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

type TransactionItem = Extract<ParsedItem, { type: 'transaction' }>
const transactionsOf = (items: readonly ParsedItem[]): TransactionItem[] =>
  items.filter((item) => item.type === 'transaction')
const recordsOf = (items: readonly ParsedItem[]): TransactionItem[] =>
  transactionsOf(items).filter(({ side }) => side !== 'counterpart')

const tag = (name: string, value: string | number): string => `<${name}>${value}</${name}>`
const cash = (type: string, amount: string | number, more = ''): string =>
  `<account-transaction>${tag('date', '2026-01-05')}${tag('currencyCode', 'EUR')}${tag('amount', amount)}${more}${tag('type', type)}</account-transaction>`
const units = (type: string, more: string): string =>
  `<portfolio-transaction>${tag('date', '2026-01-05')}${tag('currencyCode', 'EUR')}${more}${tag('type', type)}</portfolio-transaction>`
const client = (accountRows: string, portfolioRows = '', version = 66): string =>
  `<client>${tag('version', version)}${tag('baseCurrency', 'EUR')}<securities><security><name>Acme</name><currencyCode>EUR</currencyCode><isin>DE0007164600</isin></security></securities>` +
  `<accounts><account><name>Cash</name><currencyCode>EUR</currencyCode><transactions>${accountRows}</transactions></account></accounts>` +
  `<portfolios><portfolio><name>Depot</name><referenceAccount reference="../../../accounts/account"/><transactions>${portfolioRows}</transactions></portfolio></portfolios></client>`
const ACME = '<security reference="../../../../../securities/security"/>'

describe('a portfolio', () => {
  const { items, statements, failed, skipped, findings } = readWith(portfolioPerformanceImporter, household)

  it('is a statement for each account, closed ones told', () => {
    expect(statements.map(({ account, currency }) => [account, currency])).toEqual([
      [{ name: 'Cash' }, 'EUR'],
      [{ name: 'Savings', isClosed: true }, 'EUR'],
      [{ name: 'Depot', kind: 'brokerage' }, 'EUR'],
    ])
  })

  it('tells each transaction of a list once; the side inside a cross entry belongs to its record', () => {
    expect([recordsOf(items).length, skipped, failed, findings]).toEqual([9, [], [], []])
  })

  it.each([
    ['t-deposit', 1, { amount: '5000', kind: 'deposit', memo: 'salary', date: '2026-01-02' }],
    ['t-buy-cash', 1, { amount: '-1015', kind: 'transfer', transferAccount: 'Depot', time: '09:30' }],
    [
      't-buy', // (1015 − 10 − 5) ÷ 10 = 100
      3,
      { amount: '-1015', kind: 'buy', quantity: '10', price: '100', fee: '10', tax: '5', time: '09:30' },
    ],
    ['t-sell', 3, { amount: '475', kind: 'sell', quantity: '-4', price: '120', fee: '5' }], // (475 + 5) ÷ 4
    ['t-sell-cash', 1, { amount: '475', kind: 'transfer', transferAccount: 'Depot' }],
    ['t-delivery', 3, { amount: '0', kind: 'security-in', quantity: '2', price: '45' }], // 90 ÷ 2
    [
      't-dividend',
      1,
      { amount: '15', kind: 'dividend', tax: '3', original: { amount: '20', currency: 'USD' }, payee: 'Foreign Inc' },
    ],
    ['t-out', 1, { amount: '-1000', kind: 'transfer', transferAccount: 'Savings' }],
    ['t-in', 2, { amount: '1000', kind: 'transfer', transferAccount: 'Cash' }],
    ['t-charge', 2, { amount: '-1.2', kind: 'interest' }],
  ])('%s', (reference, statement, expected) => {
    const found = transactionsOf(items).find((item) => item.transaction.reference === reference)
    expect(found?.statement).toBe(statement)
    expect(found?.transaction).toMatchObject(expected)
  })

  it('passes a purchase’s money through: the securities account’s cash comes to nothing', () => {
    const sum = (statement: number): number =>
      transactionsOf(items)
        .filter((item) => item.statement === statement)
        .reduce((cents, { transaction }) => cents + Math.round(Number(transaction.amount) * 100), 0)
    // 5000 − 1015 + 475 + 15 − 1000; 1000 − 1.20; 1015 − 1015 − 475 + 475
    expect([sum(1), sum(2), sum(3)]).toEqual([347_500, 99_880, 0])
  })

  it('has the quotes of what has a currency, at eight decimals, and no others', () => {
    const prices = items.flatMap((item) =>
      item.type === 'price' ? [[item.security.name, item.on, item.price, item.currency]] : [],
    )
    expect(prices).toEqual([
      ['Acme AG', '2026-01-30', '120', 'EUR'],
      ['Acme AG', '2026-01-31', '121.5', 'EUR'],
      ['Acme AG', '2026-02-02', '122', 'EUR'],
      ['Foreign Inc', '2026-01-31', '50', 'USD'],
    ])
  })

  it('names a security by all its ids', () => {
    const bought = transactionsOf(items).find(({ transaction }) => transaction.kind === 'buy')
    expect(bought?.transaction.security).toEqual({
      isin: 'DE0007164600',
      symbol: 'ACME.DE',
      name: 'Acme AG',
      otherId: { scheme: 'WKN', value: '716460' },
    })
  })
})

describe('types of transactions', () => {
  it.each([
    ['DEPOSIT', 'deposit', '12.34'],
    ['REMOVAL', 'transfer', '-12.34'],
    ['INTEREST', 'interest', '12.34'],
    ['INTEREST_CHARGE', 'interest', '-12.34'],
    ['DIVIDENDS', 'dividend', '12.34'],
    ['FEES', 'fee', '-12.34'],
    ['FEES_REFUND', 'fee', '12.34'],
    ['TAXES', 'tax', '-12.34'],
    ['TAX_REFUND', 'tax', '12.34'],
    ['TRANSFER_IN', 'transfer', '12.34'],
    ['TRANSFER_OUT', 'transfer', '-12.34'],
  ])('%s is %s of %s', (type, kind, amount) => {
    const { transactions } = readWith(portfolioPerformanceImporter, client(cash(type, 1234)))
    expect(transactions).toEqual([expect.objectContaining({ kind, amount })])
  })

  it.each([
    ['BUY', 'buy', '3'],
    ['SELL', 'sell', '-3'],
    ['DELIVERY_INBOUND', 'security-in', '3'],
    ['DELIVERY_OUTBOUND', 'security-out', '-3'],
    ['TRANSFER_IN', 'security-in', '3'],
    ['TRANSFER_OUT', 'security-out', '-3'],
  ])('%s of units without a cash side moves units alone: %s of %s', (type, kind, quantity) => {
    const row = units(type, `${tag('amount', 3000)}${ACME}${tag('shares', 300_000_000)}`)
    const { transactions } = readWith(portfolioPerformanceImporter, client('', row))
    expect(transactions).toEqual([expect.objectContaining({ kind, quantity, amount: '0', price: '10' })])
  })

  it.each([
    [2, 0, 2],
    [25, 5, 2],
    [26, 6, 2],
    [29, 6, 2],
    [30, 6, 4],
    [48, 6, 4],
    [49, 8, 8],
    [70, 8, 8],
  ])('version %i has %i decimals of shares and %i of quotes', (version, shares, quote) => {
    expect(scaleOf(version)).toEqual({ amount: 2, shares, quote })
  })

  it('pence are hundredths of pounds: 12.34 of them', () => {
    const row = cash('DEPOSIT', 1234).replace('EUR', 'GBX')
    const { transactions, statements } = readWith(portfolioPerformanceImporter, client(row))
    expect(transactions).toEqual([expect.objectContaining({ amount: '0.1234' })])
    expect(statements.map(({ currency }) => currency)).toEqual(['EUR', 'EUR', 'GBP'])
  })

  it('before version 28, fees and taxes were fields: (7658 − 20) ÷ 100', () => {
    const row = units(
      'DELIVERY_INBOUND',
      `${tag('amount', 765_800)}${ACME}${tag('shares', 10_000_000)}${tag('fees', 1000)}`,
    )
    const { transactions } = readWith(portfolioPerformanceImporter, client('', row, 25))
    expect(transactions).toEqual([expect.objectContaining({ quantity: '100', price: '76.58' })])
  })
})

describe('references', () => {
  const tree = readObjectTree(
    new XmlFile(
      bytesSource(
        'x',
        bytes(
          '<r><a id="7"><b>one</b><b>two</b></a><c reference="../a/b[2]"/><d reference="/r/a/b"/><e reference="7"/><f reference="../f"/><g reference="../../../x"/><h reference="../a/b[9]"/></r>',
        ),
      ),
    ),
    () => false,
  )
  const references = new ObjectReferences(tree.root)
  it.each([
    ['c', 'two'],
    ['d', 'one'],
    ['e', ''],
    ['f', undefined],
    ['g', undefined],
    ['h', undefined],
    ['z', undefined],
  ])('%s', (name, text) => {
    expect(references.child(tree.root, name)?.text).toBe(text)
  })
  it('by id find the element', () => {
    expect(references.child(tree.root, 'e')).toBe(tree.root.children[0])
  })
})

describe('damage', () => {
  const good = cash('DEPOSIT', 100)
  it.each<[string, string, string]>([
    ['an amount that is none', cash('DEPOSIT', '1.5'), 'bad-amount'],
    ['a negative amount', cash('DEPOSIT', '-5'), 'bad-amount'],
    ['no amount', cash('DEPOSIT', ''), 'missing-amount'],
    ['an unknown type', cash('WHATEVER', 5), 'unsupported-record'],
    ['no date', good.replace(tag('date', '2026-01-05'), ''), 'missing-date'],
    ['a day that does not exist', good.replace('2026-01-05', '2026-02-30'), 'bad-date'],
    ['an unknown currency', good.replace('EUR', 'QQQ'), 'bad-currency'],
    [
      'a reference that leads nowhere',
      good.replace(tag('date', '2026-01-05'), '<date reference="../../x"/>'),
      'missing-date',
    ],
  ])('%s is named and its neighbours are read', (_, row, code) => {
    const { transactions, failed, skipped } = readWith(portfolioPerformanceImporter, client(good + row + good))
    expect([transactions.length, skipped.length, failed.map(({ record, reason }) => [record, reason.code])]).toEqual([
      2,
      0,
      [[2, code]],
    ])
  })

  it('units without a security or a size are named', () => {
    const rows = units('BUY', `${tag('amount', 5)}${tag('shares', 5)}`) + units('BUY', `${tag('amount', 5)}${ACME}`)
    const { failed } = readWith(portfolioPerformanceImporter, client('', rows))
    expect(failed.map(({ reason }) => reason.code)).toEqual(['bad-record', 'bad-record'])
  })

  it('a file that was cut off keeps what is whole and says so', () => {
    const { findings, transactions } = readWith(
      portfolioPerformanceImporter,
      household.slice(0, household.indexOf('t-dividend')),
    )
    expect(transactions.length).toBeGreaterThan(0)
    expect(findings.map(({ code }) => code)).toEqual(['unclosed-element'])
  })

  it.each([
    ['without accounts', '<client><version>66</version></client>', 'no-transactions-table'],
    ['without a version', client(good).replace(tag('version', 66), ''), 'damaged'],
    ['of another program', '<other><version>66</version></other>', 'unknown-format'],
    ['that nests without end', `<client><version>66</version>${'<a>'.repeat(3000)}`, 'damaged'],
  ])('%s it is refused', (_, text, code) => {
    expect(rejectionOf(portfolioPerformanceImporter, text)?.code).toBe(code)
  })

  it.each(['PORTFOLIO\u0001\u0002rest', 'PPPBV1\u0008\u0042'])(
    '%j is another form of the file, to be saved as XML',
    (text) => {
      expect(rejectionOf(portfolioPerformanceImporter, text)).toMatchObject({ code: 'other-save-format' })
      expect(rejectionOf(portfolioPerformanceImporter, text)?.message).toContain('XML')
      expect(identify(portfolioPerformanceImporter, text)).toBe('yes')
    },
  )
})

describe('hostile files', () => {
  it('are read or rejected, whatever the bytes', () => {
    expect(survivedBytes(portfolioPerformanceImporter, '<client><version>66</version><accounts><account>', 150)).toBe(
      150,
    )
  })

  it('are read or rejected, whatever the damage', () => {
    const pieces = [
      '<',
      '>',
      '/',
      '"',
      '..',
      '../../../..',
      'reference="',
      '[2]',
      '<account-transaction>',
      '</client>',
      '<portfolio>',
      '<security>',
      '\0',
      '&',
      '-',
    ]
    expect(survivedDamages(portfolioPerformanceImporter, household, pieces, 300)).toBe(300)
  })

  it('an account within itself ends', () => {
    const circle = client('').replace('<account><name>', '<account reference="../account"/><account><name>')
    expect(outcomeOf(portfolioPerformanceImporter, bytes(circle))).toBe('read')
  })

  it.each([
    ['accounts', '<account/>'],
    ['open tags', '<a>'],
    ['transactions', cash('DEPOSIT', 1)],
    ['references to the last', '<account-transaction reference="../account-transaction[9]"/>'],
    ['steps', '../'],
  ])('are done soon with plenty of %s', (_, unit) => {
    const body = unit.repeat(Math.ceil(300_000 / unit.length))
    const started = processorMilliseconds()
    outcomeOf(portfolioPerformanceImporter, bytes(client(body)))
    outcomeOf(portfolioPerformanceImporter, bytes(client(`<account-transaction reference="${body}"/>`)))
    expect(processorMilliseconds() - started).toBeLessThan(10_000)
  })
})

it('is read from the zip that the program saves it in', () => {
  const zip = makeZip([{ name: 'data.xml', content: bytes(household) }])
  const [inside] = openContainer(bytesSource('family.portfolio', zip)) ?? []
  const { items } = readWith(portfolioPerformanceImporter, inside ?? new Uint8Array())
  expect(recordsOf(items)).toHaveLength(9)
})

it('is known by its root and version', () => {
  expect(identify(portfolioPerformanceImporter, household)).toBe('yes')
  expect(identify(portfolioPerformanceImporter, '<client id="1">\n<version>66</version>')).toBe('yes')
  expect(identify(portfolioPerformanceImporter, '<client><name>x</name></client>')).toBe('no')
  expect(identify(portfolioPerformanceImporter, '<clients><version>1</version></clients>')).toBe('no')
})

describe.skipIf(!corpusIsPresent)('the portfolios of the corpus', () => {
  it.each(corpusFacts('pp-xml'))('%s', (path, fact) => {
    const { items, failed } = readWith(portfolioPerformanceImporter, corpusFile(path))
    expect([recordsOf(items).length, failed.length]).toEqual([fact.transactions, 0])
  })
})

it.skipIf(corpusIsPresent)('the corpus is not on this machine: its portfolios were not tried', () => {
  expect(corpusIsPresent).toBe(false)
})
