import { z } from 'zod'
import { fileTokenSchema } from './primitives.ts'

/** A folder of the user's whose new files are picked up. */
export const inboxSchema = z.strictObject({
  /** As the user knows it; null where none was chosen. */
  folder: z.string().nullable(),
  /** `missing`: the folder is not there; `unreadable`: it cannot be read. */
  trouble: z.enum(['missing', 'unreadable']).nullable(),
  /** New files that nobody has looked at, oldest first. */
  waiting: z.array(z.strictObject({ file: fileTokenSchema, name: z.string(), bytes: z.int() })),
  /** How many files were imported by themselves since the vault was opened. */
  imported: z.int(),
})
export type Inbox = z.infer<typeof inboxSchema>
