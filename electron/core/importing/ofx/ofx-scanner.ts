import { ImportRejection } from '../importer.ts'
import type { TextChunk } from '../text/decode.ts'
import { decodeReferences } from './ofx-entities.ts'

/** Longest stretch of text without a tag, in characters: beyond, the file is no OFX. */
const LONGEST_TEXT = 1 << 20
/** Longest tag with its attributes; also what is held ready behind a "<" so that a tag is never torn. */
const LONGEST_TAG = 2048
const MOST_NAMES = 4096

const NAME = /^[A-Za-z_][\w.-]{0,63}$/
const LINE_BREAKS = /\s*[\r\n]\s*/g

const EXCLAMATION = 33
const SLASH = 47
const QUESTION = 63

const isSpace = (code: number): boolean => code <= 32 || code === 0xa0 || code === 0xfeff
const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95

function cleaned(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isSpace(text.charCodeAt(start))) start += 1
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1
  if (start === end) return ''
  const inner = text.slice(start, end)
  return inner.includes('\n') || inner.includes('\r') ? inner.replaceAll(LINE_BREAKS, ' ') : inner
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
  /** Bytes consumed: progress. */
  position = 0

  readonly #chunks: Iterator<TextChunk>
  readonly #names = new Map<string, string | null>()
  #buffer = ''
  #at = 0
  #ended = false
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
      const end = this.#tagAt(this.#at)
      if (end < 0) {
        this.#at += 1
        continue
      }
      this.#at = end
      if (code === SLASH) return 'close'
      const { name } = this
      this.text = this.#readText()
      this.name = name
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
    this.position = value.position
    return true
  }

  /** The end of the tag at `less`, its name left in `name`; −1 where the "<" is text. */
  #tagAt(less: number): number {
    const code = this.#buffer.charCodeAt(less + 1)
    const start = code === SLASH ? less + 2 : less + 1
    if (!isLetter(this.#buffer.charCodeAt(start))) return -1
    const greater = this.#buffer.indexOf('>', start)
    if (greater < 0 || greater - start > LONGEST_TAG) return -1
    const raw = this.#buffer.slice(start, greater)
    let name = this.#names.get(raw)
    if (name === undefined) {
      name = canonicalName(raw)
      if (this.#names.size < MOST_NAMES) this.#names.set(raw, name)
    }
    if (name === null) return -1
    this.name = name
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
        throw new ImportRejection('damaged', 'The file runs on for a million characters without a tag: it is damaged.')
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
      } else if (this.#tagAt(less) >= 0) {
        const piece = less === this.#at ? '' : decodeReferences(this.#buffer.slice(this.#at, less))
        this.#at = less
        return cleaned(text === '' ? piece : text + piece)
      } else from = less + 1
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
