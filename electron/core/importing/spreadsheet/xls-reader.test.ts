import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImportRejection } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { makeBiff, makeCompoundFile, type XlsOptions, type XlsSheet, xlsCell } from './fixtures/make-xls.ts'
import { identifySpreadsheet, openTables } from './open-tables.ts'
import { openXls, rkNumber } from './xls-reader.ts'

const open = (bytes: Uint8Array): { name: string; rows: { record: number; cells: readonly string[] }[] }[] =>
  openXls(bytesSource('test.xls', bytes)).map((table) => ({ name: table.name, rows: [...table.rows()] }))

const workbook = (sheets: readonly XlsSheet[], strings: readonly string[] = [], options?: XlsOptions): Uint8Array =>
  makeCompoundFile(options?.isBiff5 ? 'Book' : 'Workbook', makeBiff(sheets, strings, options))

const cellsOf = (...cells: Uint8Array[]): (readonly string[])[] =>
  (open(workbook([{ name: 'S', cells }]))[0]?.rows ?? []).map((row) => row.cells)

describe('numbers in RK form ([MS-XLS] 2.5.217)', () => {
  it.each([
    // bit 1: integer in the upper 30 bits; bit 0: divided by a hundred
    [(1234 << 2) | 2, 1234],
    [(1234 << 2) | 3, 12.34],
    [(-5 << 2) | 2, -5],
    // 1.0 is 3FF00000 00000000: its upper 30 bits, with and without the hundredth
    [0x3ff00000, 1],
    [0x3ff00001, 0.01],
  ])('%i reads %d', (rk, value) => {
    expect(rkNumber(rk)).toBe(value)
  })
})

describe('cells of an XLS sheet', () => {
  it.each<[string, Uint8Array, string]>([
    ['a number', xlsCell.number(0, 0, 12.3), '12.3'],
    ['a number with noise', xlsCell.number(0, 0, 0.1 + 0.2), '0.3'],
    ['a date with a time', xlsCell.number(0, 0, 45_291.75, 1), '2023-12-31 18:00:00'],
    ['a date', xlsCell.number(0, 0, 45_291, 2), '2023-12-31'],
    ['an RK number', xlsCell.rk(0, 0, (1678 << 2) | 3), '16.78'],
    ['a label', xlsCell.label(0, 0, '交易日期'), '交易日期'],
    ['a narrow label', xlsCell.label(0, 0, 'Café'), 'Café'],
    ['a formula with a number', xlsCell.formula(0, 0, 7.5), '7.5'],
    ['a formula with a text', xlsCell.textFormula(0, 0, '合计'), '合计'],
  ])('%s', (_, cell, expected) => {
    expect(cellsOf(cell)).toEqual([[expected]])
  })

  it('several numbers in one record', () => {
    expect(cellsOf(xlsCell.multipleRk(2, 1, [(1 << 2) | 2, (2 << 2) | 2]))).toEqual([['', '1', '2']])
  })

  it('rows come in their order, empty ones show in the record numbers', () => {
    const [sheet] = open(workbook([{ name: 'S', cells: [xlsCell.number(4, 0, 2), xlsCell.number(1, 0, 1)] }]))
    expect(sheet?.rows).toEqual([
      { record: 2, cells: ['1'] },
      { record: 5, cells: ['2'] },
    ])
  })
})

describe('the shared string table', () => {
  const strings = ['交易时间', 'amount', '商品说明'.repeat(40), '', 'x']
  it.each([8224, 100, 37, 24])('holds its texts where records are cut after %i bytes', (cut) => {
    const cells = strings.map((_, index) => xlsCell.shared(0, index, index))
    const [sheet] = open(workbook([{ name: 'S', cells }], strings, { cut }))
    expect(sheet?.rows[0]?.cells).toEqual(['交易时间', 'amount', '商品说明'.repeat(40), '', 'x'])
  })
})

describe('workbooks', () => {
  it('give their sheets in order with their names', () => {
    const bytes = workbook([
      { name: '支出', cells: [xlsCell.label(0, 0, 'a')] },
      { name: 'In', cells: [xlsCell.label(0, 0, 'b')] },
    ])
    expect(open(bytes).map(({ name, rows }) => [name, rows[0]?.cells[0]])).toEqual([
      ['支出', 'a'],
      ['In', 'b'],
    ])
  })

  it('of more than 4096 bytes (regular sectors) read like small ones (mini sectors)', () => {
    const cells = Array.from({ length: 300 }, (_, row) => xlsCell.number(row, 0, row + 1))
    expect(open(workbook([{ name: 'S', cells }]))[0]?.rows).toHaveLength(300)
  })

  it('of Excel 95 keep their texts in the code page they name', () => {
    // GB 2312: 收 CA D5, 入 C8 EB
    const cells = [xlsCell.byteLabel(0, 0, [0xca, 0xd5, 0xc8, 0xeb]), xlsCell.number(0, 1, 3)]
    const [sheet] = open(workbook([{ name: 'S', cells }], [], { isBiff5: true, codePage: 936 }))
    expect(sheet?.rows[0]?.cells).toEqual(['收入', '3'])
  })

  it('count days from 1904 where they say so', () => {
    const [sheet] = open(workbook([{ name: 'S', cells: [xlsCell.number(0, 0, 366, 2)] }], [], { is1904: true }))
    expect(sheet?.rows[0]?.cells).toEqual(['1905-01-01'])
  })

  it('without a container are read too', () => {
    const bytes = makeBiff([{ name: 'S', cells: [xlsCell.number(0, 0, 1)] }], [])
    expect(identifySpreadsheet(bytes)).toBe('xls')
    expect([...(openTables(bytesSource('x.xls', bytes))?.[0]?.rows() ?? [])]).toEqual([{ record: 1, cells: ['1'] }])
  })
})

describe('what is refused', () => {
  const reasonOf = (bytes: Uint8Array): string => {
    try {
      open(bytes)
      return 'read'
    } catch (error) {
      return error instanceof ImportRejection ? error.code : String(error)
    }
  }
  const good = workbook([{ name: 'S', cells: [xlsCell.shared(0, 0, 0), xlsCell.number(1, 1, 2)] }], ['日期'])

  it.each<[string, Uint8Array, string]>([
    ['a workbook with a password', workbook([], [], { isEncrypted: true }), 'password-protected'],
    [
      'an encrypted XLSX, which hides in a compound file',
      makeCompoundFile('EncryptedPackage', new Uint8Array(80)),
      'password-protected',
    ],
    ['another Office document', makeCompoundFile('WordDocument', new Uint8Array(80)), 'wrong-kind'],
    ['a workbook cut off', good.subarray(0, 1100), 'truncated'],
    ['an Excel 4 sheet', Uint8Array.from([0x09, 0x04, 6, 0, 0, 4, 0x10, 0, 0, 0]), 'unsupported-version'],
  ])('%s', (_, bytes, code) => {
    expect(reasonOf(bytes)).toBe(code)
  })

  it('a damaged workbook gives rows or an ImportRejection, and always ends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255) }), { minLength: 1, maxLength: 12 }),
        fc.nat(good.length),
        (edits, cut) => {
          const bytes = Uint8Array.from(good)
          for (const { at, byte } of edits) bytes[at] = byte
          for (const candidate of [bytes, bytes.subarray(0, cut)]) {
            const reason = reasonOf(candidate)
            expect(reason).toMatch(/^[a-z-]+$/)
          }
        },
      ),
      { numRuns: 400 },
    )
  })
})
