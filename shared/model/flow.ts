import { z } from 'zod'
import { currencySchema, idSchema, isoDateSchema, lineSchema, minorSchema } from './primitives.ts'
import { rateNoteSchema } from './figures.ts'

/**
 * What a transaction, or each part of one, is to the household. The migration `2026-11-26-flow` keeps it; where it says
 * "unfiled-in" or "unfiled-out", the kind of the account decides (`countedFlow`). Amounts: credit positive.
 *
 * - income: an income category; without a category dividends, interest received, whatever comes in. A clawback lowers it.
 * - expense: an expense category; without one fees, taxes, interest paid, whatever goes out. A refund (linked to its
 *   purchase, of an expense category, of the category "Refunds", or called one by its file) lowers the expense, under
 *   the purchase's category where that is known.
 * - transfer: both halves of a pair, a transfer category (card repayments, wallet top-ups, cash), a part that went to an
 *   own account; without a category also what pays a debt or funds an investment account.
 * - unpaired: its file calls it a transfer or a withdrawal, it has no category and no other half: neither income nor
 *   expense until it is filed, and told.
 * - trade: purchases, sales and deliveries of securities. Fees within a trade are part of its price.
 * - opening: an opening balance that a file tells as a line.
 */
export const flows = [
  'income',
  'expense',
  'unfiled-in',
  'unfiled-out',
  'transfer',
  'unpaired',
  'trade',
  'opening',
] as const
export type Flow = (typeof flows)[number]

/** What is left once unfiled lines have been judged. */
export const countedFlows = ['income', 'expense', 'transfer', 'unpaired', 'trade'] as const
export type CountedFlow = (typeof countedFlows)[number]

export const flowGroups = ['day', 'week', 'month', 'quarter', 'year'] as const
export type FlowGroup = (typeof flowGroups)[number]

/** What an unfiled amount counts as: `debt` what is owed on a loan, `card` a credit card, `investment` where money is invested. */
export type UnfiledAccount = 'ordinary' | 'card' | 'debt' | 'investment'

/**
 * What a line counts as; null: an opening balance, no flow at all. Without a category and without a telling kind: on an
 * ordinary account what comes in is income and what goes out an expense; on a card what comes in pays it (transfer) and
 * what goes out was bought (expense); on a loan, and where money is invested, it is money between own accounts.
 */
export function countedFlow(flow: Flow, account: UnfiledAccount): CountedFlow | null {
  if (flow === 'opening') return null
  if (flow === 'unfiled-in') return account === 'ordinary' ? 'income' : 'transfer'
  if (flow === 'unfiled-out') return account === 'ordinary' || account === 'card' ? 'expense' : 'transfer'
  return flow
}

/** Which lines a report is about. Absent: all. */
export const flowFilterSchema = z.strictObject({
  /** Absent: the accounts that count in net worth. */
  accountIds: z.array(idSchema).optional(),
  /** With everything below them in the tree; 0: lines without a category. */
  categoryIds: z.array(z.int().nonnegative()).optional(),
  /** With any of these tags. */
  tagIds: z.array(idSchema).optional(),
  /** Exactly as transactions show it. */
  payee: lineSchema.optional(),
})
export type FlowFilter = z.infer<typeof flowFilterSchema>

/** One sum of a report, in the base currency: each day's amounts at that day's rate. */
export const flowCellSchema = z.strictObject({
  /** First day of the week (Monday), month, quarter or year; the day itself. */
  period: isoDateSchema,
  flow: z.enum(countedFlows),
  /** 0: none. */
  categoryId: z.int().nonnegative(),
  /** Magnitudes; what it comes to is in − out. */
  inMinor: minorSchema,
  outMinor: minorSchema,
  count: z.int(),
})
export type FlowCell = z.infer<typeof flowCellSchema>

export const flowSheetSchema = z.strictObject({
  currency: currencySchema,
  cells: z.array(flowCellSchema),
  /** By currency: none is known for some day (null, its amounts are left out), or the oldest that stood in for its day's. */
  notes: z.array(rateNoteSchema),
})
export type FlowSheet = z.infer<typeof flowSheetSchema>

const spanSchema = z.strictObject({ from: isoDateSchema, to: isoDateSchema })
export type FlowSpan = z.infer<typeof spanSchema>

/** What a span comes to, in the base currency. */
export const flowTotalsSchema = spanSchema.extend({
  /** Net of clawbacks; positive: money came in. */
  incomeMinor: minorSchema,
  /** Net of refunds; positive: money was spent. */
  expenseMinor: minorSchema,
  /** Income − expense. */
  savedMinor: minorSchema,
  /** Saved ÷ income; null where there was no income. */
  savingsRate: z.number().nullable(),
})
export type FlowTotals = z.infer<typeof flowTotalsSchema>

export const flowCategorySchema = z.strictObject({
  /** 0: none. Amounts of the category alone, without those below it. */
  categoryId: z.int().nonnegative(),
  flow: z.enum(['income', 'expense']),
  /** Positive: income came in, an expense went out; negative where clawbacks or refunds are more than that. */
  minor: minorSchema,
  beforeMinor: minorSchema,
  lastYearMinor: minorSchema,
  count: z.int(),
  /** As `minor`, for each of the report's periods. */
  periods: z.array(minorSchema),
})
export type FlowCategory = z.infer<typeof flowCategorySchema>

/** A category that is far from its usual. */
export const moverSchema = z.strictObject({
  categoryId: z.int().nonnegative(),
  flow: z.enum(['income', 'expense']),
  /** above, below: its usual; new: nothing in nearly all periods before. */
  kind: z.enum(['above', 'below', 'new']),
  minor: minorSchema,
  /** The median of the like periods before; 0 for what is new. */
  usualMinor: minorSchema,
  /** (amount − usual) ÷ usual; null for what is new. */
  fraction: z.number().nullable(),
  /** How many periods the usual is made of. */
  periods: z.int(),
})
export type Mover = z.infer<typeof moverSchema>

/** Where money came from and went. Node magnitudes; what flows into a node flows out of it. */
export const flowDiagramSchema = z.strictObject({
  nodes: z.array(
    z.strictObject({
      key: z.string(),
      /** The column it stands in: sources, the household, groups, categories. */
      column: z.int().min(0).max(3),
      kind: z.enum([
        'income',
        'refund',
        'from-savings',
        'household',
        'group',
        'category',
        'clawback',
        'saved',
        'other',
      ]),
      /** The category it is; 0: none; null: no single one. */
      categoryId: z.int().nonnegative().nullable(),
      minor: minorSchema,
    }),
  ),
  links: z.array(z.strictObject({ from: z.string(), to: z.string(), minor: minorSchema })),
})
export type FlowDiagram = z.infer<typeof flowDiagramSchema>

export const flowReportSchema = z.strictObject({
  currency: currencySchema,
  group: z.enum(flowGroups),
  now: flowTotalsSchema,
  /** As long, just before. */
  before: flowTotalsSchema,
  /** The same days a year earlier. */
  lastYear: flowTotalsSchema,
  periods: z.array(flowTotalsSchema),
  /** First day of the first month with any flow: a span before it is not known, not empty. Null: there is none. */
  historyFrom: isoDateSchema.nullable(),
  /** Largest first within income, then expense. */
  categories: z.array(flowCategorySchema),
  diagram: flowDiagramSchema,
  /** The last whole period of the range, against the like ones before; null where the history is too short to say. */
  movers: z.strictObject({ group: z.enum(flowGroups), period: spanSchema, list: z.array(moverSchema) }).nullable(),
  /** Called a transfer by their files, without a category or another half: in neither sum until they are filed. */
  unpaired: z.strictObject({ count: z.int(), inMinor: minorSchema, outMinor: minorSchema }),
  notes: z.array(rateNoteSchema),
})
export type FlowReport = z.infer<typeof flowReportSchema>

export const largestLineSchema = z.strictObject({
  transactionId: idSchema,
  accountId: idSchema,
  bookedOn: isoDateSchema,
  payee: z.string(),
  memo: z.string(),
  categoryId: z.int().nonnegative(),
  flow: z.enum(['income', 'expense']),
  /** In the base currency, credit positive. */
  minor: minorSchema,
})
export type LargestLine = z.infer<typeof largestLineSchema>
