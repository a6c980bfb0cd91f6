import { type Decimal, ZERO as ZERO_AMOUNT } from '../../../../shared/domain/decimal.ts'
import { type DecimalMark, decimalMarkOf, parseNumberText } from '../text/number-text.ts'
import { currencyFromText } from './header-vocabulary.ts'

const POINT = 46
const COMMA = 44
const MINUS = 45
const ZERO = 48
const NINE = 57
const SPACE = 32

/**
 * An amount in the file's convention, exact, or null: the common forms ("-1234.50", "1.234,50") without regular
 * expressions or big integers, everything else by `parseNumberText`. Takes outer space.
 */
export function readAmount(text: string, mark: DecimalMark): Decimal | null {
  const markCode = mark === '.' ? POINT : COMMA
  let from = 0
  let to = text.length
  while (from < to && text.charCodeAt(from) === SPACE) from += 1
  while (to > from && text.charCodeAt(to - 1) === SPACE) to -= 1
  if (from === to || to - from > 18) return from === to ? null : parseNumberText(text, mark)
  const negative = text.charCodeAt(from) === MINUS
  const start = negative ? from + 1 : from
  const groupCode = mark === '.' ? COMMA : POINT
  let markAt = -1
  /** Where the last digit group before the decimal mark begins; `start` where nothing is grouped. */
  let groupAt = start
  let grouped = ''
  for (let at = start; at < to; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= ZERO && code <= NINE) continue
    if (code === groupCode && markAt < 0) {
      const length = at - groupAt
      if (length === 0 || length > 3 || (grouped !== '' && length !== 3)) return parseNumberText(text, mark)
      grouped += text.slice(groupAt, at)
      groupAt = at + 1
      continue
    }
    if (code !== markCode || markAt >= 0) return parseNumberText(text, mark)
    markAt = at
  }
  const wholeEnd = markAt < 0 ? to : markAt
  if (wholeEnd === start || (grouped !== '' && wholeEnd - groupAt !== 3)) return parseNumberText(text, mark)
  let last = to
  if (markAt >= 0) {
    while (last > markAt + 1 && text.charCodeAt(last - 1) === ZERO) last -= 1
    if (last === markAt + 1) last = markAt
  }
  let whole: string
  if (grouped === '') {
    let first = start
    while (first < wholeEnd - 1 && text.charCodeAt(first) === ZERO) first += 1
    // most figures are written as they are kept
    const isKept = first === start && last === to && (markAt < 0 || mark === '.')
    if (isKept && !(last === start + 1 && text.charCodeAt(start) === ZERO)) return text.slice(from, to) as Decimal
    whole = text.slice(first, wholeEnd)
  } else {
    whole = grouped + text.slice(groupAt, wholeEnd)
    if (whole.charCodeAt(0) === ZERO) return parseNumberText(text, mark)
  }
  const plain = last > wholeEnd ? `${whole}.${text.slice(markAt + 1, last)}` : whole
  // canonical by construction: one leading digit at least, no trailing zeros, never "-0"
  if (plain === '0') return ZERO_AMOUNT
  return (negative ? `-${plain}` : plain) as Decimal
}

/** Digits after the point that the evidence of signs and balances is computed with. */
const EVIDENCE_SCALE = 4

/**
 * The value in ten-thousandths as a safe integer, for comparing sums while a layout is being detected; NaN where it has
 * more digits than that. Never becomes an amount.
 */
export function scaledOf(value: Decimal): number {
  const point = value.indexOf('.')
  if (point < 0) return value.length > 11 ? Number.NaN : Number(value) * 10 ** EVIDENCE_SCALE
  const fraction = value.length - point - 1
  if (fraction > EVIDENCE_SCALE || point > 11) return Number.NaN
  return Number(value.slice(0, point) + value.slice(point + 1)) * 10 ** (EVIDENCE_SCALE - fraction)
}

const AFFIX = /[^\d.,\s'’+\-−–()]+/gu

const PLAIN = /^[-+]?(?:\d+|\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*)(?:[.,]\d{1,2})?$/

/** Whether the text is a sum of money: a number, at most with a currency or CR/DR at it. */
export function isAmountText(text: string): boolean {
  if (text.length === 0 || text.length > 32 || !/\d/.test(text)) return false
  if (PLAIN.test(text)) return true
  const affixes = text.match(AFFIX)
  if (affixes !== null) {
    if (affixes.length > 2) return false
    for (const affix of affixes) {
      if (!/^(?:cr|dr|c|d|\$|¥|￥|kr|fr|nok|[a-z]{0,2}\$)$/i.test(affix) && currencyFromText(affix) === null)
        return false
    }
  }
  return decimalMarkOf(text) !== 'bad'
}
