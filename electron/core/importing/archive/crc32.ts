import { crc32 as nativeCrc32 } from 'node:zlib'

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})

/** One step of the CRC register (the polynomial of ISO 3309, as zip and gzip use it), without the outer complements. */
export function crc32Step(register: number, byte: number): number {
  return ((TABLE[(register ^ byte) & 0xff] ?? 0) ^ (register >>> 8)) >>> 0
}

/** CRC-32 of `bytes`, carried on from `previous` (0 at the start), as an unsigned 32-bit number. */
export function crc32(bytes: Uint8Array, previous = 0): number {
  return nativeCrc32(bytes, previous)
}
