import { z } from 'zod'
import { netWorthSchema, overviewSchema } from './figures.ts'
import { flowReportSchema, flowTotalsSchema, largestLineSchema } from './flow.ts'
import { isoDateSchema, monthSchema } from './primitives.ts'

/** A month on one page. */
export const monthReportSchema = z.strictObject({
  month: monthSchema,
  /** Last day of the month, or today where it is not over. */
  until: isoDateSchema,
  /** The evening before the month; null: the records had not begun, so that it is not known. */
  netWorthBefore: netWorthSchema.nullable(),
  netWorth: netWorthSchema,
  flow: flowReportSchema,
  /** The twelve months up to this one. */
  trend: z.array(flowTotalsSchema),
  largest: z.array(largestLineSchema),
  /** What falls due within 30 days from today; empty for a month that is long over. */
  due: overviewSchema.shape.due,
})
export type MonthReport = z.infer<typeof monthReportSchema>
