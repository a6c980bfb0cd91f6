import { z } from 'zod'
import { signOfDecimal } from '../domain/decimal.ts'
import { currencySchema, decimalSchema, idSchema, isoDateSchema, lineSchema, notesSchema } from './primitives.ts'
import { transactionKinds } from './transaction.ts'

/**
 * Rules that the user writes. They run in their order on every new transaction, and on earlier ones when asked to.
 * - A condition looks at the transaction as the rules before it have left it, so that a rule may go by the name that an
 *   earlier one gave. The payee it begins with is the cleaned name of what the bank wrote, or the user's own.
 * - The first rule that names a category decides it, and the first that names a payee, unless a later one overrides.
 * - Texts are compared without regard to case, width and the number of spaces.
 */

/** Texts that a condition can be about. `counterparty`: the other side's account number. `importer`: the format's id. */
export const ruleTextFields = [
  'payee',
  'rawPayee',
  'memo',
  'notes',
  'reference',
  'counterparty',
  'institution',
  'sourceCategory',
  'merchantCategory',
  'importer',
] as const

/** `matches`: a pattern for the whole text, `*` for any characters, `?` for one, `\` before what is meant itself. */
export const ruleTextOperators = ['is', 'contains', 'starts', 'ends', 'matches'] as const

const negatable = { not: z.boolean().default(false) }
const ruleTextSchema = z.string().trim().min(1).max(200)
const magnitudeSchema = decimalSchema.refine((value) => signOfDecimal(value) >= 0, 'an amount without a sign')

export const ruleConditionSchema = z.discriminatedUnion('about', [
  z.strictObject({
    about: z.literal('text'),
    field: z.enum(ruleTextFields),
    operator: z.enum(ruleTextOperators),
    text: ruleTextSchema,
    ...negatable,
  }),
  z.strictObject({
    about: z.literal('oneOf'),
    field: z.enum(ruleTextFields),
    texts: z.array(ruleTextSchema).min(1).max(200),
    ...negatable,
  }),
  z.strictObject({ about: z.literal('empty'), field: z.enum(ruleTextFields), ...negatable }),
  z.strictObject({ about: z.literal('account'), accountIds: z.array(idSchema).min(1).max(200), ...negatable }),
  z.strictObject({ about: z.literal('kind'), kinds: z.array(z.enum(transactionKinds)).min(1), ...negatable }),
  /** Has at least one of the tags. */
  z.strictObject({ about: z.literal('tag'), tagIds: z.array(idSchema).min(1).max(200), ...negatable }),
  /** Bounds on the magnitude in the account's currency, both included; null is open. */
  z.strictObject({
    about: z.literal('amount'),
    direction: z.enum(['in', 'out', 'any']).default('any'),
    from: magnitudeSchema.nullable().default(null),
    to: magnitudeSchema.nullable().default(null),
    currency: currencySchema.nullable().default(null),
    ...negatable,
  }),
  /** From 25 to 3 reaches over the end of the month. A day that a month does not have is its last. */
  z.strictObject({
    about: z.literal('dayOfMonth'),
    from: z.int().min(1).max(31),
    to: z.int().min(1).max(31),
    ...negatable,
  }),
  /** 1 is Monday, 7 Sunday. */
  z.strictObject({ about: z.literal('weekday'), days: z.array(z.int().min(1).max(7)).min(1).max(7), ...negatable }),
  z.strictObject({
    about: z.literal('period'),
    from: isoDateSchema.nullable().default(null),
    to: isoDateSchema.nullable().default(null),
    ...negatable,
  }),
])
export type RuleCondition = z.infer<typeof ruleConditionSchema>

export const ruleGroupSchema = z.strictObject({
  about: z.literal('group'),
  match: z.enum(['all', 'any']),
  conditions: z.array(ruleConditionSchema).min(1).max(50),
})
export type RuleGroup = z.infer<typeof ruleGroupSchema>

export const ruleConditionsSchema = z.strictObject({
  match: z.enum(['all', 'any']),
  /** A rule without conditions would meet everything: it has at least one. */
  parts: z
    .array(z.union([ruleConditionSchema, ruleGroupSchema]))
    .min(1)
    .max(50),
})
export type RuleConditions = z.infer<typeof ruleConditionsSchema>

export const ruleActionSchema = z.discriminatedUnion('do', [
  /** Not on a split transaction, whose parts have their own. `override`: even where an earlier rule has chosen. */
  z.strictObject({ do: z.literal('setCategory'), categoryId: idSchema, override: z.boolean().default(false) }),
  z.strictObject({ do: z.literal('setPayee'), payee: lineSchema.min(1), override: z.boolean().default(false) }),
  z.strictObject({ do: z.literal('addTag'), tagId: idSchema }),
  z.strictObject({ do: z.literal('removeTag'), tagId: idSchema }),
  /** Only where there is no note: what was written stays. */
  z.strictObject({ do: z.literal('setNotes'), notes: notesSchema.min(1) }),
  z.strictObject({ do: z.literal('setKind'), kind: z.enum(transactionKinds) }),
  /** A transfer between own accounts; where the other account is named, its one fitting transaction becomes the other half. */
  z.strictObject({ do: z.literal('markTransfer'), accountId: idSchema.nullable().default(null) }),
  /** Rules behind this one are not looked at. */
  z.strictObject({ do: z.literal('stop') }),
])
export type RuleAction = z.infer<typeof ruleActionSchema>

export const ruleDraftSchema = z.strictObject({
  /** '' shows what the rule does in its place. */
  name: lineSchema.default(''),
  enabled: z.boolean().default(true),
  conditions: ruleConditionsSchema,
  actions: z.array(ruleActionSchema).min(1).max(20),
})
export type RuleDraft = z.infer<typeof ruleDraftSchema>

export const ruleSchema = ruleDraftSchema.extend({
  id: idSchema,
  /** From 0; the order in which rules run. */
  position: z.int().nonnegative(),
  /** Transactions that have their category from it now. */
  holds: z.int().nonnegative(),
  /** How many transactions it has met since it was made, undone ones included. */
  met: z.int().nonnegative(),
})
export type Rule = z.infer<typeof ruleSchema>
