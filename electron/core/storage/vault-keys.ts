import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import { z } from 'zod'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { KeyStore } from '../ports.ts'
import { formatRecoveryKey, parseRecoveryKey, randomRecoverySecret } from './recovery-key.ts'

/**
 * The vault is encrypted with a random data key. The key file holds that key several times over, each time wrapped
 * (AES-256-GCM) by another key: one from the passphrase, one from the printed recovery key, and, if the user likes, one
 * that the keychain of the operating system keeps. Changing the passphrase re-wraps; the vault itself stays as it is.
 */

const DATA_KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** How costly the passphrase key is: memory in KiB, passes, lanes. Stored, so that it may grow in later versions. */
export const argon2ParametersSchema = z.strictObject({
  memoryKib: z.int().min(8).max(4_194_304),
  passes: z.int().min(1).max(100),
  lanes: z.int().min(1).max(64),
})
export type Argon2Parameters = Readonly<z.infer<typeof argon2ParametersSchema>>

/**
 * RFC 9106, section 4, second recommended option (Argon2id, 64 MiB, 3 passes), but with one lane: the library works
 * lanes off one after another, so that more of them would help an attacker only.
 */
export const defaultArgon2Parameters: Argon2Parameters = { memoryKib: 65_536, passes: 3, lanes: 1 }

const base64Of = (bytes: number) =>
  z.base64().refine((text) => Buffer.from(text, 'base64').length === bytes, `not ${bytes} bytes`)
const wrappedSchema = z.strictObject({
  nonce: base64Of(NONCE_BYTES),
  sealed: base64Of(DATA_KEY_BYTES + TAG_BYTES),
})
type Wrapped = z.infer<typeof wrappedSchema>

export const vaultKeysSchema = z.strictObject({
  vaultId: z.uuid(),
  passphrase: z.strictObject({
    algorithm: z.literal('argon2id'),
    parameters: argon2ParametersSchema,
    salt: base64Of(16),
    wrapped: wrappedSchema,
  }),
  recovery: z.strictObject({ algorithm: z.literal('hkdf-sha256'), salt: base64Of(16), wrapped: wrappedSchema }),
  keychain: z.strictObject({ sealedKey: z.base64().max(20_000), wrapped: wrappedSchema }).optional(),
})
/** The contents of a key file: nothing in it is secret by itself. */
export type VaultKeys = Readonly<z.infer<typeof vaultKeysSchema>>

type Purpose = 'passphrase' | 'recovery' | 'keychain'

const additionalData = (vaultId: string, purpose: Purpose): Buffer =>
  Buffer.from(`onebook data key\n${vaultId}\n${purpose}`, 'utf8')

function wrap(dataKey: Uint8Array, wrappingKey: Uint8Array, vaultId: string, purpose: Purpose): Wrapped {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce).setAAD(additionalData(vaultId, purpose))
  const sealed = Buffer.concat([cipher.update(dataKey), cipher.final(), cipher.getAuthTag()])
  return { nonce: nonce.toString('base64'), sealed: sealed.toString('base64') }
}

function unwrap(wrapped: Wrapped, wrappingKey: Uint8Array, vaultId: string, purpose: Purpose): Buffer | null {
  const sealed = Buffer.from(wrapped.sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, Buffer.from(wrapped.nonce, 'base64'))
    .setAAD(additionalData(vaultId, purpose))
    .setAuthTag(sealed.subarray(DATA_KEY_BYTES))
  const dataKey = decipher.update(sealed.subarray(0, DATA_KEY_BYTES))
  try {
    decipher.final()
    return dataKey
  } catch {
    dataKey.fill(0)
    return null
  }
}

/** Runs on the thread pool of the runtime. One passphrase typed on two systems may differ in code points: NFKC. */
async function passphraseKey(passphrase: string, salt: Uint8Array, parameters: Argon2Parameters): Promise<Buffer> {
  const bytes = Buffer.from(passphrase.normalize('NFKC'), 'utf8')
  try {
    return await hashRaw(bytes, {
      memoryCost: parameters.memoryKib,
      timeCost: parameters.passes,
      parallelism: parameters.lanes,
      outputLen: 32,
      salt,
    })
  } finally {
    bytes.fill(0)
  }
}

/** The recovery secret is random, so that stretching it would add nothing. */
function recoveryWrappingKey(secret: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, 'onebook recovery key', 32))
}

async function wrapWithPassphrase(
  dataKey: Uint8Array,
  vaultId: string,
  passphrase: string,
  parameters: Argon2Parameters,
): Promise<VaultKeys['passphrase']> {
  if (passphrase.length === 0) throw new CoreError('weak-passphrase', 'The passphrase is empty.')
  const salt = randomBytes(16)
  const key = await passphraseKey(passphrase, salt, parameters)
  const wrapped = wrap(dataKey, key, vaultId, 'passphrase')
  key.fill(0)
  return { algorithm: 'argon2id', parameters: { ...parameters }, salt: salt.toString('base64'), wrapped }
}

function wrapWithRecoveryKey(dataKey: Uint8Array, vaultId: string): { part: VaultKeys['recovery']; text: string } {
  const salt = randomBytes(16)
  const secret = randomRecoverySecret()
  const key = recoveryWrappingKey(secret, salt)
  const wrapped = wrap(dataKey, key, vaultId, 'recovery')
  const text = formatRecoveryKey(secret)
  key.fill(0)
  secret.fill(0)
  return { part: { algorithm: 'hkdf-sha256', salt: salt.toString('base64'), wrapped }, text }
}

/**
 * Makes a new data key and wraps it by the passphrase and by a new recovery key, which is returned once, to be printed.
 * Only tests pass cheaper parameters. Throws CoreError('weak-passphrase') for an empty passphrase.
 */
export async function createKeys(
  passphrase: string,
  parameters: Argon2Parameters = defaultArgon2Parameters,
): Promise<{ keys: VaultKeys; dataKey: Buffer; recoveryKey: string }> {
  const vaultId = randomUUID()
  const dataKey = randomBytes(DATA_KEY_BYTES)
  const recovery = wrapWithRecoveryKey(dataKey, vaultId)
  const keys = {
    vaultId,
    passphrase: await wrapWithPassphrase(dataKey, vaultId, passphrase, parameters),
    recovery: recovery.part,
  }
  return { keys, dataKey, recoveryKey: recovery.text }
}

/**
 * The data key, by the passphrase. Throws CoreError('wrong-passphrase'), after the same work as for the right one.
 * The caller clears the returned bytes when done.
 */
export async function unwrapWithPassphrase(keys: VaultKeys, passphrase: string): Promise<Buffer> {
  const { salt, parameters, wrapped } = keys.passphrase
  const key = await passphraseKey(passphrase, Buffer.from(salt, 'base64'), parameters)
  const dataKey = unwrap(wrapped, key, keys.vaultId, 'passphrase')
  key.fill(0)
  if (dataKey === null) throw new CoreError('wrong-passphrase', 'Wrong passphrase.')
  return dataKey
}

/**
 * The data key, by the printed recovery key. Throws CoreError('invalid-input') where it was mistyped (its checksum
 * shows it) and CoreError('wrong-passphrase') where it belongs to another vault or was replaced.
 */
export async function unwrapWithRecoveryKey(keys: VaultKeys, recoveryKey: string): Promise<Buffer> {
  const secret = parseRecoveryKey(recoveryKey)
  const key = recoveryWrappingKey(secret, Buffer.from(keys.recovery.salt, 'base64'))
  secret.fill(0)
  const dataKey = unwrap(keys.recovery.wrapped, key, keys.vaultId, 'recovery')
  key.fill(0)
  if (dataKey === null) throw new CoreError('wrong-passphrase', 'This recovery key does not open this vault.')
  return dataKey
}

/** The keys with another passphrase; the data key, the recovery key and the keychain stay valid. */
export async function rewrapPassphrase(
  keys: VaultKeys,
  dataKey: Uint8Array,
  passphrase: string,
  parameters: Argon2Parameters = defaultArgon2Parameters,
): Promise<VaultKeys> {
  return { ...keys, passphrase: await wrapWithPassphrase(dataKey, keys.vaultId, passphrase, parameters) }
}

/** The keys with a new recovery key, to be printed; the old one no longer opens the vault. */
export function newRecoveryKey(keys: VaultKeys, dataKey: Uint8Array): { keys: VaultKeys; recoveryKey: string } {
  const recovery = wrapWithRecoveryKey(dataKey, keys.vaultId)
  return { keys: { ...keys, recovery: recovery.part }, recoveryKey: recovery.text }
}

/** The keys with the data key wrapped by a key that the system's keychain seals. */
export function sealForKeychain(keys: VaultKeys, dataKey: Uint8Array, keyStore: KeyStore): VaultKeys {
  if (!keyStore.available) throw new CoreError('keychain-unavailable', 'This system has no safe keychain.')
  const key = randomBytes(32)
  try {
    const sealedKey = Buffer.from(keyStore.seal(key)).toString('base64')
    return { ...keys, keychain: { sealedKey, wrapped: wrap(dataKey, key, keys.vaultId, 'keychain') } }
  } catch {
    throw new CoreError('keychain-unavailable', 'The keychain of this system did not take the key.')
  } finally {
    key.fill(0)
  }
}

/** The data key, by the keychain. Throws CoreError('keychain-unavailable') where it was not stored or is not given. */
export function unsealFromKeychain(keys: VaultKeys, keyStore: KeyStore): Buffer {
  if (keys.keychain === undefined) throw new CoreError('keychain-unavailable', 'The keychain does not hold this vault.')
  if (!keyStore.available) throw new CoreError('keychain-unavailable', 'This system has no safe keychain.')
  let key: Uint8Array
  try {
    key = keyStore.unseal(Buffer.from(keys.keychain.sealedKey, 'base64'))
  } catch {
    throw new CoreError('keychain-unavailable', 'The keychain of this system did not give the key.')
  }
  const dataKey = key.length === 32 ? unwrap(keys.keychain.wrapped, key, keys.vaultId, 'keychain') : null
  key.fill(0)
  if (dataKey === null) throw new CoreError('keychain-unavailable', 'The keychain holds the key of another vault.')
  return dataKey
}

/** The keys without the keychain's part. */
export function forgetKeychain(keys: VaultKeys): VaultKeys {
  const { keychain: _, ...rest } = keys
  return rest
}
