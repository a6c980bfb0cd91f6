/** What a column of a row holds. Whole numbers beyond 2^53 come as bigint, so that no digit is lost. */
export type SqliteValue = number | bigint | string | Uint8Array | null

/** A variable-length integer: 7 bits a byte, most significant first, all 8 of the ninth. Null where it breaks off. */
export function readVarint(bytes: Uint8Array, at: number): { readonly value: bigint; readonly next: number } | null {
  let value = 0n
  for (let index = 0; index < 9; index += 1) {
    const byte = bytes[at + index]
    if (byte === undefined) return null
    if (index === 8) return { value: BigInt.asIntN(64, (value << 8n) | BigInt(byte)), next: at + 9 }
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) return { value, next: at + index + 1 }
  }
  return null
}

/** Bytes of a whole number by its serial type. */
const INTEGER_LENGTHS: readonly number[] = [0, 1, 2, 3, 4, 6, 8]
const FLOAT = 7
const ZERO = 8
const ONE = 9
const FIRST_LONG = 12

function lengthOf(type: number): number | null {
  if (type < FLOAT) return INTEGER_LENGTHS[type] ?? null
  if (type === FLOAT) return 8
  if (type === ZERO || type === ONE) return 0
  return type < FIRST_LONG ? null : (type - FIRST_LONG) >> 1
}

function integerOf(bytes: Uint8Array): number | bigint {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  const signed = BigInt.asIntN(bytes.length * 8, value)
  const isSafe = signed >= BigInt(Number.MIN_SAFE_INTEGER) && signed <= BigInt(Number.MAX_SAFE_INTEGER)
  return isSafe ? Number(signed) : signed
}

/** Short numbers are most of what a book holds: they are read without big integers. */
function shortInteger(bytes: Uint8Array): number {
  let value = (bytes[0] ?? 0) >= 0x80 ? -1 : 0
  for (const byte of bytes) value = value * 256 + byte
  return value
}

/** The values of one record ("Record Format"); null where it breaks off or has a type that is not used. */
export function decodeRecord(
  payload: Uint8Array,
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be',
): readonly SqliteValue[] | null {
  const header = readVarint(payload, 0)
  if (header === null || header.value > BigInt(payload.length)) return null
  const end = Number(header.value)
  const decoder = new TextDecoder(encoding)
  const values: SqliteValue[] = []
  let at = header.next
  let body = end
  while (at < end) {
    const stated = readVarint(payload, at)
    if (stated === null || stated.value > BigInt(Number.MAX_SAFE_INTEGER)) return null
    const type = Number(stated.value)
    at = stated.next
    const length = lengthOf(type)
    if (length === null || body + length > payload.length) return null
    const bytes = payload.subarray(body, body + length)
    body += length
    if (type === 0) values.push(null)
    else if (type === ZERO) values.push(0)
    else if (type === ONE) values.push(1)
    else if (type === FLOAT) values.push(new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0))
    else if (type < FLOAT) values.push(length < 7 ? shortInteger(bytes) : integerOf(bytes))
    else if (type % 2 === 0) values.push(Uint8Array.from(bytes))
    else values.push(decoder.decode(bytes))
  }
  return values
}
