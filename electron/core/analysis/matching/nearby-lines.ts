import { dayNumber } from '../../../../shared/domain/iso-date.ts'
import type { MatchLine } from './match-line.ts'

/** Candidates that one line is compared with at most: the nearest in time. */
const MOST = 24

interface Placed {
  readonly day: number
  readonly line: MatchLine
}

/** The first place in the sorted list whose day is not before. */
function lowerBound(list: readonly Placed[], day: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[middle]?.day ?? 0) < day) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Lines in buckets, each sorted by day: those near a day are found without looking at the others. Of thousands of equal
 * lines on one day the first of one side is compared with the first of the other, the second with the second.
 */
export class NearbyLines {
  readonly #buckets = new Map<string, Placed[]>()
  readonly #ranks = new Map<string, number>()
  #sorted = false

  add(key: string, line: MatchLine): void {
    const placed = { day: dayNumber(line.bookedOn), line }
    const bucket = this.#buckets.get(key)
    if (bucket === undefined) this.#buckets.set(key, [placed])
    else bucket.push(placed)
    this.#sorted = false
  }

  /** The lines of this bucket from `before` days before the line to `after` days after it, the nearest first. */
  near(key: string, line: MatchLine, before: number, after: number): MatchLine[] {
    const bucket = this.#buckets.get(key)
    if (bucket === undefined) return []
    if (!this.#sorted) this.#sort()
    const day = dayNumber(line.bookedOn)
    const rankKey = `${key} ${day}`
    const rank = this.#ranks.get(rankKey) ?? 0
    this.#ranks.set(rankKey, rank + 1)
    const first = lowerBound(bucket, day)
    const ofTheDay = lowerBound(bucket, day + 1) - first
    const centre = first + Math.min(rank, Math.max(0, ofTheDay - 1))
    const found: MatchLine[] = []
    let down = centre - 1
    let up = centre
    while (found.length < MOST) {
      const lower = bucket[down]
      const upper = bucket[up]
      const lowerGap = lower === undefined || day - lower.day > before ? Infinity : Math.abs(day - lower.day)
      const upperGap = upper === undefined || upper.day - day > after ? Infinity : Math.abs(upper.day - day)
      if (lowerGap === Infinity && upperGap === Infinity) break
      if (upperGap <= lowerGap && upper !== undefined) {
        found.push(upper.line)
        up += 1
      } else if (lower !== undefined) {
        found.push(lower.line)
        down -= 1
      }
    }
    return found
  }

  #sort(): void {
    for (const bucket of this.#buckets.values()) {
      bucket.sort((left, right) => left.day - right.day || left.line.id - right.line.id)
    }
    this.#sorted = true
  }
}
