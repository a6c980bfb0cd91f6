import { z } from 'zod'
import { accountClasses } from './account.ts'
import { reminderKinds } from './reminder.ts'
import { currencySchema, idSchema, isoDateSchema, minorSchema, moneySchema } from './primitives.ts'

/** A rate that was needed for a figure and is not of the asked day: told beside the figure, never hidden. */
export const rateNoteSchema = z.strictObject({
  currency: currencySchema,
  /** The date of the rate that was used; null: none is known and the amounts are left out of the total. */
  usedRateOn: isoDateSchema.nullable(),
})
export type RateNote = z.infer<typeof rateNoteSchema>

/** Net worth = assets − liabilities, in the base currency. Liabilities are a positive magnitude. */
export const netWorthSchema = z.strictObject({
  on: isoDateSchema,
  currency: currencySchema,
  netMinor: minorSchema,
  assetsMinor: minorSchema,
  liabilitiesMinor: minorSchema,
  notes: z.array(rateNoteSchema),
})
export type NetWorth = z.infer<typeof netWorthSchema>

export const ranges = ['1m', '3m', 'ytd', '1y', '5y', 'all'] as const
export type Range = (typeof ranges)[number]

export const overviewSchema = z.strictObject({
  netWorth: netWorthSchema,
  /** Net worth at the start of the range, to state the change. */
  before: netWorthSchema,
  /** The first day that anything is known of, where the records begin within the range: it begins there then. */
  since: isoDateSchema.nullable(),
  /** Rising dates, the last is today: at most about 130 points. */
  history: z.array(
    z.strictObject({
      on: isoDateSchema,
      netMinor: minorSchema,
      assetsMinor: minorSchema,
      liabilitiesMinor: minorSchema,
    }),
  ),
  /** Magnitudes in the base currency by class, largest first within a side. */
  classes: z.array(
    z.strictObject({
      class: z.enum(accountClasses),
      side: z.enum(['asset', 'liability']),
      minor: minorSchema,
      accounts: z.int(),
    }),
  ),
  accountCount: z.int(),
  transactionCount: z.int(),
  lastImportAt: z.int().nullable(),
  /** What falls due next, of any service, soonest first: at most eight. */
  due: z.array(
    z.strictObject({
      on: isoDateSchema,
      /** Of the reminder, to act on it. */
      key: z.string(),
      kind: z.enum(reminderKinds),
      name: z.string(),
      accountId: idSchema.nullable(),
      documentId: idSchema.nullable(),
      amount: moneySchema.nullable(),
    }),
  ),
})
export type Overview = z.infer<typeof overviewSchema>
