import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainLines } from '../document/document-text.ts'
import { readDocument } from '../document/read-document.ts'
import { ImportRejection } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { makePdf, type PdfText } from './fixtures/make-pdf.ts'
import { openPdf, type OpenPdfOptions } from './open-pdf.ts'

const linesOf = async (bytes: Uint8Array, options?: OpenPdfOptions): Promise<string[] | null> => {
  const opened = await openPdf(bytesSource('statement.pdf', bytes), options)
  return opened === null ? null : plainLines(readDocument(opened))
}

const fateOf = async (bytes: Uint8Array, options?: OpenPdfOptions): Promise<string> => {
  try {
    const lines = await linesOf(bytes, options)
    return lines === null ? 'no pdf' : 'read'
  } catch (error) {
    return error instanceof ImportRejection ? error.code : String(error)
  }
}

const simple: PdfText[] = [
  { x: 50, y: 800, text: 'Date' },
  { x: 120, y: 800, text: 'Text' },
  { x: 50, y: 780, text: '01.02.2024' },
  { x: 120, y: 780, text: 'Coffee and cake' },
  { x: 400, y: 780, text: '-4,50' },
]

describe('a PDF is opened to its text', () => {
  it('lines from top to bottom, cells from left to right, whatever order they were painted in', async () => {
    const opened = await openPdf(bytesSource('a.pdf', makePdf([simple.toReversed()])))
    expect(opened?.name).toBe('a.pdf')
    const document = readDocument(opened ?? bytesSource('', new Uint8Array()))
    expect(document.origin).toBe('pdf')
    expect(document.pages).toHaveLength(1)
    expect(document.pages[0]).toMatchObject({ width: 595, height: 842 })
    const rows = document.pages[0]?.lines.map((line) => line.cells.map(({ text }) => text))
    expect(rows).toEqual([
      ['Date', 'Text'],
      ['01.02.2024', 'Coffee and cake', '-4,50'],
    ])
    // the page is 842 high and the text is set 42 points below its upper edge
    expect(document.pages[0]?.lines[0]).toMatchObject({ y: 42, height: 10, cells: [{ x: 50 }, { x: 120 }] })
  })

  it('Chinese letters come through a predefined map that the file only names', async () => {
    const page: PdfText[] = [
      { x: 50, y: 800, text: '交易日期', font: 'cjk' },
      { x: 150, y: 800, text: '金额', font: 'cjk' },
    ]
    expect(await linesOf(makePdf([page]))).toEqual(['交易日期 金额'])
  })

  it('letters painted twice, a hair apart, are bold and not double', async () => {
    const twice = [
      { x: 50, y: 700, text: 'Total' },
      { x: 50.4, y: 700, text: 'Total' },
    ]
    expect(await linesOf(makePdf([twice]))).toEqual(['Total'])
  })

  it('pieces of one word are joined, and text along the margin stands for itself', async () => {
    // "Sal" is 5.56 + 5.56 + 2.22 = 13.34 wide in Helvetica at 10 points (Adobe font metrics: S 667, a 556, l 222)
    const pieces: PdfText[] = [
      { x: 50, y: 700, text: 'Sal' },
      { x: 64.5, y: 700, text: 'do' },
      { x: 20, y: 700, text: 'form 7', turned: true },
    ]
    expect(await linesOf(makePdf([pieces]))).toEqual(['Saldo', 'form 7'])
  })

  it('every page counts', async () => {
    expect(await linesOf(makePdf([simple, [], [{ x: 10, y: 10, text: 'end' }]]))).toEqual([
      'Date Text',
      '01.02.2024 Coffee and cake -4,50',
      'end',
    ])
  })

  it('what is no PDF is left alone', async () => {
    expect(await linesOf(new TextEncoder().encode('date,amount\n'))).toBeNull()
    expect(await linesOf(new TextEncoder().encode('about the mark %PDF- in a text'))).toBeNull()
    expect(await linesOf(new Uint8Array())).toBeNull()
  })
})

describe('a PDF is refused with the reason', () => {
  const locked = makePdf([simple], { password: 'geheim' })

  it('opens with its password only', async () => {
    expect(await fateOf(locked)).toBe('password-protected')
    await expect(linesOf(locked, { password: 'falsch' })).rejects.toMatchObject({
      code: 'password-protected',
      values: { wrong: 1 },
    })
    expect(await linesOf(locked, { password: 'geheim' })).toHaveLength(2)
  })

  it('a PDF that only its owner may change opens without a password', async () => {
    expect(await fateOf(makePdf([simple], { password: '' }))).toBe('read')
  })

  it.each<[string, Uint8Array, string]>([
    ['pages of pictures', makePdf([[], []], { imageOnly: true }), 'scanned-document'],
    ['a page with nothing', makePdf([[]]), 'scanned-document'],
    ['cut off', makePdf([simple]).subarray(0, 700), 'truncated'],
    ['the mark alone', new TextEncoder().encode('%PDF-1.7\n%%EOF'), 'damaged'],
  ])('%s', async (_, bytes, code) => {
    expect(await fateOf(bytes)).toBe(code)
  })

  it('more bytes, pages, letters or time than a statement takes', async () => {
    const bytes = makePdf([simple, simple, simple])
    expect(await fateOf(bytes, { limits: { bytes: 100 } })).toBe('too-large')
    expect(await fateOf(bytes, { limits: { pages: 2 } })).toBe('too-large')
    expect(await fateOf(bytes, { limits: { letters: 20 } })).toBe('too-large')
    expect(await fateOf(bytes, { limits: { milliseconds: 0 } })).toBe('too-large')
  })

  it('ends when it is no longer wanted', async () => {
    const signal = AbortSignal.abort(new Error('cancelled by the user'))
    await expect(openPdf(bytesSource('a.pdf', makePdf([simple])), { signal })).rejects.toThrow('cancelled by the user')
  })

  it('a damaged PDF is read or refused, and always ends', { timeout: 300_000 }, async () => {
    const good = makePdf([simple, simple])
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255) }), { minLength: 1, maxLength: 12 }),
        async (edits) => {
          const bytes = Uint8Array.from(good)
          for (const { at, byte } of edits) bytes[at] = byte
          expect(await fateOf(bytes)).toMatch(/^[a-z- ]+$/)
        },
      ),
      { numRuns: 150 },
    )
  })
})
