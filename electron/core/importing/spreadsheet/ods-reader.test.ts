import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImportRejection } from '../importer.ts'
import type { TableRow } from '../table/table-reader.ts'
import { bytesSource } from '../text/decode.ts'
import { contentXml, makeOds, type OdsCell, type OdsOptions } from './fixtures/make-ods.ts'
import { openOds } from './ods-reader.ts'
import { identifySpreadsheet, openTables } from './open-tables.ts'

const tablesOf = (bytes: Uint8Array): { name: string; rows: TableRow[] }[] =>
  openOds(bytesSource('test.ods', bytes)).map((table) => ({ name: table.name, rows: [...table.rows()] }))

const cellsOf = (rows: readonly (readonly OdsCell[] | string)[]): (readonly string[])[] =>
  tablesOf(makeOds([{ name: 'Sheet', rows }]))[0]?.rows.map(({ cells }) => cells) ?? []

const typed = (
  type: 'float' | 'percentage' | 'currency' | 'date' | 'time' | 'boolean',
  value: string,
  shown?: string,
) => ({ type, value, ...(shown === undefined ? {} : { shown }) }) as const

function reasonOf(work: () => unknown): string {
  try {
    work()
    return 'read'
  } catch (error) {
    return error instanceof ImportRejection ? error.code : String(error)
  }
}

describe('cells of an OpenDocument sheet', () => {
  it.each<[string, OdsCell, string]>([
    ['text', '交易时间', '交易时间'],
    ['text with marks that XML escapes', 'A & B <c> "d"', 'A & B <c> "d"'],
    ['the value of a number, not what is shown of it', typed('float', '1234.567', '1.234,57'), '1234.567'],
    ['a long number exactly', typed('float', '6222021234567890123', '6,22E+18'), '6222021234567890123'],
    ['a number without the noise of floating point', typed('float', '0.30000000000000004'), '0.3'],
    ['an exponent in plain form', typed('float', '1.5E-3'), '0.0015'],
    ['an amount of money', typed('currency', '-12.5', '-12,50 €'), '-12.5'],
    ['a share', typed('percentage', '0.15', '15 %'), '0.15'],
    ['a number that is none, as it is shown', typed('float', 'NaN', '#N/A'), '#N/A'],
    ['a date, whatever way it is shown', typed('date', '2024-02-29', '29.02.24'), '2024-02-29'],
    ['a date with a time', typed('date', '2024-02-29T08:15:30.500000000'), '2024-02-29 08:15:30'],
    ['a date with a time without seconds', typed('date', '2024-02-29T08:15'), '2024-02-29 08:15:00'],
    ['midnight is a date', typed('date', '2024-02-29T00:00:00'), '2024-02-29'],
    ['a time of day', typed('time', 'PT08H15M30S', '8:15'), '08:15:30'],
    ['a duration longer than a day, as it is shown', typed('time', 'PT36H00M00S', '36:00'), '36:00'],
    ['a truth value', typed('boolean', 'true', 'WAHR'), 'TRUE'],
    [
      'paragraphs, spaces, tabs and line ends',
      {
        raw: '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="3"/>b<text:tab/>c</text:p><text:p>d<text:line-break/>e</text:p></table:table-cell>',
      },
      'a   b\tc\nd\ne',
    ],
    [
      'text in spans and links',
      {
        raw: '<table:table-cell><text:p>a<text:span>b</text:span><text:a xlink:href="x">c</text:a></text:p></table:table-cell>',
      },
      'abc',
    ],
    [
      'nothing of the note on a cell',
      {
        raw: '<table:table-cell><office:annotation><dc:date>2024</dc:date><text:p>note</text:p></office:annotation><text:p>x</text:p></table:table-cell>',
      },
      'x',
    ],
    [
      'the stored result of a formula, which is not computed',
      {
        raw: '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell>',
      },
      '3',
    ],
    [
      'the text of a formula',
      {
        raw: '<table:table-cell table:formula="of:=X()" office:value-type="string" office:string-value="stored"><text:p>shown</text:p></table:table-cell>',
      },
      'stored',
    ],
  ])('%s', (_, cell, expected) => {
    expect(cellsOf([['edge', cell]])).toEqual([['edge', expected]])
  })

  it('repeats what is repeated, and leaves the empty ends out', () => {
    const twice = { raw: '<table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell>' }
    const gap = { raw: '<table:table-cell table:number-columns-repeated="2"/>' }
    expect(cellsOf([[gap, twice, gap]])).toEqual([['', '', 'x', 'x']])
  })

  it('of merged cells only the first carries the value', () => {
    const merged = {
      raw: '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1"><text:p>Amount</text:p></table:table-cell><table:covered-table-cell><text:p>covered</text:p></table:covered-table-cell>',
    }
    expect(cellsOf([['Date', merged, 'Payee']])).toEqual([['Date', 'Amount', '', 'Payee']])
  })
})

describe('rows and sheets of an OpenDocument spreadsheet', () => {
  it('rows in header rows and groups are rows; empty and repeated ones show in the record numbers', () => {
    const cell = (text: string): string => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`
    const bytes = makeOds([
      {
        name: 'S',
        rows: [
          `<table:table-header-rows><table:table-row>${cell('head')}</table:table-row></table:table-header-rows>`,
          '<table:table-row table:number-rows-repeated="3"/>',
          `<table:table-row-group><table:table-row table:number-rows-repeated="2">${cell('twin')}</table:table-row></table:table-row-group>`,
          ['last'],
        ],
      },
    ])
    expect(tablesOf(bytes)[0]?.rows).toEqual([
      { record: 1, cells: ['head'] },
      { record: 5, cells: ['twin'] },
      { record: 6, cells: ['twin'] },
      { record: 7, cells: ['last'] },
    ])
  })

  it.each(['collapse', 'filter'])('a row hidden by "%s" is there, with a mark', (how) => {
    const bytes = makeOds([{ name: 'S', rows: [['a'], ['b']], rowAttributes: { 1: `table:visibility="${how}"` } }])
    expect(tablesOf(bytes)[0]?.rows).toEqual([
      { record: 1, cells: ['a'] },
      { record: 2, cells: ['b'], isHidden: true },
    ])
  })

  it('sheets come in order; tables within cells and tracked changes are none', () => {
    const inner =
      '<table:table-cell><table:table table:name="inner"><table:table-row><table:table-cell><text:p>no</text:p></table:table-cell></table:table-row></table:table><text:p>yes</text:p></table:table-cell>'
    const xml = contentXml([
      { name: '一月 & co', rows: [[{ raw: inner }]] },
      { name: 'Empty', rows: [] },
    ]).replace(
      '<office:spreadsheet>',
      '<office:spreadsheet><table:tracked-changes><table:cell-content-change><table:table-cell><text:p>old</text:p></table:table-cell></table:cell-content-change></table:tracked-changes>',
    )
    expect(tablesOf(makeOds(xml))).toEqual([
      { name: '一月 & co', rows: [{ record: 1, cells: ['yes'] }] },
      { name: 'Empty', rows: [] },
    ])
  })

  it.each<[string, OdsOptions]>([
    ['by its mark', {}],
    ['by its parts where the mark is missing', { isUnordered: true }],
  ])('is told %s', (_, options) => {
    const source = bytesSource('x.ods', makeOds([{ name: 'S', rows: [['a']] }], options))
    expect(openTables(source)?.map(({ name }) => name)).toEqual(['S'])
  })

  it('a text document of the same family is no spreadsheet', () => {
    const bytes = makeOds('<office:document-content/>', { mimetype: 'application/vnd.oasis.opendocument.text' })
    expect(identifySpreadsheet(bytes)).toBeNull()
    expect(openTables(bytesSource('x.odt', bytes))).toBeNull()
  })
})

describe('what is refused of an OpenDocument spreadsheet', () => {
  const content = (rows: string): string => `<o:spreadsheet><t:table t:name="S">${rows}</t:table></o:spreadsheet>`

  it('one under a password, as older and as newer writers make it', () => {
    expect(reasonOf(() => tablesOf(makeOds([{ name: 'S', rows: [['a']] }], { isEncrypted: true })))).toBe(
      'password-protected',
    )
  })

  it.each([
    [
      'a row with content repeated a billion times',
      '<t:table-row t:number-rows-repeated="1000000000"><t:table-cell><x:p>a</x:p></t:table-cell></t:table-row>',
    ],
    [
      'a row with content repeated to the end of the sheet',
      '<t:table-row t:number-rows-repeated="1048576"><t:table-cell><x:p>a</x:p></t:table-cell></t:table-row>',
    ],
    [
      'rows of content far below the last row of a sheet',
      '<t:table-row t:number-rows-repeated="2000000"/><t:table-row><t:table-cell><x:p>a</x:p></t:table-cell></t:table-row>',
    ],
    [
      'cells repeated without end, in row after row',
      '<t:table-row><t:table-cell t:number-columns-repeated="999999999"><x:p>a</x:p></t:table-cell></t:table-row>'.repeat(
        1300,
      ),
    ],
  ])('%s', (_, rows) => {
    expect(reasonOf(() => tablesOf(makeOds(content(rows))))).toBe('too-large')
  })

  it('one without sheets, and a package without content', () => {
    expect(reasonOf(() => tablesOf(makeOds('<office:spreadsheet/>')))).toBe('wrong-kind')
  })

  it('entities are never expanded', () => {
    const xml = `<!DOCTYPE x [<!ENTITY a "aaaa">]>${content('<t:table-row><t:table-cell><x:p>&a;</x:p></t:table-cell></t:table-row>')}`
    expect(tablesOf(makeOds(xml))[0]?.rows).toEqual([{ record: 1, cells: ['&a;'] }])
  })

  it('a damaged document gives rows or an ImportRejection, and always ends', () => {
    const good = makeOds(
      [
        {
          name: 'S',
          rows: [
            ['日期', '金额'],
            [typed('date', '2024-01-01'), typed('float', '3.5')],
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
          for (const candidate of [bytes, bytes.subarray(0, cut)])
            expect(reasonOf(() => tablesOf(candidate))).toMatch(/^[a-z-]+$/)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('content of any markup gives rows or an ImportRejection', () => {
    const piece = fc.constantFrom(
      '<office:spreadsheet>',
      '</office:spreadsheet>',
      '<table:table table:name="S">',
      '</table:table>',
      '<table:table-row>',
      '<table:table-row/>',
      '</table:table-row>',
      '<table:table-cell office:value-type="float" office:value="1">',
      '</table:table-cell>',
      '<table:covered-table-cell/>',
      '<text:p>',
      '</text:p>',
      '<office:annotation>',
      '</office:annotation>',
      'text',
      '<',
      '&',
      '<table:table-row table:number-rows-repeated="-1">',
      '<table:table-cell table:number-columns-repeated="1e9"/>',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(reasonOf(() => tablesOf(makeOds(pieces.join(''), { level: 0 })))).toMatch(/^[a-z-]+$/)
      }),
      { numRuns: 200 },
    )
  })
})
