import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalOf } from '../../../../shared/domain/decimal.ts'
import { dateFromDayNumber } from '../../../../shared/domain/iso-date.ts'
import { ImportRejection } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { readWith, smallReads } from '../text/test-support.ts'
import { ofxImporter } from './ofx-importer.ts'
import { processorMilliseconds } from '../../../../test/support/processor-time.ts'

interface Line {
  readonly day: number
  readonly cents: number
  readonly id: string
  readonly name: string
  readonly memo: string
}

// no references, or a name would be decoded further than it was encoded; no outer space, which is not kept
const word = fc
  .array(fc.constantFrom(...'abcXYZ019 éüß支付宝€<>/&"\'-.,;#'.split('')), { minLength: 1, maxLength: 30 })
  .map((characters) =>
    characters
      .join('')
      .replaceAll(/&(?=[#\w])/g, '+')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )
  .filter((text) => text !== '')

const line: fc.Arbitrary<Line> = fc.record({
  day: fc.integer({ min: 0, max: 40_000 }),
  cents: fc.integer({ min: -10_000_000, max: 10_000_000 }),
  id: fc.stringMatching(/^[A-Za-z1-9][A-Za-z0-9]{3,20}$/),
  name: word,
  memo: word,
})

const style = fc.record({
  closed: fc.boolean(),
  lowerCase: fc.boolean(),
  newline: fc.constantFrom('', '\n', '\r\n', '\r', '\n\t  '),
  comma: fc.boolean(),
  window: fc.integer({ min: 1, max: 4000 }),
})

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function written(
  lines: readonly Line[],
  { closed, lowerCase, newline, comma }: { closed: boolean; lowerCase: boolean; newline: string; comma: boolean },
): string {
  const tag = (name: string): string => (lowerCase ? name.toLowerCase() : name)
  const leaf = (name: string, value: string): string =>
    `<${tag(name)}>${escaped(value)}${closed ? `</${tag(name)}>` : ''}${newline}`
  const group = (name: string, inner: string): string => `<${tag(name)}>${newline}${inner}</${tag(name)}>${newline}`
  const records = lines.map(({ day, cents, id, name, memo }) => {
    const amount = `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`
    return group(
      'STMTTRN',
      leaf('TRNTYPE', 'DEBIT') +
        leaf('DTPOSTED', dateFromDayNumber(day).replaceAll('-', '')) +
        leaf('TRNAMT', comma ? amount.replace('.', ',') : amount) +
        leaf('FITID', id) +
        leaf('NAME', name) +
        leaf('MEMO', memo),
    )
  })
  const account = group('BANKACCTFROM', leaf('BANKID', '1') + leaf('ACCTID', '2'))
  const statement = group('STMTRS', leaf('CURDEF', 'EUR') + account + group('BANKTRANLIST', records.join('')))
  return group('OFX', group('BANKMSGSRSV1', group('STMTTRNRS', statement)))
}

describe('OFX', () => {
  it('gives back every line of any statement, however it is written and wherever windows end', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), style, (lines, how) => {
        const bytes = new TextEncoder().encode(written(lines, how))
        const { transactions, failed, skipped, findings } = readWith(
          ofxImporter,
          smallReads(bytesSource('x', bytes), how.window),
        )
        expect(failed).toEqual([])
        expect(skipped).toEqual([])
        expect(findings).toEqual([])
        expect(transactions).toEqual(
          lines.map(({ day, cents, id, name, memo }) => ({
            date: dateFromDayNumber(day),
            amount: decimalOf(cents, 2),
            kind: 'payment',
            payee: name,
            ...(memo === name ? {} : { memo }),
            reference: id,
          })),
        )
      }),
      { numRuns: 150 },
    )
  })

  const outcome = (bytes: Uint8Array): string => {
    try {
      const { items, transactions, failed, skipped } = readWith(ofxImporter, bytes)
      // each record number is used once, by one fate
      const records = items.filter(
        (item) => item.type === 'transaction' || item.type === 'failed' || item.type === 'skipped',
      )
      expect(new Set(records.map((item) => item.record)).size).toBe(records.length)
      expect(transactions.length + failed.length + skipped.length).toBe(records.length)
      return 'read'
    } catch (error) {
      if (error instanceof ImportRejection && error.message !== '') return 'rejected'
      throw error
    }
  }

  it('answers random bytes with items or a rejection', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(['read', 'rejected']).toContain(outcome(bytes))
      }),
    )
  })

  it('answers a damaged file with items or a rejection', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '</',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&',
      '&#x',
      ';',
      '\0',
      '<OFX>',
      '</OFX>',
    )
    const names = fc.constantFrom(
      '<STMTTRN>',
      '</STMTTRN>',
      '<STMTRS>',
      '<BUYSTOCK>',
      '<CURDEF>',
      '<TRNAMT>1,2,3',
      '<A.B>',
    )
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 4 }),
        style,
        fc.array(fc.tuple(fc.nat(), fc.nat(20), fc.oneof(pieces, names)), { minLength: 1, maxLength: 6 }),
        (lines, how, damages) => {
          let text = written(lines, how)
          for (const [at, length, piece] of damages) {
            const start = at % (text.length + 1)
            text = text.slice(0, start) + piece + text.slice(start + length)
          }
          expect(['read', 'rejected']).toContain(outcome(new TextEncoder().encode(text)))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('never takes a cut file for a whole one', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        style,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lines, how, share) => {
          const text = written(lines, how)
          const end = text.toUpperCase().indexOf('</STMTRS>')
          const cut = text.slice(0, Math.floor(end * share))
          expect(outcome(new TextEncoder().encode(cut))).toBe('rejected')
        },
      ),
    )
  })

  it.each([
    ['brackets', '<'],
    ['open tags', '<A>'],
    ['half tags', '<a '],
    ['closing tags', '</A>'],
    ['groups with a dot', '<STMTTRN><A.B>'],
    ['records', '<STMTTRN>'],
    ['comments', '<!---->'],
    ['half comments', '<!--'],
    ['sections', '<![CDATA[x]]>'],
    ['ampersands', '&'],
    ['references', '&amp;'],
    ['spaces', '          '],
    ['line ends', '\n \n'],
    ['numbers', '<TRNAMT>1,234'],
    ['statements', '<STMTRS><BANKTRANLIST>'],
  ])('is done soon with a megabyte of %s', (_, unit) => {
    const body = unit.repeat(Math.ceil(1_000_000 / unit.length))
    const started = processorMilliseconds()
    for (const text of [`<OFX>${body}`, `<OFX><STMTRS><STMTTRN><NAME>a${body}b</NAME></STMTTRN></STMTRS></OFX>`]) {
      expect(['read', 'rejected']).toContain(outcome(new TextEncoder().encode(text)))
    }
    expect(processorMilliseconds() - started).toBeLessThan(10_000)
  })
})
