import { array, assert, constantFrom, integer, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ByteSource } from '../importer.ts'
import { createDelimitedReader, type DelimitedOptions } from './delimited-reader.ts'

function sourceOf(bytes: Uint8Array): ByteSource {
  return { name: 'test.csv', size: bytes.length, read: (offset, length) => bytes.slice(offset, offset + length) }
}

/** Gives at most `step` bytes per read: records then cross chunk borders everywhere. */
function slowSource(bytes: Uint8Array, step: number): ByteSource {
  return {
    name: 'test.csv',
    size: bytes.length,
    read: (offset, length) => bytes.slice(offset, offset + Math.min(length, step)),
  }
}

function rowsOf(content: string | Uint8Array, options: Partial<DelimitedOptions> = {}): [number, ...string[]][] {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const reader = createDelimitedReader(sourceOf(bytes), { encoding: 'utf-8', delimiter: ',', quote: '"', ...options })
  const rows: [number, ...string[]][] = []
  for (const { record, cells } of reader.rows()) rows.push([record, ...cells])
  return rows
}

describe('createDelimitedReader', () => {
  const cases: [string, string, [number, ...string[]][], Partial<DelimitedOptions>?][] = [
    ['an empty file has no rows', '', []],
    [
      'LF',
      'a,b\nc,d\n',
      [
        [1, 'a', 'b'],
        [2, 'c', 'd'],
      ],
    ],
    [
      'CRLF, last line without end',
      'a,b\r\nc,d',
      [
        [1, 'a', 'b'],
        [2, 'c', 'd'],
      ],
    ],
    [
      'CR alone',
      'a,b\rc,d\r',
      [
        [1, 'a', 'b'],
        [2, 'c', 'd'],
      ],
    ],
    [
      'empty lines are counted, not given',
      'a\n\n\nb',
      [
        [1, 'a'],
        [4, 'b'],
      ],
    ],
    ['empty cells stay', ',a,\n', [[1, '', 'a', '']]],
    [
      'RFC 4180 § 2.6: delimiter and line end in quotes',
      '"a,b","c\r\nd"\ne',
      [
        [1, 'a,b', 'c\r\nd'],
        [3, 'e'],
      ],
    ],
    ['RFC 4180 § 2.7: doubled quotes', '"a ""b"" c",d', [[1, 'a "b" c', 'd']]],
    ['empty quoted field', '"",""\n', [[1, '', '']]],
    ['spaces around quotes', 'a, "b, c" ,d', [[1, 'a', 'b, c', 'd']]],
    ['outer space of bare cells is kept', ' a , b ', [[1, ' a ', ' b ']]],
    ['unescaped quotes inside', '"the "Old" Inn",5', [[1, 'the "Old" Inn', '5']]],
    ['unescaped quotes at the end of a field', '"x","UAB "Alfa"","y"', [[1, 'x', 'UAB "Alfa"', 'y']]],
    ['a quote inside a bare cell', 'a 5" nail,b', [[1, 'a 5" nail', 'b']]],
    [
      'a quote never closed does not swallow the file',
      '1,"abc\n2,def\n3,x',
      [
        [1, '1', '"abc'],
        [2, '2', 'def'],
        [3, '3', 'x'],
      ],
    ],
    [
      'a quote never closed does not swallow up to the next quoted field',
      '1,"abc\n2,def\n3,"x","y"\n',
      [
        [1, '1', '"abc'],
        [2, '2', 'def'],
        [3, '3', 'x', 'y'],
      ],
    ],
    ['a quote never closed on its own line', '"abc,1,"x"\n', [[1, '"abc', '1', 'x']]],
    ['spreadsheet text marker', '="0123",="4,5"', [[1, '0123', '4,5']]],
    ['NUL bytes are dropped', 'a\0,b\0\n', [[1, 'a', 'b']]],
    ['Control-Z at the end', 'a,b\n\u001A', [[1, 'a', 'b']]],
    ['single quotes', "'a;b';'it''s'", [[1, 'a;b', "it's"]], { delimiter: ';', quote: "'" }],
    ['no quoting', '"a","b"', [[1, '"a"', '"b"']], { quote: '' }],
    ['tab', 'a\t"b\tc"\t d', [[1, 'a', 'b\tc', ' d']], { delimiter: '\t' }],
    ['two-character delimiter', 'a||"b||c"||d|e', [[1, 'a', 'b||c', 'd|e']], { delimiter: '||' }],
  ]
  it.each(cases)('%s', (_title, text, expected, options) => {
    expect(rowsOf(text, options)).toEqual(expected)
  })

  it('drops a byte order mark and reads UTF-16 in both byte orders', () => {
    expect(rowsOf(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toEqual([[1, 'a']])
    const little = new Uint8Array([0xff, 0xfe, 0x61, 0, 0x2c, 0, 0x2d, 0x4e, 0x0a, 0, 0x62, 0])
    expect(rowsOf(little, { encoding: 'utf-16le' })).toEqual([
      [1, 'a', '中'],
      [2, 'b'],
    ])
    const big = new Uint8Array([0xfe, 0xff, 0, 0x61, 0, 0x2c, 0x4e, 0x2d])
    expect(rowsOf(big, { encoding: 'utf-16be' })).toEqual([[1, 'a', '中']])
  })

  it.each(['utf-16le', 'utf-16be'])(
    '%s: bytes of a line end within a character divide nothing, over many chunks',
    (encoding) => {
      // U+0A0A (ਊ) is twice the byte of a line end, U+0A00 and U+000A each hold it once
      const rows = Array.from({ length: 20_000 }, (_, row) => [
        `${row}`,
        'ਊ'.repeat(row % 5),
        `Ā${'ਊĊ'.repeat(row % 3)}`,
      ])
      const low = encoding === 'utf-16le' ? 0 : 1
      const text = rows.map((row) => row.join(',')).join('\n')
      const bytes = new Uint8Array(text.length * 2)
      for (let at = 0; at < text.length; at += 1) {
        bytes[2 * at + low] = text.charCodeAt(at) % 256
        bytes[2 * at + 1 - low] = Math.floor(text.charCodeAt(at) / 256)
      }
      expect(bytes.length).toBeGreaterThan(8 * 32 * 1024)
      expect(rowsOf(bytes, { encoding }).map(([, ...cells]) => cells)).toEqual(rows)
    },
  )

  it('reads from the beginning again and says how far it is', () => {
    const bytes = new TextEncoder().encode('a,b\nc,d\n')
    const reader = createDelimitedReader(sourceOf(bytes), { encoding: 'utf-8', delimiter: ',', quote: '"' })
    expect([...reader.rows()]).toEqual([...reader.rows()])
    expect(reader.position()).toBe(bytes.length)
  })

  it('gives back any cells that were written by RFC 4180, whatever the chunk borders', () => {
    const cell = string({ unit: constantFrom('a', '1', ' ', '"', ',', '\n', '\r\n', '中', '=', "'") })
    const table = array(array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 })
    assert(
      property(table, integer({ min: 1, max: 9 }), constantFrom('\n', '\r\n'), (rows, step, end) => {
        const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join(end)
        const reader = createDelimitedReader(slowSource(new TextEncoder().encode(text), step), {
          encoding: 'utf-8',
          delimiter: ',',
          quote: '"',
        })
        expect([...reader.rows()].map((row) => row.cells)).toEqual(rows)
      }),
    )
  })

  it('never throws, loops or loses the characters of random text', () => {
    const noise = string({ unit: constantFrom('a', '"', ',', '\n', '\r', ' ', '='), maxLength: 60 })
    assert(
      property(noise, integer({ min: 1, max: 9 }), (text, step) => {
        const reader = createDelimitedReader(slowSource(new TextEncoder().encode(text), step), {
          encoding: 'utf-8',
          delimiter: ',',
          quote: '"',
        })
        const kept = [...reader.rows()].flatMap((row) => row.cells).join('')
        expect(kept.replaceAll(/[^a]/g, '')).toBe(text.replaceAll(/[^a]/g, ''))
      }),
      { numRuns: 500 },
    )
  })

  it('stays linear where every line opens a quote that never closes', () => {
    const line = 'a,"b,c\n'
    const rows = rowsOf(line.repeat(100_000))
    expect(rows).toHaveLength(100_000)
    expect(rows[99_999]).toEqual([100_000, 'a', '"b', 'c'])
  })

  it('stays linear on one long line of opening or of loose quotes', () => {
    expect(rowsOf('"a,'.repeat(200_000))[0]).toHaveLength(200_002)
    expect(rowsOf(`"${'a "b '.repeat(100_000)}`)).not.toHaveLength(0)
  })

  it('cuts a file without line ends instead of holding it in memory', () => {
    const rows = rowsOf('x'.repeat(3 * 1024 * 1024))
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.map((row) => row[1]).join('')).toHaveLength(3 * 1024 * 1024)
  })
})
