import { damagedWord, foldWord, type Word } from './fold.ts'

/** A phrase found in a line: the words from `first` up to, not including, `next`. */
export interface PhraseHit<Meaning> {
  readonly meaning: Meaning
  readonly first: number
  readonly next: number
  /** Places in the line's text. */
  readonly start: number
  readonly end: number
  readonly phrase: string
}

interface Entry<Meaning> {
  readonly words: readonly string[]
  /** Its words without blanks between them. */
  readonly joined: string
  readonly meaning: Meaning
  readonly phrase: string
}

/** The words of a phrase, split as the words of a line are. */
function splitPhrase(phrase: string): string[] {
  return phrase.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
}

/**
 * Finds phrases of whole words in lines, the longest at each place, each word looked up once: the time is that of the
 * line, whatever the number of phrases.
 */
export class PhraseIndex<Meaning> {
  readonly #byFirst = new Map<string, Entry<Meaning>[]>()
  readonly #all: Entry<Meaning>[] = []
  /** Several readers ask for the same lines. */
  readonly #found = new WeakMap<readonly Word[], readonly PhraseHit<Meaning>[]>()

  add(phrase: string, meaning: Meaning): void {
    const words = splitPhrase(phrase)
    const folded = words.map(foldWord)
    this.#insert({ words: folded, joined: folded.join(''), meaning, phrase })
    // the same phrase as it looks where a program lost its umlauts
    const damaged = words.map((word) => damagedWord(word) ?? foldWord(word))
    if (damaged.some((word, at) => word !== folded[at])) {
      this.#insert({ words: damaged, joined: damaged.join(''), meaning, phrase })
    }
  }

  #insert(entry: Entry<Meaning>): void {
    const first = entry.words[0]
    if (first === undefined) return
    const entries = this.#byFirst.get(first) ?? []
    entries.push(entry)
    entries.sort((left, right) => right.words.length - left.words.length)
    this.#byFirst.set(first, entries)
    this.#all.push(entry)
  }

  /** The longest phrase that begins with the word at `at`; null where none does. */
  matchAt(words: readonly Word[], at: number): PhraseHit<Meaning> | null {
    const first = words[at]
    if (first === undefined) return null
    for (const { words: wanted, meaning, phrase } of this.#byFirst.get(first.folded) ?? []) {
      if (wanted.every((word, index) => words[at + index]?.folded === word)) {
        const last = words[at + wanted.length - 1] ?? first
        return { meaning, first: at, next: at + wanted.length, start: first.start, end: last.end, phrase }
      }
    }
    return null
  }

  /** Every phrase of a line, from left to right, none inside another. */
  find(words: readonly Word[]): readonly PhraseHit<Meaning>[] {
    const known = this.#found.get(words)
    if (known !== undefined) return known
    const hits = this.#search(words)
    this.#found.set(words, hits)
    return hits
  }

  #search(words: readonly Word[]): PhraseHit<Meaning>[] {
    const hits: PhraseHit<Meaning>[] = []
    let at = 0
    while (at < words.length) {
      const hit = this.matchAt(words, at)
      if (hit === null) at += 1
      else {
        hits.push(hit)
        at = hit.next
      }
    }
    return hits
  }

  /** The phrases in a text without blanks, of at least `shortest` letters; for lines that were printed letter by letter. */
  findSqueezed(squeezed: string, shortest: number): { meaning: Meaning; start: number; end: number; phrase: string }[] {
    const found: { meaning: Meaning; start: number; end: number; phrase: string }[] = []
    for (const { joined, meaning, phrase } of this.#all) {
      if (joined.length < shortest) continue
      const start = squeezed.indexOf(joined)
      if (start >= 0) found.push({ meaning, start, end: start + joined.length, phrase })
    }
    // a phrase inside a longer one says nothing
    return found
      .filter(
        (hit) =>
          !found.some(
            (other) =>
              other !== hit &&
              other.start <= hit.start &&
              other.end >= hit.end &&
              other.end - other.start > hit.end - hit.start,
          ),
      )
      .sort((left, right) => left.start - right.start)
  }
}
