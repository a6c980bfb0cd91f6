import {
  cellOf,
  type DocumentText,
  lineOf,
  type TextCell,
  type TextLine,
  type TextPage,
  type TextWord,
} from './document-text.ts'

const TAB_STOP = 8

/** Signs that take two places where every letter has the same width: Chinese, Japanese, Korean and full-width forms. */
export function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x20000 && code <= 0x3fffd)
  )
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200b)
}

/** The words of one line of plain text: places are counted in characters, a run of two spaces or a tab ends a cell. */
function cellsOf(text: string): TextCell[] {
  const cells: TextCell[] = []
  let words: TextWord[] = []
  let column = 0
  let gap = 0
  let word = ''
  let start = 0
  const endWord = (): void => {
    if (word !== '') words.push({ text: word, x: start, width: column - start })
    word = ''
  }
  const endCell = (): void => {
    if (words.length > 0) cells.push(cellOf(words))
    words = []
  }
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0
    if (isSpace(code)) {
      endWord()
      const next = code === 9 ? (Math.floor(column / TAB_STOP) + 1) * TAB_STOP : column + 1
      gap += code === 9 || code === 0x3000 ? 2 : 1
      column = next
      continue
    }
    if (word === '') {
      if (gap > 1) endCell()
      start = column
    }
    gap = 0
    word += sign
    column += isWide(code) ? 2 : 1
  }
  endWord()
  endCell()
  return cells
}

function pageOf(text: string): TextPage {
  const lines: TextLine[] = []
  let width = 0
  const written = text.split(/\r\n|[\n\r\u2028\u2029]/)
  for (const [index, line] of written.entries()) {
    const cells = cellsOf(line)
    const last = cells.at(-1)
    if (last === undefined) continue
    width = Math.max(width, last.x + last.width)
    lines.push(lineOf(index + 1, 1, cells))
  }
  return { width, height: written.length, lines }
}

/**
 * Text that a program took out of a PDF, as a document: a form feed ends a page, two spaces or a tab end a cell, and
 * places are counted in characters (Chinese ones count double, as such programs reckon).
 */
export function documentFromText(text: string): DocumentText {
  return { origin: 'text', pages: text.split('\f').map(pageOf) }
}
