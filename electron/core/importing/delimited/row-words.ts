import table from '../../../../resources/column-headers.json' with { type: 'json' }
import type { TransactionKind } from '../importer.ts'
import { BoundedMap, foldPhrase } from './vocabulary-text.ts'

/** Rows of a table that move no money. */
export type RowMeaning = 'opening' | 'closing' | 'totals'

interface Entry {
  readonly phrase: string
  readonly meaning: RowMeaning
}

/** Phrases by their first word (or first two characters where words are not divided by spaces). */
const byStart: ReadonlyMap<string, readonly Entry[]> = (() => {
  const index = new Map<string, Entry[]>()
  for (const meaning of ['opening', 'closing', 'totals'] as const) {
    for (const phrase of new Set(Object.values(table.rows[meaning]).flatMap((list) => list.map(foldPhrase)))) {
      if (phrase === '') continue
      const start = startOf(phrase)
      const entries = index.get(start)
      if (entries === undefined) index.set(start, [{ phrase, meaning }])
      else entries.push({ phrase, meaning })
    }
  }
  for (const entries of index.values()) entries.sort((left, right) => right.phrase.length - left.phrase.length)
  return index
})()

const LONGEST_START = 32
const LETTERS = 26

/** By first letter and length: whether any phrase begins with such a word. Most cells need no closer look. */
const possibleStarts = (() => {
  const possible = new Uint8Array(LETTERS * LONGEST_START)
  for (const start of byStart.keys()) {
    const letter = start.charCodeAt(0) - 97
    if (letter >= 0 && letter < LETTERS && start.length < LONGEST_START) {
      possible[letter * LONGEST_START + start.length] = 1
    }
  }
  return possible
})()

/** Whether a phrase may begin with the first `length` letters (of ASCII) of the text. */
function mayStart(text: string, length: number): boolean {
  const letter = (text.charCodeAt(0) | 32) - 97
  return length >= LONGEST_START || possibleStarts[letter * LONGEST_START + length] === 1
}

function startOf(phrase: string): string {
  if (phrase.charCodeAt(0) >= 0x2e80) return phrase.slice(0, 2)
  const space = phrase.indexOf(' ')
  return space < 0 ? phrase : phrase.slice(0, space)
}

const caches = {
  lenient: new BoundedMap<RowMeaning | 'none'>(4096),
  strict: new BoundedMap<RowMeaning | 'none'>(4096),
}

/** Words that go with a balance without making it anything else: connectives, periods, months. */
const COMPANIONS: ReadonlySet<string> = new Set(
  [
    'as',
    'of',
    'on',
    'at',
    'the',
    'for',
    'per',
    'from',
    'to',
    'date',
    'dated',
    'period',
    'statement',
    'account',
    'month',
  ]
    .concat([
      'am',
      'vom',
      'zum',
      'per',
      'bis',
      'monat',
      'konto',
      'al',
      'del',
      'dal',
      'periodo',
      'conto',
      'a',
      'au',
      'du',
      'le',
    ])
    .concat([
      'compte',
      'periode',
      'op',
      'van',
      'rekening',
      'na',
      'dzien',
      'dnia',
      'okres',
      'ha',
      'ot',
      'за',
      'на',
      'от',
      'до',
    ])
    .concat([
      'cuenta',
      'fecha',
      'el',
      'den',
      'pr',
      'ke',
      'dni',
      'k',
      'ki',
      'eur',
      'usd',
      'gbp',
      'chf',
      'cny',
      'sek',
      'pln',
    ])
    .concat(Object.values(table.months).flatMap((names) => names.map(foldPhrase))),
)

const SPACE = 32
/** "S A L D O": a word spread over the line, as a heading is. */
const SPREAD = /^\p{L}(?: \p{L}){3,}$/u

/** Without the bars, stars and brackets that banks put before such words. */
function withoutMarks(text: string): string {
  let from = 0
  for (; from < text.length; from += 1) {
    const code = text.charCodeAt(from)
    if (code >= 48 && !(code > 57 && code < 65) && !(code > 90 && code < 97) && !(code > 122 && code < 128)) break
  }
  return from === 0 ? text : text.slice(from)
}

/**
 * What a text says of its row: an opening or closing balance, or totals. It must begin with the words and add little
 * else (a date, a number, an account), so that "Balance transfer" or "Total Energies Paris" stay purchases.
 * `strict` admits
 * nothing but figures, days and the words that go with them: for rows that would otherwise be read as payments.
 */
export function rowMeaningOf(raw: string, care: 'lenient' | 'strict' = 'lenient'): RowMeaning | null {
  const marked = withoutMarks(raw)
  const text = marked.charCodeAt(1) === SPACE && SPREAD.test(marked) ? marked.replaceAll(' ', '') : marked
  if (text.length < 2 || text.length > 90) return null
  // most cells end here, without being folded: their first word begins no phrase
  let end = 0
  let camel = false
  for (let lower = false; end < text.length; end += 1) {
    const code = text.charCodeAt(end)
    const small = code >= 97 && code <= 122
    if (!small && !(code >= 65 && code <= 90)) break
    if (lower && !small) camel = true
    lower = small
  }
  if (end === 0) {
    if (text.charCodeAt(0) < 128) return null
  } else if (!camel && !(text.charCodeAt(end) >= 128)) {
    if (!mayStart(text, end) || !byStart.has(text.slice(0, end).toLowerCase())) return null
  }
  const cache = caches[care]
  const known = cache.get(text)
  if (known !== undefined) return known === 'none' ? null : known
  const meaning = meaningOf(foldPhrase(text), care)
  cache.set(text, meaning ?? 'none')
  return meaning
}

/** "人民币合计": where words are not divided, totals also stand at the end. */
const syllabicTotals = [...new Set(Object.values(table.rows.totals).flatMap((list) => list.map(foldPhrase)))].filter(
  (phrase) => phrase.charCodeAt(0) >= 0x2e80,
)

function meaningOf(folded: string, care: 'lenient' | 'strict'): RowMeaning | null {
  if (
    folded.charCodeAt(0) >= 0x2e80 &&
    folded.length <= 10 &&
    syllabicTotals.some((phrase) => folded.endsWith(phrase))
  ) {
    return 'totals'
  }
  for (const { phrase, meaning } of byStart.get(startOf(folded)) ?? []) {
    if (!folded.startsWith(phrase)) continue
    const rest = folded.slice(phrase.length)
    if (rest === '') return meaning
    const syllabic = phrase.charCodeAt(0) >= 0x2e80
    if (!syllabic && !rest.startsWith(' ')) continue
    if (care === 'strict' && !syllabic) {
      const words = rest.match(/\p{L}+/gu) ?? []
      if (words.every((word) => COMPANIONS.has(word))) return meaning
      continue
    }
    const letters = rest.match(/\p{L}{4,}/gu)?.length ?? 0
    // one word alone ("Total", "Saldo") may go on with figures only; a phrase of several may name an account or a day
    const allowed = syllabic ? 1 : phrase.includes(' ') ? 3 : 0
    if (letters <= allowed && rest.length <= 40) return meaning
  }
  return null
}

/** The same words at the start of a preamble cell. */
export function balanceLabelOf(text: string): 'opening' | 'closing' | null {
  const meaning = rowMeaningOf(
    text
      .replace(/[:：]\s*$/, '')
      .trimEnd()
      .replace(/\([^()]{1,10}\)$/, ''),
  )
  return meaning === 'totals' ? null : meaning
}

const kindPhrases: readonly (readonly [string, TransactionKind])[] = (
  Object.entries(table.kinds) as [TransactionKind, string[]][]
)
  .flatMap(([kind, words]) => words.map((word): [string, TransactionKind] => [` ${foldPhrase(word)} `, kind]))
  .toSorted((left, right) => right[0].length - left[0].length)

const kindCache = new BoundedMap<TransactionKind>(1024)

/** The kind of transaction that a type cell names ("Dividend", "ATM withdrawal", "Dauerauftrag"); else `payment`. */
export function kindOf(text: string): TransactionKind {
  const known = kindCache.get(text)
  if (known !== undefined) return known
  const folded = text.length > 80 ? '' : ` ${foldPhrase(text)} `
  const hit = kindPhrases.find(([phrase]) =>
    phrase.charCodeAt(1) >= 0x2e80 ? folded.includes(phrase.trim()) : folded.includes(phrase),
  )
  return kindCache.set(text, hit?.[1] ?? 'payment')
}

/** What the first of a row's texts that says something says of it. */
export function meaningOfAny(texts: readonly string[]): RowMeaning | null {
  for (const text of texts) {
    const meaning = rowMeaningOf(text)
    if (meaning !== null) return meaning
  }
  return null
}
