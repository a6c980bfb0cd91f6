import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { absoluteDecimal, type Decimal, negateDecimal, tryParseDecimal } from '../../../../shared/domain/decimal.ts'
import { type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import { attributeOf } from '../text/xml-scanner.ts'
import { type CamtElement, elementAt, textAt } from './camt-element.ts'

/** A point in time as a statement writes it. */
export interface CamtMoment {
  readonly date: IsoDate
  /** HH:MM:SS where there is one that is not a mere filler (a full hour, the last second of a day). */
  readonly time?: string
}

const MOMENT = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?/
const LONGEST_MOMENT = 40

function readMoment(text: string): CamtMoment | null {
  const match = MOMENT.exec(text)
  if (match === null) return null
  const [, year, month, day, hour, minute = '00', second = '00'] = match
  const date = tryIsoDate(Number(year), Number(month), Number(day))
  if (date === null) return null
  if (hour === undefined || (minute === '00' && second === '00') || (minute === '59' && second === '59'))
    return { date }
  return hour > '23' || minute > '59' || second > '59' ? { date } : { date, time: `${hour}:${minute}:${second}` }
}

const KNOWN_MOMENTS = 512
const knownMoments = new Map<string, CamtMoment | null>()

/** An ISODate or ISODateTime. The civil day is the one written: it is the bank's own, whatever zone follows. */
export function parseMoment(text: string): CamtMoment | null {
  if (text.length > LONGEST_MOMENT) return null
  const known = knownMoments.get(text)
  if (known !== undefined) return known
  const moment = readMoment(text)
  // a statement repeats few days over and over
  if (knownMoments.size >= KNOWN_MOMENTS) knownMoments.clear()
  knownMoments.set(text, moment)
  return moment
}

/** The text of a DateAndDateTimeChoice: `Dt`, `DtTm`, or written without either. */
export function momentText(choice: CamtElement | undefined): string | undefined {
  return textAt(choice, 'Dt') ?? textAt(choice, 'DtTm') ?? textAt(choice)
}

/** The day of a DateAndDateTimeChoice; null where it is absent or names no day. */
export function dayOf(choice: CamtElement | undefined): IsoDate | null {
  const text = momentText(choice)
  return text === undefined ? null : (parseMoment(text)?.date ?? null)
}

const AMOUNT = /^[+-]?\d{1,18}(?:\.\d{0,17})?$/
/** Against the standard, but it can mean one thing only. */
const COMMA_AMOUNT = /^[+-]?\d{1,18},\d{1,2}$/

/** An amount's digits, sign as written; null for anything that is no plain number. */
export function parseAmount(written: string): Decimal | null {
  const text = written.trim()
  if (AMOUNT.test(text)) return tryParseDecimal(text)
  return COMMA_AMOUNT.test(text) ? tryParseDecimal(text.replace(',', '.')) : null
}

export type Direction = 'credit' | 'debit'

/** CdtDbtInd; null where it is absent or says neither. */
export function directionOf(text: string | undefined): Direction | null {
  const code = text?.toUpperCase() ?? ''
  if (code === 'CRDT' || code === 'CREDIT' || code === 'C') return 'credit'
  return code === 'DBIT' || code === 'DEBIT' || code === 'D' ? 'debit' : null
}

/**
 * Credit positive, debit negative. The standard has no minus sign in amounts; where a bank writes one, it repeats the
 * indicator or turns it: both mean money going out.
 */
export function signed(amount: Decimal, direction: Direction): Decimal {
  return direction === 'debit' || amount.startsWith('-') ? negateDecimal(absoluteDecimal(amount)) : amount
}

/** A currency code as written; null where it is none that exists. */
export function currencyIn(text: string | undefined): CurrencyCode | null {
  const code = text?.trim().toUpperCase() ?? ''
  return isCurrencyCode(code) ? code : null
}

export interface CurrencyAmount {
  readonly amount: Decimal
  readonly currency: CurrencyCode | null
}

/** The value and the currency of an amount element; null where its text is no amount. */
export function amountOf(element: CamtElement | undefined): CurrencyAmount | null {
  if (element === undefined) return null
  const amount = parseAmount(element.text)
  return amount === null ? null : { amount, currency: currencyIn(currencyText(element)) }
}

export function currencyText(element: CamtElement): string | undefined {
  return element.attributes === '' ? undefined : attributeOf(element.attributes, 'Ccy')
}

/** `AmtDtls/InstdAmt/Amt` and its like: the amount of one side of an exchange. */
export function sideAmount(details: CamtElement | undefined, side: string): CurrencyAmount | null {
  return amountOf(elementAt(details, side, 'Amt'))
}

/** What banks write where they have no reference. */
const NO_REFERENCE =
  /^(?:NOT ?PROVIDED|NOTPROVIDED\S*|NON ?REF|NOT ?AVAILABLE|NONE|NULL|N\/?A|UNKNOWN|UNDEFINED|0+|[-.*/ ]+)$/i

/** A reference that refers to something. */
export function referenceIn(text: string | undefined): string | undefined {
  return text === undefined || NO_REFERENCE.test(text) ? undefined : text
}

/** What banks write for a party they do not know. */
const NO_NAME = /^(?:NOT ?PROVIDED|NOT ?AVAILABLE|UNKNOWN|N\/?A|keine Information vorhanden|[-.*/ ]+)$/i

export function nameIn(text: string | undefined): string | undefined {
  return text === undefined || NO_NAME.test(text) ? undefined : text
}
