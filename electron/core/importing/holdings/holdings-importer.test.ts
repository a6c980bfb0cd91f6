import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImportRejection, type ParsedItem } from '../importer.ts'
import { candidatesFor, readHead, readItems } from '../registry.ts'
import { makeXlsx } from '../spreadsheet/fixtures/make-xlsx.ts'
import { bytesSource } from '../text/decode.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { holdingsImporter } from './holdings-importer.ts'
import { holdingRules } from './holding-profiles.ts'

const today = parseIsoDate('2026-03-01')
const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content

interface Told {
  readonly importer: string | undefined
  readonly statements: readonly string[]
  readonly positions: readonly string[]
  readonly cash: readonly string[]
  readonly counts: readonly number[]
  readonly findings: readonly string[]
}

function read(content: string | Uint8Array, name = 'Portfolio.csv'): Told {
  const source = bytesSource(name, bytesOf(content))
  let importer: string | undefined
  const items: ParsedItem[] = [
    ...readItems(source, {
      today,
      onImporter: ({ id }) => {
        importer = id
      },
    }),
  ]
  const of = (type: ParsedItem['type']): number => items.filter((item) => item.type === type).length
  return {
    importer,
    statements: items.flatMap((item) =>
      item.type === 'statement'
        ? [`${item.account.number ?? item.account.name ?? item.account.institution ?? '-'} ${item.currency ?? '-'}`]
        : [],
    ),
    positions: items.flatMap((item) => {
      if (item.type !== 'position') return []
      const { security, quantity, price, value, cost, on } = item.position
      const mark = security.isin ?? security.symbol ?? security.otherId?.value ?? security.name ?? '-'
      return [
        [item.statement, on, mark, quantity, `@${price ?? '-'}`, `=${value ?? '-'}`, `(${cost ?? '-'})`].join(' '),
      ]
    }),
    cash: items.flatMap((item) =>
      item.type === 'balance' ? [`${item.statement} ${item.kind} ${item.amount} ${item.on}`] : [],
    ),
    counts: [of('position'), of('transaction'), of('skipped'), of('failed')],
    findings: items.flatMap((item) => (item.type === 'finding' ? [item.finding.code] : [])),
  }
}

describe('a list of holdings', () => {
  it('is sought in the first sixty rows of a text, and read to its end', () => {
    const listBelow = (others: number): string => {
      const above = Array.from({ length: others }, (_, row) => `Note ${row},,`)
      const below = Array.from({ length: 100 }, (_, row) => `SYM${row},10,5.00,50.00,USD`)
      return [...above, 'Symbol,Quantity,Price,Market Value,Currency', ...below].join('\n')
    }
    const verdict = (text: string): unknown =>
      holdingsImporter.identify(readHead(bytesSource('Portfolio.csv', bytesOf(text))))
    expect(verdict(listBelow(59))).toBe('likely')
    expect(read(listBelow(59)).counts).toEqual([100, 0, 0, 0])
    expect(verdict(listBelow(60))).toBe('no')
  })

  it('in plain words: quantity × price = value, as of the day above the table', () => {
    const told = read(
      [
        'Holdings as of 2026-02-27',
        '',
        'Symbol,Name,Quantity,Price,Market Value,Currency',
        'AAPL,Apple Inc.,10,250.00,2500.00,USD',
        'IE00B4L5Y983,iShares Core MSCI World,12.5,100,1250,EUR',
        'Total,,,,3750,',
      ].join('\n'),
    )
    expect(told).toEqual({
      importer: 'csv:holdings',
      statements: ['- USD', '- EUR'],
      positions: ['0 2026-02-27 AAPL 10 @250 =2500 (-)', '1 2026-02-27 IE00B4L5Y983 12.5 @100 =1250 (-)'],
      cash: [],
      counts: [2, 0, 1, 0],
      findings: [],
    })
  })

  it('Fidelity: accounts in a column, the core position is cash, lots are one holding, notes and the day below', () => {
    const told = read(
      [
        'Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value,Cost Basis Total,Type',
        'X12345678,Individual,SPAXX**,HELD IN MONEY MARKET,,,,$1500.25,,Cash',
        'X12345678,Individual,VTI,VANGUARD TOTAL STOCK MARKET ETF,10,$300.00,+$1.00,$3000.00,$2000.00,Margin',
        'X12345678,Individual,VTI,VANGUARD TOTAL STOCK MARKET ETF,5,$300.00,+$1.00,$1500.00,$1400.00,Cash',
        'Z87654321,ROTH IRA,BND,VANGUARD TOTAL BOND MARKET,20,$70.00,-$0.10,$1400.00,$1450.00,Cash',
        'Z87654321,ROTH IRA,BAD,BROKEN,x,$1.00,,$1.00,,Cash',
        '',
        '"The data and information in this spreadsheet is provided to you solely for your use"',
        '"Date downloaded Feb-27-2026 4:00 p.m ET"',
      ].join('\n'),
      'Portfolio_Positions_Feb-27-2026.csv',
    )
    expect(told).toEqual({
      importer: 'csv:holdings',
      statements: ['X12345678 USD', 'Z87654321 USD'],
      // 10 + 5 = 15; 3,000 + 1,500 = 4,500; 2,000 + 1,400 = 3,400
      positions: ['0 2026-02-27 VTI 15 @300 =4500 (3400)', '1 2026-02-27 BND 20 @70 =1400 (1450)'],
      cash: ['0 closing 1500.25 2026-02-27'],
      counts: [2, 0, 3, 1],
      findings: [],
    })
  })

  it('DEGIRO: values in euros beside prices in the local currency, which are left out; without a day that is told', () => {
    const told = read(
      [
        'Product,Symbol/ISIN,Amount,Closing,Local value,,Value in EUR',
        'CASH & CASH FUND & FTX CASH (EUR),,,,EUR,"120,50","120,50"',
        'APPLE INC,US0378331005,4,"250,00",USD,"1000,00","900,00"',
        'ASML HOLDING,NL0010273215,2,"600,00",EUR,"1200,00","1200,00"',
      ].join('\n'),
    )
    expect(told.statements).toEqual(['DEGIRO EUR'])
    expect(told.positions).toEqual([
      '0 2026-03-01 US0378331005 4 @- =900 (-)',
      '0 2026-03-01 NL0010273215 2 @600 =1200 (-)',
    ])
    expect(told.cash).toEqual(['0 closing 120.5 2026-03-01'])
    expect(told.findings).toEqual(['holdings-day'])
  })

  it('German, decimal commas, WKN and the day of each price', () => {
    const told = read(
      [
        'Depotnummer: 123456789',
        'Stück/Nominale;Wertpapierbezeichnung;WKN;Kurs;Kursdatum;Marktwert in EUR',
        '12,5;ISHARES CORE MSCI WORLD;A0RPWH;80,00;27.02.2026;1.000,00',
        'Summe;;;;;1.000,00',
      ].join('\n'),
      'depot.csv',
    )
    expect(told.positions).toEqual(['0 2026-02-27 A0RPWH 12.5 @80 =1000 (-)'])
    expect(told.counts).toEqual([1, 0, 1, 0])
  })

  it('London in pence: 200 × 1,250 p = 2,500 pounds', () => {
    const told = read(
      'Stock,Sedol,Units held,Price (pence),Value (£)\nExample plc,B0001X2,200,1250,"2,500.00"\n',
      'holdings 2026-02-27.csv',
    )
    expect(told.positions).toEqual(['0 2026-02-27 B0001X2 200 @12.5 =2500 (-)'])
    expect(told.statements).toEqual(['- GBP'])
  })

  it('持仓 of a Chinese broker as a workbook', () => {
    const rows = [
      ['资金账号：12345678', '', '截至 2026-02-27'],
      ['证券代码', '证券名称', '证券数量', '成本金额', '市价', '市值'],
      ['600519', '贵州茅台', '100', '150000', '1600', '160000'],
      ['合计', '', '', '', '', '160000'],
    ]
    const told = read(makeXlsx([{ name: '持仓', rows }]), '持仓.xlsx')
    expect(told.importer).toBe('csv:holdings')
    expect(told.positions).toEqual(['0 2026-02-27 600519 100 @1600 =160000 (150000)'])
  })

  it.each([
    ['a list of trades', 'Date,Symbol,Name,Quantity,Price,Value\n2026-01-05,AAPL,Apple,10,250,2500\n'],
    ["a bank's table", 'Date,Description,Amount,Balance\n2026-01-05,Shop,-10.00,90.00\n'],
    ['orders with a time alone', 'Time,Symbol,Side,Quantity,Price\n2026-01-05 10:00:00,AAPL,buy,10,250\n'],
  ])('%s is none', (_, text) => {
    const head = readHead(bytesSource('x.csv', bytesOf(text)))
    expect(holdingsImporter.identify(head)).toBe('no')
    expect(candidatesFor(head).map(({ id }) => id)).not.toContain('csv:holdings')
  })

  it('a table of nothing is refused, and so is one that only holds sums', () => {
    expect(() => [
      ...holdingsImporter.parse(bytesSource('x.csv', bytesOf('Symbol,Quantity,Price\nTotal,,5\n')), { today }),
    ]).toThrow(ImportRejection)
  })

  /** Quantities of a table's positions; none where it is refused. Any other throw is a defect. */
  function quantitiesOf(text: string): string[] {
    try {
      return [...holdingsImporter.parse(bytesSource('x.csv', bytesOf(text)), { today })].flatMap((item) =>
        item.type === 'position' ? [item.position.quantity] : [],
      )
    } catch (error) {
      if (error instanceof ImportRejection) return []
      throw error
    }
  }

  it('any cells give positions, fates or a refusal', () => {
    const cell = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('1', '2.5', '-3', '$4', 'AAPL', 'Cash', ''))
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 12 }), (rows) => {
        const table = [['Symbol', 'Name', 'Quantity', 'Price', 'Market Value'], ...rows]
        const text = table.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\n')
        expect(quantitiesOf(text).every((quantity) => /^-?\d+(\.\d+)?$/.test(quantity))).toBe(true)
      }),
    )
  })

  it('profiles say where they are known from', () => {
    expect(holdingRules.profiles.every(({ source, id }) => source.length > 4 && id !== '')).toBe(true)
  })
})

it('a bank’s table of transfers with a balance is no list of holdings', () => {
  const text = 'Transfer date,Description,Amount,Balance\n31 JAN 2024,Interest received,$12.34,"$5,012.34"\n'
  const bytes = new TextEncoder().encode(text)
  expect(holdingsImporter.identify({ name: 'x.csv', size: bytes.length, bytes, text })).toBe('no')
})
