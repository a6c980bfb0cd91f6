import {
  addDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  negateDecimal,
  signOfDecimal,
  subtractDecimal,
} from '../../../../shared/domain/decimal.ts'
import { type DecimalMark, parseNumberText } from '../text/number-text.ts'
import { type Amount, JournalFault } from './journal-entry.ts'

/** Digits kept of a division. */
const QUOTIENT_DIGITS = 14
/** How deep brackets are followed. */
const DEEPEST = 30

/** What no unquoted commodity holds (ledger's manual, "Commodities and currencies"; hledger's is the same but for a few). */
const NOT_SYMBOL = new Set('0123456789.,;?!-+*/^&|=<>{}[]()@"\'\\ \t\u00A0\u3000')
const BEANCOUNT_COMMODITY = /[A-Z/][A-Z0-9'._/-]*/y
const NUMBER = /[\d.,]*\d[\d.,]*/y
/** Another group of three digits behind a space or an apostrophe. */
const GROUP = /[ '\u00A0\u202F]\d{3}(?!\d)(?:[.,]\d+)?/y

/** Reads amounts of a posting from left to right. Throws `JournalFault`. */
export class AmountScanner {
  readonly #text: string
  readonly #mark: DecimalMark
  readonly #isBeancount: boolean
  readonly #seen: ((number: string) => void) | null
  #at = 0
  #depth = 0

  /** `seen` is told every number as it is written: evidence for the decimal mark. */
  constructor(text: string, mark: DecimalMark, isBeancount: boolean, seen: ((number: string) => void) | null = null) {
    this.#text = text
    this.#mark = mark
    this.#isBeancount = isBeancount
    this.#seen = seen
  }

  get rest(): string {
    return this.#text.slice(this.#at).trim()
  }

  /** Skips spaces; the next character, '' at the end. */
  peek(): string {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1
    return this.#text.charAt(this.#at)
  }

  /** Consumes the text if it comes next. */
  take(text: string): boolean {
    this.peek()
    if (!this.#text.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  /** Everything up to the closing text, which is consumed, too. */
  until(closing: string): string {
    const end = this.#text.indexOf(closing, this.#at)
    if (end < 0) throw this.fault()
    const inner = this.#text.slice(this.#at, end)
    this.#at = end + closing.length
    return inner
  }

  fault(): JournalFault {
    const shown = this.#text.trim().slice(0, 60)
    return new JournalFault('bad-amount', `"${shown}" is no amount.`, shown)
  }

  /** An amount: a sign, a number and a commodity on either side of it, or a sum in brackets. */
  amount(): Amount {
    return this.#isBeancount ? this.#beancountAmount() : this.#sided()
  }

  /** A number or a sum of numbers, without a commodity. */
  number(): Decimal {
    const { quantity } = this.#sum(() => this.#plainNumber())
    return quantity
  }

  #beancountAmount(): Amount {
    const quantity = this.number()
    this.peek()
    BEANCOUNT_COMMODITY.lastIndex = this.#at
    const found = BEANCOUNT_COMMODITY.exec(this.#text)
    if (found === null) return { quantity, commodity: '' }
    this.#at += found[0].length
    return { quantity, commodity: found[0] }
  }

  #sided(): Amount {
    if (this.peek() === '(') return this.#sum(() => this.#single())
    return this.#single()
  }

  #single(): Amount {
    if (this.peek() === '(') {
      this.#enter()
      this.#at += 1
      const inner = this.#sum(() => this.#single())
      if (!this.take(')')) throw this.fault()
      this.#depth -= 1
      return inner
    }
    let isNegative = this.#sign()
    const before = this.#commodity()
    if (before !== '') isNegative = this.#sign() !== isNegative
    const quantity = this.#digits()
    let commodity = before
    if (commodity === '') {
      const { length } = this.#text
      const start = this.#at
      if (this.peek() !== '') commodity = this.#commodity()
      if (commodity === '') this.#at = Math.min(start, length)
    }
    return { quantity: isNegative ? negateDecimal(quantity) : quantity, commodity }
  }

  #plainNumber(): Amount {
    if (this.peek() === '(') {
      this.#enter()
      this.#at += 1
      const inner = this.#sum(() => this.#plainNumber())
      if (!this.take(')')) throw this.fault()
      this.#depth -= 1
      return inner
    }
    const isNegative = this.#sign()
    if (this.peek() === '(') {
      const inner = this.#plainNumber()
      return isNegative ? { quantity: negateDecimal(inner.quantity), commodity: '' } : inner
    }
    const quantity = this.#digits()
    return { quantity: isNegative ? negateDecimal(quantity) : quantity, commodity: '' }
  }

  #enter(): void {
    this.#depth += 1
    if (this.#depth > DEEPEST) throw this.fault()
  }

  #sum(operand: () => Amount): Amount {
    let left = this.#product(operand)
    for (;;) {
      if (this.take('+')) left = this.#combine(left, this.#product(operand), addDecimal)
      else if (this.peek() === '-') {
        this.#at += 1
        left = this.#combine(left, this.#product(operand), subtractDecimal)
      } else return left
    }
  }

  #product(operand: () => Amount): Amount {
    let left = operand()
    for (;;) {
      if (this.take('*')) {
        const right = operand()
        left = {
          quantity: multiplyDecimal(left.quantity, right.quantity),
          commodity: left.commodity === '' ? right.commodity : left.commodity,
        }
      } else if (this.take('/')) {
        const right = operand()
        if (signOfDecimal(right.quantity) === 0) throw this.fault()
        left = {
          quantity: divideDecimal(left.quantity, right.quantity, QUOTIENT_DIGITS),
          commodity: left.commodity === '' ? right.commodity : left.commodity,
        }
      } else return left
    }
  }

  #combine(left: Amount, right: Amount, by: (left: Decimal, right: Decimal) => Decimal): Amount {
    if (left.commodity !== '' && right.commodity !== '' && left.commodity !== right.commodity) throw this.fault()
    const commodity = left.commodity === '' ? right.commodity : left.commodity
    return { quantity: by(left.quantity, right.quantity), commodity }
  }

  #sign(): boolean {
    let isNegative = false
    for (let next = this.peek(); next === '-' || next === '+' || next === '−'; next = this.peek()) {
      if (next !== '+') isNegative = !isNegative
      this.#at += 1
    }
    return isNegative
  }

  #commodity(): string {
    if (this.peek() === '"') {
      this.#at += 1
      return this.until('"')
    }
    const start = this.#at
    while (this.#at < this.#text.length && !NOT_SYMBOL.has(this.#text.charAt(this.#at))) this.#at += 1
    return this.#text.slice(start, this.#at)
  }

  #digits(): Decimal {
    this.peek()
    NUMBER.lastIndex = this.#at
    const found = NUMBER.exec(this.#text)
    if (found === null) throw this.fault()
    let text = found[0]
    this.#at += text.length
    for (;;) {
      GROUP.lastIndex = this.#at
      const group = GROUP.exec(this.#text)
      if (group === null || text.length > 40) break
      text += group[0]
      this.#at += group[0].length
    }
    const trimmed = text.replace(/[.,]$/, '')
    this.#seen?.(trimmed)
    const value = parseNumberText(trimmed, this.#mark)
    if (value !== null) return value
    const other = parseNumberText(trimmed, this.#mark === '.' ? ',' : '.')
    if (other === null) throw this.fault()
    return other
  }
}
