import words from '../../../../../resources/search-words.json' with { type: 'json' }
import { type SearchOperator, searchOperators } from '../../../../../shared/model/search.ts'
import { foldText } from './fold-text.ts'
import { transactionKinds } from '../../../../../shared/model/transaction.ts'
import type { SearchState, TransactionKind } from './search-query.ts'

export type OperatorKey = SearchOperator

export const relativeDays = [
  'today',
  'yesterday',
  'this-week',
  'last-week',
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
] as const
export type RelativeDays = (typeof relativeDays)[number]

interface Worded {
  readonly key: string
  readonly words: readonly string[]
}

function tableOf<K extends string>(known: readonly K[], list: readonly Worded[]): ReadonlyMap<string, K> {
  const table = new Map<string, K>()
  for (const { key, words: spellings } of list) {
    const found = known.find((one) => one === key)
    if (found === undefined) throw new Error(`search-words.json: unknown key ${key}`)
    for (const spelling of spellings) table.set(foldText(spelling), found)
  }
  return table
}

const states = ['pending', 'transfer', 'uncategorised', 'split', 'in', 'out'] as const satisfies readonly SearchState[]
const belongings = ['attachment', 'note', 'tag'] as const satisfies readonly SearchState[]

/** Folded words of the language, to what they mean. */
export const operatorWords: ReadonlyMap<string, OperatorKey> = tableOf(searchOperators, words.operators)
export const stateWords: ReadonlyMap<string, SearchState> = tableOf(states, words.states)
export const belongingWords: ReadonlyMap<string, SearchState> = tableOf(belongings, words.belongings)
export const kindWords: ReadonlyMap<string, TransactionKind> = tableOf(transactionKinds, words.kinds)
export const dayWords: ReadonlyMap<string, RelativeDays> = tableOf(relativeDays, words.days)

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text)

/** How a query is written in a language: the first word of each meaning in it. */
export function wordFor(
  list: 'operators' | 'states' | 'belongings' | 'kinds' | 'days',
  key: string,
  language: 'en' | 'zh-CN',
): string {
  const spellings = words[list].find((one) => one.key === key)?.words ?? []
  return spellings.find((one) => isChinese(one) === (language === 'zh-CN')) ?? spellings[0] ?? key
}
