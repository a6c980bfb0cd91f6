import { createCipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { ImportRejection } from '../importer.ts'
import { crc32Step } from './crc32.ts'

/** Takes encrypted bytes in order and gives them back plain, in place. */
export interface Decryptor {
  decrypt(bytes: Uint8Array): Uint8Array
  /** To be called with the bytes after the ciphertext; throws where they prove it was tampered with. */
  finish(trailer: Uint8Array): void
}

const wrongPassword = (): ImportRejection =>
  new ImportRejection('password-protected', 'The password does not open this archive.', { wrong: 1 })

/** The traditional PKWARE cipher (APPNOTE 6.1). Weak, but what many banks' and wallets' archives use. */
export function createZipCryptoDecryptor(password: string, header: Uint8Array, check: number): Decryptor {
  let key0 = 0x12345678
  let key1 = 0x23456789
  let key2 = 0x34567890
  const update = (byte: number): void => {
    key0 = crc32Step(key0, byte)
    key1 = (Math.imul((key1 + (key0 & 0xff)) >>> 0, 134_775_813) + 1) >>> 0
    key2 = crc32Step(key2, key1 >>> 24)
  }
  const decryptByte = (byte: number): number => {
    const temporary = (key2 | 2) & 0xffff
    const plain = byte ^ ((Math.imul(temporary, temporary ^ 1) >>> 8) & 0xff)
    update(plain)
    return plain
  }
  for (const byte of new TextEncoder().encode(password)) update(byte)
  let last = 0
  for (const byte of header) last = decryptByte(byte)
  if (last !== check) throw wrongPassword()
  return {
    decrypt(bytes) {
      for (const [index, byte] of bytes.entries()) bytes[index] = decryptByte(byte)
      return bytes
    },
    finish() {},
  }
}

const AES_NAMES: ReadonlyMap<number, string> = new Map([
  [16, 'aes-128-ecb'],
  [24, 'aes-192-ecb'],
  [32, 'aes-256-ecb'],
])

/**
 * WinZip's AES (AE-1 and AE-2): PBKDF2-HMAC-SHA1 with 1000 rounds, AES in counter mode with a little-endian counter
 * that starts at 1, HMAC-SHA1 over the ciphertext cut to ten bytes. `header` is salt and two bytes of verification.
 */
export function createAesDecryptor(password: string, keyBytes: number, header: Uint8Array): Decryptor {
  const name = AES_NAMES.get(keyBytes)
  if (name === undefined)
    throw new ImportRejection('unsupported-version', 'The archive uses a cipher Onebook does not know.')
  const salt = header.subarray(0, keyBytes / 2)
  const derived = pbkdf2Sync(password, salt, 1000, 2 * keyBytes + 2, 'sha1')
  if (!timingSafeEqual(derived.subarray(2 * keyBytes), header.subarray(keyBytes / 2))) throw wrongPassword()
  const cipher = createCipheriv(name, derived.subarray(0, keyBytes), null)
  cipher.setAutoPadding(false)
  const hmac = createHmac('sha1', derived.subarray(keyBytes, 2 * keyBytes))
  let counter = 1
  let stream: Uint8Array = new Uint8Array(0)
  let used = 0
  return {
    decrypt(bytes) {
      hmac.update(bytes)
      const left = stream.length - used
      if (left < bytes.length) {
        const blocks = Math.ceil((bytes.length - left) / 16)
        const counters = new Uint8Array(blocks * 16)
        const view = new DataView(counters.buffer)
        for (let block = 0; block < blocks; block += 1) {
          view.setUint32(block * 16, counter % 0x1_0000_0000, true)
          view.setUint32(block * 16 + 4, Math.floor(counter / 0x1_0000_0000), true)
          counter += 1
        }
        const fresh = cipher.update(counters)
        const joined = new Uint8Array(left + fresh.length)
        joined.set(stream.subarray(used))
        joined.set(fresh, left)
        stream = joined
        used = 0
      }
      for (let index = 0; index < bytes.length; index += 1)
        bytes[index] = (bytes[index] ?? 0) ^ (stream[used + index] ?? 0)
      used += bytes.length
      return bytes
    },
    finish(trailer) {
      const expected = hmac.digest().subarray(0, 10)
      if (trailer.length !== 10 || !timingSafeEqual(expected, trailer)) {
        throw new ImportRejection(
          'damaged',
          'The encrypted archive is damaged: its authentication code does not match.',
        )
      }
    },
  }
}
