import { z } from 'zod'
import { enquiryReasonKeys } from './enquiry-reasons.ts'
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
/** What the newest credit report of a person tells beside what is owed. */
export const creditReportSchema = z.strictObject({
  id: idSchema,
  /** The name that the report has; '' where it could not be read. */
  subject: z.string(),
  reportedOn: isoDateSchema.nullable(),
  /** Of the two years up to the report, the newest first; `reason` in the report's words, `reasonKey` if it is known. */
  enquiries: z.array(
    z.strictObject({
      on: isoDateSchema,
      institution: z.string(),
      reason: z.string(),
      reasonKey: z.enum(enquiryReasonKeys).nullable(),
      isOwn: z.boolean(),
    }),
  ),
  /** Enquiries by institutions in these two years, by reason, the most first. */
  reasons: z.array(
    z.strictObject({ reason: z.string(), reasonKey: z.enum(enquiryReasonKeys).nullable(), count: z.int() }),
  ),
  /** Of them those for a card, a loan or a guarantee, in so many months before the report; null: its day is unknown. */
  applications: z.array(z.strictObject({ months: z.int(), count: z.int() })).nullable(),
  overdues: z.array(
    z.strictObject({
      lender: z.string(),
      product: z.string(),
      openedOn: isoDateSchema.nullable(),
      /** Of the last five years; null where the report does not count them. */
      months: z.int().nullable(),
      monthsOver90: z.int().nullable(),
      /** Overdue on the day of the report, a magnitude. */
      overdue: moneySchema.nullable(),
    }),
  ),
  publicRecords: z.array(
    z.strictObject({
      kind: z.enum(['tax-owed', 'judgment', 'enforcement', 'penalty', 'telephone-bill']),
      body: z.string(),
    }),
  ),
})
export type CreditReport = z.infer<typeof creditReportSchema>

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
  reports: z.array(creditReportSchema),
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
