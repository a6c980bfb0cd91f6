import { quotedWhereNeeded } from '../../../../../shared/domain/quoted-value.ts'
import type { SearchSuggestion } from '../../../../../shared/model/search.ts'
import { foldText } from './fold-text.ts'
import { NameMatcher, type NamedThings } from './named-things.ts'
import type { ReadingOf } from './pinyin-needles.ts'
import { type QueryToken, tokensOfQuery } from './query-tokens.ts'
import {
  belongingWords,
  dayWords,
  kindWords,
  type OperatorKey,
  operatorWords,
  stateWords,
  wordFor,
} from './query-words.ts'

type Language = 'en' | 'zh-CN'

/** Operators that are offered, the commonest first. */
const offered: readonly OperatorKey[] = [
  'amount',
  'category',
  'account',
  'tag',
  'on',
  'payee',
  'is',
  'has',
  'kind',
  'memo',
  'notes',
  'before',
  'after',
  'institution',
  'security',
  'reference',
  'attachment',
]

/** A value as it is shown and written, with all it is known by. */
interface Candidate {
  readonly value: string
  readonly names: readonly string[]
}

const named = (value: string): Candidate => ({ value, names: [value] })

function candidatesFor(key: OperatorKey, things: NamedThings, language: Language): Candidate[] {
  const zh = language === 'zh-CN'
  const candidates: Partial<Record<OperatorKey, () => readonly Candidate[]>> = {
    tag: () => things.tags.map(({ name }) => named(name)),
    category: () =>
      things.categories.map(({ nameZh, nameEn }) => ({
        value: zh || nameEn === '' ? nameZh : nameEn,
        names: [nameZh, nameEn],
      })),
    account: () => things.accounts.map(({ name, institution }) => ({ value: name, names: [name, institution ?? ''] })),
    institution: () => things.accounts.flatMap(({ institution }) => (institution === null ? [] : [named(institution)])),
    security: () =>
      things.securities.map(({ name, symbol, isin }) => ({ value: name, names: [name, symbol ?? '', isin ?? ''] })),
    kind: () => [...kindWords.values()].map((kind) => named(wordFor('kinds', kind, language))),
    is: () => [...stateWords.values()].map((state) => named(wordFor('states', state, language))),
    has: () => [...belongingWords.values()].map((one) => named(wordFor('belongings', one, language))),
    on: () => [...dayWords.values()].map((days) => named(wordFor('days', days, language))),
  }
  const distinct = new Map((candidates[key]?.() ?? []).map((one) => [one.value, one]))
  return [...distinct.values()]
}

/** Values that begin with what is typed come before those that only have it. */
function matching(candidates: readonly Candidate[], typed: string, readingOf: ReadingOf): string[] {
  const folded = foldText(typed)
  if (folded === '') return candidates.map(({ value }) => value)
  const matcher = new NameMatcher(typed, false, readingOf)
  const found = candidates.filter(({ names }) => names.some((name) => matcher.has(name)))
  const begins = ({ names }: Candidate): boolean => names.some((name) => foldText(name).startsWith(folded))
  return [...found.filter(begins), ...found.filter((one) => !begins(one))].map(({ value }) => value)
}

function tokenAt(text: string, caret: number): QueryToken | undefined {
  return tokensOfQuery(text).find(({ from, to }) => from < caret && caret <= to)
}

/**
 * What may come next where the caret is: values of the operator there, operators that begin with the word there; all
 * operators where there is no word.
 */
export function suggestQuery(
  { text, caret, language, limit }: { text: string; caret: number; language: Language; limit: number },
  things: NamedThings,
  readingOf: ReadingOf,
): SearchSuggestion[] {
  const token = tokenAt(text, Math.min(caret, text.length))
  const replaced = (from: number, to: number, by: string): { text: string; caret: number } => ({
    text: text.slice(0, from) + by + text.slice(to),
    caret: from + by.length,
  })
  if (token?.operator !== null && token?.operator !== undefined) {
    const key = operatorWords.get(foldText(token.operator))
    if (key === undefined) return []
    const typed = token.values.at(-1) ?? ''
    const head = text.slice(token.from, token.to).search(/[:：]/) + token.from + 1
    const kept = token.values.slice(0, -1).map((value) => `${quotedWhereNeeded(value)},`)
    return matching(candidatesFor(key, things, language), typed, readingOf)
      .filter((value) => value !== typed || token.values.length > 1)
      .slice(0, limit)
      .map((value): SearchSuggestion => {
        const after = replaced(head, token.to, `${kept.join('')}${quotedWhereNeeded(value)} `)
        return { text: after.text, caret: after.caret, label: value, of: 'value', operator: key }
      })
  }
  if (token?.quoted === true) return []
  const typed = foldText(token?.text ?? '')
  const from = token === undefined ? Math.min(caret, text.length) : token.from + (token.negated ? 1 : 0)
  const to = token?.to ?? from
  const isMeant = (key: OperatorKey): boolean =>
    [...operatorWords].some(([word, meant]) => meant === key && word.startsWith(typed))
  return offered
    .filter(isMeant)
    .slice(0, limit)
    .map((key) => {
      const word = wordFor('operators', key, language)
      const after = replaced(from, to, `${word}:`)
      return { text: after.text, caret: after.caret, label: `${word}:`, of: 'operator' as const, operator: key }
    })
}
