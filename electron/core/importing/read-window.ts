import type { ByteSource } from './importer.ts'

/**
 * Reads a source piece by piece. Where the source can, all pieces share one array, so that passing over a file of any
 * size leaves nothing behind: a piece is only good until the next one is asked for.
 */
export function windowOf(source: ByteSource, length: number): (offset: number) => Uint8Array {
  if (source.readInto === undefined) return (offset) => source.read(offset, length)
  const target = new Uint8Array(Math.min(length, source.size))
  return (offset) => {
    const count = source.readInto?.(offset, target) ?? 0
    return count === target.length ? target : target.subarray(0, count)
  }
}
