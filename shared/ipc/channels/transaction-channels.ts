import { z } from 'zod'
import { categoryDraftSchema, categoryPatchSchema, categorySchema } from '../../model/category.ts'
import { idSchema, lineSchema, moneySchema, nothingSchema } from '../../model/primitives.ts'
import {
  splitDraftSchema,
  transactionDraftSchema,
  transactionFilterSchema,
  transactionPatchSchema,
  transactionSchema,
} from '../../model/transaction.ts'
import type { Channel } from '../channel.ts'

const idsSchema = z.array(idSchema).min(1).max(50_000)
export const tagSchema = z.strictObject({ id: idSchema, name: z.string(), count: z.int() })

export const transactionChannels = {
  'transaction.list': {
    access: 'read',
    input: z.strictObject({
      filter: transactionFilterSchema,
      offset: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    /** Newest first. */
    output: z.strictObject({ total: z.int(), offset: z.int(), rows: z.array(transactionSchema) }),
  },
  /** Sums over everything that a filter matches, by currency. */
  'transaction.sums': {
    access: 'read',
    input: z.strictObject({ filter: transactionFilterSchema }),
    output: z.array(z.strictObject({ in: moneySchema, out: moneySchema, count: z.int() })),
  },
  'transaction.ids': {
    access: 'read',
    input: z.strictObject({ filter: transactionFilterSchema }),
    output: z.strictObject({ ids: z.array(idSchema), truncated: z.boolean() }),
  },
  'transaction.get': { access: 'read', input: z.strictObject({ id: idSchema }), output: transactionSchema },
  'transaction.create': { access: 'write', input: transactionDraftSchema, output: transactionSchema },
  /** One undoable change, however many rows. */
  'transaction.update': {
    access: 'write',
    input: z.strictObject({ ids: idsSchema, patch: transactionPatchSchema }),
    output: z.strictObject({ updated: z.int() }),
  },
  'transaction.delete': {
    access: 'write',
    input: z.strictObject({ ids: idsSchema }),
    output: z.strictObject({ deleted: z.int() }),
  },
  /** What a file said of a part stays with the part of the same place and amount. An empty list removes the splits; else they must add up to the transaction: `invalid-input`. */
  'transaction.setSplits': {
    access: 'write',
    input: z.strictObject({ id: idSchema, splits: z.array(splitDraftSchema).max(100) }),
    output: transactionSchema,
  },
  'transfer.link': {
    access: 'write',
    input: z.strictObject({ fromId: idSchema, toId: idSchema }),
    output: nothingSchema,
  },
  'transfer.unlink': { access: 'write', input: z.strictObject({ transactionId: idSchema }), output: nothingSchema },
  /** Likely other halves: opposite amount in another account within seven days. */
  'transfer.candidates': {
    access: 'read',
    input: z.strictObject({ transactionId: idSchema }),
    output: z.array(transactionSchema),
  },
  'category.list': { access: 'read', input: nothingSchema, output: z.array(categorySchema) },
  'category.create': { access: 'write', input: categoryDraftSchema, output: categorySchema },
  'category.update': {
    access: 'write',
    input: z.strictObject({ id: idSchema, patch: categoryPatchSchema }),
    output: categorySchema,
  },
  /** Rows keep their history: they move to `replaceWithId` or become uncategorised. */
  'category.delete': {
    access: 'write',
    input: z.strictObject({ id: idSchema, replaceWithId: idSchema.nullable().default(null) }),
    output: nothingSchema,
  },
  'tag.list': { access: 'read', input: nothingSchema, output: z.array(tagSchema) },
  'tag.create': { access: 'write', input: z.strictObject({ name: lineSchema.min(1) }), output: tagSchema },
  'tag.rename': {
    access: 'write',
    input: z.strictObject({ id: idSchema, name: lineSchema.min(1) }),
    output: tagSchema,
  },
  'tag.delete': { access: 'write', input: z.strictObject({ id: idSchema }), output: nothingSchema },
} as const satisfies Record<string, Channel>
