import type { IsoDate } from '../../../../shared/domain/iso-date.ts'

/** A row's running balance, in minor units. */
export interface ChainRow {
  readonly on: IsoDate
  readonly amountMinor: number
  readonly balanceMinor: number
}

export interface ChainVerdict {
  /** The balance before the earliest row. */
  readonly openingMinor: number
  readonly openingOn: IsoDate
  /** The balance after the latest row. */
  readonly closingMinor: number
  readonly closingOn: IsoDate
  /** Rows whose balance does not follow from their neighbour's. */
  readonly breaks: number
  /** Rows that had a balance. */
  readonly rows: number
}

/** A balance at the end of a day. */
export interface DayBalance {
  readonly on: IsoDate
  readonly minor: number
}

/**
 * Follows the running balances of a statement's rows, in the order of the file, in memory that grows with its days alone. Files run from old
 * to new or from new to old: whichever way more neighbours fit is the way.
 */
export class BalanceChain {
  #first: ChainRow | null = null
  #last: ChainRow | null = null
  #rows = 0
  #rising = 0
  #falling = 0
  #highest = -Infinity
  /** The first and the last balance that the file has for each day. */
  readonly #days = new Map<IsoDate, { readonly first: number; last: number }>()
  #day: { readonly first: number; last: number } | null = null

  add(row: ChainRow): void {
    this.#first ??= row
    if (this.#last !== null) {
      if (this.#last.balanceMinor + row.amountMinor === row.balanceMinor) this.#rising += 1
      if (row.balanceMinor + this.#last.amountMinor === this.#last.balanceMinor) this.#falling += 1
    }
    if (this.#day === null || this.#last?.on !== row.on) {
      this.#day = this.#days.get(row.on) ?? { first: row.balanceMinor, last: row.balanceMinor }
      this.#days.set(row.on, this.#day)
    }
    this.#day.last = row.balanceMinor
    this.#last = row
    this.#rows += 1
    if (row.balanceMinor > this.#highest) this.#highest = row.balanceMinor
  }

  /** The highest of the balances, or null without rows. */
  get highestMinor(): number | null {
    return this.#rows === 0 ? null : this.#highest
  }

  /** What each day ended with, by day; none where it is no running balance. */
  days(): DayBalance[] {
    if (this.verdict() === null) return []
    const oldFirst = this.#oldFirst()
    return [...this.#days]
      .map(([on, { first, last }]) => ({ on, minor: oldFirst ? last : first }))
      .toSorted((left, right) => (left.on < right.on ? -1 : 1))
  }

  #oldFirst(): boolean {
    if (this.#rising !== this.#falling) return this.#rising > this.#falling
    return this.#first === null || this.#last === null || this.#first.on <= this.#last.on
  }

  /** Null without rows, or where fewer than half of the neighbours fit either way: then it is no running balance. */
  verdict(): ChainVerdict | null {
    const first = this.#first
    const last = this.#last
    if (first === null || last === null) return null
    const pairs = this.#rows - 1
    const fits = Math.max(this.#rising, this.#falling)
    if (fits * 2 < pairs) return null
    const [early, late] = this.#oldFirst() ? [first, last] : [last, first]
    return {
      openingMinor: early.balanceMinor - early.amountMinor,
      openingOn: early.on,
      closingMinor: late.balanceMinor,
      closingOn: late.on,
      breaks: pairs - fits,
      rows: this.#rows,
    }
  }
}
