import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { addDecimal, decimalOf, type Decimal, parseDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import { ImportRejection } from '../importer.ts'
import { bytesSource, decodeHead } from '../text/decode.ts'
import { delimitedImporter } from './importer.ts'
import { litasEsisImporter } from './litas-esis.ts'
import { encode, fateOf, linesOf, readBytes, readText, TODAY } from './test-support.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

function identify(text: string, name = 'x.csv'): string {
  const bytes = bytesOf(text)
  return delimitedImporter.identify({ name, size: bytes.length, bytes, text: decodeHead(bytes, true) })
}

describe('identify', () => {
  it.each([
    ['a table with known words', 'Date,Description,Amount,Balance\n2024-01-05,Shop,-5.00,95.00\n', 'likely'],
    ['a table without header', '2024-01-05,Shop,-5.00\n2024-01-06,Cafe,-2.50\n', 'maybe'],
    ['a table without dates', 'name,amount\nx,5.00\n', 'maybe'],
    ['prose', 'Dear customer,\nthank you for your letter.\n', 'maybe'],
    ['HTML', '<html><body>2024-01-05, 5.00</body></html>', 'no'],
    ['JSON', '[{"date":"2024-01-05","amount":5}]', 'no'],
    ['OFX', 'OFXHEADER:100\nDATA:OFXSGML\n', 'no'],
    ['QIF', '!Type:Bank\nD1/5/2024\nT-5.00\n^\n', 'no'],
    ['nothing', '  \n', 'no'],
  ])('%s', (_title, text, expected) => {
    expect(identify(text)).toBe(expected)
  })

  it('never says yes, so that importers with a signature of their own come first', () => {
    expect(identify('Date,Description,Amount\n2024-01-05,Shop,-5.00\n', 'statement.txt')).not.toBe('yes')
    expect(identify('Dear customer, thank you.\n', 'letter.txt')).toBe('no')
  })
})

describe('refusals name their reason', () => {
  it.each([
    ['empty', '', 'empty-file'],
    ['blank', ' \n \n', 'empty-file'],
    ['PDF', '%PDF-1.7\n', 'wrong-kind'],
    ['spreadsheet', 'PK\u0003\u0004xl/workbook.xml', 'wrong-kind'],
    ['web page', '<!DOCTYPE html><html></html>', 'wrong-kind'],
    ['JSON', '{"transactions": []}', 'wrong-kind'],
    ['binary', '\u0001\u0002\u0003\u0004\u0005\u0006a,b\n', 'binary'],
    ['prose', 'Dear customer\nthank you for your letter\n', 'no-transactions-table'],
    ['no date column', 'name,description,amount,currency\n', 'no-transactions-table'],
    ['no date in any row', 'name,amount\nrent,5.00\nfood,7.00\n', 'no-transactions-table'],
    ['no amounts', 'Date,Title\n2024-01-05,Dentist\n2024-01-06,Party\n', 'no-transactions-table'],
  ])('%s', (_title, text, code) => {
    expect(fateOf(bytesOf(text))).toBe(code)
  })
})

describe('layout', () => {
  const text = 'When;What;Sum\n01.02.2024;Rent;800,00\n15.02.2024;Wages;-2000,00\n'

  it('is announced before the first statement, with titles, a sample and the confidence', () => {
    const file = readText('Date,Description,Amount\n2024-01-05,Shop,-5.00\n2024-01-06,Wages,9.00\n')
    expect(file.items.findIndex((item) => item.type === 'layout')).toBeLessThan(
      file.items.findIndex((item) => item.type === 'statement'),
    )
    expect(file.layout).toMatchObject({
      columns: ['Date', 'Description', 'Amount'],
      sample: [
        ['2024-01-05', 'Shop', '-5.00'],
        ['2024-01-06', 'Wages', '9.00'],
      ],
    })
    expect(file.layout?.confidence).toBeGreaterThan(0.8)
  })

  it('that the user has said is taken instead of detection', () => {
    const detected = readText(text).layout?.layout
    if (detected === undefined) throw new Error('no layout')
    const file = readText(text, 'x.csv', {
      layout: {
        ...detected,
        sign: 'inverted',
        currency: 'CHF',
        columns: [
          { index: 0, role: 'date' },
          { index: 1, role: 'memo' },
          { index: 2, role: 'amount' },
        ],
      },
    })
    expect(linesOf(file)).toEqual(['2024-02-01 -800', '2024-02-15 2000'])
    expect(file.transactions[0]?.memo).toBe('Rent')
    expect(file.statements[0]?.currency).toBe('CHF')
    expect(file.layout?.confidence).toBe(1)
  })

  it.each([
    ['ambiguous-date-order', 'Date,Text,Amount\n01/02/2024,a,-5.00\n'],
    ['ambiguous-decimal-mark', 'Date,Text,Amount\n2024-01-02,a,"-1,234"\n2024-01-03,b,"5,678"\n'],
    ['ambiguous-sign', 'Date,Text,Amount\n2024-01-02,a,5.00\n2024-01-03,b,6.00\n'],
  ])('what stays open is said: %s', (code, ambiguous) => {
    const finding = readText(ambiguous).findings.find((known) => known.code === code)
    expect(finding?.severity).toBe('warning')
    expect(readText(ambiguous).layout?.confidence).toBeLessThan(0.9)
  })

  it('small sums beside the date are no times of day where the title says that they are sums', () => {
    const file = readText('Date,Money out,Money in,Balance\n2024-01-03,20.00,0.00,80.00\n2024-01-05,0.00,10.00,90.00\n')
    expect(linesOf(file)).toEqual(['2024-01-03 -20', '2024-01-05 10'])
    expect(file.balances).toMatchObject({ opening: '100', closing: '90' })
  })

  it('a big file is read as a small one, from a sample', () => {
    const row = (at: number): string =>
      `${String((at % 28) + 1).padStart(2, '0')}.01.2024;Shop ${at};-${at % 90},50;EUR\n`
    let big = 'Datum;Text;Betrag;Währung\n'
    for (let at = 0; at < 350_000; at += 1) big += row(at)
    const bytes = bytesOf(big)
    expect(bytes.length).toBeGreaterThan(8 * 1024 * 1024)
    let count = 0
    let sum: Decimal = ZERO
    let failed = 0
    for (const item of delimitedImporter.parse(bytesSource('big.csv', bytes), { today: TODAY })) {
      if (item.type === 'transaction') {
        count += 1
        if (count <= 90) sum = addDecimal(sum, item.transaction.amount)
      } else if (item.type === 'failed') failed += 1
    }
    // the first 90 amounts are −(0 … 89) − 90 × 0.50 = −4005 − 45; "-0,50" counts
    expect([count, failed, sum]).toEqual([350_000, 0, '-4050'])
  })

  it('a big file whose days stand in three columns is read as a small one', () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, at) => `2024,${(at % 12) + 1},${(at % 28) + 1},Card payment no. ${at},"-1.50"`,
    )
    const bytes = bytesOf(`Year,Month,Day,Description,Amount\n${rows.join('\n')}\n`)
    expect(bytes.length).toBeGreaterThan(640 * 1024)
    const days = [...delimitedImporter.parse(bytesSource('b.csv', bytes), { today: TODAY })].flatMap((item) =>
      item.type === 'transaction' ? [item.transaction.date] : [],
    )
    expect(days.length).toBe(20_000)
    // the 14th row: 13 % 12 + 1 = 2, 13 % 28 + 1 = 14
    expect([days[0], days[13]]).toEqual(['2024-01-01', '2024-02-14'])
  })

  it('the rows of a file that is judged by a sample keep their currencies, days and amounts, wherever they change', () => {
    const currencies = ['EUR', 'USD', 'EUR', 'CHF']
    const rows = Array.from({ length: 40_000 }, (_, at) => ({
      day: `${String((Math.floor(at / 3) % 28) + 1).padStart(2, '0')}.0${(Math.floor(at / 3) % 9) + 1}.2024`,
      amount: `${at % 7 === 0 ? '' : '-'}${at % 1000},${String(at % 97).padStart(2, '0')}`,
      currency: currencies[Math.floor(at / 500) % 4] ?? '',
    }))
    const text = ['Datum;Text;Betrag;Währung', ...rows.map((row) => `${row.day};Shop;${row.amount};${row.currency}`)]
    const bytes = bytesOf(`${text.join('\n')}\n`)
    expect(bytes.length).toBeGreaterThan(1024 * 1024)
    const named = new Map<number, string>()
    const read: string[] = []
    for (const item of delimitedImporter.parse(bytesSource('b.csv', bytes), { today: TODAY })) {
      if (item.type === 'statement') named.set(item.statement, item.currency ?? '')
      else if (item.type === 'transaction') {
        read.push(`${item.transaction.date} ${item.transaction.amount} ${named.get(item.statement) ?? ''}`)
      } else if (item.type === 'failed') read.push('failed')
    }
    const expected = rows.map(({ day, amount, currency }) => {
      const [date, month, year] = day.split('.')
      return `${year}-${month}-${date} ${decimalOf(BigInt(amount.replace(',', '')), 2)} ${currency}`
    })
    expect(read).toEqual(expected)
  })
})

describe('LITAS-ESIS', () => {
  const line = (...cells: string[]): string => `${cells.join('\t')}\r\n`
  const text =
    line(
      '000',
      '20240304',
      '',
      'TESTLT2X',
      'Bankas',
      '1',
      'Vilnius',
      '',
      '',
      '',
      'Ąžuolas',
      '',
      '',
      '',
      '',
      '',
      'LT12',
      'EUR',
    ) +
    line('020', 'LikutisPR', '20240101', '', '25175', '25175') +
    line(
      '010',
      '8511',
      '20240127',
      '',
      '100',
      '100',
      'D',
      '',
      '',
      '1',
      'A1',
      '',
      '',
      'Mokestis',
      '',
      '',
      'LT99',
      'AB Bankas',
    ) +
    line(
      '010',
      '2300',
      '20240217',
      '',
      '30000',
      '30000',
      'C',
      '',
      '',
      '2',
      'A2',
      '',
      '',
      'Alga',
      '',
      '',
      'LT98',
      'UAB Įmonė',
    ) +
    line('010', '2300', '20240218', '', '30x', '30x', 'C') +
    line('020', 'LikutisPB', '20240304', '', '55075', '55075') +
    line('999', '1')
  const bytes = encode(text, 'windows-1257')

  it('reads cents, directions and balances', () => {
    const file = readBytes(bytes, 'x.acc', {}, litasEsisImporter)
    expect(linesOf(file)).toEqual(['2024-01-27 -1 AB Bankas', '2024-02-17 300 UAB Įmonė'])
    expect(file.balances).toEqual({ opening: '251.75', closing: '550.75' })
    expect(file.statements[0]).toMatchObject({ account: { number: 'LT12', name: 'Ąžuolas' }, currency: 'EUR' })
    expect(file.failed).toEqual(['5 bad-amount'])
  })

  it('is told by its first record, and the general importer leaves it alone', () => {
    const head = { name: 'x.acc', size: bytes.length, bytes, text: decodeHead(bytes, true) }
    expect(litasEsisImporter.identify(head)).toBe('yes')
    expect(delimitedImporter.identify(head)).toBe('no')
    expect(litasEsisImporter.identify({ ...head, text: 'Date,Amount' })).toBe('no')
    expect(() => readBytes(bytesOf('010\t1\n'), 'x.acc', {}, litasEsisImporter)).toThrow(ImportRejection)
  })
})

const corpus = join(import.meta.dirname, '../../../../../shared/corpus/statements')
const factsPath = join(corpus, 'expected.json')
const factSchema = z.looseObject({
  format: z.string(),
  transactions: z.number().nullish(),
  acceptable: z.array(z.number()).nullish(),
  mustReject: z.boolean().nullish(),
  sum: z.unknown().optional(),
  sumFrom: z.unknown().optional(),
})

describe.skipIf(!existsSync(factsPath))('corpus of bank tables (skipped where it is not beside the project)', () => {
  it('at least 92 of 100 files hold as many transactions as they should, and stated sums agree', () => {
    const facts = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(factsPath, 'utf8')))
    let all = 0
    let right = 0
    const wrongSums: string[] = []
    for (const [path, raw] of Object.entries(facts)) {
      const fact = factSchema.parse(raw)
      if (fact.format !== 'csv-bank' || !existsSync(join(corpus, path))) continue
      const bytes = new Uint8Array(readFileSync(join(corpus, path)))
      const head = { name: path, size: bytes.length, bytes, text: decodeHead(bytes, true) }
      const importer = litasEsisImporter.identify(head) === 'yes' ? litasEsisImporter : delimitedImporter
      all += 1
      try {
        const { transactions } = readBytes(bytes, path, {}, importer)
        if (fact.mustReject === true) continue
        if (![fact.transactions, ...(fact.acceptable ?? [])].includes(transactions.length)) continue
        right += 1
        if (typeof fact.sum !== 'string' || fact.sumFrom !== undefined) continue
        const sum = transactions.reduce((total, { amount }) => addDecimal(total, amount), ZERO)
        if (sum !== parseDecimal(fact.sum)) wrongSums.push(path)
      } catch (error) {
        if (error instanceof ImportRejection && (fact.mustReject === true || fact.transactions === 0)) right += 1
      }
    }
    expect(wrongSums).toEqual([])
    expect(right / all).toBeGreaterThanOrEqual(0.92)
  })
})
