import { z } from 'zod'
import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import resource from '../../../../resources/broker-documents/vocabulary.json' with { type: 'json' }
import { specificKindSchema } from '../account-kinds.ts'
import type { AccountKindHint } from '../importer.ts'
import { foldWord } from './fold.ts'
import { PhraseIndex } from './phrases.ts'

const phrases = z.array(z.string().min(1))

/** What a label in front of a figure says of it. `net1` is what is surely booked, `net2` what may be, `net3` a last resort. */
export const labelNames = [
  'tradeDate',
  'paymentDate',
  'valueDate',
  'documentDate',
  'otherDate',
  'isin',
  'wkn',
  'valor',
  'symbol',
  'name',
  'quantity',
  'price',
  'gross',
  'net1',
  'net2',
  'net3',
  'fee',
  'discount',
  'tax',
  'taxInformation',
  'accrued',
  'rate',
  'depot',
  'order',
  'accountNumber',
] as const
export type LabelName = (typeof labelNames)[number]

export const documentKinds = [
  'buy',
  'sell',
  'dividend',
  'interest',
  'tax',
  'fee',
  'deposit',
  'corporate-action',
] as const
export type DocumentKind = (typeof documentKinds)[number]

const rowKinds = [
  'buy',
  'sell',
  'dividend',
  'interest',
  'tax',
  'fee',
  'transfer',
  'deposit',
  'cash-withdrawal',
  /** What is bought with a card, where the words would speak of a purchase. */
  'payment',
] as const
export type RowKind = (typeof rowKinds)[number]

const schema = z.strictObject({
  about: z.string(),
  confirmed: z.boolean(),
  months: z.record(z.string().regex(/^(?:[1-9]|1[0-2])$/), phrases),
  currencySigns: z.record(z.string(), z.string().length(3)),
  units: phrases,
  /** Symbols that documents print for a security without an ISIN. */
  cryptoAssets: z.array(z.string().regex(/^[A-Z]{3,5}$/)),
  kinds: z.array(z.strictObject({ kind: z.enum(documentKinds), strong: phrases, weak: phrases })),
  cancellation: phrases,
  cancellationExcept: phrases,
  endOfSettlement: phrases,
  labels: z.record(z.enum(labelNames), phrases),
  statement: z.strictObject({
    titles: phrases,
    /** Heads a list of charges below a row, which are booked beside it; and what ends such a list. */
    charges: phrases,
    chargesEnd: phrases,
    opening: phrases,
    closing: phrases,
    totals: phrases,
    credit: phrases,
    debit: phrases,
    balanceColumns: phrases,
    debitColumns: phrases,
    creditColumns: phrases,
    dateColumns: phrases,
    kinds: z.array(z.strictObject({ kind: z.enum(rowKinds), words: phrases })),
    /** What a bank calls an account that is none of securities. */
    accounts: z.array(z.strictObject({ kind: specificKindSchema, words: phrases })),
  }),
})

const vocabulary = schema.parse(resource)

/** Names of months in every language, folded, with their number. */
export const months: ReadonlyMap<string, number> = new Map(
  Object.entries(vocabulary.months).flatMap(([month, names]) =>
    names.map((name) => [foldWord(name), Number(month)] as const),
  ),
)

/** Signs and names of currencies, the longest first. */
export const currencySigns: readonly (readonly [string, CurrencyCode])[] = Object.entries(vocabulary.currencySigns)
  .flatMap(([sign, code]) => (isCurrencyCode(code) ? [[sign, code] as const] : []))
  .sort(([left], [right]) => right.length - left.length)

function indexOf<Meaning>(entries: Iterable<readonly [string, Meaning]>): PhraseIndex<Meaning> {
  const index = new PhraseIndex<Meaning>()
  for (const [phrase, meaning] of entries) index.add(phrase, meaning)
  return index
}

const of = <Meaning>(list: readonly string[], meaning: Meaning): (readonly [string, Meaning])[] =>
  list.map((phrase) => [phrase, meaning] as const)

/** Labels of the fields of a settlement. */
export const labels = indexOf(labelNames.flatMap((name) => of(vocabulary.labels[name], name)))

/** Words that say what a document settles. */
export const kindMarkers = indexOf(
  vocabulary.kinds.flatMap(({ kind, strong, weak }) => [
    ...of(strong, { kind, strong: true }),
    ...of(weak, { kind, strong: false }),
  ]),
)

export const units: ReadonlySet<string> = new Set(vocabulary.units.map(foldWord))

/** Symbols of crypto assets. */
export const cryptoAssets: ReadonlySet<string> = new Set(vocabulary.cryptoAssets)

export const cancellation = indexOf([...of(vocabulary.cancellation, true), ...of(vocabulary.cancellationExcept, false)])

/** Titles behind which figures explain what was settled before. */
export const endOfSettlement = indexOf(of(vocabulary.endOfSettlement, true))

export type StatementWord = 'title' | 'opening' | 'closing' | 'total'

/** Titles of account statements and the rows that carry balances and sums. */
export const statementWords = indexOf<StatementWord>([
  ...of(vocabulary.statement.titles, 'title' as const),
  ...of(vocabulary.statement.totals, 'total' as const),
  ...of(vocabulary.statement.closing, 'closing' as const),
  ...of(vocabulary.statement.opening, 'opening' as const),
])

export type ColumnWord = 'balance' | 'debit' | 'credit' | 'date'

/** What heads and ends a list of charges below a row. */
export const chargeWords = indexOf<'charges' | 'end'>([
  ...of(vocabulary.statement.charges, 'charges' as const),
  ...of(vocabulary.statement.chargesEnd, 'end' as const),
])

/** The words of a statement's header row. */
export const columnWords = indexOf<ColumnWord>([
  ...of(vocabulary.statement.balanceColumns, 'balance' as const),
  ...of(vocabulary.statement.debitColumns, 'debit' as const),
  ...of(vocabulary.statement.creditColumns, 'credit' as const),
  ...of(vocabulary.statement.dateColumns, 'date' as const),
])

/** Words of a statement's row that say which way the money went. */
export const directionWords = indexOf<1 | -1>([
  ...of(vocabulary.statement.credit, 1 as const),
  ...of(vocabulary.statement.debit, -1 as const),
])

/** Names of bank accounts, with their kind. */
export const cashAccountWords = indexOf<AccountKindHint>(
  vocabulary.statement.accounts.flatMap(({ kind, words }) => of(words, kind)),
)

/** Words of a statement's row that say what it is. */
export const rowKindWords = indexOf<RowKind>(vocabulary.statement.kinds.flatMap(({ kind, words }) => of(words, kind)))
