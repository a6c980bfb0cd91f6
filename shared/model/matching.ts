import { z } from 'zod'
import { idSchema, isoDateSchema } from './primitives.ts'
import { transactionSchema } from './transaction.ts'

/**
 * `duplicate`: one booking that two sources tell of. `transfer`: money between two own accounts. `funding`: a wallet's
 * purchase and the bank's line that paid for it, both outgoing. `refund`: money back for an earlier purchase.
 */
export const matchKinds = ['duplicate', 'transfer', 'funding', 'refund'] as const
export type MatchKind = (typeof matchKinds)[number]
export const matchStatuses = ['proposed', 'confirmed', 'rejected'] as const

/** Why two lines are thought to belong together; each has a text in both languages under `match.evidence.*`. */
export const evidenceCodes = [
  'same-day',
  'days-apart',
  'value-day',
  'same-time',
  'other-time',
  'same-reference',
  'reference-within',
  'same-check',
  'other-check',
  'same-counterparty',
  'same-payee',
  'similar-words',
  'other-words',
  'names-platform',
  'same-statement',
  'other-source',
  'same-source',
  'outside-period',
  'same-trade',
  'other-trade',
  'only-candidate',
  'says-transfer',
  'card-payment',
  'wallet-move',
  'names-number',
  'names-account',
  'names-institution',
  'original-amount',
  'amount-at-rate',
  'odd-amount',
  'fee-stated',
  'at-merchant',
  'other-kind',
  'arrives-first',
  'says-refund',
  'same-order',
  'full-amount',
  'partial-amount',
  'long-ago',
] as const
export type EvidenceCode = (typeof evidenceCodes)[number]

export const matchEvidenceSchema = z.strictObject({
  code: z.enum(evidenceCodes),
  /** In decibans: ten make the link ten times likelier, below zero less likely. */
  weight: z.int(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type MatchEvidence = z.infer<typeof matchEvidenceSchema>

/** What a duplicate that was merged had said of itself. */
export const mergedLineSchema = z.strictObject({
  bookedOn: isoDateSchema,
  payee: z.string(),
  memo: z.string(),
  importRunId: idSchema.nullable(),
})

export const matchSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(matchKinds),
  status: z.enum(matchStatuses),
  /** Between 0 and 1. */
  confidence: z.number(),
  /** Whether it would have been applied without asking. */
  certain: z.boolean(),
  evidence: z.array(matchEvidenceSchema),
  /** Of a duplicate the one that stays, of a transfer where the money left, of a refund the purchase. */
  first: transactionSchema,
  /** Null for a duplicate that was merged into the first. */
  second: transactionSchema.nullable(),
  merged: mergedLineSchema.nullable(),
  importRunId: idSchema.nullable(),
})
export type Match = z.infer<typeof matchSchema>

/** What an import found beside its rows: applied without asking, and left to be confirmed. */
export const matchCountsSchema = z.strictObject({
  merged: z.int(),
  linked: z.int(),
  toReview: z.int(),
})
export type MatchCounts = z.infer<typeof matchCountsSchema>

/** What a preview says of it: by kind, how many and between which confidences. */
export const matchPreviewSchema = matchCountsSchema.extend({
  groups: z.array(
    z.strictObject({
      kind: z.enum(matchKinds),
      /** Will be applied without asking. */
      certain: z.boolean(),
      count: z.int(),
      least: z.number(),
      most: z.number(),
    }),
  ),
})
export type MatchPreview = z.infer<typeof matchPreviewSchema>
