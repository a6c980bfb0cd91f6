import { isCurrencyCode, type CurrencyCode } from '../../../../shared/domain/currency.ts'
import { type Decimal, negateDecimal } from '../../../../shared/domain/decimal.ts'
import { type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import { type DecimalMark, parseNumberText } from '../text/number-text.ts'
import { foldWord } from './fold.ts'
import { currencySigns, months } from './vocabulary.ts'

/** How a document writes its figures. */
export interface Conventions {
  /** Where a number alone does not decide it ("1,234"). */
  readonly mark: DecimalMark
  /** Whether blanks group digits: "10 000,00". */
  readonly spaced: boolean
  readonly dayFirst: boolean
  /** "EUR 12,50" rather than "12,50 EUR": settles lines where a currency stands between two numbers. */
  readonly currencyFirst: boolean
  /** Resolves two-digit years. */
  readonly thisYear: number
}

interface Span {
  readonly start: number
  readonly end: number
}

export type Figure = Span &
  (
    | {
        readonly type: 'number'
        readonly value: Decimal
        /** The sign that is written, on either side; 0 where there is none. */
        readonly sign: -1 | 0 | 1
        /** Digits behind the decimal mark. */
        readonly decimals: number
        /** Where a currency stands beside it. */
        readonly currency: CurrencyCode | null
        readonly percent: boolean
      }
    | { readonly type: 'date'; readonly value: IsoDate }
    /** A day and month without a year. */
    | { readonly type: 'day'; readonly day: number; readonly month: number }
    | { readonly type: 'time'; readonly value: string }
    | { readonly type: 'isin'; readonly value: string }
    | { readonly type: 'iban'; readonly value: string }
    | { readonly type: 'currency'; readonly value: CurrencyCode }
  )

export type NumberFigure = Extract<Figure, { type: 'number' }>

const ISIN = /[A-Z]{2}[A-Z0-9]{9}\d(?![A-Za-z0-9])/y
const IBAN = /[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9]|[.,]\d)/y
const NUMERIC_DATE = /(\d{1,2}|\d{4})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d|[.,/-]\d)/y
const DAY_OF_MONTH = /(\d{1,2})([./])(\d{1,2})(?:\.(?!\d)|(?![\d.,/'%-]))/y
const NAMED_DATE =
  /(\d{1,2})(?:\.|st|nd|rd|th|er)?[ -]?([\p{L}\uFFFD]{3,12})\.?(?:[ -],?|,)\s?(\d{4}|\d{2})(?![\d.,])/uy
const MONTH_FIRST = /([\p{L}\uFFFD]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?, ?(\d{4})(?!\d)/uy
const DAY_AND_NAME = /(\d{1,2})\.? ([\p{L}\uFFFD]{3,12})\.?(?![\p{L}\p{N}])/uy
const TIME = /(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,:]\d{1,9})?(?!\d)/y
const PLAIN_NUMBER =
  /\d{1,3}(?:[.,'’´]\d{3}){1,6}(?:[.,]\d{1,12})?(?!\d)|\d{1,15}(?:[.,]\d{1,12})?(?!\d)|[.,]\d{2,12}(?!\d)/y
const SPACED_NUMBER = /\d{1,3}(?:[ \u00A0\u202F]\d{3}){1,4}(?:[.,]\d{1,12})(?!\d)/y
const WORD = /[\p{L}\p{N}\p{M}\uFFFD]+/uy
const CODE = /(?<!\p{L})[A-Z]{3}(?![\p{L}\p{N}])/uy

/** ISO 6166: the digits of the letters (A = 10), every second one from the right doubled, add up to a multiple of ten. */
export function isIsin(text: string): boolean {
  if (!/^[A-Z]{2}[A-Z0-9]{9}\d$/.test(text)) return false
  let digits = ''
  for (const character of text) digits += Number.parseInt(character, 36).toString()
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at])
    const weighed = at % 2 === 1 ? digit * 2 : digit
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return sum % 10 === 0
}

function fullYear(text: string, thisYear: number): number {
  const year = Number(text)
  if (text.length === 4) return year
  const candidate = thisYear - (thisYear % 100) + year
  return candidate > thisYear + 5 ? candidate - 100 : candidate
}

function dateOf(first: string, second: string, third: string, conventions: Conventions): IsoDate | null {
  if (first.length === 4) return third.length > 2 ? null : tryIsoDate(Number(first), Number(second), Number(third))
  const year = fullYear(third, conventions.thisYear)
  const [a, b] = [Number(first), Number(second)]
  const usual = conventions.dayFirst ? tryIsoDate(year, b, a) : tryIsoDate(year, a, b)
  return usual ?? (conventions.dayFirst ? null : tryIsoDate(year, b, a))
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const MINUS = new Set(['-', '\u2212', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\ufe63', '\uff0d'])

function signOf(character: string | undefined): -1 | 0 | 1 {
  if (character === undefined) return 0
  return character === '+' ? 1 : MINUS.has(character) ? -1 : 0
}

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character)

const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= '0' && character <= '9'

const isBlank = (character: string | undefined): boolean =>
  character === ' ' || character === '\t' || character === '\u00A0' || character === '\u202F'

/** The decimal mark of one number; the document's where the number leaves it open. */
function markIn(body: string, conventions: Conventions): DecimalMark {
  const comma = body.lastIndexOf(',')
  const point = body.lastIndexOf('.')
  if (comma >= 0 && point >= 0) return comma > point ? ',' : '.'
  if (/['’´ \u00A0\u202F]/.test(body) && (comma >= 0 || point >= 0)) return comma >= 0 ? ',' : '.'
  const at = Math.max(comma, point)
  if (at < 0) return conventions.mark
  const mark = comma >= 0 ? ',' : '.'
  const behind = body.length - at - 1
  if (body.indexOf(mark) !== at) return mark === ',' ? '.' : ','
  if (behind !== 3 || body.startsWith('0')) return mark
  return conventions.mark
}

/** The sign in front of `start`, with at most one blank between; where it begins. A hyphen of a word is no sign. */
function signBefore(text: string, start: number): { sign: -1 | 0 | 1; from: number } {
  let at = start - 1
  if (isBlank(text[at])) at -= 1
  const sign = signOf(text[at])
  if (sign === 0) return { sign, from: start }
  const before = text[at - 1]
  if (isWordCharacter(before) || before === '.' || before === ')') return { sign: 0, from: start }
  // "01.01.2020 - 31.12.2020", "USD - 41.81": a dash with blanks on both sides is a sign only behind a currency or at the start
  return { sign, from: at }
}

/** The sign behind `end`: "1.918,31-", "127,60 + EUR", "8.250,79H". Not where a number or word follows it. */
function signAfter(text: string, end: number): { sign: -1 | 0 | 1; to: number } {
  const direct = signOf(text[end])
  if (direct !== 0 && !isWordCharacter(text[end + 1])) return { sign: direct, to: end + 1 }
  if ((text[end] === 'H' || text[end] === 'S') && !isWordCharacter(text[end + 1])) {
    return { sign: text[end] === 'H' ? 1 : -1, to: end + 1 }
  }
  if (isBlank(text[end]) && signOf(text[end + 1]) !== 0) {
    const rest = text.slice(end + 2, end + 10)
    if (rest.trim() === '' || /^ ?(?:[A-Z]{3}\b|€)/.test(rest)) return { sign: signOf(text[end + 1]), to: end + 2 }
  }
  return { sign: 0, to: end }
}

/** Codes of the list that are no money: testing and none. Also words that are codes by chance. */
const NO_CURRENCIES: ReadonlySet<string> = new Set(['XXX', 'XTS', 'ALL', 'TOP', 'MOP'])

/** The signs and names of currencies by the character they begin with, which few places in a text have. */
const signsByFirst = Map.groupBy(currencySigns, ([sign]) => sign[0])

interface CurrencySign {
  readonly currency: CurrencyCode
  readonly length: number
}

/** A currency that begins at `at`: an ISO code, a sign, or a name. */
function currencyAt(text: string, at: number): CurrencySign | null {
  const code = matchAt(CODE, text, at)
  if (code !== null && isCurrencyCode(code[0]) && !NO_CURRENCIES.has(code[0])) return { currency: code[0], length: 3 }
  for (const [sign, currency] of signsByFirst.get(text[at]) ?? []) {
    if (!text.startsWith(sign, at)) continue
    if (/\p{L}/u.test(sign) && (isWordCharacter(text[at - 1]) || /\p{L}/u.test(text[at + sign.length] ?? ''))) continue
    return { currency, length: sign.length }
  }
  return null
}

interface Reading {
  readonly figure: Figure | null
  readonly end: number
}

function readDate(text: string, at: number, conventions: Conventions): Reading | null {
  const numeric = matchAt(NUMERIC_DATE, text, at)
  if (numeric !== null) {
    const value = dateOf(numeric[1] ?? '', numeric[3] ?? '', numeric[4] ?? '', conventions)
    if (value !== null)
      return { figure: { type: 'date', value, start: at, end: NUMERIC_DATE.lastIndex }, end: NUMERIC_DATE.lastIndex }
  }
  const named = matchAt(NAMED_DATE, text, at)
  if (named !== null) {
    const end = NAMED_DATE.lastIndex
    const month = months.get(foldWord(named[2] ?? ''))
    const value =
      month === undefined ? null : tryIsoDate(fullYear(named[3] ?? '', conventions.thisYear), month, Number(named[1]))
    if (value !== null) return { figure: { type: 'date', value, start: at, end }, end }
  }
  const short = matchAt(DAY_AND_NAME, text, at)
  if (short !== null) {
    const end = DAY_AND_NAME.lastIndex
    const month = months.get(foldWord(short[2] ?? ''))
    const day = Number(short[1])
    if (month !== undefined && day >= 1 && day <= 31)
      return { figure: { type: 'day', day, month, start: at, end }, end }
  }
  const bare = matchAt(DAY_OF_MONTH, text, at)
  if (bare !== null && (bare[1] ?? '').length === 2 && (bare[3] ?? '').length === 2) {
    const [a, b] = [Number(bare[1]), Number(bare[3])]
    const [day, month] = conventions.dayFirst ? [a, b] : [b, a]
    const end = DAY_OF_MONTH.lastIndex
    // "12.50" and "14.05 EUR" are figures: only a point behind it or a leading place makes it a day
    const certain =
      bare[0].endsWith('.') ||
      bare[2] === '/' ||
      (conventions.mark === ',' && bare[2] === '.') ||
      (text.slice(0, at).trim() === '' && !/^\s*(?:[A-Z]{3}|€|%)/.test(text.slice(end)))
    if (certain && tryIsoDate(2024, month, day) !== null)
      return { figure: { type: 'day', day, month, start: at, end }, end }
  }
  return null
}

function readNumber(text: string, at: number, conventions: Conventions): Reading | null {
  // "*1 200,00": the mark of a footnote, then an amount
  const spaced = conventions.spaced && text[at - 1] !== '*' ? matchAt(SPACED_NUMBER, text, at) : null
  const match = spaced ?? matchAt(PLAIN_NUMBER, text, at)
  if (match === null) return null
  const end = at + match[0].length
  // a part of a longer code: "N.V.123-4", "1234567/92.00", "5fx3t8k"
  const next = text[end]
  if (
    next !== undefined &&
    /[\p{L}]/u.test(next) &&
    !/^(?:[HS]|€|[A-Z]{3})(?![\p{L}\p{N}])/u.test(text.slice(end, end + 5))
  ) {
    return { figure: null, end }
  }
  const mark = markIn(match[0], conventions)
  const value = parseNumberText(match[0].replaceAll(/['’´\u00A0\u202F ]/g, ''), mark)
  if (value === null) return { figure: null, end }
  const before = signBefore(text, at)
  const after = before.sign === 0 ? signAfter(text, end) : { sign: 0 as const, to: end }
  const enclosed = text[at - 1] === '(' && text[end] === ')' && /[.,]\d{2}$/.test(match[0])
  const sign = enclosed ? -1 : before.sign === 0 ? after.sign : before.sign
  const point = match[0].lastIndexOf(mark)
  const rest = text.slice(after.to, after.to + 2)
  return {
    figure: {
      type: 'number',
      value: sign < 0 ? negateDecimal(value) : value,
      sign,
      decimals: point < 0 ? 0 : match[0].length - point - 1,
      currency: null,
      percent: rest.startsWith('%') || rest === ' %',
      start: enclosed ? at - 1 : before.from,
      end: enclosed ? end + 1 : after.to,
    },
    end: enclosed ? end + 1 : after.to,
  }
}

/** One step of the scan: what begins at `at`, or how far to go on. */
function readAt(text: string, at: number, conventions: Conventions): Reading {
  const character = text[at] ?? ''
  const fresh = !isWordCharacter(text[at - 1])
  if (fresh && character >= 'A' && character <= 'Z') {
    const isin = matchAt(ISIN, text, at)
    if (isin !== null && isIsin(isin[0]))
      return { figure: { type: 'isin', value: isin[0], start: at, end: ISIN.lastIndex }, end: ISIN.lastIndex }
    const iban = matchAt(IBAN, text, at)
    if (iban !== null && iban[0].replaceAll(' ', '').length >= 15) {
      return { figure: { type: 'iban', value: iban[0], start: at, end: IBAN.lastIndex }, end: IBAN.lastIndex }
    }
  }
  if (fresh || isDigit(text[at - 1])) {
    const found = currencyAt(text, at)
    if (found !== null) {
      const end = at + found.length
      return { figure: { type: 'currency', value: found.currency, start: at, end }, end }
    }
  }
  if ((character >= '0' && character <= '9') || ((character === '.' || character === ',') && fresh)) {
    const previous = text[at - 1]
    if (fresh && previous !== '/' && previous !== '#' && previous !== '_') {
      const time = matchAt(TIME, text, at)
      if (time !== null && Number(time[1]) < 24 && Number(time[2]) < 60) {
        const seconds = time[3] === undefined ? '' : `:${time[3]}`
        const value = `${(time[1] ?? '').padStart(2, '0')}:${time[2]}${seconds}`
        return { figure: { type: 'time', value, start: at, end: TIME.lastIndex }, end: TIME.lastIndex }
      }
    }
    const date = fresh ? readDate(text, at, conventions) : null
    if (date !== null) return date
    const number = readNumber(text, at, conventions)
    if (number !== null) return number
    return { figure: null, end: at + 1 }
  }
  if (/[\p{L}\p{M}]/u.test(character) && fresh) {
    const monthFirst = matchAt(MONTH_FIRST, text, at)
    if (monthFirst !== null) {
      const month = months.get(foldWord(monthFirst[1] ?? ''))
      const value = month === undefined ? null : tryIsoDate(Number(monthFirst[3]), month, Number(monthFirst[2]))
      if (value !== null)
        return { figure: { type: 'date', value, start: at, end: MONTH_FIRST.lastIndex }, end: MONTH_FIRST.lastIndex }
    }
    const word = matchAt(WORD, text, at)
    if (word !== null) {
      // letters glued to digits ("EUR12,50") are told apart; any other mixture is a code
      const glued = /^([A-Z]{3})\d/.exec(text.slice(at, at + 4))
      if (glued !== null && isCurrencyCode(glued[1] ?? '')) {
        return { figure: { type: 'currency', value: glued[1] as CurrencyCode, start: at, end: at + 3 }, end: at + 3 }
      }
      return { figure: null, end: WORD.lastIndex }
    }
  }
  return { figure: null, end: at + 1 }
}

/** Only blanks and a sign or colon between two places. */
const touches = (text: string, from: number, to: number): boolean =>
  to >= from && to - from <= 14 && /^(?:[\s:]*|[\s:]*[+\-\u2212\u2013]\s*)$/.test(text.slice(from, to))

/** Gives each currency to the number beside it; between two numbers, to the side on which the document writes them. */
function joinCurrencies(text: string, figures: readonly Figure[], conventions: Conventions): Figure[] {
  const joined: Figure[] = [...figures]
  const taken = new Set<number>()
  const give = (index: number, from: number): void => {
    const figure = joined[index]
    const currency = figures[from]
    if (figure?.type !== 'number' || figure.currency !== null || currency?.type !== 'currency' || taken.has(from))
      return
    const [left, right] = from < index ? [currency, figure] : [figure, currency]
    if (!touches(text, left.end, right.start)) return
    joined[index] = { ...figure, currency: currency.value }
    taken.add(from)
  }
  const order = conventions.currencyFirst ? [-1, 1] : [1, -1]
  for (const side of order) for (const index of figures.keys()) give(index, index + side)
  return joined
}

/** Bodies and codes that only documents of the United States name. */
const AMERICAN = /\b(?:CUSIP|SIPC|FINRA|SEC [Ff]ee)\b/

/** Whether a document is of the United States: it writes the month before the day, and its dollars are US dollars. */
export const isAmerican = (lines: readonly string[]): boolean => lines.some((line) => AMERICAN.test(line))

const LONGEST_LINE = 2000

/** Everything with a meaning of its own in a line, in order: dates, times, numbers, currencies, ISINs, IBANs. */
export function figuresOf(line: string, conventions: Conventions): Figure[] {
  const text = line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE) : line
  const figures: Figure[] = []
  let at = 0
  while (at < text.length) {
    if (isBlank(text[at])) {
      at += 1
      continue
    }
    const { figure, end } = readAt(text, at, conventions)
    if (figure !== null) figures.push(figure)
    at = Math.max(end, at + 1)
  }
  return joinCurrencies(text, figures, conventions)
}

/** What a document's own figures say of its conventions. */
export function detectConventions(lines: readonly string[], thisYear: number): Conventions {
  let commas = 0
  let points = 0
  let grouped = 0
  let spaced = 0
  let monthFirst = 0
  let dayFirst = 0
  let leading = 0
  let trailing = 0
  for (const line of lines) {
    const text = line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE) : line
    commas += text.match(/(?<![\d,.])\d{1,3}(?:[.']\d{3})*,\d{2}(?![\d,.])/g)?.length ?? 0
    points += text.match(/(?<![\d,.])\d{1,3}(?:[,']\d{3})*\.\d{2}(?![\d,.])/g)?.length ?? 0
    grouped +=
      text.match(/(?<![\d,.])\d{1,3}(?:[.']\d{3})+,\d{2}(?![\d,.])|(?<![\d,.])\d{1,3}(?:[,']\d{3})+\.\d{2}(?![\d,.])/g)
        ?.length ?? 0
    spaced += text.match(/(?<![\d,.*])\d{1,3} \d{3}[.,]\d{2}(?![\d,.])/g)?.length ?? 0
    leading += text.match(/(?<![\p{L}\d,.])(?:[A-Z]{3}|[€$£]) ?[+-]?\d/gu)?.length ?? 0
    trailing += text.match(/\d[+-]? ?(?:[A-Z]{3}|[€$£])(?![\p{L}\d])/gu)?.length ?? 0
    for (const [, a, b] of text.matchAll(/(?<!\d)(\d{2})\/(\d{2})\/\d{4}(?!\d)/g)) {
      if (Number(a) > 12) dayFirst += 1
      if (Number(b) > 12) monthFirst += 1
    }
  }
  return {
    mark: points > commas ? '.' : ',',
    spaced: spaced > 0 && spaced >= grouped,
    dayFirst: monthFirst === dayFirst ? !isAmerican(lines) : monthFirst < dayFirst,
    currencyFirst: leading > trailing,
    thisYear,
  }
}
