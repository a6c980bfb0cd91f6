import { TextDecoder } from 'node:util'
import { ImportRejection } from '../importer.ts'

/** A step through an XML document. Names are local (the namespace prefix is cut off). */
export interface XmlEvent {
  readonly kind: 'open' | 'close' | 'text'
  /** Local name of the element; '' for text. */
  readonly name: string
  /** The raw attributes of an opening tag: see `attributeOf`. */
  readonly attributes: string
  /** Decoded text. */
  readonly text: string
  /** An opening tag that closes itself; no `close` follows. */
  readonly isEmpty: boolean
}

const LONGEST_PIECE = 16 * 1024 * 1024
const LONGEST_TAG = 64 * 1024

/** What cannot begin a name: then "<" is a character that someone forgot to escape. */
const NO_TAG = /[\s\d=<>&;,.()]/

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** The five predefined entities and character references; any other entity stays as written, nothing is ever expanded. */
export function decodeXmlText(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w{1,8});/g, (whole: string, body: string) => {
    if (!body.startsWith('#')) return NAMED.get(body) ?? whole
    const code = body[1] === 'x' ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** The value of an attribute by local name, decoded; undefined where it is absent. */
export function attributeOf(attributes: string, name: string): string | undefined {
  let at = attributes.indexOf(name)
  while (at >= 0) {
    const before = at === 0 ? ' ' : (attributes[at - 1] ?? ' ')
    let after = at + name.length
    while (attributes[after] === ' ') after += 1
    if (/[\s:]/.test(before) && attributes[after] === '=') {
      after += 1
      while (attributes[after] === ' ') after += 1
      const quote = attributes[after]
      if (quote !== '"' && quote !== "'") return undefined
      const end = attributes.indexOf(quote, after + 1)
      return end < 0 ? undefined : decodeXmlText(attributes.slice(after + 1, end))
    }
    at = attributes.indexOf(name, at + 1)
  }
  return undefined
}

/** Where the tag that starts at `start` ends: the first ">" outside quotes, or -1 where more text is needed. */
function tagEnd(buffer: string, start: number): number {
  let quote = ''
  for (let at = start; at < buffer.length; at += 1) {
    const character = buffer[at]
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") {
      quote = character
    } else if (character === '>') {
      return at
    }
  }
  return -1
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

function tagEvent(tag: string): XmlEvent {
  if (tag.startsWith('/'))
    return { kind: 'close', name: localName(tag.slice(1).trim()), attributes: '', text: '', isEmpty: false }
  const isEmpty = tag.endsWith('/')
  const body = isEmpty ? tag.slice(0, -1) : tag
  const space = body.search(/\s/)
  return {
    kind: 'open',
    name: localName(space < 0 ? body : body.slice(0, space)),
    attributes: space < 0 ? '' : body.slice(space),
    text: '',
    isEmpty,
  }
}

/**
 * Walks XML that arrives in pieces: elements, text and CDATA. Comments, processing instructions and document types are
 * passed over; entities they declare are never expanded. It does not insist on well-formedness.
 * Throws `damaged` where a piece of markup does not end within 16 MB.
 */
export function* scanXml(pieces: Iterable<string>): Generator<XmlEvent, void, void> {
  const source = pieces[Symbol.iterator]()
  let buffer = ''
  let at = 0
  let isDone = false
  const more = (): boolean => {
    if (isDone) return false
    if (buffer.length - at > LONGEST_PIECE)
      throw new ImportRejection('damaged', 'The file is damaged: its XML is not readable.')
    const next = source.next()
    if (next.done === true) {
      isDone = true
      return false
    }
    buffer = buffer.slice(at) + next.value
    at = 0
    return true
  }
  /** Index of `mark` at or after `at + skip`, reading on as needed; -1 at the end of the document. */
  const find = (mark: string, skip: number): number => {
    let from = skip
    for (;;) {
      const index = buffer.indexOf(mark, at + from)
      if (index >= 0) return index
      from = Math.max(skip, buffer.length - at - mark.length + 1)
      if (!more()) return -1
    }
  }
  for (;;) {
    const open = find('<', 0)
    const textEnd = open < 0 ? buffer.length : open
    if (textEnd > at) {
      yield { kind: 'text', name: '', attributes: '', text: decodeXmlText(buffer.slice(at, textEnd)), isEmpty: false }
    }
    if (open < 0) return
    at = open
    while (buffer.length - at < 9 && more());
    if (buffer.startsWith('<!--', at)) {
      const end = find('-->', 4)
      if (end < 0) return
      at = end + 3
    } else if (buffer.startsWith('<![CDATA[', at)) {
      const end = find(']]>', 9)
      if (end < 0) return
      yield { kind: 'text', name: '', attributes: '', text: buffer.slice(at + 9, end), isEmpty: false }
      at = end + 3
    } else if (buffer.startsWith('<?', at)) {
      const end = find('?>', 2)
      if (end < 0) return
      at = end + 2
    } else if (buffer.startsWith('<!', at)) {
      const end = find('>', 2)
      if (end < 0) return
      const subset = buffer.indexOf('[', at)
      const close = subset >= 0 && subset < end ? find(']>', 2) : -1
      at = close >= 0 ? close + 2 : end + 1
    } else if (NO_TAG.test(buffer[at + 1] ?? ' ')) {
      yield { kind: 'text', name: '', attributes: '', text: '<', isEmpty: false }
      at += 1
    } else {
      let end = tagEnd(buffer, at + 1)
      while (end < 0) {
        // A quote that never closes, as in careless HTML, must not swallow the rest: then the first ">" ends the tag.
        const isHopeless = buffer.length - at > LONGEST_TAG || !more()
        end = isHopeless ? buffer.indexOf('>', at + 1) : tagEnd(buffer, at + 1)
        if (isHopeless && end < 0) return
      }
      yield tagEvent(buffer.slice(at + 1, end))
      at = end + 1
    }
  }
}

/** Bytes of an XML document as text, piece by piece: UTF-8, or UTF-16 where its byte order mark says so. */
export function* decodeXmlBytes(pieces: Iterable<Uint8Array>): Generator<string, void, void> {
  let decoder = new TextDecoder('utf-8')
  let isFirst = true
  for (const piece of pieces) {
    if (isFirst && piece[0] === 0xff && piece[1] === 0xfe) decoder = new TextDecoder('utf-16le')
    if (isFirst && piece[0] === 0xfe && piece[1] === 0xff) decoder = new TextDecoder('utf-16be')
    isFirst = false
    const text = decoder.decode(piece, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
