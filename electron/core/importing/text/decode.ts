import type { ByteSource } from '../importer.ts'
import { windowOf } from '../read-window.ts'
import { type DetectedEncoding, detectEncoding, looksBinary } from './encoding.ts'

const CHUNK = 1 << 15
const LONGEST_LINE = 1 << 20

/** A piece of decoded text and the bytes consumed once it has been taken. */
export interface TextChunk {
  readonly text: string
  readonly position: number
}

/** One line without its ending. `cut` is set where it was longer than the window and the rest was left out. */
export interface TextLine {
  /** 1-based. */
  readonly number: number
  readonly text: string
  /** Bytes of the file consumed so far: progress. */
  readonly position: number
  readonly cut: boolean
}

/** A byte array as a source: pasted text, members of archives, tests. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return { name, size: bytes.length, read: (offset, length) => bytes.slice(offset, offset + length) }
}

/** The text of a file's head, decoded as best can be told from it; '' for binary content. For `FileHead.text`. */
export function decodeHead(bytes: Uint8Array, complete: boolean): string {
  if (looksBinary(bytes)) return ''
  const { encoding, markLength } = detectEncoding(bytesSource('', complete ? bytes : withoutTornEnd(bytes)))
  return new TextDecoder(encoding).decode(bytes.subarray(markLength), { stream: !complete })
}

/** Leaves out the last few bytes, which may be half of a character, so that the rest can be judged. */
function withoutTornEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > bytes.length - 4 && end > 0 && (bytes[end - 1] ?? 0) >= 0x80) end -= 1
  return bytes.subarray(0, end)
}

/**
 * The file's text, a window at a time: a character is never torn, bytes that fit no character become U+FFFD. A file of
 * any size passes through one window of memory.
 */
export function* decodeChunks(
  source: ByteSource,
  detected: DetectedEncoding,
  chunkLength: number = CHUNK,
): Generator<TextChunk, void, void> {
  const decoder = new TextDecoder(detected.encoding)
  const read = windowOf(source, chunkLength)
  let offset = detected.markLength
  while (offset < source.size) {
    const bytes = read(offset)
    if (bytes.length === 0) break
    offset += bytes.length
    const text = decoder.decode(bytes, { stream: true })
    if (text !== '') yield { text, position: offset }
  }
  const rest = decoder.decode()
  if (rest !== '') yield { text: rest, position: offset }
}

/**
 * The file's lines, ended by LF, CR LF or a lone CR, in bounded memory: a line longer than `longest` characters is cut
 * there and marked. A last line without an ending counts; the empty text after the last ending does not.
 */
export function* readLines(
  source: ByteSource,
  detected: DetectedEncoding,
  longest: number = LONGEST_LINE,
): Generator<TextLine, void, void> {
  let number = 0
  let carried = ''
  let cut = false
  let skipLineFeed = false
  let position = 0
  let begun = false
  for (const chunk of decodeChunks(source, detected)) {
    const { text } = chunk
    position = chunk.position
    let start = 0
    if (skipLineFeed && text.charCodeAt(0) === 10) start = 1
    skipLineFeed = false
    let lineFeed = text.indexOf('\n', start)
    let carriageReturn = text.indexOf('\r', start)
    while (lineFeed >= 0 || carriageReturn >= 0) {
      const byReturn = carriageReturn >= 0 && (lineFeed < 0 || carriageReturn < lineFeed)
      const end = byReturn ? carriageReturn : lineFeed
      const piece = text.slice(start, end)
      const whole = carried === '' ? piece : carried + piece
      number += 1
      const tooLong = whole.length > longest
      yield { number, text: tooLong ? whole.slice(0, longest) : whole, position, cut: cut || tooLong }
      carried = ''
      cut = false
      begun = false
      start = end + 1
      if (byReturn) {
        if (start === text.length) skipLineFeed = true
        else if (text.charCodeAt(start) === 10) start += 1
      }
      if (lineFeed >= 0 && lineFeed < start) lineFeed = text.indexOf('\n', start)
      if (carriageReturn >= 0 && carriageReturn < start) carriageReturn = text.indexOf('\r', start)
    }
    if (start < text.length) {
      begun = true
      const room = longest - carried.length
      if (text.length - start > room) cut = true
      if (room > 0) carried += text.slice(start, start + room)
    }
  }
  if (begun) yield { number: number + 1, text: carried, position, cut }
}
