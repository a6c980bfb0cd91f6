import { TextDecoder } from 'node:util'
import { type Decimal, tryParseDecimal } from '../../../../shared/domain/decimal.ts'
import { type ByteSource, ImportRejection } from '../importer.ts'
import { detectEncoding, looksBinary } from '../text/encoding.ts'
import { parseNumberText } from '../text/number-text.ts'

/** A JSON file is read whole: beyond this it is refused. A year of a busy account is a hundredth of it. */
export const LARGEST_JSON = 64 * 1024 ** 2

/** Objects and lists within one another; statements have a dozen. */
const DEEPEST = 200

declare global {
  interface JSON {
    /** ECMAScript's source text access: `source` is a number exactly as it was written. */
    parse(
      text: string,
      reviver: (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown
  }
}

/** Numbers stay the digits that were written: a binary fraction must never come near an amount. */
const withExactNumbers = (_key: string, value: unknown, { source }: { readonly source?: string }): unknown =>
  typeof value === 'number' ? (source ?? String(value)) : value

/** Whether brackets nest deeper than any statement does: one pass, before the parser would run out of stack. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (isQuoted) {
      if (code === 0x5c) at += 1
      else if (code === 0x22) isQuoted = false
    } else if (code === 0x22) isQuoted = true
    else if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > DEEPEST) return true
    } else if (code === 0x7d || code === 0x5d) depth -= 1
  }
  return false
}

function parseExactly(text: string, name: string): unknown {
  try {
    return JSON.parse(text, withExactNumbers)
  } catch {
    const last = text.trimEnd().at(-1) ?? ''
    throw last === '}' || last === ']'
      ? new ImportRejection('damaged', `${name} is no valid JSON: it is damaged. Download it again.`)
      : new ImportRejection('truncated', `${name} ends in the middle: it was cut off. Download it again.`)
  }
}

/**
 * A JSON file's content, unknown to the types: a schema of its format takes it from here. Numbers are strings, exactly
 * as written. Throws `empty-file`, `too-large` (over 64 MB), `binary`, `damaged`, `truncated`.
 */
export function readJson(source: ByteSource): unknown {
  if (source.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
  if (source.size > LARGEST_JSON) {
    const limit = Math.floor(LARGEST_JSON / 1024 ** 2)
    throw new ImportRejection('too-large', `${source.name} is larger than ${limit} MB. Export a shorter period.`, {
      limit,
    })
  }
  const bytes = source.read(0, source.size)
  if (looksBinary(bytes.subarray(0, 4096))) throw new ImportRejection('binary', 'The file is not text.')
  const { encoding, markLength } = detectEncoding(source)
  const text = new TextDecoder(encoding).decode(bytes.subarray(markLength))
  if (isTooDeep(text)) {
    throw new ImportRejection('damaged', `${source.name} nests far deeper than any statement: it was not read.`)
  }
  return parseExactly(text, source.name)
}

/** Whether a file's head is the beginning of a JSON object or list. */
export const looksLikeJson = (text: string): boolean => /^\s*[{[]/.test(text.slice(0, 1000))

/** A sign or code of a currency before or behind the digits, a minus before either; nothing else. */
const MONEY = /^[-+(]?\s?(?:[A-Z]{0,3}[$€£¥]|[A-Z]{3})?\s?[-+]?[\d,]{1,40}(?:\.\d{0,20})?\s?(?:[$€£¥]|[A-Z]{3})?\)?$/

/** A number as JSON has it, or as a text with a decimal point, grouping commas and a currency sign ("-$1,382.75"). */
export function jsonDecimal(text: string): Decimal | null {
  return tryParseDecimal(text) ?? (MONEY.test(text.trim()) ? parseNumberText(text, '.') : null)
}
