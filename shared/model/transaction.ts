import { z } from 'zod'
import { categorySources } from './category.ts'
import {
  currencySchema,
  decimalSchema,
  enteredDateSchema,
  enteredMinorSchema,
  idSchema,
  isoDateSchema,
  lineSchema,
  minorSchema,
  moneySchema,
  notesSchema,
} from './primitives.ts'

export const transactionKinds = [
  'payment',
  'transfer',
  'refund',
  'buy',
  'sell',
  'dividend',
  'interest',
  'fee',
  'tax',
  'reinvestment',
  'security-in',
  'security-out',
  'split',
  'return-of-capital',
  'cash-withdrawal',
  'deposit',
  'opening',
  'other',
] as const

export const splitDraftSchema = z.strictObject({
  /** Signed as the transaction's amount. */
  amountMinor: minorSchema,
  categoryId: idSchema.nullable(),
  memo: z.string().max(500),
})
export const splitSchema = splitDraftSchema.extend({
  /** What the imported file called its category; "[Savings]" where it is a transfer to that account. */
  sourceCategory: z.string().nullable(),
  /** The transaction on the other account, where the part is a transfer that was found there. */
  transfer: z.strictObject({ transactionId: idSchema, accountId: idSchema }).nullable(),
})
export type Split = z.infer<typeof splitSchema>

export const transactionSchema = z.strictObject({
  id: idSchema,
  accountId: idSchema,
  bookedOn: isoDateSchema,
  valueOn: isoDateSchema.nullable(),
  time: z.string().nullable(),
  /** The effect on the account: credit positive. */
  amount: moneySchema,
  /** The account's balance after this row, where the list is of one account without other filters. */
  runningBalance: moneySchema.nullable(),
  kind: z.enum(transactionKinds),
  status: z.enum(['booked', 'pending']),
  payee: z.string(),
  rawPayee: z.string(),
  memo: z.string(),
  reference: z.string().nullable(),
  counterparty: z.string().nullable(),
  categoryId: idSchema.nullable(),
  sourceCategory: z.string().nullable(),
  /** Why it has its category; 'user' also where the user took it away; null where nobody has chosen. */
  categorySource: z.enum(categorySources).nullable(),
  original: z.strictObject({ amount: moneySchema, rate: decimalSchema.nullable() }).nullable(),
  splits: z.array(splitSchema),
  tagIds: z.array(idSchema),
  notes: z.string(),
  /** The other half of a transfer; it may be one part of that transaction. */
  transfer: z.strictObject({ transactionId: idSchema, accountId: idSchema }).nullable(),
  trade: z
    .strictObject({
      securityId: idSchema,
      securityName: z.string(),
      quantity: decimalSchema,
      price: decimalSchema.nullable(),
      feeMinor: minorSchema,
      taxMinor: minorSchema,
    })
    .nullable(),
  importRunId: idSchema.nullable(),
  attachmentCount: z.int().nonnegative(),
})
export type Transaction = z.infer<typeof transactionSchema>

export const transactionDraftSchema = z.strictObject({
  accountId: idSchema,
  bookedOn: enteredDateSchema,
  valueOn: enteredDateSchema.nullable().default(null),
  amountMinor: enteredMinorSchema,
  kind: z.enum(transactionKinds).default('payment'),
  payee: lineSchema.default(''),
  memo: lineSchema.default(''),
  categoryId: idSchema.nullable().default(null),
  notes: notesSchema.default(''),
})

export const transactionPatchSchema = z.strictObject({
  bookedOn: enteredDateSchema.optional(),
  valueOn: enteredDateSchema.nullable().optional(),
  amountMinor: enteredMinorSchema.optional(),
  payee: lineSchema.optional(),
  memo: lineSchema.optional(),
  notes: notesSchema.optional(),
  categoryId: idSchema.nullable().optional(),
  kind: z.enum(transactionKinds).optional(),
  /** Replaces all tags of the rows. */
  tagIds: z.array(idSchema).optional(),
  addTagIds: z.array(idSchema).optional(),
  removeTagIds: z.array(idSchema).optional(),
})

export const transactionFilterSchema = z.strictObject({
  accountIds: z.array(idSchema).optional(),
  /** Of accounts that are at least in part this person's; their transactions are whole. */
  person: idSchema.optional(),
  from: isoDateSchema.optional(),
  to: isoDateSchema.optional(),
  /** Matches payee, memo, notes, reference, counterparty: every word must occur, case ignored. */
  text: z.string().max(200).optional(),
  /** The language of the search: words, amounts, days, operators; see `docs/search.md`. */
  query: z.string().max(200).optional(),
  categoryIds: z.array(idSchema).optional(),
  uncategorised: z.boolean().optional(),
  tagIds: z.array(idSchema).optional(),
  kinds: z.array(z.enum(transactionKinds)).optional(),
  /** Bounds on the magnitude. */
  minMinor: minorSchema.optional(),
  maxMinor: minorSchema.optional(),
  direction: z.enum(['in', 'out']).optional(),
  status: z.enum(['booked', 'pending']).optional(),
  importRunId: idSchema.optional(),
  currency: currencySchema.optional(),
})
export type TransactionFilter = z.infer<typeof transactionFilterSchema>
