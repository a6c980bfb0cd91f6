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

/** The common characters of Big5: their first bytes, and the share of the pairs that begin with one. */
const BIG5_COMMON = { from: 0xa4, to: 0xc6, share: 0.85 }
/** Three in five characters end in the upper half; behind a lone capital of "VÁSÁRLÁS" stands an ASCII letter. */
const BIG5_UPPER = 0.3
/** Punctuation and full-width forms stand in the rows before them. */
const BIG5_SIGNS = 0xa1

/** Traditional Chinese text by its pairs, nearly all of which begin with the byte of a common character. */
function isBig5(bytes: Uint8Array): boolean {
  let pairs = 0
  let common = 0
  let upper = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) continue
    const trail = bytes[at + 1] ?? 0
    const isPair =
      lead >= BIG5_SIGNS && lead <= 0xf9 && ((trail >= 0x40 && trail <= 0x7e) || (trail >= 0xa1 && trail <= 0xfe))
    if (!isPair) return false
    at += 1
    if (lead < BIG5_COMMON.from) continue
    pairs += 1
    if (lead <= BIG5_COMMON.to) common += 1
    if (trail >= 0xa1) upper += 1
  }
  return pairs >= ENOUGH && common >= pairs * BIG5_COMMON.share && upper >= pairs * BIG5_UPPER
}

/** The most frequent letters of languages whose whole alphabets stand on the same bytes. */
const OTHER_SCRIPTS: readonly (readonly [encoding: string, letters: string])[] = [
  ['windows-1251', 'оеаинтсрвл'],
  ['windows-1253', 'αοιετσνηυρς'],
  ['windows-1255', 'יוהלארתבמש'],
]

/** Cyrillic, Greek and Hebrew by their letters: under the wrong page the frequent ones become rare ones. */
function otherScript(bytes: Uint8Array, guess: string): string {
  let best = guess
  let bestShare = 0
  for (const [encoding, letters] of OTHER_SCRIPTS) {
    const text = new TextDecoder(encoding)
      .decode(bytes)
      .normalize('NFD')
      .replaceAll(/\p{M}+/gu, '')
    const { well, all } = fit(text, new Set(letters))
    const share = all === 0 ? 0 : well / all
    if (share > bestShare + 0.08) {
      best = encoding
      bestShare = share
    }
  }
  return best
}

/** Whether most words with letters beyond ASCII hold ASCII letters, too: so it is in Latin script, nowhere else. */
function isLatinScript(bytes: Uint8Array): boolean {
  const words = new TextDecoder('latin1').decode(bytes).match(/[A-Za-z\u00c0-\u00ff]+/g) ?? []
  const beyond = words.filter((word) => /[\u00c0-\u00ff]/.test(word))
  return beyond.filter((word) => /[A-Za-z]/.test(word)).length * 2 > beyond.length
}

/**
 * Tells code pages apart that statistics cannot: those of Japan, Korea and Taiwan, and those of Europe where the bytes
 * were taken for Western ones. There the page and language whose alphabet holds nearly all letters wins; without a
 * clear winner it stays windows-1252.
 */
export function refineEncoding(bytes: Uint8Array, guess: string): string {
  if (guess === 'windows-1251') return otherScript(bytes, guess)
  if (guess !== 'windows-1252' && guess !== 'gb18030') return guess
  const eastern = eastAsian(bytes)
  if (eastern !== null && (eastern !== 'shift_jis' || guess !== 'gb18030')) return eastern
  if (guess === 'gb18030') return guess
  if (isBig5(bytes)) return 'big5'
  let best = 'windows-1252'
  let bestShare = 0
  const texts = new Map<string, string>()
  const latin = isLatinScript(bytes)
  for (const [encoding, letters] of LANGUAGES) {
    if (latin && encoding === 'windows-1253') continue
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
