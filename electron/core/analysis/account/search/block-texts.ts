import { foldText, hanRuns, piecesOf } from './fold-text.ts'
import { type ReadingOf, readingLine } from './pinyin-needles.ts'

/** The length of a text that is searched; what lies behind is in the transaction, but not found. */
const LONGEST_TEXT = 2_000

class Numbered {
  readonly texts: string[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}

/** Texts one after another, parted by zero bytes, with one before the first and one behind the last; where these are. */
function packTexts(texts: readonly string[]): { bytes: Uint8Array; edges: number[] } {
  const bytes = Buffer.from(`\0${texts.map((text) => `${text}\0`).join('')}`, 'utf8')
  const edges: number[] = []
  for (let place = bytes.indexOf(0); place >= 0; place = bytes.indexOf(0, place + 1)) edges.push(place)
  return { bytes, edges }
}

const FIGURES = /^ ?\d+$/

/** Lists of numbers in one, and where each begins; one more for the end. */
function packLists(lists: readonly (readonly number[])[]): { values: number[]; starts: number[] } {
  const starts = [0]
  const values: number[] = []
  for (const list of lists) {
    for (const value of list) values.push(value)
    starts.push(values.length)
  }
  return { values, starts }
}

/** The texts of a block while it is written. */
export class BlockTexts {
  readonly #readingOf: ReadingOf
  readonly #folds = new Map<string, number>()
  readonly #folded = new Map<string, number>()
  readonly #words = new Numbered()
  readonly #runs = new Numbered()
  readonly #runsOfWords: number[][] = []
  readonly #wordsOfTexts: number[][] = []
  readonly #rows: number[][] = []
  readonly #fields: number[][] = []

  constructor(readingOf: ReadingOf) {
    this.#readingOf = readingOf
  }

  /** The number of a text, folded: texts that fold to the same are one. */
  numberOf(text: string): number {
    const known = this.#folds.get(text)
    if (known !== undefined) return known
    const folded = foldText(text.slice(0, LONGEST_TEXT))
    const number = this.#folded.get(folded) ?? this.#add(folded)
    this.#folds.set(text, number)
    return number
  }

  #add(folded: string): number {
    this.#folded.set(folded, this.#wordsOfTexts.length)
    this.#rows.push([])
    this.#fields.push([])
    return this.#wordsOfTexts.push(piecesOf(folded).map((word) => this.#wordOf(word))) - 1
  }

  #wordOf(word: string): number {
    const number = this.#words.numberOf(word)
    this.#runsOfWords[number] ??= [
      ...new Set(hanRuns(word).map(({ run }) => this.#runs.numberOf(readingLine(this.#readingOf(run))))),
    ]
    return number
  }

  /** Says that a row has the text in a field, given by its number. */
  put(text: number, row: number, field: number): void {
    this.#rows[text]?.push(row)
    this.#fields[text]?.push(field)
  }

  /** Twelve columns in the order that a block has them. */
  columns(): (readonly number[] | Uint8Array)[] {
    const words = this.#words.texts.map((word, number) => ({ word, number, figures: FIGURES.test(word) ? 1 : 0 }))
    const ordered = words.toSorted((one, other) => one.figures - other.figures || one.number - other.number)
    const places: number[] = []
    for (const [place, { number }] of ordered.entries()) places[number] = place
    const packed = packTexts(ordered.map(({ word }) => word))
    const letters = ordered.filter(({ figures }) => figures === 0).length
    const texts = packLists(this.#wordsOfTexts.map((list) => list.map((number) => places[number] ?? 0)))
    const rows = packLists(this.#rows)
    const runs = packTexts(this.#runs.texts)
    const pairs = ordered.flatMap(({ number }, place) => (this.#runsOfWords[number] ?? []).map((run) => [place, run]))
    return [
      packed.bytes,
      packed.edges,
      [letters],
      texts.values,
      texts.starts,
      rows.values,
      this.#fields.flat(),
      rows.starts,
      pairs.map(([place]) => place ?? 0),
      pairs.map(([, run]) => run ?? 0),
      runs.bytes,
      runs.edges,
    ]
  }
}
