import { z } from 'zod'
import { decimalSchema, enteredDateSchema, enteredMinorSchema, idSchema } from './primitives.ts'

const dayOfMonthSchema = z.int().min(1).max(31)

/** A card's terms. Amounts in the account's currency; a day of 29–31 clamps to the end of a shorter month. */
export const cardTermsSchema = z.strictObject({
  /** The credit limit, a positive magnitude. */
  limitMinor: enteredMinorSchema.nonnegative().nullable().default(null),
  statementDay: dayOfMonthSchema.nullable().default(null),
  /** Due on a fixed day of the month after the statement, or so many days after it. */
  due: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('day'), day: dayOfMonthSchema }),
      z.strictObject({ type: z.literal('days-after'), days: z.int().min(0).max(60) }),
    ])
    .nullable()
    .default(null),
})
export type CardTerms = z.infer<typeof cardTermsSchema>

/** 等额本息 is `annuity`, 等额本金 is `equal-principal`. */
export const repaymentMethods = ['annuity', 'equal-principal', 'interest-only'] as const
export type RepaymentMethod = (typeof repaymentMethods)[number]

/** A loan's terms. `principalMinor` is a positive magnitude; `annualRate` is a fraction: 4.2 % is "0.042". */
export const loanTermsSchema = z.strictObject({
  principalMinor: enteredMinorSchema.positive(),
  annualRate: decimalSchema,
  months: z.int().min(1).max(600),
  /** The first instalment's date; its day of the month is every instalment's. */
  firstDueOn: enteredDateSchema,
  method: z.enum(repaymentMethods),
})
export type LoanTerms = z.infer<typeof loanTermsSchema>

export const homeFactsSchema = z.strictObject({
  address: z.string().max(500).default(''),
  areaSquareMetres: decimalSchema.nullable().default(null),
  purchasedOn: enteredDateSchema.nullable().default(null),
  /** A positive magnitude in the account's currency. */
  purchaseMinor: enteredMinorSchema.nonnegative().nullable().default(null),
  mortgageAccountId: idSchema.nullable().default(null),
})
export type HomeFacts = z.infer<typeof homeFactsSchema>

export const vehicleFactsSchema = z.strictObject({
  plate: z.string().max(40).default(''),
  registeredOn: enteredDateSchema.nullable().default(null),
  purchaseMinor: enteredMinorSchema.nonnegative().nullable().default(null),
  loanAccountId: idSchema.nullable().default(null),
  inspectionDueOn: enteredDateSchema.nullable().default(null),
  insuranceDueOn: enteredDateSchema.nullable().default(null),
})
export type VehicleFacts = z.infer<typeof vehicleFactsSchema>

/** The facts of an account by the keys of its kind's fields: money in minor units of its currency, the rest as text or number. */
export const accountDetailsSchema = z.record(z.string().max(40), z.union([z.string().max(500), z.int().nonnegative()]))
export type AccountDetails = z.infer<typeof accountDetailsSchema>

/** What an account's `terms` column holds: at most the one section that its kind has, and the facts of its fields. */
export const termsSchema = z.strictObject({
  card: cardTermsSchema.optional(),
  loan: loanTermsSchema.optional(),
  home: homeFactsSchema.optional(),
  vehicle: vehicleFactsSchema.optional(),
  /** The facts of the kind's own fields. */
  details: accountDetailsSchema.optional(),
})
export type Terms = z.infer<typeof termsSchema>
