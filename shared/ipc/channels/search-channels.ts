import { z } from 'zod'
import { viewedPersonSchema } from '../../model/person.ts'
import { idSchema, minorSchema, moneySchema, nothingSchema } from '../../model/primitives.ts'
import {
  marksSchema,
  searchCursorSchema,
  searchHintSchema,
  searchSuggestionSchema,
  searchTermSchema,
  transactionMarksSchema,
} from '../../model/search.ts'
import { transactionSchema } from '../../model/transaction.ts'
import type { Channel } from '../channel.ts'

const textSchema = z.string().max(200)
const named = <T extends z.ZodRawShape>(more: T) =>
  z.array(z.strictObject({ id: idSchema, name: z.string(), marks: marksSchema, ...more }))

export const searchChannels = {
  /**
   * What a text finds; the language of queries is told in `docs/search.md`. Transactions come newest first, page by page;
   * everything else by name, where the text has words alone.
   */
  'search.query': {
    access: 'read',
    input: z.strictObject({
      text: textSchema.min(1),
      limit: z.int().min(1).max(100).default(20),
      /** The end of the last page: then transactions alone are answered, those behind it. */
      after: searchCursorSchema.nullable().default(null),
      /** What is on accounts that are in part this person's, whole, and what is on none; null: everything. */
      person: viewedPersonSchema,
    }),
    output: z.strictObject({
      accounts: named({ kind: z.string() }),
      transactions: z.array(transactionSchema),
      /** In the order of `transactions`. */
      marks: z.array(transactionMarksSchema),
      /** All transactions that were found; at least so many where it is not exact, and then without sums. */
      count: z.int().nonnegative(),
      countIsExact: z.boolean(),
      /** By currency, largest first; magnitudes. */
      sums: z.array(z.strictObject({ in: moneySchema, out: moneySchema })),
      next: searchCursorSchema.nullable(),
      categories: named({ kind: z.string() }),
      tags: named({}),
      /** With accounts here. */
      institutions: named({}),
      /** Bills and whatever else comes again, by its key in `recurring.list`. */
      recurring: z.array(
        z.strictObject({ key: z.string(), name: z.string(), marks: marksSchema, accountId: idSchema }),
      ),
      /** By category. */
      budgets: named({}),
      /** The household's own. */
      reminders: named({}),
      persons: named({}),
      documents: named({ kind: z.string() }),
      attachments: named({
        owner: z.strictObject({ type: z.enum(['account', 'transaction', 'document']), id: idSchema }),
        /** The account that its transaction is on. */
        accountId: idSchema.nullable(),
      }),
      securities: named({}),
      rules: named({}),
      /** The amount that the text is, in the base currency. */
      minorMatched: minorSchema.nullable(),
      /** What the text was understood as. */
      understood: z.array(searchTermSchema),
      hints: z.array(searchHintSchema),
      /** So many transactions are not searched yet: the index is being brought up to date. */
      behind: z.int().nonnegative(),
    }),
  },
  /** What may come next in a text that is being typed: operators, and values of the operator at the caret. */
  'search.suggest': {
    access: 'read',
    input: z.strictObject({
      text: textSchema,
      caret: z.int().nonnegative(),
      language: z.enum(['en', 'zh-CN']),
      limit: z.int().min(1).max(20).default(8),
      /** Names of this person's accounts alone; null: of all. */
      person: viewedPersonSchema,
    }),
    output: z.array(searchSuggestionSchema),
  },
  /** Forgets the index, so that it is made again from the transactions, in the background. */
  'search.rebuild': { access: 'write', input: nothingSchema, output: nothingSchema },
} as const satisfies Record<string, Channel>
