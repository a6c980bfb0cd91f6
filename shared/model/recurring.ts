import { z } from 'zod'
import {
  currencySchema,
  enteredDateSchema,
  enteredMinorSchema,
  idSchema,
  isoDateSchema,
  lineSchema,
  minorSchema,
  moneySchema,
} from './primitives.ts'

/** Payments that come again: bills, subscriptions, salaries, standing orders. */

export const recurringPeriods = [
  'weekly',
  'fortnightly',
  'four-weekly',
  'monthly',
  'bi-monthly',
  'quarterly',
  'half-yearly',
  'yearly',
] as const
export type RecurringPeriod = (typeof recurringPeriods)[number]
export const recurringPeriodSchema = z.enum(recurringPeriods)

/** What a series is about, by its category. `transfer`: a standing order between own accounts. */
export const recurringTypes = [
  'salary',
  'income',
  'rent',
  'utility',
  'telecom',
  'subscription',
  'insurance',
  'loan',
  'education',
  'tax',
  'transfer',
  'other',
] as const
export type RecurringType = (typeof recurringTypes)[number]

/** The day that a series keeps to within its period. Weekday 1 is Monday; a month-day of 29–31 clamps to the month's end. */
export const recurringAnchorSchema = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('weekday'), weekday: z.int().min(1).max(7) }),
  z.strictObject({ on: z.literal('month-day'), day: z.int().min(1).max(31) }),
  /** The last day of the month from Monday to Friday. */
  z.strictObject({ on: z.literal('last-business-day') }),
])
export type RecurringAnchor = z.infer<typeof recurringAnchorSchema>

/** Why a series is taken for one; the words are texts of the window. `decibans`: how much it counts, negative against. */
export const recurringEvidenceSchema = z.strictObject({
  sign: z.enum(['rhythm', 'missed', 'same-amount', 'similar-amount', 'unlike-amounts', 'category', 'among-others']),
  decibans: z.int(),
  count: z.int(),
  of: z.int(),
})
export type RecurringEvidence = z.infer<typeof recurringEvidenceSchema>

/** A change of the price: magnitudes in the currency that it was charged in. */
export const priceChangeSchema = z.strictObject({
  on: isoDateSchema,
  fromMinor: minorSchema,
  toMinor: minorSchema,
  currency: currencySchema,
})
export type PriceChange = z.infer<typeof priceChangeSchema>

export const recurringItemSchema = z.strictObject({
  /** Stays the same however often the history is looked at. */
  key: z.string().min(1).max(700),
  /** `detected`: found and not decided on. */
  status: z.enum(['detected', 'confirmed', 'dismissed']),
  /** Made by hand, with nothing found in the history. */
  own: z.boolean(),
  name: z.string(),
  /** As the statements call it; '' for one made by hand. */
  payee: z.string(),
  accountId: idSchema,
  type: z.enum(recurringTypes),
  categoryId: idSchema.nullable(),
  period: recurringPeriodSchema,
  anchor: recurringAnchorSchema,
  /** What the next payment is expected to be: the effect on the account, credit positive. */
  amount: moneySchema,
  /** Always the same but for changes of its price. */
  fixed: z.boolean(),
  /** The lowest and highest of its usual payments, magnitudes in the account's currency. */
  lowestMinor: minorSchema,
  highestMinor: minorSchema,
  /** A fixed amount in another currency, a magnitude. */
  original: moneySchema.nullable(),
  /** Twelve months of it: the amount times its payments in a year, signed as the amount. */
  yearly: moneySchema,
  /** The same at today's rate; null where no rate is known. */
  yearlyBase: moneySchema.nullable(),
  /** Oldest first. */
  prices: z.array(priceChangeSchema),
  /** What the last change of its price makes in a year, signed as the amount: a dearer bill is negative. */
  yearDifference: moneySchema.nullable(),
  firstOn: isoDateSchema.nullable(),
  lastOn: isoDateSchema.nullable(),
  occurrences: z.int().nonnegative(),
  missed: z.int().nonnegative(),
  /** When the next payment is expected; null where it has ended. */
  nextOn: isoDateSchema.nullable(),
  /** The payment that was expected last and has not come, where the account's rows reach past it. */
  overdueSince: isoDateSchema.nullable(),
  ended: z.boolean(),
  /** In thousandths; 1000 where the user has said so. */
  confidence: z.int().min(0).max(1000),
  evidence: z.array(recurringEvidenceSchema),
})
export type RecurringItem = z.infer<typeof recurringItemSchema>

/** What the user may say of a series; what is left out stays as it was found. */
export const recurringPatchSchema = z.strictObject({
  name: lineSchema.min(1).optional(),
  categoryId: idSchema.nullable().optional(),
  type: z.enum(recurringTypes).optional(),
  /** The next payment: the effect on the account, credit positive, in the account's currency. */
  amountMinor: enteredMinorSchema.optional(),
  period: recurringPeriodSchema.optional(),
  nextOn: enteredDateSchema.nullable().optional(),
  /** The day it ended; null: it goes on. */
  endedOn: enteredDateSchema.nullable().optional(),
})
export type RecurringPatch = z.infer<typeof recurringPatchSchema>

export const recurringDraftSchema = z.strictObject({
  name: lineSchema.min(1),
  accountId: idSchema,
  amountMinor: enteredMinorSchema.refine((minor) => minor !== 0, 'an amount other than zero'),
  period: recurringPeriodSchema,
  nextOn: enteredDateSchema,
  categoryId: idSchema.nullable().default(null),
  type: z.enum(recurringTypes).default('other'),
})
export type RecurringDraft = z.infer<typeof recurringDraftSchema>
