import { foldText } from '../analysis/account/search/fold-text.ts'
import { type Mark, markedWords, type MarkedWord, marksIn } from '../analysis/account/search/find-marks.ts'
import { NameMatcher, type NamedThings } from '../analysis/account/search/named-things.ts'
import type { ReadingOf } from '../analysis/account/search/pinyin-needles.ts'
import type { Query } from '../analysis/account/search/search-query.ts'
import type { Vault } from '../storage/open-vault.ts'
import { sqlRows } from '../storage/repositories/query.ts'

interface Named {
  readonly id: number
  readonly name: string
  readonly marks: Mark[]
}

export interface NamedFound {
  readonly accounts: (Named & { kind: string })[]
  readonly categories: (Named & { kind: string })[]
  readonly tags: Named[]
  readonly securities: Named[]
  readonly documents: (Named & { kind: string })[]
  readonly rules: Named[]
  readonly attachments: (Named & {
    owner: { type: 'account' | 'transaction' | 'document'; id: number }
    accountId: number | null
  })[]
}

const nothing: NamedFound = {
  accounts: [],
  categories: [],
  tags: [],
  securities: [],
  documents: [],
  rules: [],
  attachments: [],
}

interface AttachmentRow {
  id: number
  name: string
  account: number | null
  transactionId: number | null
  document: number | null
  accountOfTransaction: number | null
}

function attachmentOf(row: AttachmentRow) {
  const { id, name } = row
  if (row.transactionId !== null) {
    return {
      id,
      name,
      owner: { type: 'transaction' as const, id: row.transactionId },
      accountId: row.accountOfTransaction,
    }
  }
  if (row.account !== null)
    return { id, name, owner: { type: 'account' as const, id: row.account }, accountId: row.account }
  return { id, name, owner: { type: 'document' as const, id: row.document ?? 0 }, accountId: null }
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
  among<T extends { readonly id: number; readonly name: string }>(
    things: readonly T[],
    textsOf: (thing: T) => readonly (string | null)[],
  ): (T & Named)[] {
    const found: (T & Named)[] = []
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

/**
 * Everything but transactions whose names have all the words. Nothing where the query asks for more than words: an amount
 * or a day is no part of a name. Names of categories are answered in the language that has the word.
 */
export function findNamed(
  vault: Vault,
  query: Query,
  things: NamedThings,
  readingOf: ReadingOf,
  limit: number,
): NamedFound {
  const words = markedWords(query)
  const onlyWords = query.terms.every(
    ({ meaning, negated }) => meaning.is === 'text' && meaning.scope === 'any' && !negated,
  )
  if (!onlyWords || words.length === 0 || words.some(({ folded }) => folded === '')) return nothing
  const finder = new Finder(words, readingOf, limit)
  const documents = sqlRows<{
    id: number
    name: string
    kind: string
    holder: string
    number: string | null
    notes: string
  }>(vault, 'select id, name, kind, holder, number, notes from documents order by name, id')
  const attachments = sqlRows<AttachmentRow>(
    vault,
    `select attachments.id, name, attachments.account_id as account, transaction_id as transactionId,
       document_id as document, transactions.account_id as accountOfTransaction
     from attachments left join transactions on transactions.id = transaction_id order by attachments.id desc`,
  )
  const rules = sqlRows<{ id: number; name: string }>(vault, 'select id, name from rules order by position, id')
  const first = words[0]?.folded ?? ''
  const categories = things.categories.map(({ id, nameZh, nameEn, kind }) => ({
    id,
    name: foldText(nameEn).includes(first) ? nameEn : nameZh,
    kind,
    others: [nameZh, nameEn],
  }))
  return {
    accounts: finder
      .among(things.accounts, ({ institution, notes, number }) => [institution, notes, ...digitsKnown(number, words)])
      .map(({ id, name, kind, marks }) => ({ id, name, kind, marks })),
    categories: finder
      .among(categories, ({ others }) => others)
      .map(({ id, name, kind, marks }) => ({ id, name, kind, marks })),
    tags: finder.among(things.tags, () => []).map(({ id, name, marks }) => ({ id, name, marks })),
    securities: finder
      .among(things.securities, ({ symbol, isin }) => [symbol, isin])
      .map(({ id, name, marks }) => ({ id, name, marks })),
    documents: finder
      .among(documents, ({ holder, number, notes }) => [holder, number, notes])
      .map(({ id, name, kind, marks }) => ({ id, name, kind, marks })),
    rules: finder
      .among(
        rules.filter(({ name }) => name !== ''),
        () => [],
      )
      .map(({ id, name, marks }) => ({ id, name, marks })),
    attachments: finder
      .among(attachments.map(attachmentOf), () => [])
      .map(({ id, name, owner, accountId, marks }) => ({ id, name, owner, accountId, marks })),
  }
}
