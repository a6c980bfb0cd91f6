import { TextDecoder } from 'node:util'
import { type ByteSource, ImportRejection } from '../importer.ts'
import { decodeChunks } from './decode.ts'
import { type DetectedEncoding, detectEncoding, looksBinary } from './encoding.ts'
import { decodeXmlText, scanXml, type XmlEvent } from './xml-scanner.ts'

const DECLARED = /^\s*<\?xml[^>]{0,200}?\sencoding\s{0,8}=\s{0,8}["']([\w.-]{1,40})["']/

/** An XML file that is walked, as often as needed, in bounded memory. Throws `empty-file` and `binary`. */
export class XmlFile {
  readonly #source: ByteSource
  readonly encoding: DetectedEncoding
  /** Bytes read so far in the walk under way. */
  position = 0

  constructor(source: ByteSource) {
    if (source.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
    const head = source.read(0, 4096)
    if (looksBinary(head)) throw new ImportRejection('binary', 'The file is not text, so it is no XML.')
    const declared = DECLARED.exec(new TextDecoder('windows-1252').decode(head))?.[1]
    this.#source = source
    this.encoding = detectEncoding(source, declared)
  }

  *events(): Generator<XmlEvent, void, void> {
    yield* scanXml(this.#pieces())
  }

  *#pieces(): Generator<string, void, void> {
    for (const { text, position } of decodeChunks(this.#source, this.encoding)) {
      this.position = position
      yield text
    }
  }
}

/** Space, tab and line ends: nothing else is white space in XML. */
const isBlankAt = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code === 32 || (code >= 9 && code <= 13)
}

/**
 * The attributes of an opening tag by local name, decoded; those without a value are left out. The first of two of one
 * name counts. Linear in the length of the tag.
 */
export function attributesOf(tag: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  let at = 0
  while (at < tag.length) {
    while (at < tag.length && isBlankAt(tag, at)) at += 1
    const equals = tag.indexOf('=', at)
    if (equals < 0) break
    let open = equals + 1
    while (open < tag.length && isBlankAt(tag, open)) open += 1
    const quote = tag.charAt(open)
    if (quote !== '"' && quote !== "'") {
      at = open
      while (at < tag.length && !isBlankAt(tag, at)) at += 1
      continue
    }
    const end = tag.indexOf(quote, open + 1)
    if (end < 0) break
    let nameEnd = equals
    while (nameEnd > at && isBlankAt(tag, nameEnd - 1)) nameEnd -= 1
    const written = tag.slice(at, nameEnd)
    const name = written.slice(written.lastIndexOf(':') + 1)
    const value = decodeXmlText(tag.slice(open + 1, end)).trim()
    if (value !== '' && !attributes.has(name)) attributes.set(name, value)
    at = end + 1
  }
  return attributes
}
