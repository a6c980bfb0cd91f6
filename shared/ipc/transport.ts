import { z } from 'zod'
import { jobIdSchema } from '../model/primitives.ts'

/** The envelope that every transport carries. `job` is chosen by the caller, to follow and cancel long work. */
export const requestSchema = z.strictObject({
  channel: z.string().max(64),
  input: z.unknown(),
  job: jobIdSchema.optional(),
})
export type Request = z.infer<typeof requestSchema>
