import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { ImportRejection, type ParsedItem } from '../importer.ts'
import { readItems } from '../registry.ts'
import { bytesSource } from '../text/decode.ts'
import { type FixtureCell, makeXlsx } from './fixtures/make-xlsx.ts'

const today = parseIsoDate('2026-06-01')
const number = (text: string, style = 0): FixtureCell => ({ number: text, style })

function read(sheets: Parameters<typeof makeXlsx>[0]): { items: ParsedItem[]; importer: string } {
  let importer = ''
  const items = [
    ...readItems(bytesSource('movements.xlsx', makeXlsx(sheets)), {
      today,
      onImporter: (chosen) => {
        importer = chosen.id
      },
    }),
  ]
  return { items, importer }
}

const transactionsOf = (items: readonly ParsedItem[]) =>
  items.flatMap((item) => (item.type === 'transaction' ? [item] : []))

// 45296 is 2024-01-05 and 45299 2024-01-08 in the 1900 calendar
const table = [
  ['Example Bank', '', ''],
  ['Date', 'Description', 'Amount'],
  [number('45296', 2), 'Coffee', number('-3.5')],
  [number('45299', 2), 'Salary', number('1250')],
]

describe('a bank table in a workbook', () => {
  it('is read as a delimited file with the same cells would be', () => {
    const { items, importer } = read([{ name: 'Movements', rows: table }])
    expect(importer).toBe('spreadsheet')
    expect(
      transactionsOf(items).map(({ record, transaction }) => [
        record,
        transaction.date,
        transaction.amount,
        transaction.payee ?? transaction.memo,
      ]),
    ).toEqual([
      [3, '2024-01-05', '-3.5', 'Coffee'],
      [4, '2024-01-08', '1250', 'Salary'],
    ])
  })

  it('passes over a sheet of notes beside it', () => {
    const { items } = read([
      { name: 'Notes', rows: [['Read me'], ['This workbook was made by a bank']] },
      { name: 'Movements', rows: table },
    ])
    expect(transactionsOf(items)).toHaveLength(2)
  })

  it('keeps the statements of two sheets apart', () => {
    const { items } = read([
      { name: 'January', rows: table },
      { name: 'February', rows: table },
    ])
    expect(transactionsOf(items)).toHaveLength(4)
    expect(new Set(transactionsOf(items).map(({ statement }) => statement)).size).toBe(2)
  })

  it('refuses a workbook without transactions, with a reason', () => {
    expect(() => read([{ name: 'Notes', rows: [['Read me'], ['Nothing here']] }])).toThrow(ImportRejection)
    expect(() => read([{ name: 'Empty', rows: [] }])).toThrow(ImportRejection)
  })
})
