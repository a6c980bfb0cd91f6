import { type ByteSource, ImportRejection } from '../importer.ts'

/** The directory of a zip file (PKWARE APPNOTE 6.3), read from its end: nothing is unpacked here. */
export interface ZipEntry {
  /** As in the directory, folders with "/". */
  readonly name: string
  /** 0 stored, 8 deflated; other methods are refused when the entry is read. For AES entries the method inside. */
  readonly method: number
  readonly compressedSize: number
  /** The unpacked size the directory claims; verified while unpacking. */
  readonly size: number
  readonly crc: number
  readonly encryption: 'none' | 'zip-crypto' | 'aes' | 'unknown'
  /** AES key strength in bytes (16, 24, 32); 0 otherwise. */
  readonly keyBytes: number
  /** AE-2 leaves the CRC out, for it would betray short contents. */
  readonly hasCrc: boolean
  /** The byte that the header of a ZipCrypto entry must end with once decrypted. */
  readonly cryptoCheck: number
  /** Where the local header starts in the source. */
  readonly offset: number
}

const END_SIGNATURE = 0x06054b50
const END64_LOCATOR_SIGNATURE = 0x07064b50
const END64_SIGNATURE = 0x06064b50
const ENTRY_SIGNATURE = 0x02014b50
const LONGEST_COMMENT = 65_535
const MOST_ENTRIES = 20_000

const damaged = (message: string): ImportRejection =>
  new ImportRejection('damaged', `The zip archive is damaged: ${message}.`)

/** Whether the bytes start as a zip file does ("PK" and a local header, an empty or a spanned archive). */
export function looksLikeZip(head: Uint8Array): boolean {
  if (head.length < 4 || head[0] !== 0x50 || head[1] !== 0x4b) return false
  const mark = `${head[2]},${head[3]}`
  return mark === '3,4' || mark === '5,6' || mark === '7,8'
}

interface Directory {
  readonly offset: number
  readonly size: number
  readonly entries: number
  /** Bytes before the archive's own start (a self-extracting stub, junk). */
  readonly base: number
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function findDirectory(source: ByteSource): Directory | null {
  const length = Math.min(source.size, LONGEST_COMMENT + 22)
  const start = source.size - length
  const tail = source.read(start, length)
  const view = viewOf(tail)
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue
    let entries = view.getUint16(at + 10, true)
    let size = view.getUint32(at + 12, true)
    let offset = view.getUint32(at + 16, true)
    let end = start + at
    if (at >= 20 && view.getUint32(at - 20, true) === END64_LOCATOR_SIGNATURE) {
      const end64 = Number(view.getBigUint64(at - 12, true))
      if (end64 + 56 > source.size) return null
      const wide = viewOf(source.read(end64, 56))
      if (wide.byteLength < 56 || wide.getUint32(0, true) !== END64_SIGNATURE) return null
      entries = Number(wide.getBigUint64(32, true))
      size = Number(wide.getBigUint64(40, true))
      offset = Number(wide.getBigUint64(48, true))
      end = end64
    }
    const base = end - size - offset
    if (base < 0 || size > source.size) continue
    return { offset: offset + base, size, entries, base }
  }
  return null
}

function decodeName(bytes: Uint8Array, isUtf8: boolean): string {
  if (isUtf8) return new TextDecoder().decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Archives made on a Chinese Windows carry names in the system code page and say nothing about it.
    return new TextDecoder('gb18030').decode(bytes)
  }
}

interface Extra {
  readonly sizes: readonly number[]
  readonly aes: { readonly version: number; readonly strength: number; readonly method: number } | null
}

function readExtra(view: DataView, start: number, length: number): Extra {
  const sizes: number[] = []
  let aes: Extra['aes'] = null
  let at = start
  const end = start + length
  while (at + 4 <= end) {
    const id = view.getUint16(at, true)
    const size = view.getUint16(at + 2, true)
    const body = at + 4
    if (body + size > end) break
    if (id === 0x0001)
      for (let part = body; part + 8 <= body + size; part += 8) sizes.push(Number(view.getBigUint64(part, true)))
    if (id === 0x9901 && size >= 7) {
      aes = {
        version: view.getUint16(body, true),
        strength: view.getUint8(body + 4),
        method: view.getUint16(body + 5, true),
      }
    }
    at = body + size
  }
  return { sizes, aes }
}

/**
 * Every entry of a zip file, folders included, in the directory's order.
 * Throws `ImportRejection`: `truncated` where the directory is missing, `damaged` where it contradicts itself or entries
 * overlap (the trick of a recursive bomb), `archive-bomb` where there are too many.
 */
export function readZipDirectory(source: ByteSource): ZipEntry[] {
  const directory = findDirectory(source)
  if (directory === null) {
    throw new ImportRejection(
      'truncated',
      'The zip archive has no directory at its end: the file was cut off. Download it again.',
    )
  }
  if (directory.entries > MOST_ENTRIES) {
    throw new ImportRejection(
      'archive-bomb',
      `The archive lists ${directory.entries} files, more than any statement archive.`,
      {
        count: directory.entries,
      },
    )
  }
  const bytes = source.read(directory.offset, directory.size)
  const view = viewOf(bytes)
  const entries: ZipEntry[] = []
  let at = 0
  for (let index = 0; index < directory.entries; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY_SIGNATURE) throw damaged('its directory is torn')
    const flags = view.getUint16(at + 8, true)
    const method = view.getUint16(at + 10, true)
    const modified = view.getUint16(at + 12, true)
    const crc = view.getUint32(at + 16, true)
    let compressedSize = view.getUint32(at + 20, true)
    let size = view.getUint32(at + 24, true)
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const commentLength = view.getUint16(at + 32, true)
    let offset = view.getUint32(at + 42, true)
    const next = at + 46 + nameLength + extraLength + commentLength
    if (next > bytes.length) throw damaged('its directory is torn')
    const extra = readExtra(view, at + 46 + nameLength, extraLength)
    const wide = [...extra.sizes]
    if (size === 0xffffffff) size = wide.shift() ?? size
    if (compressedSize === 0xffffffff) compressedSize = wide.shift() ?? compressedSize
    if (offset === 0xffffffff) offset = wide.shift() ?? offset
    offset += directory.base
    if (offset + 30 + compressedSize > source.size) throw damaged('an entry lies outside the file')
    const isEncrypted = (flags & 1) !== 0
    const isAes = method === 99 && extra.aes !== null
    entries.push({
      name: decodeName(bytes.subarray(at + 46, at + 46 + nameLength), (flags & 0x0800) !== 0),
      method: isAes && extra.aes !== null ? extra.aes.method : method,
      compressedSize,
      size,
      crc,
      encryption: !isEncrypted
        ? 'none'
        : isAes
          ? 'aes'
          : (flags & 0x40) !== 0 || method === 99
            ? 'unknown'
            : 'zip-crypto',
      keyBytes: isAes && extra.aes !== null ? 8 + 8 * extra.aes.strength : 0,
      hasCrc: !(isAes && extra.aes?.version === 2),
      cryptoCheck: (flags & 8) !== 0 ? modified >>> 8 : crc >>> 24,
      offset,
    })
    at = next
  }
  const ordered = entries.toSorted((left, right) => left.offset - right.offset)
  let end = 0
  for (const entry of ordered) {
    if (entry.offset < end) throw damaged('its entries overlap')
    end = entry.offset + 30 + entry.compressedSize
  }
  return entries
}
