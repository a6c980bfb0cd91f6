import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { exponentOf } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  compareDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  ONE,
  parseDecimal,
  roundDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { ParsedTransaction } from '../importer.ts'
import { type CamtElement, elementAt, elementsOf, findElement, textAt } from './camt-element.ts'
import {
  amountOf,
  currencyIn,
  currencyText,
  type CurrencyAmount,
  type Direction,
  directionOf,
  parseAmount,
  signed,
} from './camt-values.ts'

/** An entry and, where it has exactly one, its detail: both may say amounts and charges. */
export interface AmountSources {
  readonly entry: CamtElement
  readonly detail: CamtElement | undefined
}

const SIDES = ['InstdAmt', 'TxAmt', 'CntrValAmt', 'AnncdPstngAmt', 'PrtryAmt']

/** Every amount that is stated beside the booked one, the instructed one first. */
function statedElements({ entry, detail }: AmountSources): CamtElement[] {
  const stated: CamtElement[] = []
  for (const source of [detail, entry]) {
    const details = elementAt(source, 'AmtDtls')
    if (details === undefined) continue
    for (const side of SIDES) {
      const amount = elementAt(details, side, 'Amt')
      if (amount !== undefined) stated.push(amount)
    }
  }
  const own = elementAt(detail, 'Amt')
  if (own !== undefined) stated.push(own)
  return stated
}

/** The first stated amount whose currency fits. */
function statedIn(sources: AmountSources, fits: (currency: CurrencyCode) => boolean): CurrencyAmount | undefined {
  for (const element of statedElements(sources)) {
    const currency = currencyIn(currencyText(element))
    if (currency === null || !fits(currency)) continue
    const stated = amountOf(element)
    if (stated !== null && signOfDecimal(stated.amount) !== 0) return stated
  }
  return undefined
}

function exchangeElement({ entry, detail }: AmountSources): CamtElement | undefined {
  return findElement(elementAt(detail, 'AmtDtls'), 'CcyXchg') ?? findElement(elementAt(entry, 'AmtDtls'), 'CcyXchg')
}

function statedRate(sources: AmountSources): Decimal | null {
  const text = textAt(exchangeElement(sources), 'XchgRate')
  const rate = text === undefined ? null : parseAmount(text)
  return rate === null || signOfDecimal(rate) <= 0 ? null : rate
}

const distance = (left: Decimal, right: Decimal): Decimal => absoluteDecimal(subtractDecimal(left, right))

/** Whether two figures differ by at most a hundredth: rounding, and the bank's margin. */
const isNear = (left: Decimal, right: Decimal): boolean =>
  compareDecimal(multiplyDecimal(distance(left, right), HUNDRED), absoluteDecimal(right)) <= 0

const HUNDRED = parseDecimal('100')

const RATE_DIGITS = 10

/** Account currency for one unit of the other. Banks state rates in either direction: the amounts tell which it is. */
function rateBetween(original: Decimal, amount: Decimal, stated: Decimal): Decimal | undefined {
  const direct = multiplyDecimal(original, stated)
  const inverse = divideDecimal(original, stated, 10)
  const isDirect = compareDecimal(distance(direct, amount), distance(inverse, amount)) <= 0
  if (!isNear(isDirect ? direct : inverse, amount)) return undefined
  return isDirect ? stated : divideDecimal(ONE, stated, RATE_DIGITS)
}

/** What was paid in another currency, if the entry says so. `amount` is the booked one in `currency`. */
export function originalOf(
  sources: AmountSources,
  amount: Decimal,
  currency: CurrencyCode | null,
): ParsedTransaction['original'] {
  if (currency === null) return undefined
  const foreign = statedIn(sources, (stated) => stated !== currency)
  if (foreign === undefined || foreign.currency === null) return undefined
  return withRate(
    signed(foreign.amount, signOfDecimal(amount) < 0 ? 'debit' : 'credit'),
    foreign.currency,
    amount,
    sources,
  )
}

function withRate(
  original: Decimal,
  currency: CurrencyCode,
  amount: Decimal,
  sources: AmountSources,
): ParsedTransaction['original'] {
  const stated = statedRate(sources)
  const rate = stated === null ? undefined : rateBetween(original, amount, stated)
  return { amount: original, currency, ...(rate === undefined ? {} : { rate }) }
}

/** An entry in another currency than its account's, in the account's: as the file states it, or by the file's rate. */
export function convertedEntry(
  sources: AmountSources,
  written: Decimal,
  foreign: CurrencyCode,
  currency: CurrencyCode,
): Pick<ParsedTransaction, 'amount' | 'original'> | null {
  const direction: Direction = signOfDecimal(written) < 0 ? 'debit' : 'credit'
  const stated = statedIn(sources, (candidate) => candidate === currency)
  if (stated !== undefined) {
    const amount = signed(stated.amount, direction)
    const original = withRate(written, foreign, amount, sources)
    return { amount, ...(original === undefined ? {} : { original }) }
  }
  const rate = statedRate(sources)
  const exchange = exchangeElement(sources)
  const unit = currencyIn(textAt(exchange, 'UnitCcy')) ?? currencyIn(textAt(exchange, 'SrcCcy'))
  if (rate === null || (unit !== foreign && unit !== currency)) return null
  const digits = exponentOf(currency)
  const amount =
    unit === foreign ? roundDecimal(multiplyDecimal(written, rate), digits) : divideDecimal(written, rate, digits)
  const factor = unit === foreign ? rate : divideDecimal(ONE, rate, RATE_DIGITS)
  return { amount, original: { amount: written, currency: foreign, rate: factor } }
}

interface Charge {
  readonly amount: Decimal
  /** ChrgInclInd; undefined where the bank leaves it out. */
  readonly included: boolean | undefined
}

function chargesIn(source: CamtElement | undefined, currency: CurrencyCode | null): Charge[] {
  const charges: Charge[] = []
  for (const group of elementsOf(source, 'Chrgs')) {
    const records = elementsOf(group, 'Rcrd')
    for (const record of records.length > 0 ? records : [group]) {
      const stated = amountOf(elementAt(record, 'Amt')) ?? amountOf(elementAt(record, 'TtlChrgsAndTaxAmt'))
      if (stated === null || (stated.currency !== null && stated.currency !== currency)) continue
      const isCredit = directionOf(textAt(record, 'CdtDbtInd')) === 'credit'
      const indicator = textAt(record, 'ChrgInclInd')?.toLowerCase()
      charges.push({
        amount: isCredit ? subtractDecimal(ZERO, stated.amount) : stated.amount,
        included: indicator === undefined ? undefined : indicator === 'true' || indicator === '1',
      })
    }
  }
  return charges
}

const sumOf = (charges: readonly Charge[]): Decimal =>
  charges.reduce((sum, { amount }) => addDecimal(sum, amount), ZERO)

/**
 * The charges that the booked amount contains, as a magnitude: those marked so, and unmarked ones where the amounts
 * prove it (an instructed 50.00 that was booked as 53.00 with charges of 3.00).
 */
export function feeOf(sources: AmountSources, amount: Decimal, currency: CurrencyCode | null): Decimal | undefined {
  const own = chargesIn(sources.entry, currency)
  const charges = own.length > 0 ? own : chargesIn(sources.detail, currency)
  if (charges.length === 0) return undefined
  const marked = charges.filter(({ included }) => included === true)
  const unmarked = charges.filter(({ included }) => included === undefined)
  let fee = sumOf(marked)
  const total = sumOf(unmarked)
  if (signOfDecimal(total) > 0) {
    const isDebit = signOfDecimal(amount) < 0
    const magnitude = absoluteDecimal(amount)
    const before = isDebit ? subtractDecimal(magnitude, total) : addDecimal(magnitude, total)
    const isProven = statedElements(sources).some((element) => {
      const stated = amountOf(element)
      return stated?.currency === currency && stated.amount === before
    })
    if (isProven) fee = addDecimal(fee, total)
  }
  return signOfDecimal(fee) > 0 ? fee : undefined
}
