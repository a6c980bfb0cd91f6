import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDecimal, parseDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import { ImportRejection } from '../importer.ts'
import { readWith } from '../text/test-support.ts'
import { brokerDocumentImporters } from './broker-document-importer.ts'
import { layouts } from './fixtures/layouts.ts'
import { processorMilliseconds } from '../../../../test/support/processor-time.ts'

const general = brokerDocumentImporters.find(({ id }) => id === 'document')
const samples = layouts.map(({ text }) => text)

/** Reads or is refused with a reason; anything else is a defect. */
function fateOf(text: string | Uint8Array): 'read' | 'refused' {
  if (general === undefined) throw new Error('There is no general importer.')
  try {
    readWith(general, text)
    return 'read'
  } catch (error) {
    if (error instanceof ImportRejection) return 'refused'
    throw error
  }
}

const sample = fc.constantFrom(...samples)

/** A valid document with something cut, doubled, swapped or put in. */
const mutated = fc
  .tuple(
    sample,
    fc.array(
      fc.record({
        at: fc.nat(3000),
        length: fc.nat(60),
        text: fc.oneof(
          fc.string({ maxLength: 12 }),
          fc.constantFrom(
            '\n',
            ' ',
            '-',
            '1.234,56',
            '99999999999999999999999,99',
            'EUR',
            'DE0008404005',
            '31.02.2024',
            '(',
            '{',
            '\u0000',
            '\uFFFD',
            'Kauf',
            'Endbetrag',
            'ISIN',
          ),
        ),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((changed, { at, length, text: piece }) => {
      const from = at % (changed.length + 1)
      return changed.slice(0, from) + piece + changed.slice(from + length)
    }, text),
  )

describe('whatever is in the file', () => {
  it('a mutated document is read or refused', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        expect(['read', 'refused']).toContain(fateOf(text))
      }),
      { numRuns: 300 },
    )
  })

  it('any text is read or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        expect(['read', 'refused']).toContain(fateOf(text))
      }),
      { numRuns: 200 },
    )
  })

  it('any bytes are read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(['read', 'refused']).toContain(fateOf(bytes))
      }),
      { numRuns: 200 },
    )
  })

  it('fees and taxes are magnitudes that the amount holds: gross ± charges = net', () => {
    const amount = fc.integer({ min: 0, max: 50_000 })
    const money = (cents: number): string => `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`
    const gross = fc.integer({ min: 100_000, max: 9_000_000 })
    fc.assert(
      fc.property(gross, amount, amount, fc.boolean(), (cents, fee, tax, bought) => {
        const net = bought ? cents + fee + tax : cents - fee - tax
        const text = [
          'Musterbank AG',
          `Wertpapier Abrechnung ${bought ? 'Kauf' : 'Verkauf'}`,
          'Stück 1 MUSTER AG DE0008404005 (840400)',
          'Schlusstag 04.03.2024',
          `Kurswert ${money(cents)} EUR`,
          `Provision ${money(fee)} EUR`,
          `Kapitalertragsteuer ${money(tax)} EUR`,
          `Ausmachender Betrag ${money(net)} EUR`,
        ].join('\n')
        if (general === undefined) return
        const [transaction] = readWith(general, text).transactions
        const sum = addDecimal(transaction?.fee ?? ZERO, transaction?.tax ?? ZERO)
        expect(transaction?.amount).toBe(parseDecimal(`${bought ? '-' : ''}${money(net).replace(',', '.')}`))
        expect(sum).toBe(parseDecimal(money(fee + tax).replace(',', '.')))
      }),
      { numRuns: 100 },
    )
  })
})

describe('time grows with the size of the file', () => {
  /** What would take quadratic time, were anything compared with everything. */
  const hostile: readonly (readonly [string, string])[] = [
    ['titles', 'Wertpapier Abrechnung Kauf\n'],
    ['titles with amounts', 'Wertpapier Abrechnung Kauf\nEndbetrag 1,00 EUR\n'],
    ['amounts', 'Endbetrag 1,00 EUR Provision 2,00 EUR Kurswert 3,00 EUR\n'],
    ['numbers', '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21,00 22,00\n'],
    ['rows', '01.02.2024 Überweisung 1,00 2,00\n'],
    ['rows with an amount below', '01.02.2024\nLastschrift 1,00-\n'],
    ['letters', 'G u t s c h r i f t f ä l l i g e r W e r t p a p i e r - E r t r ä g e 1 0 , 0 0\n'],
    ['brackets', '(((((((((((((((((((((((((((((((((((((((((((((((((((((((\n'],
    ['codes', 'AA00AAAA0000AAAA0000AAAA0000AAAA0000AAAA0000AAAA0000A\n'],
  ]

  it.each(hostile)('%s', { timeout: 300_000 }, (_, line) => {
    const timed = (count: number): number => {
      const text = `Kontoauszug\n${line.repeat(count)}`
      const started = processorMilliseconds()
      fateOf(text)
      return processorMilliseconds() - started
    }
    timed(500)
    const small = Math.max(Math.min(timed(1000), timed(1000)), 25)
    const large = timed(8000)
    // eight times as much: linear is eight, quadratic sixty-four
    expect(large / small).toBeLessThan(40)
  })
})
