import { z } from 'zod'
import { rateNoteSchema } from './figures.ts'
import { shownPartSchema, viewedPersonSchema } from './person.ts'
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
import { recurringPeriodSchema } from './recurring.ts'

/** An item that is only tried out: nothing of it is kept. */
export const whatIfSchema = z.strictObject({
  name: lineSchema.min(1),
  accountId: idSchema,
  /** Credit positive. */
  amountMinor: enteredMinorSchema,
  on: enteredDateSchema,
  /** null: once. */
  period: recurringPeriodSchema.nullable(),
})
export type WhatIf = z.infer<typeof whatIfSchema>

export const forecastQuerySchema = z.strictObject({
  /** The account that the line and the band are of; null: all money at hand, in the base currency. */
  accountId: idSchema.nullable().default(null),
  /** Keys of series that are left out. */
  without: z.array(z.string().max(700)).max(500).default([]),
  extra: z.array(whatIfSchema).max(50).default([]),
  /**
   * Only accounts that are at least in part this person's. The line of all money at hand is their part of it; an account,
   * its floor and its payments are whole.
   */
  person: viewedPersonSchema,
})

export const forecastEventSchema = z.strictObject({
  on: isoDateSchema,
  accountId: idSchema,
  /** Credit positive. */
  amount: moneySchema,
  name: z.string(),
  kind: z.enum(['series', 'card', 'loan', 'deposit', 'extra']),
  /** The series, that can be left out; null for what is not one. */
  key: z.string().nullable(),
  /** Found, not confirmed. */
  likely: z.boolean(),
})
export type ForecastEventView = z.infer<typeof forecastEventSchema>

export const forecastSchema = z.strictObject({
  currency: currencySchema,
  accountId: idSchema.nullable(),
  /** Today and each day of the next twelve months: balances in minor units, estimates. */
  days: z.array(isoDateSchema),
  expectedMinor: z.array(minorSchema),
  /** A tenth of the drawn futures lie below, a tenth above. */
  lowMinor: z.array(minorSchema),
  highMinor: z.array(minorSchema),
  accounts: z.array(
    z.strictObject({
      accountId: idSchema,
      /** How much of it is the person's: that much of it is in their line of all money at hand. */
      part: shownPartSchema,
      balance: moneySchema,
      floorMinor: minorSchema,
      /** The floor is the user's own, not zero by default. */
      floorSet: z.boolean(),
      /** In the total of all money at hand. */
      counted: z.boolean(),
      /** The first day that it is expected to be below its floor. */
      belowOn: isoDateSchema.nullable(),
      /** The first day that it is below in one future of ten. */
      riskOn: isoDateSchema.nullable(),
      lowestMinor: minorSchema,
      lowestOn: isoDateSchema,
    }),
  ),
  /** What happens, soonest first: all accounts, or the one that was asked for. */
  events: z.array(forecastEventSchema),
  /** Days of history that everyday spending was learnt from. */
  historyDays: z.int().nonnegative(),
  notes: z.array(rateNoteSchema),
})
export type Forecast = z.infer<typeof forecastSchema>
