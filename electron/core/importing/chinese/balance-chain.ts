import { addDecimal, type Decimal, subtractDecimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'

interface Link {
  readonly date: IsoDate
  readonly amount: Decimal
  readonly balance: Decimal
}

/**
 * Follows the balance column: balance = balance before + amount, in whichever order the rows stand. Every row must
 * carry a balance, else nothing is concluded.
 */
export class BalanceChain {
  #first: Link | null = null
  #last: Link | null = null
  #steps = 0
  #ascending = 0
  #descending = 0
  #isWhole = true

  add(date: IsoDate, amount: Decimal, balance: Decimal | undefined): void {
    if (balance === undefined) {
      this.#isWhole = false
      return
    }
    const link = { date, amount, balance }
    if (this.#last !== null) {
      this.#steps += 1
      if (addDecimal(this.#last.balance, amount) === balance) this.#ascending += 1
      if (addDecimal(balance, this.#last.amount) === this.#last.balance) this.#descending += 1
    }
    this.#first ??= link
    this.#last = link
  }

  /** Opening and closing balance, and how many steps do not add up; null where there are no balances to follow. */
  get result(): {
    readonly opening: { readonly amount: Decimal; readonly on: IsoDate }
    readonly closing: { readonly amount: Decimal; readonly on: IsoDate }
    readonly gaps: number
    readonly steps: number
  } | null {
    if (this.#first === null || this.#last === null || !this.#isWhole) return null
    const isAscending =
      this.#ascending === this.#descending ? this.#first.date <= this.#last.date : this.#ascending > this.#descending
    const [oldest, newest] = isAscending ? [this.#first, this.#last] : [this.#last, this.#first]
    return {
      opening: { amount: subtractDecimal(oldest.balance, oldest.amount), on: oldest.date },
      closing: { amount: newest.balance, on: newest.date },
      steps: this.#steps,
      gaps: this.#steps - Math.max(this.#ascending, this.#descending),
    }
  }
}
