/**
 * How words are compared: lower case, without accents ("Stück" and "STUCK" are one word). What an older program wrote
 * as U+FFFD stays, for nobody knows which letter it was; vocabularies list such words a second time, see `damagedWord`.
 */
export function foldWord(word: string): string {
  let plain = true
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at)
    if (code > 0x7e || (code >= 0x41 && code <= 0x5a)) {
      plain = false
      break
    }
  }
  if (plain) return word
  return word
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replaceAll('ł', 'l')
}

/** The word as it looks where every letter outside ASCII was lost; null where there is none. */
export function damagedWord(word: string): string | null {
  const damaged = word.normalize('NFC').replaceAll(/[^\p{ASCII}]/gu, '\uFFFD')
  return damaged.includes('\uFFFD') ? damaged.toLowerCase() : null
}

/** A run of letters and digits in a line. */
export interface Word {
  readonly folded: string
  readonly start: number
  readonly end: number
}

/** The words of a text in order; whatever stands between them is left out. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}\uFFFD]+/gu)) {
    words.push({ folded: foldWord(match[0]), start: match.index, end: match.index + match[0].length })
  }
  return words
}
