import { type Conventions, detectConventions, type Figure, figuresOf, isIsin } from './figures.ts'
import { foldWord, type Word, wordsOf } from './fold.ts'
import type { PhraseIndex } from './phrases.ts'

/** One line of a document, taken apart. */
export interface DocumentLine {
  /** 1-based, as in the file. */
  readonly number: number
  readonly text: string
  readonly words: readonly Word[]
  readonly figures: readonly Figure[]
  /** Set where the program printed letter by letter, so that blanks mean nothing: the letters and where they stand. */
  readonly squeezed: { readonly folded: string; readonly places: readonly number[] } | null
}

export interface DocumentText {
  readonly lines: readonly DocumentLine[]
  readonly conventions: Conventions
}

const MOST_CHARACTERS = 2000
/** A settlement has some dozens of such lines; putting them together takes longer than reading words. */
const MOST_LETTER_SPACED = 300

/** "G u t s c h r i f t": most tokens are one or two characters long. */
function isLetterSpaced(text: string): boolean {
  const tokens = text.trim().split(/\s+/)
  if (tokens.length < 5) return false
  let short = 0
  for (const token of tokens) if (token.length <= 2) short += 1
  return short / tokens.length >= 0.6
}

/** Puts a letter-spaced line together: wide gaps divide cells, blanks between letters and digits are put back. */
function joinLetters(text: string): string {
  const wide = /\S {4,}\S/.test(text)
  const cells = wide ? text.trim().split(/\s{4,}/) : [text.trim()]
  return cells
    .map((cell) => {
      const joined = cell.replaceAll(/\s+/g, '')
      const parts: string[] = []
      let rest = joined
      for (const match of joined.matchAll(/[A-Z]{2}[A-Z0-9]{9}\d(?!\d)/g)) {
        if (!isIsin(match[0])) continue
        const at = rest.indexOf(match[0])
        parts.push(rest.slice(0, at), match[0])
        rest = rest.slice(at + match[0].length)
      }
      parts.push(rest)
      return parts
        .map((part) =>
          isIsin(part)
            ? part
            : part.replaceAll(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/gu, ' ').replaceAll(/(?<=\d{4})(?=[A-Z]{3})/g, ' '),
        )
        .filter((part) => part !== '')
        .join(' ')
    })
    .join('  ')
}

function squeeze(text: string): { folded: string; places: number[] } {
  let folded = ''
  const places: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (!/[\p{L}\p{N}]/u.test(character)) continue
    for (const letter of foldWord(character)) {
      folded += letter
      places.push(at)
    }
  }
  return { folded, places }
}

/** Lines that the program which took the text from the PDF put around it; they are no part of the document. */
const WRAPPING =
  /^(?:PDFBox Version:|PDF (?:Autor|Author|author):|Portfolio Performance Version:|System: |-{20,}\s*$|`{3})/

/** The letter of a footnote, glued to the day that a row begins with: "A30.09.2019 …". */
const MARKED_DAY = /^\s*[A-Z](?=\d{2}\.\d{2}\.\d{4}(?:\s|$))/
/** A year that a blank tears apart: "30.07.2 010". */
const TORN_YEAR = /(?<=(?<!\d)\d{2}\.\d{2}\.)(?:([12]) (\d{3})|((?:19|20)\d) (\d))(?![\d.,])/g

/** A day that a blank tears apart, in front of another: "2 7.06.2016 27.06.2016 …". */
const TORN_DAY = /^(\W*[0-3]) (\d\.\d{2}\.\d{4} \d{2}\.\d{2}\.\d{4}\s)/
/** A letter of a word that was wrapped, behind the last amount of a row: "17.07.2022 Withdrawal -0.03 50.00w". */
const TAIL_LETTER = /^(\W*\d{2}\.\d{2}\.\d{4}\s.*\d[.,]\d{2})\p{Ll}$/u
/** A row glued to the end of the line above it: "1.TAN 00023613.06.2016 13.06.2016 Überweisung   161,00-". */
const GLUED_ROW = /(?<=[\p{L}\d])(?=\d{2}\.\d{2}\.\d{4} \d{2}\.\d{2}\.\d{4} \p{L}.*\s{2}[\d.]+,\d{2} ?[+-]$)/u

/** A line as it was meant: what was glued to it is a line of its own. */
function wholeRows(raw: string): readonly string[] {
  const cut = raw.length > MOST_CHARACTERS ? raw.slice(0, MOST_CHARACTERS) : raw
  return cut.trimEnd().split(GLUED_ROW)
}

/** A document's lines, each taken apart by the document's own conventions. Blank lines are left out. */
export function readDocument(texts: readonly string[], thisYear: number, monthFirst = false): DocumentText {
  const kept: { number: number; text: string; spaced: boolean }[] = []
  let joined = 0
  for (const { index, cut } of texts.flatMap((raw, at) => wholeRows(raw).map((row) => ({ index: at, cut: row })))) {
    const text = cut
      .replaceAll(/[\uFEFF\u00AD\u200B]/g, '')
      .replaceAll(/[\t\u00A0\u202F]/g, ' ')
      .replace(MARKED_DAY, '')
      .replace(TORN_DAY, '$1$2')
      .replace(TAIL_LETTER, '$1')
      .replaceAll(TORN_YEAR, (year) => year.replace(' ', ''))
      .trimEnd()
    if (text.trim() === '' || WRAPPING.test(text)) continue
    const spaced = joined < MOST_LETTER_SPACED && isLetterSpaced(text)
    if (spaced) joined += 1
    kept.push({ number: index + 1, text: spaced ? joinLetters(text) : text, spaced })
  }
  const detected = detectConventions(
    kept.map(({ text }) => text),
    thisYear,
  )
  const conventions = monthFirst ? { ...detected, dayFirst: false } : detected
  const lines = kept.map(({ number, text, spaced }) => ({
    number,
    text,
    words: wordsOf(text),
    figures: figuresOf(text, conventions),
    squeezed: spaced ? squeeze(text) : null,
  }))
  return { lines, conventions }
}

/** A phrase found in a line, by its place in the text. */
export interface LineHit<Meaning> {
  readonly meaning: Meaning
  readonly start: number
  readonly end: number
  readonly phrase: string
  /** How many words of the line stand in front. */
  readonly before: number
}

/** Letters that a phrase needs to be sought in a line without word borders. */
const SHORTEST_SQUEEZED = 6

/** The phrases of a line, whether it has words or only letters. */
export function phrasesIn<Meaning>(line: DocumentLine, index: PhraseIndex<Meaning>): LineHit<Meaning>[] {
  const { squeezed } = line
  if (squeezed === null) {
    return index
      .find(line.words)
      .map(({ meaning, start, end, phrase, first }) => ({ meaning, start, end, phrase, before: first }))
  }
  return index.findSqueezed(squeezed.folded, SHORTEST_SQUEEZED).map(({ meaning, start, end, phrase }) => ({
    meaning,
    start: squeezed.places[start] ?? 0,
    end: (squeezed.places[end - 1] ?? 0) + 1,
    phrase,
    before: start,
  }))
}
