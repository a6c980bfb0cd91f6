import { dateFromDayNumber, dayNumber } from '../../../shared/domain/iso-date.ts'
import { minorFromDecimal, money } from '../../../shared/domain/money.ts'
import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { searchChannels } from '../../../shared/ipc/channels/search-channels.ts'
import { compileQuery } from '../analysis/account/search/compile-query.ts'
import { markedWords } from '../analysis/account/search/find-marks.ts'
import type { NamedThings } from '../analysis/account/search/named-things.ts'
import { amountOf, parseQuery } from '../analysis/account/search/parse-query.ts'
import type { ReadingOf } from '../analysis/account/search/pinyin-needles.ts'
import { loadReadings } from '../analysis/account/search/pinyin-reading.ts'
import { blockTest } from '../analysis/account/search/row-test.ts'
import { suggestQuery } from '../analysis/account/search/suggest-query.ts'
import type { HandlersOf, InputOf, OutputOf } from '../handler.ts'
import { currentThings } from '../searching/current-things.ts'
import { findNamed } from '../searching/find-named.ts'
import { currentIndex, findPage, type FoundPage, warmIndex } from '../searching/search-index.ts'
import { marksOf } from '../searching/transaction-marks.ts'
import type { Vault } from '../storage/open-vault.ts'
import { withStorageErrors } from '../storage/storage-errors.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { forgetSearchIndex } from '../storage/repositories/search-index-repository.ts'
import { loadTransactions } from '../storage/repositories/transaction-repository.ts'

type Input = InputOf<'search.query'>
type Output = OutputOf<'search.query'>

function sumsOf({ exact, sums }: FoundPage, things: NamedThings): Output['sums'] {
  if (!exact) return []
  const currencies = new Map(things.accounts.map(({ id, currency }) => [id, currency]))
  const byCurrency = new Map<CurrencyCode, { in: number; out: number; count: number }>()
  for (const [accountId, sum] of sums) {
    const currency = currencies.get(accountId)
    if (currency === undefined) continue
    const known = byCurrency.get(currency) ?? { in: 0, out: 0, count: 0 }
    byCurrency.set(currency, { in: known.in + sum.in, out: known.out + sum.out, count: known.count + 1 })
  }
  return [...byCurrency]
    .toSorted(([one, a], [other, b]) => b.count - a.count || (one < other ? -1 : 1))
    .map(([currency, sum]) => ({ in: money(sum.in, currency), out: money(sum.out, currency) }))
}

const idsOf = (things: readonly { readonly id: number }[]): Set<number> => new Set(things.map(({ id }) => id))

/** The amount that the whole text is, in minor units of the base currency. */
function minorOf(vault: Vault, text: string): number | null {
  const value = amountOf(text.trim())
  return value === null ? null : minorFromDecimal(value, loadVaultSettings(vault).baseCurrency).minor
}

function search(
  vault: Vault,
  { text, limit, after, person }: Input,
  readingOf: ReadingOf,
  today: Parameters<typeof parseQuery>[1],
): Output {
  const query = parseQuery(text, today)
  const things = currentThings(vault, person)
  const compiled = compileQuery(query, things.named, readingOf)
  // in a person's view only what is on accounts that are in part theirs
  const theirs = person === null ? [] : [blockTest({ accounts: idsOf(things.named.accounts) }, false)]
  const index = currentIndex(vault, readingOf, false)
  const place = after === null ? null : { day: dayNumber(after.on), id: after.id }
  const asked = query.terms.length > 0
  const page: FoundPage = asked
    ? findPage(index.parts, [...theirs, ...compiled.tests], limit, place)
    : { rows: [], count: 0, exact: true, sums: new Map() }
  const transactions = loadTransactions(
    vault,
    page.rows.map(({ id }) => id),
  )
  const words = markedWords(query)
  const last = page.rows.at(-1)
  return {
    transactions,
    marks: transactions.map((transaction) => marksOf(transaction, words, readingOf)),
    count: page.count,
    countIsExact: page.exact && index.behind === 0,
    sums: index.behind === 0 ? sumsOf(page, things.named) : [],
    next: last === undefined || page.rows.length < limit ? null : { on: dateFromDayNumber(last.day), id: last.id },
    ...findNamed(after === null ? query : { terms: [], hints: [] }, things, readingOf, limit),
    minorMatched: minorOf(vault, text),
    understood: [...query.terms],
    hints: [...query.hints, ...compiled.hints],
    behind: index.behind,
  }
}

export const searchHandlers: HandlersOf<typeof searchChannels> = {
  'search.query': async (input, context) => {
    const readingOf = await loadReadings()
    const vault = context.readable()
    // one state of the vault, whatever is written meanwhile
    return vault.driver.transaction(() => search(vault, input, readingOf, context.clock.today()))()
  },

  'search.suggest': async (input, context) => {
    const readingOf = await loadReadings()
    const vault = context.readable()
    // asked as soon as somebody turns to the search
    warmIndex(vault, readingOf)
    return suggestQuery(input, currentThings(vault, input.person).named, readingOf)
  },

  'search.rebuild': (_, context) => {
    const vault = context.writable()
    withStorageErrors(() => vault.driver.transaction(() => forgetSearchIndex(vault)).immediate())
    return {}
  },
}
