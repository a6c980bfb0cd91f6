import { foldText } from './fold-text.ts'

/** A character that stands for itself, or null for any one character. */
type Element = string | null

/** A pattern between its stars. */
export interface Wildcard {
  readonly segments: readonly (readonly Element[])[]
  /** The longest run of characters that any text it meets must contain; '' if there is none. */
  readonly literal: string
}

/**
 * Reads a pattern for a whole text: `*` stands for any characters, `?` for one, `\` makes the next character an
 * ordinary one. There is no repetition to go back over: matching takes at most the product of the two lengths.
 */
export function parseWildcard(pattern: string): Wildcard {
  const segments: Element[][] = [[]]
  // folding first: it leaves * ? and \ as they are, and makes their wide forms into them
  const characters = Array.from(foldText(pattern))
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? ''
    const segment = segments.at(-1) ?? []
    if (character === '*') {
      if (segment.length > 0 || segments.length === 1) segments.push([])
    } else if (character === '?') segment.push(null)
    else if (character === '\\' && index + 1 < characters.length) {
      index += 1
      segment.push(characters[index] ?? '')
    } else segment.push(character)
  }
  let literal = ''
  for (const segment of segments) {
    let run = ''
    for (const element of segment) {
      run = element === null ? '' : run + element
      if (run.length > literal.length) literal = run
    }
  }
  return { segments, literal: literal.trim() }
}

function fits(text: readonly string[], at: number, segment: readonly Element[]): boolean {
  if (at + segment.length > text.length) return false
  return segment.every((element, offset) => element === null || element === text[at + offset])
}

/** Whether the whole folded text is what the pattern describes. */
export function meetsWildcard(folded: string, { segments }: Wildcard): boolean {
  const text = Array.from(folded)
  const first = segments[0] ?? []
  const last = segments.at(-1) ?? []
  if (segments.length === 1) return text.length === first.length && fits(text, 0, first)
  if (text.length < first.length + last.length || !fits(text, 0, first)) return false
  // each part as far to the left as it goes: that leaves the most to those behind it
  let at = first.length
  for (const segment of segments.slice(1, -1)) {
    while (at + segment.length <= text.length && !fits(text, at, segment)) at += 1
    if (at + segment.length > text.length) return false
    at += segment.length
  }
  const start = text.length - last.length
  return start >= at && fits(text, start, last)
}
