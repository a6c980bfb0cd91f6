import { z } from 'zod'
import { viewedPersonSchema } from '../../model/person.ts'
import { monthSchema } from '../../model/primitives.ts'
import { monthReportSchema } from '../../model/report.ts'
import type { Channel } from '../channel.ts'

export const reportChannels = {
  /** What a month came to: net worth, cash flow, what was out of the ordinary, the largest items, what is due next. */
  'report.month': {
    access: 'read',
    input: z.strictObject({ month: monthSchema, person: viewedPersonSchema }),
    output: monthReportSchema,
  },
} as const satisfies Record<string, Channel>
