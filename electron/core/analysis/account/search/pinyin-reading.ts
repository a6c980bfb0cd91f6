import type { ReadingOf } from './pinyin-needles.ts'

/** Stretches repeat from row to row: "消费", "上海". */
const KEPT = 50_000

/** One of `PINYIN_VERSION`; another version may read a character differently, so the index is then made again. */
export const PINYIN_VERSION = '3.29.4'

let loaded: Promise<ReadingOf> | null = null

/**
 * The readings of Chinese characters by the library pinyin-pro, which knows the words that change them (银行 is yín háng,
 * 行李 xíng li). Loaded when first needed: its dictionary takes 20 MB and 50 ms.
 */
export function loadReadings(): Promise<ReadingOf> {
  loaded ??= import('pinyin-pro').then(({ pinyin }): ReadingOf => {
    const known = new Map<string, readonly string[]>()
    return (run) => {
      const found = known.get(run)
      if (found !== undefined) return found
      const characters = Array.from(run)
      const read = pinyin(run, { toneType: 'none', type: 'array', v: true })
      // one reading for each character, whatever the library makes of rare ones
      const syllables = characters.map((character, index) => {
        const syllable = read.length === characters.length ? (read[index] ?? character) : character
        return /^[a-z]+$/.test(syllable) ? syllable : character
      })
      if (known.size >= KEPT) known.clear()
      known.set(run, syllables)
      return syllables
    }
  })
  return loaded
}
