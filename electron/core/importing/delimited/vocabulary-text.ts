import { Buffer } from 'node:buffer'

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ł', 'l'],
  ['ø', 'o'],
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['đ', 'd'],
  ['ı', 'i'],
  ['ð', 'd'],
])

/**
 * Folds a phrase for comparison: width and case variants, accents, camelCase and punctuation vanish, words are divided
 * by one space. A lone plus or minus stays, for it is a word of its own in direction columns.
 */
export function foldPhrase(text: string): string {
  return ASCII.test(text) ? foldAscii(text) : foldAny(text)
}

const ASCII = /^[\x20-\x7e]*$/

/** As `foldAny`: without letters beyond ASCII there is nothing to normalise. */
function foldAscii(text: string): string {
  return text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9+-]+/g, ' ')
    .replaceAll(/(?<=[a-z0-9])[-+]+|(?<![-+])[-+]+(?=[a-z0-9])/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
}

function foldAny(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[łøßæœđıð]/g, (letter) => LETTERS.get(letter) ?? letter)
    .replaceAll(/[^\p{L}\p{N}+-]+/gu, ' ')
    .replaceAll(/(?<=[\p{L}\p{N}])[-+]+|(?<![-+])[-+]+(?=[\p{L}\p{N}])/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
}

/** Shorter texts are copied when they are cut out of another; longer ones keep the whole of it in memory. */
const COPIED = 13

/** The same text, free of the chunk of the file that it was cut from: a cache must not hold chunks alive. */
function unpinned(text: string): string {
  return text.length < COPIED ? text : Buffer.from(text, 'utf16le').toString('utf16le')
}

/** A map that forgets everything once it is full: bounds memory where a column never repeats itself. */
export class BoundedMap<Value> {
  readonly #limit: number
  readonly #entries = new Map<string, Value>()

  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key)
  }

  set(key: string, value: Value): Value {
    if (this.#entries.size >= this.#limit) this.#entries.clear()
    this.#entries.set(unpinned(key), value)
    return value
  }
}

/** The cell without outer space: the common case costs two comparisons. */
export function trimmedCell(cells: readonly string[], index: number): string {
  const text = cells[index]
  if (text === undefined || text === '') return ''
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  return first > 32 && first < 127 && last > 32 && last < 127 ? text : text.trim()
}

/** One line of text: inner runs of space, which fixed-width exports leave, become one. */
export function lineOfCell(cells: readonly string[], index: number): string {
  const text = trimmedCell(cells, index)
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 32) continue
    if (code === 32 ? text.charCodeAt(at + 1) === 32 : code === 10 || code === 9) return text.replaceAll(/\s+/g, ' ')
  }
  return text
}
