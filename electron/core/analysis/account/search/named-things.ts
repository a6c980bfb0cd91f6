import type { CurrencyCode } from '../../../../../shared/domain/currency.ts'
import { foldText, hanRuns } from './fold-text.ts'
import { pinyinNeedles, type ReadingOf, readingLine } from './pinyin-needles.ts'

/** What a word may name beside the texts of a transaction. */
export interface NamedThings {
  readonly accounts: readonly {
    readonly id: number
    readonly name: string
    readonly institution: string | null
    readonly number: string | null
    readonly currency: CurrencyCode
    readonly kind: string
    readonly notes: string
    /** What else it is known by: the address of a home, a number plate, texts of its own facts. */
    readonly facts: readonly string[]
  }[]
  readonly categories: readonly {
    readonly id: number
    readonly parentId: number | null
    readonly nameZh: string
    readonly nameEn: string
    readonly kind: 'income' | 'expense' | 'transfer'
  }[]
  readonly tags: readonly { readonly id: number; readonly name: string }[]
  readonly securities: readonly {
    readonly id: number
    readonly name: string
    readonly symbol: string | null
    readonly isin: string | null
  }[]
}

/** A name as it is compared: folded, with the lines of the readings of its Chinese. */
interface ComparedName {
  readonly folded: string
  readonly lines: readonly string[]
}

/** The same names are compared at each letter that is typed. */
const KEPT = 20_000
const compared = new WeakMap<ReadingOf, Map<string, ComparedName>>()

function comparedName(name: string, readingOf: ReadingOf): ComparedName {
  let known = compared.get(readingOf)
  if (known === undefined) {
    known = new Map()
    compared.set(readingOf, known)
  }
  const found = known.get(name)
  if (found !== undefined) return found
  const folded = foldText(name)
  const made = { folded, lines: hanRuns(folded).map(({ run }) => readingLine(readingOf(run))) }
  if (known.size >= KEPT) known.clear()
  known.set(name, made)
  return made
}

/** Whether names have a word, literally or by the reading of their Chinese. */
export class NameMatcher {
  readonly #folded: string
  readonly #needles: readonly string[]
  readonly #readingOf: ReadingOf

  constructor(word: string, exact: boolean, readingOf: ReadingOf) {
    this.#folded = foldText(word)
    this.#needles = exact ? [] : pinyinNeedles(this.#folded)
    this.#readingOf = readingOf
  }

  /** Whether a name is the word, but for case, accents and width. */
  is(name: string | null): boolean {
    return name !== null && comparedName(name, this.#readingOf).folded === this.#folded
  }

  has(name: string | null): boolean {
    if (name === null || name === '' || this.#folded === '') return false
    const { folded, lines } = comparedName(name, this.#readingOf)
    if (folded.includes(this.#folded)) return true
    return lines.some((line) => this.#needles.some((needle) => line.includes(needle)))
  }
}

/** The last digits of a card or account are known by heart. */
const KNOWN_DIGITS = /^\d{4,}$/

export function accountsNamed(things: NamedThings, matcher: NameMatcher, word: string): Set<number> {
  const digits = KNOWN_DIGITS.test(word) ? word : null
  const found = things.accounts.filter(
    ({ name, institution, number }) =>
      matcher.has(name) || matcher.has(institution) || (digits !== null && number?.endsWith(digits) === true),
  )
  return new Set(found.map(({ id }) => id))
}

/** Categories whose name in either language has the word, with all that lie below them. */
export function categoriesNamed(things: NamedThings, matcher: NameMatcher): Set<number> {
  const { categories } = things
  const exact = categories.filter(({ nameZh, nameEn }) => matcher.is(nameZh) || matcher.is(nameEn))
  const named =
    exact.length > 0 ? exact : categories.filter(({ nameZh, nameEn }) => matcher.has(nameZh) || matcher.has(nameEn))
  return withDescendants(things, new Set(named.map(({ id }) => id)))
}

function withDescendants({ categories }: NamedThings, ids: Set<number>): Set<number> {
  for (let before = -1; before !== ids.size;) {
    before = ids.size
    for (const { id, parentId } of categories) if (parentId !== null && ids.has(parentId)) ids.add(id)
  }
  return ids
}

export function tagsNamed(things: NamedThings, matcher: NameMatcher): Set<number> {
  const exact = things.tags.filter(({ name }) => matcher.is(name))
  const named = exact.length > 0 ? exact : things.tags.filter(({ name }) => matcher.has(name))
  return new Set(named.map(({ id }) => id))
}

export function securitiesNamed(things: NamedThings, matcher: NameMatcher): Set<number> {
  const named = things.securities.filter(
    ({ name, symbol, isin }) => matcher.has(name) || matcher.has(symbol) || matcher.has(isin),
  )
  return new Set(named.map(({ id }) => id))
}
