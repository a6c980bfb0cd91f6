import { compareDecimal } from '../../../../../shared/domain/decimal.ts'
import { addDays, isoDate } from '../../../../../shared/domain/iso-date.ts'
import { inQuotationMarks, quotedWhereNeeded } from '../../../../../shared/domain/quoted-value.ts'
import { foldText } from './fold-text.ts'
import { parseQuery } from './parse-query.ts'
import { daysText } from './query-dates.ts'
import { wordFor } from './query-words.ts'
import type { Bound, Meaning, Query, SearchState, Term } from './search-query.ts'

type Language = 'en' | 'zh-CN'

/** The last words of days in several words: behind another word they would be read as days. */
const ENDS_DAYS = /^(?:week|month|quarter|year|days?)$/i
/** Which day it is makes no difference to whether a word is one. */
const ANY_DAY = isoDate(2026, 1, 1)

/** Whether a word alone is read as that word, and not as an amount, a day or an operator. */
function isPlain(text: string): boolean {
  const { terms } = parseQuery(text, ANY_DAY)
  const [term] = terms
  return (
    terms.length === 1 &&
    term?.negated === false &&
    term.meaning.is === 'text' &&
    term.meaning.scope === 'any' &&
    !term.meaning.exact &&
    term.meaning.text === text &&
    !ENDS_DAYS.test(foldText(text))
  )
}
const operator = (key: string, language: Language): string => `${wordFor('operators', key, language)}:`

function amountText(least: Bound | null, most: Bound | null): string {
  if (least !== null && most !== null) {
    return compareDecimal(least.value, most.value) === 0 ? least.value : `${least.value}..${most.value}`
  }
  if (least !== null) return `${least.included ? '>=' : '>'}${least.value}`
  return most === null ? '' : `${most.included ? '<=' : '<'}${most.value}`
}

function textText({ scope, text, exact }: Extract<Meaning, { is: 'text' }>, language: Language): string {
  if (exact) return (scope === 'any' ? '' : operator(scope, language)) + inQuotationMarks(text)
  if (scope !== 'any') return operator(scope, language) + text
  return isPlain(text) ? text : operator('text', language) + text
}

function dateText({ from, to }: Extract<Meaning, { is: 'date' }>, negated: boolean, language: Language): string {
  if (from !== null && to !== null) return (negated ? operator('on', language) : '') + daysText({ from, to })
  if (from !== null) return operator('after', language) + addDays(from, -1)
  return to === null ? '' : operator('before', language) + addDays(to, 1)
}

function stateText(state: SearchState, language: Language): string {
  return state === 'attachment' || state === 'note' || state === 'tag'
    ? operator('has', language) + wordFor('belongings', state, language)
    : operator('is', language) + wordFor('states', state, language)
}

function meaningText(meaning: Meaning, negated: boolean, language: Language): string {
  if (meaning.is === 'text') return textText(meaning, language)
  if (meaning.is === 'date') return dateText(meaning, negated, language)
  if (meaning.is === 'state') return stateText(meaning.state, language)
  if (meaning.is === 'name') return operator(meaning.of, language) + meaning.values.map(quotedWhereNeeded).join(',')
  if (meaning.is === 'amount') return operator('amount', language) + amountText(meaning.least, meaning.most)
  return operator('kind', language) + meaning.kinds.map((kind) => wordFor('kinds', kind, language)).join(',')
}

export function formatTerm({ meaning, negated }: Pick<Term, 'meaning' | 'negated'>, language: Language): string {
  return (negated ? '-' : '') + meaningText(meaning, negated, language)
}

/** A query as a text that `parseQuery` understands in the same way, with the operators of a language. */
export function formatQuery({ terms }: Pick<Query, 'terms'>, language: Language): string {
  return terms.map((term) => formatTerm(term, language)).join(' ')
}
