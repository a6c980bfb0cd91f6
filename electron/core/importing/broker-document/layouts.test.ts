import { describe, expect, it } from 'vitest'
import { identify, readWith } from '../text/test-support.ts'
import { brokerDocumentImporters } from './broker-document-importer.ts'
import { makePdf } from '../pdf/fixtures/make-pdf.ts'
import { openPdf } from '../pdf/open-pdf.ts'
import { candidatesFor, readHead } from '../registry.ts'
import { bytesSource } from '../text/decode.ts'
import { houses } from './fixtures/houses.ts'
import { languages } from './fixtures/languages.ts'
import { layouts } from './fixtures/layouts.ts'
import { variations } from './fixtures/variations.ts'

const importerOf = (broker: string) => brokerDocumentImporters.find(({ id }) => id === `document:${broker}`)

describe('layouts of the brokers people use most', () => {
  it.each([...layouts, ...variations].map((layout) => [layout.broker, layout.what, layout] as const))(
    '%s: %s',
    (broker, _, layout) => {
      const importer = importerOf(broker)
      expect(importer).toBeDefined()
      if (importer === undefined) return
      expect(['likely', 'yes']).toContain(identify(importer, layout.text))
      const { transactions, failed, skipped } = readWith(importer, layout.text)
      expect(transactions).toMatchObject(layout.expected)
      expect([transactions.length, skipped.length, failed.length]).toEqual([layout.expected.length, 0, 0])
    },
  )
})

describe('documents of institutions without a profile', () => {
  const general = brokerDocumentImporters.find(({ id }) => id === 'document')
  it.each([...languages, ...houses].map((layout) => [layout.what, layout] as const))('%s', (_, layout) => {
    if (general === undefined) throw new Error('There is no general importer.')
    const { transactions, failed, findings } = readWith(general, layout.text)
    expect(transactions).toMatchObject(layout.expected)
    expect([transactions.length, failed.length, findings.length]).toEqual([layout.expected.length, 0, 0])
  })
})

describe('documents that take back', () => {
  it('a dividend taken back is a dividend with the sign turned, not a tax', () => {
    const importer = importerOf('dkb')
    if (importer === undefined) throw new Error('There is no importer.')
    const { transactions } = readWith(
      importer,
      `Deutsche Kreditbank AG
BIC BYLADEM1001
Depotnummer 501234567
Dividendengutschrift
STORNO
Nominale Wertpapierbezeichnung ISIN (WKN)
Stück 150 MUSTER INDUSTRIE AG DE0007236101 (723610)
Zahlbarkeitstag 05.05.2023 Dividende pro Stück 2,00 EUR
Dividendengutschrift 300,00- EUR
Ausmachender Betrag 300,00- EUR`,
    )
    expect(transactions).toMatchObject([{ kind: 'dividend', amount: '-300', security: { isin: 'DE0007236101' } }])
  })
})

describe('the same as PDFs', () => {
  /** Letter by letter, and letters outside of Latin-1, are not what the maker of test PDFs can print. */
  const printable = layouts.filter(({ text }) => /^[\n\u0020-\u00ff]*$/.test(text) && !text.includes(' W e r t p'))

  it.each(printable.map((layout) => [layout.broker, layout.what, layout] as const))(
    '%s: %s',
    async (broker, _, layout) => {
      const page = layout.text.split('\n').map((text, line) => ({ x: 40, y: 800 - line * 14, text, size: 6 }))
      const opened = await openPdf(bytesSource('document.pdf', makePdf([page])))
      if (opened === null) throw new Error('The PDF was not opened.')
      const [importer] = candidatesFor(readHead(opened))
      expect(importer?.id).toBe(`document:${broker}`)
      if (importer === undefined) return
      expect(readWith(importer, opened).transactions).toMatchObject(layout.expected)
    },
  )

  it.each(
    houses
      .filter(({ text }) => /^[\n\u0020-\u00ff]*$/.test(text) && /[A-Z]{2}[A-Z0-9]{9}\d/.test(text))
      .map((layout) => [layout.what, layout] as const),
  )('of an institution without a profile: %s', async (_, layout) => {
    const page = layout.text.split('\n').map((text, line) => ({ x: 40, y: 800 - line * 14, text, size: 6 }))
    const opened = await openPdf(bytesSource('document.pdf', makePdf([page])))
    if (opened === null) throw new Error('The PDF was not opened.')
    const [importer] = candidatesFor(readHead(opened))
    expect(importer?.id).toBe('document')
    if (importer === undefined) return
    expect(readWith(importer, opened).transactions).toMatchObject(layout.expected)
  })
})
