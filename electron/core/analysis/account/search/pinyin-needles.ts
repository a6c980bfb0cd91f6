/**
 * Finding Chinese by what is typed on a Latin keyboard: the first letters of each character's reading ("zgyh" → 中国银行)
 * or the reading itself, the last syllable begun ("xingba" → 星巴克).
 *
 * The reading of a stretch of characters is kept as one line: U+0001, the first letters in capitals, then each syllable
 * in small letters behind U+001F. What is typed is turned into needles for such lines, so that one plain search tells.
 */

/** One reading for each character of a stretch, small Latin letters without tones, "v" for ü; else the character. */
export type ReadingOf = (run: string) => readonly string[]

const START = '\u0001'
const SYLLABLE = '\u001f'

/** The line that is kept for a stretch of characters. */
export function readingLine(syllables: readonly string[]): string {
  const first = syllables.map((syllable) => (/^[a-z]/.test(syllable) ? syllable.charAt(0).toUpperCase() : '?')).join('')
  return `${START}${first}${syllables.map((syllable) => `${SYLLABLE}${syllable}`).join('')}`
}

const INITIAL = '(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])'
const FINAL =
  '(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)'
const WHOLE = new RegExp(`^${INITIAL}?${FINAL}$`)
const LONGEST_SYLLABLE = 6
/** What nobody has typed as pinyin has few ways to be parted; real names have one or two. */
const MOST_WAYS = 6

/** The ways in which letters are whole syllables with a begun one at the end: "xian" → xian, xi·an, xia·n. */
export function syllableWays(letters: string): string[][] {
  const ways: string[][] = []
  // from a place of the letters on; false where they cannot be parted from there, so that no place is tried twice in vain
  const dead = new Set<number>()
  const walk = (from: number, before: readonly string[]): boolean => {
    let found = false
    const rest = letters.slice(from)
    for (let length = Math.min(LONGEST_SYLLABLE, rest.length); length >= 1 && ways.length < MOST_WAYS; length -= 1) {
      const syllable = rest.slice(0, length)
      if (length === rest.length) {
        if (!isBegun(syllable)) continue
        ways.push([...before, syllable])
        found = true
      } else if (WHOLE.test(syllable) && !dead.has(from + length) && walk(from + length, [...before, syllable])) {
        found = true
      }
    }
    if (!found) dead.add(from)
    return found
  }
  walk(0, [])
  return ways
}

const BEGUN = new RegExp(`^(?:${INITIAL}|${INITIAL}?${FINAL}|${INITIAL}?(?:io|ion|uen|ue|on))$`)
const isBegun = (letters: string): boolean => BEGUN.test(letters)

/** Longer ones are no name that anybody types by its letters. */
const LONGEST_WORD = 40

/**
 * What to look for in the lines of readings for a typed word, folded; nothing for what is no pinyin. First letters count
 * from two on; two of them only at the beginning of a stretch, where they are not there by chance.
 */
export function pinyinNeedles(word: string): string[] {
  if (!/^[a-z]{2,}$/.test(word) || word.length > LONGEST_WORD) return []
  const first = word.toUpperCase()
  const needles = [word.length === 2 ? `${START}${first}` : first]
  for (const way of syllableWays(word)) needles.push(SYLLABLE + way.join(SYLLABLE))
  return needles
}

/**
 * Which characters of a stretch a word means by their reading, as places from and to; null where it does not.
 * `syllables` has one entry for each character.
 */
export function charactersMeant(syllables: readonly string[], word: string): { from: number; to: number } | null {
  for (const needle of pinyinNeedles(word)) {
    const line = readingLine(syllables)
    const at = line.indexOf(needle)
    if (at < 0) continue
    if (!needle.includes(SYLLABLE)) {
      const from = needle.startsWith(START) ? 0 : at - START.length
      return { from, to: from + word.length }
    }
    const from = line.slice(0, at).split(SYLLABLE).length - 1
    return { from, to: from + needle.split(SYLLABLE).length - 1 }
  }
  return null
}
