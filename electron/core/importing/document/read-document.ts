import { type ByteSource, type FileHead, ImportRejection } from '../importer.ts'
import { detectEncoding } from '../text/encoding.ts'
import type { DocumentText } from './document-text.ts'
import { PAGE_TEXT_MARK, parsePageText } from './page-text.ts'
import { documentFromText } from './plain-document.ts'

/** A printed document's text is small; what is larger than this is no statement. */
const LARGEST = 32 * 1024 * 1024

/** Whether the file is a PDF that has been opened: its text is then the form of `page-text.ts`. */
export function isPageText(head: FileHead): boolean {
  return head.text.startsWith(PAGE_TEXT_MARK)
}

/** What a file's head says as a document, for `identify`: an opened PDF's first pages, or plain text. */
export function documentOfHead(head: FileHead): DocumentText {
  return parsePageText(head.text) ?? documentFromText(head.text)
}

/**
 * The whole document: an opened PDF, or text that was taken out of one, in whatever encoding.
 * Throws `ImportRejection`: `too-large`.
 */
export function readDocument(source: ByteSource): DocumentText {
  if (source.size > LARGEST) {
    throw new ImportRejection('too-large', 'The document holds more text than a statement does. It was not read.', {
      limit: LARGEST,
    })
  }
  const { encoding, markLength } = detectEncoding(source)
  const text = new TextDecoder(encoding).decode(source.read(markLength, source.size))
  return parsePageText(text) ?? documentFromText(text)
}
