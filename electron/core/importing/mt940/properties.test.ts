import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDecimal, type Decimal, decimalOf, ZERO } from '../../../../shared/domain/decimal.ts'
import { dateFromDayNumber, dayNumber, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { ImportRejection } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { readWith, smallReads } from '../text/test-support.ts'
import { mt940Importer } from './mt940-importer.ts'
import { processorMilliseconds } from '../../../../test/support/processor-time.ts'

interface Booking {
  readonly valueDay: number
  readonly daysToEntry: number
  readonly cents: number
  readonly reversal: boolean
  readonly purpose: string
}

interface Style {
  readonly newline: string
  readonly envelope: boolean
  readonly fundsCode: boolean
  readonly structured: boolean
  readonly window: number
}

const FIRST = dayNumber(parseIsoDate('1990-01-01'))
const LAST = dayNumber(parseIsoDate('2026-02-28'))

const booking: fc.Arbitrary<Booking> = fc.record({
  valueDay: fc.integer({ min: FIRST, max: LAST }),
  daysToEntry: fc.integer({ min: -20, max: 20 }),
  cents: fc.integer({ min: -100_000_000, max: 100_000_000 }),
  reversal: fc.boolean(),
  purpose: fc.stringMatching(/^[A-Za-zéü][A-Za-zéü0-9 .]{0,20}[A-Z]$/),
})

const style: fc.Arbitrary<Style> = fc.record({
  newline: fc.constantFrom('\n', '\r\n'),
  envelope: fc.boolean(),
  fundsCode: fc.boolean(),
  structured: fc.boolean(),
  window: fc.integer({ min: 1, max: 90 }),
})

const swiftDate = (day: number): string => dateFromDayNumber(day).slice(2).replaceAll('-', '')

function swiftAmount(cents: number): string {
  const size = Math.abs(cents)
  return `${Math.floor(size / 100)},${String(size % 100).padStart(2, '0')}`
}

function lineOf({ valueDay, daysToEntry, cents, reversal }: Booking, fundsCode: boolean): string {
  const credit = cents >= 0
  const mark = reversal ? (credit ? 'RD' : 'RC') : credit ? 'C' : 'D'
  return `:61:${swiftDate(valueDay)}${swiftDate(valueDay + daysToEntry).slice(2)}${mark}${fundsCode ? 'R' : ''}${swiftAmount(cents)}NTRFNONREF`
}

function textOf(bookings: readonly Booking[], { newline, envelope, fundsCode, structured }: Style): string {
  const sum = bookings.reduce((total, { cents }) => total + cents, 0)
  const lines = [
    ':20:STARTUMS',
    ':25:10020030/1234567',
    ':28C:1/1',
    ':60F:C900101EUR0,00',
    ...bookings.flatMap((one) => [
      lineOf(one, fundsCode),
      structured ? `:86:166?00TEXT?20SVWZ+${one.purpose}` : `:86:${one.purpose}`,
    ]),
    `:62F:${sum < 0 ? 'D' : 'C'}260228EUR${swiftAmount(sum)}`,
  ]
  const body = lines.join(newline)
  return envelope ? `{1:F01EXAMDEFFAXXX0000000000}{2:I940EXAMDEFFN}{4:${newline}${body}${newline}-}` : body
}

const sumOf = (amounts: readonly Decimal[]): Decimal => amounts.reduce((left, right) => addDecimal(left, right), ZERO)

/** What is read; nothing where it is refused. Any other throw passes on. */
function readOrRefused(bytes: Uint8Array): Pick<ReturnType<typeof readWith>, 'transactions' | 'statements' | 'failed'> {
  try {
    return readWith(mt940Importer, bytes)
  } catch (error) {
    if (error instanceof ImportRejection) return { transactions: [], statements: [], failed: [] }
    throw error
  }
}

describe('MT940, whatever is in it', () => {
  it('is read as it was written: days, cents and words, in every style and with any window', () => {
    fc.assert(
      fc.property(fc.array(booking, { minLength: 1, maxLength: 12 }), style, (bookings, how) => {
        const bytes = new TextEncoder().encode(textOf(bookings, how))
        const { transactions, failed, findings } = readWith(
          mt940Importer,
          smallReads(bytesSource('x', bytes), how.window),
        )
        expect(failed).toEqual([])
        expect(findings).toEqual([])
        expect(transactions.map(({ date, amount }) => [date, amount])).toEqual(
          bookings.map(({ valueDay, daysToEntry, cents }) => [
            dateFromDayNumber(valueDay + daysToEntry),
            decimalOf(cents, 2),
          ]),
        )
        expect(transactions.map(({ memo }) => memo)).toEqual(
          bookings.map(({ purpose }) => purpose.replaceAll(/ +/g, ' ')),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('a damaged booking leaves all others as they are', () => {
    fc.assert(
      fc.property(fc.array(booking, { minLength: 2, maxLength: 8 }), style, fc.nat(), (bookings, how, which) => {
        const at = which % bookings.length
        const lines = textOf(bookings, how).split(how.newline)
        const places = lines.flatMap((line, index) => (line.startsWith(':61:') ? [index] : []))
        const place = places[at] ?? 0
        lines[place] = ':61:9902DRUBBISH'
        const { transactions, failed } = readWith(mt940Importer, lines.join(how.newline))
        expect(failed).toHaveLength(1)
        expect(failed[0]?.record).toBe(place + 1)
        const others = bookings.filter((_, index) => index !== at)
        expect(sumOf(transactions.map(({ amount }) => amount))).toBe(
          sumOf(others.map(({ cents }) => decimalOf(cents, 2))),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('a figure changed anywhere is told, by the balance or by name', () => {
    fc.assert(
      fc.property(fc.array(booking, { minLength: 1, maxLength: 6 }), fc.nat(), (bookings, which) => {
        const plain = { newline: '\n', envelope: false, fundsCode: false, structured: false, window: 64 }
        const at = which % bookings.length
        const changed = bookings.map((one, index) => (index === at ? { ...one, cents: one.cents + 1 } : one))
        const text = textOf(changed, plain)
        const closing = textOf(bookings, plain).split('\n').at(-1) ?? ''
        const { findings } = readWith(mt940Importer, [...text.split('\n').slice(0, -1), closing].join('\n'))
        expect(findings.map(({ code }) => code)).toEqual(['balance-mismatch'])
      }),
      { numRuns: 40 },
    )
  })

  const SAMPLE = new TextEncoder().encode(
    `{1:F01EXAMDEFFAXXX0000000000}{2:I940EXAMDEFFN}{4:\r\n:20:S\r\n:25:10020030/1234567EUR\r\n:28C:1/1\r\n:60F:C260101EUR100,00\r\n` +
      ':61:2601020103DR30,00NTRFREF1//B1\r\n/OCMT/USD31,00//CHGS/EUR0,10/\r\n:86:105?00LASTSCHRIFT?20EREF+A1?21SVWZ+Rent?31DE89370400440532013000?32Name\r\n' +
      ':61:260103C5,00N654NONREF\r\n:86:/TRTP/IDEAL/IBAN/NL91ABNA0417164300/NAME/SHOP/REMI/Order 1/EREF/E9\r\n' +
      ':61:260103RC1,NMSC\r\n:NS:01Purpose\r\n15Name\r\n:62M:C260103EUR74,00\r\n-}{5:}\r\n:20:S\r\n:25:10020030/1234567\r\n:28C:1/2\r\n:60M:C260103EUR74,00\r\n' +
      ':61:260104D4,00NCHK123\r\n:86:999TEXT_TYPE:purpose:Name:DE89370400440532013000\r\n:62F:C260104EUR70,00\r\n:64:C260104EUR70,00\r\n:90D:2EUR34,00\r\n-\r\n',
  )
  const PIECES = [
    ':61:',
    ':86:',
    ':62F:',
    ':20:',
    '\r\n',
    '\n-\n',
    '?20',
    '/REMI/',
    '//',
    '{4:',
    '-}',
    'C',
    ',',
    '9'.repeat(40),
    '\u0000',
  ]

  const mutation = fc.record({
    at: fc.nat({ max: SAMPLE.length }),
    remove: fc.integer({ min: 0, max: 40 }),
    insert: fc.oneof(
      fc.constantFrom(...PIECES).map((piece) => new TextEncoder().encode(piece)),
      fc.uint8Array({ maxLength: 12 }),
    ),
  })

  it('mutated, it is read or refused with a reason, and every figure in it is one', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 8 }), (mutations) => {
        let bytes = Buffer.from(SAMPLE)
        for (const { at, remove, insert } of mutations) {
          bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)])
        }
        const { transactions, statements } = readOrRefused(new Uint8Array(bytes))
        expect(new Set(statements.map(({ statement }) => statement)).size).toBe(statements.length)
        for (const { amount, date } of transactions) {
          expect(amount).toMatch(/^-?\d+(?:\.\d+)?$/)
          expect(date).toMatch(/^\d{4}-\d\d-\d\d$/)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('bytes of any kind end, read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(readOrRefused(bytes).failed.length).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 150 },
    )
  })

  it.each([
    ['a line without an end', `:61:260102D1,00NTRF\n:86:${'?20x'.repeat(200_000)}`],
    ['a field without an end', `:61:260102D1,00NTRF\n:86:${'text\n'.repeat(200_000)}`],
    ['slashes', `:61:260102D1,00NTRF\n:86:/REMI${'/'.repeat(400_000)}`],
    ['fields in great number', `:61:260102D1,00NTRF\n${':86:a\n'.repeat(200_000)}`],
    ['digits', `:61:${'2'.repeat(400_000)}`],
    ['marks', `:61:260102D1,00NTRF\n:86:${'?'.repeat(400_000)}`],
  ])('%s take linear time and bounded memory', (_, text) => {
    const begun = processorMilliseconds()
    const { transactions } = readWith(mt940Importer, text)
    expect(processorMilliseconds() - begun).toBeLessThan(3000)
    expect(transactions.every(({ memo = '' }) => memo.length < 300_000)).toBe(true)
  })
})
