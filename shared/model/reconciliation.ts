import { z } from 'zod'
import { currencySchema, idSchema, isoDateSchema, minorSchema } from './primitives.ts'

/** A balance that a statement or the user states, beside what the transactions come to. Balances: debts are negative. */
export const checkpointSchema = z.strictObject({
  id: idSchema,
  /** `opening`: at the beginning of the day; else at its end. `day`: a running balance of a file. */
  kind: z.enum(['opening', 'closing', 'day']),
  on: isoDateSchema,
  statedMinor: minorSchema,
  countedMinor: minorSchema,
  /** stated − counted. */
  differenceMinor: minorSchema,
  status: z.enum(['agrees', 'differs', 'accepted']),
  /** The import that brought it; null: the user typed it. */
  run: z.strictObject({ id: idSchema, fileName: z.string() }).nullable(),
})
export type Checkpoint = z.infer<typeof checkpointSchema>

/** Where stated balances and transactions part. */
export const balanceBreakSchema = z.strictObject({
  /** The first checkpoint that no longer agrees. */
  checkpointId: idSchema,
  /** The last day on which all was as before; null where nothing earlier is stated. */
  after: isoDateSchema.nullable(),
  on: isoDateSchema,
  /** What is missing (positive) or too much (negative) between the two. */
  missingMinor: minorSchema,
  /**
   * `opening`: nothing earlier is stated, so the account's opening balance is off. `gap`: a statement begins with more
   * or less than the one before ended with: one may be missing. `within`: rows of the days between are missing, doubled
   * or changed.
   */
  cause: z.enum(['opening', 'gap', 'within']),
})
export type BalanceBreak = z.infer<typeof balanceBreakSchema>

export const reconciliationSchema = z.strictObject({
  accountId: idSchema,
  currency: currencySchema,
  /** Checkpoints from this day on were looked at. */
  from: isoDateSchema,
  /** Whether older ones exist. */
  earlier: z.boolean(),
  /** Newest first. Of running balances only those next to a break. */
  checkpoints: z.array(checkpointSchema),
  /** Oldest first. */
  breaks: z.array(balanceBreakSchema),
  /** How many balances were compared, running ones included. */
  compared: z.int(),
  /** The latest day whose stated balance agrees, with everything before it. */
  agreesUntil: isoDateSchema.nullable(),
})
export type Reconciliation = z.infer<typeof reconciliationSchema>
