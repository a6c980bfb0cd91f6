import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeGb } from '../chinese/fixtures/gb-text.ts'
import { bytesSource } from '../text/decode.ts'
import { identifySpreadsheet, openTables } from './open-tables.ts'

const rowsOf = (content: string | Uint8Array): [string, (readonly string[])[]][] | null => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const tables = openTables(bytesSource('x.xls', bytes))
  return tables?.map((table) => [table.name, [...table.rows()].map(({ cells }) => cells)]) ?? null
}

describe('web tables saved as workbooks', () => {
  it.each<[string, string, string[][]]>([
    [
      'plain',
      '<html><body><table><tr><th>日期</th><th>金额</th></tr><tr><td>2024-01-01</td><td>1.50</td></tr></table></body></html>',
      [
        ['日期', '金额'],
        ['2024-01-01', '1.50'],
      ],
    ],
    [
      'without closing tags, in capitals',
      '<TABLE><TR><TD>a<TD>b<TR><TD>c<TD>d</TABLE>',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'hard spaces, breaks, entities',
      '<table><tr><td>&nbsp;a&nbsp;</td><td>b<br/>c &amp; d</td></tr></table>',
      [['a', 'b c & d']],
    ],
    ['a cell over two columns', '<table><tr><td colspan="2">title</td><td>x</td></tr></table>', [['title', '', 'x']]],
    [
      'a heading whose cells span rows and columns is one row',
      '<table><tr><td rowspan="2">日期</td><td rowspan="2">摘要</td><td colspan="2">发生额</td><td rowspan="2">余额</td></tr><tr><td>收入</td><td>支出</td></tr><tr><td>2024-01-05</td><td>工资</td><td>10</td><td></td><td>10</td></tr></table>',
      [
        ['日期', '摘要', '收入', '支出', '余额'],
        ['2024-01-05', '工资', '10', '', '10'],
      ],
    ],
    [
      'a cell over rows without end stays within its table',
      '<table><tr><td rowspan="99999999">a</td><td>1</td></tr><tr><td>2</td></tr></table><table><tr><td>b</td></tr></table>',
      [['a', '1'], ['', '2'], ['b']],
    ],
    [
      'scripts and styles are not content',
      '<html><style>td { color: red }</style><script>if (a < b) x()</script><table><tr><td>a</td></tr></table></html>',
      [['a']],
    ],
    ['a quote that never closes', '<table><tr><td title="oops>a</td></tr><tr><td>b</td></tr></table>', [['a'], ['b']]],
  ])('%s', (_, html, expected) => {
    expect(rowsOf(html)).toEqual([['', expected]])
  })

  it('in GB 2312 as their meta element says', () => {
    const html =
      '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><table><tr><td>收入</td><td>1</td></tr></table></html>'
    expect(rowsOf(encodeGb(html))).toEqual([['', [['收入', '1']]]])
  })
})

describe('the XML of Excel 2003', () => {
  const xml = (...sheets: string[]): string =>
    `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">${sheets.join('')}</Workbook>`
  it('gives its worksheets; cells and rows may be skipped by index', () => {
    const first =
      '<Worksheet ss:Name="流水"><Table><Row><Cell><Data ss:Type="String">日期</Data></Cell></Row><Row ss:Index="3"><Cell><Data ss:Type="DateTime">2024-02-29T00:00:00.000</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">-12.5</Data></Cell></Row></Table></Worksheet>'
    const second =
      '<Worksheet ss:Name="B"><Table><Row><Cell><Data ss:Type="DateTime">2024-02-29T08:15:00.000</Data></Cell></Row></Table></Worksheet>'
    expect(rowsOf(xml(first, second))).toEqual([
      ['流水', [['日期'], ['2024-02-29', '', '-12.5']]],
      ['B', [['2024-02-29 08:15:00']]],
    ])
  })
})

describe('what is no workbook', () => {
  it.each([
    ['text', 'date,amount\n'],
    ['a web page without a table', '<html><body>Sign in</body></html>'],
    ['other XML', '<?xml version="1.0"?><Document><table/></Document>'],
    ['text that speaks of tables', 'note: <table> is an element\n'],
  ])('%s', (_, text) => {
    expect(identifySpreadsheet(new TextEncoder().encode(text))).toBeNull()
  })

  it('damaged markup always ends', () => {
    const good = new TextEncoder().encode('<table><tr><td a="1">x</td></tr><!-- c --><tr><td>&amp;</td></tr></table>')
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ at: fc.nat(good.length - 1), byte: fc.constantFrom(0x3c, 0x3e, 0x22, 0x26, 0x2d, 0x21) }),
          { maxLength: 8 },
        ),
        (edits) => {
          const bytes = Uint8Array.from(good)
          for (const { at, byte } of edits) bytes[at] = byte
          expect(() => rowsOf(bytes)).not.toThrow(RangeError)
        },
      ),
      { numRuns: 300 },
    )
  })
})
