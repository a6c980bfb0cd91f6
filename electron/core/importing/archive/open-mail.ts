import { Buffer } from 'node:buffer'
import { type ByteSource, ImportRejection } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { tellsRows } from '../text/rows-told.ts'
import {
  bodyBytes,
  bodyText,
  decodeWords,
  type MailPart,
  parameterOf,
  parsePart,
  subparts,
  typeOf,
} from './mail-message.ts'

const LARGEST_MAIL = 64 * 1024 * 1024
/** How much of a file's beginning tells whether it is a message. */
export const MAIL_HEAD = 64 * 1024
const MOST_PARTS = 200
const DEEPEST = 8
/** Parts that are never statements, whatever they are called. */
const NEVER = /^(?:image|audio|video|font)\/|^application\/(?:pkcs7|x-pkcs7|pgp)|^text\/calendar/
const AMOUNT = /\d[.,]\d{2}(?!\d)/g
const FEWEST_AMOUNTS = 3

const latin = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** Whether a file begins as an e-mail message: with headers, those of who wrote it and of its form among them. */
export function looksLikeMail(head: Uint8Array): boolean {
  if (head.includes(0)) return false
  const headers = parsePart(latin(head))?.headers
  return (
    headers !== undefined &&
    headers.has('from') &&
    (headers.has('mime-version') || headers.has('content-type') || headers.has('received'))
  )
}

class MailFiles {
  readonly attachments: ByteSource[] = []
  readonly pages: string[] = []
  readonly texts: string[] = []
  #left = MOST_PARTS

  walk(part: MailPart, depth: number): void {
    this.#left -= 1
    if (this.#left < 0 || depth > DEEPEST)
      throw new ImportRejection('too-large', 'The e-mail message has more parts than Onebook opens.', {
        limit: MOST_PARTS,
      })
    const type = typeOf(part)
    if (type.startsWith('multipart/')) {
      for (const text of subparts(part, MOST_PARTS)) {
        const inner = parsePart(text)
        if (inner !== null) this.walk(inner, depth + 1)
      }
      return
    }
    if (type === 'message/rfc822') {
      const inner = parsePart(latin(bodyBytes(part)))
      if (inner !== null) this.walk(inner, depth + 1)
      return
    }
    const disposition = part.headers.get('content-disposition') ?? ''
    const name = parameterOf(disposition, 'filename') ?? parameterOf(part.headers.get('content-type') ?? '', 'name')
    if (name !== undefined || /^\s*attachment/i.test(disposition)) {
      if (!NEVER.test(type)) this.attachments.push(bytesSource(plainName(name ?? 'attachment'), bodyBytes(part)))
    } else if (type === 'text/html') this.pages.push(bodyText(part))
    else if (type === 'text/plain') this.texts.push(bodyText(part))
  }
}

/** A name without folders. */
function plainName(name: string): string {
  return (
    name
      .split(/[/\\]/)
      .findLast((piece) => piece.trim() !== '')
      ?.trim() ?? 'attachment'
  )
}

/** Text with the mark that says it is UTF-8, whatever its own words claim. */
const marked = (text: string): Uint8Array => new TextEncoder().encode(`\uFEFF${text}`)

/**
 * The files in an e-mail message: its attachments, and the tables or lines of its body, where those hold rows or
 * nothing is attached; null where the file is no message or has nothing that could be a statement. Nothing is loaded from elsewhere.
 * Throws `ImportRejection` `too-large`.
 */
export function openMail(source: ByteSource): ByteSource[] | null {
  if (!looksLikeMail(source.read(0, MAIL_HEAD))) return null
  if (source.size > LARGEST_MAIL)
    throw new ImportRejection('too-large', 'The e-mail message is too large.', { limit: LARGEST_MAIL })
  const message = parsePart(latin(source.read(0, source.size)))
  if (message === null) return null
  const files = new MailFiles()
  files.walk(message, 1)
  const subject = plainName(decodeWords(message.headers.get('subject') ?? '').replaceAll(/[/\\]/g, ' ') || 'message')
  const isAlone = files.attachments.length === 0
  const told = isAlone ? (): boolean => true : tellsRows
  const pages = files.pages.filter((page) => /<table[\s>]/i.test(page) && told(page))
  const bodyOf = (ending: string, text: string): ByteSource => {
    const body = bytesSource(`${subject}.${ending}`, marked(text))
    return isAlone ? body : Object.assign(body, { isMailBody: true as const })
  }
  const bodies = pages.map((page) => bodyOf('html', page))
  if (!isAlone) {
    const texts = pages.length > 0 ? [] : files.texts.filter(tellsRows)
    return [...files.attachments, ...bodies, ...texts.map((text) => bodyOf('txt', text))]
  }
  if (bodies.length > 0) return bodies
  const texts = files.texts.filter((text) => (text.match(AMOUNT)?.length ?? 0) >= FEWEST_AMOUNTS)
  return texts.length > 0 ? texts.map((text) => bytesSource(`${subject}.txt`, marked(text))) : null
}
