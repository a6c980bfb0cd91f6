import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ParsedItem } from '../importer.ts'
import { identify, readWith, rejectionOf } from '../text/test-support.ts'
import { ecbRatesImporter } from './ecb-rates-importer.ts'

const HISTORY = 'Date,USD,JPY,BGN,CYP,\n2026-01-05,1.1684,186.75,N/A,N/A,\n1999-01-04,1.1789,133.73,N/A,0.58231,\n'

const ratesOf = (items: readonly ParsedItem[]): unknown[] =>
  items.flatMap((item) => (item.type === 'exchange-rate' ? [[item.on, item.base, item.quote, item.rate]] : []))

describe("the European Central Bank's rates", () => {
  it('are units of each currency for one euro; N/A is no rate', () => {
    expect(ratesOf(readWith(ecbRatesImporter, HISTORY).items)).toEqual([
      ['2026-01-05', 'EUR', 'USD', '1.1684'],
      ['2026-01-05', 'EUR', 'JPY', '186.75'],
      ['1999-01-04', 'EUR', 'USD', '1.1789'],
      ['1999-01-04', 'EUR', 'JPY', '133.73'],
      ['1999-01-04', 'EUR', 'CYP', '0.58231'],
    ])
  })

  it('of the daily file have their date in words', () => {
    const { items } = readWith(ecbRatesImporter, 'Date, USD, JPY, GBP, \n13 April 2026, 1.1684, 186.75, 0.87058, \n')
    expect(ratesOf(items)[2]).toEqual(['2026-04-13', 'EUR', 'GBP', '0.87058'])
  })

  it('that are damaged are named and spare their neighbours', () => {
    const text = `${HISTORY}2026-02-30,1.1,180,N/A,N/A,\n2026-01-06,zero,-1,2.0,N/A,\n2026-01-07,1.2`
    const { items, failed, findings } = readWith(ecbRatesImporter, text)
    expect(ratesOf(items)).toHaveLength(6)
    expect(failed.map((item) => [item.record, item.reason.code])).toEqual([
      [4, 'bad-date'],
      [6, 'bad-record'],
    ])
    expect(findings.map((finding) => [finding.record, finding.code])).toEqual([
      [5, 'bad-amount'],
      [5, 'bad-amount'],
    ])
  })

  it('of currencies that nobody knows are left out, and it is said', () => {
    const { items, findings } = readWith(ecbRatesImporter, 'Date,USD,JPY,GBP,QQQ\n2026-01-05,1,2,3,4\n')
    expect(ratesOf(items)).toHaveLength(3)
    expect(findings[0]?.message).toContain('QQQ')
  })

  it.each([
    ['an empty file', '', 'empty-file'],
    ['blank lines', '\n\n', 'empty-file'],
    ['a bank statement', 'Date,Amount,Payee\n2026-01-05,1,X\n', 'wrong-kind'],
    ['a header alone', 'Date,USD,JPY,GBP\n', 'no-transactions-table'],
    ['zero bytes', '\0\0\0', 'binary'],
  ])('%s is refused', (_, text, code) => {
    expect(rejectionOf(ecbRatesImporter, text)?.code).toBe(code)
  })

  it.each([
    ['the history', HISTORY, 'yes'],
    ['the history with a mark', `\ufeff${HISTORY}`, 'yes'],
    ['a bank statement', 'Date,Amount\n', 'no'],
    ['two currencies', 'Date,USD,EUR\n', 'no'],
  ])('identify: %s', (_, text, answer) => {
    expect(identify(ecbRatesImporter, text)).toBe(answer)
  })
})

const history = join(process.cwd(), '../shared/corpus/catalogue/fx/eurofxref-hist.csv')
describe.skipIf(!existsSync(history))('the whole history since 1999', () => {
  it('reads without a loss: as many rates as cells that hold a number', () => {
    const bytes = readFileSync(history)
    const cells = bytes
      .toString('latin1')
      .split('\n')
      .slice(1)
      .flatMap((row) => row.split(',').slice(1))
    const { items, failed, findings } = readWith(ecbRatesImporter, bytes)
    expect([failed, findings]).toEqual([[], []])
    expect(ratesOf(items)).toHaveLength(cells.filter((cell) => /^\d/.test(cell.trim())).length)
  })
})
