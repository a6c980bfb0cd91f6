import { z } from 'zod'
import { rateNoteSchema } from '../../model/figures.ts'
import { viewedPersonSchema } from '../../model/person.ts'
import {
  currencySchema,
  idSchema,
  isoDateSchema,
  minorSchema,
  moneySchema,
  nothingSchema,
} from '../../model/primitives.ts'
import { recurringDraftSchema, recurringItemSchema, recurringPatchSchema } from '../../model/recurring.ts'
import type { Channel } from '../channel.ts'

const keySchema = z.string().min(1).max(700)

export const recurringListSchema = z.strictObject({
  /** The base currency, that of the totals. */
  currency: currencySchema,
  items: z.array(recurringItemSchema),
  /**
   * Of what goes on, is not dismissed and is no transfer between own accounts, magnitudes. A month is a twelfth of the
   * year, rounded.
   */
  totals: z.strictObject({
    outYearMinor: minorSchema,
    outMonthMinor: minorSchema,
    inYearMinor: minorSchema,
    inMonthMinor: minorSchema,
  }),
  notes: z.array(rateNoteSchema),
  /** Rows have come or changed that have not been looked at yet. */
  pending: z.boolean(),
})
export type RecurringList = z.infer<typeof recurringListSchema>

export const recurringChannels = {
  /** Everything that comes again on the person's accounts, what is next first: items whole, totals their part. Read from what was found last; looks at no history. */
  'recurring.list': {
    access: 'read',
    input: z.strictObject({ person: viewedPersonSchema }),
    output: recurringListSchema,
  },
  /** The payments that a series was found in, newest first. */
  'recurring.rows': {
    access: 'read',
    input: z.strictObject({ key: keySchema }),
    output: z.array(
      z.strictObject({
        transactionId: idSchema,
        accountId: idSchema,
        bookedOn: isoDateSchema,
        amount: moneySchema,
        payee: z.string(),
      }),
    ),
  },
  /** Says that a series is one, is none, or takes back what was said. */
  'recurring.decide': {
    access: 'write',
    input: z.strictObject({ key: keySchema, status: z.enum(['detected', 'confirmed', 'dismissed']) }),
    output: nothingSchema,
  },
  /** Corrects a series; this also confirms one that was only found. */
  'recurring.edit': {
    access: 'write',
    input: z.strictObject({ key: keySchema, patch: recurringPatchSchema }),
    output: nothingSchema,
  },
  'recurring.add': {
    access: 'write',
    input: recurringDraftSchema,
    output: z.strictObject({ key: keySchema }),
  },
  /** Takes away one that was made by hand, or what was said of one that was found. */
  'recurring.remove': { access: 'write', input: z.strictObject({ key: keySchema }), output: nothingSchema },
  /** Looks at what is new or changed, or at the whole history again. Answers how many series there are. */
  'recurring.refresh': {
    access: 'write',
    job: true,
    input: z.strictObject({ whole: z.boolean().default(false) }),
    output: z.strictObject({ series: z.int().nonnegative(), looked: z.int().nonnegative() }),
  },
} as const satisfies Record<string, Channel>
