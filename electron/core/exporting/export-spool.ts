import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { writeAll } from '../storage/durable-file.ts'
import { createSpoolCipher, readSpool } from '../workers/sealed-spool.ts'

const PIECE_CHARACTERS = 262_144

/** A finished export on its way out: on the disk only encrypted, under a key that is only in memory. */
export interface ExportSpool {
  readonly size: number
  read(offset: number, length: number): Uint8Array
  close(): void
}

/** Takes text piece by piece. */
export interface ExportSpoolWriter {
  write(text: string): void
  /** No more can be written afterwards. */
  finish(): ExportSpool
  /** Lets go of what was written. */
  close(): void
}

const diskFull = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOSPC'

/** Throws CoreError('disk-full') from `write` and `finish`. */
export function createExportSpool(): ExportSpoolWriter {
  const folder = mkdtempSync(join(tmpdir(), 'onebook-'))
  const path = join(folder, randomUUID())
  const [key, nonce] = [new Uint8Array(randomBytes(32)), new Uint8Array(randomBytes(16))]
  const cipher = createSpoolCipher(key, nonce)
  const descriptor = openSync(path, 'wx+', 0o600)
  let waiting: string[] = []
  let waitingLength = 0
  let size = 0
  let open = true

  const flush = (): void => {
    const bytes = Buffer.from(waiting.join(''), 'utf8')
    waiting = []
    waitingLength = 0
    try {
      writeAll(descriptor, cipher.update(bytes))
    } catch (error) {
      if (diskFull(error)) throw new CoreError('disk-full', 'The disk is full; the export was not written.')
      throw error
    }
    size += bytes.length
  }
  const close = (): void => {
    if (!open) return
    open = false
    key.fill(0)
    closeSync(descriptor)
    rmSync(folder, { recursive: true, force: true })
  }
  const readSealed = (offset: number, length: number): Uint8Array => {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)))
    let filled = 0
    while (filled < bytes.length) {
      const count = readSync(descriptor, bytes, filled, bytes.length - filled, offset + filled)
      if (count === 0) break
      filled += count
    }
    return bytes.subarray(0, filled)
  }
  return {
    write(text): void {
      waiting.push(text)
      waitingLength += text.length
      if (waitingLength >= PIECE_CHARACTERS) flush()
    },
    finish(): ExportSpool {
      flush()
      return { size, read: (offset, length) => readSpool(key, nonce, offset, length, readSealed), close }
    },
    close,
  }
}
