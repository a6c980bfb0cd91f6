import type { ByteSource } from '../../importing/importer.ts'

const WINDOW = 1_048_576
/** The longest single value: an attachment of 25 MB in base64, and room. */
const LONGEST_VALUE = 64 * 1_048_576

/** The text is not JSON, or not of the shape that was asked for; `offset` says where. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault'
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/**
 * Walks over JSON of any length through a window: structure byte by byte, values as text for `JSON.parse`. Structural
 * characters are ASCII, so bytes of UTF-8 can be looked at one by one.
 */
export class JsonCursor {
  readonly #source: ByteSource
  #window: Uint8Array = new Uint8Array()
  #start = 0
  #at = 0

  constructor(source: ByteSource) {
    this.#source = source
    const mark = source.read(0, 3)
    if (mark[0] === 0xef && mark[1] === 0xbb && mark[2] === 0xbf) this.#start = 3
  }

  get offset(): number {
    return this.#start + this.#at
  }

  #byte(): number | null {
    if (this.#at >= this.#window.length) {
      this.#start += this.#window.length
      this.#at = 0
      this.#window = this.#source.read(this.#start, WINDOW)
      if (this.#window.length === 0) return null
    }
    return this.#window[this.#at] ?? null
  }

  #next(): number {
    const byte = this.#byte()
    if (byte === null) throw new JsonFault('the file breaks off', this.offset)
    this.#at += 1
    return byte
  }

  /** The next character that is no space, not consumed; '' at the end. */
  peek(): string {
    let byte = this.#byte()
    while (byte !== null && isSpace(byte)) {
      this.#at += 1
      byte = this.#byte()
    }
    return byte === null ? '' : String.fromCodePoint(byte)
  }

  expect(character: string): void {
    if (this.peek() !== character) throw new JsonFault(`"${character}" is missing`, this.offset)
    this.#at += 1
  }

  /** Consumes the character if it is the next. */
  take(character: string): boolean {
    if (this.peek() !== character) return false
    this.#at += 1
    return true
  }

  /** The next value, whatever it is. */
  value(): unknown {
    const first = this.peek()
    const { offset } = this
    const bytes = first === '{' || first === '[' || first === '"' ? this.#bracketed() : this.#bare()
    try {
      return JSON.parse(bytes.toString('utf8')) as unknown
    } catch {
      throw new JsonFault('this is not JSON', offset)
    }
  }

  /** The name of a member, and the colon behind it. */
  key(): string {
    if (this.peek() !== '"') throw new JsonFault('a name is missing', this.offset)
    const key = this.value()
    this.expect(':')
    return String(key)
  }

  #bare(): Buffer {
    const bytes: number[] = []
    for (let byte = this.#byte(); byte !== null; byte = this.#byte()) {
      if (isSpace(byte) || byte === 0x2c || byte === 0x5d || byte === 0x7d || bytes.length > 400) break
      bytes.push(byte)
      this.#at += 1
    }
    return Buffer.from(bytes)
  }

  /** A string, or an object or array with all that is in it. */
  #bracketed(): Buffer {
    const parts: Uint8Array[] = []
    let size = 0
    let depth = 0
    let inString = false
    let begun = this.#at
    const keep = (): void => {
      parts.push(this.#window.subarray(begun, this.#at))
      size += this.#at - begun
      if (size > LONGEST_VALUE) throw new JsonFault('one value is too long', this.offset)
    }
    for (;;) {
      if (this.#at >= this.#window.length) {
        keep()
        if (this.#byte() === null) throw new JsonFault('the file breaks off', this.offset)
        begun = 0
      }
      const byte = this.#next()
      if (inString) {
        if (byte === BACKSLASH) {
          if (this.#at >= this.#window.length) {
            keep()
            if (this.#byte() === null) throw new JsonFault('the file breaks off', this.offset)
            begun = 0
          }
          this.#next()
        } else if (byte === QUOTE) inString = false
      } else if (byte === QUOTE) inString = true
      else if (byte === 0x7b || byte === 0x5b) depth += 1
      else if (byte === 0x7d || byte === 0x5d) depth -= 1
      if (depth === 0 && !inString) break
    }
    keep()
    return Buffer.concat(parts)
  }
}
