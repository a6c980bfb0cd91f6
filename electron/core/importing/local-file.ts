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
      const wanted = Math.max(0, Math.min(length, size - offset))
      const bytes = new Uint8Array(wanted)
      let filled = 0
      while (filled < wanted) {
        const count = readSync(descriptor, bytes, filled, wanted - filled, offset + filled)
        if (count === 0) break
        filled += count
      }
      return filled === wanted ? bytes : bytes.subarray(0, filled)
    },
    close: () => closeSync(descriptor),
  }
}
