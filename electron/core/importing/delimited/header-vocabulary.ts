import table from '../../../../resources/column-headers.json' with { type: 'json' }
import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { BoundedMap, foldPhrase } from './vocabulary-text.ts'

/** What a header can mean: finer than a column's role, because two dates or amounts have to be ranked. */
export type HeaderConcept = keyof typeof table.headers

export interface ConceptMatch {
  readonly concept: HeaderConcept
  /** 1 for the very words, less where they are a part of the header. */
  readonly score: number
}

type Words = Readonly<Record<string, readonly string[]>>

function phrasesOf(words: Words): string[] {
  return [...new Set(Object.values(words).flatMap((list) => list.map(foldPhrase)))].filter((phrase) => phrase !== '')
}

const concepts = Object.keys(table.headers) as HeaderConcept[]

const byPhrase: ReadonlyMap<string, readonly HeaderConcept[]> = (() => {
  const index = new Map<string, HeaderConcept[]>()
  for (const concept of concepts) {
    for (const phrase of phrasesOf(table.headers[concept])) {
      const known = index.get(phrase)
      if (known === undefined) index.set(phrase, [concept])
      else known.push(concept)
    }
  }
  return index
})()

const SYLLABIC = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
/** Too general to say anything as a part of other words ("Transaction ID", "Name of bank"). */
const GENERAL = new Set(
  [
    'transaction',
    'operation',
    'name',
    'text',
    'from',
    'value',
    'valeur',
    'wert',
    'type',
    'code',
    'title',
    'note',
    'item',
  ]
    .concat([
      'address',
      'information',
      'number',
      'detail',
      'label',
      'card',
      'product',
      'payment',
      'money',
      'paid',
      'state',
    ])
    .concat([
      'amount in',
      'amount out',
      'in amount',
      'out amount',
      'total',
      'data',
      'info',
      'time',
      'partner',
      'customer',
      'order',
      'change',
      'bank',
      'event',
      'action',
    ]),
)
const PREPOSITIONS = new Set(['in', 'en', 'w', 'v', 'i', 'im', 'em', 'of', 'the', 'de'])

const symbols: ReadonlyMap<string, string> = new Map(Object.entries(table.currencySymbols))

/** The currency that a code ("EUR", "rur") or an unambiguous symbol ("€", "zł", "Rs.") names, or null. */
export function currencyFromText(text: string): CurrencyCode | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const code = symbols.get(trimmed.toLowerCase()) ?? trimmed.toUpperCase()
  return isCurrencyCode(code) ? code : null
}

/** What accounts that count points say in place of a currency (Onebook's own CSV): a unit, but no money. */
export const isPointsWord = (text: string): boolean => text === 'points' || text === '积分'

const NAMED_CURRENCY =
  /[A-Z]{3}\b|\b(?:EURO[AS]?|[Ee]uro[as]?)\b|[€£₹₽₩₺₴₪]|\bRs\b|R\$|zł|Kč|[元円원]|ש(?:["״]|'')ח|บาท/g

/** The currency named in a header: "Betrag (EUR)", "Amount(in Rs)", "Kwota PLN", or null. */
export function currencyInHeader(header: string): CurrencyCode | null {
  for (const word of header.match(NAMED_CURRENCY) ?? []) {
    const currency = currencyFromText(word)
    if (currency !== null) return currency
  }
  return null
}

function add(found: Map<HeaderConcept, number>, phrase: string, score: number): void {
  for (const concept of byPhrase.get(phrase) ?? []) {
    if ((found.get(concept) ?? 0) < score) found.set(concept, score)
  }
}

function matchPhrase(phrase: string, found: Map<HeaderConcept, number>, ceiling: number): void {
  add(found, phrase, ceiling)
  if (byPhrase.has(phrase)) return
  if (SYLLABIC.test(phrase)) {
    const plain = phrase.replaceAll(' ', '')
    add(found, plain, ceiling)
    for (let from = 0; from < plain.length; from += 1) {
      for (let to = from + 2; to <= plain.length; to += 1) {
        add(found, plain.slice(from, to), 0.45 + (0.45 * (to - from)) / plain.length)
      }
    }
    return
  }
  const words = phrase.split(' ')
  if (words.length > 12) return
  for (let from = 0; from < words.length; from += 1) {
    for (let to = words.length; to > from; to -= 1) {
      const part = words.slice(from, to).join(' ')
      // short words ("in", "af", "no") say nothing unless they are the whole header
      if (part.length < 4 && !(to === words.length && part.length === 3)) continue
      if (GENERAL.has(part)) continue
      add(found, part, 0.45 + (0.45 * part.length) / phrase.length)
    }
  }
  // compounds: "Buchungsdatum", "kontosaldo", "transaktionsbelopp" mean what they end in
  for (const word of words) {
    for (let from = 2; word.length - from >= 4; from += 1) {
      const end = word.slice(from)
      if (end.length === 4 && end !== 'dato') continue
      add(found, end, 0.4 + (0.3 * end.length) / phrase.length)
    }
  }
}

const AMOUNT_CONCEPTS = ['amount', 'account-amount', 'total'] as const

/** "金额(支出)", "Débit euros", "Amount debited": an amount of one direction is that direction's column. */
function preferDirection(phrase: string, found: Map<HeaderConcept, number>): void {
  const debit = found.get('debit') ?? 0
  const credit = found.get('credit') ?? 0
  if (debit > 0 === credit > 0 || /card|kart|carte|tarjeta|limit|卡/.test(phrase)) return
  const amount = Math.max(...AMOUNT_CONCEPTS.map((concept) => found.get(concept) ?? 0))
  if (amount === 0 || found.has('balance')) return
  const concept = debit > 0 ? 'debit' : 'credit'
  found.set(concept, Math.min(1, Math.max(debit, credit, amount) + 0.01))
}

const cache = new BoundedMap<readonly ConceptMatch[]>(2048)

/** Everything the header may mean, the likeliest first. Empty for a blank cell or unknown words. */
export function matchHeader(header: string): readonly ConceptMatch[] {
  if (header.length > 120) return []
  const known = cache.get(header)
  if (known !== undefined) return known
  const found = new Map<HeaderConcept, number>()
  const phrase = foldPhrase(header)
  if (phrase !== '' && /\p{L}|^[+-]/u.test(phrase)) {
    matchPhrase(phrase, found, 1)
    if (!byPhrase.has(phrase)) {
      const words = phrase.split(' ').filter((word) => currencyFromText(word) === null)
      while (words.length > 1 && PREPOSITIONS.has(words.at(-1) ?? '')) words.pop()
      const bare = words.join(' ')
      if (bare !== phrase && bare !== '') matchPhrase(bare, found, 0.97)
    }
  }
  preferDirection(phrase, found)
  const matches = [...found].map(([concept, score]): ConceptMatch => ({ concept, score }))
  return cache.set(
    header,
    matches.toSorted((left, right) => right.score - left.score),
  )
}

/** The header in the form that a fingerprint is made of. */
export function foldHeader(header: string): string {
  return foldPhrase(header)
}

export type Direction = 'debit' | 'credit'
type ValueGroup = keyof typeof table.values

function wordSet(group: ValueGroup): ReadonlySet<string> {
  return new Set(phrasesOf(table.values[group]))
}

const debitWords = wordSet('debit')
const creditWords = wordSet('credit')
const outflowKinds = wordSet('outflow-kind')
const inflowKinds = wordSet('inflow-kind')
const pendingWords = wordSet('pending')
const unsettledWords = wordSet('not-settled')

const directionCache = new BoundedMap<Direction | 'none'>(1024)

/** Whether the phrase, or each word of one in two languages ("借 Dr"), says so. */
function allSay(words: ReadonlySet<string>, phrase: string): boolean {
  return words.has(phrase) || (phrase !== '' && phrase.split(' ').every((word) => words.has(word)))
}

/** What a cell of a direction column says: "D", "Soll", "Af", "支出", "借 Dr" … ; null for other words. */
export function directionOf(text: string): Direction | null {
  const known = directionCache.get(text)
  if (known !== undefined) return known === 'none' ? null : known
  const phrase = text.length > 26 || /\d/.test(text) ? '' : foldPhrase(text)
  const debit = allSay(debitWords, phrase)
  const credit = allSay(creditWords, phrase)
  const direction = debit === credit ? 'none' : debit ? 'debit' : 'credit'
  directionCache.set(text, direction)
  return direction === 'none' ? null : direction
}

/** As `directionOf`, for a column of transaction types ("Purchase", "Top-up"): only where amounts bear no sign. */
export function directionOfKind(text: string): Direction | null {
  const strict = directionOf(text)
  if (strict !== null) return strict
  const phrase = text.length > 40 || /\d/.test(text) ? '' : foldPhrase(text)
  if (phrase === '') return null
  if (outflowKinds.has(phrase)) return 'debit'
  return inflowKinds.has(phrase) ? 'credit' : null
}

const statusCache = new BoundedMap<'booked' | 'pending' | 'not-settled'>(1024)

/** What a cell of a status column says; words that are not known count as booked. */
export function statusOf(text: string): 'booked' | 'pending' | 'not-settled' {
  const known = statusCache.get(text)
  if (known !== undefined) return known
  const phrase = text.length > 60 ? '' : foldPhrase(text)
  const status = unsettledWords.has(phrase) ? 'not-settled' : pendingWords.has(phrase) ? 'pending' : 'booked'
  return statusCache.set(text, status)
}

/** A phrase and the text that holds it as words: syllabic scripts put no spaces between words. */
interface Hint {
  readonly length: number
  readonly text: string
}

/** The longest first. */
function hintsOf(words: Words): readonly Hint[] {
  return phrasesOf(words)
    .map((phrase) => ({ length: phrase.length, text: SYLLABIC.test(phrase) ? phrase : ` ${phrase} ` }))
    .toSorted((left, right) => right.length - left.length)
}

const cardHints = hintsOf(table.hints.card)
const spendingHints = hintsOf(table.hints.spending)
const inflowHints = hintsOf(table.hints.inflow)
const outflowHints = hintsOf(table.hints.outflow)

/** The length of the longest of the phrases that the text holds as words; 0 where it holds none. */
const longestHeld = (folded: string, hints: readonly Hint[]): number =>
  hints.find(({ text }) => folded.includes(text))?.length ?? 0

const holds = (text: string, hints: readonly Hint[]): boolean => longestHeld(` ${foldPhrase(text)} `, hints) > 0

/** Whether the text speaks of a payment card. */
export function hintsAtCard(text: string): boolean {
  return holds(text, cardHints)
}

/** Whether a word over amounts speaks of spending ("Cost", "Order total"). */
export function hintsAtSpending(header: string): boolean {
  return holds(header, spendingHints)
}

/** Whether the text of a transaction sounds like money coming in or going out. */
export function hintOfFlow(text: string): Direction | null {
  const folded = ` ${foldPhrase(text)} `
  const inward = longestHeld(folded, inflowHints)
  const outward = longestHeld(folded, outflowHints)
  // "pagamento recebido" holds "pagamento": the longer words say more
  return inward === outward ? null : inward > outward ? 'credit' : 'debit'
}

/** Labels of a preamble ("Account number: …"). */
export type PreambleLabel = keyof typeof table.preamble

const preambleLabels: ReadonlyMap<string, PreambleLabel> = new Map(
  (Object.keys(table.preamble) as PreambleLabel[]).flatMap((label) =>
    phrasesOf(table.preamble[label]).map((phrase): [string, PreambleLabel] => [phrase, label]),
  ),
)

export function preambleLabelOf(text: string): PreambleLabel | null {
  return text.length > 40 ? null : (preambleLabels.get(foldPhrase(text)) ?? null)
}
