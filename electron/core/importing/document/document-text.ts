/**
 * What a printed document says and where: the common ground of PDFs and of text taken out of PDFs. Nothing here knows
 * where the text came from; distances are in points for a PDF and in characters for plain text.
 */

/** A word and where it stands. */
export interface TextWord {
  readonly text: string
  /** Its left edge, from the left edge of the page. */
  readonly x: number
  readonly width: number
}

/** Words that stand closer together than columns do. Its text is the words, joined by single spaces. */
export interface TextCell extends TextWord {
  readonly words: readonly TextWord[]
}

/** Cells on one baseline, from left to right; never empty. */
export interface TextLine {
  /** All words joined by single spaces. */
  readonly text: string
  /** The baseline, from the upper edge of the page. */
  readonly y: number
  /** Height of its largest letters. */
  readonly height: number
  readonly cells: readonly TextCell[]
}

export interface TextPage {
  readonly width: number
  readonly height: number
  /** From top to bottom. */
  readonly lines: readonly TextLine[]
}

export interface DocumentText {
  readonly origin: 'pdf' | 'text'
  readonly pages: readonly TextPage[]
}

/** Every line of the document in reading order, page after page. */
export function linesOf(document: DocumentText): TextLine[] {
  return document.pages.flatMap((page) => page.lines)
}

/** The document as plain lines of text in reading order: what profiles search for their words. */
export function plainLines(document: DocumentText): string[] {
  return document.pages.flatMap((page) => page.lines.map((line) => line.text))
}

/** A cell of these words, which are given from left to right; at least one. */
export function cellOf(words: readonly TextWord[]): TextCell {
  const first = words[0]
  const last = words.at(-1)
  if (first === undefined || last === undefined) throw new RangeError('A cell has at least one word.')
  const x = first.x
  return { text: words.map(({ text }) => text).join(' '), x, width: Math.max(last.x + last.width - x, 0), words }
}

/** A line of these cells, which are given from left to right; at least one. */
export function lineOf(y: number, height: number, cells: readonly TextCell[]): TextLine {
  return { text: cells.map(({ text }) => text).join(' '), y, height, cells }
}
