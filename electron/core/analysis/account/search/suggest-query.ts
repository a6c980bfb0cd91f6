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
  operatorKeys,
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

const needsMarks = (value: string): boolean => /[\s\u3000,，、:：]/.test(value)
const written = (value: string): string => (needsMarks(value) ? `"${value}"` : value)

function valuesFor(key: OperatorKey, things: NamedThings, language: Language): string[] {
  const zh = language === 'zh-CN'
  const values: Partial<Record<OperatorKey, () => readonly string[]>> = {
    tag: () => things.tags.map(({ name }) => name),
    category: () => things.categories.map(({ nameZh, nameEn }) => (zh || nameEn === '' ? nameZh : nameEn)),
    account: () => things.accounts.map(({ name }) => name),
    institution: () => things.accounts.flatMap(({ institution }) => institution ?? []),
    security: () => things.securities.map(({ name }) => name),
    kind: () => [...kindWords.values()].map((kind) => wordFor('kinds', kind, language)),
    is: () => [...stateWords.values()].map((state) => wordFor('states', state, language)),
    has: () => [...belongingWords.values()].map((one) => wordFor('belongings', one, language)),
    on: () => [...dayWords.values()].map((days) => wordFor('days', days, language)),
  }
  return [...new Set(values[key]?.())]
}

/** Names that begin with what is typed come before those that only have it. */
function matching(values: readonly string[], typed: string, readingOf: ReadingOf): string[] {
  const folded = foldText(typed)
  if (folded === '') return [...values]
  const matcher = new NameMatcher(typed, false, readingOf)
  const found = values.filter((value) => matcher.has(value))
  const begins = (value: string): boolean => foldText(value).startsWith(folded)
  return [...found.filter(begins), ...found.filter((value) => !begins(value))]
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
    const kept = token.values.slice(0, -1).map((value) => `${written(value)},`)
    return matching(valuesFor(key, things, language), typed, readingOf)
      .filter((value) => value !== typed || token.values.length > 1)
      .slice(0, limit)
      .map((value): SearchSuggestion => {
        const after = replaced(head, token.to, `${kept.join('')}${written(value)} `)
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
    .filter((key) => operatorKeys.includes(key) && isMeant(key))
    .slice(0, limit)
    .map((key) => {
      const word = wordFor('operators', key, language)
      const after = replaced(from, to, `${word}:`)
      return { text: after.text, caret: after.caret, label: `${word}:`, of: 'operator' as const, operator: key }
    })
}
