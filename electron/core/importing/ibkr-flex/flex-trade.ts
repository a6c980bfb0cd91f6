import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  multiplyDecimal,
  negateDecimal,
  ONE,
  parseDecimal,
  signOfDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { inMajorUnits, type QuotedCurrency, quotedCurrency } from '../text/quoted-currency.ts'
import { booked, type FlexBooking, type FlexContext, type FlexOutcome, referenceOf, skipped } from './flex-context.ts'
import { momentOf, parseFlexMoment, timeOn } from './flex-date.ts'
import { type FlexElement, FlexFault } from './flex-element.ts'
import { isCancellation } from './flex-survey.ts'

const HUNDREDTH = parseDecimal('0.01')

/** Contracts whose worth is not paid for: only fees, and the daily settlement of their gains, move cash. */
const WITHOUT_PAYMENT: ReadonlySet<string> = new Set(['FUT', 'CFD', 'FXCFD'])

/** Prices of bonds and bills are per cent of the face. */
const PER_CENT: ReadonlySet<string> = new Set(['BOND', 'BILL'])

const DATES = ['tradeDate', 'dateTime', 'reportDate', 'settleDateTarget', 'settleDate']

interface Side {
  readonly isBuy: boolean
  /** "BUY (Ca.)", "SELL (Ca.)": takes an earlier trade back. */
  readonly isCancelled: boolean
}

function sideOf(element: FlexElement, quantity: Decimal | undefined): Side {
  const text = (element.text('buySell') ?? '').toUpperCase()
  const isCancelled = text.includes('(CA.)')
  if (text.startsWith('BUY')) return { isBuy: true, isCancelled }
  if (text.startsWith('SELL')) return { isBuy: false, isCancelled }
  if (quantity === undefined || quantity === ZERO) {
    throw new FlexFault('bad-record', `The ${element.label()} does not say whether it is a purchase or a sale.`)
  }
  return { isBuy: signOfDecimal(quantity) > 0, isCancelled }
}

/** Units into the account are positive, whatever sign the file gives a sale or what takes a trade back. */
function signedQuantity(quantity: Decimal, { isBuy, isCancelled }: Side): Decimal {
  const size = absoluteDecimal(quantity)
  return isBuy === isCancelled ? negateDecimal(size) : size
}

/** Price × quantity before fees, signed as cash: a purchase is negative. Undefined where nothing tells. */
function grossOf(element: FlexElement, quantity: Decimal | undefined): Decimal | undefined {
  const proceeds = element.number('proceeds')
  if (proceeds !== undefined) return proceeds
  const money = element.number('tradeMoney')
  if (money !== undefined) return negateDecimal(money)
  const price = element.number('tradePrice', 'price')
  if (price === undefined || quantity === undefined) return undefined
  const perUnit = PER_CENT.has(element.text('assetCategory') ?? '') ? HUNDREDTH : ONE
  const size = multiplyDecimal(multiplyDecimal(quantity, price), element.number('multiplier') ?? ONE)
  return negateDecimal(multiplyDecimal(size, perUnit))
}

interface Charges {
  /** Signed: negative where charged, positive where given back. */
  readonly commission: Decimal
  readonly commissionCurrency: QuotedCurrency
  readonly tax: Decimal
}

function chargesOf(element: FlexElement, currency: QuotedCurrency): Charges {
  const commission = element.number('ibCommission', 'commission') ?? ZERO
  const stated = element.text('ibCommissionCurrency', 'commissionCurrency')
  if (stated === undefined) return { commission, commissionCurrency: currency, tax: taxOf(element) }
  const commissionCurrency = quotedCurrency(stated)
  if (commissionCurrency === null) {
    const message = `The ${element.label()} has a fee in the unknown currency "${stated.slice(0, 20)}".`
    throw new FlexFault('bad-currency', message, { text: stated.slice(0, 20) })
  }
  return { commission, commissionCurrency, tax: taxOf(element) }
}

const taxOf = (element: FlexElement): Decimal => element.number('taxes', 'tax') ?? ZERO

interface When {
  readonly date: IsoDate
  readonly time?: string
  readonly valueDate?: IsoDate
}

function whenOf(element: FlexElement, context: FlexContext): When {
  const moment = momentOf(element, context.dates, DATES)
  const time = moment.time ?? timeOn(element, context.dates, moment.date)
  const settles = parseFlexMoment(element.text('settleDateTarget', 'settleDate') ?? '', context.dates)?.date
  return {
    date: moment.date,
    ...(time === undefined ? {} : { time }),
    ...(settles === undefined || settles === moment.date ? {} : { valueDate: settles }),
  }
}

/** A charge in a currency of its own, booked beside the trade. */
function chargeLeg(
  kind: 'fee' | 'tax',
  amount: Decimal,
  currency: QuotedCurrency,
  element: FlexElement,
  when: When,
): FlexBooking[] {
  if (amount === ZERO) return []
  const about = element.text('symbol')
  const memo = `${kind === 'fee' ? 'Commission' : 'Tax'}${about === undefined ? '' : ` ${about}`}`
  const transaction = { ...when, amount: inMajorUnits(amount, currency), kind, memo, ...referenceOf(element) }
  return [{ currency: currency.currency, transaction }]
}

/** A conversion of currency: "CHF.USD" is what was bought or sold, and what was paid in. Both currencies' cash moves. */
function conversion(element: FlexElement, context: FlexContext): FlexOutcome {
  const [base = '', quote = '', ...rest] = (element.text('symbol') ?? '').split(/[./]/)
  const from = quotedCurrency(base)
  const to = quotedCurrency(quote)
  const quantity = element.number('quantity')
  if (from === null || to === null || rest.length > 0 || quantity === undefined) {
    throw new FlexFault('bad-record', `The ${element.label()} names no two currencies, or no amount.`)
  }
  const side = sideOf(element, quantity)
  const units = inMajorUnits(signedQuantity(quantity, side), from)
  const gross = grossOf(element, quantity)
  if (gross === undefined) throw new FlexFault('missing-amount', `The ${element.label()} has no amount.`)
  const paid = inMajorUnits(absoluteDecimal(gross), to)
  const money = signOfDecimal(units) > 0 ? negateDecimal(paid) : paid
  const when = whenOf(element, context)
  const { commission, commissionCurrency, tax } = chargesOf(element, to)
  const side1 = { currency: from, amount: units }
  const side2 = { currency: to, amount: money }
  const [out, into] = signOfDecimal(units) < 0 ? [side1, side2] : [side2, side1]
  const half = (own: typeof out, other: typeof out): FlexBooking => ({
    currency: own.currency.currency,
    transaction: {
      ...when,
      amount: own.amount,
      kind: 'transfer',
      memo: element.text('symbol') ?? '',
      ...referenceOf(element),
      transferAccount: other.currency.currency,
      original: { amount: negateDecimal(other.amount), currency: other.currency.currency },
    },
  })
  return booked(half(out, into), [
    half(into, out),
    ...chargeLeg('fee', commission, commissionCurrency, element, when),
    ...chargeLeg('tax', tax, to, element, when),
  ])
}

/** The cash that a trade moves in its own currency. */
function cashOf(element: FlexElement, gross: Decimal | undefined, charges: Charges, currency: QuotedCurrency): Decimal {
  const sameCurrency = charges.commissionCurrency.currency === currency.currency
  const commission = sameCurrency ? inOther(charges.commission, charges.commissionCurrency, currency) : ZERO
  const net = element.number('netCash')
  if (net !== undefined && (sameCurrency || charges.commission === ZERO || gross === undefined)) return net
  const isUnpaid = WITHOUT_PAYMENT.has(element.text('assetCategory') ?? '')
  const worth = isUnpaid ? ZERO : gross
  if (worth === undefined) throw new FlexFault('missing-amount', `The ${element.label()} has no amount.`)
  return addDecimal(addDecimal(worth, charges.tax), commission)
}

/** A charge in pounds beside a trade in pence, and the other way round. */
function inOther(amount: Decimal, own: QuotedCurrency, other: QuotedCurrency): Decimal {
  if (own.factor === other.factor) return amount
  return own.factor === ONE ? multiplyDecimal(amount, parseDecimal('100')) : multiplyDecimal(amount, HUNDREDTH)
}

/**
 * Reads one trade: an execution, or the order or summary that stands for its executions where the query has no finer
 * level. A trade that is taken back ("BUY (Ca.)") moves cash and units the other way.
 * Fields: https://www.ibkrguides.com/reportingreference/reportguide/tradesfq.htm; `netCash` is proceeds and charges.
 */
export function readTrade(element: FlexElement, context: FlexContext): FlexOutcome {
  if (element.text('assetCategory') === 'CASH') {
    const id = isCancellation(element) ? element.text('origTransactionID') : element.text('transactionID')
    if (id !== undefined && context.undone.has(id)) {
      return skipped('closed-order', `The ${element.label()} was taken back in this very file.`)
    }
    return conversion(element, context)
  }
  const currency = element.currency('currency')
  const quantity = element.number('quantity')
  const side = sideOf(element, quantity)
  const charges = chargesOf(element, currency)
  const gross = grossOf(element, quantity === undefined ? undefined : signedQuantity(quantity, side))
  const cash = cashOf(element, gross, charges, currency)
  // where the row repeats the figures of the trade that it takes back, they go the other way
  const repeats = side.isCancelled && quantity !== undefined && signOfDecimal(quantity) > 0 === side.isBuy
  const amount = inMajorUnits(repeats ? negateDecimal(cash) : cash, currency)
  const when = whenOf(element, context)
  const sameCurrency = charges.commissionCurrency.currency === currency.currency
  const security = context.securities.of(element)
  const price = element.number('tradePrice', 'price')
  const fee = sameCurrency ? charged(inMajorUnits(charges.commission, charges.commissionCurrency)) : ZERO
  const tax = charged(inMajorUnits(charges.tax, currency))
  const memo = memoOf(element, side)
  return booked(
    {
      currency: currency.currency,
      transaction: {
        ...when,
        amount,
        kind: side.isBuy ? 'buy' : 'sell',
        ...(security?.name === undefined ? {} : { payee: security.name }),
        ...(memo === '' ? {} : { memo }),
        ...referenceOf(element),
        ...(security === null ? {} : { security }),
        ...(quantity === undefined ? {} : { quantity: signedQuantity(quantity, side) }),
        ...(price === undefined ? {} : { price: inMajorUnits(price, currency) }),
        ...(fee === ZERO ? {} : { fee }),
        ...(tax === ZERO ? {} : { tax }),
      },
    },
    sameCurrency ? [] : chargeLeg('fee', charges.commission, charges.commissionCurrency, element, when),
  )
}

/** What was charged, as a magnitude; nothing where money came back. */
const charged = (amount: Decimal): Decimal => (signOfDecimal(amount) < 0 ? absoluteDecimal(amount) : ZERO)

/** The broker's codes of what a booking without an exchange was. */
const CODES: ReadonlyMap<string, string> = new Map([
  ['A', 'Assignment'],
  ['Ex', 'Exercise'],
  ['Ep', 'Expired'],
  ['GEA', 'Exercise or assignment'],
])

function memoOf(element: FlexElement, { isCancelled }: Side): string {
  const codes = (element.text('notes', 'code') ?? '').split(/[;,]/).flatMap((code) => CODES.get(code.trim()) ?? [])
  return [isCancelled ? 'Cancellation' : '', ...codes].filter((part) => part !== '').join(', ')
}
