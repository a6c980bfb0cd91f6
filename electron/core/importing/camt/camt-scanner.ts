import { ImportRejection } from '../importer.ts'
import type { TextChunk } from '../text/decode.ts'
import { decodeXmlText } from '../text/xml-scanner.ts'

export type CamtToken = 'open' | 'close' | 'end'

/** Longest text of one element that is kept; the rest is read and left out. */
export const LONGEST_TEXT = 65_536
const LONGEST_TAG = 65_536

const LESS_THAN = 60
const SLASH = 47
const EXCLAMATION = 33
const QUESTION = 63
const SPACE = 32
const COLON = 58

/** What cannot begin a name: then "<" is a character that someone forgot to escape. */
const NO_TAG = /[\s\d=<>&;,.()]/

/**
 * Elements of an XML document one by one, pulled, from text that arrives in chunks. It knows only what data exchange
 * needs: an element's local name, its attributes and, where it has no children, its text. Comments and processing
 * instructions are passed over. No entity is ever expanded but the five that XML predefines; a document that declares
 * some of its own is refused. Memory is bounded by `LONGEST_TEXT`, whatever the file holds.
 */
export class CamtScanner {
  readonly #chunks: Iterator<TextChunk>
  #buffer = ''
  #at = 0
  #token: CamtToken = 'end'
  #isHeld = false
  #isClosing = false
  #isLeaf = false
  /** Bytes of the file consumed so far. */
  position = 0
  /** Local name of the element that the token opens or closes. */
  name = ''
  /** Raw attributes of the element that opened last: see `attributeOf`. */
  attributes = ''
  /** At `close`: the text of an element without children, else ''. */
  text = ''

  constructor(chunks: Iterable<TextChunk>) {
    this.#chunks = chunks[Symbol.iterator]()
  }

  /** Gives the same token again at the next call: it belongs to whoever reads on. */
  hold(): void {
    this.#isHeld = true
  }

  /** Throws `damaged` on a document type with declarations and on a tag that does not end within 64 KiB. */
  next(): CamtToken {
    if (this.#isHeld) this.#isHeld = false
    else this.#token = this.#advance()
    return this.#token
  }

  #advance(): CamtToken {
    if (this.#isClosing) {
      this.#isClosing = false
      this.text = ''
      return 'close'
    }
    let carried = ''
    for (;;) {
      const open = this.#buffer.indexOf('<', this.#at)
      if (open < 0) {
        if (this.#buffer.length - this.#at > LONGEST_TEXT || !this.#isLeaf) {
          if (this.#isLeaf) carried = joined(carried, decodeXmlText(this.#buffer.slice(this.#at)))
          this.#at = this.#buffer.length
        }
        if (!this.#more()) return 'end'
        continue
      }
      const code = this.#buffer.charCodeAt(open + 1)
      if (Number.isNaN(code)) {
        if (!this.#more()) return 'end'
      } else if (code === SLASH) {
        const end = this.#buffer.indexOf('>', open + 2)
        if (end >= 0) {
          this.text = this.#isLeaf ? joined(carried, decodeXmlText(this.#buffer.slice(this.#at, open))) : ''
          this.#isLeaf = false
          this.name = localName(this.#buffer.slice(open + 2, end))
          this.#at = end + 1
          return 'close'
        }
        this.#needTag(open)
        if (!this.#more()) return 'end'
      } else if (code === EXCLAMATION || code === QUESTION) {
        const text = this.#markup(open)
        if (text === null) return 'end'
        carried = joined(carried, text)
      } else if (NO_TAG.test(this.#buffer[open + 1] ?? ' ')) {
        if (this.#isLeaf) carried = joined(carried, decodeXmlText(this.#buffer.slice(this.#at, open + 1)))
        this.#at = open + 1
      } else {
        const end = this.#tagEnd(open + 1)
        if (end >= 0) return this.#open(open + 1, end)
        this.#needTag(open)
        if (!this.#more()) return 'end'
      }
    }
  }

  #open(start: number, end: number): CamtToken {
    const isEmpty = this.#buffer.charCodeAt(end - 1) === SLASH
    const stop = isEmpty ? end - 1 : end
    let at = start
    while (at < stop && this.#buffer.charCodeAt(at) > SPACE) at += 1
    this.name = localName(this.#buffer.slice(start, at))
    this.attributes = at < stop ? this.#buffer.slice(at, stop) : ''
    this.#at = end + 1
    this.#isLeaf = !isEmpty
    this.#isClosing = isEmpty
    return 'open'
  }

  /** Where the tag ends: the first ">" outside quotes, or -1 where more text is needed. */
  #tagEnd(start: number): number {
    let end = this.#buffer.indexOf('>', start)
    let from = start
    while (end >= 0) {
      const quote = firstQuote(this.#buffer, from, end)
      if (quote < 0) return end
      const closing = this.#buffer.indexOf(this.#buffer[quote] ?? '"', quote + 1)
      if (closing < 0) return -1
      from = closing + 1
      if (closing > end) end = this.#buffer.indexOf('>', from)
    }
    return -1
  }

  /** Passes over a comment, instruction or document type; answers the text before it, and that of a CDATA section. */
  #markup(open: number): string | null {
    while (this.#buffer.length - open < 9) {
      const before = open - this.#at
      if (!this.#more()) break
      open = this.#at + before
    }
    const text = this.#isLeaf ? decodeXmlText(this.#buffer.slice(this.#at, open)) : ''
    this.#at = open + 2
    if (this.#buffer.startsWith('<!--', open)) {
      this.#at = open + 4
      return this.#pass('-->') === null ? null : text
    }
    if (this.#buffer.startsWith('<![CDATA[', open)) {
      this.#at = open + 9
      const section = this.#pass(']]>')
      return section === null ? null : text + (this.#isLeaf ? section : '')
    }
    if (this.#buffer.charCodeAt(open + 1) === QUESTION) return this.#pass('?>') === null ? null : text
    const declaration = this.#pass('>')
    if (declaration === null) return null
    if (declaration.includes('[')) {
      const message = 'The file declares entities of its own, as no bank statement does: it is not read, for safety.'
      throw new ImportRejection('damaged', message)
    }
    return text
  }

  /** Moves past `mark`; answers what stood before it, as far as it is kept. Null at the end of the document. */
  #pass(mark: string): string | null {
    let passed = ''
    for (;;) {
      const end = this.#buffer.indexOf(mark, this.#at)
      if (end >= 0) {
        passed = joined(passed, this.#buffer.slice(this.#at, end))
        this.#at = end + mark.length
        return passed
      }
      const keep = Math.max(this.#at, this.#buffer.length - mark.length + 1)
      passed = joined(passed, this.#buffer.slice(this.#at, keep))
      this.#at = keep
      if (!this.#more()) return null
    }
  }

  #needTag(open: number): void {
    if (this.#buffer.length - open > LONGEST_TAG) {
      throw new ImportRejection('damaged', 'The file is damaged: its XML is not readable.')
    }
  }

  #more(): boolean {
    const next = this.#chunks.next()
    if (next.done === true) return false
    this.position = next.value.position
    this.#buffer = this.#at < this.#buffer.length ? this.#buffer.slice(this.#at) + next.value.text : next.value.text
    this.#at = 0
    return true
  }
}

function joined(carried: string, text: string): string {
  if (text === '' || carried.length >= LONGEST_TEXT) return carried
  const whole = carried === '' ? text : carried + text
  return whole.length > LONGEST_TEXT ? whole.slice(0, LONGEST_TEXT) : whole
}

function firstQuote(text: string, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 34 || code === 39) return at
    if (code === LESS_THAN) return -1
  }
  return -1
}

function localName(name: string): string {
  let start = 0
  let end = name.length
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at)
    if (code === COLON) start = at + 1
    else if (code <= SPACE) {
      end = at
      break
    }
  }
  return start === 0 && end === name.length ? name : name.slice(start, end)
}
