import { type Decimal, tryParseDecimal } from '../../../../shared/domain/decimal.ts'
import { decimalMarkOf, type DecimalMark, DecimalMarkVote, parseNumberText } from '../text/number-text.ts'

const PLAIN = /^[+-]?\d+(?:\.\d{1,2}|\.\d{4,})?$/

/**
 * Reads the numbers of one file. OFX allows a point or a comma as the decimal mark and no grouping; writers group all
 * the same. A number that tells which is which ("1.234,56", "12,5") is read as it stands; one that could be both
 * ("1,234", "1.234") is read as the rest of the file writes its numbers, and is refused where the file does not say.
 */
export class OfxNumbers {
  readonly #scanFile: () => DecimalMarkVote
  #points = false
  #commas = false
  #verdict: DecimalMark | null | undefined

  /** `scanFile` gathers the marks of all numbers of the file; it is called at most once, and hardly ever. */
  constructor(scanFile: () => DecimalMarkVote) {
    this.#scanFile = scanFile
  }

  /** The number, or null where the text is none or could mean two. */
  parse(text: string): Decimal | null {
    if (PLAIN.test(text)) {
      if (text.includes('.')) this.#points = true
      return tryParseDecimal(text)
    }
    const mark = decimalMarkOf(text)
    if (mark === 'bad') return null
    if (mark === 'none') return parseNumberText(text, '.')
    if (mark === 'either') {
      const told = this.#mark(text)
      return told === null ? null : parseNumberText(text, told)
    }
    if (mark === '.') this.#points = true
    else this.#commas = true
    return parseNumberText(text, mark)
  }

  #mark(text: string): DecimalMark | null {
    // three digits after a lone point, among numbers with points: the usual case of quantities
    if (this.#points && !this.#commas) return '.'
    if (this.#commas && !this.#points) return ','
    if (this.#verdict === undefined) {
      const { mark, points, commas } = this.#scanFile().verdict()
      this.#verdict = points === commas ? null : mark
    }
    // a point is the standard's own decimal mark and what nearly all writers use; a comma needs evidence
    return this.#verdict ?? (text.includes('.') ? '.' : null)
  }
}
