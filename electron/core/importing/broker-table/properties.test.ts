import {
  array,
  assert,
  boolean,
  constantFrom,
  integer,
  property,
  record,
  shuffledSubarray,
  string,
  uint8Array,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalOf } from '../../../../shared/domain/decimal.ts'
import { dateFromDayNumber } from '../../../../shared/domain/iso-date.ts'
import { ImportRejection, type ParsedItem } from '../importer.ts'
import { brokerFilesFromA } from './fixtures/broker-files-from-a.ts'
import { brokerFilesToZ } from './fixtures/broker-files-to-z.ts'
import { fatesOf, linesOf, readBytes, readText } from './test-support.ts'
import { processorMilliseconds } from '../../../../test/support/processor-time.ts'

const WORDS = {
  en: ['Trade date', 'Action', 'ISIN', 'Quantity', 'Price', 'Commission', 'Net amount', 'Currency', 'Buy', 'Sell'],
  de: ['Handelstag', 'Geschäftsart', 'ISIN', 'Stück', 'Kurs', 'Provision', 'Endbetrag', 'Währung', 'Kauf', 'Verkauf'],
  fr: [
    "Date d'opération",
    'Opération',
    'Code ISIN',
    'Quantité',
    'Cours',
    'Courtage',
    'Montant net',
    'Devise',
    'Achat',
    'Vente',
  ],
  es: [
    'Fecha operación',
    'Operación',
    'ISIN',
    'Títulos',
    'Precio',
    'Comisión',
    'Importe neto',
    'Divisa',
    'Compra',
    'Venta',
  ],
  zh: ['成交日期', '买卖标志', 'ISIN', '成交数量', '成交价格', '佣金', '发生金额', '币种', '买入', '卖出'],
} as const

const ISINS = ['US0378331005', 'DE0007164600', 'IE00B3RBWM25', 'FR0000120073'] as const

const trades = array(
  record({
    day: integer({ min: 19_000, max: 19_700 }),
    sold: boolean(),
    isin: constantFrom(...ISINS),
    quantity: integer({ min: 1, max: 500 }),
    cents: integer({ min: 100, max: 60_000 }),
    fee: integer({ min: 1, max: 99 }),
  }),
  { minLength: 4, maxLength: 25 },
).filter((list) => list.some(({ sold }) => sold) && list.some(({ sold }) => !sold))

const ways = record({
  delimiter: constantFrom(';', '\t'),
  mark: constantFrom('.', ','),
  dates: constantFrom('ymd', 'dmy'),
  signs: constantFrom('written', 'by-action', 'inverted'),
  onTop: boolean(),
  signedUnits: boolean(),
  words: constantFrom('en', 'de', 'fr', 'es', 'zh'),
  order: shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8, maxLength: 8 }),
  titles: integer({ min: 0, max: 3 }),
  noise: boolean(),
})

type Trade = Parameters<Parameters<typeof trades.filter>[0]>[0][number]
type Way = Parameters<Parameters<typeof ways.filter>[0]>[0]

/** Cash in cents: a purchase costs quantity × price and the fee, a sale brings quantity × price less the fee. */
const cashOf = ({ sold, quantity, cents, fee }: Trade): number =>
  sold ? quantity * cents - fee : -(quantity * cents + fee)

function write(list: readonly Trade[], how: Way): string {
  const words = WORDS[how.words]
  const number = (units: number, scale: number): string => decimalOf(BigInt(units), scale).replace('.', how.mark)
  const rows: string[][] = [words.slice(0, 8)]
  for (const trade of list) {
    const { day, sold, isin, quantity, cents, fee } = trade
    const iso = dateFromDayNumber(day)
    const date = how.dates === 'ymd' ? iso : `${iso.slice(8)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}`
    const shown = how.onTop ? (sold ? 1 : -1) * quantity * cents : cashOf(trade)
    const net = how.signs === 'written' ? shown : how.signs === 'inverted' ? -shown : Math.abs(shown)
    const units = how.signedUnits && sold ? -quantity : quantity
    rows.push([
      date,
      sold ? words[9] : words[8],
      isin,
      String(units),
      number(cents, 2),
      number(fee, 2),
      number(net, 2),
      'EUR',
    ])
  }
  const table = rows.map((row) => how.order.map((at) => row[at]).join(how.delimiter))
  const above = Array.from({ length: how.titles }, (_, at) => `Depot report ${'i'.repeat(at + 1)}`)
  if (how.noise) table.splice(3, 0, '', how.delimiter.repeat(7))
  if (how.noise) table.push('', 'All figures without warranty.')
  return [...above, ...table].join('\n')
}

describe('tables of trades in any way of writing', () => {
  it('give the same trades whatever the order of columns, language, signs, marks and lines around them', () => {
    assert(
      property(trades, ways, (list, how) => {
        const read = linesOf(readText(write(list, how)))
        const expected = list.map((trade) => {
          const { day, sold, isin, quantity, cents, fee } = trade
          const cash = decimalOf(BigInt(cashOf(trade)), 2)
          const units = sold ? -quantity : quantity
          return `${dateFromDayNumber(day)} ${sold ? 'sell' : 'buy'} ${cash} EUR ${isin} × ${units} @ ${decimalOf(BigInt(cents), 2)} fee ${decimalOf(BigInt(fee), 2)}`
        })
        expect(read).toEqual(expected)
      }),
      { numRuns: 150 },
    )
  })
})

const corpus = [...brokerFilesFromA, ...brokerFilesToZ].map(({ text }) => text)

/** Items, or the reason why there are none; anything else thrown is a defect. */
function outcome(bytes: Uint8Array): readonly ParsedItem[] | string {
  try {
    return readBytes(bytes)
  } catch (error) {
    if (error instanceof ImportRejection) return error.code
    throw error
  }
}

describe('damaged and hostile files', () => {
  it('never crash on mutations of good ones', () => {
    assert(
      property(
        constantFrom(...corpus),
        integer({ min: 0, max: 1_000_000 }),
        integer({ min: 0, max: 40 }),
        string({ maxLength: 12, unit: 'binary' }),
        (text, place, cut, inserted) => {
          const whole = text.join('\n')
          const at = place % (whole.length + 1)
          const mutated = whole.slice(0, at) + inserted + whole.slice(at + cut)
          const found = outcome(new TextEncoder().encode(mutated))
          expect(typeof found === 'string' || found.length > 0).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('never crash on random bytes', () => {
    assert(
      property(uint8Array({ maxLength: 400 }), (bytes) => {
        outcome(bytes)
      }),
      { numRuns: 300 },
    )
  })

  it('lose no line: every line under the header has a fate', () => {
    assert(
      property(array(string({ maxLength: 30 }), { maxLength: 20 }), (rest) => {
        const body = rest.map((text) => text.replaceAll(/["\n\r]/g, '').trim()).filter((text) => /\w/.test(text))
        const header = 'Date,Action,Symbol,Quantity,Price,Currency,Amount'
        const good = '2024-03-13,Buy,AAPL,1,5,USD,-5'
        const items = readText([header, good, good, ...body, good].join('\n'))
        const told = new Set(items.flatMap((item) => ('record' in item ? [item.record] : [])))
        const { imported, skipped, failed } = fatesOf(items)
        expect(imported + skipped + failed).toBeGreaterThanOrEqual(3 + body.length)
        expect(told.size).toBe(3 + body.length)
      }),
      { numRuns: 150 },
    )
  })

  it('pass in linear time', () => {
    const row = `2024-03-13,${'Bought '.repeat(200)},${'A'.repeat(3000)},1,5,USD,-5`
    const text = ['Date,Action,Symbol,Quantity,Price,Currency,Amount', ...Array.from({ length: 400 }, () => row)].join(
      '\n',
    )
    const begun = processorMilliseconds()
    readText(text)
    expect(processorMilliseconds() - begun).toBeLessThan(5000)
  })
})
