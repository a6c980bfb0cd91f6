import { exponentOf } from '../../../../../shared/domain/currency.ts'
import { type Decimal, unitsAtScale } from '../../../../../shared/domain/decimal.ts'
import { dayNumber } from '../../../../../shared/domain/iso-date.ts'
import { transactionKinds } from '../../../../../shared/model/transaction.ts'
import type { BlockTest } from './block-search.ts'
import { foldText, piecesOf } from './fold-text.ts'
import {
  accountsNamed,
  categoriesNamed,
  type NamedThings,
  NameMatcher,
  securitiesNamed,
  tagsNamed,
} from './named-things.ts'
import { amountOf } from './parse-query.ts'
import { pinyinNeedles, type ReadingOf } from './pinyin-needles.ts'
import { blockTest, type RowTest } from './row-test.ts'
import { linkOf, type SearchField, searchFields, searchFlags } from './search-block.ts'
import type { Bound, Hint, Meaning, Query, SearchState, Term, TextScope } from './search-query.ts'
import type { TextNeedles } from './text-marks.ts'

const bits = (fields: readonly SearchField[]): number =>
  fields.reduce((sum, field) => sum | (1 << searchFields.indexOf(field)), 0)

const scopeFields: Readonly<Record<TextScope, number>> = {
  any: bits(searchFields),
  payee: bits(['payee', 'raw-payee', 'counterparty']),
  memo: bits(['memo', 'part-memo']),
  notes: bits(['notes']),
  reference: bits(['reference', 'check-number']),
  attachment: bits(['attachment']),
}

/** The fields that the text filter of the list has always looked in. */
const LIST_FIELDS = bits(['payee', 'raw-payee', 'memo', 'notes', 'reference', 'counterparty'])

function needlesFor(text: string, exact: boolean): TextNeedles {
  const folded = foldText(text)
  return {
    pieces: piecesOf(folded).map((piece) => Buffer.from(piece, 'utf8')),
    readings: exact ? [] : pinyinNeedles(folded).map((needle) => Buffer.from(needle, 'utf8')),
  }
}

/** The minor units, of a currency with so many decimals, between two bounds in major units; null where there are none. */
function minorBounds(least: Bound | null, most: Bound | null, exponent: number): readonly [number, number] | null {
  const whole = (value: Decimal): { units: number; exact: boolean } => {
    const { units, exact } = unitsAtScale(value, exponent, 'down')
    return { units: Number(units), exact }
  }
  let low = 0
  let high = Number.MAX_SAFE_INTEGER
  if (least !== null) {
    const { units, exact } = whole(least.value)
    low = exact && least.included ? units : units + 1
  }
  if (most !== null) {
    const { units, exact } = whole(most.value)
    high = exact && !most.included ? units - 1 : units
  }
  return low > high ? null : [low, high]
}

function magnitudes(
  things: NamedThings,
  least: Bound | null,
  most: Bound | null,
): Map<number, readonly [number, number]> {
  const found = new Map<number, readonly [number, number]>()
  for (const { id, currency } of things.accounts) {
    const bounds = minorBounds(least, most, exponentOf(currency))
    if (bounds !== null) found.set(id, bounds)
  }
  return found
}

const stateTests: Readonly<Record<SearchState, RowTest>> = {
  pending: { flags: searchFlags.pending },
  transfer: { flags: searchFlags.linked, kinds: new Set([transactionKinds.indexOf('transfer')]) },
  uncategorised: { uncategorised: true },
  split: { flags: searchFlags.split },
  in: { direction: 'in' },
  out: { direction: 'out' },
  attachment: { flags: searchFlags.attachment },
  note: { flags: searchFlags.note },
  tag: { flags: searchFlags.tagged },
}

const linksOf = (kind: Parameters<typeof linkOf>[0], ids: ReadonlySet<number>): number[] =>
  [...ids].map((id) => linkOf(kind, id))

/** Everything by which a word may mean a transaction: its texts, an amount, and what it is filed under. */
function wordTest(text: string, things: NamedThings, readingOf: ReadingOf): RowTest {
  const matcher = new NameMatcher(text, false, readingOf)
  const accounts = accountsNamed(things, matcher, foldText(text))
  const categories = categoriesNamed(things, matcher)
  const links = new Set([
    ...linksOf('tag', tagsNamed(things, matcher)),
    ...linksOf('partCategory', categories),
    ...linksOf('security', securitiesNamed(things, matcher)),
  ])
  const value = amountOf(text)
  const bound = value === null ? null : { value, included: true }
  return {
    text: { ...needlesFor(text, false), fields: scopeFields.any },
    ...(accounts.size > 0 ? { accounts } : {}),
    ...(categories.size > 0 ? { categories } : {}),
    ...(links.size > 0 ? { links } : {}),
    ...(bound === null ? {} : { magnitudes: magnitudes(things, bound, bound) }),
  }
}

function nameTest(
  meaning: Extract<Meaning, { is: 'name' }>,
  things: NamedThings,
  readingOf: ReadingOf,
): RowTest | null {
  const ids = new Set<number>()
  for (const value of meaning.values) {
    const matcher = new NameMatcher(value, false, readingOf)
    const found = {
      tag: () => tagsNamed(things, matcher),
      category: () => categoriesNamed(things, matcher),
      account: () => accountsNamed(things, matcher, foldText(value)),
      institution: () =>
        new Set(things.accounts.filter(({ institution }) => matcher.has(institution)).map(({ id }) => id)),
      security: () => securitiesNamed(things, matcher),
    }[meaning.of]()
    for (const id of found) ids.add(id)
  }
  if (ids.size === 0) return null
  if (meaning.of === 'account' || meaning.of === 'institution') return { accounts: ids }
  if (meaning.of === 'tag' || meaning.of === 'security') return { links: new Set(linksOf(meaning.of, ids)) }
  return { categories: ids, links: new Set(linksOf('partCategory', ids)) }
}

/** Before and after everything that a vault holds. */
export const FIRST_DAY = -1_000_000
export const LAST_DAY = 10_000_000

function testOf(meaning: Meaning, things: NamedThings, readingOf: ReadingOf): RowTest | null {
  if (meaning.is === 'text') {
    const { scope, text, exact } = meaning
    if (scope === 'any' && !exact) return wordTest(text, things, readingOf)
    return { text: { ...needlesFor(text, exact), fields: scopeFields[scope] } }
  }
  if (meaning.is === 'name') return nameTest(meaning, things, readingOf)
  if (meaning.is === 'amount') return { magnitudes: magnitudes(things, meaning.least, meaning.most) }
  if (meaning.is === 'date') {
    const { from, to } = meaning
    return { days: [from === null ? FIRST_DAY : dayNumber(from), to === null ? LAST_DAY : dayNumber(to)] }
  }
  if (meaning.is === 'state') return stateTests[meaning.state]
  return { kinds: new Set(meaning.kinds.map((kind) => transactionKinds.indexOf(kind))) }
}

/** Cheap tests first, then long words, which are rare; the walk itself learns which of them are. */
const costOf = ({ text }: RowTest): number =>
  text === undefined ? 0 : 1 + 1 / (1 + text.pieces.reduce((length, piece) => length + piece.length, 0))

export interface CompiledQuery {
  readonly tests: readonly BlockTest[]
  /** What was not found among the names. */
  readonly hints: readonly Hint[]
}

/** A query as tests on blocks. A name that nothing has finds nothing, and is told. */
export function compileQuery(query: Query, things: NamedThings, readingOf: ReadingOf): CompiledQuery {
  const hints: Hint[] = []
  const tests = query.terms.map((term: Term) => {
    const test = testOf(term.meaning, things, readingOf)
    if (test === null && term.meaning.is === 'name') {
      hints.push({ code: 'no-such-name', text: term.meaning.values.join(', ') })
    }
    return { test: test ?? {}, negated: term.negated }
  })
  const ordered = tests.toSorted((one, other) => costOf(one.test) - costOf(other.test))
  return { tests: ordered.map(({ test, negated }) => blockTest(test, negated)), hints }
}

/** Words as the list's filter has them: each must occur in a text of the transaction itself. */
export function compileWords(text: string): BlockTest[] {
  const words = foldText(text)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 10)
  const tests = words.map((word): RowTest => ({ text: { ...needlesFor(word, false), fields: LIST_FIELDS } }))
  return tests.toSorted((one, other) => costOf(one) - costOf(other)).map((test) => blockTest(test, false))
}
