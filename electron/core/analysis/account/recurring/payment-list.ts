import { chargedMinor, type Payment } from './payment.ts'

type Columns = Pick<PaymentList, 'days' | 'charged' | 'accounts'>

/**
 * Payments by day, in columns: a million of them are told from bills by numbers alone, and only what is found in them is
 * made into payments.
 */
export class PaymentList {
  /** As `Payment.day`, ascending. */
  readonly days: Int32Array
  /** As `chargedMinor`. */
  readonly charged: Float64Array
  readonly accounts: Int32Array
  /** The place of each in the list that this was picked out of in the end. */
  readonly places: Int32Array
  readonly #make: (place: number) => Payment
  #sorted: Int32Array | Float64Array | null = null

  private constructor(columns: Columns & Pick<PaymentList, 'places'>, make: (place: number) => Payment) {
    this.days = columns.days
    this.charged = columns.charged
    this.accounts = columns.accounts
    this.places = columns.places
    this.#make = make
  }

  /** `make` makes the payment at a place. */
  static ofColumns(columns: Columns, make: (place: number) => Payment): PaymentList {
    const places = new Int32Array(columns.days.length)
    for (let place = 0; place < places.length; place += 1) places[place] = place
    return new PaymentList({ ...columns, places }, make)
  }

  /** The payments are sorted by day. */
  static of(payments: readonly Payment[]): PaymentList {
    const columns = {
      days: Int32Array.from(payments, ({ day }) => day),
      charged: Float64Array.from(payments, chargedMinor),
      accounts: Int32Array.from(payments, ({ accountId }) => accountId),
    }
    return PaymentList.ofColumns(columns, (place) => {
      const payment = payments[place]
      if (payment === undefined) throw new RangeError(`there is no payment at ${place}`)
      return payment
    })
  }

  get length(): number {
    return this.days.length
  }

  /** The amounts, ascending. */
  sortedAmounts(): Int32Array | Float64Array {
    if (this.#sorted !== null) return this.#sorted
    let most = 0
    for (const amount of this.charged) if (amount > most) most = amount
    // small numbers are sorted in half the time
    this.#sorted = most < 2 ** 31 ? new Int32Array(this.charged).sort() : this.charged.slice().sort()
    return this.#sorted
  }

  /** The payment with this index; there is one. */
  at(index: number): Payment {
    return this.#make(this.places[index] ?? 0)
  }

  /** Those with these indexes, which ascend. */
  pick(indexes: Int32Array): PaymentList {
    const size = indexes.length
    const [days, charged] = [new Int32Array(size), new Float64Array(size)]
    const [accounts, places] = [new Int32Array(size), new Int32Array(size)]
    for (let at = 0; at < size; at += 1) {
      const index = indexes[at] ?? 0
      days[at] = this.days[index] ?? 0
      charged[at] = this.charged[index] ?? 0
      accounts[at] = this.accounts[index] ?? 0
      places[at] = this.places[index] ?? 0
    }
    return new PaymentList({ days, charged, accounts, places }, this.#make)
  }

  /** Those that are not at one of these places. */
  without(places: ReadonlySet<number>): PaymentList {
    if (places.size === 0) return this
    const kept = new Int32Array(this.length)
    let count = 0
    for (let index = 0; index < this.length; index += 1) {
      if (places.has(this.places[index] ?? 0)) continue
      kept[count] = index
      count += 1
    }
    return this.pick(kept.subarray(0, count))
  }
}
