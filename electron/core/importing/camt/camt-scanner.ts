import { ImportRejection } from '../importer.ts'
import type { TextChunk } from '../text/decode.ts'
import { decodeXmlText } from '../text/xml-scanner.ts'

/** `leaf`: an element without children, whole. `open` and `close`: the two ends of one that has some. */
export type CamtToken = 'open' | 'leaf' | 'close' | 'end'

/** Longest text of one element that is kept; the rest is read and left out. */
export const LONGEST_TEXT = 65_536
const LONGEST_TAG = 65_536
/** Deepest nesting that is read; the standard's own is below 20. */
const DEEPEST = 64
/** Furthest that `skip` looks ahead for an end. */
const LONGEST_LEAP = 4_096

const LESS_THAN = 60
const GREATER_THAN = 62
const SLASH = 47
const EXCLAMATION = 33
const QUESTION = 63
const SPACE = 32
const COLON = 58
const DOUBLE_QUOTE = 34
const SINGLE_QUOTE = 39

/** Whether a name may begin so; else "<" is a character that someone forgot to escape. */
const beginsName = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128

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
  #hasReferences = false
  /** The elements that are open: names as written, and local names. */
  readonly #written: string[] = []
  readonly #names: string[] = []
  /** Bytes of the file consumed so far. */
  position = 0
  /** Local name of the element that the token is of. */
  name = ''
  /** Raw attributes of the element that opened last: see `attributeOf`. */
  attributes = ''
  /** The text of a leaf, decoded. */
  text = ''

  constructor(chunks: Iterable<TextChunk>) {
    this.#chunks = chunks[Symbol.iterator]()
  }

  /** The token that `next` gave last. */
  get token(): CamtToken {
    return this.#token
  }

  /** Elements that are open. */
  get depth(): number {
    return this.#names.length
  }

  /** Gives the same token again at the next call: it belongs to whoever reads on. */
  hold(): void {
    this.#isHeld = true
  }

  /**
   * Moves on by one token. Throws `damaged` on a document type with declarations, on a tag that does not end within
   * 64 KiB and on elements nested deeper than 64.
   */
  next(): CamtToken {
    if (this.#isHeld) this.#isHeld = false
    else this.#token = this.#advance()
    return this.#token
  }

  /**
   * Passes over the element that has just opened where its end is near and nothing before it says otherwise; false where
   * that cannot be told at a glance and nothing was passed.
   */
  leap(unless: string): boolean {
    const written = this.#written.at(-1)
    if (this.#isHeld || this.#token !== 'open' || written === undefined) return false
    const mark = `</${written}>`
    const end = this.#buffer.indexOf(mark, this.#at)
    if (end < 0 || end - this.#at > LONGEST_LEAP) return false
    const passed = this.#buffer.slice(this.#at, end)
    if (passed.indexOf(unless) >= 0 || passed.indexOf('<!') >= 0) return false
    this.#written.pop()
    this.#names.pop()
    this.#at = end + mark.length
    return true
  }

  #advance(): CamtToken {
    for (;;) {
      const buffer = this.#buffer
      const open = buffer.charCodeAt(this.#at) === LESS_THAN ? this.#at : buffer.indexOf('<', this.#at)
      this.#at = open < 0 ? buffer.length : open
      const code = buffer.charCodeAt(this.#at + 1)
      if (beginsName(code)) {
        const token = this.#element(open)
        if (token !== null) return token
        this.#needTag(open)
        if (!this.#more()) return 'end'
      } else if (code === SLASH) {
        if (this.#close(open)) return 'close'
        this.#needTag(open)
        if (!this.#more()) return 'end'
      } else if (code === EXCLAMATION || code === QUESTION) {
        if (this.#markup() === null) return 'end'
      } else if (Number.isNaN(code)) {
        if (!this.#more()) return 'end'
      } else this.#at = open + 1
    }
  }

  /** Reads an opening tag and, if the element is a leaf, its text and end; null where more of the file is needed. */
  #element(open: number): CamtToken | null {
    const buffer = this.#buffer
    let at = open + 1
    let local = at
    let code = buffer.charCodeAt(at)
    while (code > SPACE && code !== GREATER_THAN && code !== SLASH) {
      at += 1
      if (code === COLON) local = at
      code = buffer.charCodeAt(at)
    }
    const end = code === GREATER_THAN ? at : this.#tagEnd(at)
    if (end < 0) return null
    const name = buffer.slice(local, at)
    const isEmpty = buffer.charCodeAt(end - 1) === SLASH
    const attributes = at < end ? buffer.slice(at, isEmpty ? end - 1 : end) : ''
    if (isEmpty) {
      this.#at = end + 1
      return this.#leaf(name, attributes, '')
    }
    const written = local === open + 1 ? name : buffer.slice(open + 1, at)
    const next = buffer.charCodeAt(end + 1) === LESS_THAN ? end + 1 : buffer.indexOf('<', end + 1)
    if (next >= 0 && buffer.charCodeAt(next + 1) === SLASH) {
      const close = next + 2 + written.length
      if (buffer.charCodeAt(close) === GREATER_THAN && buffer.startsWith(written, next + 2)) {
        this.#at = close + 1
        return this.#leaf(name, attributes, this.#decoded(bounded(buffer.slice(end + 1, next))))
      }
    } else if (next >= 0 && beginsName(buffer.charCodeAt(next + 1))) {
      this.#at = next
      return this.#push(name, written, attributes)
    }
    this.#at = end + 1
    return this.#unusual(name, written, attributes)
  }

  #leaf(name: string, attributes: string, text: string): CamtToken {
    this.name = name
    this.attributes = attributes
    this.text = text
    return 'leaf'
  }

  #push(name: string, written: string, attributes: string): CamtToken {
    if (this.#names.length >= DEEPEST) {
      throw new ImportRejection('damaged', 'The file is damaged: its elements are nested deeper than any statement.')
    }
    this.#names.push(name)
    this.#written.push(written)
    this.name = name
    this.attributes = attributes
    this.text = ''
    return 'open'
  }

  /** The rest of an element that has comments or CDATA in its text, that spans chunks, or that ends otherwise. */
  #unusual(name: string, written: string, attributes: string): CamtToken {
    let text = ''
    for (;;) {
      const found = this.#buffer.indexOf('<', this.#at)
      const stop = found < 0 ? this.#buffer.length : found
      if (found < 0 && this.#buffer.length - this.#at <= LONGEST_TEXT) {
        // a reference must not be torn apart
        if (!this.#more()) break
        continue
      }
      text = joined(text, this.#decoded(this.#buffer.slice(this.#at, stop)))
      this.#at = stop
      const code = this.#buffer.charCodeAt(stop + 1)
      if (found < 0 || Number.isNaN(code)) {
        if (!this.#more()) break
      } else if (code === EXCLAMATION || code === QUESTION) {
        const section = this.#markup()
        if (section === null) break
        text = joined(text, section)
      } else if (code === SLASH) {
        const end = this.#buffer.indexOf('>', stop)
        if (end >= 0) {
          if (localName(this.#buffer.slice(stop + 2, end)) !== name) break
          this.#at = end + 1
          return this.#leaf(name, attributes, text)
        }
        this.#needTag(stop)
        if (!this.#more()) break
      } else if (beginsName(code)) break
      else {
        text = joined(text, '<')
        this.#at += 1
      }
    }
    return this.#push(name, written, attributes)
  }

  /** Reads a closing tag; false where more of the file is needed. */
  #close(open: number): boolean {
    const written = this.#written.at(-1)
    if (written !== undefined) {
      const end = open + 2 + written.length
      if (this.#buffer.charCodeAt(end) === GREATER_THAN && this.#buffer.startsWith(written, open + 2)) {
        this.#written.pop()
        this.name = this.#names.pop() ?? ''
        this.#at = end + 1
        return true
      }
    }
    const end = this.#buffer.indexOf('>', open + 2)
    if (end < 0) return false
    this.name = localName(this.#buffer.slice(open + 2, end))
    this.#at = end + 1
    const level = this.#names.lastIndexOf(this.name)
    if (level >= 0) {
      this.#names.length = level
      this.#written.length = level
    }
    return true
  }

  /** Where the tag ends: the first ">" outside quotes, or -1 where more text is needed. */
  #tagEnd(start: number): number {
    const buffer = this.#buffer
    for (let at = start; at < buffer.length; at += 1) {
      const code = buffer.charCodeAt(at)
      if (code === GREATER_THAN) return at
      if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
        at = buffer.indexOf(code === DOUBLE_QUOTE ? '"' : "'", at + 1)
        if (at < 0) return -1
      }
    }
    return -1
  }

  /** Passes over a comment, instruction or document type; answers the text of a CDATA section, null at the file's end. */
  #markup(): string | null {
    while (this.#buffer.length - this.#at < 9 && this.#more());
    const start = this.#at
    if (this.#buffer.startsWith('<!--', start)) {
      this.#at = start + 4
      return this.#pass('-->') === null ? null : ''
    }
    if (this.#buffer.startsWith('<![CDATA[', start)) {
      this.#at = start + 9
      return this.#pass(']]>')
    }
    this.#at = start + 2
    if (this.#buffer.charCodeAt(start + 1) === QUESTION) return this.#pass('?>') === null ? null : ''
    const declaration = this.#pass('>')
    if (declaration === null) return null
    if (declaration.includes('[')) {
      const message = 'The file declares entities of its own, as no bank statement does: it is not read, for safety.'
      throw new ImportRejection('damaged', message)
    }
    return ''
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

  #decoded(text: string): string {
    return this.#hasReferences ? decodeXmlText(text) : text
  }

  #needTag(open: number): void {
    if (this.#buffer.length - open > LONGEST_TAG + LONGEST_TEXT) {
      throw new ImportRejection('damaged', 'The file is damaged: its XML is not readable.')
    }
  }

  #more(): boolean {
    const next = this.#chunks.next()
    if (next.done === true) return false
    const { position, text } = next.value
    this.position = position
    const rest = this.#at < this.#buffer.length ? this.#buffer.slice(this.#at) : ''
    this.#buffer = rest + text
    this.#at = 0
    this.#hasReferences = this.#buffer.includes('&')
    return true
  }
}

const bounded = (text: string): string => (text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text)

function joined(carried: string, text: string): string {
  if (text === '' || carried.length >= LONGEST_TEXT) return carried
  return bounded(carried === '' ? text : carried + text)
}

function localName(written: string): string {
  const name = written.trim()
  return name.slice(name.indexOf(':') + 1)
}
