import { z } from 'zod'
import { currencySchema, decimalSchema, idSchema, isoDateSchema, moneySchema } from './primitives.ts'
import { rateNoteSchema } from './figures.ts'
import { shownPartSchema } from './person.ts'

export const securityClasses = [
  'equity',
  'fund',
  'etf',
  'bond',
  'option',
  'money-market',
  'crypto',
  'metal',
  'other',
] as const

export const holdingSchema = z.strictObject({
  accountId: idSchema,
  accountName: z.string(),
  security: z.strictObject({
    id: idSchema,
    name: z.string(),
    isin: z.string().nullable(),
    symbol: z.string().nullable(),
    class: z.enum(securityClasses),
  }),
  /** What of it is the viewed person's: quantity, value, cost and gain are that part alone. */
  part: shownPartSchema,
  /** In a person's view rounded to eight digits after the point. */
  quantity: decimalSchema,
  price: decimalSchema.nullable(),
  /** The day the price or value is of. */
  pricedOn: isoDateSchema.nullable(),
  /** Null where neither the statement nor a price gives it: shown as "—", never 0. */
  value: moneySchema.nullable(),
  baseValue: moneySchema.nullable(),
  /** Cost of what is held: average cost from trades, or the statement's own figure. */
  cost: moneySchema.nullable(),
  costFrom: z.enum(['trades', 'statement']).nullable(),
  /** value − cost, where both are known. */
  gain: moneySchema.nullable(),
  /** Share of all valued holdings in the base currency, 0–1. */
  share: z.number().nullable(),
})
export type Holding = z.infer<typeof holdingSchema>

export const wealthSchema = z.strictObject({
  currency: currencySchema,
  total: moneySchema,
  holdings: z.array(holdingSchema),
  /** Cash and holdings together, as shares of all that can be invested; sums in the base currency. */
  byClass: z.array(z.strictObject({ key: z.string(), minor: z.int(), share: z.number() })),
  byCurrency: z.array(z.strictObject({ key: z.string(), minor: z.int(), share: z.number() })),
  notes: z.array(rateNoteSchema),
})
export type Wealth = z.infer<typeof wealthSchema>
