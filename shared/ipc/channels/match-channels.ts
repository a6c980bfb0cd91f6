import { z } from 'zod'
import { idSchema, isoDateSchema } from '../../model/primitives.ts'
import { matchKinds, matchSchema, matchStatuses } from '../../model/matching.ts'
import type { Channel } from '../channel.ts'

const idsSchema = z.array(idSchema).min(1).max(10_000)

export const matchChannels = {
  /** The likeliest first. */
  'match.list': {
    access: 'read',
    input: z.strictObject({
      status: z.enum(matchStatuses).default('proposed'),
      kinds: z.array(z.enum(matchKinds)).optional(),
      /** Only links of this transaction. */
      transactionId: idSchema.optional(),
      importRunId: idSchema.optional(),
      offset: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.strictObject({
      total: z.int(),
      /** How many of them are certain enough to be confirmed together. */
      certain: z.int(),
      rows: z.array(matchSchema),
    }),
  },
  /**
   * Does what the links say, in one undoable change: a duplicate is merged into its first line, a transfer's halves are
   * linked, the bank's line and a wallet's purchase get the missing half between them, a refund is linked to its purchase.
   * `certain: true` instead of ids takes all that are certain. A link that can no longer be is left out of the count.
   */
  'match.confirm': {
    access: 'write',
    input: z.union([z.strictObject({ ids: idsSchema }), z.strictObject({ certain: z.literal(true) })]),
    output: z.strictObject({ confirmed: z.int() }),
  },
  /** The two are not the same; it is remembered, also when their file is imported again. */
  'match.reject': {
    access: 'write',
    input: z.strictObject({ ids: idsSchema }),
    output: z.strictObject({ rejected: z.int() }),
  },
  /** Takes a confirmed link apart: a merged line comes back as it was. Remembered as rejected. */
  'match.unlink': { access: 'write', input: z.strictObject({ id: idSchema }), output: z.strictObject({}) },
  /** Looks through what the vault holds between two days and proposes what it finds; applies nothing. */
  'match.find': {
    access: 'write',
    job: true,
    input: z.strictObject({ from: isoDateSchema, to: isoDateSchema }),
    output: z.strictObject({ found: z.int() }),
  },
} as const satisfies Record<string, Channel>
