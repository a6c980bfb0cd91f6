import { z } from 'zod'
import {
  budgetDraftSchema,
  budgetFills,
  budgetPeriods,
  budgetPlanPatchSchema,
  budgetPlanSchema,
  budgetSuggestionSchema,
  budgetViewSchema,
  rollovers,
} from '../../model/budget.ts'
import {
  currencySchema,
  enteredMinorSchema,
  idSchema,
  minorSchema,
  monthSchema,
  nothingSchema,
} from '../../model/primitives.ts'
import type { Channel } from '../channel.ts'

/** Budgets by category: limits or envelopes. Every change can be undone. */
export const budgetChannels = {
  /** A month's budgets; null: the month that today is in. A month before the first one gives the first one. */
  'budget.get': {
    access: 'read',
    input: z.strictObject({ month: monthSchema.nullable().default(null) }),
    output: budgetViewSchema,
  },
  /** Limits: from this month's period on. Envelopes: what is put in this month. A category without a budget gets one. */
  'budget.set': {
    access: 'write',
    input: budgetDraftSchema.extend({ month: monthSchema }),
    output: nothingSchema,
  },
  /** Several at once, as one change; begins budgeting where it has not begun. */
  'budget.start': {
    access: 'write',
    input: z.strictObject({ plan: budgetPlanPatchSchema, budgets: z.array(budgetDraftSchema).max(500) }),
    output: nothingSchema,
  },
  'budget.configure': {
    access: 'write',
    input: z.strictObject({
      categoryId: idSchema,
      period: z.enum(budgetPeriods).optional(),
      rollover: z.enum(rollovers).optional(),
    }),
    output: nothingSchema,
  },
  /** Takes the budget away with all its amounts; no transaction changes. */
  'budget.remove': { access: 'write', input: z.strictObject({ categoryId: idSchema }), output: nothingSchema },
  /** Gives every monthly budget of the month last month's amount, the average spent in the three months before, or nothing. */
  'budget.fill': {
    access: 'write',
    input: z.strictObject({ month: monthSchema, by: z.enum(budgetFills) }),
    output: z.strictObject({ count: z.int() }),
  },
  /** Moves money between envelopes; null: what is left to assign. For covering overspending too. */
  'budget.move': {
    access: 'write',
    input: z.strictObject({
      month: monthSchema,
      from: idSchema.nullable(),
      to: idSchema.nullable(),
      amountMinor: enteredMinorSchema.positive(),
    }),
    output: nothingSchema,
  },
  'budget.savePlan': { access: 'write', input: budgetPlanPatchSchema, output: budgetPlanSchema },
  /** What the last twelve full months suggest, and what there would be to assign today. */
  'budget.suggest': {
    access: 'read',
    input: nothingSchema,
    output: z.strictObject({
      currency: currencySchema,
      suggestions: z.array(budgetSuggestionSchema),
      /** Money at hand less what cards owe. */
      atHandMinor: minorSchema,
      /** Median income of those months. */
      incomeMinor: minorSchema,
    }),
  },
} as const satisfies Record<string, Channel>
