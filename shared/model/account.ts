import { z } from 'zod'
import {
  currencySchema,
  idSchema,
  isoDateSchema,
  lineSchema,
  minorSchema,
  moneySchema,
  notesSchema,
} from './primitives.ts'
import { fractionSchema, ownersSchema } from './person.ts'
import { termsSchema } from './terms.ts'

/** The classes that net worth is shown by. */
export const accountClasses = [
  'cash',
  'investment',
  'insurance',
  'property',
  'receivable',
  'credit-card',
  'loan',
] as const
export type AccountClass = (typeof accountClasses)[number]

export const accountSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  /** A key of `resources/account-kinds/`. */
  kind: z.string(),
  class: z.enum(accountClasses),
  side: z.enum(['asset', 'liability']),
  institution: z.strictObject({ id: idSchema, name: z.string() }).nullable(),
  /** Masked: at most the last four characters. */
  maskedNumber: z.string().nullable(),
  currency: currencySchema,
  /** What the account holds in its own currency; a debt is negative. Includes holdings where they are valued. */
  balance: moneySchema,
  /** Part of it has no known rate or worth and is not in `balance`: to be told wherever it is shown. */
  partlyUnvalued: z.boolean(),
  /** The cash part of `balance`, for accounts with holdings. */
  cash: moneySchema,
  /** `balance` in the base currency, or null where no rate is known. */
  baseBalance: moneySchema.nullable(),
  /** The date of the rate used, where it is not today's. */
  rateOn: isoDateSchema.nullable(),
  /** None: the whole household's. */
  owners: ownersSchema,
  /**
   * What of `balance` and `baseBalance` is the viewed person's; null in the household's view, and where nothing is
   * theirs. The household's figure is converted first and then shared, so that people's parts add up to it.
   */
  part: fractionSchema.extend({ balance: moneySchema, baseBalance: moneySchema.nullable() }).nullable(),
  openingMinor: minorSchema,
  openingOn: isoDateSchema.nullable(),
  transactionCount: z.int().nonnegative(),
  lastImportAt: z.int().nullable(),
  /** Its latest transaction that is not booked ahead. */
  lastBookedOn: isoDateSchema.nullable(),
  closedOn: isoDateSchema.nullable(),
  hidden: z.boolean(),
  inNetWorth: z.boolean(),
  position: z.int(),
  notes: z.string(),
  terms: termsSchema,
})
export type Account = z.infer<typeof accountSchema>

export const accountDraftSchema = z.strictObject({
  name: lineSchema.min(1),
  kind: z.string().min(1),
  institution: lineSchema.nullable().default(null),
  number: z.string().trim().max(64).nullable().default(null),
  currency: currencySchema,
  /** Signed as the balance: a debt at the start is negative. */
  openingMinor: minorSchema.default(0),
  openingOn: isoDateSchema.nullable().default(null),
  notes: notesSchema.default(''),
  terms: termsSchema.default({}),
  /** None: the whole household's. */
  owners: ownersSchema.optional(),
})
export type AccountDraft = z.infer<typeof accountDraftSchema>

/** Only what is present changes. The currency of an account with transactions cannot change: `conflict`. */
export const accountPatchSchema = z.strictObject({
  name: lineSchema.min(1).optional(),
  kind: z.string().min(1).optional(),
  institution: lineSchema.nullable().optional(),
  number: z.string().trim().max(64).nullable().optional(),
  currency: currencySchema.optional(),
  openingMinor: minorSchema.optional(),
  openingOn: isoDateSchema.nullable().optional(),
  closedOn: isoDateSchema.nullable().optional(),
  hidden: z.boolean().optional(),
  inNetWorth: z.boolean().optional(),
  notes: notesSchema.optional(),
  terms: termsSchema.optional(),
  owners: ownersSchema.optional(),
})
export type AccountPatch = z.infer<typeof accountPatchSchema>
