import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import type { ByteSource } from './importer.ts'

/** A file of this computer as a source, for hosts that were given a path by their user. Throws as `openSync` does. */
export function openLocalFile(path: string): ByteSource & { close(): void } {
  const descriptor = openSync(path, 'r')
  const status = fstatSync(descriptor)
  if (!status.isFile()) {
    closeSync(descriptor)
    throw Object.assign(new Error('this is not a file'), { code: 'EISDIR' })
  }
  const { size } = status
  return {
    name: basename(path),
    size,
    read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)))
      const filled = fill(descriptor, bytes, offset, bytes.length)
      return filled === bytes.length ? bytes : bytes.subarray(0, filled)
    },
    readInto: (offset, target) => fill(descriptor, target, offset, Math.min(target.length, Math.max(0, size - offset))),
    close: () => closeSync(descriptor),
  }
}

/** Reads so many bytes from there, fewer only at the end of the file; answers how many. */
function fill(descriptor: number, target: Uint8Array, offset: number, wanted: number): number {
  let filled = 0
  while (filled < wanted) {
    const count = readSync(descriptor, target, filled, wanted - filled, offset + filled)
    if (count === 0) break
    filled += count
  }
  return filled
}
