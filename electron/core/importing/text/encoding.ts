import { isAscii, isUtf8 } from 'node:buffer'
import type { ByteSource } from '../importer.ts'
import { refineEncoding } from './refine-encoding.ts'

/** Encodings that are told apart without being told; any other label that `TextDecoder` knows may be declared. */
export type TextEncoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'gb18030'
  | 'windows-1252'
  | 'windows-1251'
  | (string & {})

export interface DetectedEncoding {
  /** A label for `TextDecoder`. */
  readonly encoding: TextEncoding
  /** Bytes of the byte order mark to leave out. */
  readonly markLength: number
  /** `mark`, `valid` and `ascii` are certain; `declared` is the file's word; `guess` deserves a finding. */
  readonly by: 'mark' | 'valid' | 'ascii' | 'declared' | 'guess'
}

const SCAN = 1 << 20
const SAMPLE = 1 << 18

/** Bytes at the end of `bytes` that begin a UTF-8 character without ending it. */
function danglingUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return back < length ? back : 0
    }
  }
  return 0
}

function concatenated(left: Uint8Array, right: Uint8Array): Uint8Array {
  const joined = new Uint8Array(left.length + right.length)
  joined.set(left)
  joined.set(right, left.length)
  return joined
}

/** Counts of well-formed multi-byte UTF-8 characters and of bytes that fit none. */
function countUtf8(bytes: Uint8Array): { well: number; ill: number } {
  let well = 0
  let ill = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) continue
    const tail = byte >= 0xf0 && byte <= 0xf4 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0
    let fits = tail > 0 && byte <= 0xf4
    for (let next = 1; fits && next <= tail; next += 1) fits = ((bytes[at + next] ?? 0) & 0xc0) === 0x80
    if (fits) {
      well += 1
      at += tail
    } else ill += 1
  }
  return { well, ill }
}

/**
 * A single-byte or Chinese legacy encoding by the company its high bytes keep: GB characters come in pairs whose first
 * byte is mostly that of a common hanzi (B0–D7, level 1 of GB 2312), Cyrillic text in runs of lower-case letters
 * (E0–FF), Western text as lone letters between ASCII ones.
 */
function guessLegacy(bytes: Uint8Array): TextEncoding {
  let pairs = 0
  let common = 0
  let loose = 0
  let high = 0
  let cyrillic = 0
  let longRuns = 0
  let run = 0
  for (const byte of bytes) {
    if (byte >= 0x80) {
      high += 1
      run += 1
      if (byte >= 0xc0) cyrillic += 1
      continue
    }
    if (run >= 3) longRuns += run
    run = 0
  }
  if (run >= 3) longRuns += run
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) continue
    const trail = bytes[at + 1] ?? 0
    if (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1 && trail <= 0xfe) {
      pairs += 1
      // also rows A1 and A3: the punctuation and full-width forms of Chinese text
      if ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3) common += 1
      at += 1
    } else if (lead >= 0x81 && lead <= 0xfe && trail >= 0x40 && trail !== 0x7f && trail !== 0xff) {
      loose += 1
      at += 1
    } else loose += 1
  }
  if (pairs > 0 && pairs >= loose * 4 && common * 10 >= pairs * 7) return 'gb18030'
  if (high >= 4 && longRuns * 10 >= high * 7 && cyrillic * 10 >= high * 8) return 'windows-1251'
  return 'windows-1252'
}

function fromMark(head: Uint8Array): DetectedEncoding | null {
  const [a, b, c, d] = head
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', markLength: 3, by: 'mark' }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', markLength: 2, by: 'mark' }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', markLength: 2, by: 'mark' }
  if (a === 0x84 && b === 0x31 && c === 0x95 && d === 0x33) return { encoding: 'gb18030', markLength: 4, by: 'mark' }
  return null
}

/** UTF-16 without a mark: nearly every other byte of Western text is zero, and zeros stand on one side only. */
function fromZeros(head: Uint8Array): DetectedEncoding | null {
  const length = Math.min(head.length & ~1, 4096)
  if (length < 4) return null
  let even = 0
  let odd = 0
  for (let at = 0; at < length; at += 2) {
    if (head[at] === 0) even += 1
    if (head[at + 1] === 0) odd += 1
  }
  const half = length / 2
  if (odd * 10 >= half * 6 && even * 50 <= half) return { encoding: 'utf-16le', markLength: 0, by: 'valid' }
  if (even * 10 >= half * 6 && odd * 50 <= half) return { encoding: 'utf-16be', markLength: 0, by: 'valid' }
  return null
}

/** The canonical `TextDecoder` label of a declared encoding, or null where it is unknown or says nothing. */
export function knownEncoding(declared: string): TextEncoding | null {
  const label = declared.trim().toLowerCase()
  const digits = /^(?:cp|ms|windows|win|ibm)?[-_ ]?(125\d|874|866|936|950|932|949|54936|65001)$/.exec(label)?.[1]
  const named = new Map([
    ['65001', 'utf-8'],
    ['936', 'gb18030'],
    ['54936', 'gb18030'],
    ['950', 'big5'],
    ['932', 'shift_jis'],
    ['949', 'euc-kr'],
    ['866', 'ibm866'],
  ])
  const plain = digits === undefined ? label : (named.get(digits) ?? `windows-${digits}`)
  if (plain === '' || plain === 'none' || plain === 'us-ascii' || plain === 'ascii' || plain === 'usascii') return null
  for (const candidate of [plain, /^8859-\d{1,2}$/.test(plain) ? `iso-${plain}` : plain]) {
    try {
      return new TextDecoder(candidate).encoding
    } catch {
      // the next spelling may be known
    }
  }
  return null
}

/** A sample that begins with the first letter beyond ASCII: at a character, whatever the code page. */
function fromFirstLetter(bytes: Uint8Array): Uint8Array {
  const first = Math.max(
    0,
    bytes.findIndex((byte) => byte >= 0x80),
  )
  const end = Math.min(bytes.length, first + SAMPLE)
  // what ends within the text may end within a character
  return bytes.subarray(first, end < bytes.length ? bytes.lastIndexOf(10, end) + 1 || end : end)
}

/**
 * The encoding of a text: its byte order mark; else UTF-8 where the whole text is valid as such (a file that says
 * "1252" and is valid UTF-8 with non-ASCII characters is UTF-8: that is next to impossible by chance); else what the
 * file declares; else a guess by the statistics of its high bytes. A text that is UTF-8 but for a few bytes, as when a
 * bank cuts a field in the middle of a character, stays UTF-8. Reads the source once, a window at a time.
 */
export function detectEncoding(source: ByteSource, declared?: string): DetectedEncoding {
  const head = source.read(0, Math.min(source.size, SAMPLE))
  const certain = fromMark(head) ?? fromZeros(head)
  if (certain !== null) return certain
  let ascii = true
  let valid = true
  let well = 0
  let ill = 0
  let sample: Uint8Array | null = null
  let carried = new Uint8Array(0)
  for (let offset = 0; offset < source.size;) {
    const bytes = source.read(offset, SCAN)
    if (bytes.length === 0) break
    offset += bytes.length
    const joined = carried.length === 0 ? bytes : concatenated(carried, bytes)
    const torn = offset >= source.size ? 0 : danglingUtf8(joined)
    const window = joined.subarray(0, joined.length - torn)
    carried = joined.slice(joined.length - torn)
    if (ascii && isAscii(window)) continue
    ascii = false
    sample ??= window
    if (valid && isUtf8(window)) {
      if (well === 0) well = countUtf8(window.subarray(0, SAMPLE)).well
      continue
    }
    const count = countUtf8(window)
    if (valid || well < count.well) sample = window
    valid = false
    well += count.well
    ill += count.ill
    if (ill > 1000 && ill > well) break
  }
  if (ascii) return { encoding: 'utf-8', markLength: 0, by: 'ascii' }
  if (valid) return { encoding: 'utf-8', markLength: 0, by: 'valid' }
  if (well >= 8 && well >= ill * 8) return { encoding: 'utf-8', markLength: 0, by: 'guess' }
  const known = declared === undefined ? null : knownEncoding(declared)
  if (known !== null && !known.startsWith('utf')) return { encoding: known, markLength: 0, by: 'declared' }
  const judged = sample ?? head
  return { encoding: refineEncoding(fromFirstLetter(judged), guessLegacy(judged)), markLength: 0, by: 'guess' }
}

/** Whether the bytes are no text in any encoding: zero bytes (unless UTF-16) or many control characters. */
export function looksBinary(head: Uint8Array): boolean {
  if (fromMark(head) !== null || fromZeros(head) !== null) return false
  let controls = 0
  for (const byte of head) {
    if (byte === 0) return true
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 0x1a && byte !== 0x1b) {
      controls += 1
    }
  }
  return controls * 100 > head.length
}
