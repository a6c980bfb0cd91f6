import { TextDecoder } from 'node:util'
import type { ByteSource } from '../importer.ts'
import { windowOf } from '../read-window.ts'
import type { TableReader, TableRow } from './table-reader.ts'

export interface DelimitedOptions {
  /** A label that `TextDecoder` knows ("utf-8", "utf-16le", "gb18030", "windows-1252"). */
  readonly encoding: string
  readonly delimiter: string
  /** '' switches quoting off. */
  readonly quote: '"' | "'" | ''
}

/** Bytes decoded at a time: text of this size dies young; larger text would fill the heap until the next full collection. */
const CHUNK = 32 * 1024
/** A quoted field longer than this (in characters) was never closed: its quote is then an ordinary character. */
const LONGEST_FIELD = 256 * 1024
/** A line longer than this is cut, so that a file without line ends passes through bounded memory. */
const LONGEST_RECORD = 1024 * 1024
/** After so many quotes that never close, a quoted field must end on its own line: keeps hostile files linear. */
const PATIENCE = 64

const NEWLINE = 10
const RETURN = 13
const SPACE = 32
const TAB = 9
const EQUALS = 61

const INCOMPLETE = -1

class DelimitedReader implements TableReader {
  readonly name = ''
  readonly #source: ByteSource
  readonly #window: (offset: number) => Uint8Array
  readonly #encoding: string
  readonly #delimiter: string
  readonly #delimiterCode: number
  readonly #quote: string
  readonly #quoteCode: number
  #consumed = 0
  #text = ''
  #last = false
  #unclosed = 0
  /** The cells of the record just read, the first `#count` of them: kept between records, for growing an array is dear. */
  readonly #cells: string[] = []
  #count = 0
  /** Line ends inside the quoted fields of the record just read. */
  #innerLines = 0

  constructor(source: ByteSource, options: DelimitedOptions) {
    this.#source = source
    this.#window = windowOf(source, CHUNK)
    this.#encoding = options.encoding
    this.#delimiter = options.delimiter
    this.#delimiterCode = options.delimiter.charCodeAt(0)
    this.#quote = options.quote
    this.#quoteCode = options.quote === '' ? -1 : options.quote.charCodeAt(0)
  }

  position(): number {
    return this.#consumed
  }

  *rows(): Generator<TableRow, void, void> {
    const decoder = new TextDecoder(this.#encoding)
    this.#consumed = 0
    this.#text = ''
    this.#last = false
    this.#unclosed = 0
    let start = 0
    let line = 1
    for (;;) {
      const end = start >= this.#text.length ? INCOMPLETE : this.#readRecord(start)
      if (end === INCOMPLETE) {
        if (this.#last) return
        this.#more(decoder, start)
        start = 0
        continue
      }
      const count = this.#count
      const isBlank = count === 1 && this.#cells[0] === ''
      const record = line
      line += 1 + this.#innerLines
      start = end
      if (!isBlank) yield { record, cells: this.#cells.slice(0, count) }
    }
  }

  /** Keeps the text from `start` on and puts the next chunk of the file behind it. */
  #more(decoder: TextDecoder, start: number): void {
    // a record that goes on and on is scanned again each time: by ever larger pieces, so that the work stays linear
    const carried = this.#text.length - start
    const bytes = carried > CHUNK ? this.#source.read(this.#consumed, carried) : this.#wholeLines()
    this.#consumed += bytes.length
    this.#last = bytes.length === 0 || this.#consumed >= this.#source.size
    let next = decoder.decode(bytes, { stream: !this.#last })
    if (next.includes('\0')) next = next.replaceAll('\0', '')
    // Control-Z ended text files under CP/M and DOS; some bank hosts still write it.
    if (this.#last && next.endsWith('\u001A')) next = next.slice(0, -1)
    this.#text = start >= this.#text.length ? next : this.#text.slice(start) + next
  }

  /**
   * The next chunk up to its last line end: what begins with a record need not be put together with what was left of the
   * chunk before. No other byte of a character is a line end's in any encoding but UTF-16, and there nothing is lost
   * but the saving, for what is cut in the middle is decoded as a stream.
   */
  #wholeLines(): Uint8Array {
    const bytes = this.#window(this.#consumed)
    if (this.#consumed + bytes.length >= this.#source.size) return bytes
    const end = bytes.lastIndexOf(NEWLINE)
    return end < 0 ? bytes : bytes.subarray(0, end + 1)
  }

  /** Fills `#cells` from the record at `start`; answers where the next one begins, or INCOMPLETE if it may go on. */
  #readRecord(start: number): number {
    const text = this.#text
    const length = text.length
    const last = this.#last || length - start > LONGEST_RECORD
    const delimiterCode = this.#delimiterCode
    const wide = this.#delimiter.length > 1
    const width = this.#delimiter.length
    const quoteCode = this.#quoteCode
    const cells = this.#cells
    let count = 0
    let at = start
    this.#innerLines = 0
    for (;;) {
      if (quoteCode >= 0) {
        const open = this.#openingQuote(at)
        const end = open < 0 ? UNCLOSED : this.#readQuoted(open, last)
        if (end === INCOMPLETE) return INCOMPLETE
        // a quote that never closes is an ordinary character: its cell is then read as a bare one
        if (open >= 0 && end === UNCLOSED) this.#unclosed += 1
        if (end !== UNCLOSED) {
          cells[count++] = this.#value
          at = end
          if (at >= length) return this.#finish(count, length)
          const code = text.charCodeAt(at)
          if (code === NEWLINE) return this.#finish(count, at + 1)
          if (code === RETURN) return this.#afterReturn(count, at, last)
          at += width
          continue
        }
      }
      let end = at
      let code = 0
      for (; end < length; end += 1) {
        code = text.charCodeAt(end)
        if (code === delimiterCode) {
          if (!wide || text.startsWith(this.#delimiter, end)) break
        } else if (code === NEWLINE || code === RETURN) break
      }
      if (end >= length) {
        if (!last) return INCOMPLETE
        cells[count++] = text.slice(at, length)
        return this.#finish(count, length)
      }
      cells[count++] = text.slice(at, end)
      if (code === NEWLINE) return this.#finish(count, end + 1)
      if (code === RETURN) return this.#afterReturn(count, end, last)
      at = end + width
    }
  }

  #finish(count: number, next: number): number {
    this.#count = count
    return next
  }

  #afterReturn(count: number, at: number, last: boolean): number {
    if (at + 1 >= this.#text.length && !last) return INCOMPLETE
    return this.#finish(count, this.#text.charCodeAt(at + 1) === NEWLINE ? at + 2 : at + 1)
  }

  /** Where the cell at `at` opens a quote (after spaces, or after the = of a spreadsheet's ="0123"), else −1. */
  #openingQuote(at: number): number {
    const text = this.#text
    let place = at
    let code = text.charCodeAt(place)
    while (code === SPACE || (code === TAB && this.#delimiterCode !== TAB)) code = text.charCodeAt((place += 1))
    if (code === this.#quoteCode) return place
    if (code === EQUALS && text.charCodeAt(place + 1) === this.#quoteCode) return place + 1
    return -1
  }

  #value = ''

  /** Reads the field whose quote stands at `open` into `#value`; answers the place of the delimiter or line end after it. */
  #readQuoted(open: number, last: boolean): number {
    const text = this.#text
    const length = text.length
    let value = ''
    let segment = open + 1
    let search = segment
    let lines = 0
    let counted = segment
    /** Unescaped quotes so far: after an odd number of them a doubled quote at the field's end closes both. */
    let loose = 0
    for (;;) {
      const close = text.indexOf(this.#quote, search)
      if (close < 0 || close - open > LONGEST_FIELD) {
        return last || length - open > LONGEST_FIELD ? UNCLOSED : INCOMPLETE
      }
      if (close + 1 >= length && !last) return INCOMPLETE
      const doubled = text.charCodeAt(close + 1) === this.#quoteCode
      if (doubled && close + 2 >= length && !last) return INCOMPLETE
      if (doubled && (loose % 2 === 0 || !this.#endsCell(close + 2))) {
        value += text.slice(segment, close + 1)
        segment = search = close + 2
        continue
      }
      lines += this.#linesWithin(counted, close)
      counted = close
      const end = doubled ? close + 1 : close
      let after = end + 1
      let code = text.charCodeAt(after)
      while (code === SPACE || (code === TAB && this.#delimiterCode !== TAB)) code = text.charCodeAt((after += 1))
      if (after >= length && !last) return INCOMPLETE
      if (this.#endsCell(after)) {
        if (lines > 0 && this.#unclosed > PATIENCE) return UNCLOSED
        this.#innerLines += lines
        this.#value = value === '' ? text.slice(segment, end) : value + text.slice(segment, end)
        return after
      }
      // A quote in the middle. Unescaped quotes inside one line are common ("the "Old" Inn"); but where a line was
      // crossed, or the quote looks like the opening of a later field, ours was never meant to open anything.
      if (lines > 0) return UNCLOSED
      if (close > open + 1 && this.#isDelimiter(text.charCodeAt(close - 1), close - 1)) return UNCLOSED
      loose += 1
      value += text.slice(segment, close + 1)
      segment = search = close + 1
    }
  }

  /** Whether a delimiter, a line end or the end of the text stands at `at`. */
  #endsCell(at: number): boolean {
    if (at >= this.#text.length) return true
    const code = this.#text.charCodeAt(at)
    return code === NEWLINE || code === RETURN || this.#isDelimiter(code, at)
  }

  #isDelimiter(code: number, at: number): boolean {
    if (code !== this.#delimiterCode) return false
    return this.#delimiter.length === 1 || this.#text.startsWith(this.#delimiter, at)
  }

  #linesWithin(from: number, to: number): number {
    const text = this.#text
    let lines = 0
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at)
      if (code === NEWLINE || (code === RETURN && text.charCodeAt(at + 1) !== NEWLINE)) lines += 1
    }
    return lines
  }
}

const UNCLOSED = -2

/** Marks that divide a text's cells, in the order in which they are tried. */
export const DELIMITERS = [',', ';', '\t', '|'] as const

/**
 * Reads delimited text row by row in bounded memory: RFC 4180 and what is met in the wild — doubled and unescaped
 * quotes, quotes that never close (then an ordinary character, so that the lines after it survive), fields over several
 * lines, spaces around quotes, ="0123", CR, LF and CRLF, a byte order mark, NUL bytes, UTF-16. Empty lines are not rows;
 * `record` counts them. Each call of `rows()` starts at the beginning. Never throws on content.
 */
export function createDelimitedReader(source: ByteSource, options: DelimitedOptions): TableReader {
  return new DelimitedReader(source, options)
}
