import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImportRejection } from '../importer.ts'
import { cellOf, type DocumentText, lineOf, type TextWord } from './document-text.ts'
import { documentFromText } from './plain-document.ts'
import { readDocumentText, readText } from './test-support.ts'
import { processorMilliseconds } from '../../../../test/support/processor-time.ts'

const statement = `
Example Bank
Account number: 12345678               Statement period 01/02/2024 to 29/02/2024
Date        Description                 Paid out     Paid in     Balance
            Balance brought forward                               100.00
01/02       Grocer                         20.00                   80.00
            North Road
02/02       Salary                                    500.00      580.00
03/02       Rent                          300.00                  280.00
            Closing balance                                       280.00
`

const fate = (read: () => unknown): string => {
  try {
    read()
    return 'read'
  } catch (error) {
    if (error instanceof ImportRejection) return error.code
    throw error
  }
}

/** Rows that come out are rows that went in: no amount is made up. */
const isKnown = (row: string): boolean => /^2024-02-0[123] (?:-20|500|-300) /.test(row)

describe('any document', () => {
  it('is read or refused, whatever its words and places', () => {
    const text = fc.oneof(
      fc.constantFrom(
        'Date',
        'Amount',
        'Balance',
        'Text',
        '01/02',
        '01.02.2024',
        '1,234.56',
        '-5.00',
        'CR',
        '交易日期',
        '金额',
        '余额',
      ),
      fc.string({ minLength: 1, maxLength: 12 }).map((value) => value.replaceAll(/\s/g, '_')),
    )
    const number = fc.oneof(fc.integer({ min: -50, max: 700 }), fc.constantFrom(0, 1e9, -1e9))
    const word = fc.record({ text, x: number, width: fc.integer({ min: 0, max: 200 }) })
    const line = fc.record({
      y: number,
      height: fc.integer({ min: 0, max: 60 }),
      words: fc.array(word, { minLength: 1, maxLength: 8 }),
    })
    const page = fc.array(line, { maxLength: 15 })
    fc.assert(
      fc.property(
        fc.array(page, { maxLength: 3 }),
        fc.constantFrom('pdf' as const, 'text' as const),
        (pages, origin) => {
          const document: DocumentText = {
            origin,
            pages: pages.map((lines) => ({
              width: 595,
              height: 842,
              lines: lines.map(({ y, height, words }) =>
                lineOf(
                  y,
                  height,
                  words.map((own: TextWord) => cellOf([own])),
                ),
              ),
            })),
          }
          expect(fate(() => readDocumentText(document))).toMatch(/^[a-z-]+$/)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('whatever is written over a statement, what is read was there, and nobody invents a row', () => {
    const signs = fc.constantFrom(' ', 'x', '7', '.', ',', '-', '/', '\n', '\f', '账', '(', '%')
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(statement.length - 1), sign: signs }), { minLength: 1, maxLength: 4 }),
        (edits) => {
          const text = Array.from(statement)
          for (const { at, sign } of edits) text[at] = sign
          expect(fate(() => readText(text.join('')))).toMatch(/^[a-z-]+$/)
        },
      ),
      { numRuns: 600 },
    )
  })

  it('a line taken out costs its own row only', () => {
    const lines = statement.split('\n')
    fc.assert(
      fc.property(fc.nat(lines.length - 1), (index) => {
        const rest = lines.toSpliced(index, 1).join('\n')
        // the period and the header say how all rows are read
        if (index <= 3) return
        const told = readText(rest)
        expect(told.rows.every(isKnown)).toBe(true)
        expect(told.rows.length).toBeGreaterThanOrEqual(2)
      }),
    )
  })

  it('stays linear: fifty pages of statement in a moment, and a page of nothing but headers', () => {
    const page = statement.replace('Closing balance ', 'Carried forward ')
    const started = processorMilliseconds()
    expect(readText(Array.from({ length: 50 }, () => page).join('\f')).rows.length).toBeGreaterThan(100)
    const header = 'Date        Description                 Paid out     Paid in     Balance\n'
    expect(fate(() => readText(header.repeat(3000)))).toBe('no-transactions-table')
    expect(fate(() => readDocumentText(documentFromText(`${'a  '.repeat(20_000)}\n`)))).toBe('no-transactions-table')
    // generous: a busy machine is no failure, a quadratic reader takes minutes
    expect(processorMilliseconds() - started).toBeLessThan(20_000)
  })
})
