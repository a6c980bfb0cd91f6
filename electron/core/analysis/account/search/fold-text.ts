/**
 * How texts are compared when searching: without regard to case, accents and width. Compatibility forms are taken apart
 * (Unicode NFKD: "ＡＢＣ" → "abc", "ﬁ" → "fi"), the combining accents of Latin, Greek and Cyrillic are left out
 * ("Zürich" → "zurich"), and letters that NFKD leaves whole are spelt plainly ("ß" → "ss", "ø" → "o").
 */

/** Letters with a stroke and ligatures have no decomposition in Unicode. */
const spelt: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ł', 'l'],
  ['ħ', 'h'],
  ['ı', 'i'],
  ['ς', 'σ'],
])

const PLAIN = /^[\u0020-\u007e]*$/
const ACCENTS = /[\u0300-\u036f]/g
const STROKES = /[ßæœøđðþłħıς]/g
/** Control characters part words as a space does; they also part the texts of the index. */
const CONTROLS = /[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]/gu

function foldPiece(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(ACCENTS, '')
    .toLowerCase()
    .replaceAll(ACCENTS, '')
    .replaceAll(STROKES, (letter) => spelt.get(letter) ?? letter)
    .replaceAll(CONTROLS, ' ')
}

/** A text as it is compared. Runs of spaces become one; what is around the text is left out. */
export function foldText(text: string): string {
  const folded = PLAIN.test(text) ? text.toLowerCase() : foldPiece(text)
  return folded.includes('  ') || folded.startsWith(' ') || folded.endsWith(' ')
    ? folded.replaceAll(/ {2,}/g, ' ').trim()
    : folded
}

/**
 * A folded text in pieces: a piece ends before a space and where figures begin or end, so that numbers, which hardly ever
 * repeat, stand apart from the words about them. Together the pieces are the text.
 */
export function piecesOf(folded: string): string[] {
  return folded.match(/ ?(?:[0-9]+|[^ 0-9]+)/g) ?? []
}

export interface FoldedWithPlaces {
  readonly folded: string
  /** For each UTF-16 unit of `folded`, where the character that it comes from begins; one more for the end. */
  readonly places: readonly number[]
}

/** A text folded character by character, remembering where each came from; spaces stay as many as they were. */
export function foldWithPlaces(text: string): FoldedWithPlaces {
  let folded = ''
  const places: number[] = []
  let place = 0
  for (const character of text) {
    const piece = PLAIN.test(character) ? character.toLowerCase() : foldPiece(character)
    for (let unit = 0; unit < piece.length; unit += 1) places.push(place)
    folded += piece
    place += character.length
  }
  places.push(text.length)
  return { folded, places }
}

const HAN = /[\p{Script=Han}]+/gu

/** The stretches of Chinese characters in a folded text, with where each begins. */
export function hanRuns(folded: string): { readonly run: string; readonly at: number }[] {
  // most texts of a household abroad have none: every Han character lies above U+2E7F
  if (!/[\u2e80-\uffff]/.test(folded)) return []
  return [...folded.matchAll(HAN)].map((found) => ({ run: found[0], at: found.index }))
}
