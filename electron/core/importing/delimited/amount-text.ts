import type { Decimal } from '../../../../shared/domain/decimal.ts'
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
  let at = negative ? from + 1 : from
  const start = at
  let markAt = -1
  for (; at < to; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= ZERO && code <= NINE) continue
    if (code !== markCode || markAt >= 0) return parseNumberText(text, mark)
    markAt = at
  }
  const wholeEnd = markAt < 0 ? to : markAt
  if (wholeEnd === start) return parseNumberText(text, mark)
  let first = start
  while (first < wholeEnd - 1 && text.charCodeAt(first) === ZERO) first += 1
  let last = to
  if (markAt >= 0) {
    while (last > markAt + 1 && text.charCodeAt(last - 1) === ZERO) last -= 1
    if (last === markAt + 1) last = markAt
  }
  const whole = text.slice(first, wholeEnd)
  const plain = last > wholeEnd ? `${whole}.${text.slice(markAt + 1, last)}` : whole
  // canonical by construction: one leading digit at least, no trailing zeros, never "-0"
  if (plain === '0') return '0' as Decimal
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

/** Whether the text is a sum of money: a number, at most with a currency or CR/DR at it. */
export function isAmountText(text: string): boolean {
  if (text.length === 0 || text.length > 32 || !/\d/.test(text)) return false
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
