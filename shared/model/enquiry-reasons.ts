import { z } from 'zod'
import table from '../../resources/credit-enquiry-reasons.json' with { type: 'json' }

export const enquiryReasonKeys = [
  'card-approval',
  'loan-approval',
  'financing-approval',
  'guarantee-review',
  'after-loan',
  'after-guarantee',
  'client-review',
  'objection',
  'court',
  'fund-check',
  'futures-account',
  'own',
] as const
export type EnquiryReasonKey = (typeof enquiryReasonKeys)[number]

const reasonSchema = z.strictObject({
  key: z.enum(enquiryReasonKeys),
  words: z.array(z.string().min(1)).min(1),
  /** The person had asked for a card, a loan or to stand surety: what lenders count. */
  application: z.boolean(),
  source: z.string().min(1),
  confirmed: z.boolean(),
})
export type EnquiryReason = z.infer<typeof reasonSchema>

/** Why credit reports are looked at, as `resources/credit-enquiry-reasons.json` knows it. */
export const enquiryReasons: readonly EnquiryReason[] = z.array(reasonSchema).parse(table.reasons)

/** The known reason in a report's words, or null. */
export function enquiryReasonOf(text: string): EnquiryReason | null {
  return enquiryReasons.find(({ words }) => words.some((word) => text.includes(word))) ?? null
}
