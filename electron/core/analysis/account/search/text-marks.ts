import { type SearchBlock, searchFields } from './search-block.ts'
import type { Packed } from './packed-columns.ts'

/**
 * Which rows of a block have a text with a word or phrase in it. A word that is looked for is found among the block's
 * distinct words, of which there are few; what has them is known by lists. So a frequent word costs no more than the rows
 * that have it, and a rare one next to nothing.
 */
export interface TextNeedles {
  /** The folded text in UTF-8, in pieces as the texts of a block are; see `piecesOf`. */
  readonly pieces: readonly Buffer[]
  /** For the lines of readings; see `pinyin-needles.ts`. Of a text of one piece alone. */
  readonly readings: readonly Buffer[]
}

const ZERO = 0
const SPACE = 0x20
const ALL_FIELDS = (1 << searchFields.length) - 1

/** Numbers that are marked, each once, in memory that is kept from block to block. */
class Marks {
  #marked = new Uint8Array(0)
  #length = 0
  list = new Uint32Array(0)
  count = 0

  clear(length: number): void {
    if (this.#marked.length < length) {
      this.#marked = new Uint8Array(length * 2)
      this.list = new Uint32Array(length * 2)
    } else if (this.count * 8 > this.#length) this.#marked.fill(0, 0, this.#length)
    else for (let index = 0; index < this.count; index += 1) this.#marked[this.list[index] ?? 0] = 0
    this.#length = length
    this.count = 0
  }

  add(number: number): void {
    if (this.#marked[number] !== 0) return
    this.#marked[number] = 1
    this.list[this.count] = number
    this.count += 1
  }

  has(number: number): boolean {
    return this.#marked[number] === 1
  }
}

/** The part between two edges that a place lies in: that of the last edge at or before it. Looks from a known one on. */
function partAt(edges: Packed, place: number, from: number): number {
  // the next few, then further and further: most finds lie close together or far apart
  let low = from
  let step = 1
  while ((edges[low + step] ?? Infinity) <= place) {
    low += step
    step *= 2
  }
  let high = low + step
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((edges[middle] ?? Infinity) <= place) low = middle
    else high = middle
  }
  return low
}

/** So many finds, each nearer than so many bytes to the last: from there on going through the bytes is quicker … */
const DENSE_FINDS = 16
const DENSE_GAP = 64
/** … until so many parts in a row have nothing. */
const SPARSE_PARTS = 64

/** Whether a needle lies in the bytes from one place to another, both included. */
function occursBetween(haystack: Buffer, from: number, to: number, needle: Buffer): boolean {
  const first = needle[0]
  const last = to - needle.length + 1
  for (let place = from; place <= last; place += 1) {
    if (haystack[place] !== first) continue
    let same = 1
    while (same < needle.length && haystack[place + same] === needle[same]) same += 1
    if (same >= needle.length) return true
  }
  return false
}

/** Goes through part by part from one on as long as there is something; answers the part that comes next. */
function markDense(haystack: Buffer, edges: Packed, needle: Buffer, from: number, found: Marks): number {
  let part = from
  let misses = 0
  for (; misses < SPARSE_PARTS && (edges[part + 1] ?? Infinity) < haystack.length; part += 1) {
    misses += 1
    if (!occursBetween(haystack, edges[part] ?? 0, edges[part + 1] ?? 0, needle)) continue
    found.add(part)
    misses = 0
  }
  return part
}

/** Marks the parts between zero bytes in which a needle occurs. It may have such a byte at its end. */
function markParts(haystack: Buffer, edges: Packed, needle: Buffer, found: Marks, from = 0): void {
  let part = from
  let place = haystack.indexOf(needle, edges[from] ?? 0)
  let burst = 0
  let burstFrom = place
  while (place >= 0) {
    part = partAt(edges, place, part)
    found.add(part)
    let next = edges[part + 1] ?? haystack.length
    burst += 1
    if (burst === DENSE_FINDS) {
      if (next - burstFrom < DENSE_FINDS * DENSE_GAP) {
        part = markDense(haystack, edges, needle, part + 1, found)
        next = edges[part] ?? haystack.length
      }
      burst = 0
      burstFrom = next
    }
    place = haystack.indexOf(needle, next)
  }
}

const isFigures = (needle: Buffer): boolean =>
  needle.every((byte) => byte === ZERO || byte === SPACE || (byte >= 0x30 && byte <= 0x39))

/** Whether a word is as a piece of a phrase asks: ends with the first one, begins with the last, is any other. */
function fits({ words: bytes, wordEdges }: SearchBlock, word: number, needle: Buffer, isFirst: boolean): boolean {
  const from = wordEdges[word] ?? 0
  const place = isFirst ? (wordEdges[word + 1] ?? 0) + 1 - needle.length : from
  if (isFirst && place <= from) return false
  let same = 0
  while (same < needle.length && bytes[place + same] === needle[same]) same += 1
  return same === needle.length
}

/** Marks the words that have a needle: no figures are in a word of letters, and no letters in one of figures. */
function markWords(block: SearchBlock, needle: Buffer, found: Marks): void {
  const figures = isFigures(needle)
  const from = figures ? block.letterCount : 0
  if (needle[0] !== ZERO) {
    markParts(figures ? block.words : block.letterWords, block.wordEdges, needle, found, from)
    return
  }
  // what begins a word is looked for where words begin
  const end = figures ? block.wordEdges.length - 1 : block.letterCount
  for (let word = from; word < end; word += 1) if (fits(block, word, needle, false)) found.add(word)
}

const words = new Marks()
const runs = new Marks()
const texts = new Marks()
const pieceMarks: Marks[] = []

/** Marks the texts that have the words; where the rows alone count, those of frequent words at once. */
function markTexts(block: SearchBlock, found: Marks, passed: Uint8Array | null): void {
  const { wordTexts, wordTextStarts, frequentWords } = block
  for (let index = 0; index < found.count; index += 1) {
    const word = found.list[index] ?? 0
    const rows = passed === null ? undefined : frequentWords.get(word)
    if (rows !== undefined && passed !== null) {
      for (let at = 0; at < rows.length; at += 1) passed[rows[at] ?? 0] = 1
      continue
    }
    const end = wordTextStarts[word + 1] ?? 0
    for (let at = wordTextStarts[word] ?? 0; at < end; at += 1) texts.add(wordTexts[at] ?? 0)
  }
}

/** Marks the texts, or at once the rows, with a word, literally or by the reading of its Chinese. */
function markByWord(block: SearchBlock, literal: Buffer, readings: readonly Buffer[], passed: Uint8Array | null): void {
  words.clear(block.wordEdges.length)
  markWords(block, literal, words)
  if (readings.length > 0 && block.runEdges.length > 1) {
    runs.clear(block.runEdges.length)
    for (const needle of readings) markParts(block.runs, block.runEdges, needle, runs)
    if (runs.count > 0) {
      const { runWords, runNumbers } = block
      for (let pair = 0; pair < runNumbers.values.length; pair += 1) {
        if (runs.has((runNumbers.values[pair] ?? 0) + runNumbers.base)) {
          words.add((runWords.values[pair] ?? 0) + runWords.base)
        }
      }
    }
  }
  markTexts(block, words, passed)
}

/** The pieces of a phrase as they stand among the words: the first ends a word, the last begins one, others are one. */
function edged(pieces: readonly Buffer[]): Buffer[] {
  const edge = Buffer.of(ZERO)
  return pieces.map((piece, index) =>
    Buffer.concat([...(index > 0 ? [edge] : []), piece, ...(index < pieces.length - 1 ? [edge] : [])]),
  )
}

/** In how many texts the marked words occur, one that has two of them counted twice. */
function textsCounted({ wordTextStarts }: SearchBlock, marks: Marks): number {
  let count = 0
  for (let index = 0; index < marks.count; index += 1) {
    const word = marks.list[index] ?? 0
    count += (wordTextStarts[word + 1] ?? 0) - (wordTextStarts[word] ?? 0)
  }
  return count
}

/** Figures so short are part of very many numbers: looking at the texts of the other pieces finds them sooner. */
const SHORT_FIGURES = 3

/** The pieces to look for among the words, those first that are soonest found missing: no figures, then long ones. */
function soughtPieces(pieces: readonly Buffer[]): number[] {
  const rank = (piece: Buffer): number => (isFigures(piece) ? 0 : 1_000_000) + piece.length
  const order = pieces
    .map((piece, index) => ({ index, piece }))
    .sort((one, other) => rank(other.piece) - rank(one.piece))
  return order
    .filter(({ piece }, at) => at === 0 || !isFigures(piece) || piece.length >= SHORT_FIGURES)
    .map(({ index }) => index)
}

/** Marks the texts in which the pieces follow one another. */
function markByPhrase(block: SearchBlock, pieces: readonly Buffer[]): void {
  const needles = edged(pieces)
  while (pieceMarks.length < needles.length) pieceMarks.push(new Marks())
  // where one is missing, the others need not be looked for
  const sought = soughtPieces(pieces)
  for (const index of sought) {
    const marks = pieceMarks[index] ?? words
    marks.clear(block.wordEdges.length)
    markWords(block, needles[index] ?? Buffer.alloc(0), marks)
    if (marks.count === 0) return
  }
  const found = sought.map((index) => pieceMarks[index] ?? words)
  const counts = found.map((marks) => textsCounted(block, marks))
  const least = counts.indexOf(Math.min(...counts))
  const rarest = found[least] ?? words
  const rarestIndex = sought[least] ?? 0
  const { textWords, textWordStarts, wordTexts, wordTextStarts } = block
  const compared = needles.flatMap((needle, index) => (sought.includes(index) ? [] : [{ needle, index }]))
  // plain loops: this is asked for each place in each text of the rarest piece
  const followsAt = (place: number): boolean => {
    for (let at = 0; at < sought.length; at += 1) {
      if (found[at]?.has(textWords[place + (sought[at] ?? 0)] ?? -1) !== true) return false
    }
    for (let at = 0; at < compared.length; at += 1) {
      const piece = compared[at]
      if (piece === undefined || !fits(block, textWords[place + piece.index] ?? 0, piece.needle, piece.index === 0)) {
        return false
      }
    }
    return true
  }
  for (let index = 0; index < rarest.count; index += 1) {
    const word = rarest.list[index] ?? 0
    const end = wordTextStarts[word + 1] ?? 0
    for (let at = wordTextStarts[word] ?? 0; at < end; at += 1) {
      const text = wordTexts[at] ?? 0
      if (texts.has(text)) continue
      const last = (textWordStarts[text + 1] ?? 0) - needles.length
      for (let place = textWordStarts[text] ?? 0; place <= last; place += 1) {
        if (textWords[place + rarestIndex] !== word || !followsAt(place)) continue
        texts.add(text)
        break
      }
    }
  }
}

/**
 * Marks the rows that have the text in one of the fields, given as a bit for each place in `searchFields`. `passed` has
 * a byte for each row.
 */
export function markRowsWithText(
  block: SearchBlock,
  { pieces, readings }: TextNeedles,
  fields: number,
  passed: Uint8Array,
): void {
  const { textRows, textFields, textRowStarts } = block
  texts.clear(textRowStarts.length)
  const [first] = pieces
  if (first === undefined || block.rows === 0) return
  const anyField = (fields & ALL_FIELDS) === ALL_FIELDS
  if (pieces.length === 1) markByWord(block, first, readings, anyField ? passed : null)
  else markByPhrase(block, pieces)
  for (let index = 0; index < texts.count; index += 1) {
    const text = texts.list[index] ?? 0
    const end = textRowStarts[text + 1] ?? 0
    for (let at = textRowStarts[text] ?? 0; at < end; at += 1) {
      if (anyField || ((fields >>> (textFields[at] ?? 0)) & 1) === 1) passed[textRows[at] ?? 0] = 1
    }
  }
}
