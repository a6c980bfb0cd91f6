import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesSource, decodeChunks, decodeHead, readLines } from './decode.ts'
import { detectEncoding, knownEncoding, looksBinary } from './encoding.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, 'hex'))
const wide = (text: string, big: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), !big)
  return bytes
}
// 支付宝交易记录明细 in GB 18030
const GB = [0xd6, 0xa7, 0xb8, 0xb6, 0xb1, 0xa6, 0xbd, 0xbb, 0xd2, 0xd7, 0xbc, 0xc7, 0xc2, 0xbc, 0xc3, 0xf7, 0xcf, 0xb8]

describe('detectEncoding', () => {
  it.each([
    ['plain ASCII', latin('a,b\n1,2'), undefined, 'utf-8', 'ascii'],
    ['UTF-8', utf8('Café,支付宝'), undefined, 'utf-8', 'valid'],
    ['UTF-8 that calls itself 1252', utf8('prépayée'), '1252', 'utf-8', 'valid'],
    ['a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x41), undefined, 'utf-8', 'mark'],
    ['UTF-16 with a mark', Uint8Array.of(0xff, 0xfe, 0x41, 0), undefined, 'utf-16le', 'mark'],
    ['UTF-16 without a mark', wide('Date;Amount\r\n', true), undefined, 'utf-16be', 'valid'],
    ['Latin as it declares', latin('caf\xe9 cr\xe8me'), '1252', 'windows-1252', 'declared'],
    ['Latin that calls itself UTF-8', latin('caf\xe9 cr\xe8me'), 'UTF-8', 'windows-1252', 'guess'],
    ['Chinese', Uint8Array.from(GB), undefined, 'gb18030', 'guess'],
    // 約定日,銘柄,取引,トヨタ自動車,株式現物買
    [
      'Japanese',
      hex('96f192e893fa2c96c195bf2c8ee688f82c83678388835e8ea993ae8ed42c8a948eae8cbb95a89483'),
      undefined,
      'shift_jis',
      'guess',
    ],
    // 交易日期,摘要,支出金額,存入金額,餘額,薪資轉帳
    [
      'Chinese of Taiwan',
      hex('a5e6a9f6a4e9b4c12cba4bad6e2ca4e4a558aaf7c3422ca673a44aaaf7c3422cbe6cc3422cc17eb8eac2e0b162'),
      undefined,
      'big5',
      'guess',
    ],
    // Hungarian in capitals: lone letters before ASCII ones look like pairs of Big5
    ['Hungarian', latin('V\xc1S\xc1RL\xc1S K\xc1RTY\xc1VAL;\xc1TUTAL\xc1S'), undefined, 'windows-1252', 'guess'],
    // 거래일자,적요,출금액,입금액
    ['Korean', hex('b0c5b7a1c0cfc0da2cc0fbbfe42cc3e2b1ddbed72cc0d4b1ddbed7'), undefined, 'euc-kr', 'guess'],
    // Zażółć gęślą jaźń,Opłata
    ['Polish', hex('5a61bff3b3e62067ea9c6cb9206a619ff12c4f70b3617461'), undefined, 'windows-1250', 'guess'],
    ['Russian', latin('\xef\xf0\xe8\xe2\xe5\xf2 \xec\xe8\xf0'), undefined, 'windows-1251', 'guess'],
  ])('%s', (_, bytes, declared, encoding, by) => {
    expect(detectEncoding(bytesSource('x', bytes), declared)).toMatchObject({ encoding, by })
  })

  it('keeps UTF-8 where a bank cut one field in the middle of a character', () => {
    const bytes = Uint8Array.from([...utf8('ééééééééé 1\n'), 0xc3, 0x0a, ...utf8('ok')])
    expect(detectEncoding(bytesSource('x', bytes), '1252')).toMatchObject({ encoding: 'utf-8', by: 'guess' })
  })

  it('sees a legacy byte far behind the first window', () => {
    const bytes = new Uint8Array(3 << 20).fill(0x41)
    bytes[bytes.length - 10] = 0xe9
    expect(detectEncoding(bytesSource('x', bytes)).encoding).toBe('windows-1252')
  })

  it('is not misled by characters that lie across windows', () => {
    const bytes = utf8(`a${'€'.repeat(800_000)}`)
    expect(detectEncoding(bytesSource('x', bytes))).toMatchObject({ encoding: 'utf-8', by: 'valid' })
  })
})

describe('knownEncoding', () => {
  it.each([
    ['1252', 'windows-1252'],
    ['CP1251', 'windows-1251'],
    ['ISO-8859-1', 'windows-1252'],
    ['8859-15', 'iso-8859-15'],
    ['GBK', 'gbk'],
    ['936', 'gb18030'],
    ['UTF-8', 'utf-8'],
    ['USASCII', null],
    ['NONE', null],
    ['UNICODE', 'utf-16le'],
    ['x'.repeat(5000), null],
  ])('%s', (declared, encoding) => {
    expect(knownEncoding(declared)).toBe(encoding)
  })
})

describe('looksBinary', () => {
  it.each([
    ['text', latin('Date,Amount\r\n'), false],
    ['UTF-16', wide('Date,Amount\r\n', false), false],
    ['a ZIP', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3), true],
    ['nothing', new Uint8Array(0), false],
  ])('%s', (_, bytes, binary) => {
    expect(looksBinary(bytes)).toBe(binary)
  })
  it('decodes no text from it', () => {
    expect(decodeHead(Uint8Array.of(0, 1, 2, 3), true)).toBe('')
    expect(decodeHead(utf8('\ufeffabc支').subarray(0, 8), false)).toBe('abc')
  })
})

describe('readLines', () => {
  const linesOf = (bytes: Uint8Array, longest?: number): string[] =>
    [...readLines(bytesSource('x', bytes), detectEncoding(bytesSource('x', bytes)), longest)].map((line) => line.text)

  it('ends lines at LF, CR LF and CR', () => {
    expect(linesOf(latin('a\nb\r\nc\rd\r\n\r\ne'))).toEqual(['a', 'b', 'c', 'd', '', 'e'])
    expect(linesOf(latin('a\n'))).toEqual(['a'])
    expect(linesOf(latin(''))).toEqual([])
  })

  it('cuts a line that is longer than the window and goes on behind it', () => {
    expect(linesOf(latin(`abc\n${'x'.repeat(600_000)}\ndef`), 10)).toEqual(['abc', 'xxxxxxxxxx', 'def'])
  })

  it('gives the same lines however the bytes fall into windows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'é', '支', '\n', '\r', '\r\n', '😀')),
        fc.integer({ min: 1, max: 7 }),
        (parts, size) => {
          const text = parts.join('')
          const source = bytesSource('x', utf8(text))
          const small = {
            ...source,
            read: (offset: number, length: number) => source.read(offset, Math.min(length, size)),
          }
          const detected = { encoding: 'utf-8', markLength: 0, by: 'valid' } as const
          const joined = [...decodeChunks(small, detected)].map((chunk) => chunk.text).join('')
          expect(joined).toBe(text)
          const expected = text.split(/\r\n|\n|\r/)
          if (expected.at(-1) === '') expected.pop()
          expect([...readLines(small, detected)].map((line) => line.text)).toEqual(expected)
        },
      ),
    )
  })
})
