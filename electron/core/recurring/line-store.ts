import { PaymentList } from '../analysis/account/recurring/payment-list.ts'
import { stableOrder } from './stable-order.ts'

/** A row as the search for series takes it. */
export interface Line {
  readonly id: number
  readonly accountId: number
  /** The number of its payee. */
  readonly payee: number
  /** Days since 1970-01-01. */
  readonly day: number
  /** As the effect on the account; not 0. */
  readonly minor: number
  readonly isTransfer: boolean
}

/** The payments to or from one payee, in one currency; a transfer's, of one account. */
export interface PayeeGroup {
  readonly payee: number
  readonly direction: 1 | -1
  readonly isTransfer: boolean
  /** The latest of them. */
  readonly latestId: number
  readonly payments: PaymentList
}

const FIRST_SIZE = 4_096
/**
 * A row's numbers stand together, for the rows of a group lie apart and each place that is looked up takes its time: the
 * amount of any size in eight bytes, then four whole numbers.
 */
const WHOLES = 6
const MINORS = WHOLES / 2
const [ID, ACCOUNT, DAY, GROUP] = [2, 3, 4, 5]
const LARGEST = 2 ** 31 - 1

function numbersTo(count: number): Int32Array {
  const numbers = new Int32Array(count)
  for (let number = 0; number < count; number += 1) numbers[number] = number
  return numbers
}

/** Rows of a history, a few numbers each, so that a million of them fit into little memory. They come in any order. */
export class LineStore {
  /** Places of the accounts' currencies. */
  readonly #currencies: ReadonlyMap<number, number>
  /** Of each payee by currency and direction. */
  readonly #plain: (number | undefined)[][] = []
  readonly #transfers = new Map<string, number>()
  readonly #groups: { readonly payee: number; readonly isTransfer: boolean }[] = []
  #size = 0
  #wholes: Int32Array<ArrayBuffer>
  #minors: Float64Array<ArrayBuffer>
  /** Few payments were charged in another currency. */
  readonly #originals = new Map<number, number>()
  #order: Int32Array = new Int32Array(0)
  /** Of the groups in their order. */
  #sizes: Int32Array = new Int32Array(0)

  /** `expected`: about how many rows there will be, so that they need not be moved as they come. */
  constructor(currencies: ReadonlyMap<number, string>, expected = FIRST_SIZE) {
    const names = [...new Set(currencies.values())]
    this.#currencies = new Map([...currencies].map(([account, name]) => [account, names.indexOf(name)]))
    this.#minors = new Float64Array(Math.max(expected, FIRST_SIZE) * MINORS)
    this.#wholes = new Int32Array(this.#minors.buffer)
  }

  get size(): number {
    return this.#size
  }

  add(line: Line): void {
    if ((this.#size + 1) * WHOLES > this.#wholes.length) this.#grow()
    const at = this.#size * WHOLES
    this.#minors[this.#size * MINORS] = line.minor
    this.#wholes[at + ID] = line.id
    this.#wholes[at + ACCOUNT] = line.accountId
    this.#wholes[at + DAY] = line.day
    this.#wholes[at + GROUP] = this.#groupOf(line)
    this.#size += 1
  }

  /** The row was charged in another currency. */
  addOriginal(id: number, minor: number): void {
    this.#originals.set(id, Math.abs(minor))
  }

  #groupOf({ payee, accountId, minor, isTransfer }: Line): number {
    const direction = minor < 0 ? 1 : 0
    // a transfer's text is the same to whomever: it is told apart by its account
    if (isTransfer) {
      const name = `${direction} ${payee} ${accountId}`
      const known = this.#transfers.get(name)
      if (known !== undefined) return known
      this.#transfers.set(name, this.#groups.length)
      return this.#groups.push({ payee, isTransfer }) - 1
    }
    while (this.#plain.length <= payee) this.#plain.push([])
    const slots = this.#plain[payee] ?? []
    const slot = ((this.#currencies.get(accountId) ?? -1) + 1) * 2 + direction
    const known = slots[slot]
    if (known !== undefined) return known
    slots[slot] = this.#groups.length
    return this.#groups.push({ payee, isTransfer }) - 1
  }

  #grow(): void {
    const larger = new Float64Array(this.#minors.length * 2)
    larger.set(this.#minors)
    this.#minors = larger
    this.#wholes = new Int32Array(larger.buffer)
  }

  #column(which: number): Int32Array {
    const column = new Int32Array(this.#size)
    for (let row = 0; row < column.length; row += 1) column[row] = this.#wholes[row * WHOLES + which] ?? 0
    return column
  }

  /** Puts the rows in order, a slice of work at a time: by group and day, the groups by the first id of each. */
  *arrange(): Generator<void> {
    const byDay = stableOrder(numbersTo(this.#size), this.#column(DAY))
    yield
    const groups = this.#column(GROUP)
    const firsts = new Int32Array(this.#groups.length).fill(LARGEST)
    for (let row = 0; row < groups.length; row += 1) {
      const group = groups[row] ?? 0
      const id = this.#wholes[row * WHOLES + ID] ?? 0
      if (id < (firsts[group] ?? 0)) firsts[group] = id
    }
    const ranks = new Int32Array(firsts.length)
    for (const [rank, group] of stableOrder(numbersTo(firsts.length), firsts).entries()) ranks[group] = rank
    this.#sizes = new Int32Array(firsts.length)
    for (let row = 0; row < groups.length; row += 1) {
      const rank = ranks[groups[row] ?? 0] ?? 0
      groups[row] = rank
      this.#sizes[rank] = (this.#sizes[rank] ?? 0) + 1
    }
    this.#order = stableOrder(byDay, groups)
    yield
  }

  /** The groups of at least so many rows; `arrange` comes first. */
  *groups(fewest: number): Generator<PayeeGroup> {
    let from = 0
    for (const size of this.#sizes) {
      if (size >= fewest) yield this.#groupAt(this.#order.subarray(from, from + size))
      from += size
    }
  }

  #groupAt(rows: Int32Array): PayeeGroup {
    const [wholes, minorsOf] = [this.#wholes, this.#minors]
    const size = rows.length
    const [ids, days, accounts] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)]
    const minors = new Float64Array(size)
    const put = (place: number): void => {
      const row = rows[place] ?? 0
      ids[place] = wholes[row * WHOLES + ID] ?? 0
      days[place] = wholes[row * WHOLES + DAY] ?? 0
      accounts[place] = wholes[row * WHOLES + ACCOUNT] ?? 0
      minors[place] = Math.abs(minorsOf[row * MINORS] ?? 0)
    }
    for (let place = 0; place < size; place += 1) put(place)
    const idOf = (row: number): number => wholes[row * WHOLES + ID] ?? 0
    // those of one account come by their ids; of several, those of one day may not
    for (let from = 0, to = 0; from < size; from = to) {
      let isSorted = true
      for (to = from + 1; to < size && days[to] === days[from]; to += 1) {
        if ((ids[to - 1] ?? 0) > (ids[to] ?? 0)) isSorted = false
      }
      if (isSorted) continue
      rows.subarray(from, to).sort((left, right) => idOf(left) - idOf(right))
      for (let place = from; place < to; place += 1) put(place)
    }
    const [first = 0] = rows
    const group = this.#groups[wholes[first * WHOLES + GROUP] ?? 0] ?? { payee: -1, isTransfer: false }
    return {
      ...group,
      direction: (minorsOf[first * MINORS] ?? 0) < 0 ? -1 : 1,
      latestId: ids[size - 1] ?? 0,
      payments: this.#listOf({ ids, days, accounts, minors }),
    }
  }

  #listOf(columns: { ids: Int32Array; days: Int32Array; accounts: Int32Array; minors: Float64Array }): PaymentList {
    const { ids, days, accounts, minors } = columns
    const originals = this.#originals
    const charged = originals.size === 0 ? minors : minors.map((minor, at) => originals.get(ids[at] ?? 0) ?? minor)
    return PaymentList.ofColumns({ days, charged, accounts }, (place) => ({
      id: ids[place] ?? 0,
      accountId: accounts[place] ?? 0,
      day: days[place] ?? 0,
      minor: minors[place] ?? 0,
      originalMinor: originals.get(ids[place] ?? 0) ?? null,
    }))
  }
}
