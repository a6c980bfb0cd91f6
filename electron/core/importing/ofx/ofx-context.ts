import { type CurrencyCode, exponentOf } from '../../../../shared/domain/currency.ts'
import { type Decimal, divideDecimal, multiplyDecimal, roundDecimal } from '../../../../shared/domain/decimal.ts'
import type { ParsedTransaction, Reason, ReasonCode } from '../importer.ts'
import type { OfxNumbers } from './ofx-amount.ts'
import { type OfxMoment, parseOfxDate } from './ofx-date.ts'
import type { OfxRecord } from './ofx-record.ts'
import { type OfxSecurities, symbolCurrency } from './ofx-securities.ts'

/** What records are read against. */
export interface OfxContext {
  readonly numbers: OfxNumbers
  readonly securities: OfxSecurities
  /** The statement's currency; null where the file does not say. */
  readonly currency: CurrencyCode | null
  /** Settles 08/07/2025 in files that do not write dates as the standard demands. */
  readonly monthFirst: boolean
  /** The clock of the moment the file was made: banks stamp it on every line, where it says nothing of the line. */
  readonly fileTime: string | undefined
}

/** The fate of one source record. */
export type OfxOutcome =
  | { readonly type: 'transaction'; readonly transaction: ParsedTransaction }
  | { readonly type: 'skipped'; readonly reason: Reason }
  | { readonly type: 'failed'; readonly reason: Reason }

export function failed(code: ReasonCode, message: string, values?: Reason['values']): OfxOutcome {
  return { type: 'failed', reason: values === undefined ? { code, message } : { code, message, values } }
}

/** How a message calls a record: its identity or name. */
export function labelOf(record: OfxRecord): string {
  const label = record.values.get('FITID') ?? record.values.get('NAME') ?? record.values.get('MEMO')
  return label === undefined ? '' : ` (${label.slice(0, 60)})`
}

/** The first of these dates that is there and names a day; else which reason there is not to have one. */
export function momentOf(
  record: OfxRecord,
  context: OfxContext,
  names: readonly string[],
): OfxMoment | { readonly fault: 'missing-date' | 'bad-date'; readonly text: string } {
  let seen = ''
  for (const name of names) {
    const text = record.values.get(name)
    if (text === undefined) continue
    const moment = parseOfxDate(text, context.monthFirst)
    if (moment !== null) return moment.time === context.fileTime ? { date: moment.date } : moment
    if (seen === '') seen = text
  }
  return { fault: seen === '' ? 'missing-date' : 'bad-date', text: seen }
}

export function dateFault(
  record: OfxRecord,
  fault: { readonly fault: 'missing-date' | 'bad-date'; readonly text: string },
): OfxOutcome {
  return fault.fault === 'missing-date'
    ? failed('missing-date', `The transaction${labelOf(record)} has no date.`)
    : failed('bad-date', `The transaction${labelOf(record)} is dated "${fault.text.slice(0, 40)}", which is no day.`, {
        text: fault.text.slice(0, 40),
      })
}

export interface Conversion {
  /** Statement currency units for one unit of the record's; null where none is needed or none can be had. */
  readonly rate: Decimal | null
  readonly original?: { readonly currency: CurrencyCode; readonly rate?: Decimal }
  /** Set where the record's amounts are in this currency and the file has no usable rate. */
  readonly unconverted?: CurrencyCode
}

const PLAIN: Conversion = { rate: null }

/**
 * What a record says of a currency other than the statement's. Inside CURRENCY the record's amounts are in CURSYM and
 * CURRATE turns them into the statement's; inside ORIGCURRENCY they have been turned already (OFX 2.1.1 §5.2).
 */
export function conversionOf(record: OfxRecord, context: OfxContext): Conversion {
  const group = record.values.has('ORIGCURRENCY/CURSYM') ? 'ORIGCURRENCY' : 'CURRENCY'
  if (group === 'CURRENCY' && !record.values.has('CURRENCY/CURSYM') && !record.values.has('CURRENCY')) return PLAIN
  const currency = symbolCurrency(record, group)
  if (currency === null || context.currency === null || currency === context.currency) return PLAIN
  const rateText = record.values.get(`${group}/CURRATE`)
  const parsed = rateText === undefined ? null : context.numbers.parse(rateText)
  const rate = parsed === null || parsed === '0' || parsed === '1' || parsed.startsWith('-') ? null : parsed
  if (group === 'ORIGCURRENCY') {
    return { rate: null, original: rate === null ? { currency } : { currency, rate } }
  }
  return rate === null ? { rate, unconverted: currency } : { rate, original: { currency, rate } }
}

/** Adds the statement's side and the original side of an amount that the record gives in one of the two. */
export function convertedAmount(
  written: Decimal,
  conversion: Conversion,
  context: OfxContext,
): Pick<ParsedTransaction, 'amount' | 'original'> {
  const { rate, original } = conversion
  if (original === undefined || context.currency === null) return { amount: written }
  if (rate !== null) {
    const amount = roundDecimal(multiplyDecimal(written, rate), exponentOf(context.currency))
    return { amount, original: { amount: written, currency: original.currency, rate } }
  }
  if (original.rate === undefined) return { amount: written }
  const amount = divideDecimal(written, original.rate, exponentOf(original.currency))
  return { amount: written, original: { amount, currency: original.currency, rate: original.rate } }
}
