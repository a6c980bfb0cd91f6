import { addDecimal, type Decimal, divideDecimal, parseDecimal } from '../../../../shared/domain/decimal.ts'
import { decimalMarkOf, type DecimalMark, parseNumberText } from '../text/number-text.ts'

const FRACTION = /^(?:(\d{1,9})[\s-])?\s{0,3}(\d{1,4})\/(\d{1,4})$/

/** An amount in the file's convention; a number whose own marks decide is read by them. Null where it is none. */
export function parseQifNumber(text: string, mark: DecimalMark): Decimal | null {
  const says = decimalMarkOf(text)
  if (says === 'bad') return null
  return parseNumberText(text, says === '.' || says === ',' ? says : mark)
}

/** A price or quantity, which old exports also write as a fraction: "26 1/2". */
export function parseQifQuantity(text: string, mark: DecimalMark): Decimal | null {
  const match = FRACTION.exec(text.trim())
  if (match === null) return parseQifNumber(text, mark)
  const [, whole = '0', numerator = '', denominator = ''] = match
  if (Number(denominator) === 0) return null
  return addDecimal(parseDecimal(whole), divideDecimal(parseDecimal(numerator), parseDecimal(denominator), 12))
}
