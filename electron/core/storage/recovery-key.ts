import { createHash, randomBytes } from 'node:crypto'
import { CoreError } from '../../../shared/ipc/errors.ts'

/** Crockford's base 32: no I, L, O or U, so that a key can be read aloud and copied by hand. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SECRET_BYTES = 16
const CHECK_BYTES = 4
const GROUPS = 8
const GROUP_LENGTH = 4

const checkOf = (secret: Uint8Array): Buffer =>
  createHash('sha256').update('onebook recovery key 1').update(secret).digest().subarray(0, CHECK_BYTES)

/** A fresh random secret of 128 bits. */
export function randomRecoverySecret(): Buffer {
  return randomBytes(SECRET_BYTES)
}

/** The secret with its checksum as eight groups of four letters and digits: `XXXX-XXXX-…`, 160 bits in all. */
export function formatRecoveryKey(secret: Uint8Array): string {
  const bytes = Buffer.concat([secret, checkOf(secret)])
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  let text = ''
  for (let index = 0; index < GROUPS * GROUP_LENGTH; index += 1) {
    text = (ALPHABET[Number(bits & 31n)] ?? '') + text
    bits >>= 5n
  }
  return (text.match(/.{4}/g) ?? []).join('-')
}

/**
 * The secret in a recovery key as a person typed it: any case, with or without hyphens and spaces, O for 0 and I or L
 * for 1. Throws CoreError('invalid-input') where it is incomplete or its checksum says that it was mistyped.
 */
export function parseRecoveryKey(text: string): Buffer {
  const clean = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  const mistyped = (): CoreError => new CoreError('invalid-input', 'This recovery key is incomplete or mistyped.')
  if (clean.length !== GROUPS * GROUP_LENGTH) throw mistyped()
  let bits = 0n
  for (const character of clean) {
    const value = ALPHABET.indexOf(character)
    if (value < 0) throw mistyped()
    bits = (bits << 5n) | BigInt(value)
  }
  const bytes = Buffer.alloc(SECRET_BYTES + CHECK_BYTES)
  for (let index = bytes.length - 1; index >= 0; index -= 1) {
    bytes[index] = Number(bits & 255n)
    bits >>= 8n
  }
  const secret = Buffer.from(bytes.subarray(0, SECRET_BYTES))
  if (!checkOf(secret).equals(bytes.subarray(SECRET_BYTES))) throw mistyped()
  return secret
}
