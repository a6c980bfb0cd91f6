import { Gunzip } from 'fflate'
import { type ByteSource, ImportRejection } from '../importer.ts'
import { crc32 } from './crc32.ts'
import { looksLikeMail, MAIL_HEAD, openMail } from './open-mail.ts'
import { SequentialSource } from './sequential-source.ts'
import { looksLikeZip, readZipDirectory, type ZipEntry } from './zip-directory.ts'
import { checkRatio, entryChunks } from './zip-entry.ts'

export interface ContainerOptions {
  readonly password?: string | undefined
  readonly limits?: Partial<ContainerLimits>
}

export interface ContainerLimits {
  /** Files in one archive, those of nested archives included. */
  readonly files: number
  /** Bytes in all once unpacked. */
  readonly totalBytes: number
  /** Archives within archives: 1 is none. */
  readonly depth: number
}

const LIMITS: ContainerLimits = { files: 1000, totalBytes: 2 * 1024 ** 3, depth: 3 }

const READ_SIZE = 16_384

/** Zip files that are documents of their own, told by an entry every one of them has. */
const DOCUMENT_MARKS: ReadonlySet<string> = new Set([
  '[Content_Types].xml',
  'META-INF/manifest.xml',
  'META-INF/MANIFEST.MF',
  'mimetype',
])

const JUNK = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i

const baseName = (path: string): string => path.split(/[/\\]/).findLast((part) => part !== '') ?? path

interface Budget {
  readonly limits: ContainerLimits
  files: number
  bytes: number
}

function spend(budget: Budget, bytes: number): void {
  budget.files += 1
  budget.bytes += bytes
  if (budget.files > budget.limits.files) {
    throw new ImportRejection(
      'archive-bomb',
      `The archive holds more than ${budget.limits.files} files. It was not opened.`,
      {
        count: budget.limits.files,
      },
    )
  }
  if (budget.bytes > budget.limits.totalBytes) {
    throw new ImportRejection(
      'too-large',
      `Unpacked, the archive is larger than ${Math.floor(budget.limits.totalBytes / 1024 ** 2)} MB.`,
      {
        limit: budget.limits.totalBytes,
      },
    )
  }
}

function* gunzipChunks(source: ByteSource): Generator<Uint8Array, void, void> {
  const ready: Uint8Array[] = []
  const gunzip = new Gunzip((chunk) => {
    if (chunk.length > 0) ready.push(chunk)
  })
  let at = 0
  while (at < source.size) {
    const bytes = source.read(at, READ_SIZE)
    if (bytes.length === 0) break
    at += bytes.length
    try {
      gunzip.push(bytes, at >= source.size)
    } catch (error) {
      const message = error instanceof Error ? error.message : ''
      throw message.includes('EOF')
        ? new ImportRejection('truncated', 'The compressed file ends too early: it was cut off. Download it again.')
        : new ImportRejection('damaged', 'The compressed file is damaged. Download it again.')
    }
    yield* ready.splice(0)
  }
}

/** One pass to learn the size and to verify: a gzip file does not say either in a way that can be trusted. */
function openGzip(source: ByteSource, budget: Budget): ByteSource {
  let size = 0
  let crc = 0
  for (const chunk of gunzipChunks(source)) {
    size += chunk.length
    crc = crc32(chunk, crc)
    checkRatio(size, source.size, source.name)
    if (budget.bytes + size > budget.limits.totalBytes) spend(budget, size)
  }
  spend(budget, size)
  const trailer = source.read(source.size - 8, 8)
  const view = new DataView(trailer.buffer, trailer.byteOffset, trailer.byteLength)
  // Where the length does not match there are several members (or padding) and the last checksum covers only one.
  if (trailer.length === 8 && view.getUint32(4, true) === size % 2 ** 32 && view.getUint32(0, true) !== crc) {
    throw new ImportRejection(
      'damaged',
      'The compressed file is damaged: its checksum does not match. Download it again.',
    )
  }
  const name = source.name.replace(/\.(gz|gzip)$/i, '')
  return new SequentialSource(name === '' ? source.name : name, size, () => gunzipChunks(source))
}

function openEntry(source: ByteSource, entry: ZipEntry, password: string | undefined): ByteSource {
  return new SequentialSource(baseName(entry.name), entry.size, () => entryChunks(source, entry, password))
}

function openAt(source: ByteSource, options: ContainerOptions, budget: Budget, depth: number): ByteSource[] | null {
  const head = source.read(0, 4)
  const isGzip = head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8
  const isZip = looksLikeZip(head)
  const mail = isGzip || isZip ? null : openMail(source)
  if (!isGzip && !isZip && mail === null) return null
  const inside: ByteSource[] = []
  if (mail !== null) {
    for (const file of mail) {
      spend(budget, file.size)
      inside.push(file)
    }
  } else if (isGzip) {
    inside.push(openGzip(source, budget))
  } else {
    const entries = readZipDirectory(source)
    if (entries.some((entry) => DOCUMENT_MARKS.has(entry.name))) return null
    for (const entry of entries) {
      if (entry.name.endsWith('/') || entry.size === 0 || JUNK.test(entry.name)) continue
      if (entry.encryption !== 'none' && options.password === undefined) {
        throw new ImportRejection(
          'password-protected',
          'The archive is protected by a password. Enter it, or unpack the archive and import the file inside.',
        )
      }
      checkRatio(entry.size, entry.compressedSize, entry.name)
      spend(budget, entry.size)
      inside.push(openEntry(source, entry, options.password))
    }
  }
  return inside.flatMap((file) => {
    const magic = file.read(0, 4)
    const isArchive = looksLikeZip(magic) || (magic[0] === 0x1f && magic[1] === 0x8b)
    if (!isArchive && (mail !== null || !looksLikeMail(file.read(0, MAIL_HEAD)))) return [file]
    if (depth >= budget.limits.depth) {
      // A document at the deepest level (an XLSX) is a zip file too, and is no archive.
      if (looksLikeZip(magic) && readZipDirectory(file).some((entry) => DOCUMENT_MARKS.has(entry.name))) return [file]
      throw new ImportRejection('archive-bomb', `The archive holds archives more than ${budget.limits.depth} deep.`, {
        depth: budget.limits.depth,
      })
    }
    return openAt(file, options, budget, depth + 1) ?? [file]
  })
}

/**
 * The files inside a .zip, .gz or e-mail message, nested ones opened too, or null where the source is none of them (an
 * XLSX is a zip file but a document, so null). Only names without folders come out and nothing is written, so a path inside the
 * archive cannot escape anywhere. Unpacking happens while the files are read.
 * Throws `ImportRejection`: `password-protected` (no password, or a wrong one), `archive-bomb`, `too-large`, `damaged`,
 * `truncated`, `empty-file`, `unsupported-version`. Reading a file inside may throw them too.
 */
export function openContainer(source: ByteSource, options: ContainerOptions = {}): ByteSource[] | null {
  const budget: Budget = { limits: { ...LIMITS, ...options.limits }, files: 0, bytes: 0 }
  const files = openAt(source, options, budget, 1)
  if (files !== null && files.length === 0) throw new ImportRejection('empty-file', 'The archive holds no files.')
  return files
}
