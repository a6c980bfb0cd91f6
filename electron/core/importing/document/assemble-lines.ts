import { cellOf, lineOf, type TextCell, type TextLine, type TextWord } from './document-text.ts'
import { isWide } from './plain-document.ts'

/** A piece of text as a PDF paints it. */
export interface TextRun {
  readonly text: string
  /** Left end of its baseline, from the left edge of the page. */
  readonly x: number
  /** Its baseline, from the upper edge of the page. */
  readonly y: number
  readonly width: number
  /** Size of its letters. */
  readonly size: number
  /** All letters are equally wide. */
  readonly monospaced: boolean
  /** It does not run from left to right: stamps and notes along the margin. */
  readonly turned: boolean
}

interface PlacedWord extends TextWord {
  readonly y: number
  readonly size: number
  /** It continues the word before it in the same run of paint, without a space between. */
  readonly afterSpace: boolean
}

/** Baselines that differ by less than this part of the smaller letters are one line. */
const SAME_LINE = 0.4
/** Pieces closer than this part of the letters belong to one word. */
const SAME_WORD = 0.16
/** Words further apart than this part of the letters stand in different cells. */
const NEXT_CELL = 0.75
/** The same letters painted twice, a hair apart: how some programs print bold. */
const SAME_PLACE = 0.25

/** About how wide a letter is, as a part of its size, where only the width of the whole piece is known. */
function letterWidth(code: number): number {
  if (isWide(code)) return 1
  if (code >= 48 && code <= 57) return 0.556
  if (code === 32 || code === 0xa0) return 0.278
  if (code < 48 || (code >= 58 && code <= 64)) return 0.33
  if (code >= 65 && code <= 90) return 0.68
  return code === 0x69 || code === 0x6a || code === 0x6c || code === 0x74 || code === 0x66 ? 0.27 : 0.53
}

const SPACE = /\s/

/** The words of a run, each where its share of the run's width puts it. */
function wordsOf(run: TextRun): PlacedWord[] {
  const signs = Array.from(run.text)
  const widths = signs.map((sign) => {
    const code = sign.codePointAt(0) ?? 0
    return run.monospaced ? (isWide(code) ? 2 : 1) : letterWidth(code)
  })
  const total = widths.reduce((sum, width) => sum + width, 0)
  const scale = total > 0 ? run.width / total : 0
  const words: PlacedWord[] = []
  let text = ''
  let start = 0
  let at = 0
  let afterSpace = false
  const end = (): void => {
    if (text === '') return
    const place = { x: run.x + start * scale, width: (at - start) * scale }
    words.push({ text, ...place, y: run.y, size: run.size, afterSpace })
    text = ''
    afterSpace = false
  }
  for (const [index, sign] of signs.entries()) {
    if (SPACE.test(sign)) {
      end()
      afterSpace = true
    } else {
      if (text === '') start = at
      text += sign
    }
    at += widths[index] ?? 0
  }
  end()
  return words
}

/** A letter alone that is so many times larger than most is part of a watermark painted across the page. */
const WATERMARK = 2.5
/** Pages with fewer words than this have no usual size. */
const WORDS_OF_A_PAGE = 12

/** The words without the single large letters that some banks spread over their tables. */
function withoutWatermark(words: readonly PlacedWord[]): PlacedWord[] {
  if (words.length < WORDS_OF_A_PAGE) return [...words]
  const usual = words.map(({ size }) => size).toSorted((left, right) => left - right)[words.length >> 1] ?? 0
  return words.filter(({ text, size }) => size < WATERMARK * usual || !/^\p{L}$/u.test(text))
}

function isRepeated(word: PlacedWord, before: PlacedWord): boolean {
  const near = SAME_PLACE * Math.min(word.size, before.size)
  return word.text === before.text && Math.abs(word.x - before.x) < near && Math.abs(word.y - before.y) < near
}

/** The words of one baseline, from left to right, as cells. */
function lineOfWords(placed: readonly PlacedWord[]): TextLine | null {
  const sorted = placed.toSorted((left, right) => left.x - right.x)
  const cells: TextCell[] = []
  let words: TextWord[] = []
  let before: PlacedWord | null = null
  let end = 0
  for (const word of sorted) {
    if (before !== null && isRepeated(word, before)) continue
    const size = before === null ? word.size : Math.min(word.size, before.size)
    const gap = word.x - end
    const last = words.at(-1)
    if (last !== undefined && !word.afterSpace && Math.abs(gap) < SAME_WORD * size) {
      words[words.length - 1] = {
        text: last.text + word.text,
        x: last.x,
        width: Math.max(last.width, word.x + word.width - last.x),
      }
    } else {
      if (words.length > 0 && gap > NEXT_CELL * size) {
        cells.push(cellOf(words))
        words = []
      }
      words.push({ text: word.text, x: word.x, width: word.width })
    }
    before = word
    end = Math.max(word.x + word.width, words.length === 1 && last === undefined ? 0 : end)
  }
  if (words.length > 0) cells.push(cellOf(words))
  if (cells.length === 0) return null
  const height = placed.reduce((most, { size }) => Math.max(most, size), 0)
  return lineOf(placed[0]?.y ?? 0, height, cells)
}

/**
 * The runs of a page, in whatever order they were painted, as lines from top to bottom: what shares a baseline is one
 * line, pieces of one word are joined, letters painted twice count once, those of a watermark not at all. Turned text comes last, each run a line.
 */
export function assembleLines(runs: readonly TextRun[]): TextLine[] {
  const words = withoutWatermark(runs.filter(({ turned }) => !turned).flatMap(wordsOf))
  words.sort((left, right) => left.y - right.y || left.x - right.x)
  const lines: TextLine[] = []
  let current: PlacedWord[] = []
  let baseline = 0
  const end = (): void => {
    const line = current.length === 0 ? null : lineOfWords(current)
    if (line !== null) lines.push(line)
    current = []
  }
  for (const word of words) {
    const first = current[0]
    if (first !== undefined && word.y - baseline > SAME_LINE * Math.min(first.size, word.size)) end()
    if (current.length === 0) baseline = word.y
    current.push(word)
  }
  end()
  for (const run of runs) {
    const line = run.turned ? lineOfWords(wordsOf({ ...run, x: 0 })) : null
    if (line !== null) lines.push({ ...line, y: run.y })
  }
  return lines
}
