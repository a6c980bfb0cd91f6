import { Buffer } from 'node:buffer'

/** A part of a message: its headers by lower-case name, unfolded, and its body as written, a character for each byte. */
export interface MailPart {
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

const LONGEST_HEADERS = 256 * 1024
const MOST_HEADERS = 500
const HEADER = /^([!-9;-~]{1,80}):[ \t]*(.*)$/

/**
 * Splits a message (RFC 5322) or a part of one into headers and body; null where it does not begin with headers.
 * `text` has a character for each byte.
 */
export function parsePart(text: string): MailPart | null {
  const headers = new Map<string, string>()
  let name = ''
  let at = 0
  for (let lines = 0; at < text.length; lines += 1) {
    if (at > LONGEST_HEADERS || lines > MOST_HEADERS) return null
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    const line = text.slice(at, text[end - 1] === '\r' && end > at ? end - 1 : end)
    at = end + 1
    if (line === '') break
    if (line[0] === ' ' || line[0] === '\t') {
      if (name !== '') headers.set(name, `${headers.get(name) ?? ''} ${line.trim()}`)
      continue
    }
    const match = HEADER.exec(line)
    if (match === null) {
      // the envelope line of a mailbox file
      if (lines === 0 && line.startsWith('From ')) continue
      return null
    }
    // of two headers of one name the first counts
    const found = (match[1] ?? '').toLowerCase()
    name = headers.has(found) ? '' : found
    if (name !== '') headers.set(name, match[2] ?? '')
  }
  return { headers, body: text.slice(at) }
}

function decodeText(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    // a character set that nobody knows: the text is told from itself later on
    return new TextDecoder('utf-8').decode(bytes)
  }
}

const HEX = /^[0-9A-Fa-f]{2}$/

/** Quoted-printable (RFC 2045 6.7): "=E4", and "=" at the end of a line that goes on. */
function quotedPrintable(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  let length = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '=') {
      const code = text.slice(at + 1, at + 3)
      if (HEX.test(code)) {
        bytes[length++] = Number.parseInt(code, 16)
        at += 2
        continue
      }
      if (code === '\r\n' || code[0] === '\n') {
        at += code === '\r\n' ? 2 : 1
        continue
      }
    }
    bytes[length++] = text.charCodeAt(at)
  }
  return bytes.subarray(0, length)
}

/** The bytes of a part's body as they were before they were encoded for the way. */
export function bodyBytes({ headers, body }: MailPart): Uint8Array {
  const encoding = (headers.get('content-transfer-encoding') ?? '').trim().toLowerCase()
  if (encoding === 'base64') return new Uint8Array(Buffer.from(body, 'base64'))
  return encoding === 'quoted-printable' ? quotedPrintable(body) : new Uint8Array(Buffer.from(body, 'latin1'))
}

/** A part's text. */
export function bodyText(part: MailPart): string {
  return decodeText(bodyBytes(part), parameterOf(part.headers.get('content-type') ?? '', 'charset') ?? 'utf-8')
}

const WORD = /=\?([\w-]{1,40})(?:\*[\w-]{0,20})?\?([BbQq])\?([^?\s]{0,4000})\?=/g

/** Words of a header in another character set (RFC 2047), decoded; other text as it is. */
export function decodeWords(text: string): string {
  return text.replace(/\?=\s{1,10}=\?/g, '?==?').replace(WORD, (_, charset: string, how: string, word: string) => {
    const bytes =
      how.toUpperCase() === 'B'
        ? new Uint8Array(Buffer.from(word, 'base64'))
        : quotedPrintable(word.replaceAll('_', ' '))
    return decodeText(bytes, charset)
  })
}

/** The pieces of a header's value between semicolons that stand outside of quotes. */
function piecesOf(value: string): string[] {
  const pieces: string[] = []
  let start = 0
  let isQuoted = false
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '"') isQuoted = !isQuoted
    else if (value[at] === ';' && !isQuoted) {
      pieces.push(value.slice(start, at))
      start = at + 1
    }
  }
  pieces.push(value.slice(start))
  return pieces
}

function percentDecoded(text: string): string {
  const [charset = '', , ...rest] = text.split("'")
  const plain = rest.length === 0 ? text : rest.join("'")
  const bytes = quotedPrintable(plain.replaceAll('%', '='))
  return decodeText(bytes, rest.length === 0 || charset === '' ? 'utf-8' : charset)
}

/** A parameter of a header such as Content-Type, in whatever way it is written (RFC 2045, 2047, 2231). */
export function parameterOf(value: string, name: string): string | undefined {
  let joined = ''
  let isExtended = false
  for (const piece of piecesOf(value).slice(1)) {
    const equals = piece.indexOf('=')
    if (equals < 0) continue
    const key = piece.slice(0, equals).trim().toLowerCase()
    const text = piece
      .slice(equals + 1)
      .trim()
      .replace(/^"(.*)"$/s, '$1')
    if (key === name) return decodeWords(text)
    if (!key.startsWith(`${name}*`)) continue
    isExtended ||= key.endsWith('*')
    joined += text
  }
  if (joined === '') return undefined
  return isExtended ? percentDecoded(joined) : decodeWords(joined)
}

/** "text/html" of "Text/HTML; charset=utf-8"; plain text where nothing is said. */
export function typeOf({ headers }: MailPart): string {
  const written = (piecesOf(headers.get('content-type') ?? '')[0] ?? '').trim().toLowerCase()
  return written === '' ? 'text/plain' : written
}

/** The texts between the boundaries of a part in several parts (RFC 2046 5.1.1). */
export function subparts(part: MailPart, most: number): string[] {
  const boundary = parameterOf(part.headers.get('content-type') ?? '', 'boundary') ?? ''
  if (boundary === '') return []
  const mark = `\n--${boundary}`
  const body = `\n${part.body}`
  const parts: string[] = []
  for (let at = body.indexOf(mark); at >= 0 && parts.length < most;) {
    const start = body.indexOf('\n', at + mark.length)
    if (start < 0 || body.startsWith('--', at + mark.length)) break
    const end = body.indexOf(mark, start)
    // the line end before a boundary belongs to it
    const stop = end < 0 ? body.length : body[end - 1] === '\r' ? end - 1 : end
    parts.push(body.slice(start + 1, Math.max(start + 1, stop)))
    at = end
  }
  return parts
}
