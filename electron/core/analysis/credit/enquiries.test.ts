import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { computeEnquiries } from './enquiries.ts'

const of = (on: string, reason: string, institution = 'Bank', isOwn = false) => ({
  on: parseIsoDate(on),
  institution,
  reason,
  isOwn,
})
const all = [
  of('2026-01-05', '信用卡审批'),
  // two months before the 15th of January end with the 15th of November: the 16th is the first day of them
  of('2025-11-16', '贷款审批'),
  of('2025-11-15', '贷款审批'),
  of('2025-10-01', '本人查询（临柜）', '本人', true),
  of('2025-09-01', '贷后管理'),
  of('2024-01-16', '担保资格审查'),
  of('2024-01-15', '贷款审批'),
]

describe('enquiries of a report', () => {
  it('are those of the two years up to its day, counted by reason and by the months that lenders look at', () => {
    const { enquiries, reasons, applications } = computeEnquiries(all, parseIsoDate('2026-01-15'))
    expect(enquiries.map(({ on }) => on)).toEqual([
      '2026-01-05',
      '2025-11-16',
      '2025-11-15',
      '2025-10-01',
      '2025-09-01',
      '2024-01-16',
    ])
    expect(reasons.map(({ reasonKey, count }) => [reasonKey, count])).toEqual([
      ['loan-approval', 2],
      ['card-approval', 1],
      ['after-loan', 1],
      ['guarantee-review', 1],
    ])
    expect(applications).toEqual([
      { months: 2, count: 2 },
      { months: 6, count: 3 },
      { months: 24, count: 4 },
    ])
  })

  it('are all shown and not counted by months where the report’s day is unknown', () => {
    const { enquiries, applications } = computeEnquiries(all, null)
    expect(enquiries).toHaveLength(7)
    expect(applications).toBeNull()
  })

  it('keep a reason that is not known in the report’s words', () => {
    const { reasons } = computeEnquiries([of('2026-01-05', '其他原因')], parseIsoDate('2026-01-15'))
    expect(reasons).toEqual([{ reason: '其他原因', reasonKey: null, count: 1 }])
  })
})
