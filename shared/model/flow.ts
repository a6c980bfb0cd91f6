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
