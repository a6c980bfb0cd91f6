import { describe, expect, it } from 'vitest'
import {
  absoluteDecimal,
  addDecimal,
  compareDecimal,
  type Decimal,
  multiplyDecimal,
  negateDecimal,
  parseDecimal,
  roundDecimal,
  subtractDecimal,
  ZERO,
} from '../../shared/domain/decimal.ts'
import type { ParsedTransaction } from '../../electron/core/importing/importer.ts'
import { ofxImporter } from '../../electron/core/importing/ofx/ofx-importer.ts'
import { qifImporter } from '../../electron/core/importing/qif/qif-importer.ts'
import { readWith } from '../../electron/core/importing/text/test-support.ts'
import { corpusFacts, corpusFile, corpusIsPresent } from '../support/corpus-facts.ts'

/**
 * Investment statements of the corpus: what others expect of them adds up the cash records alone (OFX) or the totals of
 * all records whatever they do (QIF). Onebook's amounts are the cash effect of each, trades included. That both are right
 * is shown on the files' own records, read here by a few lines that share nothing with the importers.
 */

const absent = corpusIsPresent ? '' : '(the corpus is not here: not run) '

const figure = (text: string): Decimal => parseDecimal(text.trim().replaceAll(',', '').replace(/^\+/, ''))
const sumOf = (amounts: readonly Decimal[]): Decimal => amounts.reduce(addDecimal, ZERO)

/** The first value of an element within a piece of OFX, SGML or XML. */
function element(piece: string, name: string): string | null {
  return new RegExp(`<${name}>([^<\r\n]*)`).exec(piece)?.[1]?.trim() ?? null
}

interface RawTrade {
  readonly id: string
  readonly action: string
  readonly total: Decimal | null
  readonly units: Decimal | null
  readonly price: Decimal | null
}

const amountIn = (piece: string, name: string): Decimal | null => {
  const text = element(piece, name)
  return text === null || text === '' ? null : figure(text)
}

/** Where a record ends: at the next one, or with the list. */
const NEXT = /<INVTRAN>|<STMTTRN>|<\/INVTRANLIST>/

function rawOfx(text: string): { cash: { id: string; amount: Decimal }[]; trades: RawTrade[] } {
  const cash = text.split('<STMTTRN>').slice(1)
  const trades = text.split('<INVTRAN>')
  return {
    cash: cash.map((piece) => ({ id: element(piece, 'FITID') ?? '', amount: amountIn(piece, 'TRNAMT') ?? ZERO })),
    trades: trades.slice(1).map((rest, at) => {
      const piece = rest.split(NEXT)[0] ?? ''
      const before = trades[at]?.match(/<([A-Z]+)>\s*(?:<(?:INVBUY|INVSELL)>\s*)?$/)
      return {
        id: element(piece, 'FITID') ?? '',
        action: before?.[1] ?? '',
        total: amountIn(piece, 'TOTAL'),
        units: amountIn(piece, 'UNITS'),
        price: amountIn(piece, 'UNITPRICE'),
      }
    }),
  }
}

/**
 * Totals are signed by their effect on the cash. Income that is reinvested moves none, nor does what has no total:
 * transfers of securities, splits. Who buys and is given units pays, however the total is signed.
 */
function effectOf({ action, total, units }: RawTrade): Decimal {
  if (action === 'REINVEST' || total === null) return ZERO
  const buys = action.startsWith('BUY') && units !== null && !units.startsWith('-')
  return buys ? negateDecimal(absoluteDecimal(total)) : total
}

const textOf = (path: string): string => new TextDecoder('latin1').decode(corpusFile(path))

const investmentOfx = corpusFacts('ofx').filter(([path]) => /<INVTRAN>/.test(textOf(path)))

describe.skipIf(!corpusIsPresent)(`${absent}investment statements in OFX`, () => {
  it('are in the corpus', () => {
    expect(investmentOfx.length).toBeGreaterThan(8)
  })

  it.each(investmentOfx)('%s: cash records and trades add up to the file’s own figures', (path, fact) => {
    const raw = rawOfx(textOf(path))
    const { transactions } = readWith(ofxImporter, corpusFile(path))
    const cashIds = new Set(raw.cash.map(({ id }) => id))
    const isCash = ({ reference = '' }: ParsedTransaction): boolean => cashIds.has(reference)
    const cash = sumOf(raw.cash.map(({ amount }) => amount))
    expect(cash).toBe(fact.sum === undefined ? cash : figure(fact.sum))
    expect(sumOf(transactions.filter(isCash).map(({ amount }) => amount))).toBe(cash)
    const own = transactions.filter((transaction) => !isCash(transaction))
    expect(own.map(({ reference, amount }) => [reference, amount])).toEqual(
      raw.trades.map((trade) => [trade.id, effectOf(trade)]),
    )
    expect(sumOf(transactions.map(({ amount }) => amount))).toBe(
      addDecimal(cash, sumOf(own.map(({ amount }) => amount))),
    )
  })
})

type RawRecord = ReadonlyMap<string, string>

/** Records of the sections that hold transactions, in order; `isTrade` for those of an investment section. */
function rawQif(text: string): { isTrade: boolean; record: RawRecord }[] {
  const records: { isTrade: boolean; record: RawRecord }[] = []
  let section = ''
  let fields = new Map<string, string>()
  for (const line of text.split(/[\r\n]+/)) {
    if (line.startsWith('!')) section = line.trim()
    else if (line.startsWith('^')) {
      if (/^!Type:(?:Bank|Cash|CCard|Invst|Oth)/.test(section)) {
        records.push({ isTrade: section === '!Type:Invst', record: fields })
      }
      fields = new Map()
    } else if (line !== '' && !fields.has(line.charAt(0))) fields.set(line.charAt(0), line.slice(1).trim())
  }
  return records
}

const value = (record: RawRecord, code: string): Decimal | null => {
  const text = record.get(code)
  return text === undefined ? null : figure(text)
}

interface Expected {
  readonly amount: Decimal
  /** The two sides of cash that came from or went to another account. */
  readonly passedOn: readonly Decimal[]
}

function expectedOf(isTrade: boolean, record: RawRecord): Expected {
  const total = value(record, 'T') ?? value(record, 'U') ?? ZERO
  const action = isTrade ? (record.get('N') ?? '') : ''
  const effect = action.startsWith('Buy') ? negateDecimal(total) : total
  if (action.endsWith('X')) return { amount: ZERO, passedOn: [effect, negateDecimal(effect)] }
  return { amount: /^(?:Shrs|Reinv|StkSplit)/.test(action) ? ZERO : effect, passedOn: [] }
}

/** How far the total is from units × price with the commission on top, or off the price of a sale: to the cent. */
function offOf(record: RawRecord): Decimal {
  const [units, price, total] = [value(record, 'Q'), value(record, 'I'), value(record, 'T')]
  if (units === null || price === null || total === null) return ZERO
  const fee = value(record, 'O') ?? ZERO
  const worth = roundDecimal(multiplyDecimal(units, price), 2)
  const whole = addDecimal(worth, record.get('N')?.startsWith('Sell') === true ? negateDecimal(fee) : fee)
  return absoluteDecimal(subtractDecimal(absoluteDecimal(total), whole))
}

const CENT = parseDecimal('0.01')

const investmentQif = corpusFacts('qif').filter(([path]) => /^!Type:Invst/m.test(textOf(path)))

describe.skipIf(!corpusIsPresent)(`${absent}investment accounts in QIF`, () => {
  it('are in the corpus', () => {
    expect(investmentQif.length).toBeGreaterThanOrEqual(3)
  })

  it.each(investmentQif)('%s: totals are the file’s, cash that is passed on leaves nothing here', (path, fact) => {
    const raw = rawQif(textOf(path))
    const { transactions } = readWith(qifImporter, corpusFile(path))
    const totals = sumOf(raw.map(({ record }) => value(record, 'T') ?? value(record, 'U') ?? ZERO))
    expect(totals).toBe(fact.sum === undefined ? totals : figure(fact.sum))
    const trades = raw.map(({ isTrade }) => isTrade)
    expect(
      transactions.map(({ amount, splits = [] }, at) => ({
        amount,
        passedOn: trades[at] === true ? splits.map((part) => part.amount) : [],
      })),
    ).toEqual(raw.map(({ isTrade, record }) => expectedOf(isTrade, record)))
    const tradeRecords = raw.flatMap(({ isTrade, record }) => (isTrade ? [record] : []))
    expect(tradeRecords.filter((record) => compareDecimal(offOf(record), CENT) > 0)).toEqual([])
  })
})
