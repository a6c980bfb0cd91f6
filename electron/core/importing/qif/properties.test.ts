import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDecimal, decimalOf, ZERO } from '../../../../shared/domain/decimal.ts'
import { dateFromDayNumber, dayNumber, parseIsoDate, partsOfDate } from '../../../../shared/domain/iso-date.ts'
import { ImportRejection } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { readWith, smallReads } from '../text/test-support.ts'
import { qifImporter } from './qif-importer.ts'
import { processorMilliseconds } from '../../../../test/support/processor-time.ts'

interface Line {
  readonly day: number
  readonly cents: number
  readonly payee: string
  readonly parts: readonly number[]
}

interface Style {
  readonly order: 'dmy' | 'mdy'
  readonly mark: '.' | ','
  readonly grouped: boolean
  readonly newline: string
  readonly window: number
}

const FIRST = dayNumber(parseIsoDate('1990-01-01'))
const LAST = dayNumber(parseIsoDate('2026-02-28'))

const line: fc.Arbitrary<Line> = fc.record({
  day: fc.integer({ min: FIRST, max: LAST }),
  cents: fc.integer({ min: -100_000_000, max: 100_000_000 }),
  payee: fc.stringMatching(/^[A-Za-zé支0-9&][A-Za-zé支0-9&' .]{0,20}[A-Z]$/),
  parts: fc.array(fc.integer({ min: -5000, max: 5000 }), { maxLength: 3 }),
})

const style: fc.Arbitrary<Style> = fc.record({
  order: fc.constantFrom('dmy', 'mdy'),
  mark: fc.constantFrom('.', ','),
  grouped: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  window: fc.integer({ min: 1, max: 3000 }),
})

function amountText(cents: number, { mark, grouped }: Style): string {
  const whole = String(Math.floor(Math.abs(cents) / 100))
  const separator = mark === '.' ? ',' : '.'
  const shown = grouped ? whole.replaceAll(/\B(?=(\d{3})+$)/g, separator) : whole
  return `${cents < 0 ? '-' : ''}${shown}${mark}${String(Math.abs(cents) % 100).padStart(2, '0')}`
}

function dateText(day: number, order: 'dmy' | 'mdy'): string {
  const { year, month, day: date } = partsOfDate(dateFromDayNumber(day))
  return order === 'dmy' ? `${date}/${month}/${year}` : `${month}/${date}/${year}`
}

/** A file whose first line has only one reading of its date, so that the order of all is certain. */
function fileOf(lines: readonly Line[], how: Style): string {
  const certain = { day: dayNumber(parseIsoDate('2020-12-31')), cents: 100, payee: 'FIRST', parts: [] }
  const written = ['!Type:Bank']
  for (const { day, cents, payee, parts } of [certain, ...lines]) {
    written.push(`D${dateText(day, how.order)}`, `T${amountText(cents, how)}`, `P${payee}`)
    for (const [index, part] of parts.entries()) written.push(`SPart ${index}`, `$${amountText(part, how)}`)
    written.push('^')
  }
  return written.join(how.newline)
}

const outcome = (bytes: Uint8Array): string => {
  try {
    const { transactions, failed, skipped, items } = readWith(qifImporter, bytes)
    const fates = items.filter(({ type }) => type === 'transaction' || type === 'failed' || type === 'skipped')
    expect(transactions.length + failed.length + skipped.length).toBe(fates.length)
    for (const { amount, splits } of transactions) {
      const sum = (splits ?? []).reduce((total, part) => addDecimal(total, part.amount), ZERO)
      expect(splits === undefined ? amount : sum).toBe(amount)
    }
    return 'read'
  } catch (error) {
    if (error instanceof ImportRejection && error.message !== '') return 'rejected'
    throw error
  }
}

describe('QIF', () => {
  it('gives back every record of any file, in any convention and wherever windows end', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), style, (lines, how) => {
        const bytes = new TextEncoder().encode(fileOf(lines, how))
        const source = smallReads(bytesSource('x', bytes), how.window)
        const { transactions, failed, skipped } = readWith(qifImporter, source)
        expect(failed).toEqual([])
        expect(skipped).toEqual([])
        expect(transactions.slice(1).map(({ date, amount, payee }) => ({ date, amount, payee }))).toEqual(
          lines.map(({ day, cents, payee }) => ({ date: dateFromDayNumber(day), amount: decimalOf(cents, 2), payee })),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('answers random bytes with items or a rejection', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, headed) => {
        const head = headed ? [...new TextEncoder().encode('!Type:Bank\nD1/2/2026\nT')] : []
        expect(['read', 'rejected']).toContain(outcome(Uint8Array.from([...head, ...bytes])))
      }),
    )
  })

  it('answers a damaged file with items or a rejection, and its splits always add up', () => {
    const pieces = fc.constantFrom(
      '\n',
      '^\n',
      '\n!',
      '\n!Type:Invst\n',
      '\n!Account\n',
      'D',
      'T',
      '$',
      'S',
      '%',
      'N',
      '1,2',
      '\0',
    )
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 4 }),
        style,
        fc.array(fc.tuple(fc.nat(), fc.nat(15), pieces), { minLength: 1, maxLength: 6 }),
        (lines, how, damages) => {
          let text = fileOf(lines, how)
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

  it.each([
    ['headers', '!Type:Bank\n'],
    ['records that never end', 'D1/2/2026\nT1\n'],
    ['splits', 'S\n$1\n'],
    ['records', 'D1/2/2026\nT1,234\n^\n'],
    ['line ends', '\r\n'],
    ['carets', '^\n'],
    ['one long line', 'Dx'],
    ['brackets', 'L[[/'],
    ['spaces', ' '],
    ['dates', "D1/ 2'"],
  ])('is done soon with a megabyte of %s', (_, unit) => {
    const started = processorMilliseconds()
    const text = `!Type:Bank\nD1/13/2026\n${unit.repeat(Math.ceil(1_000_000 / unit.length))}`
    expect(['read', 'rejected']).toContain(outcome(new TextEncoder().encode(text)))
    expect(processorMilliseconds() - started).toBeLessThan(30_000)
  })
})
