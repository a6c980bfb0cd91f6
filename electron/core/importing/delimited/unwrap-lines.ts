import type { ByteSource } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'

const HEAD = 32 * 1024
const LARGEST = 32 * 1024 * 1024
/** A line that is one quoted field with delimiters inside: `"2024-01-05,""Shop, A"",-5.00"`. */
const WRAPPED = /^"(?:[^"]|"")*[,;\t](?:[^"]|"")*"\s*$/

/**
 * Some programs quote whole lines once more. Gives such a file as it was before, in UTF-8, or null where the lines are
 * not wrapped. Line numbers stay.
 */
export function unwrapLines(source: ByteSource, encoding: string): ByteSource | null {
  if (source.size > LARGEST) return null
  const head = new TextDecoder(encoding).decode(source.read(0, Math.min(source.size, HEAD)))
  if (!head.startsWith('"')) return null
  const lines = head.split(/\r\n|\n|\r/)
  if (source.size > HEAD) lines.pop()
  const filled = lines.filter((line) => line.trim() !== '')
  if (filled.length < 2 || !filled.every((line) => WRAPPED.test(line))) return null
  const text = new TextDecoder(encoding).decode(source.read(0, source.size))
  const plain = text
    .split(/\r\n|\n|\r/)
    .map((line) => (WRAPPED.test(line) ? line.trimEnd().slice(1, -1).replaceAll('""', '"') : line))
    .join('\n')
  return bytesSource(source.name, new TextEncoder().encode(plain))
}
