/** Content lines of iCalendar (RFC 5545, section 3.1): names, escaped text, folded at 75 octets. */

const LONGEST_OCTETS = 75
const encoder = new TextEncoder()

/** A value of type TEXT (3.3.11): backslash, semicolon, comma and line breaks are escaped; other control characters go. */
export function escapeText(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', String.raw`\;`)
    .replaceAll(',', String.raw`\,`)
    .replaceAll(/\r\n|\r|\n|\u2028|\u2029/g, String.raw`\n`)
    .replaceAll(/(?![\t\n])\p{Cc}/gu, '')
}

/** A line as it stands in a file: no piece of it is longer than 75 octets, and no character is cut. */
export function foldLine(line: string): string {
  const pieces: string[] = []
  let piece = ''
  let octets = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (octets + size > LONGEST_OCTETS) {
      pieces.push(piece)
      // a continued line begins with a space, which counts
      piece = ' '
      octets = 1
    }
    piece += character
    octets += size
  }
  pieces.push(piece)
  return pieces.join('\r\n')
}

/** The lines of a file, each ended by CRLF as the standard demands. */
export function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${foldLine(line)}\r\n`).join('')
}
