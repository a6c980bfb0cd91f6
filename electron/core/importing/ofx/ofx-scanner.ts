import { ImportRejection } from '../importer.ts'
import type { TextChunk } from '../text/decode.ts'
import { decodeReferences } from './ofx-entities.ts'

/** Longest stretch of text without a tag, in characters: beyond, the file is no OFX. */
const LONGEST_TEXT = 1 << 18
/** Longest tag with its attributes; also what is held ready behind a "<" so that a tag is never torn. */
const LONGEST_TAG = 2048
const LONGEST_NAME = 64
const MOST_NAMES = 4096

const NAME = /^[A-Za-z_][\w.-]{0,63}$/
/** Brackets in a row that begin no tag: beyond, the file is no OFX. */
const MOST_STRAY = 100_000

const NO_TAGS = 'The file runs on for a long stretch without a tag: it is damaged or no OFX.'

const EXCLAMATION = 33
const SLASH = 47
const QUESTION = 63

const isSpace = (code: number): boolean => code <= 32 || code === 0xa0 || code === 0xfeff
const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95

function joinedLines(text: string): string {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
}

function cleaned(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isSpace(text.charCodeAt(start))) start += 1
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1
  if (start === end) return ''
  const inner = text.slice(start, end)
  return inner.includes('\n') || inner.includes('\r') ? joinedLines(inner) : inner
}

export type OfxToken = 'open' | 'close' | 'end'

/**
 * Pulls tags out of OFX of either kind, SGML without closing tags or XML, through a bounded window. An opening tag
 * comes with the text that follows it, references resolved and outer space gone: the value of an element, or nothing
 * for a group of elements. Comments, processing instructions and declarations are passed over; a "<" that begins no
 * tag is text.
 */
export class OfxScanner {
  /** Upper case, without a namespace prefix. */
  name = ''
  text = ''
  /** The tag closed itself: `<MEMO/>`. */
  selfClosed = false
  /** Bytes consumed: progress. */
  position = 0

  readonly #chunks: Iterator<TextChunk>
  readonly #names = new Map<string, string | null>()
  #buffer = ''
  #at = 0
  /** The tag that was seen while the text before it was read: where it begins and ends, and its name. */
  #aheadAt = -1
  #aheadEnd = 0
  #ahead = ''
  #ended = false
  #stray = 0
  /** Where the next ">" is, looked for once for all brackets before it; the buffer's length where there is none. */
  #greater = -1
  #pushedBack: OfxToken | null = null

  constructor(chunks: Iterable<TextChunk>) {
    this.#chunks = chunks[Symbol.iterator]()
  }

  /** Hands the present token out once more at the next call of `next`. */
  pushBack(token: OfxToken): void {
    this.#pushedBack = token
  }

  next(): OfxToken {
    if (this.#pushedBack !== null) {
      const token = this.#pushedBack
      this.#pushedBack = null
      return token
    }
    for (;;) {
      const less = this.#buffer.indexOf('<', this.#at)
      this.#at = less < 0 ? this.#buffer.length : less
      if (this.#buffer.length - this.#at < LONGEST_TAG && this.#refill()) continue
      if (less < 0) return 'end'
      const code = this.#buffer.charCodeAt(this.#at + 1)
      if (code === EXCLAMATION || code === QUESTION) {
        this.#passOver()
        continue
      }
      const end = this.#aheadAt === this.#at ? this.#aheadEnd : this.#tagAt(this.#at)
      this.#aheadAt = -1
      if (end < 0) {
        this.#at += 1
        this.#stray += 1
        if (this.#stray > MOST_STRAY) throw new ImportRejection('damaged', NO_TAGS)
        continue
      }
      this.#stray = 0
      this.#at = end
      this.selfClosed = this.#buffer.charCodeAt(end - 2) === SLASH
      if (code === SLASH) {
        this.name = this.#ahead
        return 'close'
      }
      this.name = this.#ahead
      const text = this.#readText()
      this.text = this.selfClosed ? '' : text
      return 'open'
    }
  }

  /** Appends what the source has next to what has not been consumed; false at the end. */
  #refill(): boolean {
    if (this.#ended) return false
    const { value, done } = this.#chunks.next()
    if (done === true) {
      this.#ended = true
      return false
    }
    this.#buffer = this.#at >= this.#buffer.length ? value.text : this.#buffer.slice(this.#at) + value.text
    this.#at = 0
    this.#aheadAt = -1
    this.#greater = -1
    this.position = value.position
    return true
  }

  /** The end of the tag at `less`, its name left in `#ahead`; −1 where the "<" is text. */
  #tagAt(less: number): number {
    const code = this.#buffer.charCodeAt(less + 1)
    const start = code === SLASH ? less + 2 : less + 1
    if (!isLetter(this.#buffer.charCodeAt(start))) return -1
    if (this.#greater < start) {
      const index = this.#buffer.indexOf('>', start)
      this.#greater = index < 0 ? this.#buffer.length : index
    }
    const greater = this.#greater
    if (greater === this.#buffer.length || greater - start > LONGEST_TAG) return -1
    if (greater - start > LONGEST_NAME) {
      const inner = this.#buffer.indexOf('<', start)
      if (inner >= 0 && inner < greater) return -1
    }
    const raw = this.#buffer.slice(start, greater)
    let name = this.#names.get(raw)
    if (name === undefined) {
      name = canonicalName(raw)
      if (this.#names.size < MOST_NAMES) this.#names.set(raw, name)
    }
    if (name === null) return -1
    this.#ahead = name
    return greater + 1
  }

  /** Reads up to the next tag, passing over comments. */
  #readText(): string {
    let text = ''
    let from = this.#at
    for (;;) {
      const less = this.#buffer.indexOf('<', from)
      const ready = less < 0 ? this.#buffer.length : less
      if (ready - this.#at + text.length > LONGEST_TEXT) {
        throw new ImportRejection('damaged', NO_TAGS)
      }
      if (this.#buffer.length - ready < LONGEST_TAG) {
        const offset = ready - this.#at
        if (this.#refill()) {
          from = this.#at + offset
          continue
        }
      }
      if (less < 0) {
        text += decodeReferences(this.#buffer.slice(this.#at))
        this.#at = this.#buffer.length
        return cleaned(text)
      }
      const code = this.#buffer.charCodeAt(less + 1)
      if (code === EXCLAMATION || code === QUESTION) {
        text += decodeReferences(this.#buffer.slice(this.#at, less))
        this.#at = less
        text += this.#passOver()
        from = this.#at
        continue
      }
      const end = this.#tagAt(less)
      if (end >= 0) {
        this.#aheadAt = less
        this.#aheadEnd = end
        const piece = less === this.#at ? '' : decodeReferences(this.#buffer.slice(this.#at, less))
        this.#at = less
        return cleaned(text === '' ? piece : text + piece)
      }
      from = less + 1
    }
  }

  /** Passes over the comment, instruction or declaration at hand; gives the text of a CDATA section. */
  #passOver(): string {
    const { length } = this.#buffer
    if (this.#buffer.startsWith('<!--', this.#at)) {
      this.#at += 4
      this.#skipPast('-->')
    } else if (this.#buffer.startsWith('<![CDATA[', this.#at)) {
      this.#at += 9
      return this.#takeUntil(']]>')
    } else if (length - this.#at > 1) {
      this.#at += 2
      this.#skipPast('>')
    }
    return ''
  }

  /** Drops everything up to and with `mark`, in bounded memory however far it is. */
  #skipPast(mark: string): void {
    for (;;) {
      const index = this.#buffer.indexOf(mark, this.#at)
      if (index >= 0) {
        this.#at = index + mark.length
        return
      }
      this.#at = Math.max(this.#at, this.#buffer.length - mark.length + 1)
      if (!this.#refill()) {
        this.#at = this.#buffer.length
        return
      }
    }
  }

  #takeUntil(mark: string): string {
    for (;;) {
      const index = this.#buffer.indexOf(mark, this.#at)
      const end = index < 0 ? this.#buffer.length : index
      if (end - this.#at > LONGEST_TEXT) {
        throw new ImportRejection('damaged', 'The file has a text section that never ends: it is damaged.')
      }
      if (index < 0 && this.#refill()) continue
      const text = this.#buffer.slice(this.#at, end)
      this.#at = index < 0 ? end : index + mark.length
      return text
    }
  }
}

/** Upper case, without namespace prefix, attributes and the slash of an empty element; null where it is no tag's name. */
function canonicalName(raw: string): string | null {
  const bare = /^([^\s/<]+)(?:\s[^<]*)?\/?$/.exec(raw)?.[1]
  if (bare === undefined) return null
  const local = bare.slice(bare.lastIndexOf(':') + 1)
  return NAME.test(local) ? local.toUpperCase() : null
}
