import { z } from 'zod'
import { categorySources } from '../../model/category.ts'
import { idSchema, isoDateSchema, lineSchema, moneySchema, nothingSchema } from '../../model/primitives.ts'
import { ruleDraftSchema, ruleSchema } from '../../model/rule.ts'
import type { Channel } from '../channel.ts'

/** Where earlier transactions are looked at again. */
const scopeSchema = z.strictObject({
  /** Also those that the user has filed or named by hand: else they stay as they are. */
  includeOwn: z.boolean().default(false),
})

const rowChangeSchema = z.strictObject({
  transactionId: idSchema,
  accountId: idSchema,
  bookedOn: isoDateSchema,
  amount: moneySchema,
  payee: z.strictObject({ before: z.string(), after: z.string() }),
  categoryId: z.strictObject({ before: idSchema.nullable(), after: idSchema.nullable() }),
  /** Tags, a note, the kind or the other half of a transfer change too. */
  more: z.boolean(),
})
export type RuleRowChange = z.infer<typeof rowChangeSchema>

export const ruleReportSchema = z.strictObject({
  /** Transactions looked at. */
  examined: z.int().nonnegative(),
  /** Those that meet the rules. */
  met: z.int().nonnegative(),
  /** Those of them that change, or would. */
  changed: z.int().nonnegative(),
  /** Those that stay as they are because the user has filed or named them by hand. */
  own: z.int().nonnegative(),
  /** How many move from one category to another, the most first. */
  categories: z.array(
    z.strictObject({ from: idSchema.nullable(), to: idSchema.nullable(), count: z.int().positive() }),
  ),
  /** The newest of them. */
  rows: z.array(rowChangeSchema).max(100),
})
export type RuleReport = z.infer<typeof ruleReportSchema>

const evidenceSchema = z.discriminatedUnion('by', [
  /** `count` of the `of` payments to this payee were filed so by the user, the newest on `lastOn`. */
  z.strictObject({
    by: z.literal('payee'),
    payee: z.string(),
    count: z.int().positive(),
    of: z.int().positive(),
    lastOn: isoDateSchema.nullable(),
  }),
  /** Payees whose names share words. */
  z.strictObject({
    by: z.literal('similar'),
    payees: z.array(z.string()),
    words: z.array(z.string()),
    count: z.int().positive(),
    of: z.int().positive(),
  }),
  z.strictObject({
    by: z.literal('merchant-code'),
    code: z.string(),
    count: z.int().positive(),
    of: z.int().positive(),
  }),
])
export const guessSchema = z.strictObject({
  categoryId: idSchema,
  /** In thousandths. */
  confidence: z.int().min(0).max(1000),
  evidence: evidenceSchema,
})
export type CategoryGuess = z.infer<typeof guessSchema>

export const ruleChannels = {
  /** In the order they run in. */
  'rule.list': { access: 'read', input: nothingSchema, output: z.array(ruleSchema) },
  /** A new rule runs behind the others. */
  'rule.save': {
    access: 'write',
    input: z.strictObject({ id: idSchema.nullable().default(null), rule: ruleDraftSchema }),
    output: ruleSchema,
  },
  /** What it has done stays. */
  'rule.delete': { access: 'write', input: z.strictObject({ id: idSchema }), output: nothingSchema },
  /** `ids`: every rule, in the new order; else `conflict`. */
  'rule.reorder': {
    access: 'write',
    input: z.strictObject({ ids: z.array(idSchema).max(5000) }),
    output: nothingSchema,
  },
  /** What the rule, in its place among the others, would change of earlier transactions. Writes nothing. */
  'rule.test': {
    access: 'read',
    job: true,
    input: scopeSchema.extend({ id: idSchema.nullable().default(null), rule: ruleDraftSchema }),
    output: ruleReportSchema,
  },
  /** Runs these rules, or all that are on, over earlier transactions, as one change that can be undone. */
  'rule.apply': {
    access: 'write',
    job: true,
    input: scopeSchema.extend({
      ruleIds: z.array(idSchema).min(1).max(5000).nullable().default(null),
      /** Cleans the names of payees that came in before names were cleaned. */
      cleanPayees: z.boolean().default(false),
    }),
    output: ruleReportSchema,
  },
  /** Guesses for those of these transactions that have no category and whose user has not decided so. */
  'category.suggest': {
    access: 'read',
    input: z.strictObject({ ids: z.array(idSchema).max(500) }),
    output: z.array(guessSchema.extend({ transactionId: idSchema })),
  },
  /** Why a transaction has its category, or what it might get. */
  'category.explain': {
    access: 'read',
    input: z.strictObject({ transactionId: idSchema }),
    output: z.strictObject({
      source: z.enum(categorySources).nullable(),
      /** The rule that chose it, where it is still there. */
      rule: z.strictObject({ id: idSchema, name: lineSchema }).nullable(),
      guess: guessSchema.nullable(),
      merchantCategory: z.string().nullable(),
      /** The name that rules begin with, unless the user has given one. */
      cleanPayee: z.string(),
      /** Who gave the payee its name; null for the cleaned one. */
      namedBy: z.enum(['user', 'rule']).nullable(),
    }),
  },
} as const satisfies Record<string, Channel>
