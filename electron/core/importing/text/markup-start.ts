const BLANK = /\S/g

/**
 * What a markup document begins with, from its first tag on: behind blanks, XML declarations and comments, of which there
 * may be any number. Found in one pass: a pattern for it would try every comment as the end of every other. Empty where
 * there is nothing else, or a comment does not end.
 */
export function markupStart(text: string): string {
  let at = 0
  for (;;) {
    BLANK.lastIndex = at
    const next = BLANK.exec(text)
    if (next === null) return ''
    at = next.index
    const closing = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?xml', at) ? '>' : null
    if (closing === null) return text.slice(at)
    const end = text.indexOf(closing, at + (closing === '-->' ? 4 : 5))
    if (end === -1) return ''
    at = end + closing.length
  }
}
