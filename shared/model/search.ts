import { z } from 'zod'
import { decimalSchema, idSchema, isoDateSchema } from './primitives.ts'
import { transactionKinds } from './transaction.ts'

const boundSchema = z.strictObject({ value: decimalSchema, included: z.boolean() }).nullable()

/** What a part of a query was understood as; see `analysis/account/search/search-query.ts`. */
const meaningSchema = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('text'),
    scope: z.enum(['any', 'payee', 'memo', 'notes', 'reference', 'attachment']),
    text: z.string(),
    exact: z.boolean(),
  }),
  z.strictObject({
    is: z.literal('name'),
    of: z.enum(['tag', 'category', 'account', 'institution', 'security']),
    values: z.array(z.string()).readonly(),
  }),
  z.strictObject({ is: z.literal('amount'), least: boundSchema, most: boundSchema }),
  z.strictObject({ is: z.literal('date'), from: isoDateSchema.nullable(), to: isoDateSchema.nullable() }),
  z.strictObject({
    is: z.literal('state'),
    state: z.enum(['pending', 'transfer', 'uncategorised', 'split', 'in', 'out', 'attachment', 'note', 'tag']),
  }),
  z.strictObject({ is: z.literal('kind'), kinds: z.array(z.enum(transactionKinds)).readonly() }),
])

export const searchTermSchema = z.strictObject({
  meaning: meaningSchema,
  negated: z.boolean(),
  /** Where in the text it stands, in UTF-16 units. */
  from: z.int(),
  to: z.int(),
})
export type SearchTerm = z.infer<typeof searchTermSchema>

export const searchHintSchema = z.strictObject({
  code: z.enum(['unknown-operator', 'bad-amount', 'bad-date', 'bad-value', 'no-such-name', 'unfinished', 'too-long']),
  text: z.string(),
})
export type SearchHint = z.infer<typeof searchHintSchema>

/** Stretches of a text that the words were found in, in UTF-16 units. */
export const marksSchema = z.array(z.tuple([z.int(), z.int()]).readonly())

/** Where in a transaction the words were found. */
export const transactionMarksSchema = z.strictObject({
  payee: marksSchema,
  memo: marksSchema,
  /** Another text of it that has a word which payee and memo have not. */
  other: z
    .strictObject({
      field: z.enum(['raw-payee', 'notes', 'reference', 'counterparty']),
      text: z.string(),
      marks: marksSchema,
    })
    .nullable(),
})
export type TransactionMarks = z.infer<typeof transactionMarksSchema>

/** A place in the results: the day and number of the last one that is known. */
export const searchCursorSchema = z.strictObject({ on: isoDateSchema, id: idSchema })

/** What stands before the colon of a query's part, whatever the language. */
export const searchOperators = [
  'text',
  'payee',
  'memo',
  'notes',
  'reference',
  'attachment',
  'tag',
  'category',
  'account',
  'institution',
  'security',
  'kind',
  'amount',
  'on',
  'before',
  'after',
  'is',
  'has',
] as const
export type SearchOperator = (typeof searchOperators)[number]

export const searchSuggestionSchema = z.strictObject({
  /** What the whole text becomes, and where the caret goes. */
  text: z.string(),
  caret: z.int(),
  /** What is added, to be shown. */
  label: z.string(),
  of: z.enum(['operator', 'value']),
  /** The operator that it is, or whose value it is; a key under `search.operator.*`. */
  operator: z.enum(searchOperators),
})
export type SearchSuggestion = z.infer<typeof searchSuggestionSchema>
