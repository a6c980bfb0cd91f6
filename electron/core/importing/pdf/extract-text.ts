import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { assembleLines, type TextRun } from '../document/assemble-lines.ts'
import type { DocumentText, TextPage } from '../document/document-text.ts'
import type { MessageValues, ReasonCode } from '../importer.ts'

/** What keeps one file from taking the machine. */
export interface PdfLimits {
  readonly pages: number
  /** Letters of text in all. */
  readonly letters: number
}

export interface PdfRefusal {
  readonly code: ReasonCode
  readonly message: string
  readonly values: MessageValues
}

/** Thrown by `extractText`. Crosses from one thread to another as a `PdfRefusal`. */
export class PdfError extends Error {
  override readonly name = 'PdfError'
  readonly refusal: PdfRefusal
  constructor(code: ReasonCode, message: string, values: MessageValues = {}) {
    super(message)
    this.refusal = { code, message, values }
  }
}

type PdfLibrary = typeof import('pdfjs-dist/legacy/build/pdf.mjs')
type PdfDocument = Awaited<ReturnType<PdfLibrary['getDocument']>['promise']>
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>
type Matrix = readonly [number, number, number, number, number, number]

/** Names of data files as pdf.js asks for them: no folders, so nothing outside of its own can be named. */
const DATA_NAME = /^[\w-]{1,60}\.(?:bcmap|pfb|ttf)$/

/**
 * Character maps and metrics of fonts that a PDF names without bringing them (Chinese ones above all) lie beside the
 * library; they are read from there and from nowhere else.
 */
function dataFactory(): new () => { fetch(request: { kind: string; filename: string }): Promise<Uint8Array> } {
  const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const folders: ReadonlyMap<string, string> = new Map([
    ['cMapUrl', join(root, 'cmaps')],
    ['standardFontDataUrl', join(root, 'standard_fonts')],
  ])
  return class {
    async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
      const folder = folders.get(kind)
      if (folder === undefined || !DATA_NAME.test(filename)) throw new Error('There is no such data file.')
      return Promise.resolve(new Uint8Array(readFileSync(join(folder, filename))))
    }
  }
}

async function loadLibrary(): Promise<PdfLibrary> {
  // it looks for these when it is loaded; only drawing would use them
  const drawing = { DOMMatrix: Object, Path2D: Object }
  for (const [name, value] of Object.entries(drawing))
    if (!(name in globalThis)) Object.assign(globalThis, { [name]: value })
  // given its worker beforehand, the library starts no thread of its own
  Object.assign(globalThis, { pdfjsWorker: await import('pdfjs-dist/legacy/build/pdf.worker.mjs') })
  return import('pdfjs-dist/legacy/build/pdf.mjs')
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[2] * b[1],
    a[1] * b[0] + a[3] * b[1],
    a[0] * b[2] + a[2] * b[3],
    a[1] * b[2] + a[3] * b[3],
    a[0] * b[4] + a[2] * b[5] + a[4],
    a[1] * b[4] + a[3] * b[5] + a[5],
  ]
}

function matrixOf(values: readonly unknown[]): Matrix {
  const [a, b, c, d, e, f] = values.map((value) => (typeof value === 'number' && Number.isFinite(value) ? value : 0))
  return [a ?? 0, b ?? 0, c ?? 0, d ?? 0, e ?? 0, f ?? 0]
}

async function runsOf(page: PdfPage): Promise<{ width: number; height: number; runs: TextRun[] }> {
  const { width, height, transform } = page.getViewport({ scale: 1 })
  const view = matrixOf(transform)
  const scale = Math.hypot(view[0], view[1])
  const { items, styles } = await page.getTextContent()
  const families = new Map(Object.entries(styles).map(([name, { fontFamily }]) => [name, fontFamily]))
  const runs: TextRun[] = []
  for (const item of items) {
    if (!('str' in item) || item.str.trim() === '') continue
    const place = multiply(view, matrixOf(item.transform))
    runs.push({
      text: item.str,
      x: place[4],
      y: place[5],
      width: Math.max(item.width * scale, 0),
      size: Math.max(Math.hypot(place[2], place[3]), 0.1),
      monospaced: families.get(item.fontName) === 'monospace',
      turned: Math.abs(place[1]) > 0.1 * Math.abs(place[0]),
    })
  }
  return { width, height, runs }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '')

function asPdfError(error: unknown, hasPassword: boolean): PdfError {
  if (error instanceof PdfError) return error
  if (nameOf(error) === 'PasswordException') {
    return hasPassword
      ? new PdfError('password-protected', 'This password does not open the PDF.', { wrong: 1 })
      : new PdfError('password-protected', 'The PDF is protected by a password. Enter it to read the statement.')
  }
  return new PdfError('damaged', 'The PDF cannot be read: it seems to be damaged. Download it again.')
}

async function pagesOf(document: PdfDocument, limits: PdfLimits): Promise<TextPage[]> {
  const { numPages } = document
  if (numPages > limits.pages) {
    throw new PdfError('too-large', `The PDF has more than ${limits.pages} pages. It was not read.`, {
      limit: limits.pages,
    })
  }
  const pages: TextPage[] = []
  let letters = 0
  for (let number = 1; number <= numPages; number += 1) {
    const page = await document.getPage(number)
    const { width, height, runs } = await runsOf(page)
    page.cleanup()
    letters += runs.reduce((sum, { text }) => sum + text.length, 0)
    if (letters > limits.letters) {
      throw new PdfError('too-large', 'The PDF holds more text than a statement does. It was not read.', {
        limit: limits.letters,
      })
    }
    pages.push({ width, height, lines: assembleLines(runs) })
  }
  return pages
}

/**
 * The text of a PDF with its places. The bytes are used up. Nothing of the PDF is executed, rendered or fetched.
 * Throws `PdfError`: `password-protected` (`wrong` is set where a password was given), `damaged`, `too-large`,
 * `scanned-document` (no page has text).
 */
export async function extractText(
  bytes: Uint8Array,
  password: string | undefined,
  limits: PdfLimits,
): Promise<DocumentText> {
  const library = await loadLibrary()
  const loading = library.getDocument({
    data: bytes,
    ...(password === undefined ? {} : { password }),
    BinaryDataFactory: dataFactory(),
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    verbosity: library.VerbosityLevel.ERRORS,
  })
  try {
    const pages = await pagesOf(await loading.promise, limits)
    if (pages.every((page) => page.lines.length === 0)) {
      throw new PdfError(
        'scanned-document',
        'The PDF holds pictures of pages, no text: it was scanned or photographed. Download the statement from the bank as a PDF with text, or as CSV or Excel.',
      )
    }
    return { origin: 'pdf', pages }
  } catch (error) {
    throw asPdfError(error, password !== undefined)
  } finally {
    await loading.destroy()
  }
}
