import type { TextLine } from '../text/decode.ts'

const MOST_FIELDS = 4000

export interface QifField {
  /** The line's first character, upper case. */
  readonly code: string
  /** The rest of the line, outer space gone. */
  readonly value: string
}

/** A header ("!Type:Bank") or a record: the lines up to "^". */
export type QifPart =
  | { readonly type: 'header'; readonly header: string; readonly line: number }
  | {
      readonly type: 'record'
      readonly fields: readonly QifField[]
      /** 1-based line of the first field. */
      readonly line: number
      /** `torn`: not ended by "^". `flooded`: longer than any record is, or a line longer than any line is. */
      readonly state: 'whole' | 'torn' | 'flooded'
      readonly position: number
    }

/**
 * Groups the lines of a QIF file. A header in the middle of a record ends it as `torn`, so that a lost "^" costs no
 * more than one record at the end of a section.
 */
export function* readQifParts(lines: Iterable<TextLine>): Generator<QifPart, void, void> {
  let fields: QifField[] = []
  let first = 0
  let flooded = false
  let position = 0
  for (const { text, number, cut, position: at } of lines) {
    position = at
    const line = text.trim()
    if (line === '') continue
    const code = line.charAt(0)
    if (code === '!') {
      if (fields.length > 0) {
        yield { type: 'record', fields, line: first, state: flooded ? 'flooded' : 'torn', position }
        fields = []
        flooded = false
      }
      yield { type: 'header', header: line.slice(1).trim().toLowerCase(), line: number }
      continue
    }
    if (code === '^') {
      if (fields.length > 0) {
        yield { type: 'record', fields, line: first, state: flooded ? 'flooded' : 'whole', position }
        fields = []
        flooded = false
      }
      continue
    }
    if (fields.length === 0) first = number
    if (cut || fields.length >= MOST_FIELDS) flooded = true
    else fields.push({ code: code.toUpperCase(), value: line.slice(1).trim() })
    if (fields.length === 0 && flooded) fields.push({ code: '', value: '' })
  }
  if (fields.length > 0) {
    yield { type: 'record', fields, line: first, state: flooded ? 'flooded' : 'torn', position }
  }
}

/** The first value of a code, or undefined where it is absent or empty. */
export function fieldOf(fields: readonly QifField[], code: string): string | undefined {
  for (const field of fields) if (field.code === code && field.value !== '') return field.value
  return undefined
}
