import { foldText } from '../rules/fold-text.ts'

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** Words of a payee that are looked at: a longer text is no name. */
const MOST_WORDS = 40

/**
 * The words of a payee by which two payees are like each other: Latin words of two letters and more without their
 * digits, and pairs of neighbouring characters of Chinese, Japanese and Korean, which is written without spaces.
 */
export function payeeWords(payee: string): readonly string[] {
  const words = new Set<string>()
  for (const part of foldText(payee).split(/[^\p{L}\p{N}]+/u)) {
    if (words.size >= MOST_WORDS) break
    if (CJK.test(part)) addPairs(part, words)
    else {
      const letters = part.replaceAll(/\d+/g, '')
      if (letters.length > 1) words.add(letters)
    }
  }
  return [...words].slice(0, MOST_WORDS)
}

function addPairs(part: string, words: Set<string>): void {
  const characters = Array.from(part).filter((character) => CJK.test(character))
  if (characters.length === 1) words.add(characters[0] ?? '')
  for (let index = 0; index + 1 < characters.length; index += 1) {
    words.add(`${characters[index] ?? ''}${characters[index + 1] ?? ''}`)
  }
}

/** What two writings of one payee share: its words in their order, digits left out; the text itself where it has none. */
export function payeeKey(payee: string): string {
  const letters = foldText(payee)
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()
  return letters === '' ? foldText(payee) : letters
}

/**
 * The size of an amount, in steps of about a doubling: three for each number of digits (1, 2 to 4, 5 to 9). The vault's
 * triggers work it out by the same rule.
 */
export function amountBand(amountMinor: number): number {
  const digits = String(Math.abs(amountMinor))
  const first = digits.charAt(0)
  return digits.length * 3 + (first === '1' ? 0 : first < '5' ? 1 : 2)
}
