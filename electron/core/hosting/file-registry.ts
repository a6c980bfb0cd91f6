import { randomBytes, randomUUID } from 'node:crypto'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { once } from 'node:events'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { FileLocation } from '../workers/protocol.ts'
import { createSpoolCipher } from '../workers/sealed-spool.ts'

/** What a window gets to know of a file. */
export interface FileFacts {
  readonly file: string
  readonly name: string
  readonly bytes: number
}

/** Uploads up to this size stay in memory; larger ones are spooled to disk, encrypted. */
const MEMORY_BYTES = 32 * 1_048_576
const LARGEST_BYTES = 2 * 1_073_741_824

/** Tokens for files: the window and scripts name files by these and never by a path. */
export interface FileRegistry {
  /** A file of this machine that the user picked, dropped or named. Throws CoreError('file-missing'). */
  addPath(path: string): FileFacts
  addBytes(name: string, bytes: Uint8Array): FileFacts
  /** Takes an upload of known length. Plain text never reaches the disk. Throws CoreError('invalid-input'). */
  addStream(name: string, length: number, chunks: AsyncIterable<Uint8Array>): Promise<FileFacts>
  release(tokens: readonly string[]): void
  releaseAll(): void
  entries(): Iterable<readonly [string, FileLocation]>
}

/** `announce` and `retract` tell the workers. */
export function createFileRegistry(
  announce: (token: string, location: FileLocation) => void,
  retract: (token: string) => void,
): FileRegistry {
  const locations = new Map<string, FileLocation>()
  let spoolFolder: string | null = null

  const add = (location: FileLocation): FileFacts => {
    const token = randomUUID()
    locations.set(token, location)
    announce(token, location)
    return { file: token, name: location.name, bytes: location.size }
  }
  const release = (token: string): void => {
    const location = locations.get(token)
    if (location === undefined) return
    locations.delete(token)
    retract(token)
    if (location.kind === 'sealed') {
      location.key.fill(0)
      rmSync(location.path, { force: true })
    }
  }
  const spool = async (name: string, length: number, chunks: AsyncIterable<Uint8Array>): Promise<FileFacts> => {
    spoolFolder ??= mkdtempSync(join(tmpdir(), 'onebook-'))
    const path = join(spoolFolder, randomUUID())
    const [key, nonce] = [new Uint8Array(randomBytes(32)), new Uint8Array(randomBytes(16))]
    const cipher = createSpoolCipher(key, nonce)
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
    let failure: Error | null = null
    file.on('error', (error) => {
      failure = error
    })
    let size = 0
    try {
      for await (const chunk of chunks) {
        size += chunk.length
        if (size > length) throw tooLong()
        if (!file.write(cipher.update(chunk)) && failure === null) await once(file, 'drain')
        if (failure !== null) throw failure
      }
      file.end()
      await once(file, 'close')
      if (size !== length) throw cutShort()
    } catch (error) {
      file.destroy()
      rmSync(path, { force: true })
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
        throw new CoreError('disk-full', 'The disk is full; the file was not taken.')
      }
      throw error
    }
    return add({ kind: 'sealed', name, size, path, key, nonce })
  }

  return {
    addPath(path): FileFacts {
      const name = basename(path)
      let size: number
      try {
        const stats = statSync(path)
        if (!stats.isFile()) throw new Error('not a file')
        size = stats.size
      } catch {
        throw new CoreError('file-missing', `${name} is not a file that can be read.`, { name })
      }
      return add({ kind: 'path', name, size, path })
    },
    addBytes(name, bytes): FileFacts {
      const shared = new SharedArrayBuffer(bytes.length)
      new Uint8Array(shared).set(bytes)
      return add({ kind: 'memory', name: safeName(name), size: bytes.length, bytes: shared })
    },
    async addStream(name, length, chunks): Promise<FileFacts> {
      if (!Number.isSafeInteger(length) || length < 0 || length > LARGEST_BYTES) {
        throw new CoreError('invalid-input', 'This file is too large: 2 GB is the limit.')
      }
      if (length > MEMORY_BYTES) return spool(safeName(name), length, chunks)
      const shared = new SharedArrayBuffer(length)
      const bytes = new Uint8Array(shared)
      let size = 0
      for await (const chunk of chunks) {
        if (size + chunk.length > length) throw tooLong()
        bytes.set(chunk, size)
        size += chunk.length
      }
      if (size !== length) throw cutShort()
      return add({ kind: 'memory', name: safeName(name), size, bytes: shared })
    },
    release: (tokens) => tokens.forEach(release),
    releaseAll(): void {
      for (const token of locations.keys()) release(token)
      if (spoolFolder !== null) rmSync(spoolFolder, { recursive: true, force: true })
      spoolFolder = null
    },
    entries: () => locations.entries(),
  }
}

const tooLong = (): CoreError => new CoreError('invalid-input', 'The upload is longer than it said.')
const cutShort = (): CoreError => new CoreError('invalid-input', 'The upload was cut short.')

/** The last part of a name from outside, without characters that no file name has. */
function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const clean = Array.from(last, (character) => (character < ' ' || character === '\u007F' ? '' : character)).join('')
  return clean.slice(0, 200) || 'file'
}
