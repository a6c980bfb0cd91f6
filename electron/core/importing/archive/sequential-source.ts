import { type ByteSource, ImportRejection } from '../importer.ts'

const HEAD_SIZE = 1024 * 1024
const WINDOW_SIZE = 32 * 1024 * 1024

interface Piece {
  readonly start: number
  readonly bytes: Uint8Array
}

/**
 * Bytes that can only be produced from the start (unpacked data), read as if at random: a window of what was produced
 * last stays in memory, and the first megabyte too; a read before the window starts over. Nothing touches the disk.
 */
export class SequentialSource implements ByteSource {
  readonly name: string
  readonly size: number
  readonly #open: () => Iterator<Uint8Array>
  readonly #windowSize: number
  #producer: Iterator<Uint8Array> | null = null
  #pieces: Piece[] = []
  #held = 0
  #produced = 0
  #head: Uint8Array | null = null

  /** `open` starts production anew; `size` is the total it gives. */
  constructor(name: string, size: number, open: () => Iterator<Uint8Array>, windowSize = WINDOW_SIZE) {
    this.name = name
    this.size = size
    this.#open = open
    this.#windowSize = windowSize
  }

  read(offset: number, length: number): Uint8Array {
    const from = Math.max(0, Math.min(offset, this.size))
    const to = Math.max(from, Math.min(from + length, this.size))
    if (to === from) return new Uint8Array(0)
    if (this.#head !== null && to <= this.#head.length) return this.#head.slice(from, to)
    if (from < (this.#pieces[0]?.start ?? this.#produced)) this.#restart()
    const result = new Uint8Array(to - from)
    let at = from
    let index = this.#indexOf(at)
    while (at < to) {
      const piece = this.#pieces[index]
      if (piece === undefined) {
        index -= this.#advance(at)
        continue
      }
      const part = piece.bytes.subarray(Math.max(0, at - piece.start), to - piece.start)
      if (part.length > 0 && at >= piece.start) {
        result.set(part, at - from)
        at += part.length
      }
      index += 1
    }
    if (from === 0 && result.length > (this.#head?.length ?? 0)) this.#head = result.slice(0, HEAD_SIZE)
    return result
  }

  #indexOf(offset: number): number {
    const index = this.#pieces.findIndex((piece) => offset < piece.start + piece.bytes.length)
    return index < 0 ? this.#pieces.length : index
  }

  #restart(): void {
    this.#producer?.return?.()
    this.#producer = null
    this.#pieces = []
    this.#held = 0
    this.#produced = 0
  }

  /** Produces one more piece, forgets those wholly before `needed` that no longer fit, and says how many. */
  #advance(needed: number): number {
    this.#producer ??= this.#open()
    const next = this.#producer.next()
    if (next.done === true) throw new ImportRejection('damaged', `"${this.name}" is shorter than it claims.`)
    this.#pieces.push({ start: this.#produced, bytes: next.value })
    this.#produced += next.value.length
    this.#held += next.value.length
    // The producer verifies at its end (length, checksum, authenticity): let it, before its last bytes are used.
    if (this.#produced >= this.size && this.#producer.next().done !== true) {
      throw new ImportRejection('damaged', `"${this.name}" is longer than it claims.`)
    }
    let forgotten = 0
    for (const piece of this.#pieces) {
      const end = piece.start + piece.bytes.length
      if (this.#held <= this.#windowSize || end > needed || end === this.#produced) break
      this.#held -= piece.bytes.length
      forgotten += 1
    }
    if (forgotten > 0) this.#pieces.splice(0, forgotten)
    return forgotten
  }
}
