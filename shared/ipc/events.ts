import { z } from 'zod'
import { jobIdSchema } from '../model/primitives.ts'

/** What the core tells without being asked. Events carry no figures: whoever cares asks again. */
export const coreEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('progress'),
    job: jobIdSchema,
    /** A key under `job.step.*`. */
    step: z.string(),
    done: z.number(),
    /** Null while it is not known how much there is. */
    total: z.number().nullable(),
    /** The file it is about, by its own name. */
    subject: z.string().nullable(),
  }),
  /** Something in the vault changed: nouns as in channel names. */
  z.strictObject({ type: z.literal('changed'), nouns: z.array(z.string()) }),
  z.strictObject({ type: z.literal('vault'), state: z.enum(['open', 'locked']) }),
  z.strictObject({ type: z.literal('settings') }),
  /** Files came into the watched folder, or left it. */
  z.strictObject({ type: z.literal('inbox') }),
  /** Reminders are to be told now, by a window that can. */
  z.strictObject({ type: z.literal('reminders-due') }),
  /** The calendar file was written, or could not be. */
  z.strictObject({ type: z.literal('calendar-file') }),
  /** The user chose something outside the window, to be shown in it: an address as in its links. */
  z.strictObject({ type: z.literal('go'), to: z.string().max(200) }),
])
export type CoreEvent = z.infer<typeof coreEventSchema>
