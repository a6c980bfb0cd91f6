import { z } from 'zod'
import { flowFilterSchema, flowGroups, flowReportSchema, largestLineSchema } from '../../model/flow.ts'
import { viewedPersonSchema } from '../../model/person.ts'
import { enteredDateSchema } from '../../model/primitives.ts'
import type { Channel } from '../channel.ts'

const askedSchema = z.strictObject({
  from: enteredDateSchema,
  /** The last day that counts. */
  to: enteredDateSchema,
  filter: flowFilterSchema.default({}),
  /** Weighs each account by this person's share; null: the household's whole. */
  person: viewedPersonSchema,
})

export const flowChannels = {
  /** What came in, what went out and what stayed, against the time before. At most 400 periods. */
  'flow.report': {
    access: 'read',
    input: askedSchema.extend({ group: z.enum(flowGroups) }),
    output: flowReportSchema,
  },
  /** The largest single incomes and expenses of a span. */
  'flow.largest': {
    access: 'read',
    input: askedSchema.extend({ limit: z.int().min(1).max(50).default(10) }),
    output: z.array(largestLineSchema),
  },
  /** Payees that contain the text, by name: at most twenty. */
  'flow.payees': {
    access: 'read',
    input: z.strictObject({ text: z.string().max(100) }),
    output: z.array(z.string()),
  },
} as const satisfies Record<string, Channel>
