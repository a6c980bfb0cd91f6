import { foldText } from '../analysis/account/search/fold-text.ts'
import { type Mark, markedWords, type MarkedWord, marksIn } from '../analysis/account/search/find-marks.ts'
import { NameMatcher } from '../analysis/account/search/named-things.ts'
import type { ReadingOf } from '../analysis/account/search/pinyin-needles.ts'
import type { Query } from '../analysis/account/search/search-query.ts'
import type { FindableAttachment, Things } from './findable.ts'

interface Named {
  readonly id: number
  readonly name: string
  readonly marks: Mark[]
}

export interface NamedFound {
  readonly accounts: (Named & { kind: string })[]
  readonly institutions: Named[]
  readonly categories: (Named & { kind: string })[]
  readonly tags: Named[]
  readonly recurring: (Omit<Named, 'id'> & { key: string; accountId: number })[]
  readonly budgets: Named[]
  readonly reminders: Named[]
  readonly securities: Named[]
  readonly documents: (Named & { kind: string })[]
  readonly persons: Named[]
  readonly rules: Named[]
  readonly attachments: (Named & FindableAttachment)[]
}

const nothing: NamedFound = {
  accounts: [],
  institutions: [],
  categories: [],
  tags: [],
  recurring: [],
  budgets: [],
  reminders: [],
  securities: [],
  documents: [],
  persons: [],
  rules: [],
  attachments: [],
}

class Finder {
  readonly #matchers: readonly NameMatcher[]
  readonly #words: readonly MarkedWord[]
  readonly #readingOf: ReadingOf
  readonly #limit: number

  constructor(words: readonly MarkedWord[], readingOf: ReadingOf, limit: number) {
    this.#matchers = words.map(({ folded, exact }) => new NameMatcher(folded, exact, readingOf))
    this.#words = words
    this.#readingOf = readingOf
    this.#limit = limit
  }

  /** Those in whose texts every word occurs, with the marks in what they are called. */
  among<T extends { readonly name: string }>(
    things: readonly T[],
    textsOf: (thing: T) => readonly (string | null)[] = () => [],
  ): (T & Pick<Named, 'marks'>)[] {
    const found: (T & Pick<Named, 'marks'>)[] = []
    for (const thing of things) {
      if (found.length >= this.#limit) break
      const texts = [thing.name, ...textsOf(thing)]
      if (!this.#matchers.every((matcher) => texts.some((text) => matcher.has(text)))) continue
      found.push({ ...thing, marks: marksIn(thing.name, this.#words, this.#readingOf) })
    }
    return found
  }
}

const digitsKnown = (number: string | null, words: readonly MarkedWord[]): readonly string[] =>
  words.flatMap(({ folded }) => (/^\d{4,}$/.test(folded) && number?.endsWith(folded) === true ? [folded] : []))

const named = ({ id, name, marks }: Named): Named => ({ id, name, marks })
const ofKind = ({ id, name, kind, marks }: Named & { kind: string }) => ({ id, name, kind, marks })

/**
 * Everything but transactions whose names have all the words. Nothing where the query asks for more than words: an amount
 * or a day is no part of a name. Names of categories are answered in the language that has the word.
 */
export function findNamed(
  query: Query,
  { named: things, findable }: Things,
  readingOf: ReadingOf,
  limit: number,
): NamedFound {
  const words = markedWords(query)
  const onlyWords = query.terms.every(
    ({ meaning, negated }) => meaning.is === 'text' && meaning.scope === 'any' && !negated,
  )
  if (!onlyWords || words.length === 0 || words.some(({ folded }) => folded === '')) return nothing
  const finder = new Finder(words, readingOf, limit)
  const first = words[0]?.folded ?? ''
  const inTheLanguage = <T extends { readonly nameZh: string; readonly nameEn: string }>(category: T) => ({
    ...category,
    name: foldText(category.nameEn).includes(first) ? category.nameEn : category.nameZh,
  })
  const bothNames = ({ nameZh, nameEn }: { nameZh: string; nameEn: string }): string[] => [nameZh, nameEn]
  return {
    accounts: finder
      .among(things.accounts, ({ institution, notes, number, facts }) => [
        institution,
        notes,
        ...digitsKnown(number, words),
        ...facts,
      ])
      .map(ofKind),
    institutions: finder.among(findable.institutions).map(named),
    categories: finder.among(things.categories.map(inTheLanguage), bothNames).map(ofKind),
    tags: finder.among(things.tags).map(named),
    recurring: finder
      .among(findable.recurring, ({ payee }) => [payee])
      .map(({ key, name, accountId, marks }) => ({ key, name, accountId, marks })),
    budgets: finder.among(findable.budgets.map(inTheLanguage), bothNames).map(named),
    reminders: finder.among(findable.reminders, ({ notes }) => [notes]).map(named),
    securities: finder.among(things.securities, ({ symbol, isin }) => [symbol, isin]).map(named),
    documents: finder.among(findable.documents, ({ holder, number, notes }) => [holder, number, notes]).map(ofKind),
    persons: finder.among(findable.persons, ({ shortName }) => [shortName]).map(named),
    rules: finder.among(findable.rules).map(named),
    attachments: finder.among(findable.attachments),
  }
}
