/**
 * The words of a query: parted by spaces of any width; "…", “…” and 「…」 hold together; "name:value" has an operator,
 * with several values parted by commas; "-" in front excludes, unless a figure follows. Within marks, the closing one
 * written twice is that mark itself.
 */
export interface QueryToken {
  /** The word without "-" and quotation marks; with an operator the whole of it as typed. */
  readonly text: string
  readonly negated: boolean
  readonly quoted: boolean
  /** What stands before the colon, as typed. */
  readonly operator: string | null
  /** What stands behind it. */
  readonly values: readonly string[]
  /** The same in one piece, commas and all; without marks where all of it stands in marks. */
  readonly value: string
  readonly from: number
  readonly to: number
}

const closers: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['“', '”"'],
  ['「', '」'],
])
const isSpace = (character: string): boolean => /^[\s\u3000]$/.test(character)
const isColon = (character: string): boolean => character === ':' || character === '：'
const isComma = (character: string): boolean => character === ',' || character === '，' || character === '、'
const MINUS = /^[-－−](?=\S)(?![-－−\d.,¥￥$€£])/
const OPERATOR = /^(?:\p{L}|-){1,24}$/u

class Scanner {
  readonly #text: string
  at = 0

  constructor(text: string) {
    this.#text = text
  }

  get ended(): boolean {
    return this.at >= this.#text.length
  }

  get next(): string {
    return this.#text.charAt(this.at)
  }

  skipSpaces(): void {
    while (!this.ended && isSpace(this.next)) this.at += 1
  }

  /** What stands in quotation marks that begin here, or null. A mark that is never closed goes to the end. */
  quoted(): string | null {
    const closing = closers.get(this.next)
    if (closing === undefined) return null
    let from = this.at + 1
    let to = from
    let marked = ''
    while (to < this.#text.length) {
      const here = this.#text.charAt(to)
      if (!closing.includes(here)) to += 1
      else if (this.#text.charAt(to + 1) === here) {
        marked += this.#text.slice(from, to + 1)
        to += 2
        from = to
      } else break
    }
    this.at = Math.min(to + 1, this.#text.length)
    return marked + this.#text.slice(from, to)
  }

  /** Up to where `stop` says, or a space. */
  until(stop: (character: string) => boolean): string {
    const from = this.at
    while (!this.ended && !isSpace(this.next) && !stop(this.next)) this.at += 1
    return this.#text.slice(from, this.at)
  }

  minus(): boolean {
    if (!MINUS.test(this.#text.slice(this.at, this.at + 2))) return false
    this.at += 1
    return true
  }
}

function valuesAt(scanner: Scanner): { values: string[]; quoted: boolean } {
  const values: string[] = []
  let quoted = false
  for (;;) {
    const marked = scanner.quoted()
    if (marked !== null) quoted = true
    values.push(marked ?? scanner.until(isComma))
    // figures have commas of their own
    if (scanner.ended || !isComma(scanner.next)) return { values, quoted }
    scanner.at += 1
  }
}

/** The words of a text in their order, in one pass. */
export function tokensOfQuery(text: string): QueryToken[] {
  const tokens: QueryToken[] = []
  const scanner = new Scanner(text)
  for (scanner.skipSpaces(); !scanner.ended; scanner.skipSpaces()) {
    const from = scanner.at
    const negated = scanner.minus()
    const start = scanner.at
    const phrase = scanner.quoted()
    if (phrase !== null) {
      tokens.push({ text: phrase, negated, quoted: true, operator: null, values: [], value: '', from, to: scanner.at })
      continue
    }
    const head = scanner.until(isColon)
    if (!scanner.ended && isColon(scanner.next) && OPERATOR.test(head)) {
      scanner.at += 1
      const begun = scanner.at
      const { values, quoted } = valuesAt(scanner)
      const whole = text.slice(start, scanner.at)
      const value = quoted ? values.join(',') : text.slice(begun, scanner.at)
      tokens.push({ text: whole, negated, quoted, operator: head, values, value, from, to: scanner.at })
      continue
    }
    scanner.until(() => false)
    const word = text.slice(start, scanner.at)
    tokens.push({ text: word, negated, quoted: false, operator: null, values: [], value: '', from, to: scanner.at })
  }
  return tokens
}
