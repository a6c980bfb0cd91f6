import { z } from 'zod'
import { rateNoteSchema } from './figures.ts'
import { shownPartSchema } from './person.ts'
import { currencySchema, decimalSchema, idSchema, isoDateSchema, minorSchema, moneySchema } from './primitives.ts'

/** Four calm looks at the household's money, or at one person's part of it. Findings, never advice. */

/** What the user decides about the checks. */
export const checkSettingsSchema = z.strictObject({
  /** What money at hand could earn, a year, as a fraction; null: the table's. */
  referenceRate: decimalSchema.nullable().default(null),
  /** Main categories and categories that count as essential, with all below them; null: the usual ones. */
  essentialCategoryIds: z.array(idSchema).max(500).nullable().default(null),
  /**
   * Banks that work under one licence, by the ids of their institutions; goes before what the table of licences knows. One
   * alone has a licence of its own.
   */
  sameBank: z.array(z.array(idSchema).max(50)).max(50).default([]),
})
export type CheckSettings = z.infer<typeof checkSettingsSchema>

export const checkSettingsPatchSchema = z.strictObject({
  referenceRate: decimalSchema.nullable().optional(),
  essentialCategoryIds: z.array(idSchema).max(500).nullable().optional(),
  sameBank: z.array(z.array(idSchema).max(50)).max(50).optional(),
})

const accountAmountSchema = z.strictObject({
  accountId: idSchema,
  name: z.string(),
  /** How much of the account is the viewed person's. */
  part: shownPartSchema,
  /** In the account's own currency; of a person their part. */
  amount: moneySchema,
  /** In the base currency; null: no rate is known, and it is left out of the sums. */
  baseMinor: minorSchema.nullable(),
})

/** How long money at hand lasts for what cannot be left off. All sums in the base currency. */
export const emergencyFundSchema = z.strictObject({
  currency: currencySchema,
  /** At hand at once: current and savings accounts, cash, wallets. */
  cashMinor: minorSchema,
  /** Within days: money funds, call deposits. */
  daysMinor: minorSchema,
  /** What credit cards owe, a magnitude; taken off. */
  cardsMinor: minorSchema,
  /** cash + days − cards. */
  liquidMinor: minorSchema,
  /** The middle of the full months' spending in essential categories. */
  spendingMinor: minorSchema,
  /** The next instalments of loans whose terms are known. */
  instalmentsMinor: minorSchema,
  /** spending + instalments, a month. */
  essentialMinor: minorSchema,
  /** Full months that were looked at; 0: nothing can be said. */
  months: z.int(),
  /** liquid ÷ essential in tenths of a month, rounded down; null where nothing essential is known. */
  lastsTenths: z.int().nullable(),
  accounts: z.array(accountAmountSchema.extend({ tier: z.enum(['cash', 'days', 'card']) })),
  /** The essential categories, each with the middle of its months. */
  categories: z.array(z.strictObject({ categoryId: idSchema, middleMinor: minorSchema })),
  /** Whether the user chose the categories. */
  chosen: z.boolean(),
  /** All that count as essential, chosen or usual, with all below them. */
  essentialIds: z.array(idSchema),
  notes: z.array(rateNoteSchema),
})
export type EmergencyFund = z.infer<typeof emergencyFundSchema>

export const anomalyKinds = ['unusual-payee', 'unusual-category', 'charged-twice', 'new-payee'] as const
export type AnomalyKind = (typeof anomalyKinds)[number]

/** A payment that stands out. Amounts are magnitudes in the account's currency. */
export const anomalySchema = z.strictObject({
  /** Stable: the same finding has the same key. */
  key: z.string(),
  kind: z.enum(anomalyKinds),
  transactionId: idSchema,
  /** charged-twice: the earlier one. */
  earlierId: idSchema.nullable(),
  earlierOn: isoDateSchema.nullable(),
  accountId: idSchema,
  accountName: z.string(),
  on: isoDateSchema,
  payee: z.string(),
  categoryId: z.int().nonnegative(),
  amount: moneySchema,
  /** The middle of what it is compared with. */
  usual: moneySchema.nullable(),
  /** How many payments it is compared with. */
  compared: z.int(),
  dismissed: z.boolean(),
})
export type Anomaly = z.infer<typeof anomalySchema>

export const anomalyViewSchema = z.strictObject({
  from: isoDateSchema,
  to: isoDateSchema,
  /** Payments looked at in detail. */
  looked: z.int(),
  findings: z.array(anomalySchema),
})
export type AnomalyView = z.infer<typeof anomalyViewSchema>

/** One depositor's money at one bank, under one scheme, in the scheme's currency. covered + uncovered = balance. */
export const depositCoverSchema = z.strictObject({
  /** The names of those of one licence that hold something. */
  banks: z.array(z.string()),
  /** Institutions that count as this one bank. */
  institutionIds: z.array(idSchema),
  scheme: z.string(),
  currency: currencySchema,
  /** Null: the household, where no people are entered. */
  personId: idSchema.nullable(),
  /** Held together with others, where the scheme insures that apart. */
  joint: z.boolean(),
  balanceMinor: minorSchema,
  limitMinor: minorSchema,
  coveredMinor: minorSchema,
  uncoveredMinor: minorSchema,
  accounts: z.array(z.strictObject({ accountId: idSchema, name: z.string(), amount: moneySchema })),
  /** What it is or where it is, is not known: it is taken for a bank of the country whose money is the base currency. */
  assumed: z.boolean(),
})
export type DepositCover = z.infer<typeof depositCoverSchema>

export const schemeSchema = z.strictObject({
  key: z.string(),
  type: z.enum(['deposits', 'securities', 'insurance']),
  nameZh: z.string(),
  nameEn: z.string(),
  currency: currencySchema,
  limitMinor: minorSchema.nullable(),
  validFrom: isoDateSchema,
  source: z.string(),
  confirmed: z.boolean(),
})

export const depositInsuranceSchema = z.strictObject({
  /** The day that the table of limits was last looked at. */
  asOf: isoDateSchema,
  covers: z.array(depositCoverSchema),
  /** Sums in the base currency of what could be converted. covered + uncovered = deposits. */
  currency: currencySchema,
  depositsMinor: minorSchema,
  coveredMinor: minorSchema,
  uncoveredMinor: minorSchema,
  /**
   * Deposits of which nothing can be said: no bank is named, the institution is no bank itself, it depends on which of its
   * companies or partners the money is with, no scheme is known, or no rate to the scheme's currency.
   */
  unknown: z.array(
    accountAmountSchema.extend({ why: z.enum(['no-bank', 'not-itself', 'depends', 'no-scheme', 'no-rate']) }),
  ),
  /** Products at banks and wallets that no deposit insurer covers. */
  notInsured: z.array(accountAmountSchema.extend({ kind: z.string() })),
  /** Securities accounts, with the scheme that protects against a broker's failure (not against losses); null: none known. */
  securities: z.array(accountAmountSchema.extend({ scheme: z.string().nullable() })),
  schemes: z.array(schemeSchema),
  /** Institutions with deposits, of all the household: those of which the user can say that they are one bank. */
  institutions: z.array(z.strictObject({ id: idSchema, name: z.string() })),
  /** Those of them that count as one bank. */
  licences: z.array(
    z.strictObject({
      institutionIds: z.array(idSchema),
      /** What the table knows; null: the user says so. */
      known: z.strictObject({ holder: z.string(), source: z.string(), confirmed: z.boolean() }).nullable(),
    }),
  ),
  notes: z.array(rateNoteSchema),
})
export type DepositInsurance = z.infer<typeof depositInsuranceSchema>

export const idleCashSchema = z.strictObject({
  currency: currencySchema,
  /** By account, the largest difference first. */
  accounts: z.array(
    z.strictObject({
      accountId: idSchema,
      name: z.string(),
      part: shownPartSchema,
      /** The least it held at any month's end of the last six and today: was never needed. */
      idle: moneySchema,
      /** What it earned in interest in the last twelve months. */
      earned: moneySchema,
      /** A year of the reference rate on the idle amount less what it earned; estimate, never negative; null: no rate known. */
      differenceMinor: minorSchema.nullable(),
      rate: decimalSchema.nullable(),
    }),
  ),
  /** Sums in the base currency. */
  idleMinor: minorSchema,
  differenceMinor: minorSchema,
  rates: z.array(
    z.strictObject({
      currency: currencySchema,
      rate: decimalSchema,
      asOf: isoDateSchema.nullable(),
      source: z.string(),
      confirmed: z.boolean(),
      own: z.boolean(),
    }),
  ),
  notes: z.array(rateNoteSchema),
})
export type IdleCash = z.infer<typeof idleCashSchema>
