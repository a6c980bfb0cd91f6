import { isAmountText } from '../delimited/amount-text.ts'
import { isDateText } from '../delimited/date-text.ts'
import { currencyFromText, directionOf } from '../delimited/header-vocabulary.ts'
import type { TextLine, TextWord } from './document-text.ts'

/** A piece of a line that is a day, a sum of money or text, and where it stands. */
export interface Token {
  readonly text: string
  readonly x: number
  readonly right: number
  /** `short`: a day and a month without a year. */
  readonly date: 'full' | 'short' | null
  /** Surely a sum of money: it has cents, a currency or grouped thousands. */
  readonly amount: boolean
  /** "CR", "D": which way the sum before it moved. */
  readonly direction: boolean
  readonly words: readonly TextWord[]
}

const LONGEST_DATE = 5
const LONGEST_AMOUNT = 6

const SHORT_NUMERIC = /^(\d{1,2})([./-])(\d{1,2})\.?$/
const SHORT_NAMED = /^(?:\d{1,2}\.?[ \-/]?\p{L}{3,10}\.?|\p{L}{3,10}\.?[ \-/]?\d{1,2})$/u
const SHORT_HAN = /^\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]$/

/** A day and a month without a year: "02/07", "3.11.", "12 Dec", "Dec 12", "12月31日". */
export function isShortDate(text: string): boolean {
  const numeric = SHORT_NUMERIC.exec(text)
  if (numeric !== null) {
    const a = Number(numeric[1])
    const b = Number(numeric[3])
    return a >= 1 && b >= 1 && a <= 31 && b <= 31 && (a <= 12 || b <= 12)
  }
  if (SHORT_HAN.test(text)) return true
  return text.length <= 14 && SHORT_NAMED.test(text) && isDateText(withYear(text, 2000), 2000)
}

/** A day without a year, completed in its own manner: "02/07" → "02/07/2024", "Dec 12" → "Dec 12, 2024". */
export function withYear(text: string, year: number): string {
  const numeric = SHORT_NUMERIC.exec(text)
  if (numeric !== null) return `${numeric[1]}${numeric[2]}${numeric[3]}${numeric[2]}${year}`
  if (/[月월]/.test(text)) return `${year}年${text}`
  if (/^\p{L}/u.test(text)) return `${text.replace(/\.$/, '')}, ${year}`
  return `${text.replace(/\.$/, '')} ${year}`
}

const CENTS = /\d[.,]\d{2}(?!\d)/
const GROUPS = /\d[.,'’]\d{3}(?!\d)/

/** Whether the text is surely a sum of money, not just a number. */
export function isSurelyAmount(text: string): boolean {
  if (text.length < 3 || text.length > 30 || !/\d/.test(text)) return false
  const plain = plainAmount(text)
  if (!isAmountText(plain)) return false
  if (CENTS.test(plain) || GROUPS.test(plain)) return true
  const affix = plain.replaceAll(/[\d.,\s'’+\-−–()]+/g, '')
  return affix !== '' && currencyFromText(affix) !== null
}

const LOOSE_GROUPS = /^([^\d]*)(\d{1,3}(?:,\d{2,3})+)(\.\d{2}\D*)$/

/** Without marks between thousands that stand where none belongs ("2,42.48"), as long as the point settles it. */
export function plainAmount(text: string): string {
  const match = LOOSE_GROUPS.exec(text)
  return match === null || isAmountText(text) ? text : `${match[1]}${(match[2] ?? '').replaceAll(',', '')}${match[3]}`
}

const DIRECTION_AFTER = /^(.*\d[)\s]*)\s?(cr|dr|c|d|db)\.?$/i
/** Marks only: a word ("转入", "Paid") behind a sum is the text of the next column. */
const DIRECTION_MARK = /^(?:cr|dr|db|c|d|s|h|\+|-|借|贷|支|收)\.?$/i
const TIME_WORD = /^\d{1,2}:\d{2}/
const STARTS_DATE = /^[\d\p{L}]/u
const STARTS_AMOUNT = /^[-+−–(]?[\p{Sc}\p{L}.']{0,4}[-+−–(]?\d|^[-+−–]$|^[\p{Sc}]$|^[A-Z]{2,3}\$?$/u

const joined = (words: readonly TextWord[]): string => words.map(({ text }) => text).join(' ')

function dateAt(
  words: readonly TextWord[],
  at: number,
  thisYear: number,
): { length: number; kind: 'full' | 'short' } | null {
  const first = words[at]?.text ?? ''
  if (!STARTS_DATE.test(first) || (!/\d/.test(first) && !/^\d/.test(words[at + 1]?.text ?? ''))) return null
  let known: { length: number; kind: 'full' | 'short' } | null = null
  for (let length = 1; length <= LONGEST_DATE && at + length <= words.length; length += 1) {
    const text = joined(words.slice(at, at + length))
    if (text.length > 40) break
    const last = words[at + length - 1]?.text ?? ''
    // a word behind a whole date would pass for the name of its time zone
    if (known?.kind === 'full' && !TIME_WORD.test(last)) break
    if (isDateText(text, thisYear)) known = { length, kind: 'full' }
    else if (known === null && isShortDate(text)) known = { length, kind: 'short' }
  }
  return known
}

function amountAt(words: readonly TextWord[], at: number): number {
  if (!STARTS_AMOUNT.test(words[at]?.text ?? '')) return 0
  for (let length = Math.min(LONGEST_AMOUNT, words.length - at); length >= 1; length -= 1) {
    if (isSurelyAmount(joined(words.slice(at, at + length)))) return length
  }
  return 0
}

function tokenOf(words: readonly TextWord[], fields: Partial<Pick<Token, 'date' | 'amount' | 'direction'>>): Token {
  const first = words[0]
  const last = words.at(-1)
  const right = last === undefined ? 0 : last.x + last.width
  return { text: joined(words), x: first?.x ?? 0, right, date: null, amount: false, direction: false, words, ...fields }
}

/** An amount, and the direction written behind it as a token of its own. */
function amountTokens(words: readonly TextWord[]): Token[] {
  const token = tokenOf(words, { amount: true })
  const match = DIRECTION_AFTER.exec(token.text)
  if (match === null) return [{ ...token, text: plainAmount(token.text) }]
  const [, sum = '', direction = ''] = match
  // the sum ends where its own letters end, so that it lines up with others
  const last = words.at(-1)
  const apart = words.length > 1 && last?.text.replace('.', '').toLowerCase() === direction.toLowerCase()
  const share = (token.right - token.x) * (sum.trim().length / token.text.length)
  const right = apart ? (words.at(-2)?.x ?? 0) + (words.at(-2)?.width ?? 0) : token.x + share
  const x = apart ? (last?.x ?? right) : right
  return [
    { ...token, text: plainAmount(sum.trim()), right },
    { ...token, text: direction.toUpperCase(), x, amount: false, direction: true, words: [] },
  ]
}

const DATE_WITHIN =
  /\d{4}年\d{1,2}月\d{1,2}日|\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)|(?<!\d)\d{1,2}([./-])\d{1,2}\2\d{4}(?!\d)/

/** "12/14/23-01/13/24": two days in one word. */
const TWO_DAYS = /^(\d{1,2}([./])\d{1,2}\2\d{2,4})([-–—])(\d{1,2}\2\d{1,2}\2\d{2,4})$/

/** A word that holds a whole day among other letters ("账单周期：2024年1月1日-2024年1月31日") as several. */
function parted(word: TextWord): TextWord[] {
  const { text, x, width } = word
  const two = TWO_DAYS.exec(text)
  if (two !== null) {
    const at = (two[1] ?? '').length
    const per = width / text.length
    const piece = (from: number, to: number): TextWord => ({
      text: text.slice(from, to),
      x: x + from * per,
      width: (to - from) * per,
    })
    return [piece(0, at), piece(at, at + 1), piece(at + 1, text.length)]
  }
  if (text.length < 9 || text.length > 80 || !/\d{4}/.test(text)) return [word]
  const match = DATE_WITHIN.exec(text)
  if (match === null || match[0].length === text.length) return [word]
  const per = width / text.length
  const piece = (from: number, to: number): TextWord[] =>
    from < to ? [{ text: text.slice(from, to), x: x + from * per, width: (to - from) * per }] : []
  const end = match.index + match[0].length
  // a time of day goes on with its day
  if (match.index === 0 && /^[T ]?\d{1,2}:\d{2}/.test(text.slice(end))) return [word]
  return [...piece(0, match.index), ...piece(match.index, end), ...piece(end, text.length).flatMap(parted)]
}

const NOTED_DAY = /^(\d{1,2}([./-])\d{1,2}(?:\2\d{2,4})?)[*†‡]{1,2}$/

/** A day without the mark of a footnote behind it: "12/28/23*". */
function withoutNote(word: TextWord): TextWord {
  const day = NOTED_DAY.exec(word.text)?.[1]
  return day === undefined ? word : { ...word, text: day, width: word.width * (day.length / word.text.length) }
}

/** The tokens of a line from left to right. */
export function tokensOf(line: TextLine, thisYear: number): Token[] {
  const tokens: Token[] = []
  for (const cell of line.cells) {
    const words = cell.words.flatMap(parted).map(withoutNote)
    let text: TextWord[] = []
    const endText = (): void => {
      if (text.length === 0) return
      const token = tokenOf(text, {})
      const before = tokens.at(-1)
      const directs = before?.amount === true && DIRECTION_MARK.test(token.text) && directionOf(token.text) !== null
      tokens.push(directs ? { ...token, direction: true } : token)
      text = []
    }
    for (let at = 0; at < words.length;) {
      const date = dateAt(words, at, thisYear)
      const amount = amountAt(words, at)
      if (date !== null && (date.kind === 'full' || amount === 0 || text.length === 0) && date.length >= amount) {
        endText()
        const found = words.slice(at, at + date.length)
        // "12.05" is a day or a sum: its column will tell
        tokens.push(tokenOf(found, { date: date.kind, amount: amount === date.length }))
        at += date.length
      } else if (amount > 0) {
        endText()
        tokens.push(...amountTokens(words.slice(at, at + amount)))
        at += amount
      } else {
        const word = words[at]
        if (word !== undefined) text.push(word)
        at += 1
      }
    }
    endText()
  }
  return tokens
}
