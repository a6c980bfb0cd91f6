import { dayNumber, type IsoDate } from '../../../shared/domain/iso-date.ts'
import { rawRows } from '../storage/repositories/query.ts'
import type { Vault } from '../storage/open-vault.ts'

/** Rows that are read at a time. */
const SLICE = 20_000
/** More than any run has rows: a day and a place in one number that sorts by both. */
const PLACES = 2 ** 32

/**
 * The booked lines that a run brought, in the order of their days and numbers: so much of each only that the lines can
 * be read part by part, however many they are and wherever they lie between those of other runs.
 */
export class RunOrder {
  readonly #ids: Float64Array
  readonly #days: Int32Array

  private constructor(ids: Float64Array, days: Int32Array) {
    this.#ids = ids
    this.#days = days
  }

  /** Read in the order in which they were written, which lies together in the file. */
  static of(vault: Vault, runId: number): RunOrder {
    const ids: number[] = []
    const days: number[] = []
    for (let last = 0; ;) {
      const rows = rawRows<readonly [number, IsoDate]>(
        vault,
        `select id, booked_on from transactions indexed by transactions_run
         where import_run_id = ? and id > ? and status = 'booked' order by id limit ${SLICE}`,
        runId,
        last,
      )
      for (const [id, bookedOn] of rows) {
        ids.push(id)
        days.push(dayNumber(bookedOn))
      }
      if (rows.length < SLICE) break
      last = rows.at(-1)?.[0] ?? last
    }
    const keys = Float64Array.from(days, (day, place) => day * PLACES + place).sort()
    const places = Array.from(keys, (key) => key % PLACES)
    return new RunOrder(
      Float64Array.from(places, (place) => ids[place] ?? 0),
      Int32Array.from(places, (place) => days[place] ?? 0),
    )
  }

  get count(): number {
    return this.#ids.length
  }

  /** Lines of an average day between the first and the last. */
  get perDay(): number {
    return this.count / ((this.#days.at(-1) ?? 0) - (this.#days[0] ?? 0) + 1)
  }

  /** Numbers of the lines from this place to before that one. */
  idsOf(from: number, to: number): number[] {
    return [...this.#ids.subarray(from, to)]
  }

  /** Numbers of the lines before and behind this part that lie within so many days of it, on each side so many at most. */
  idsBeside(from: number, to: number, days: number, most: number): number[] {
    if (from >= to) return []
    const [first, last] = [this.#days[from] ?? 0, this.#days[to - 1] ?? 0]
    let start = from
    while (start > 0 && from - start < most && (this.#days[start - 1] ?? 0) >= first - days) start -= 1
    let end = to
    while (end < this.count && end - to < most && (this.#days[end] ?? 0) <= last + days) end += 1
    return [...this.idsOf(start, from), ...this.idsOf(to, end)]
  }
}
