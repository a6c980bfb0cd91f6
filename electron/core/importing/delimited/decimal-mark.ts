import type { DecimalMark } from '../text/number-text.ts'

export interface MarkVerdict {
  readonly mark: DecimalMark
  /** False where a reading with the other mark would give other amounts. */
  readonly sure: boolean
}

const POINT = 46
const COMMA = 44

/** The decimal mark of a table, from all its amounts. Cheap per cell: it looks at every row of a file. */
export class MarkCount {
  #points = 0
  #commas = 0
  #pointOrGroup = 0
  #commaOrGroup = 0

  add(text: string): void {
    let lastMark = 0
    let points = 0
    let commas = 0
    let after = 0
    let before = 0
    let leadingZero = false
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code >= 48 && code <= 57) {
        if (lastMark === 0) {
          if (before === 0) leadingZero = code === 48
          before += 1
        }
        after += 1
      } else if ((code === POINT || code === COMMA) && (before > 0 || at + 1 < text.length)) {
        if (code === POINT) {
          // "Rs.100", "Fr. 5": the point ends the currency's name
          if (before === 0 && at > 0 && text.charCodeAt(at - 1) > 64) continue
          points += 1
        } else commas += 1
        lastMark = code
        after = 0
      }
    }
    if (lastMark === 0) return
    if (points > 0 && commas > 0) {
      // the mark that stands last and alone divides; "1,234,567.89" and "1.234.567,89"
      if (lastMark === POINT && points === 1) this.#points += 1
      else if (lastMark === COMMA && commas === 1) this.#commas += 1
      return
    }
    if (points + commas > 1) {
      if (points > 0) this.#commas += 1
      else this.#points += 1
      return
    }
    if (after === 3 && before > 0 && before <= 3 && !leadingZero) {
      if (points > 0) this.#pointOrGroup += 1
      else this.#commaOrGroup += 1
    } else if (after > 0) {
      if (points > 0) this.#points += 1
      else this.#commas += 1
    }
  }

  /** Whether any amount so far can be read one way only. */
  get decided(): boolean {
    return this.#points !== this.#commas
  }

  verdict(): MarkVerdict {
    const open = this.#pointOrGroup + this.#commaOrGroup
    if (this.#points !== this.#commas) {
      const minority = Math.min(this.#points, this.#commas)
      return { mark: this.#points > this.#commas ? '.' : ',', sure: minority * 50 <= this.#points + this.#commas }
    }
    // nothing decides: a lone "1.234" is rather a thousand
    return { mark: this.#pointOrGroup > this.#commaOrGroup ? ',' : '.', sure: open === 0 && this.#points === 0 }
  }
}
