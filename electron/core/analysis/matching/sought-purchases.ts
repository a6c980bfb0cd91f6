import { ordersOf } from './find-refunds.ts'
import type { MatchLine } from './match-line.ts'
import { merchantWords } from './score-refund.ts'
import { foldText, type LineWords } from './words.ts'

/** An order's number with something behind it is known again from so many characters on. */
const SHORTEST_PREFIX = 10

/**
 * Purchases of one account, to tell which money that came in can be worth asking about as a refund of one of them: it
 * shares the whole amount, the merchant's name or an order's number, for words that are only alike (4) and that it says
 * so (4) do not outweigh a part of the amount (−4).
 */
export class SoughtPurchases {
  readonly #minors: ReadonlySet<number>
  readonly #payees: ReadonlySet<string>
  readonly #orders: ReadonlySet<string>

  constructor(purchases: readonly MatchLine[], wordsOf: (line: MatchLine) => LineWords) {
    this.#minors = new Set(purchases.map(({ minor }) => -minor))
    this.#payees = new Set(purchases.map((line) => wordsOf(line).payee).filter((payee) => payee !== ''))
    this.#orders = new Set(
      purchases.flatMap(({ reference }) => (reference === null ? [] : [foldText(reference.trim())])),
    )
  }

  mayBeFor(refund: Pick<MatchLine, 'minor' | 'payee' | 'memo' | 'reference'>): boolean {
    if (this.#minors.has(refund.minor)) return true
    const words = merchantWords(refund)
    if (this.#payees.has(words.payee)) return true
    if (this.#orders.size === 0) return false
    if (ordersOf(refund.reference, words).some((order) => this.#orders.has(order))) return true
    const own = foldText(refund.reference?.trim() ?? '')
    for (let length = SHORTEST_PREFIX; length < own.length; length += 1) {
      if (this.#orders.has(own.slice(0, length))) return true
    }
    return false
  }
}
