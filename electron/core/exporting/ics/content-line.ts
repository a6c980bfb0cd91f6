/**
 * Lines of iCalendar: https://www.rfc-editor.org/rfc/rfc5545#section-3.1 (folding) and #section-3.3.11 (TEXT).
 */

/** Octets of a line, its CRLF not counted. */
const LONGEST_LINE = 75

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', ';': '\\;', ',': '\\,', '\n': '\\n' }

/** Controls that a TEXT cannot hold, and halves of surrogate pairs, which UTF-8 cannot. */
function isWritable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  if (code >= 0xd800 && code <= 0xdfff) return false
  return code === 0x09 || code === 0x0a || (code >= 0x20 && code !== 0x7f)
}

/** A text as a TEXT value: backslash, semicolon, comma and line ends escaped, other controls left out. */
export function escapeText(text: string): string {
  let written = ''
  for (const character of text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')) {
    if (isWritable(character)) written += escapes[character] ?? character
  }
  return written
}

/** UTF-8 octets of one character. */
function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}

/**
 * The line with its CRLF, folded so that none is longer than 75 octets; a character is never cut in two. The space that
 * begins a folded line counts.
 */
export function foldLine(line: string): string {
  let folded = ''
  let octets = 0
  for (const character of line) {
    const more = octetsOf(character)
    if (octets + more > LONGEST_LINE) {
      folded += '\r\n '
      octets = 1
    }
    folded += character
    octets += more
  }
  return `${folded}\r\n`
}

/** `NAME:value`, folded. The value must be written in the way of its type; for a text that is `escapeText`. */
export function contentLine(name: string, value: string): string {
  return foldLine(`${name}:${value}`)
}
