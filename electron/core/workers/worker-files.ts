import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { ByteSource } from '../importing/importer.ts'
import type { FileSource } from '../ports.ts'
import type { FileLocation } from './protocol.ts'
import { readSpool } from './sealed-spool.ts'

type OpenSource = ByteSource & { close(): void }

/** What the host has told of files, on a worker's side: read synchronously, wherever the bytes are. */
export interface WorkerFiles extends FileSource {
  add(token: string, location: FileLocation): void
  remove(token: string): void
}

export function createWorkerFiles(): WorkerFiles {
  const locations = new Map<string, FileLocation>()
  return {
    add: (token, location) => void locations.set(token, location),
    remove: (token) => void locations.delete(token),
    open(token): OpenSource {
      const location = locations.get(token)
      if (location === undefined) {
        throw new CoreError('not-found', 'This file is no longer here; choose it again.')
      }
      return openLocation(location)
    },
  }
}

/** Opens for random access. Throws CoreError('file-missing') where it has gone or cannot be read. */
export function openLocation(location: FileLocation): OpenSource {
  if (location.kind === 'memory') return memorySource(location.name, location.bytes)
  let descriptor: number
  try {
    descriptor = openSync(location.path, 'r')
  } catch {
    throw new CoreError('file-missing', `${location.name} is gone or cannot be read.`, { name: location.name })
  }
  const stats = fstatSync(descriptor)
  if (!stats.isFile()) {
    closeSync(descriptor)
    throw new CoreError('file-missing', `${location.name} is not a file.`, { name: location.name })
  }
  const plain = (offset: number, length: number): Uint8Array => readRange(descriptor, offset, length, stats.size)
  const intoPlain = (offset: number, target: Uint8Array): number =>
    fill(descriptor, target, offset, Math.max(0, Math.min(target.length, stats.size - offset)))
  let open = true
  return {
    name: location.name,
    size: stats.size,
    read:
      location.kind === 'path'
        ? plain
        : (offset, length) => readSpool(location.key, location.nonce, offset, length, plain),
    ...(location.kind === 'path' ? { readInto: intoPlain } : {}),
    close(): void {
      if (open) closeSync(descriptor)
      open = false
    },
  }
}

function readRange(descriptor: number, offset: number, length: number, size: number): Uint8Array {
  const wanted = Math.max(0, Math.min(length, size - offset))
  const bytes = new Uint8Array(wanted)
  return bytes.subarray(0, fill(descriptor, bytes, offset, wanted))
}

function fill(descriptor: number, target: Uint8Array, offset: number, wanted: number): number {
  let filled = 0
  while (filled < wanted) {
    const count = readSync(descriptor, target, filled, wanted - filled, offset + filled)
    if (count === 0) break
    filled += count
  }
  return filled
}

function memorySource(name: string, shared: SharedArrayBuffer): OpenSource {
  const all = new Uint8Array(shared)
  return {
    name,
    size: all.length,
    // a copy: the reader keeps it, and not everything takes shared memory
    read: (offset, length) => Uint8Array.from(all.subarray(offset, offset + length)),
    close: () => undefined,
  }
}
