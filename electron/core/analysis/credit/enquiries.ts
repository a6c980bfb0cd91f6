import { addMonths, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { CreditReport } from '../../../../shared/model/credit.ts'
import { enquiryReasonOf } from '../../../../shared/model/enquiry-reasons.ts'

export interface Enquiry {
  readonly on: IsoDate
  readonly institution: string
  readonly reason: string
  readonly isOwn: boolean
}

/** Spans that lenders look at, in months up to the report. */
export const APPLICATION_MONTHS = [2, 6, 24] as const
const KEPT_MONTHS = 24

/**
 * The enquiries of the two years up to the report, which is as far as a report goes; those of institutions counted by
 * reason, and the applications among them in the last 2, 6 and 24 months. A span of n months ends with the report's day
 * and begins the day after the same day n months earlier. Counted from the report's day and not from today: what came
 * after it is not known. Without that day all are shown and no span is counted.
 */
export function computeEnquiries(
  all: readonly Enquiry[],
  reportedOn: IsoDate | null,
): Pick<CreditReport, 'enquiries' | 'reasons' | 'applications'> {
  const since = (months: number): IsoDate | null => (reportedOn === null ? null : addMonths(reportedOn, -months))
  const within = (on: IsoDate, months: number): boolean => {
    const after = since(months)
    return after === null || on > after
  }
  const enquiries = all
    .filter(({ on }) => within(on, KEPT_MONTHS))
    .map(({ on, institution, reason, isOwn }) => {
      return { on, institution, reason, reasonKey: enquiryReasonOf(reason)?.key ?? null, isOwn }
    })
  const byInstitutions = enquiries.filter(({ isOwn }) => !isOwn)
  const reasons = new Map<string, CreditReport['reasons'][number]>()
  for (const { reason, reasonKey } of byInstitutions) {
    const name = reasonKey ?? reason
    const known = reasons.get(name)
    reasons.set(name, { reason, reasonKey, count: (known?.count ?? 0) + 1 })
  }
  const applied = byInstitutions.filter(({ reason }) => enquiryReasonOf(reason)?.application === true)
  return {
    enquiries,
    reasons: [...reasons.values()].toSorted((left, right) => right.count - left.count),
    applications:
      reportedOn === null
        ? null
        : APPLICATION_MONTHS.map((months) => ({
            months,
            count: applied.filter(({ on }) => within(on, months)).length,
          })),
  }
}
