import { z } from 'zod'
import { rateNoteSchema } from './figures.ts'
import {
  currencySchema,
  enteredDateSchema,
  enteredMinorSchema,
  idSchema,
  isoDateSchema,
  minorSchema,
  monthSchema,
} from './primitives.ts'

/**
 * Budgets. All amounts are in the base currency; spent is money out less refunds, positive. What counts as spending is
 * told in `flow.ts`; transfers, repayments and trades never do.
 */

/**
 * - limit: how much may be spent in a period; nothing else is decided.
 * - envelope: what comes in is put into envelopes until nothing is left to assign; spending takes it out of them.
 */
export const budgetMethods = ['limit', 'envelope'] as const
export type BudgetMethod = (typeof budgetMethods)[number]

export const budgetPeriods = ['month', 'quarter', 'year'] as const
export type BudgetPeriod = (typeof budgetPeriods)[number]

/** What goes on into the next period: what is left, what was spent too much, both, neither. */
export const rollovers = ['none', 'rest', 'overspending', 'both'] as const
export type Rollover = (typeof rollovers)[number]

/** How the household budgets. */
export const budgetPlanSchema = z.strictObject({
  method: z.enum(budgetMethods).default('limit'),
  /** That amounts are kept in; the base currency when they were written. Null: none is. */
  currency: currencySchema.nullable().default(null),
  /** Nothing before this day counts; null: budgets have not begun. */
  startsOn: enteredDateSchema.nullable().default(null),
  /** The day a budget month begins, as that of the wage: with 15, November runs from 15 November to 14 December. */
  startDay: z.int().min(1).max(28).default(1),
  /** Envelopes: what there was to assign when they began. */
  openingMinor: enteredMinorSchema.default(0),
  /** From how many per cent of a budget on it is told. 100 is always told. */
  alertPercent: z.int().min(1).max(100).default(80),
})
export type BudgetPlan = z.infer<typeof budgetPlanSchema>

/** Only what is present changes. */
export const budgetPlanPatchSchema = z.strictObject({
  method: z.enum(budgetMethods).optional(),
  startsOn: enteredDateSchema.optional(),
  startDay: z.int().min(1).max(28).optional(),
  openingMinor: enteredMinorSchema.optional(),
  alertPercent: z.int().min(1).max(100).optional(),
})

/** How far a budget is used: near from the plan's threshold on, used-up at exactly all of it, over beyond it. */
export const budgetStates = ['within', 'near', 'used-up', 'over'] as const
export type BudgetState = (typeof budgetStates)[number]

/** A category's budget in the period that the month belongs to. */
export const budgetLineSchema = z.strictObject({
  categoryId: idSchema,
  period: z.enum(budgetPeriods),
  rollover: z.enum(rollovers),
  /** First and last day of the period. */
  from: isoDateSchema,
  to: isoDateSchema,
  /** The limit, or what was put into the envelope this month. */
  budgetedMinor: minorSchema,
  /** Came over from the period before; negative: overspent there. */
  carriedMinor: minorSchema,
  spentMinor: minorSchema,
  /** budgeted + carried − spent; negative: overspent. */
  leftMinor: minorSchema,
  /** What the period comes to at its pace up to today; null outside of it and before a seventh of it has passed. */
  projectedMinor: minorSchema.nullable(),
  /** spent ÷ (budgeted + carried) in hundredths of a per cent, rounded down; null where there is nothing to use. */
  usedShare: z.int().nullable(),
  state: z.enum(budgetStates),
})
export type BudgetLine = z.infer<typeof budgetLineSchema>

/** Sums of the lines of one period length. */
export const budgetTotalSchema = budgetLineSchema.pick({
  period: true,
  from: true,
  to: true,
  budgetedMinor: true,
  carriedMinor: true,
  spentMinor: true,
  leftMinor: true,
  projectedMinor: true,
  usedShare: true,
  state: true,
})
export type BudgetTotal = z.infer<typeof budgetTotalSchema>

/** Where the envelopes' money comes from. left to assign = before + income − assigned − outside + settled. */
export const toAssignSchema = z.strictObject({
  /** What is left to put into envelopes; negative: more was put in than there is. */
  leftMinor: minorSchema,
  /** Left to assign at the end of the month before, or what there was at the start. */
  beforeMinor: minorSchema,
  incomeMinor: minorSchema,
  /** Put into envelopes this month. */
  assignedMinor: minorSchema,
  /** Spent this month in categories without an envelope. */
  outsideMinor: minorSchema,
  /** From last month's envelopes: rests that come back, less overspending that was not carried on. */
  settledMinor: minorSchema,
  /** Already put into envelopes of later months; not part of the sum. */
  assignedLaterMinor: minorSchema,
})
export type ToAssign = z.infer<typeof toAssignSchema>

export const budgetViewSchema = z.strictObject({
  plan: budgetPlanSchema,
  currency: currencySchema,
  /** The month shown (YYYY-MM), its first and last day, and the day that counts as today. */
  month: monthSchema,
  from: isoDateSchema,
  to: isoDateSchema,
  today: isoDateSchema,
  /** The month that today is in. */
  thisMonth: monthSchema,
  /** The first month that can be shown. */
  firstMonth: monthSchema,
  lines: z.array(budgetLineSchema),
  /** One for each period length that there is. */
  totals: z.array(budgetTotalSchema),
  /** Spent this month under no budget, by category; 0: none. */
  outside: z.array(z.strictObject({ categoryId: z.int().nonnegative(), spentMinor: minorSchema })),
  incomeMinor: minorSchema,
  /** Null unless envelopes are used. */
  toAssign: toAssignSchema.nullable(),
  notes: z.array(rateNoteSchema),
})
export type BudgetView = z.infer<typeof budgetViewSchema>

/** What the last twelve months suggest for a category. */
export const budgetSuggestionSchema = z.strictObject({
  categoryId: idSchema,
  period: z.enum(budgetPeriods),
  amountMinor: minorSchema,
  /** Full months that were looked at. */
  months: z.int(),
  /** In how many of them something was spent. */
  monthsSpent: z.int(),
})
export type BudgetSuggestion = z.infer<typeof budgetSuggestionSchema>

/** A category's budget as the user wants it; without `period` or `rollover` these stay, new ones are monthly and take nothing on. */
export const budgetDraftSchema = z.strictObject({
  categoryId: idSchema,
  amountMinor: enteredMinorSchema,
  period: z.enum(budgetPeriods).optional(),
  rollover: z.enum(rollovers).optional(),
})
export type BudgetDraft = z.infer<typeof budgetDraftSchema>

/** Ways to fill a month's envelopes or limits at once. */
export const budgetFills = ['last-month', 'average', 'nothing'] as const
export type BudgetFill = (typeof budgetFills)[number]
