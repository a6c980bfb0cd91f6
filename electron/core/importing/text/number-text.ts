import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { type Decimal, negateDecimal, tryParseDecimal } from '../../../../shared/domain/decimal.ts'

export type DecimalMark = '.' | ','

const LONGEST = 80
const MACHINE = /^-?\d{1,15}(?:\.\d{1,12})?$/
const WHOLE = /^\d{1,15}$/
/** Numbers that can only be read one way, and by far the most common: one mark, and not three digits behind it. */
const DECISIVE = /^[+-]?\d{1,15}([.,])(?:\d{1,2}|\d{4,12})$/

/** Marks that group digits whatever the decimal mark is: spaces of all widths and apostrophes. */
const GROUPING_MARKS: ReadonlySet<string> = new Set([
  ' ',
  '\t',
  '\u00a0', // no-break space
  '\u2002',
  '\u2003',
  '\u2007', // figure space
  '\u2008',
  '\u2009', // thin space
  '\u200a',
  '\u2060',
  '\u202f', // narrow no-break space
  '\u3000',
  "'",
  '\u2019',
  '\u2018',
  '\u00b4',
  '`',
  '_',
])

const MINUS: ReadonlySet<string> = new Set([
  '-',
  '\u2212', // minus sign
  '\u2010',
  '\u2011',
  '\u2012',
  '\u2013',
  '\u2014',
  '\ufe63',
  '\uff0d', // full-width
])

/** Currency words that are neither an ISO code nor a sign, upper case without points. */
const CURRENCY_WORDS: ReadonlySet<string> = new Set(
  'KR FR SFR FRS RS RM R RMB RP FT LEI LEU TL BS K KČ ZŁ DIN KN S/ ЛВ РУБ Р ГРН ДИН 元 圆 圓 円 人民币 人民幣 港币 港元 美元 日元 欧元 英镑 新台币 원'.split(
    ' ',
  ),
)

/** Whether what stands beside the digits is the name or sign of a currency: "US$", "€", "CNY", "Fr.", "元". */
function isCurrencyText(affix: string): boolean {
  if (affix === '' || isCurrencyCode(affix)) return true
  if (affix.length > 8) return false
  const word = affix.replaceAll('.', '')
  return CURRENCY_WORDS.has(word) || isCurrencyCode(word) || /^[\p{L}.]{0,4}\p{Sc}\p{L}{0,3}$/u.test(affix)
}

interface Shape {
  /** Digits and marks only, ASCII, e.g. "1,234.56". */
  readonly body: string
  readonly negative: boolean
}

function asciiOf(character: string): string {
  const code = character.charCodeAt(0)
  if (code >= 0xff10 && code <= 0xff19) return String.fromCharCode(code - 0xff10 + 48)
  if (character === '，' || character === '､') return ','
  if (character === '．' || character === '。') return '.'
  if (character === '（') return '('
  if (character === '）') return ')'
  if (character === '＋') return '+'
  return MINUS.has(character) ? '-' : character
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9'

/** Takes apart sign, currency and digits; null where the text holds anything that a number does not. */
function shapeOf(text: string): Shape | null {
  if (text.length > LONGEST) return null
  let negative = false
  let signs = 0
  let open = 0
  let closed = 0
  let affix = ''
  let body = ''
  let ended = false
  for (const raw of text) {
    const character = asciiOf(raw)
    if (isDigit(character) || character === '.' || character === ',') {
      // "Fr. 5", "kr.5", "Rs.100": the point belongs to the currency before the first digit
      if (body === '' && character === '.' && affix !== '' && /\p{L}$/u.test(affix)) {
        affix += character
        continue
      }
      // a second number
      if (ended) return null
      body += character
    } else if (character === '-' || character === '+') {
      if (body.endsWith('.') || body.endsWith(',')) {
        // "12.-" and "5,–": no cents, not a sign
        ended = true
        continue
      }
      signs += 1
      if (character === '-') negative = true
      if (body !== '') ended = true
    } else if (character === '(') {
      if (body !== '') return null
      open += 1
    } else if (character === ')') {
      if (body === '') return null
      closed += 1
      ended = true
    } else if (GROUPING_MARKS.has(raw)) {
      if (body !== '' && !ended) body += ' '
    } else {
      affix += character
      if (body !== '') ended = true
    }
  }
  if (open !== closed || open > 1 || signs > 1 || (open === 1 && signs > 0)) return null
  body = body.trimEnd()
  const currency = affix.trim().toUpperCase()
  if (currency === 'CR' || currency === 'CR.') return signs > 0 || open > 0 ? null : { body, negative }
  if (currency === 'DR' || currency === 'DR.') return signs > 0 || open > 0 ? null : { body, negative: true }
  if (!isCurrencyText(currency)) return null
  return { body, negative: negative || open === 1 }
}

/** Whether the digit groups before the decimal mark are as people write them: 1–3, then 3 each (or 2s and a last 3). */
function wellGrouped(groups: readonly string[]): boolean {
  if (groups.length === 1) return true
  const [first = '', ...others] = groups
  if (first.length < 1 || first.length > 3 || !WHOLE.test(first)) return false
  const last = others.at(-1) ?? ''
  if (last.length !== 3) return false
  const middle = others.slice(0, -1)
  return middle.every((group) => group.length === 3) || middle.every((group) => group.length === 2)
}

/**
 * An amount as people and banks write it: "1.234,56 €", "(12.00)", "12,50-", "−5", "CHF 1'000.00", "￥1，234．50",
 * "100.00 DR". `mark` is the file's decimal mark; the other one groups digits. Null where the text is no such number,
 * above all where the marks stand where they cannot ("1,5" with a decimal point): a wrong reading is worse than none.
 * "CR" reads as positive and "DR" as negative.
 */
export function parseNumberText(text: string, mark: DecimalMark): Decimal | null {
  const trimmed = text.trim()
  if (MACHINE.test(trimmed) && (mark === '.' || !trimmed.includes('.'))) return tryParseDecimal(trimmed)
  const shape = shapeOf(trimmed)
  if (shape === null || shape.body === '') return null
  const parts = shape.body.split(mark)
  if (parts.length > 2) return null
  const [whole = '', fraction = ''] = parts
  const separator = mark === '.' ? ',' : '.'
  // no grouping after the decimal mark
  if (fraction !== '' && !/^\d+$/.test(fraction)) return null
  if (whole === '' && fraction === '') return null
  const marked = whole.includes(separator)
  const spaced = whole.includes(' ')
  if (marked && spaced) return null
  const groups = marked ? whole.split(separator) : spaced ? whole.split(' ') : [whole]
  if (!wellGrouped(groups) || !groups.every((group) => /^\d*$/.test(group))) return null
  const value = tryParseDecimal(`${groups.join('') || '0'}.${fraction || '0'}`)
  return value === null || !shape.negative ? value : negateDecimal(value)
}

/**
 * What one number says of the decimal mark: sure of point or comma, `either` where it reads both ways with different
 * values ("1,234"), `none` where it has no mark or reads the same, `bad` where it is no number.
 */
export function decimalMarkOf(text: string): DecimalMark | 'either' | 'none' | 'bad' {
  const trimmed = text.trim()
  if (WHOLE.test(trimmed)) return 'none'
  const decisive = DECISIVE.exec(trimmed)
  if (decisive !== null) return decisive[1] === '.' ? '.' : ','
  const point = parseNumberText(trimmed, '.')
  const comma = parseNumberText(trimmed, ',')
  if (point === null) return comma === null ? 'bad' : ','
  if (comma === null) return '.'
  if (point === comma) return 'none'
  // "0.123" and "0,123": no one groups digits behind a single zero
  const digits = trimmed.search(/\d/)
  if (trimmed.charAt(digits) === '0') return trimmed.includes('.') ? '.' : ','
  return 'either'
}

export interface DecimalMarkVerdict {
  readonly mark: DecimalMark
  /** False where nothing in the column decides it and a reading either way would differ. */
  readonly sure: boolean
  readonly points: number
  readonly commas: number
  readonly ambiguous: number
}

/** Gathers the evidence of a whole column for its decimal mark. */
export class DecimalMarkVote {
  #points = 0
  #commas = 0
  #eitherByPoint = 0
  #eitherByComma = 0

  add(text: string): void {
    const says = decimalMarkOf(text)
    if (says === '.') this.#points += 1
    else if (says === ',') this.#commas += 1
    else if (says === 'either') {
      if (text.includes('.')) this.#eitherByPoint += 1
      else this.#eitherByComma += 1
    }
  }

  /** The majority; without any evidence, the mark that makes a lone "1,234" a thousand. */
  verdict(): DecimalMarkVerdict {
    const ambiguous = this.#eitherByPoint + this.#eitherByComma
    const counts = { points: this.#points, commas: this.#commas, ambiguous }
    if (this.#points !== this.#commas) {
      const minority = Math.min(this.#points, this.#commas)
      return { mark: this.#points > this.#commas ? '.' : ',', sure: minority === 0, ...counts }
    }
    const mark = this.#eitherByPoint > this.#eitherByComma ? ',' : '.'
    return { mark, sure: ambiguous === 0 && this.#points === 0, ...counts }
  }
}
