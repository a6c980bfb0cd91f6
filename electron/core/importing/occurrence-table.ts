import { monthOfFingerprint } from './fingerprint.ts'

const FIRST_SLOTS = 64
const LOW_BITS = 2 ** 21

/** Slots that open parts may have together before the one that rested longest is packed: 12 bytes each. */
const MOST_OPEN_SLOTS = 2 ** 20
/** A file whose days are in no order would open and pack parts for ever: after so many times they stay open. */
const MOST_OPENINGS = 200

/** Counts by 53-bit key: open addressing, 12 bytes a slot. */
class OpenPart {
  #keys = new Float64Array(FIRST_SLOTS)
  #counts = new Uint32Array(FIRST_SLOTS)
  #used = 0

  get slots(): number {
    return this.#keys.length
  }

  get size(): number {
    return this.#used
  }

  count(high: number, low: number): number {
    return this.#counts[this.#find(high, low)] ?? 0
  }

  set(high: number, low: number, count: number): void {
    const at = this.#find(high, low)
    const fresh = this.#counts[at] === 0
    this.#keys[at] = high * LOW_BITS + low
    this.#counts[at] = count
    if (!fresh) return
    this.#used += 1
    if (this.#used * 10 > this.#keys.length * 7) this.#grow()
  }

  *entries(): Generator<readonly [key: number, count: number], void, void> {
    for (const [at, count] of this.#counts.entries()) if (count > 0) yield [this.#keys[at] ?? 0, count]
  }

  #find(high: number, low: number): number {
    const mask = this.#keys.length - 1
    const key = high * LOW_BITS + low
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask
    while (this.#counts[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts]
    this.#keys = new Float64Array(keys.length * 2)
    this.#counts = new Uint32Array(keys.length * 2)
    for (const [at, count] of counts.entries()) {
      if (count === 0) continue
      const key = keys[at] ?? 0
      const slot = this.#find(Math.floor(key / LOW_BITS), key % LOW_BITS)
      this.#keys[slot] = key
      this.#counts[slot] = count
    }
  }
}

/** The same at rest: sorted keys, eight bytes each, and counts only where one is beyond 1. */
class PackedPart {
  readonly #keys: Float64Array
  readonly #counts: Uint32Array | null

  constructor(part: OpenPart) {
    const keys = new Float64Array(part.size)
    let at = 0
    let repeats = false
    for (const [key, count] of part.entries()) {
      keys[at] = key
      at += 1
      repeats ||= count > 1
    }
    this.#keys = keys.sort()
    this.#counts = repeats
      ? Uint32Array.from(keys, (key) => part.count(Math.floor(key / LOW_BITS), key % LOW_BITS))
      : null
  }

  get size(): number {
    return this.#keys.length
  }

  count(high: number, low: number): number {
    const key = high * LOW_BITS + low
    let from = 0
    let to = this.#keys.length
    while (from < to) {
      const middle = (from + to) >>> 1
      if ((this.#keys[middle] ?? 0) < key) from = middle + 1
      else to = middle
    }
    return this.#keys[from] === key ? (this.#counts?.[from] ?? 1) : 0
  }

  *entries(): Generator<readonly [key: number, count: number], void, void> {
    for (const [at, key] of this.#keys.entries()) yield [key, this.#counts?.[at] ?? 1]
  }

  open(): OpenPart {
    const part = new OpenPart()
    for (const [key, count] of this.entries()) part.set(Math.floor(key / LOW_BITS), key % LOW_BITS, count)
    return part
  }
}

/**
 * Counts how often each fingerprint occurred, in few bytes each, so that a file of ten million rows fits in memory. The
 * table has a part for each month, for files run by days: parts that are through are packed. Within a month 53 bits
 * tell two fingerprints apart; two that shared them would only swap ordinals.
 */
export class OccurrenceTable {
  readonly #open = new Map<number, OpenPart>()
  readonly #packed = new Map<number, PackedPart>()
  #openSlots = 0
  #openings = 0
  #last: { readonly number: number; readonly part: OpenPart } | null = null

  get size(): number {
    let size = 0
    for (const part of this.#open.values()) size += part.size
    for (const part of this.#packed.values()) size += part.size
    return size
  }

  /** Counts one more and answers the count so far: 1 for the first. */
  increment(fingerprint: Uint8Array): number {
    const part = this.#opened(monthOfFingerprint(fingerprint))
    const high = highOf(fingerprint)
    const low = lowOf(fingerprint)
    const count = part.count(high, low) + 1
    this.#store(part, high, low, count)
    return count
  }

  /** How often it occurred so far. */
  count(fingerprint: Uint8Array): number {
    const number = monthOfFingerprint(fingerprint)
    const part = this.#open.get(number) ?? this.#packed.get(number)
    return part?.count(highOf(fingerprint), lowOf(fingerprint)) ?? 0
  }

  /** Keeps for every fingerprint the larger of both counts. */
  takeLarger(other: OccurrenceTable): void {
    for (const parts of [other.#packed, other.#open]) {
      for (const [number, theirs] of parts) {
        const own = this.#opened(number)
        for (const [key, count] of theirs.entries()) {
          const [high, low] = [Math.floor(key / LOW_BITS), key % LOW_BITS]
          if (own.count(high, low) < count) this.#store(own, high, low, count)
        }
      }
    }
  }

  #store(part: OpenPart, high: number, low: number, count: number): void {
    const before = part.slots
    part.set(high, low, count)
    if (part.slots === before) return
    this.#openSlots += part.slots - before
    this.#pack(part)
  }

  #opened(number: number): OpenPart {
    if (this.#last?.number === number) return this.#last.part
    const part = this.#open.get(number) ?? this.#unpacked(number)
    // the one used last stands last
    this.#open.delete(number)
    this.#open.set(number, part)
    this.#last = { number, part }
    return part
  }

  #unpacked(number: number): OpenPart {
    const packed = this.#packed.get(number)
    const part = packed === undefined ? new OpenPart() : packed.open()
    if (packed !== undefined) {
      this.#packed.delete(number)
      this.#openings += 1
    }
    this.#openSlots += part.slots
    return part
  }

  #pack(keep: OpenPart): void {
    for (const [number, part] of this.#open) {
      if (this.#openSlots <= MOST_OPEN_SLOTS || this.#openings >= MOST_OPENINGS) return
      if (part === keep) continue
      this.#open.delete(number)
      this.#packed.set(number, new PackedPart(part))
      this.#openSlots -= part.slots
    }
  }
}

function highOf(fingerprint: Uint8Array): number {
  const [a, b, c, d] = [fingerprint[3] ?? 0, fingerprint[4] ?? 0, fingerprint[5] ?? 0, fingerprint[6] ?? 0]
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
}

function lowOf(fingerprint: Uint8Array): number {
  return (((fingerprint[7] ?? 0) << 16) | ((fingerprint[8] ?? 0) << 8) | (fingerprint[9] ?? 0)) >>> 3
}
