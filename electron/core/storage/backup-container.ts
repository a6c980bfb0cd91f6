import { createHash } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readSync } from 'node:fs'
import { z } from 'zod'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { writeAll } from './durable-file.ts'
import { checkpoint, type JobControl } from './job-control.ts'
import { isMissingFile, toStorageError } from './storage-errors.ts'
import { vaultKeysSchema } from './vault-keys.ts'

/**
 * A backup is one file: 16 bytes of name, version and header length (32 bits each, big-endian), the header as JSON, the
 * SHA-256 of all that, and then the encrypted database to the end of the file. The header holds the key file, so that a
 * backup opens with the passphrase of its day, and the length and SHA-256 of the database.
 */
const MAGIC = Buffer.from('ONEBOOK BACKUP\r\n', 'latin1')
const VERSION = 1
const FIXED_BYTES = MAGIC.length + 8
const SUM_BYTES = 32
const LARGEST_HEADER_BYTES = 1_048_576
const CHUNK_BYTES = 1_048_576

export const backupHeaderSchema = z.strictObject({
  /** Milliseconds since the epoch. */
  createdAt: z.int().nonnegative(),
  /** The name of the newest migration in it. */
  schema: z.string().max(200),
  keys: vaultKeysSchema,
  databaseBytes: z.int().positive(),
  databaseSha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type BackupHeader = Readonly<z.infer<typeof backupHeaderSchema>>

const damaged = (detail: string): CoreError => new CoreError('backup-damaged', `The backup is damaged: ${detail}.`)

/** Opens a file to be read; a missing one is CoreError('file-missing'). */
function openForReading(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (isMissingFile(error)) throw new CoreError('file-missing', 'There is no such file.')
    throw toStorageError(error)
  }
}

/** Fills a buffer from a place in a file; false where the file ends before it is full. */
function fill(bytes: Buffer, descriptor: number, position: number): boolean {
  let filled = 0
  while (filled < bytes.length) {
    const count = readSync(descriptor, bytes, filled, bytes.length - filled, position + filled)
    if (count === 0) return false
    filled += count
  }
  return true
}

function readExactly(descriptor: number, length: number, position: number): Buffer | null {
  const bytes = Buffer.alloc(length)
  return fill(bytes, descriptor, position) ? bytes : null
}

/**
 * Hands a stretch of a file over in pieces, and returns its SHA-256. `share` is this work's part of the whole job. Each
 * piece lies in the same memory and is gone with the next: a new one each would pile up by the hundred before they are
 * collected.
 */
async function eachChunk(
  descriptor: number,
  start: number,
  length: number,
  work: (chunk: Buffer) => void,
  control: JobControl,
  share: readonly [from: number, to: number],
): Promise<string> {
  const hash = createHash('sha256')
  const bytes = Buffer.alloc(Math.min(CHUNK_BYTES, length))
  for (let done = 0; done < length; done += CHUNK_BYTES) {
    const chunk = bytes.subarray(0, Math.min(CHUNK_BYTES, length - done))
    if (!fill(chunk, descriptor, start + done)) throw damaged('it is cut short')
    hash.update(chunk)
    work(chunk)
    await checkpoint(control, share[0] + (share[1] - share[0]) * ((done + chunk.length) / length))
  }
  return hash.digest('hex')
}

/** The length and SHA-256 of a file. */
export async function measureFile(
  path: string,
  control: JobControl,
  share: readonly [number, number],
): Promise<{ bytes: number; sha256: string }> {
  const descriptor = openForReading(path)
  try {
    const bytes = fstatSync(descriptor).size
    return { bytes, sha256: await eachChunk(descriptor, 0, bytes, () => undefined, control, share) }
  } finally {
    closeSync(descriptor)
  }
}

/** Writes a complete, durable container. The caller renames or removes it. */
export async function writeContainer(
  path: string,
  header: BackupHeader,
  databasePath: string,
  control: JobControl,
  share: readonly [number, number],
): Promise<void> {
  const json = Buffer.from(JSON.stringify(header), 'utf8')
  const fixed = Buffer.alloc(FIXED_BYTES)
  MAGIC.copy(fixed)
  fixed.writeUInt32BE(VERSION, MAGIC.length)
  fixed.writeUInt32BE(json.length, MAGIC.length + 4)
  const head = Buffer.concat([fixed, json])
  const source = openForReading(databasePath)
  try {
    const target = openSync(path, 'w', 0o600)
    try {
      writeAll(target, head)
      writeAll(target, createHash('sha256').update(head).digest())
      await eachChunk(source, 0, header.databaseBytes, (chunk) => writeAll(target, chunk), control, share)
      fsyncSync(target)
    } finally {
      closeSync(target)
    }
  } finally {
    closeSync(source)
  }
}

function readHead(descriptor: number): { header: BackupHeader; databaseStart: number } {
  const fixed = readExactly(descriptor, FIXED_BYTES, 0)
  if (fixed === null || !fixed.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new CoreError('backup-damaged', 'This is not a backup of Onebook, or its beginning is damaged.')
  }
  const version = fixed.readUInt32BE(MAGIC.length)
  const length = fixed.readUInt32BE(MAGIC.length + 4)
  if (length > LARGEST_HEADER_BYTES) throw damaged('its header is not readable')
  const rest = readExactly(descriptor, length + SUM_BYTES, FIXED_BYTES)
  if (rest === null) throw damaged('it is cut short')
  const json = rest.subarray(0, length)
  const sum = createHash('sha256').update(fixed).update(json).digest()
  if (!sum.equals(rest.subarray(length))) throw damaged('its header has changed')
  if (version > VERSION) {
    throw new CoreError('vault-too-new', 'This backup was written by a newer version of Onebook.', { version })
  }
  let raw: unknown
  try {
    raw = JSON.parse(json.toString('utf8'))
  } catch {
    throw damaged('its header is not readable')
  }
  const header = backupHeaderSchema.safeParse(raw)
  if (!header.success || version !== VERSION) throw damaged('its header is not readable')
  return { header: header.data, databaseStart: FIXED_BYTES + length + SUM_BYTES }
}

/** The header alone, whose own sum is right. Throws CoreError: 'file-missing', 'backup-damaged', 'vault-too-new'. */
export function readContainerHeader(path: string): BackupHeader {
  const descriptor = openForReading(path)
  try {
    return readHead(descriptor).header
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Reads a whole container, checks every byte of it, and copies the database to `extractTo` if given (a new file, made
 * durable; the caller removes it after an error). Throws CoreError: 'file-missing', 'backup-damaged', 'vault-too-new',
 * 'disk-full', 'read-only'.
 */
export async function readContainer(
  path: string,
  extractTo: string | null,
  control: JobControl,
  share: readonly [number, number],
): Promise<BackupHeader> {
  const source = openForReading(path)
  try {
    const { header, databaseStart } = readHead(source)
    const expected = databaseStart + header.databaseBytes
    const size = fstatSync(source).size
    if (size < expected) throw damaged('it is cut short')
    if (size > expected) throw damaged('there is more in it than it should hold')
    const target = extractTo === null ? null : openSync(extractTo, 'wx', 0o600)
    try {
      const copy = (chunk: Buffer): void => {
        if (target !== null) writeAll(target, chunk)
      }
      const sha256 = await eachChunk(source, databaseStart, header.databaseBytes, copy, control, share)
      if (sha256 !== header.databaseSha256) throw damaged('its contents have changed')
      if (target !== null) fsyncSync(target)
    } finally {
      if (target !== null) closeSync(target)
    }
    return header
  } finally {
    closeSync(source)
  }
}
