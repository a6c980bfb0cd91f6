import { z } from 'zod'
import { currencySchema, decimalSchema, idSchema, isoDateSchema, minorSchema, moneySchema } from './primitives.ts'
import { shownPartSchema } from './person.ts'
import { cardTermsSchema, loanTermsSchema } from './terms.ts'

export const creditCardSchema = z.strictObject({
  accountId: idSchema,
  name: z.string(),
  institution: z.string().nullable(),
  maskedNumber: z.string().nullable(),
  /** What of it is the viewed person's: `owed` and `limit` are that part alone, the rest is the card's. */
  part: shownPartSchema,
  /** What is owed, a positive magnitude; zero where the card is in credit. */
  owed: moneySchema,
  limit: moneySchema.nullable(),
  /** owed ÷ limit. */
  utilisation: z.number().nullable(),
  nextStatementOn: isoDateSchema.nullable(),
  nextDueOn: isoDateSchema.nullable(),
  terms: cardTermsSchema.nullable(),
})
export const creditLoanSchema = z.strictObject({
  accountId: idSchema,
  name: z.string(),
  institution: z.string().nullable(),
  /** What of it is the viewed person's: `owed` and `nextPayment` are that part alone. */
  part: shownPartSchema,
  owed: moneySchema,
  nextDueOn: isoDateSchema.nullable(),
  nextPayment: moneySchema.nullable(),
  paidInstalments: z.int().nullable(),
  terms: loanTermsSchema.nullable(),
})
export const creditSchema = z.strictObject({
  currency: currencySchema,
  /** Magnitudes in the base currency. */
  owedMinor: minorSchema,
  cardsOwedMinor: minorSchema,
  loansOwedMinor: minorSchema,
  /** Over all cards with a known limit. */
  utilisation: z.number().nullable(),
  cards: z.array(creditCardSchema),
  loans: z.array(creditLoanSchema),
})
export type Credit = z.infer<typeof creditSchema>

export const instalmentSchema = z.strictObject({
  number: z.int().positive(),
  dueOn: isoDateSchema,
  /** All magnitudes; payment = principal + interest. */
  paymentMinor: minorSchema,
  principalMinor: minorSchema,
  interestMinor: minorSchema,
  /** Left to repay after this instalment. */
  remainingMinor: minorSchema,
})
export const loanScheduleSchema = z.strictObject({
  currency: currencySchema,
  annualRate: decimalSchema,
  instalments: z.array(instalmentSchema),
  totalInterestMinor: minorSchema,
  totalPaymentMinor: minorSchema,
})
export type LoanSchedule = z.infer<typeof loanScheduleSchema>
