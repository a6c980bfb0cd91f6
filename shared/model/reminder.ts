import { z } from 'zod'
import { type CivilTime, isCivilTime } from '../domain/civil-time.ts'
import type { IsoDate } from '../domain/iso-date.ts'
import {
  currencySchema,
  enteredDateSchema,
  enteredMinorSchema,
  idSchema,
  isoDateSchema,
  lineSchema,
  moneySchema,
  notesSchema,
} from './primitives.ts'

export const civilTimeSchema = z
  .string()
  .refine((text): text is CivilTime => isCivilTime(text), 'a time of the form YYYY-MM-DDTHH:MM')
  .meta({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$' })

/** What falls due: each has its texts under `reminder.kind.*` and its lead times in `kindDefaults`. */
export const reminderKinds = [
  'card-statement',
  'card-payment',
  'annual-fee',
  'loan-instalment',
  'loan-end',
  'rate-reset',
  'deposit-maturity',
  'product-maturity',
  'product-open',
  'interest-payment',
  'insurance-premium',
  'policy-expiry',
  'bill',
  'rent',
  'tuition',
  'tax',
  'contribution',
  'subscription',
  'contract-end',
  'points-expiry',
  'card-expiry',
  'document-expiry',
  'vehicle-inspection',
  'vehicle-insurance',
  'statement-missing',
  'backup-overdue',
  'low-balance',
  'large-spending',
  'unusual-spending',
  'price-rise',
  'budget-near',
  'budget-used-up',
  'repayment',
  'repayment-begins',
  'payout-begins',
  'vesting',
  'purchase',
  'vaccination',
  'goal',
  'own',
  'other',
] as const
export type ReminderKind = (typeof reminderKinds)[number]

/** Where a day that is no business day moves to. */
export const rollRules = ['none', 'next', 'previous'] as const
export type RollRule = (typeof rollRules)[number]

export const calendarKeys = ['cn', 'us-federal', 'us-banks', 'uk', 'de', 'hk', 'in', 'target2'] as const
export type CalendarKey = (typeof calendarKeys)[number]

/** What a reminder is about, to be opened from it. */
export const subjectTypes = [
  'account',
  'document',
  'reminder',
  'recurring',
  'budget',
  'transaction',
  'goal',
  'vault',
] as const
export const reminderSubjectSchema = z.strictObject({ type: z.enum(subjectTypes), id: idSchema.nullable() })
export type ReminderSubject = z.infer<typeof reminderSubjectSchema>

export const reminderKeySchema = z.string().min(3).max(200)
/** Days before the day itself, e.g. 7, 3, 0. */
const leadDaysSchema = z.array(z.int().min(0).max(366)).max(8)
const minuteSchema = z.int().min(0).max(1439)

/** Who saw to it: the user, a payment that was found, or the state of things (a new backup, a new statement). */
export const doneBys = ['user', 'payment', 'state'] as const

export const reminderSchema = z.strictObject({
  /** `source:subject:day`: the same in every run. */
  key: reminderKeySchema,
  /** The same for every occurrence: `source:subject`. */
  series: z.string(),
  source: z.string(),
  kind: z.enum(reminderKinds),
  /** The day to act by, after weekends and holidays. */
  on: isoDateSchema,
  /** The day that the contract names; another than `on` where that is no business day. */
  nominalOn: isoDateSchema,
  /** False where the holidays of that year have not been announced, so that `on` may still move. */
  dayCertain: z.boolean(),
  /** The name of the account, document or reminder. */
  title: z.string(),
  subject: reminderSubjectSchema,
  /** What is to be paid or comes in: a magnitude. */
  amount: moneySchema.nullable(),
  /** The amount may still change. */
  estimated: z.boolean(),
  /** What else the texts of this kind name. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  status: z.enum(['open', 'snoozed', 'done', 'dismissed']),
  doneBy: z.enum(doneBys).nullable(),
  doneOn: isoDateSchema.nullable(),
  snoozedUntil: civilTimeSchema.nullable(),
  /** Days from today to `on`; negative: past. */
  daysAway: z.int(),
  /** Open and past. */
  overdue: z.boolean(),
  /** When it was last told of. */
  toldAt: civilTimeSchema.nullable(),
  /** When it will be told of next, if nothing changes. */
  nextTellingAt: civilTimeSchema.nullable(),
})
export type Reminder = z.infer<typeof reminderSchema>

/** How an own reminder comes again. The day of the month is that of its first day, or the last where there is no such day. */
export const recurrenceSchema = z.strictObject({
  every: z.enum(['day', 'week', 'month', 'year']),
  interval: z.int().min(1).max(120).default(1),
  /** Months and years: on the last day of the month, whatever the first day is. */
  lastDay: z.boolean().default(false),
  /** The last day that it may fall on. */
  until: enteredDateSchema.nullable().default(null),
})
export type Recurrence = z.infer<typeof recurrenceSchema>

export const ownReminderDraftSchema = z.strictObject({
  title: lineSchema.min(1),
  notes: notesSchema.default(''),
  firstOn: enteredDateSchema,
  /** Null: once. */
  recurrence: recurrenceSchema.nullable().default(null),
  /** A magnitude with its currency. */
  amount: z
    .strictObject({ minor: enteredMinorSchema.nonnegative(), currency: currencySchema })
    .nullable()
    .default(null),
  accountId: idSchema.nullable().default(null),
  /** Null: as the settings say for own reminders. */
  leadDays: leadDaysSchema.nullable().default(null),
  roll: z.enum(rollRules).default('none'),
  /** Null: the calendar of the settings. */
  calendar: z.enum(calendarKeys).nullable().default(null),
  /** Minute of the day to tell it at; null: as the settings say. */
  tellAt: minuteSchema.nullable().default(null),
  /** Told again every so many days until it is done; null: once. */
  repeatDays: z.int().min(1).max(30).nullable().default(null),
})
export type OwnReminderDraft = z.infer<typeof ownReminderDraftSchema>
export const ownReminderSchema = ownReminderDraftSchema.extend({ id: idSchema }).strict()
export type OwnReminder = z.infer<typeof ownReminderSchema>

const kindChoiceSchema = z.strictObject({
  /** False: listed, never told of. */
  told: z.boolean().default(true),
  leadDays: leadDaysSchema.nullable().default(null),
  roll: z.enum(rollRules).nullable().default(null),
})
export const reminderSettingsSchema = z.strictObject({
  /** False: nothing is told of; the list stays. */
  telling: z.boolean().default(true),
  /** Minute of the day that reminders are told at. */
  tellAt: minuteSchema.default(9 * 60),
  /** Nothing is told of from … until …, by the wall clock; may span midnight. Null, or both the same: none. */
  quiet: z.strictObject({ from: minuteSchema, until: minuteSchema }).nullable().default({ from: 1320, until: 480 }),
  /** ISO weekdays without telling. */
  quietWeekdays: z.array(z.int().min(1).max(7)).max(6).default([]),
  /** Null: that of the base currency. */
  calendar: z.enum(calendarKeys).nullable().default(null),
  /** What is open after its day is told again every so many days; null: not. */
  repeatDays: z.int().min(1).max(30).nullable().default(null),
  /** What differs from the defaults, by kind. */
  kinds: z.partialRecord(z.enum(reminderKinds), kindChoiceSchema).default({}),
})
export type ReminderSettings = z.infer<typeof reminderSettingsSchema>

export interface KindDefaults {
  readonly leadDays: readonly number[]
  /** Days that it stays in sight after its day. */
  readonly lingerDays: number
  /**
   * The settings cannot move its day where that is no working day: what the vault notices by itself has no day to move,
   * and an own reminder says for itself where its day moves to.
   */
  readonly dayStays?: true
}

const paying: KindDefaults = { leadDays: [3, 0], lingerDays: 30 }
const expiring: KindDefaults = { leadDays: [30, 7, 0], lingerDays: 30 }
const alert: KindDefaults = { leadDays: [0], lingerDays: 14, dayStays: true }

/** Product decisions, not rules of law: what the user has not chosen. */
export const kindDefaults: Readonly<Record<ReminderKind, KindDefaults>> = {
  'card-statement': { leadDays: [], lingerDays: 3 },
  'card-payment': paying,
  'annual-fee': { leadDays: [14, 0], lingerDays: 14 },
  'loan-instalment': { leadDays: [3, 0], lingerDays: 7 },
  'loan-end': expiring,
  'rate-reset': { leadDays: [14, 0], lingerDays: 7 },
  'deposit-maturity': { leadDays: [7, 0], lingerDays: 30 },
  'product-maturity': { leadDays: [7, 0], lingerDays: 30 },
  'product-open': { leadDays: [3, 0], lingerDays: 7 },
  'interest-payment': { leadDays: [0], lingerDays: 7 },
  'insurance-premium': { leadDays: [14, 3, 0], lingerDays: 60 },
  'policy-expiry': expiring,
  bill: { leadDays: [3, 0], lingerDays: 7 },
  rent: { leadDays: [3, 0], lingerDays: 7 },
  tuition: { leadDays: [14, 3, 0], lingerDays: 30 },
  tax: { leadDays: [30, 7, 0], lingerDays: 30 },
  contribution: { leadDays: [3, 0], lingerDays: 7 },
  subscription: { leadDays: [3], lingerDays: 3 },
  'contract-end': expiring,
  'points-expiry': { leadDays: [30, 7, 0], lingerDays: 7 },
  'card-expiry': expiring,
  'document-expiry': { leadDays: [90, 30, 7, 0], lingerDays: 30 },
  'vehicle-inspection': { leadDays: [60, 30, 7, 0], lingerDays: 30 },
  'vehicle-insurance': { leadDays: [30, 7, 0], lingerDays: 30 },
  'statement-missing': { leadDays: [0], lingerDays: 60, dayStays: true },
  'backup-overdue': { leadDays: [0], lingerDays: 400, dayStays: true },
  'low-balance': { leadDays: [7, 3, 0], lingerDays: 7, dayStays: true },
  'large-spending': alert,
  'unusual-spending': alert,
  'price-rise': alert,
  'budget-near': alert,
  'budget-used-up': alert,
  repayment: { leadDays: [14, 1], lingerDays: 30 },
  'repayment-begins': expiring,
  'payout-begins': expiring,
  vesting: { leadDays: [7, 0], lingerDays: 14 },
  purchase: { leadDays: [14, 0], lingerDays: 7 },
  vaccination: { leadDays: [14, 3, 0], lingerDays: 30 },
  goal: expiring,
  own: { leadDays: [0], lingerDays: 30, dayStays: true },
  other: paying,
}

export const calendarFactsSchema = z.strictObject({
  key: z.enum(calendarKeys),
  nameZh: z.string(),
  nameEn: z.string(),
  /** Years whose days off are known in full; null: by rule, for every year. */
  years: z.array(z.int()).nullable(),
  confirmed: z.boolean(),
  source: z.string(),
})
export type CalendarFacts = z.infer<typeof calendarFactsSchema>

/** What the user has said of a reminder. */
export interface ReminderState {
  readonly status: 'open' | 'done' | 'dismissed'
  readonly doneOn: IsoDate | null
  readonly snoozedUntil: CivilTime | null
}

/** That a reminder was told of, and which telling it was: so many days before its day, negative: after. */
export interface ReminderTelling {
  readonly leadDays: number
  readonly toldAt: CivilTime
}
