import type { TextLine } from '../text/decode.ts'

/** Fields of MT940, MT942 and their kin (MT941, MT950), and those that banks add. */
const TAGS: ReadonlySet<string> = new Set(
  '13 13C 13D 20 21 25 25P 28 28C 34F 60 60F 60M 61 62 62F 62M 64 65 65F 86 90C 90D 940 942 NS'.split(' '),
)

/** Fields of free text, in which a line may begin with anything. */
const TEXT_TAGS: ReadonlySet<string> = new Set(['61', '86', 'NS'])

/** Marks of a transmission (start and end of text) and other characters that no text has. */
const CONTROL = /[^\t\n\r\u0020-\uffff]/
const CONTROLS = new RegExp(CONTROL.source, 'g')

const MOST_LINES = 120
const LONGEST_LINE = 2000

/** A field, its envelope's block, or a line outside of any field. */
export type SwiftPart =
  | {
      readonly type: 'field'
      readonly tag: string
      /** What follows the tag, then the lines that continue it, as they stand. */
      readonly lines: readonly string[]
      /** 1-based line of the tag. */
      readonly line: number
      readonly position: number
    }
  | { readonly type: 'header'; readonly text: string; readonly position: number }
  /** A line that looks like a booking but whose tag is damaged. */
  | { readonly type: 'broken-tag'; readonly text: string; readonly line: number; readonly position: number }

const ENVELOPE = /\{[1-5]:/
/** Lines by which banks head the next message. */
const HEADING = /^(?:[A-Z]{6}[A-Z0-9]{2,6}|94[0-2]\b.*|\d{4} \d{2}[A-Z]{6}.*)$/
/** A time of day torn at the line's end: "… 16" and ":25:31 …". */
const TORN_TIME = /^:[0-5]\d:[0-5]\d(?!\d)/
const LIKE_BOOKING = /^(?::\s?6[1Il|]\s?[:;.]?|6[1Il|]\s?:)\s?\d{6}(?:\d{4})?\s?R?[CD][A-Z]?\d{1,15}[,.]/i

/** The tag at the line's beginning and where its value begins; null where there is none. */
function tagOf(line: string): { tag: string; valueAt: number } | null {
  if (line.charCodeAt(0) !== 58) return null
  const end = line.indexOf(':', 1)
  if (end < 3 || end > 6) return null
  const tag = line.slice(1, end).trim().toUpperCase()
  return TAGS.has(tag) ? { tag, valueAt: end + 1 } : null
}

/** Takes the end of a message off a line that has text before it: "EUR36992,-}{5:}". */
function withoutTrailer(line: string): string {
  const at = line.indexOf('-}')
  if (at < 1) return line
  const rest = line.slice(at + 2).trim()
  return rest === '' || rest.startsWith('{') ? line.slice(0, at) : line
}

interface OpenField {
  readonly tag: string
  readonly lines: string[]
  readonly line: number
}

/** Groups the lines of a SWIFT statement file into fields, in bounded memory. */
export class SwiftFields {
  #field: OpenField | null = null
  /** A lone "-" stood within a text: the end of the message, unless text goes on. */
  #dashed = false
  /** The closing balance has been seen: text that follows is of no booking. */
  #closed = false
  #position = 0

  #isTornTime(line: string): boolean {
    const field = this.#field
    if (field === null || !TEXT_TAGS.has(field.tag) || !TORN_TIME.test(line)) return false
    const previous = field.lines.at(-1) ?? ''
    return previous.length >= 50 && /\d\d$/.test(previous)
  }

  *read(lines: Iterable<TextLine>): Generator<SwiftPart, void, void> {
    for (const { text, number, position } of lines) {
      this.#position = position
      const short = text.length > LONGEST_LINE ? text.slice(0, LONGEST_LINE) : text
      const line = CONTROL.test(short) ? short.replaceAll(CONTROLS, '') : short
      yield* this.#line(line, number)
    }
    yield* this.#end()
  }

  *#line(line: string, number: number): Generator<SwiftPart, void, void> {
    const first = line.charCodeAt(0)
    if (first === 58 || first === 32 || first === 9) {
      const trimmed = first === 58 ? line : line.trimStart()
      const found = tagOf(trimmed)
      if (found !== null && !this.#isTornTime(trimmed)) {
        yield* this.#open(found.tag, trimmed.slice(found.valueAt), number)
        return
      }
    }
    if (line.includes('{') && ENVELOPE.test(line)) {
      yield* this.#envelope(line, number)
      return
    }
    const field = this.#field
    if (field === null) {
      if (line.trim() === '') return
      if (LIKE_BOOKING.test(line)) yield { type: 'broken-tag', text: line, line: number, position: this.#position }
      else yield { type: 'header', text: line.trim(), position: this.#position }
      return
    }
    yield* this.#continue(field, line, number)
  }

  *#continue(field: OpenField, line: string, number: number): Generator<SwiftPart, void, void> {
    const trimmed = line.trim()
    if (trimmed.startsWith('-}') || (trimmed.startsWith('-') && (this.#closed || !TEXT_TAGS.has(field.tag)))) {
      yield* this.#end()
      return
    }
    if (trimmed === '-') {
      this.#dashed = true
      return
    }
    if (this.#dashed) {
      if (trimmed === '') return
      if (HEADING.test(trimmed)) {
        yield* this.#end()
        yield { type: 'header', text: trimmed, position: this.#position }
        return
      }
      this.#dashed = false
      field.lines.push('-')
    }
    if (LIKE_BOOKING.test(line)) {
      yield* this.#end()
      yield { type: 'broken-tag', text: trimmed, line: number, position: this.#position }
      return
    }
    if (field.lines.length < MOST_LINES) field.lines.push(withoutTrailer(line))
  }

  *#open(tag: string, value: string, number: number): Generator<SwiftPart, void, void> {
    yield* this.#end()
    if (tag.startsWith('62')) this.#closed = true
    else if (tag === '20' || tag === '61' || tag.startsWith('60')) this.#closed = false
    this.#field = { tag, lines: [withoutTrailer(value)], line: number }
  }

  *#envelope(line: string, number: number): Generator<SwiftPart, void, void> {
    yield* this.#end()
    this.#closed = false
    const text = line.indexOf('{4:')
    yield { type: 'header', text: text < 0 ? line : line.slice(0, text), position: this.#position }
    const rest = text < 0 ? '' : line.slice(text + 3).trimStart()
    const found = tagOf(rest)
    if (found !== null) yield* this.#open(found.tag, rest.slice(found.valueAt), number)
  }

  *#end(): Generator<SwiftPart, void, void> {
    const field = this.#field
    this.#field = null
    this.#dashed = false
    if (field !== null) yield { type: 'field', ...field, position: this.#position }
  }
}
