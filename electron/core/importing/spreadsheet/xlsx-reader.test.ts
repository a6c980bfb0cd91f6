import { strToU8, zipSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImportRejection } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { type FixtureCell, type FixtureOptions, makeXlsx } from './fixtures/make-xlsx.ts'
import { openXlsx } from './xlsx-reader.ts'

const open = (bytes: Uint8Array): { name: string; rows: (readonly string[])[] }[] =>
  openXlsx(bytesSource('test.xlsx', bytes)).map((table) => ({
    name: table.name,
    rows: [...table.rows()].map(({ cells }) => cells),
  }))

const rowsOf = (cells: readonly (readonly FixtureCell[])[], options?: FixtureOptions): (readonly string[])[] =>
  open(makeXlsx([{ name: 'Sheet', rows: cells }], options))[0]?.rows ?? []

const number = (text: string, style = 0): FixtureCell => ({ number: text, style })

describe('cells of an XLSX sheet', () => {
  it.each<[string, FixtureCell, string]>([
    ['text, from the shared table, without its phonetic reading', '交易时间', '交易时间'],
    ['text with marks that XML escapes', 'A & B <c> "d"', 'A & B <c> "d"'],
    ['text with outer space', '  x  ', '  x  '],
    ['a whole number', number('67'), '67'],
    ['a number without the noise of floating point', number('12.300000000000001'), '12.3'],
    ['the sum 0.1 + 0.2 as a spreadsheet shows it', number('0.30000000000000004'), '0.3'],
    ['an exponent in plain form', number('1.5E-3'), '0.0015'],
    ['a long number in plain form', number('1.23456789012345E+15'), '1234567890123450'],
    ['minus zero', number('-0'), '0'],
    // 45291 days after 1899-12-30 is 2023-12-31 (Excel's own DATEVALUE)
    ['a date', number('45291', 2), '2023-12-31'],
    ['a date with a time', number('45291.5', 1), '2023-12-31 12:00:00'],
    ['a second before midnight stays on its day', number('45291.99999', 1), '2023-12-31 23:59:59'],
    ['rounding up to midnight takes the next day', number('45291.999999', 1), '2024-01-01 00:00:00'],
    ['1 March 1900, the first day that both calendars share', number('61', 2), '1900-03-01'],
    ['28 February 1900, before the leap day that never was', number('59', 2), '1900-02-28'],
    ['the leap day that never was is no date', number('60', 2), '60'],
    ['a negative number under a date format', number('-5', 2), '-5'],
    ['a number beyond the year 9999', number('99999999', 2), '99999999'],
    ['a formula gives its stored text', { raw: '<c t="str"><f>A1&amp;"x"</f><v>stored</v></c>' }, 'stored'],
    ['a formula gives its stored number', { raw: '<c><f>1+1</f><v>2</v></c>' }, '2'],
    ['a truth value', { raw: '<c t="b"><v>1</v></c>' }, 'TRUE'],
    ['an error', { raw: '<c t="e"><v>#N/A</v></c>' }, '#N/A'],
    ['an ISO date', { raw: '<c t="d"><v>2024-02-29T08:15:00Z</v></c>' }, '2024-02-29 08:15:00'],
    ['rich text in runs', { raw: '<c t="inlineStr"><is><r><t>ab</t></r><r><t>cd</t></r></is></c>' }, 'abcd'],
    ['a control character written as _x000D_', 'a_x000A_b', 'a\nb'],
  ])('%s', (_, cell, expected) => {
    expect(rowsOf([['edge', cell]])).toEqual([['edge', expected]])
  })

  it.each([
    ['yyyy"年"m"月"d"日"', '45291', '2023-12-31'],
    ['yyyy\\-mm\\-dd hh:mm:ss', '45291.25', '2023-12-31 06:00:00'],
    ['[$-804]yyyy-mm-dd;@', '45291', '2023-12-31'],
    ['h:mm', '0.5', '12:00:00'],
    ['mmm-yy', '45291', '2023-12-31'],
    ['[h]:mm', '1.5', '1.5'],
    ['#,##0.00" dollars"', '45291', '45291'],
    ['0.00E+00', '45291', '45291'],
    ['[Red]-0.00', '45291', '45291'],
    ['"day" 0', '5', '5'],
    ['General', '45291', '45291'],
    ['@', '45291', '45291'],
  ])('the number format %s makes %s read %s', (format, value, expected) => {
    expect(rowsOf([[number(value, 4)]], { formats: [format] })).toEqual([[expected]])
  })

  it('counts days from 1904 where the workbook says so', () => {
    // 1904-01-01 is day 0 of that system; 366 days later the leap year 1904 is over
    expect(rowsOf([[number('0', 2), number('366', 2)]], { is1904: true })).toEqual([['1904-01-01', '1905-01-01']])
  })

  it.each<[string, FixtureOptions]>([
    ['shared texts', {}],
    ['inline texts', { isInline: true }],
    ['no references', { isBare: true }],
    ['stored, not deflated', { level: 0 }],
  ])('reads the same rows from a workbook with %s', (_, options) => {
    expect(
      rowsOf(
        [
          ['日期', '金额'],
          ['2024-01-01', number('3.5')],
        ],
        options,
      ),
    ).toEqual([
      ['日期', '金额'],
      ['2024-01-01', '3.5'],
    ])
  })
})

describe('sheets of an XLSX workbook', () => {
  it('come in order, empty ones too; hidden rows come with a mark, empty rows show in the record numbers', () => {
    const bytes = makeXlsx([
      { name: '收入 & 支出', rows: [['a'], [], [null, null, 'c']], rowAttributes: { 2: 'hidden="1"' } },
      { name: 'Empty', rows: [] },
    ])
    const [first, second] = openXlsx(bytesSource('x.xlsx', bytes))
    expect(first?.name).toBe('收入 & 支出')
    expect([...(first?.rows() ?? [])]).toEqual([
      { record: 1, cells: ['a'] },
      { record: 3, cells: ['', '', 'c'], isHidden: true },
    ])
    expect(second?.name).toBe('Empty')
    expect([...(second?.rows() ?? [])]).toEqual([])
  })

  it('of merged cells only the first carries the value', () => {
    const bytes = makeXlsx([
      { name: 'S', rows: [['100', null, '']], after: '<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>' },
    ])
    expect(open(bytes)[0]?.rows).toEqual([['100']])
  })

  it('can be read again from the start', () => {
    const [table] = openXlsx(bytesSource('x.xlsx', makeXlsx([{ name: 'S', rows: [['a'], ['b']] }])))
    expect([...(table?.rows() ?? [])]).toEqual([...(table?.rows() ?? [])])
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

  it('a zip file that is no workbook', () => {
    expect(
      reasonOf(zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8('<w/>') })),
    ).toBe('wrong-kind')
  })

  it('a workbook cut off', () => {
    const bytes = makeXlsx([{ name: 'S', rows: [['a']] }])
    expect(reasonOf(bytes.subarray(0, bytes.length - 40))).toBe('truncated')
  })

  it('entities are never expanded, whatever a document type declares', () => {
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    const files = {
      'xl/workbook.xml': '<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>',
      'xl/s.xml': bomb,
    }
    const bytes = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))
    expect(open(bytes)[0]?.rows).toEqual([['&b;']])
  })

  it('a damaged workbook gives rows or an ImportRejection, and always ends', () => {
    const good = makeXlsx(
      [
        {
          name: 'S',
          rows: [
            ['日期', '金额'],
            ['2024-01-01', number('45291', 2)],
          ],
        },
      ],
      { level: 0 },
    )
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
      { numRuns: 300 },
    )
  })
})
