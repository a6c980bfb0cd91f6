import type { FileHead } from './importer.ts'
import { markupStart } from './text/markup-start.ts'

/** What a file plainly is when it is no statement that Onebook reads. */
export type ForeignKind =
  | 'image'
  | 'web-page'
  | 'word-processor'
  | 'database'
  | 'program'
  | 'archive'
  | 'media'
  | 'mail'

const SIGNATURES: readonly {
  readonly kind: ForeignKind
  readonly offset: number
  readonly bytes: readonly number[]
}[] = [
  { kind: 'image', offset: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a] },
  { kind: 'image', offset: 0, bytes: [0xff, 0xd8, 0xff] },
  { kind: 'image', offset: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  { kind: 'image', offset: 0, bytes: [0x49, 0x49, 0x2a, 0x00] },
  { kind: 'image', offset: 0, bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  // WebP, WAV and AVI share a wrapper
  { kind: 'media', offset: 0, bytes: [0x52, 0x49, 0x46, 0x46] },
  { kind: 'media', offset: 4, bytes: [0x66, 0x74, 0x79, 0x70] },
  { kind: 'media', offset: 0, bytes: [0x49, 0x44, 0x33] },
  { kind: 'database', offset: 0, bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66] },
  { kind: 'program', offset: 0, bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { kind: 'program', offset: 0, bytes: [0x4d, 0x5a, 0x90, 0x00] },
  { kind: 'archive', offset: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { kind: 'archive', offset: 0, bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07] },
  { kind: 'archive', offset: 0, bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { kind: 'archive', offset: 257, bytes: [0x75, 0x73, 0x74, 0x61, 0x72] },
  { kind: 'word-processor', offset: 0, bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66] },
]

const WEB_PAGE = /^<(?:!doctype\s+html|html|head|body)\b/i
const MAIL = /^(?:(?:Delivered-To|Return-Path|Received|MIME-Version|X-[\w-]+):[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2}/

/** What plainly is no statement, by its signature; null where the content may be one. */
export function foreignKindOf(head: FileHead): ForeignKind | null {
  for (const { kind, offset, bytes } of SIGNATURES) {
    if (bytes.every((byte, index) => head.bytes[offset + index] === byte)) return kind
  }
  if (WEB_PAGE.test(markupStart(head.text))) return 'web-page'
  if (MAIL.test(head.text)) return 'mail'
  return null
}

/** What to tell whoever drops such a file. */
export const FOREIGN_KIND_MESSAGES: Readonly<Record<ForeignKind, string>> = {
  image: 'This is a picture, not a statement. Download the statement from the bank as OFX, QIF, CSV, Excel or PDF.',
  media: 'This is a sound, film or picture, not a statement.',
  'web-page': 'This is a web page, not a statement: the download may have ended at a sign-in page. Download it again.',
  'word-processor': 'This is a text document, not a statement. Download the statement as OFX, QIF, CSV, Excel or PDF.',
  database: 'This is a database file, not a statement.',
  program: 'This is a program, not a statement.',
  archive: 'This kind of archive cannot be opened. Unpack it and import the files inside.',
  mail: 'This is an e-mail message with no statement attached or written in it.',
}
