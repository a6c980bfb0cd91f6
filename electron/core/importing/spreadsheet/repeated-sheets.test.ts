import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedItem } from '../importer.ts'
import { readItems } from '../registry.ts'
import { bytesSource } from '../text/decode.ts'
import { makeXlsx } from './fixtures/make-xlsx.ts'

const today = parseIsoDate('2026-03-01')

interface SheetRows {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
}

const header = ['Date', 'Description', 'Amount', 'Balance']
const january = [
  ['2026-01-05', 'Rent', '-100.00', '900.00'],
  ['2026-01-20', 'Salary', '1500.00', '2400.00'],
]
const february = [
  ['2026-02-03', 'Shop', '-20.50', '2379.50'],
  ['2026-02-03', 'Shop', '-20.50', '2359.00'],
]

function read(...sheets: readonly SheetRows[]): { amounts: string[]; found: string[]; records: number[] } {
  const bytes = makeXlsx(sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => [...row]) })))
  const items: ParsedItem[] = [...readItems(bytesSource('book.xlsx', bytes), { today })]
  return {
    amounts: items.flatMap((item) => (item.type === 'transaction' ? [item.transaction.amount] : [])),
    records: items.flatMap((item) => (item.type === 'transaction' ? [item.record] : [])),
    found: items.flatMap((item) =>
      item.type === 'finding' && item.finding.code === 'sheets-repeated'
        ? [`${item.finding.values?.['name']}: ${item.finding.values?.['sheets']} (${item.finding.values?.['count']})`]
        : [],
    ),
  }
}

describe('a sheet of all rows beside the months', () => {
  const all = { name: 'All', rows: [header, ...january, ...february] }
  const months = [
    { name: '2026-01', rows: [header, ...january, ['', 'Total', '1400.00', '']] },
    { name: '2026-02', rows: [header, ...february] },
  ]

  it('its rows are taken once, and that is told: twins within a month stay two', () => {
    const { amounts, found } = read(all, ...months)
    expect(amounts).toEqual(['-100', '1500', '-20.5', '-20.5'])
    expect(found).toEqual(['All: 2026-01, 2026-02 (4)'])
  })

  it('wherever it stands among the sheets, records keep the numbers of their own sheet', () => {
    const { amounts, found, records } = read(...months, all)
    expect(amounts).toHaveLength(4)
    expect(found).toEqual(['All: 2026-01, 2026-02 (4)'])
    expect(records.every((record) => record > 20_000_000_000)).toBe(true)
  })

  it('numbers that only count the rows of their sheet do not tell rows apart', () => {
    const counted = ({ name, rows }: SheetRows): SheetRows => ({
      name,
      rows: rows.map((row, index) => [index === 0 ? 'No.' : `${index}`, ...row]),
    })
    expect(read(...[all, ...months].map(counted)).found).toEqual(['All: 2026-01, 2026-02 (4)'])
  })

  it('a sheet beside them that holds other rows is read', () => {
    const other = { name: 'Card', rows: [header, ['2026-02-09', 'Book', '-7.00', '-7.00']] }
    const { amounts, found } = read(all, ...months, other)
    expect(amounts).toEqual(['-100', '1500', '-20.5', '-20.5', '-7'])
    expect(found).toHaveLength(1)
  })

  it.each([
    ['one row more in a month', [all, { name: 'a', rows: [header, ...january, january[0] ?? []] }, months[1]]],
    ['one row less in all', [{ name: 'All', rows: [header, ...january, ...february.slice(1)] }, ...months]],
    ['only one other sheet', [{ name: 'All', rows: [header, ...january] }, months[0]]],
  ])('is not taken for one: %s', (_, sheets) => {
    expect(read(...sheets.filter((sheet) => sheet !== undefined)).found).toEqual([])
  })
})
