import { gzipSync as gzipFast } from 'node:zlib'
import { gzipSync, strToU8, zipSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ByteSource, ImportRejection } from '../importer.ts'
import { makeXlsx } from '../spreadsheet/fixtures/make-xlsx.ts'
import { bytesSource } from '../text/decode.ts'
import { makeZip } from './fixtures/make-zip.ts'
import { type ContainerOptions, openContainer } from './open-container.ts'

const text = (source: ByteSource): string => new TextDecoder().decode(source.read(0, source.size))

const open = (bytes: Uint8Array, options?: ContainerOptions, name = 'archive.zip'): [string, string][] | null =>
  openContainer(bytesSource(name, bytes), options)?.map((file) => [file.name, text(file)]) ?? null

const reasonOf = (bytes: Uint8Array, options?: ContainerOptions): string => {
  try {
    open(bytes, options)
    return 'read'
  } catch (error) {
    return error instanceof ImportRejection ? error.code : String(error)
  }
}

const csv = strToU8('date,amount\n2024-01-01,1\n')

describe('archives', () => {
  it.each<[string, Uint8Array, string, [string, string][]]>([
    [
      'a zip with two statements',
      zipSync({ 'a.csv': csv, 'b.csv': strToU8('b') }),
      'x.zip',
      [
        ['a.csv', 'date,amount\n2024-01-01,1\n'],
        ['b.csv', 'b'],
      ],
    ],
    ['a stored entry', zipSync({ 'a.csv': csv }, { level: 0 }), 'x.zip', [['a.csv', 'date,amount\n2024-01-01,1\n']]],
    [
      'folders, empty files and the clutter of systems are left out',
      zipSync({
        'in/a.csv': csv,
        '__MACOSX/._a.csv': strToU8('x'),
        '.DS_Store': strToU8('x'),
        'empty.csv': strToU8(''),
      }),
      'x.zip',
      [['a.csv', 'date,amount\n2024-01-01,1\n']],
    ],
    [
      'a path that would escape is only a name',
      makeZip([{ name: '../../etc/passwd', content: csv }]),
      'x.zip',
      [['passwd', 'date,amount\n2024-01-01,1\n']],
    ],
    ['a gzip file', gzipSync(csv), '2024.csv.gz', [['2024.csv', 'date,amount\n2024-01-01,1\n']]],
    [
      'two gzip members one after the other',
      Uint8Array.from([...gzipSync(strToU8('one ')), ...gzipSync(strToU8('two'))]),
      'x.csv.gz',
      [['x.csv', 'one two']],
    ],
    [
      'a zip within a zip',
      zipSync({ 'inner.zip': zipSync({ 'a.csv': csv }) }),
      'x.zip',
      [['a.csv', 'date,amount\n2024-01-01,1\n']],
    ],
    [
      'a zip with something before it',
      makeZip([{ name: 'a.csv', content: csv }], 'junk before the archive'),
      'x.zip',
      [['a.csv', 'date,amount\n2024-01-01,1\n']],
    ],
  ])('%s', (_, bytes, name, expected) => {
    // the prefixed archive does not start as a zip file and is no archive to us
    const isPrefixed = bytes[0] === 0x6a
    expect(open(bytes, {}, name)).toEqual(isPrefixed ? null : expected)
  })

  it('names from a Chinese Windows are read as GB 18030', () => {
    // 账单 is D5 CB B5 A5 in GBK
    const bytes = makeZip([{ name: '', rawName: [0xd5, 0xcb, 0xb5, 0xa5, 0x2e, 0x63, 0x73, 0x76], content: csv }])
    expect(open(bytes)?.[0]?.[0]).toBe('账单.csv')
  })

  it('what is no archive is null: text, a workbook', () => {
    expect(open(csv)).toBeNull()
    expect(open(makeXlsx([{ name: 'S', rows: [['a']] }]))).toBeNull()
  })

  it('a workbook inside an archive stays a workbook', () => {
    const book = makeXlsx([{ name: 'S', rows: [['a']] }])
    expect(
      openContainer(bytesSource('x.zip', zipSync({ 'bill.xlsx': book })))?.map(({ name, size }) => [name, size]),
    ).toEqual([['bill.xlsx', book.length]])
  })
})

describe('protected archives', () => {
  for (const encryption of ['zip-crypto', 'aes'] as const) {
    const content = strToU8('账单,金额\n'.repeat(400))
    const bytes = makeZip([{ name: 'bill.csv', content, encryption, password: '123456' }])
    it(`${encryption}: opens with its password`, () => {
      expect(open(bytes, { password: '123456' })).toEqual([['bill.csv', '账单,金额\n'.repeat(400)]])
    })
    it(`${encryption}: asks for a password, and refuses a wrong one`, () => {
      expect(reasonOf(bytes)).toBe('password-protected')
      expect(reasonOf(bytes, { password: '654321' })).toBe('password-protected')
    })
  }

  it('a stored entry and one with a data descriptor open too', () => {
    const files = [
      { name: 'a.csv', content: csv, encryption: 'zip-crypto', password: 'p', isStored: true },
      { name: 'b.csv', content: csv, encryption: 'zip-crypto', password: 'p', hasDescriptor: true },
      { name: 'c.csv', content: csv, encryption: 'aes', password: 'p', isStored: true },
    ] as const
    expect(open(makeZip(files), { password: 'p' })?.map(([, content]) => content)).toEqual([
      'date,amount\n2024-01-01,1\n',
      'date,amount\n2024-01-01,1\n',
      'date,amount\n2024-01-01,1\n',
    ])
  })

  it('aes: a changed byte is noticed', () => {
    const bytes = makeZip([{ name: 'a.csv', content: csv, encryption: 'aes', password: 'p', isStored: true }])
    const at = bytes.findIndex((byte, index) => byte === 0x50 && bytes[index + 1] === 0x4b && bytes[index + 2] === 1)
    bytes[at - 15] = (bytes[at - 15] ?? 0) ^ 1
    expect(reasonOf(bytes, { password: 'p' })).toBe('damaged')
  })
})

describe('limits', () => {
  it('too many files, too many bytes, too deep', () => {
    const many = zipSync(Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`${index}.csv`, csv])))
    expect(reasonOf(many, { limits: { files: 5 } })).toBe('archive-bomb')
    expect(reasonOf(many, { limits: { totalBytes: 100 } })).toBe('too-large')
    expect(reasonOf(gzipSync(csv), { limits: { totalBytes: 10 } })).toBe('too-large')
    let nested = zipSync({ 'a.csv': csv })
    for (let depth = 0; depth < 4; depth += 1) nested = zipSync({ 'n.zip': nested })
    expect(reasonOf(nested)).toBe('archive-bomb')
  })

  it('a bomb is refused before it is unpacked', () => {
    expect(reasonOf(makeZip([{ name: 'a.csv', content: csv, claimedSize: 1024 ** 3 }]))).toBe('archive-bomb')
    // 80 MB of zeros deflate to about 80 KB: a ratio of a thousand
    expect(reasonOf(gzipFast(new Uint8Array(80 * 1024 * 1024)))).toBe('archive-bomb')
  })

  it('an entry that is longer or shorter than the directory says is damaged', () => {
    const long = strToU8('x'.repeat(5000))
    expect(reasonOf(makeZip([{ name: 'a', content: long, claimedSize: 10 }]))).toBe('damaged')
    expect(reasonOf(makeZip([{ name: 'a', content: csv, claimedSize: 5000 }]))).toBe('damaged')
  })

  it('overlapping entries are damaged', () => {
    const bytes = makeZip([
      { name: 'a', content: csv },
      { name: 'b', content: csv },
    ])
    const view = new DataView(bytes.buffer)
    // the second directory entry is made to point at the first file
    for (let at = 0; at + 46 < bytes.length; at += 1) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 42, 0, true)
    }
    expect(reasonOf(bytes)).toBe('damaged')
  })

  it.each<[string, Uint8Array, string]>([
    ['a zip cut off', zipSync({ 'a.csv': csv }).subarray(0, 60), 'truncated'],
    ['a gzip file cut off', gzipSync(strToU8('abc'.repeat(1000))).subarray(0, 20), 'truncated'],
    ['an archive without files', zipSync({ 'folder/': new Uint8Array(0) }), 'empty-file'],
  ])('%s', (_, bytes, code) => {
    expect(reasonOf(bytes)).toBe(code)
  })

  it('a damaged archive gives files or an ImportRejection, and always ends', () => {
    for (const good of [
      zipSync({ 'a.csv': csv, 'b.csv': strToU8('b'.repeat(300)) }),
      gzipSync(strToU8('b'.repeat(300))),
    ]) {
      fc.assert(
        fc.property(
          fc.array(fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255) }), { minLength: 1, maxLength: 8 }),
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
    }
  })
})
