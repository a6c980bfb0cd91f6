import { z } from 'zod'

/** Where what falls due is written for calendar programs, and whether that worked. */
export const calendarFileSchema = z.strictObject({
  /** Null: none is kept. */
  path: z.string().nullable(),
  /** Milliseconds since the epoch; null: not since Onebook was started. */
  writtenAt: z.number().nullable(),
  events: z.int().nonnegative(),
  /** The last attempt failed: the folder is gone or cannot be written to. */
  trouble: z.enum(['missing', 'unwritable']).nullable(),
})
export type CalendarFile = z.infer<typeof calendarFileSchema>
