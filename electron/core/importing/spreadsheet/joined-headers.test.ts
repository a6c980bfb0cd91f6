import { describe, expect, it } from 'vitest'
import { joinHeadings } from './joined-headers.ts'

type Cells = readonly string[]

const joined = (...rows: readonly Cells[]): Cells[] =>
  [...joinHeadings(rows.map((cells, index) => ({ record: index + 1, cells })))].map(({ cells }) => cells)

describe('a heading of merged cells in two rows', () => {
  it('is one row, called by the lower titles where there are some', () => {
    const rows = joinHeadings([
      { record: 4, cells: ['日期', '摘要', '发生额', '', '余额'] },
      { record: 5, cells: ['', '', '收入', '支出'] },
      { record: 6, cells: ['2024-01-05', '工资', '10', '', '10'] },
    ])
    expect([...rows]).toEqual([
      { record: 5, cells: ['日期', '摘要', '收入', '支出', '余额'] },
      { record: 6, cells: ['2024-01-05', '工资', '10', '', '10'] },
    ])
  })

  it.each<[string, readonly Cells[]]>([
    [
      'data under a heading',
      [
        ['Date', 'Payee', 'Amount'],
        ['2024-01-05', 'Coffee', '3'],
      ],
    ],
    [
      'a row of words under a heading without gaps',
      [
        ['Date', 'Payee', 'Amount', 'Memo'],
        ['', 'Carried forward', '', ''],
      ],
    ],
    [
      'a row that goes on beyond the heading',
      [
        ['Date', 'Payee', 'Amount'],
        ['', '', '', 'note'],
      ],
    ],
    [
      'two titles above each other',
      [
        ['Example Bank', ''],
        ['Date', 'Payee'],
      ],
    ],
    [
      'rows that are not next to each other in meaning',
      [
        ['Name', 'Owner'],
        ['', 'x'],
        ['a', 'b'],
      ],
    ],
  ])('is not seen in %s', (_, rows) => {
    expect(joined(...rows)).toEqual(rows)
  })

  it('leaves a long sheet as it is, row for row', () => {
    const rows = Array.from({ length: 200 }, (_, index) => [`a${index}`, 'b'])
    expect(joined(...rows)).toEqual(rows)
  })
})
