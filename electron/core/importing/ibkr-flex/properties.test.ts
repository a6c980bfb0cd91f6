import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalOf } from '../../../../shared/domain/decimal.ts'
import { dateFromDayNumber } from '../../../../shared/domain/iso-date.ts'
import { bytesSource } from '../text/decode.ts'
import { outcomeOf, survivedBytes, survivedDamages } from '../../../../test/support/fuzz-importer.ts'
import { readWith, smallReads } from '../text/test-support.ts'
import { flexImporter } from './flex-importer.ts'
import { processorMilliseconds } from '../../../../test/support/processor-time.ts'

const household = readFileSync(join(import.meta.dirname, 'fixtures/household.xml'), 'utf8')

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

describe('Flex queries', () => {
  it('give back every cash transaction, wherever windows end', () => {
    const line = fc.record({
      day: fc.integer({ min: 0, max: 40_000 }),
      cents: fc.integer({ min: -10_000_000, max: 10_000_000 }).filter((cents) => cents !== 0),
      memo: fc.stringMatching(/^[A-Za-z<>&"'=é支]{1,20}$/).filter((text) => !/&#?\w+;/.test(text)),
    })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.integer({ min: 1, max: 500 }), (lines, window) => {
        const rows = lines.map(({ day, cents, memo }) => {
          const date = dateFromDayNumber(day).replaceAll('-', '')
          return `<CashTransaction currency="EUR" type="Other Fees" reportDate="${date}" amount="${decimalOf(cents, 2)}" description="${escaped(memo)}"/>`
        })
        const text = `<FlexQueryResponse><FlexStatement accountId="U1"><CashTransactions>${rows.join('\n')}</CashTransactions></FlexStatement></FlexQueryResponse>`
        const source = smallReads(bytesSource('x', new TextEncoder().encode(text)), window)
        const { transactions, failed, skipped } = readWith(flexImporter, source)
        expect([failed, skipped]).toEqual([[], []])
        expect(transactions).toEqual(
          lines.map(({ day, cents, memo }) => ({
            date: dateFromDayNumber(day),
            amount: decimalOf(cents, 2),
            kind: 'fee',
            memo,
          })),
        )
      }),
      { numRuns: 100 },
    )
  })

  it('are read or rejected, whatever the bytes', () => {
    expect(survivedBytes(flexImporter, '<FlexQueryResponse><FlexStatement accountId="U1">', 200)).toBe(200)
  })

  it('are read or rejected, whatever the damage', () => {
    const pieces = [
      '<',
      '>',
      '"',
      "'",
      '=',
      '&',
      '&#x0;',
      '<!--',
      ']]>',
      '\0',
      '1e999',
      '-',
      '__proto__="1"',
      '</FlexStatement>',
      '<FlexStatement>',
      '<Trade ',
      '<CorporateAction currency="USD" ',
      'quantity="-0" ',
    ]
    expect(survivedDamages(flexImporter, household, pieces, 300)).toBe(300)
  })

  it.each([
    ['brackets', '<'],
    ['quotes', '"'],
    ['equals signs', '='],
    ['attributes', 'a="1" '],
    ['half tags', '<Trade '],
    ['trades', '<Trade symbol="A"/>'],
    ['statements', '<FlexStatement>'],
    ['comments', '<!---->'],
    ['entities', '&amp;'],
  ])('are done soon with a megabyte of %s', (_, unit) => {
    const body = unit.repeat(Math.ceil(1_000_000 / unit.length))
    const started = processorMilliseconds()
    for (const text of [`<FlexQueryResponse>${body}`, `<FlexQueryResponse><FlexStatement><Trade x="${body}"/>`]) {
      expect(['read', 'rejected']).toContain(outcomeOf(flexImporter, new TextEncoder().encode(text)))
    }
    expect(processorMilliseconds() - started).toBeLessThan(10_000)
  })
})
