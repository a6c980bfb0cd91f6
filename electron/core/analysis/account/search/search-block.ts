import { transactionKinds } from '../../../../../shared/model/transaction.ts'
import { foldText, hanRuns } from './fold-text.ts'
import { type Column, packColumns, type Packed, unpackColumns } from './packed-columns.ts'
import { type ReadingOf, readingLine } from './pinyin-needles.ts'

/**
 * The searchable side of up to 8,192 transactions in one buffer: figures as narrow columns, newest first, and each
 * distinct text once, folded, so that a word is looked for in all of them by one pass over contiguous bytes.
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
  /** Where the entries of each row begin; one more for the end. */
  readonly entryStarts: Packed
  /** The field times 2^24 plus the number of the text. */
  readonly entries: Column
  readonly linkRows: Column
  readonly linkValues: Column
  /** Folded texts, each with a zero byte behind it. */
  readonly texts: Buffer
  readonly textStarts: Packed
  /** Which stretches of Chinese characters a text has: pairs of text and stretch. */
  readonly runTexts: Column
  readonly runNumbers: Column
  /** The lines of their readings, each with a zero byte behind it. */
  readonly runs: Buffer
  readonly runStarts: Packed
  readonly bytes: number
}

const COLUMNS = 17
/** The length of a text that is searched; what lies behind is in the transaction, but not found. */
const LONGEST_TEXT = 2_000

class TextList {
  readonly texts: string[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }

  pack(): { bytes: Uint8Array; starts: number[] } {
    const bytes = Buffer.from(this.texts.map((text) => `${text}\0`).join(''), 'utf8')
    const starts: number[] = [0]
    for (let place = bytes.indexOf(0); place >= 0; place = bytes.indexOf(0, place + 1)) starts.push(place + 1)
    return { bytes, starts }
  }
}

/** Writes rows, in any order, as a block. At most 65,536 of them. The same rows always give the same bytes. */
export function encodeBlock(rows: readonly SearchRow[], readingOf: ReadingOf): Buffer<ArrayBuffer> {
  const sorted = rows.toSorted((one, other) => other.day - one.day || other.id - one.id)
  const texts = new TextList()
  const runs = new TextList()
  const folds = new Map<string, number>()
  const runPairs: [number[], number[]] = [[], []]
  const entryStarts: number[] = []
  const entries: number[] = []
  const links: [number[], number[]] = [[], []]
  const numberOf = (text: string): number => {
    const known = folds.get(text)
    if (known !== undefined) return known
    const folded = foldText(text.slice(0, LONGEST_TEXT))
    const before = texts.texts.length
    const number = texts.numberOf(folded)
    folds.set(text, number)
    if (number === before) {
      const found = new Set(hanRuns(folded).map(({ run }) => runs.numberOf(readingLine(readingOf(run)))))
      for (const run of found) {
        runPairs[0].push(number)
        runPairs[1].push(run)
      }
    }
    return number
  }
  for (const [place, row] of sorted.entries()) {
    entryStarts.push(entries.length)
    let payee = -1
    for (const [field, text] of row.texts) {
      if (text === '') continue
      const number = numberOf(text)
      if (field === 'payee') payee = number
      // most statements' own wording differs from the payee in capitals alone
      if (field === 'raw-payee' && number === payee) continue
      entries.push(searchFields.indexOf(field) * 0x100_0000 + number)
    }
    for (const link of row.links) {
      links[0].push(place)
      links[1].push(link)
    }
  }
  entryStarts.push(entries.length)
  const packedTexts = texts.pack()
  const packedRuns = runs.pack()
  return packColumns([
    sorted.map(({ id }) => id),
    sorted.map(({ day }) => day),
    sorted.map(({ amountMinor }) => amountMinor),
    sorted.map(({ accountId }) => accountId),
    sorted.map(({ categoryId }) => categoryId),
    sorted.map(({ kind }) => transactionKinds.indexOf(kind)),
    sorted.map(({ flags }) => flags),
    entryStarts,
    entries,
    ...links,
    packedTexts.bytes,
    packedTexts.starts,
    ...runPairs,
    packedRuns.bytes,
    packedRuns.starts,
  ])
}

const none: Column = { values: new Uint8Array(), base: 0 }

/** A block to be read in place. Throws RangeError for what is none. */
export function decodeBlock(packed: Uint8Array): SearchBlock {
  const columns = unpackColumns(packed, COLUMNS)
  const at = (index: number): Column => columns[index] ?? none
  const bytesOf = ({ values }: Column): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  const days = at(1)
  const rows = days.values.length
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
    entryStarts: at(7).values,
    entries: at(8),
    linkRows: at(9),
    linkValues: at(10),
    texts: bytesOf(at(11)),
    textStarts: at(12).values,
    runTexts: at(13),
    runNumbers: at(14),
    runs: bytesOf(at(15)),
    runStarts: at(16).values,
    bytes: packed.byteLength,
  }
}
