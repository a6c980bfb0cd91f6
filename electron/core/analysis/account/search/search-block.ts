import { transactionKinds } from '../../../../../shared/model/transaction.ts'
import { BlockTexts } from './block-texts.ts'
import { type Column, packColumns, type Packed, unpackColumns } from './packed-columns.ts'
import type { ReadingOf } from './pinyin-needles.ts'

/**
 * The searchable side of up to 8,192 transactions in one buffer: figures as narrow columns, newest first, and each
 * distinct word once, folded, so that a word is looked for in all of them by one pass over contiguous bytes.
 */

/** The texts of a transaction, by what they are. Their places are written into blocks: append only. */
export const searchFields = [
  'payee',
  'raw-payee',
  'memo',
  'notes',
  'reference',
  'counterparty',
  'check-number',
  'source-category',
  'part-memo',
  'attachment',
  'original',
] as const
export type SearchField = (typeof searchFields)[number]

/** What else hangs on a transaction, by its id: written into blocks as `id * 4 + kind`. */
export const linkKinds = { tag: 0, partCategory: 1, security: 2 } as const
export const linkOf = (kind: keyof typeof linkKinds, id: number): number => id * 4 + linkKinds[kind]

export const searchFlags = { pending: 1, linked: 2, split: 4, attachment: 8, note: 16, tagged: 32 } as const

export interface SearchRow {
  readonly id: number
  /** Days since 1970-01-01. */
  readonly day: number
  /** Minor units, credit positive. */
  readonly amountMinor: number
  readonly accountId: number
  /** 0 where there is none. */
  readonly categoryId: number
  readonly kind: (typeof transactionKinds)[number]
  /** A sum of `searchFlags`. */
  readonly flags: number
  readonly texts: readonly (readonly [field: SearchField, text: string])[]
  /** See `linkOf`. */
  readonly links: readonly number[]
}

/** The rows that have a number, in rising order: from `starts[number - base]` on. */
export interface RowLists {
  readonly rows: Packed
  readonly starts: Packed
  readonly base: number
}

/**
 * A block to be read in place. Its texts are lists of words (see `piecesOf`), each word is kept once: a word that is
 * looked for is found among the words, from there by `wordTexts` to the texts and by `textRows` to the rows.
 */
export interface SearchBlock {
  readonly rows: number
  readonly firstDay: number
  readonly lastDay: number
  readonly ids: Column
  readonly days: Column
  readonly amounts: Column
  readonly accounts: Column
  readonly categories: Column
  readonly kinds: Column
  readonly flags: Column
  /** Rows by rising magnitude. */
  readonly byMagnitude: Packed
  readonly ofAccount: RowLists | null
  readonly ofCategory: RowLists | null
  readonly linkRows: Column
  readonly linkValues: Column
  /** Folded words behind a zero byte, each with another behind it; those of figures alone come last. */
  readonly words: Buffer
  /** The same without the words of figures alone. */
  readonly letterWords: Buffer
  /** How many words are not figures: from there on they are. */
  readonly letterCount: number
  /** Where the zero byte before each word is; one more for that behind the last. */
  readonly wordEdges: Packed
  /** The words of each text in their order: from `textWordStarts[text]` on. */
  readonly textWords: Packed
  readonly textWordStarts: Packed
  /** The other way round: the texts that have a word, from `wordTextStarts[word]` on, in rising order. */
  readonly wordTexts: Packed
  readonly wordTextStarts: Packed
  /** The rows that have a word of very many texts, whatever the field, in rising order: sooner gone through than its texts. */
  readonly frequentWords: ReadonlyMap<number, Packed>
  /** The rows that have a text, and as what: a place in `searchFields`. From `textRowStarts[text]` on. */
  readonly textRows: Packed
  readonly textFields: Packed
  readonly textRowStarts: Packed
  /** Which stretches of Chinese characters a word has: pairs of word and stretch. */
  readonly runWords: Column
  readonly runNumbers: Column
  /** The lines of their readings, as the words. */
  readonly runs: Buffer
  readonly runEdges: Packed
  readonly bytes: number
}

const COLUMNS = 22

/** The places of rows by rising magnitude, those of the same in their order. */
function byMagnitude(rows: readonly SearchRow[]): number[] {
  const magnitudes = rows.map(({ amountMinor }) => Math.abs(amountMinor))
  return magnitudes
    .map((_, place) => place)
    .toSorted((one, other) => {
      const difference = (magnitudes[one] ?? 0) - (magnitudes[other] ?? 0)
      return difference === 0 ? one - other : difference
    })
}

/** Writes rows, in any order, as a block. At most 65,536 of them. The same rows always give the same bytes. */
export function encodeBlock(rows: readonly SearchRow[], readingOf: ReadingOf): Buffer<ArrayBuffer> {
  const sorted = rows.toSorted((one, other) => other.day - one.day || other.id - one.id)
  const side = new BlockTexts(readingOf)
  const links: [number[], number[]] = [[], []]
  for (const [place, row] of sorted.entries()) {
    let payee = -1
    for (const [field, text] of row.texts) {
      if (text === '') continue
      const number = side.numberOf(text)
      if (field === 'payee') payee = number
      // most statements' own wording differs from the payee in capitals alone
      if (field === 'raw-payee' && number === payee) continue
      side.put(number, place, searchFields.indexOf(field))
    }
    for (const link of row.links) {
      links[0].push(place)
      links[1].push(link)
    }
  }
  return packColumns([
    sorted.map(({ id }) => id),
    sorted.map(({ day }) => day),
    sorted.map(({ amountMinor }) => amountMinor),
    sorted.map(({ accountId }) => accountId),
    sorted.map(({ categoryId }) => categoryId),
    sorted.map(({ kind }) => transactionKinds.indexOf(kind)),
    sorted.map(({ flags }) => flags),
    ...links,
    ...side.columns(),
    byMagnitude(sorted),
  ])
}

const none: Column = { values: new Uint8Array(), base: 0 }

/** Puts places under their numbers by counting; for each number where its places begin, and one more for the end. */
function grouped(
  numbers: Packed,
  count: number,
  placeOf: (index: number) => number,
  places: Uint16Array | Uint32Array,
): Uint32Array {
  const starts = new Uint32Array(count + 2)
  for (let index = 0; index < numbers.length; index += 1) {
    const at = (numbers[index] ?? 0) + 2
    starts[at] = (starts[at] ?? 0) + 1
  }
  for (let number = 2; number < starts.length; number += 1) {
    starts[number] = (starts[number] ?? 0) + (starts[number - 1] ?? 0)
  }
  for (let index = 0; index < numbers.length; index += 1) {
    const at = (numbers[index] ?? 0) + 1
    const start = starts[at] ?? 0
    places[start] = placeOf(index)
    starts[at] = start + 1
  }
  return starts.subarray(0, count + 1)
}

const placesFor = (length: number, most: number): Uint16Array | Uint32Array =>
  most <= 0x1_0000 ? new Uint16Array(length) : new Uint32Array(length)

/** The texts that have each word, from the words that each text has. */
function textsOfWords(textWords: Packed, textWordStarts: Packed, words: number) {
  const values = placesFor(textWords.length, textWordStarts.length)
  let text = 0
  const textAt = (index: number): number => {
    while ((textWordStarts[text + 1] ?? Infinity) <= index) text += 1
    return text
  }
  return { values, starts: grouped(textWords, words, textAt, values) }
}

/** A word of more texts than this has its rows listed. */
const FREQUENT_TEXTS = 256

function frequentWords(
  wordTexts: { readonly values: Packed; readonly starts: Packed },
  textRows: Packed,
  textRowStarts: Packed,
  rows: number,
): Map<number, Packed> {
  const frequent = new Map<number, Packed>()
  for (let word = 0; word < wordTexts.starts.length - 1; word += 1) {
    const [from, end] = [wordTexts.starts[word] ?? 0, wordTexts.starts[word + 1] ?? 0]
    if (end - from <= FREQUENT_TEXTS) continue
    const marked = new Uint8Array(rows)
    let count = 0
    for (let at = from; at < end; at += 1) {
      const text = wordTexts.values[at] ?? 0
      const last = textRowStarts[text + 1] ?? 0
      for (let place = textRowStarts[text] ?? 0; place < last; place += 1) {
        const row = textRows[place] ?? 0
        if (marked[row] === 0) count += 1
        marked[row] = 1
      }
    }
    const listed = placesFor(count, rows)
    for (let row = 0, at = 0; row < rows; row += 1) {
      listed[at] = row
      at += marked[row] ?? 0
    }
    frequent.set(word, listed)
  }
  return frequent
}

/** Numbers further apart are not listed: a list for each between them would be mostly empty. */
const MOST_LISTED = 0x1_0000

function listsOf({ values, base }: Column): RowLists | null {
  let most = -1
  for (let row = 0; row < values.length; row += 1) most = Math.max(most, values[row] ?? 0)
  if (most > MOST_LISTED) return null
  const rows = placesFor(values.length, values.length)
  return { rows, starts: grouped(values, most + 1, (row) => row, rows), base }
}

/** Numbers that are counted from nought, whatever they were packed from. */
function fromNought({ values, base }: Column): Packed {
  if (base === 0) return values
  return values.length === 0 ? values : Uint32Array.from(values, (value) => value + base)
}

/** A block to be read in place. Throws RangeError for what is none. */
export function decodeBlock(packed: Uint8Array): SearchBlock {
  const columns = unpackColumns(packed, COLUMNS)
  const at = (index: number): Column => columns[index] ?? none
  const bytesOf = ({ values }: Column): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  const days = at(1)
  const rows = days.values.length
  const words = bytesOf(at(9))
  const wordEdges = fromNought(at(10))
  const letterCount = (at(11).values[0] ?? 0) + at(11).base
  const textWords = fromNought(at(12))
  const textWordStarts = fromNought(at(13))
  const textRows = fromNought(at(14))
  const textRowStarts = fromNought(at(16))
  const wordTexts = textsOfWords(textWords, textWordStarts, Math.max(0, wordEdges.length - 1))
  return {
    rows,
    firstDay: rows === 0 ? 0 : (days.values[rows - 1] ?? 0) + days.base,
    lastDay: rows === 0 ? 0 : (days.values[0] ?? 0) + days.base,
    ids: at(0),
    days,
    amounts: at(2),
    accounts: at(3),
    categories: at(4),
    kinds: at(5),
    flags: at(6),
    linkRows: at(7),
    linkValues: at(8),
    words,
    letterWords: words.subarray(0, (wordEdges[letterCount] ?? words.length) + 1),
    letterCount,
    wordEdges,
    textWords,
    textWordStarts,
    wordTexts: wordTexts.values,
    wordTextStarts: wordTexts.starts,
    frequentWords: frequentWords(wordTexts, textRows, textRowStarts, rows),
    textRows,
    textFields: fromNought(at(15)),
    textRowStarts,
    runWords: at(17),
    runNumbers: at(18),
    runs: bytesOf(at(19)),
    runEdges: fromNought(at(20)),
    byMagnitude: fromNought(at(21)),
    ofAccount: listsOf(at(3)),
    ofCategory: listsOf(at(4)),
    bytes: packed.byteLength,
  }
}
