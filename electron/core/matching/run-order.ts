import { dayNumber, type IsoDate } from '../../../shared/domain/iso-date.ts'
import { rawRows } from '../storage/repositories/query.ts'
import type { Vault } from '../storage/open-vault.ts'

/** Rows that are read at a time. */
const SLICE = 20_000
/** More than lie between the numbers of a run's first and last line: a day and a number in one that sorts by both. */
const NUMBERS = 2 ** 32

/**
 * The booked lines that a run brought, in the order of their days and numbers: eight bytes of each, so that the lines can
 * be read part by part, however many they are and wherever they lie between those of other runs.
 */
export class RunOrder {
  readonly #first: number
  readonly #keys: Float64Array

  private constructor(first: number, keys: Float64Array) {
    this.#first = first
    this.#keys = keys
  }

  /** Read in the order in which they were written, which lies together in the file; about so many are expected. */
  static of(vault: Vault, runId: number, expected: number): RunOrder {
    let keys = new Float64Array(Math.max(expected, 1))
    let count = 0
    let first = 0
    for (let last = 0; ;) {
      const rows = rawRows<readonly [number, IsoDate]>(
        vault,
        `select id, booked_on from transactions indexed by transactions_run
         where import_run_id = ? and id > ? and status = 'booked' order by id limit ${SLICE}`,
        runId,
        last,
      )
      if (count === 0) first = rows[0]?.[0] ?? 0
      if (count + rows.length > keys.length) {
        const larger = new Float64Array(count + rows.length + keys.length)
        larger.set(keys)
        keys = larger
      }
      for (const [id, bookedOn] of rows) {
        keys[count] = dayNumber(bookedOn) * NUMBERS + (id - first)
        count += 1
      }
      if (rows.length < SLICE) break
      last = rows.at(-1)?.[0] ?? last
    }
    return new RunOrder(first, keys.subarray(0, count).sort())
  }

  get count(): number {
    return this.#keys.length
  }

  /** Lines of an average day between the first and the last. */
  get perDay(): number {
    return this.count === 0 ? 0 : this.count / (this.#dayOf(this.count - 1) - this.#dayOf(0) + 1)
  }

  #dayOf(place: number): number {
    return Math.floor((this.#keys[place] ?? 0) / NUMBERS)
  }

  /** Numbers of the lines from this place to before that one. */
  idsOf(from: number, to: number): number[] {
    // days before 1970 are below zero: their remainder would be, too
    return Array.from(this.#keys.subarray(from, to), (key) => this.#first + (key - Math.floor(key / NUMBERS) * NUMBERS))
  }

  /** Numbers of the lines before and behind this part that lie within so many days of it, on each side so many at most. */
  idsBeside(from: number, to: number, days: number, most: number): number[] {
    if (from >= to) return []
    const [first, last] = [this.#dayOf(from), this.#dayOf(to - 1)]
    let start = from
    while (start > 0 && from - start < most && this.#dayOf(start - 1) >= first - days) start -= 1
    let end = to
    while (end < this.count && end - to < most && this.#dayOf(end) <= last + days) end += 1
    return [...this.idsOf(start, from), ...this.idsOf(to, end)]
  }
}
