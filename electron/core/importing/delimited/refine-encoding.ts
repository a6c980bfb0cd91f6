import type { ByteSource } from '../importer.ts'
import { type DetectedEncoding, detectEncoding } from '../text/encoding.ts'

/** Letters beyond ASCII that a language writes, in the code page its old software used. */
const LANGUAGES: readonly (readonly [encoding: string, letters: string])[] = [
  ['windows-1252', 'äöüß'],
  ['windows-1252', 'éèêëàâçîïôùûœæ'],
  ['windows-1252', 'áéíóúñü¿¡ºª'],
  ['windows-1252', 'àèéìòù'],
  ['windows-1252', 'áàâãçéêíóôõúºª'],
  ['windows-1252', 'åäöæøéü'],
  ['windows-1252', 'éëïóöüè'],
  ['windows-1252', 'áéíóúýþæöð'],
  ['windows-1250', 'ąćęłńóśźż'],
  ['windows-1250', 'áčďéěíňóřšťúůýž'],
  ['windows-1250', 'áäčďéíĺľňóôŕšťúýž'],
  ['windows-1250', 'áéíóöőúüű'],
  ['windows-1250', 'čćđšž'],
  ['iso-8859-2', 'ąćęłńóśźż'],
  ['iso-8859-2', 'áčďéěíňóřšťúůýž'],
  ['windows-1257', 'ąčęėįšųūž'],
  ['windows-1257', 'āčēģīķļņšūž'],
  ['windows-1257', 'äöõüšž'],
  ['windows-1254', 'çğıöşüâ'],
  ['windows-1253', 'αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋ'],
]
/** Signs of any language. */
const NEUTRAL = new Set('€£§°«»“”„‘’–—…·×²³½µ©®\u00a0')
const SAMPLE = 256 * 1024
const ENOUGH = 4

/** How many of the text's letters beyond ASCII the language writes, and how many there are. */
function fit(text: string, letters: ReadonlySet<string>): { well: number; all: number } {
  let well = 0
  let all = 0
  for (const character of text) {
    if (character < '\u0080') continue
    if (NEUTRAL.has(character)) continue
    all += 1
    if (letters.has(character.toLowerCase())) well += 1
  }
  return { well, all }
}

/** A sample with letters beyond ASCII: the head, or where that has none, places further on. */
function sampleOf(source: ByteSource): Uint8Array {
  const head = source.read(0, SAMPLE)
  if (source.size <= SAMPLE || head.some((byte) => byte >= 0x80)) return head
  for (let part = 1; part <= 16; part += 1) {
    const bytes = source.read(Math.floor((source.size * part) / 17), SAMPLE)
    if (bytes.some((byte) => byte >= 0x80)) return bytes
  }
  return head
}

const KANA = /[\u3041-\u30ff\uff66-\uff9d]/gu
const HAN = /[\u4e00-\u9fff]/gu
const HANGUL = /[\uac00-\ud7a3]/gu

/** Japanese and Korean text by its own letters, which no other reading of the bytes gives in such number. */
function eastAsian(bytes: Uint8Array): string | null {
  const japanese = new TextDecoder('shift_jis').decode(bytes)
  const broken = japanese.split('\ufffd').length - 1
  const kana = japanese.match(KANA)?.length ?? 0
  const wide = japanese.match(/[\u3041-\u30ff]/gu)?.length ?? 0
  const han = japanese.match(HAN)?.length ?? 0
  if (wide + han >= ENOUGH && wide > 0 && broken * 20 <= kana + han) return 'shift_jis'
  const korean = new TextDecoder('euc-kr').decode(bytes)
  const hangul = korean.match(HANGUL)?.length ?? 0
  if (hangul >= ENOUGH && (korean.match(HAN)?.length ?? 0) * 20 <= hangul && !korean.includes('\ufffd')) return 'euc-kr'
  return null
}

/**
 * Tells code pages apart that a guess cannot: those of Japan and Korea, and those of Europe where the bytes were taken
 * for Western ones. There the page and language whose
 * alphabet holds nearly all letters wins; without a clear winner it stays windows-1252.
 */
function refineEncoding(source: ByteSource, guess: string): string {
  const bytes = sampleOf(source)
  if (guess !== 'windows-1252' && guess !== 'gb18030') return guess
  const eastern = eastAsian(bytes)
  if (eastern !== null && (eastern !== 'shift_jis' || guess !== 'gb18030')) return eastern
  if (guess === 'gb18030') return guess
  let best = 'windows-1252'
  let bestShare = 0
  const texts = new Map<string, string>()
  for (const [encoding, letters] of LANGUAGES) {
    const text = texts.get(encoding) ?? new TextDecoder(encoding).decode(bytes)
    texts.set(encoding, text)
    const { well, all } = fit(text, new Set(letters))
    if (all < ENOUGH) return best
    const share = well / all
    // a later candidate must be clearly better: Western pages come first
    if (share > bestShare + 0.08) {
      best = encoding
      bestShare = share
    } else if (best === encoding) bestShare = Math.max(bestShare, share)
  }
  return bestShare >= 0.8 ? best : 'windows-1252'
}

/** The encoding of a text, with what was only guessed looked at once more. */
export function detectRefined(source: ByteSource): DetectedEncoding {
  const detected = detectEncoding(source)
  return detected.by === 'guess' ? { ...detected, encoding: refineEncoding(source, detected.encoding) } : detected
}
