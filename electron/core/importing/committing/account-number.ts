/** An account number taken apart for comparison. */
export interface ComparableNumber {
  /** All of it, letters upper case, without separators; null where the file masks it or has only its end. */
  readonly full: string | null
  /** The visible characters at its end, at most eight. */
  readonly tail: string
}

const SHORTEST_FULL = 6
const MASK = /[*•·●▪…#?]+|X{2,}(?=\d)|X{3,}/g

/** Takes "DE12 3456…", "6222 **** **** 1234", "xxxx1234" or "1234" apart. Null where nothing in it can be compared. */
export function comparableNumber(text: string | null | undefined): ComparableNumber | null {
  if (text === null || text === undefined) return null
  const upper = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-_./]+/g, '')
  const parts = upper
    .replaceAll(MASK, '*')
    .replaceAll(/[^\p{L}\p{N}*]/gu, '')
    .split('*')
  const last = parts.at(-1) ?? ''
  const masked = parts.length > 1
  if (last.length < 3) return null
  const full = !masked && last.length >= SHORTEST_FULL ? last : null
  return { full, tail: last.slice(-8) }
}

export type NumberMatch = 'same' | 'same-end' | 'different'

/**
 * Whether two numbers may be of one account: `same` where one holds the other whole (an IBAN ends with the number it
 * was made of), `same-end` where only the visible ends agree.
 */
export function compareNumbers(left: ComparableNumber, right: ComparableNumber): NumberMatch {
  if (left.full !== null && right.full !== null) {
    if (left.full === right.full) return 'same'
    const [long, short] = left.full.length > right.full.length ? [left.full, right.full] : [right.full, left.full]
    return short.length >= 8 && long.endsWith(short) ? 'same' : 'different'
  }
  const length = Math.min(left.tail.length, right.tail.length)
  return left.tail.slice(-length) === right.tail.slice(-length) ? 'same-end' : 'different'
}

/** At most the last four characters, for showing: "··1234". Null where there is no number. */
export function maskedNumber(text: string | null | undefined): string | null {
  const number = comparableNumber(text)
  return number === null ? null : `··${number.tail.slice(-4)}`
}
