import { ImportRejection } from '../importer.ts'

/** The compound file binary format ([MS-CFB]): a small file system inside one file, the container of XLS. */
export interface CompoundFile {
  /** Names of the streams, as stored. */
  readonly names: readonly string[]
  /** A stream's bytes by name (any letter case), or null where there is none. */
  stream(name: string): Uint8Array | null
}

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const LAST_REGULAR_SECTOR = 0xfffffffa
const DIRECTORY_ENTRY = 128

/** Whether the bytes start with the signature of a compound file. */
export function looksLikeCompoundFile(head: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => head[index] === byte)
}

interface Entry {
  readonly name: string
  readonly kind: number
  readonly start: number
  readonly size: number
}

const damaged = (): ImportRejection =>
  new ImportRejection(
    'damaged',
    'The workbook is damaged: its inner file table is not readable. Save it again in Excel.',
  )

/** Opens a compound file. Throws `damaged` where its tables are torn or run in circles, `truncated` where they end. */
export function openCompoundFile(bytes: Uint8Array): CompoundFile {
  if (bytes.length < 512 || !looksLikeCompoundFile(bytes)) throw damaged()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sectorShift = view.getUint16(30, true)
  const miniShift = view.getUint16(32, true)
  if ((sectorShift !== 9 && sectorShift !== 12) || miniShift > sectorShift) throw damaged()
  const sectorSize = 1 << sectorShift
  const miniSize = 1 << miniShift
  const sectorCount = Math.ceil(bytes.length / sectorSize)
  const sector = (index: number): Uint8Array => bytes.subarray((index + 1) << sectorShift, (index + 2) << sectorShift)
  const entriesOf = (part: Uint8Array): number[] => {
    const words: number[] = []
    const partView = new DataView(part.buffer, part.byteOffset, part.byteLength)
    for (let at = 0; at + 4 <= part.length; at += 4) words.push(partView.getUint32(at, true))
    return words
  }

  const fatSectors: number[] = []
  for (let at = 76; at < 512; at += 4) fatSectors.push(view.getUint32(at, true))
  let next = view.getUint32(68, true)
  for (let guard = 0; next < LAST_REGULAR_SECTOR && guard < sectorCount; guard += 1) {
    const words = entriesOf(sector(next))
    next = words.pop() ?? 0xffffffff
    fatSectors.push(...words)
  }
  const fat: number[] = []
  for (const index of fatSectors) {
    if (index < sectorCount && fat.length <= sectorCount) for (const word of entriesOf(sector(index))) fat.push(word)
  }

  const chain = (start: number, table: readonly number[], limit: number): number[] => {
    const found: number[] = []
    for (let at = start; at < LAST_REGULAR_SECTOR; at = table[at] ?? 0xffffffff) {
      if (found.length > limit) throw damaged()
      found.push(at)
    }
    return found
  }
  const collect = (indexes: readonly number[], partOf: (index: number) => Uint8Array, size: number): Uint8Array => {
    const result = new Uint8Array(size)
    let at = 0
    for (const index of indexes) {
      if (at >= size) break
      const part = partOf(index).subarray(0, size - at)
      result.set(part, at)
      at += part.length
    }
    if (at < size) {
      throw new ImportRejection('truncated', 'The workbook ends too early: the file was cut off. Download it again.')
    }
    return result
  }
  const wholeChain = (start: number): Uint8Array => {
    const indexes = chain(start, fat, sectorCount).filter((index) => index + 1 < sectorCount)
    const size = indexes.reduce((sum, index) => sum + sector(index).length, 0)
    return collect(indexes, sector, size)
  }

  const directory = wholeChain(view.getUint32(48, true))
  const directoryView = new DataView(directory.buffer)
  const entries: Entry[] = []
  for (let at = 0; at + DIRECTORY_ENTRY <= directory.length; at += DIRECTORY_ENTRY) {
    const kind = directory[at + 66] ?? 0
    const nameLength = Math.min(64, directoryView.getUint16(at + 64, true))
    if (kind === 0 || nameLength < 2) continue
    entries.push({
      name: new TextDecoder('utf-16le').decode(directory.subarray(at, at + nameLength - 2)),
      kind,
      start: directoryView.getUint32(at + 116, true),
      size: directoryView.getUint32(at + 120, true),
    })
  }
  const root = entries.find((entry) => entry.kind === 5)
  if (root === undefined) {
    throw new ImportRejection('truncated', 'The workbook ends too early: the file was cut off. Download it again.')
  }
  const cutoff = view.getUint32(56, true)
  let mini: { readonly table: readonly number[]; readonly bytes: Uint8Array } | null = null
  const miniStream = (): { readonly table: readonly number[]; readonly bytes: Uint8Array } => {
    mini ??= {
      table: entriesOf(wholeChain(view.getUint32(60, true))),
      bytes: wholeChain(root.start),
    }
    return mini
  }
  const streams = entries.filter((entry) => entry.kind === 2)
  return {
    names: streams.map((entry) => entry.name),
    stream(name) {
      const entry = streams.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
      if (entry === undefined) return null
      if (entry.size > bytes.length) throw damaged()
      if (entry.size >= cutoff) return collect(chain(entry.start, fat, sectorCount), sector, entry.size)
      const { table, bytes: parts } = miniStream()
      const part = (index: number): Uint8Array => parts.subarray(index << miniShift, (index << miniShift) + miniSize)
      return collect(chain(entry.start, table, table.length), part, entry.size)
    },
  }
}
