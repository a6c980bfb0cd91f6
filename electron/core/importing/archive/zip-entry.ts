import { Inflate } from 'fflate'
import { type ByteSource, ImportRejection } from '../importer.ts'
import { crc32 } from './crc32.ts'
import { createAesDecryptor, createZipCryptoDecryptor, type Decryptor } from './zip-decryption.ts'
import type { ZipEntry } from './zip-directory.ts'

/** Small reads keep the unpacked burst of one step small: deflate can blow up a thousandfold. */
const READ_SIZE = 16_384

/** Above this, an entry that unpacks to more than `HIGHEST_RATIO` times its packed size is taken for a bomb. */
const RATIO_MATTERS_FROM = 64 * 1024 * 1024
const HIGHEST_RATIO = 200

/** Throws `archive-bomb` where `unpacked` bytes out of `packed` cannot be an honest statement file. */
export function checkRatio(unpacked: number, packed: number, name: string): void {
  if (unpacked > RATIO_MATTERS_FROM && unpacked > packed * HIGHEST_RATIO) {
    throw new ImportRejection(
      'archive-bomb',
      `"${name}" would unpack to more than ${HIGHEST_RATIO} times its size. It was not opened.`,
      {
        name,
        ratio: HIGHEST_RATIO,
      },
    )
  }
}

/** Unpacks deflated pieces one after another. Throws `damaged` or `truncated`. */
export function* inflateChunks(packed: Iterable<Uint8Array>): Generator<Uint8Array, void, void> {
  const ready: Uint8Array[] = []
  const inflate = new Inflate((chunk) => {
    if (chunk.length > 0) ready.push(chunk)
  })
  for (const piece of packed) {
    push(inflate, piece, false)
    yield* ready.splice(0)
  }
  push(inflate, new Uint8Array(0), true)
  yield* ready.splice(0)
}

function push(inflate: Inflate, piece: Uint8Array, isLast: boolean): void {
  try {
    inflate.push(piece, isLast)
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    throw message.includes('EOF')
      ? new ImportRejection('truncated', 'The compressed data ends too early: the file was cut off. Download it again.')
      : new ImportRejection('damaged', 'The compressed data is damaged. Download the file again.')
  }
}

interface Placement {
  readonly start: number
  readonly end: number
  readonly decryptor: Decryptor | null
}

function place(source: ByteSource, entry: ZipEntry, password: string | undefined): Placement {
  const local = source.read(entry.offset, 30)
  const view = new DataView(local.buffer, local.byteOffset, local.byteLength)
  if (local.length < 30 || view.getUint32(0, true) !== 0x04034b50) {
    throw new ImportRejection('damaged', `The zip archive is damaged: "${entry.name}" is not where its directory says.`)
  }
  const start = entry.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true)
  const end = start + entry.compressedSize
  if (end > source.size) throw new ImportRejection('truncated', `The zip archive is cut off within "${entry.name}".`)
  if (entry.encryption === 'none') return { start, end, decryptor: null }
  if (entry.encryption === 'unknown') {
    throw new ImportRejection(
      'unsupported-version',
      `"${entry.name}" is encrypted in a way Onebook cannot open. Unpack it and import the file inside.`,
    )
  }
  if (password === undefined) {
    throw new ImportRejection(
      'password-protected',
      'The archive is protected by a password. Enter it, or unpack the archive and import the file inside.',
    )
  }
  const headerLength = entry.encryption === 'aes' ? entry.keyBytes / 2 + 2 : 12
  const trailerLength = entry.encryption === 'aes' ? 10 : 0
  if (entry.compressedSize < headerLength + trailerLength)
    throw new ImportRejection('damaged', `"${entry.name}" is damaged.`)
  const header = source.read(start, headerLength)
  return {
    start: start + headerLength,
    end: end - trailerLength,
    decryptor:
      entry.encryption === 'aes'
        ? createAesDecryptor(password, entry.keyBytes, header)
        : createZipCryptoDecryptor(password, header, entry.cryptoCheck),
  }
}

function* packedChunks(source: ByteSource, entry: ZipEntry, placement: Placement): Generator<Uint8Array, void, void> {
  for (let at = placement.start; at < placement.end;) {
    const bytes = source.read(at, Math.min(READ_SIZE, placement.end - at))
    if (bytes.length === 0) throw new ImportRejection('truncated', `The zip archive is cut off within "${entry.name}".`)
    at += bytes.length
    yield placement.decryptor === null ? bytes : placement.decryptor.decrypt(Uint8Array.from(bytes))
  }
  if (placement.decryptor !== null)
    placement.decryptor.finish(source.read(placement.end, entry.encryption === 'aes' ? 10 : 0))
}

/**
 * The unpacked bytes of an entry, piece by piece. Never gives more than the directory claims; at the end size and CRC
 * must agree. Throws `ImportRejection` (`password-protected`, `archive-bomb`, `damaged`, `truncated`,
 * `unsupported-version`).
 */
export function* entryChunks(
  source: ByteSource,
  entry: ZipEntry,
  password?: string,
): Generator<Uint8Array, void, void> {
  if (entry.method !== 0 && entry.method !== 8) {
    throw new ImportRejection(
      'unsupported-version',
      `"${entry.name}" is compressed in a way Onebook cannot open (method ${entry.method}).`,
    )
  }
  checkRatio(entry.size, entry.compressedSize, entry.name)
  const packed = packedChunks(source, entry, place(source, entry, password))
  let size = 0
  let crc = 0
  const wrongSize = (): ImportRejection =>
    new ImportRejection('damaged', `"${entry.name}" is not as long as the archive's directory says.`)
  for (const chunk of entry.method === 8 ? inflateChunks(packed) : packed) {
    size += chunk.length
    if (size > entry.size) throw wrongSize()
    if (entry.hasCrc) crc = crc32(chunk, crc)
    yield chunk
  }
  if (size !== entry.size) throw wrongSize()
  if (entry.hasCrc && crc !== entry.crc) {
    throw new ImportRejection(
      'damaged',
      `"${entry.name}" is damaged: its checksum does not match. Download the archive again.`,
    )
  }
}

/** The whole of an entry; `limit` in bytes. Throws as `entryChunks`, and `too-large` above the limit. */
export function readEntry(source: ByteSource, entry: ZipEntry, limit: number, password?: string): Uint8Array {
  if (entry.size > limit) throw new ImportRejection('too-large', `"${entry.name}" is too large to open.`, { limit })
  const bytes = new Uint8Array(entry.size)
  let at = 0
  for (const chunk of entryChunks(source, entry, password)) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
