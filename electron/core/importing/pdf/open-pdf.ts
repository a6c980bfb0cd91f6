import { type ByteSource, ImportRejection } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import type { PdfLimits } from './extract-text.ts'
import { type ReadingLimits, readInThread } from './pdf-reader.ts'

export interface OpenPdfOptions {
  readonly password?: string | undefined
  /** Ends the work; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  readonly limits?: Partial<OpeningLimits>
}

export interface OpeningLimits extends PdfLimits, ReadingLimits {
  /** Bytes of the file. */
  readonly bytes: number
}

const LIMITS: OpeningLimits = {
  bytes: 64 * 1024 * 1024,
  pages: 2000,
  letters: 8_000_000,
  milliseconds: 60_000,
  megabytes: 768,
}

const MARK = [0x25, 0x50, 0x44, 0x46, 0x2d]
/** Readers of PDFs allow for as much before the mark, and writers for as much behind the end. */
const MARK_REACH = 1024
const END_REACH = 64 * 1024

/** Whether a file is a PDF by its signature, which may have something before it. */
export function isPdf(source: ByteSource): boolean {
  const head = source.read(0, MARK_REACH)
  for (let at = 0; at + MARK.length <= head.length; at += 1) {
    if (head[at] === MARK[0] && MARK.every((byte, index) => head[at + index] === byte)) {
      // text that speaks of "%PDF-" somewhere is not one
      return at === 0 || head.subarray(0, at).every((byte) => byte <= 32 || byte >= 0xef) || head.includes(0)
    }
  }
  return false
}

function hasEnd(source: ByteSource): boolean {
  const from = Math.max(0, source.size - END_REACH)
  return Buffer.from(source.read(from, source.size - from)).includes('%%EOF')
}

/**
 * Opens a PDF: a source of the same name whose bytes are its text with places (`document/page-text.ts`), or null where
 * the source is no PDF. It is read in a thread of its own, bounded in time and memory. Throws `ImportRejection`: `password-protected` (`wrong` is set where a password was given),
 * `scanned-document`, `truncated`, `damaged`, `too-large`.
 */
export async function openPdf(source: ByteSource, options: OpenPdfOptions = {}): Promise<ByteSource | null> {
  if (!isPdf(source)) return null
  const limits = { ...LIMITS, ...options.limits }
  if (source.size > limits.bytes) {
    throw new ImportRejection('too-large', `The PDF is larger than ${Math.floor(limits.bytes / 1024 ** 2)} MB.`, {
      limit: limits.bytes,
    })
  }
  if (!hasEnd(source)) {
    throw new ImportRejection('truncated', 'The PDF ends too early: it was cut off. Download it again.')
  }
  // copied, for the bytes move to the thread
  const bytes = Uint8Array.from(source.read(0, source.size))
  const { pages, letters } = limits
  const task = { bytes, password: options.password, limits: { pages, letters } }
  return bytesSource(source.name, await readInThread(task, limits, options.signal))
}
