import {
  addDecimal,
  absoluteDecimal,
  compareDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'

export interface Lot {
  /** Signed: a short position's is negative. */
  readonly quantity: Decimal
  /** What was paid (or got) for it in the account's currency, not negative. */
  readonly cost: Decimal
  readonly on: IsoDate
}

/** Digits kept of a share of a cost. */
const COST_DIGITS = 8

/** What an account holds of one security, in the order it came: what goes, goes from the oldest. */
export class LotQueue {
  #lots: Lot[] = []

  get lots(): readonly Lot[] {
    return this.#lots
  }

  get quantity(): Decimal {
    return this.#lots.reduce((sum, lot) => addDecimal(sum, lot.quantity), ZERO)
  }

  get cost(): Decimal {
    return this.#lots.reduce((sum, lot) => addDecimal(sum, lot.cost), ZERO)
  }

  clear(): void {
    this.#lots = []
  }

  add(lot: Lot): void {
    if (signOfDecimal(lot.quantity) !== 0) this.#lots.push(lot)
  }

  /**
   * How much of a signed change takes away from what is held, and how much is new. Both signed as the change; they add up
   * to it.
   */
  divide(change: Decimal): { readonly taken: Decimal; readonly added: Decimal } {
    const held = this.quantity
    if (signOfDecimal(held) * signOfDecimal(change) >= 0) return { taken: ZERO, added: change }
    if (compareDecimal(absoluteDecimal(change), absoluteDecimal(held)) <= 0) return { taken: change, added: ZERO }
    const taken = subtractDecimal(ZERO, held)
    return { taken, added: subtractDecimal(change, taken) }
  }

  /** Takes from the oldest lots; `taken` is signed against them and not larger than they are. */
  take(taken: Decimal): void {
    let left = taken
    while (signOfDecimal(left) !== 0) {
      const [first] = this.#lots
      if (first === undefined) return
      if (compareDecimal(absoluteDecimal(left), absoluteDecimal(first.quantity)) >= 0) {
        this.#lots.shift()
        left = addDecimal(left, first.quantity)
        continue
      }
      const quantity = addDecimal(first.quantity, left)
      const cost = divideDecimal(multiplyDecimal(first.cost, quantity), first.quantity, COST_DIGITS)
      this.#lots[0] = { quantity, cost, on: first.on }
      return
    }
  }
}
