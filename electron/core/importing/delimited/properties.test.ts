import { array, assert, boolean, constantFrom, integer, property, record, string, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateFromDayNumber } from '../../../../shared/domain/iso-date.ts'
import { decimalOf } from '../../../../shared/domain/decimal.ts'
import { decodeHead } from '../text/decode.ts'
import { delimitedImporter } from './importer.ts'
import { fateOf, linesOf, readBytes, readText } from './test-support.ts'

/** One way in which a bank may write its table. */
const conventions = record({
  delimiter: constantFrom(',', ';', '\t', '|'),
  lineEnd: constantFrom('\n', '\r\n'),
  dates: constantFrom('ymd', 'dmy', 'mdy', 'compact'),
  separator: constantFrom('/', '-', '.'),
  mark: constantFrom('.', ','),
  grouped: boolean(),
  shape: constantFrom('signed', 'columns', 'direction'),
  balance: boolean(),
  newestFirst: boolean(),
  titles: integer({ min: 0, max: 3 }),
  words: constantFrom('en', 'de', 'fr', 'es', 'zh', 'pl'),
  byteOrderMark: boolean(),
})

const WORDS = {
  en: ['Date', 'Description', 'Amount', 'Debit', 'Credit', 'D/C', 'Balance', 'debit', 'credit'],
  de: ['Buchungstag', 'Verwendungszweck', 'Betrag', 'Soll', 'Haben', 'S/H', 'Saldo', 'S', 'H'],
  fr: ['Date opération', 'Libellé', 'Montant', 'Débit', 'Crédit', 'Sens', 'Solde', 'débit', 'crédit'],
  es: ['Fecha', 'Concepto', 'Importe', 'Cargo', 'Abono', 'Cargo/Abono', 'Saldo', 'cargo', 'abono'],
  zh: ['交易日期', '摘要', '交易金额', '支出', '收入', '借贷标志', '余额', '借', '贷'],
  pl: ['Data operacji', 'Opis operacji', 'Kwota', 'Obciążenie', 'Uznanie', 'Strona', 'Saldo po operacji', 'Wn', 'Ma'],
} as const

interface Booking {
  readonly day: number
  readonly cents: number
}

const bookings = array(
  record({ day: integer({ min: 19_000, max: 19_700 }), cents: integer({ min: -2_000_000, max: 2_000_000 }) }),
  { minLength: 3, maxLength: 25 },
)

function write(
  list: readonly Booking[],
  how: {
    delimiter: string
    lineEnd: string
    dates: string
    separator: string
    mark: string
    grouped: boolean
    shape: string
    balance: boolean
    newestFirst: boolean
    titles: number
    words: keyof typeof WORDS
    byteOrderMark: boolean
  },
): string {
  const [date, text, amount, debit, credit, direction, balance, out, inward] = WORDS[how.words]
  const money = (cents: number): string => {
    const digits = String(Math.abs(cents)).padStart(3, '0')
    const group = how.mark === '.' ? ',' : '.'
    const whole = digits.slice(0, -2)
    const shown = how.grouped ? whole.replaceAll(/\B(?=(\d{3})+$)/g, group) : whole
    return `${cents < 0 ? '-' : ''}${shown}${how.mark}${digits.slice(-2)}`
  }
  const dateOf = (day: number): string => {
    const [year = '', month = '', dayOfMonth = ''] = dateFromDayNumber(day).split('-')
    if (how.dates === 'compact') return `${year}${month}${dayOfMonth}`
    const parts =
      how.dates === 'ymd'
        ? [year, month, dayOfMonth]
        : how.dates === 'dmy'
          ? [dayOfMonth, month, year]
          : [month, dayOfMonth, year]
    return parts.join(how.separator)
  }
  const header: string[] = [date, text]
  if (how.shape === 'columns') header.push(debit, credit)
  else header.push(amount)
  if (how.shape === 'direction') header.push(direction)
  if (how.balance) header.push(balance)
  let running = 100_000
  const rows = list.map(({ day, cents }, at) => {
    running += cents
    const cells = [dateOf(day), `Entry ${at}${how.delimiter}x`]
    if (how.shape === 'signed') cells.push(money(cents))
    else if (how.shape === 'columns') cells.push(cents < 0 ? money(-cents) : '', cents < 0 ? '' : money(cents))
    else cells.push(money(Math.abs(cents)), cents < 0 ? out : inward)
    if (how.balance) cells.push(money(running))
    return cells
  })
  if (how.newestFirst) rows.reverse()
  const titles = Array.from({ length: how.titles }, (_, at) => [`Title ${'abc'.charAt(at)}`])
  const quoted = (cell: string): string => (cell.includes(how.delimiter) ? `"${cell}"` : cell)
  const lines = [...titles, header, ...rows].map((cells) => cells.map(quoted).join(how.delimiter))
  return (how.byteOrderMark ? '\uFEFF' : '') + lines.join(how.lineEnd) + how.lineEnd
}

describe('detection', () => {
  it('recovers every booking from a table in any combination of conventions', () => {
    assert(
      property(bookings, conventions, (drawn, how) => {
        // a day above 12, an amount with cents and both directions: otherwise a reader cannot know
        const list = [
          ...drawn.filter(({ cents }) => cents !== 0),
          { day: 19_701, cents: -12_345 },
          { day: 19_702, cents: 6_789 },
          // 2023-12-28
          { day: 19_719, cents: -150_005 },
          { day: 19_720, cents: -25_001 },
        ].toSorted((left, right) => left.day - right.day)
        const file = readText(write(list, how))
        const expected = list.map(
          ({ day, cents }, at) =>
            `${dateFromDayNumber(day)} ${decimalOf(cents, 2)} Entry ${at}${how.delimiter === '\t' ? ' x' : `${how.delimiter}x`}`,
        )
        expect(linesOf(file)).toEqual(how.newestFirst ? expected.toReversed() : expected)
        expect(file.failed).toEqual([])
        const closing = list.reduce((sum, { cents }) => sum + cents, 100_000)
        expect(file.balances).toEqual(how.balance ? { opening: '1000', closing: decimalOf(closing, 2) } : {})
      }),
      { numRuns: 400 },
    )
  })

  it('gives the same reading when its own layout is handed back', () => {
    assert(
      property(bookings, conventions, (drawn, how) => {
        const text = write([...drawn, { day: 19_719, cents: -150_005 }], how)
        const first = readText(text)
        if (first.layout === undefined) return
        const again = readText(text, 'statement.csv', { layout: first.layout.layout })
        expect(again.transactions).toEqual(first.transactions)
        expect(again.skipped).toEqual(first.skipped)
      }),
      { numRuns: 60 },
    )
  })

  it('the fingerprint depends on the origin, not on the rows', () => {
    assert(
      property(bookings, bookings, conventions, (one, other, how) => {
        const rows = [{ day: 19_719, cents: -150_005 }]
        const left = readText(write([...one, ...rows], how)).layout?.layout.fingerprint
        const right = readText(write([...other, ...rows], how)).layout?.layout.fingerprint
        expect(left).toBe(right)
      }),
      { numRuns: 40 },
    )
  })
})

describe('hostile content', () => {
  const alphabet = constantFrom(
    '1',
    '2',
    '0',
    '.',
    ',',
    ';',
    '"',
    "'",
    '\n',
    '\r',
    '-',
    '/',
    ' ',
    'a',
    '支',
    '\0',
    '\t',
    '(',
    'Date',
    'Amount',
  )

  it('random text is read or refused with a reason, and each row ends once', () => {
    assert(
      property(string({ unit: alphabet, maxLength: 300 }), (text) => {
        const bytes = new TextEncoder().encode(text)
        const fate = fateOf(bytes)
        const fates = (fate === 'parsed' ? readBytes(bytes).items : []).filter(
          (item) => item.type === 'transaction' || item.type === 'skipped' || item.type === 'failed',
        )
        expect(new Set(fates.map((item) => item.record)).size).toBe(fates.length)
      }),
      { numRuns: 2000 },
    )
  })

  it('random bytes are read or refused with a reason', () => {
    assert(
      property(uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(fateOf(bytes)).toEqual(expect.any(String))
        const head = { name: 'x.csv', size: bytes.length, bytes, text: decodeHead(bytes, true) }
        expect(['no', 'maybe', 'likely']).toContain(delimitedImporter.identify(head))
      }),
      { numRuns: 500 },
    )
  })
})
