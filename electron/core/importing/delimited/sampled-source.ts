import type { ByteSource } from '../importer.ts'

const FIRST = 256 * 1024
const SLICE = 16 * 1024
const SLICES = 16
const LAST = 64 * 1024

/** Cuts bytes to whole lines: from after the first line end (unless they begin the file) to the last one. */
function wholeLines(bytes: Uint8Array, encoding: string, start: boolean, end: boolean): Uint8Array {
  const wide = encoding.startsWith('utf-16')
  const low = encoding === 'utf-16be' ? 1 : 0
  const isEnd = (at: number): boolean =>
    wide ? at % 2 === 0 && bytes[at + low] === 10 && bytes[at + 1 - low] === 0 : bytes[at] === 10
  const unit = wide ? 2 : 1
  let from = 0
  if (!start) {
    while (from < bytes.length && !isEnd(from)) from += unit
    from += unit
  }
  let to = bytes.length
  if (!end) {
    while (to > from && !isEnd(to - unit)) to -= unit
  }
  return bytes.slice(Math.min(from, to), to)
}

/**
 * A big file in small: its beginning, slices from all over it and its end, each cut to whole lines. Conventions
 * are detected from it; line numbers are right in the first part only.
 */
export function sampledSource(source: ByteSource, encoding: string): ByteSource {
  const parts: Uint8Array[] = [wholeLines(source.read(0, FIRST), encoding, true, source.size <= FIRST)]
  const room = source.size - FIRST - LAST
  const slices = room > SLICE ? SLICES : 0
  for (let slice = 0; slice < slices; slice += 1) {
    const offset = FIRST + Math.floor(((room - SLICE) * slice) / slices / 2) * 2
    parts.push(wholeLines(source.read(offset, SLICE), encoding, false, false))
  }
  const tail = Math.max(FIRST, source.size - LAST)
  const even = tail - (tail % 2)
  if (even < source.size) parts.push(wholeLines(source.read(even, source.size - even), encoding, false, true))
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return { name: source.name, size, read: (offset, length) => bytes.slice(offset, offset + length) }
}
