import { hash } from 'node:crypto'
import type { ParsedTransaction } from './importer.ts'

/** Bytes of a fingerprint: enough that two meanings never share one. */
export const FINGERPRINT_LENGTH = 16

/** What banks write where they have no reference. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'NONREF',
  'NOTPROVIDED',
  'NOTAVAILABLE',
  'UNKNOWN',
  'UNDEFINED',
  'NULL',
  'NONE',
])

const SHORTEST_REFERENCE = 6

/**
 * Whether a bank's reference can stand for a transaction (together with its day and amount). Short ones are mostly
 * counters that begin anew with each download, so that the same transaction would get another one next time.
 */
export function isTrustedReference(reference: string | undefined): reference is string {
  if (reference === undefined) return false
  const text = reference.trim()
  if (text.length < SHORTEST_REFERENCE) return false
  const bare = text.replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (bare.length < SHORTEST_REFERENCE || new Set(bare).size === 1) return false
  return !PLACEHOLDERS.has(bare.toUpperCase())
}

/** Visible ASCII with single spaces within: nothing but its case can need folding. */
const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/

/** Text as far as it carries meaning: width, case and spacing differ between a bank's downloads. */
export function normaliseText(text: string | undefined): string {
  if (text === undefined || text === '') return ''
  if (PLAIN.test(text)) return text.toLowerCase()
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

/**
 * What a transaction means, as text: its day, amount (minor units of the account), and what tells it from others of
 * that day and amount. That is the bank's reference where it can be trusted, else the words. A pending line never
 * means the same as a booked one.
 */
export function meaningOf(transaction: ParsedTransaction, amountMinor: number): string {
  const { date, reference, security, quantity } = transaction
  const status = transaction.status === 'pending' ? 'p' : 'b'
  // the shares of a split may be worked out from what the file holds before it: another file may hold less
  const units = transaction.kind === 'split' ? '' : (quantity ?? '')
  const holding =
    security === undefined ? '' : `${security.isin ?? security.symbol ?? security.name ?? ''}\u001f${units}`
  return `${status}\u001e${date}\u001e${amountMinor}\u001e${holding}\u001e${isTrustedReference(reference) ? `r\u001f${reference.trim()}` : wordsOf(transaction)}`
}

function wordsOf({ time, payee, memo, checkNumber, counterparty }: ParsedTransaction): string {
  return `w\u001f${time ?? ''}\u001f${normaliseText(payee)}\u001f${normaliseText(memo)}\u001f${checkNumber?.trim() ?? ''}\u001f${normaliseText(counterparty)}`
}

/** The hash of a meaning: 16 bytes. */
export function fingerprintOf(meaning: string): Buffer {
  // hexadecimal comes out three times as fast as a buffer
  return Buffer.from(hash('sha256', meaning, 'hex').slice(0, FINGERPRINT_LENGTH * 2), 'hex')
}

const SLOT = 3
const INITIAL_SLOTS = 1024

/**
 * Counts how often each fingerprint occurred: open addressing over its first 64 bits in one typed array, 12 bytes a
 * slot, so that a file of ten million rows fits in memory. Two fingerprints that share 64 bits would only swap ordinals.
 */
export class OccurrenceTable {
  #slots = INITIAL_SLOTS
  #used = 0
  #cells = new Uint32Array(INITIAL_SLOTS * SLOT)

  get size(): number {
    return this.#used
  }

  /** Counts one more and answers the count so far: 1 for the first. */
  increment(fingerprint: Uint8Array): number {
    const [high, low] = keyOf(fingerprint)
    const at = this.#find(high, low)
    return this.#store(at, high, low, (this.#cells[at + 2] ?? 0) + 1)
  }

  /** How often it occurred so far. */
  count(fingerprint: Uint8Array): number {
    const [high, low] = keyOf(fingerprint)
    return this.#cells[this.#find(high, low) + 2] ?? 0
  }

  /** Keeps for every fingerprint the larger of both counts. */
  takeLarger(other: OccurrenceTable): void {
    const cells = other.#cells
    for (let at = 0; at < cells.length; at += SLOT) {
      const count = cells[at + 2] ?? 0
      if (count === 0) continue
      const high = cells[at] ?? 0
      const low = cells[at + 1] ?? 0
      const own = this.#find(high, low)
      if ((this.#cells[own + 2] ?? 0) < count) this.#store(own, high, low, count)
    }
  }

  #find(high: number, low: number): number {
    const mask = this.#slots - 1
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask
    for (;;) {
      const at = slot * SLOT
      if (this.#cells[at + 2] === 0 || (this.#cells[at] === high && this.#cells[at + 1] === low)) return at
      slot = (slot + 1) & mask
    }
  }

  #store(at: number, high: number, low: number, count: number): number {
    const fresh = this.#cells[at + 2] === 0
    this.#cells[at] = high
    this.#cells[at + 1] = low
    this.#cells[at + 2] = count
    if (fresh) {
      this.#used += 1
      if (this.#used * 10 > this.#slots * 7) this.#grow()
    }
    return count
  }

  #grow(): void {
    const old = this.#cells
    this.#slots *= 2
    this.#cells = new Uint32Array(this.#slots * SLOT)
    for (let at = 0; at < old.length; at += SLOT) {
      const count = old[at + 2] ?? 0
      if (count === 0) continue
      const high = old[at] ?? 0
      const low = old[at + 1] ?? 0
      const target = this.#find(high, low)
      this.#cells[target] = high
      this.#cells[target + 1] = low
      this.#cells[target + 2] = count
    }
  }
}

function keyOf(bytes: Uint8Array): [high: number, low: number] {
  const word = (at: number): number =>
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  return [word(0), word(4)]
}
