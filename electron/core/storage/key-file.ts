import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { replaceFile } from './durable-file.ts'
import { isMissingFile, toStorageError, withStorageErrors } from './storage-errors.ts'
import { type VaultKeys, vaultKeysSchema } from './vault-keys.ts'

const FORMAT = 'onebook-keys'
const VERSION = 1

const envelopeSchema = z.object({ format: z.literal(FORMAT), version: z.int().min(1) })
const fileSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  keys: z.unknown(),
  sha256: z.string(),
})

/** The key file stands beside its vault. Losing it is losing the vault, so every backup holds a copy. */
export function keyFilePath(vaultPath: string): string {
  return `${vaultPath}.keys`
}

// the sum tells a damaged key file from a wrong passphrase; it protects nothing else
const sumOf = (keys: unknown): string => createHash('sha256').update(JSON.stringify(keys)).digest('hex')

/** The bytes of a key file. */
export function formatKeyFile(keys: VaultKeys): Buffer {
  return Buffer.from(`${JSON.stringify({ format: FORMAT, version: VERSION, keys, sha256: sumOf(keys) }, null, 2)}\n`)
}

/** The keys in the bytes of a key file. Throws CoreError('vault-damaged') or CoreError('vault-too-new'). */
export function parseKeyFile(bytes: Uint8Array): VaultKeys {
  const damaged = (): CoreError => new CoreError('vault-damaged', 'The key file is damaged.', { part: 'keys' })
  let raw: unknown
  try {
    raw = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw damaged()
  }
  const envelope = envelopeSchema.safeParse(raw)
  if (!envelope.success) throw damaged()
  if (envelope.data.version > VERSION) {
    throw new CoreError('vault-too-new', 'The key file was written by a newer version of Onebook.', {
      version: envelope.data.version,
    })
  }
  const file = fileSchema.safeParse(raw)
  if (!file.success || sumOf(file.data.keys) !== file.data.sha256) throw damaged()
  const keys = vaultKeysSchema.safeParse(file.data.keys)
  if (!keys.success) throw damaged()
  return keys.data
}

/**
 * Reads the key file of a vault. Throws CoreError('vault-missing') where neither vault nor key file is there,
 * 'file-missing' where only the key file is gone, 'vault-damaged' where it is torn, 'vault-too-new'.
 */
export function readKeyFile(vaultPath: string): VaultKeys {
  const path = keyFilePath(vaultPath)
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    if (!isMissingFile(error)) throw toStorageError(error)
    if (!existsSync(vaultPath)) throw new CoreError('vault-missing', 'There is no vault here.')
    throw new CoreError('file-missing', 'The key file of this vault is missing; a backup holds a copy of it.', {
      file: basename(path),
    })
  }
  return parseKeyFile(bytes)
}

/** Writes the key file of a vault as a whole: beside, durable, renamed; private to the user. */
export function writeKeyFile(vaultPath: string, keys: VaultKeys): void {
  withStorageErrors(() => replaceFile(keyFilePath(vaultPath), formatKeyFile(keys)))
}
