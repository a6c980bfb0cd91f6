import { createCipheriv, createDecipheriv } from 'node:crypto'

const BLOCK = 16

/** The counter of AES-CTR at a block, as SP 800-38A has it: the first counter plus the block's number, modulo 2^128. */
function counterAt(nonce: Uint8Array, block: number): Buffer {
  const first = BigInt(`0x${Buffer.from(nonce).toString('hex')}`)
  const value = (first + BigInt(block)) % (1n << 128n)
  return Buffer.from(value.toString(16).padStart(32, '0'), 'hex')
}

/** Encrypts a stream from its beginning. */
export function createSpoolCipher(key: Uint8Array, nonce: Uint8Array): { update(bytes: Uint8Array): Buffer } {
  return createCipheriv('aes-256-ctr', key, nonce)
}

/**
 * Decrypts from anywhere in a spooled file: `readSealed(offset, length)` gives the encrypted bytes of a range.
 * There is no authentication: the key lives as long as the process and the file is private to the user.
 */
export function readSpool(
  key: Uint8Array,
  nonce: Uint8Array,
  offset: number,
  length: number,
  readSealed: (offset: number, length: number) => Uint8Array,
): Uint8Array {
  const skipped = offset % BLOCK
  const sealed = readSealed(offset - skipped, length + skipped)
  const decipher = createDecipheriv('aes-256-ctr', key, counterAt(nonce, (offset - skipped) / BLOCK))
  return new Uint8Array(decipher.update(sealed)).subarray(skipped)
}
