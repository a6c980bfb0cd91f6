import { ImportRejection } from '../importer.ts'

/** A record of a BIFF stream ([MS-XLS] 2.1.4) with the CONTINUE records that follow it. */
export interface BiffRecord {
  readonly type: number
  /** Where the record starts in the stream. */
  readonly offset: number
  /** The record's own data first, then that of each CONTINUE. */
  readonly parts: readonly Uint8Array[]
}

export const BIFF = {
  formula: 0x0006,
  endOfFile: 0x000a,
  dateMode: 0x0022,
  filePass: 0x002f,
  continued: 0x003c,
  codePage: 0x0042,
  boundSheet: 0x0085,
  multipleRk: 0x00bd,
  richString: 0x00d6,
  extendedFormat: 0x00e0,
  sharedStrings: 0x00fc,
  labelSst: 0x00fd,
  number: 0x0203,
  label: 0x0204,
  boolOrError: 0x0205,
  row: 0x0208,
  formulaString: 0x0207,
  rk: 0x027e,
  formula3: 0x0206,
  formula4: 0x0406,
  format: 0x041e,
  beginOfFile: 0x0809,
} as const

const NEVER_CONTINUED: ReadonlySet<number> = new Set([
  BIFF.number,
  BIFF.rk,
  BIFF.multipleRk,
  BIFF.labelSst,
  BIFF.endOfFile,
])

/** The records from `start` on. A stream that ends inside a record gives what is there and stops. */
export function* biffRecords(stream: Uint8Array, start: number): Generator<BiffRecord, void, void> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  let at = start
  while (at + 4 <= stream.length) {
    const offset = at
    const type = view.getUint16(at, true)
    const end = at + 4 + view.getUint16(at + 2, true)
    const parts = [stream.subarray(at + 4, end)]
    at = end
    if (!NEVER_CONTINUED.has(type)) {
      while (at + 4 <= stream.length && view.getUint16(at, true) === BIFF.continued) {
        const next = at + 4 + view.getUint16(at + 2, true)
        parts.push(stream.subarray(at + 4, next))
        at = next
      }
    }
    yield { type, offset, parts }
  }
}

/** Reads a record's fields across its CONTINUE parts; strings that cross one say anew how wide their characters are. */
export class RecordReader {
  readonly #parts: readonly Uint8Array[]
  #part = 0
  #at = 0

  constructor(parts: readonly Uint8Array[]) {
    this.#parts = parts
  }

  get isAtEnd(): boolean {
    return !this.#settle()
  }

  /** Moves over the end of exhausted parts; false where nothing is left. */
  #settle(): boolean {
    while (this.#part < this.#parts.length && this.#at >= (this.#parts[this.#part]?.length ?? 0)) {
      this.#part += 1
      this.#at = 0
    }
    return this.#part < this.#parts.length
  }

  byte(): number {
    if (!this.#settle())
      throw new ImportRejection('truncated', 'The workbook ends within a text: the file was cut off.')
    const value = this.#parts[this.#part]?.[this.#at] ?? 0
    this.#at += 1
    return value
  }

  uint16(): number {
    const low = this.byte()
    return low | (this.byte() << 8)
  }

  uint32(): number {
    const low = this.uint16()
    return (low | (this.uint16() << 16)) >>> 0
  }

  skip(count: number): void {
    for (let left = count; left > 0 && this.#settle();) {
      const step = Math.min(left, (this.#parts[this.#part]?.length ?? 0) - this.#at)
      this.#at += step
      left -= step
    }
  }

  /** Raw bytes within the present part (BIFF5 strings do not cross parts). */
  bytes(count: number): Uint8Array {
    if (!this.#settle()) return new Uint8Array(0)
    const part = this.#parts[this.#part] ?? new Uint8Array(0)
    const result = part.subarray(this.#at, this.#at + count)
    this.#at += count
    return result
  }

  /** An XLUnicodeRichExtendedString ([MS-XLS] 2.5.293) after its character count; rich runs and phonetics are skipped. */
  unicodeString(characters: number): string {
    const flags = this.byte()
    const runs = (flags & 8) !== 0 ? this.uint16() : 0
    const extended = (flags & 4) !== 0 ? this.uint32() : 0
    let isWide = (flags & 1) !== 0
    let text = ''
    let left = characters
    while (left > 0) {
      const before = this.#part
      if (!this.#settle())
        throw new ImportRejection('truncated', 'The workbook ends within a text: the file was cut off.')
      if (this.#part !== before) isWide = (this.byte() & 1) !== 0
      const part = this.#parts[this.#part] ?? new Uint8Array(0)
      const width = isWide ? 2 : 1
      const count = Math.min(left, Math.floor((part.length - this.#at) / width))
      if (count === 0) {
        this.#at = part.length
        continue
      }
      const piece = part.subarray(this.#at, this.#at + count * width)
      // Narrow characters are the low bytes of UTF-16 units, which is what Latin-1 is; "latin1" labels mean windows-1252.
      text += isWide
        ? new TextDecoder('utf-16le').decode(piece)
        : Array.from(piece, (unit) => String.fromCharCode(unit)).join('')
      this.#at += count * width
      left -= count
    }
    this.skip(runs * 4 + extended)
    return text
  }
}
