import {
  absoluteDecimal,
  compareDecimal,
  type Decimal,
  multiplyDecimal,
  tryParseDecimal,
} from '../../../../../shared/domain/decimal.ts'
import { addDays, type IsoDate } from '../../../../../shared/domain/iso-date.ts'
import { foldText } from './fold-text.ts'
import { daysOf } from './query-dates.ts'
import { type QueryToken, tokensOfQuery } from './query-tokens.ts'
import { belongingWords, kindWords, type OperatorKey, operatorWords, stateWords } from './query-words.ts'
import type {
  Bound,
  Hint,
  Meaning,
  NamedThing,
  Query,
  SearchState,
  Term,
  TextScope,
  TransactionKind,
} from './search-query.ts'

/** More terms than anybody types; the rest is told as too long. */
const MOST_TERMS = 24
/** "last month", "last 30 days". */
const LONGEST_DAYS = 3

const scopes: ReadonlyMap<OperatorKey, TextScope> = new Map([
  ['text', 'any'],
  ['payee', 'payee'],
  ['memo', 'memo'],
  ['notes', 'notes'],
  ['reference', 'reference'],
  ['attachment', 'attachment'],
] as const)
const things: ReadonlyMap<OperatorKey, NamedThing> = new Map([
  ['tag', 'tag'],
  ['category', 'category'],
  ['account', 'account'],
  ['institution', 'institution'],
  ['security', 'security'],
] as const)

const factors: ReadonlyMap<string, Decimal> = new Map(
  (
    [
      ['k', '1000'],
      ['w', '10000'],
      ['万', '10000'],
      ['千', '1000'],
    ] as const
  ).map(([letter, factor]) => [letter, tryParseDecimal(factor) as Decimal]),
)

/** "1,234.50", "¥12", "-3", "2.5万" as a magnitude in major units; null where the text is no amount. */
export function amountOf(text: string): Decimal | null {
  if (text.length > 24) return null
  const plain = foldText(text)
    .replace(/^[-+]/, '')
    .replace(/^(?:¥|\$|€|£|rmb|cny)/, '')
    .replace(/(?:元|块)$/, '')
  const suffix = factors.get(plain.slice(-1))
  const digits = (suffix === undefined ? plain : plain.slice(0, -1)).replaceAll(/,(?=\d{3}(?:\D|$))/g, '')
  if (!/^\d{1,15}(?:\.\d{1,6})?$/.test(digits)) return null
  const value = tryParseDecimal(digits)
  if (value === null) return null
  return absoluteDecimal(suffix === undefined ? value : multiplyDecimal(value, suffix))
}

const COMPARISON = /^(>=|<=|>|<|=|≥|≤)(.+)$/

function comparison(text: string): Meaning | 'bad' | null {
  const found = COMPARISON.exec(text)
  if (found === null) return null
  const value = amountOf(found[2] ?? '')
  if (value === null) return 'bad'
  const sign = found[1] ?? ''
  const bound: Bound = { value, included: sign !== '>' && sign !== '<' }
  if (sign === '=') return { is: 'amount', least: bound, most: bound }
  return sign.startsWith('>') || sign === '≥'
    ? { is: 'amount', least: bound, most: null }
    : { is: 'amount', least: null, most: bound }
}

function amountRange(from: string, to: string): Meaning | null {
  const [low, high] = [from === '' ? null : amountOf(from), to === '' ? null : amountOf(to)]
  if ((low === null && from !== '') || (high === null && to !== '') || (low === null && high === null)) return null
  const bound = (value: Decimal | null): Bound | null => (value === null ? null : { value, included: true })
  const turned = low !== null && high !== null && compareDecimal(low, high) > 0
  return { is: 'amount', least: bound(turned ? high : low), most: bound(turned ? low : high) }
}

const partsOfRange = (text: string): [string, string] | null => {
  const found = /^(.*?)(?:\.{2,3}|…|~)(.*)$/.exec(text)
  return found === null || (found[1] === '' && found[2] === '') ? null : [found[1] ?? '', found[2] ?? '']
}

function dateRange(from: string, to: string, today: IsoDate): Meaning | null {
  const [first, last] = [from === '' ? null : daysOf(from, today), to === '' ? null : daysOf(to, today)]
  if ((first === null && from !== '') || (last === null && to !== '') || (first === null && last === null)) return null
  if (first !== null && last !== null && first.from > last.to) return { is: 'date', from: last.from, to: first.to }
  return { is: 'date', from: first?.from ?? null, to: last?.to ?? null }
}

function amountMeaning(text: string): Meaning | null {
  const compared = comparison(text)
  if (compared !== null) return compared === 'bad' ? null : compared
  const range = partsOfRange(text)
  if (range !== null) return amountRange(...range)
  return amountRange(text, text)
}

function dateMeaning(key: 'on' | 'before' | 'after', text: string, today: IsoDate): Meaning | null {
  if (key === 'on') {
    const range = partsOfRange(text)
    if (range !== null) return dateRange(...range, today)
  }
  const days = daysOf(text, today)
  if (days === null) return null
  if (key === 'before') return { is: 'date', from: null, to: addDays(days.from, -1) }
  if (key === 'after') return { is: 'date', from: addDays(days.to, 1), to: null }
  return { is: 'date', ...days }
}

/** What a word without operator means beyond its letters: an amount with a comparison, days, a range of either. */
function plainMeaning(folded: string, today: IsoDate): Meaning | null {
  const compared = comparison(folded)
  if (compared !== null) return compared === 'bad' ? null : compared
  const range = partsOfRange(folded)
  if (range !== null) return dateRange(...range, today) ?? amountRange(...range)
  const days = daysOf(folded, today)
  return days === null ? null : { is: 'date', ...days }
}

type Understood = { readonly meaning: Meaning } | { readonly hint: Hint['code'] }

function operatorMeaning(key: OperatorKey, token: QueryToken, today: IsoDate): Understood {
  const { values, quoted, value: text } = token
  const folded = foldText(text)
  if (folded === '') return { hint: 'unfinished' }
  const scope = scopes.get(key)
  if (scope !== undefined) return { meaning: { is: 'text', scope, text, exact: quoted } }
  const thing = things.get(key)
  const named = values.filter((value) => foldText(value) !== '')
  if (thing !== undefined) return { meaning: { is: 'name', of: thing, values: named } }
  const orHint = (meaning: Meaning | null, hint: Hint['code']): Understood =>
    meaning === null ? { hint } : { meaning }
  if (key === 'amount') return orHint(amountMeaning(folded), 'bad-amount')
  if (key === 'on' || key === 'before' || key === 'after') return orHint(dateMeaning(key, folded, today), 'bad-date')
  if (key === 'kind') {
    const kinds = named.map((value) => kindWords.get(foldText(value)))
    const known = kinds.filter((kind): kind is TransactionKind => kind !== undefined)
    return known.length === kinds.length ? { meaning: { is: 'kind', kinds: known } } : { hint: 'bad-value' }
  }
  const state: SearchState | undefined =
    key === 'has' ? belongingWords.get(folded) : (stateWords.get(folded) ?? belongingWords.get(folded))
  return state === undefined ? { hint: 'bad-value' } : { meaning: { is: 'state', state } }
}

/** Days that are written in several words. Answers how many tokens they take. */
function spokenDays(
  tokens: readonly QueryToken[],
  at: number,
  today: IsoDate,
): { meaning: Meaning; count: number } | null {
  for (let count = Math.min(LONGEST_DAYS, tokens.length - at); count >= 2; count -= 1) {
    const some = tokens.slice(at, at + count)
    if (some.some((token) => token.quoted || token.operator !== null || (token.negated && token !== some[0]))) continue
    const days = daysOf(foldText(some.map(({ text }) => text).join(' ')), today)
    if (days !== null) return { meaning: { is: 'date', ...days }, count }
  }
  return null
}

function meaningOfWord(token: QueryToken, today: IsoDate): Meaning {
  const literal: Meaning = { is: 'text', scope: 'any', text: token.text, exact: token.quoted }
  return token.quoted ? literal : (plainMeaning(foldText(token.text), today) ?? literal)
}

/**
 * What a typed text asks for. Understands everything: what is no operator, amount or date is a word to look for, and
 * what may have been meant otherwise is told in `hints`. Relative days ("last month") count from `today`. Linear in the
 * length of the text.
 */
export function parseQuery(text: string, today: IsoDate): Query {
  const tokens = tokensOfQuery(text)
  const terms: Term[] = []
  const hints: Hint[] = []
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at]
    if (token === undefined) break
    if (terms.length >= MOST_TERMS) {
      hints.push({ code: 'too-long', text: text.slice(token.from) })
      break
    }
    const { negated, from } = token
    const days = spokenDays(tokens, at, today)
    if (days !== null) {
      terms.push({ meaning: days.meaning, negated, from, to: tokens[at + days.count - 1]?.to ?? token.to })
      at += days.count
      continue
    }
    at += 1
    const key = token.operator === null ? undefined : operatorWords.get(foldText(token.operator))
    if (token.operator !== null && key !== undefined) {
      const understood = operatorMeaning(key, token, today)
      if ('meaning' in understood) {
        terms.push({ meaning: understood.meaning, negated, from, to: token.to })
        continue
      }
      hints.push({ code: understood.hint, text: text.slice(from, token.to) })
      if (understood.hint === 'unfinished') continue
    } else if (token.operator !== null && /^\p{L}+$/u.test(token.operator) && !token.text.includes('//')) {
      hints.push({ code: 'unknown-operator', text: token.operator })
    }
    if (foldText(token.text) === '') continue
    const meaning: Meaning =
      token.operator === null
        ? meaningOfWord(token, today)
        : { is: 'text', scope: 'any', text: token.text, exact: false }
    terms.push({ meaning, negated, from, to: token.to })
  }
  return { terms, hints }
}
