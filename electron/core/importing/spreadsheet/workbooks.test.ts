import { describe, expect, it } from 'vitest'
import { recordOf } from '../../../../shared/domain/source-record.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { ImportRejection, type ParsedItem } from '../importer.ts'
import { readItems } from '../registry.ts'
import { bytesSource } from '../text/decode.ts'
import { makeOds, type OdsCell } from './fixtures/make-ods.ts'
import { makeBiff, makeCompoundFile, xlsCell, xlsHiddenRow } from './fixtures/make-xls.ts'
import { type FixtureCell, makeXlsx } from './fixtures/make-xlsx.ts'

const today = parseIsoDate('2026-06-01')

/** A cell of any kind of workbook: text, an amount, or a day as its number in the 1900 calendar with its ISO form. */
type Cell = string | number | { readonly day: number; readonly iso: string } | null

interface Sheet {
  readonly name: string
  readonly rows: readonly (readonly Cell[])[]
  /** Rows that a filter hides, from 0. */
  readonly hidden?: readonly number[]
}

const xlsxCell = (cell: Cell): FixtureCell => {
  if (cell === null || typeof cell === 'string') return cell
  return typeof cell === 'number' ? { number: String(cell) } : { number: String(cell.day), style: 2 }
}

const odsCell = (cell: Cell): OdsCell => {
  if (cell === null || typeof cell === 'string') return cell
  return typeof cell === 'number' ? { type: 'float', value: String(cell) } : { type: 'date', value: cell.iso }
}

const xlsRecord = (row: number, column: number, cell: Cell): Uint8Array[] => {
  if (cell === null) return []
  if (typeof cell === 'string') return [xlsCell.label(row, column, cell)]
  return [typeof cell === 'number' ? xlsCell.number(row, column, cell) : xlsCell.number(row, column, cell.day, 2)]
}

const writers: readonly (readonly [string, (sheets: readonly Sheet[]) => Uint8Array])[] = [
  [
    'xlsx',
    (sheets) =>
      makeXlsx(
        sheets.map(({ name, rows, hidden = [] }) => ({
          name,
          rows: rows.map((row) => row.map(xlsxCell)),
          rowAttributes: Object.fromEntries(hidden.map((row) => [row, 'hidden="1"'])),
        })),
      ),
  ],
  [
    'xls',
    (sheets) =>
      makeCompoundFile(
        'Workbook',
        makeBiff(
          sheets.map(({ name, rows, hidden = [] }) => ({
            name,
            cells: [
              ...hidden.map(xlsHiddenRow),
              ...rows.flatMap((row, at) => row.flatMap((cell, column) => xlsRecord(at, column, cell))),
            ],
          })),
          [],
        ),
      ),
  ],
  [
    'ods',
    (sheets) =>
      makeOds(
        sheets.map(({ name, rows, hidden = [] }) => ({
          name,
          rows: rows.map((row) => row.map(odsCell)),
          rowAttributes: Object.fromEntries(hidden.map((row) => [row, 'table:visibility="filter"'])),
        })),
      ),
  ],
]

const january5 = { day: 45_296, iso: '2024-01-05' }
const january8 = { day: 45_299, iso: '2024-01-08' }
const february1 = { day: 45_323, iso: '2024-02-01' }

const read = (name: string, bytes: Uint8Array): ParsedItem[] => [
  ...readItems(bytesSource(`book.${name}`, bytes), { today }),
]

const linesOf = (items: readonly ParsedItem[]): string[] =>
  items.flatMap((item) =>
    item.type === 'transaction'
      ? [
          `${item.record} ${item.transaction.date} ${item.transaction.amount} ${item.transaction.payee ?? item.transaction.memo ?? ''}`,
        ]
      : [],
  )

const fatesOf = (items: readonly ParsedItem[]): string[] =>
  items.flatMap((item) =>
    item.type === 'skipped' || item.type === 'failed' ? [`${item.type} ${item.record} ${item.reason.code}`] : [],
  )

const findingsOf = (items: readonly ParsedItem[]): string[] =>
  items.flatMap((item) => (item.type === 'finding' ? [item.finding.code] : []))

describe.each(writers)('a bank table in a workbook of the kind %s', (kind, write) => {
  it('a record that is damaged among good ones fails alone, totals are skipped, all are counted', () => {
    const items = read(
      kind,
      write([
        {
          name: 'Movements',
          rows: [
            ['Example Bank'],
            ['Date', 'Description', 'Amount'],
            [january5, 'Coffee', -3.5],
            [january8, 'Broken', 'twelve'],
            [february1, 'Salary', 1250],
            ['Total', null, 1246.5],
          ],
        },
      ]),
    )
    expect(linesOf(items)).toEqual(['3 2024-01-05 -3.5 Coffee', '5 2024-02-01 1250 Salary'])
    expect(fatesOf(items)).toEqual(['failed 4 bad-amount', 'skipped 6 totals-row'])
  })

  it('a header under merged cells of its groups is the header', () => {
    const items = read(
      kind,
      write([
        {
          name: 'S',
          rows: [
            ['Date', 'Description', 'Amount', null, 'Balance'],
            [null, null, 'Debit', 'Credit', null],
            [january5, 'Coffee', 3.5, null, 96.5],
            [january8, 'Salary', null, 1250, 1346.5],
            [february1, 'Rent', 800, null, 546.5],
          ],
        },
      ]),
    )
    expect(linesOf(items)).toEqual(['3 2024-01-05 -3.5 Coffee', '4 2024-01-08 1250 Salary', '5 2024-02-01 -800 Rent'])
  })

  it('records of two sheets have numbers of their own, a sheet of notes is told', () => {
    const table = [
      ['Date', 'Description', 'Amount'],
      [january5, 'Coffee', -3.5],
      [january8, 'Broken', 'twelve'],
      [january8, 'Salary', 1250],
    ]
    const items = read(
      kind,
      write([
        { name: 'Notes', rows: [['Read me'], ['Made by a bank']] },
        { name: 'January', rows: table },
        { name: 'February', rows: table },
      ]),
    )
    expect(linesOf(items).map((line) => Number(line.split(' ')[0]))).toEqual([
      recordOf(1, 2),
      recordOf(1, 4),
      recordOf(2, 2),
      recordOf(2, 4),
    ])
    expect(fatesOf(items)).toEqual([`failed ${recordOf(1, 3)} bad-amount`, `failed ${recordOf(2, 3)} bad-amount`])
    expect(findingsOf(items)).toContain('sheet-left-out')
  })

  it('rows that a filter hides are records, and it is told how many', () => {
    const items = read(
      kind,
      write([
        {
          name: 'S',
          rows: [
            ['Date', 'Description', 'Amount'],
            [january5, 'Coffee', -3.5],
            [january8, 'Salary', 1250],
            [february1, 'Rent', -800],
          ],
          hidden: [2, 3],
        },
      ]),
    )
    expect(linesOf(items)).toHaveLength(3)
    const told = items.find((item) => item.type === 'finding' && item.finding.code === 'hidden-rows')
    expect(told).toMatchObject({ finding: { severity: 'warning', values: { count: 2, name: 'S' } } })
  })
})

describe('a workbook under a password', () => {
  const reasonOf = (name: string, bytes: Uint8Array): string => {
    try {
      return String(read(name, bytes).length)
    } catch (error) {
      return error instanceof ImportRejection ? error.code : String(error)
    }
  }

  it.each<[string, Uint8Array]>([
    ['ods', makeOds([{ name: 'S', rows: [['a']] }], { isEncrypted: true })],
    ['xls', makeCompoundFile('Workbook', makeBiff([{ name: 'S', cells: [] }], [], { isEncrypted: true }))],
    ['xlsx', makeCompoundFile('EncryptedPackage', Uint8Array.of(1, 2, 3))],
  ])('%s is refused with that reason', (name, bytes) => {
    expect(reasonOf(`book.${name}`, bytes)).toBe('password-protected')
  })
})
