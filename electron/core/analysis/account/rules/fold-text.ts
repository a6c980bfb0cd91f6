const REMEMBERED = 20_000
const memory = new Map<string, string>()

/** Longer texts are compared by their beginning: what a rule costs stays bounded. */
const LONGEST = 1000

/** A text without what makes no difference to a rule: case, width, and how many spaces stand between words. */
export function foldText(text: string): string {
  const known = memory.get(text)
  if (known !== undefined) return known
  const folded = isPlain(text)
    ? text.toLowerCase()
    : text.slice(0, LONGEST).normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
  if (memory.size >= REMEMBERED) memory.clear()
  memory.set(text, folded)
  return folded
}

/** Printable ASCII with single spaces between words, as most texts are: only its case can differ. */
function isPlain(text: string): boolean {
  if (text.length > LONGEST || text.startsWith(' ') || text.endsWith(' ')) return false
  let before = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code < 0x20 || code > 0x7e || (code === 0x20 && before === 0x20)) return false
    before = code
  }
  return true
}
