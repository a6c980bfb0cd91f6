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
/** More than any history has rows; with it the numbers of four million accounts are told apart exactly. */
const MOST_PAYEES = 2 ** 30
/** Longer groups are put in order by the digits of their days. */
const LONG_GROUP = 2_048

function placesTo(count: number): Int32Array {
  const places = new Int32Array(count)
  for (let place = 0; place < count; place += 1) places[place] = place
  return places
}

/** Rows of one payee, as many as are counted beside; each column is as long or longer. */
export interface PayeeRows {
  readonly ids: Float64Array
  readonly accounts: Float64Array
  /** Days since 1970-01-01. */
  readonly days: Int32Array
  /** As the effect on the account; not 0. */
  readonly minors: Float64Array
  /** 1 for a transfer. */
  readonly transfers: Uint8Array
}

interface Columns {
  readonly ids: Int32Array
  readonly days: Int32Array
  readonly accounts: Int32Array
  /** Magnitudes. */
  readonly minors: Float64Array
}

const columnsOf = (size: number): Columns => ({
  ids: new Int32Array(size),
  days: new Int32Array(size),
  accounts: new Int32Array(size),
  minors: new Float64Array(size),
})

/** Whether they stand by day, those of one day by their ids. */
function isInOrder({ ids, days }: Columns): boolean {
  for (let place = 1; place < ids.length; place += 1) {
    const gap = (days[place] ?? 0) - (days[place - 1] ?? 0)
    if (gap < 0 || (gap === 0 && (ids[place] ?? 0) < (ids[place - 1] ?? 0))) return false
  }
  return true
}

/** Puts them by day, those of one day by their ids. */
function inOrder(columns: Columns): Columns {
  if (isInOrder(columns)) return columns
  const { ids, days, accounts, minors } = columns
  const places = placesTo(ids.length)
  const order =
    ids.length < LONG_GROUP
      ? places.sort((a, b) => (days[a] ?? 0) - (days[b] ?? 0) || (ids[a] ?? 0) - (ids[b] ?? 0))
      : stableOrder(stableOrder(places, ids), days)
  const sorted = columnsOf(order.length)
  for (let place = 0; place < order.length; place += 1) {
    const from = order[place] ?? 0
    sorted.ids[place] = ids[from] ?? 0
    sorted.days[place] = days[from] ?? 0
    sorted.accounts[place] = accounts[from] ?? 0
    sorted.minors[place] = minors[from] ?? 0
  }
  return sorted
}

/** Rows of a history, a few numbers each, so that a million of them fit into little memory. They come in any order. */
export class LineStore {
  /** Places of the currencies from 1 on, by the numbers of their accounts. */
  readonly #currencies: number[] = []
  /** Of each payee by currency and direction. */
  readonly #plain: (number | undefined)[][] = []
  /** By account, direction and payee. */
  readonly #transfers = new Map<number, number>()
  readonly #groups: { readonly payee: number; readonly isTransfer: boolean }[] = []
  #size = 0
  #ids: Int32Array<ArrayBuffer>
  #accounts: Int32Array<ArrayBuffer>
  #days: Int32Array<ArrayBuffer>
  #groupOf: Int32Array<ArrayBuffer>
  /** As the effect on the account. */
  #minors: Float64Array<ArrayBuffer>
  /** Few payments were charged in another currency. */
  readonly #originals = new Map<number, number>()

  /** `expected`: about how many rows there will be, so that they need not be moved as they come. */
  constructor(currencies: ReadonlyMap<number, string>, expected = FIRST_SIZE) {
    const names = [...new Set(currencies.values())]
    for (const [account, name] of currencies) this.#currencies[account] = names.indexOf(name) + 1
    const length = Math.max(expected, FIRST_SIZE)
    this.#ids = new Int32Array(length)
    this.#accounts = new Int32Array(length)
    this.#days = new Int32Array(length)
    this.#groupOf = new Int32Array(length)
    this.#minors = new Float64Array(length)
  }

  get size(): number {
    return this.#size
  }

  add(line: Line): void {
    const at = this.#size
    if (at === this.#ids.length) this.#grow()
    this.#ids[at] = line.id
    this.#accounts[at] = line.accountId
    this.#days[at] = line.day
    this.#groupOf[at] = this.#groupFor(line)
    this.#minors[at] = line.minor
    this.#size = at + 1
  }

  /** The first `count` of these rows, as `add` takes each: a million of them in a fourth of its time. */
  addRows(payee: number, rows: PayeeRows, count: number): void {
    while (this.#size + count > this.#ids.length) this.#grow()
    const [ids, accounts, days] = [this.#ids, this.#accounts, this.#days]
    const [minors, groupOf, currencies] = [this.#minors, this.#groupOf, this.#currencies]
    // rows of a payee mostly are of one group
    let lastSlot = -1
    let lastGroup = -1
    for (let row = 0, at = this.#size; row < count; row += 1, at += 1) {
      const accountId = rows.accounts[row] ?? 0
      const minor = rows.minors[row] ?? 0
      const isTransfer = rows.transfers[row] === 1
      const slot = isTransfer ? -1 : (currencies[accountId] ?? 0) * 2 + (minor < 0 ? 1 : 0)
      if (slot < 0 || slot !== lastSlot) lastGroup = this.#groupFor({ payee, accountId, minor, isTransfer })
      lastSlot = slot
      ids[at] = rows.ids[row] ?? 0
      accounts[at] = accountId
      days[at] = rows.days[row] ?? 0
      minors[at] = minor
      groupOf[at] = lastGroup
    }
    this.#size += count
  }

  /** The row was charged in another currency. */
  addOriginal(id: number, minor: number): void {
    this.#originals.set(id, Math.abs(minor))
  }

  #groupFor({ payee, accountId, minor, isTransfer }: Omit<Line, 'id' | 'day'>): number {
    const direction = minor < 0 ? 1 : 0
    // a transfer's text is the same to whomever: it is told apart by its account
    if (isTransfer) {
      const key = (accountId * 2 + direction) * MOST_PAYEES + payee
      const known = this.#transfers.get(key)
      if (known !== undefined) return known
      this.#transfers.set(key, this.#groups.length)
      return this.#groups.push({ payee, isTransfer }) - 1
    }
    while (this.#plain.length <= payee) this.#plain.push([])
    const slots = this.#plain[payee] ?? []
    const slot = (this.#currencies[accountId] ?? 0) * 2 + direction
    const known = slots[slot]
    if (known !== undefined) return known
    slots[slot] = this.#groups.length
    return this.#groups.push({ payee, isTransfer }) - 1
  }

  #grow(): void {
    const larger = (column: Int32Array): Int32Array<ArrayBuffer> => {
      const copy = new Int32Array(column.length * 2)
      copy.set(column)
      return copy
    }
    this.#ids = larger(this.#ids)
    this.#accounts = larger(this.#accounts)
    this.#days = larger(this.#days)
    this.#groupOf = larger(this.#groupOf)
    const minors = new Float64Array(this.#minors.length * 2)
    minors.set(this.#minors)
    this.#minors = minors
  }

  /** The groups of at least so many rows, in the order in which they were first seen. */
  *groups(fewest: number): Generator<PayeeGroup> {
    const ends = new Int32Array(this.#groups.length)
    const groupOf = this.#groupOf.subarray(0, this.#size)
    for (const group of groupOf) ends[group] = (ends[group] ?? 0) + 1
    let end = 0
    for (let group = 0; group < ends.length; group += 1) {
      const size = ends[group] ?? 0
      ends[group] = end
      end += size
    }
    // rows of a payee mostly come together: what they are read from lies together, too
    const rows = new Int32Array(this.#size)
    for (let row = 0; row < rows.length; row += 1) {
      const group = groupOf[row] ?? 0
      const at = ends[group] ?? 0
      rows[at] = row
      ends[group] = at + 1
    }
    let from = 0
    for (const to of ends) {
      if (to - from >= fewest) yield this.#groupAt(rows.subarray(from, to))
      from = to
    }
  }

  #groupAt(rows: Int32Array): PayeeGroup {
    const size = rows.length
    const { ids, days, accounts, minors } = columnsOf(size)
    for (let place = 0; place < size; place += 1) {
      const row = rows[place] ?? 0
      ids[place] = this.#ids[row] ?? 0
      days[place] = this.#days[row] ?? 0
      accounts[place] = this.#accounts[row] ?? 0
      minors[place] = Math.abs(this.#minors[row] ?? 0)
    }
    const columns = inOrder({ ids, days, accounts, minors })
    const [first = 0] = rows
    const group = this.#groups[this.#groupOf[first] ?? 0] ?? { payee: -1, isTransfer: false }
    return {
      ...group,
      direction: (this.#minors[first] ?? 0) < 0 ? -1 : 1,
      latestId: columns.ids.at(-1) ?? 0,
      payments: this.#listOf(columns),
    }
  }

  #listOf({ ids, days, accounts, minors }: Columns): PaymentList {
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
