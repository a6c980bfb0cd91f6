import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { CreditReport } from '../../../../shared/model/credit.ts'
import type { Vault } from '../open-vault.ts'
import { sqlRows } from './query.ts'

export interface StoredReport {
  readonly id: number
  readonly subject: string
  readonly reportedOn: IsoDate | null
}
export interface StoredEnquiry {
  readonly on: IsoDate
  readonly institution: string
  readonly reason: string
  readonly isOwn: boolean
}
export interface StoredOverdue extends Omit<CreditReport['overdues'][number], 'overdue'> {
  /** A magnitude in CNY. */
  readonly overdueMinor: number | null
}

/** The newest report of each person it names; of two of one day that which came last. */
export function loadNewestReports(vault: Vault): StoredReport[] {
  return sqlRows<StoredReport>(
    vault,
    `select id, subject, reported_on as reportedOn from (
       select *, row_number() over (partition by subject order by reported_on desc nulls last, id desc) as place
       from credit_reports)
     where place = 1 order by subject`,
  )
}

/** Who looked at the report, the newest first. */
export function loadEnquiries(vault: Vault, reportId: number): StoredEnquiry[] {
  return sqlRows<Omit<StoredEnquiry, 'isOwn'> & { isOwn: 0 | 1 }>(
    vault,
    `select enquired_on as "on", institution, reason, is_own as isOwn from credit_enquiries
     where report_id = ? order by enquired_on desc, position`,
    reportId,
  ).map(({ on, institution, reason, isOwn }) => ({ on, institution, reason, isOwn: isOwn === 1 }))
}

export function loadOverdues(vault: Vault, reportId: number): StoredOverdue[] {
  return sqlRows<StoredOverdue>(
    vault,
    `select lender, product, opened_on as openedOn, months, months_over_90 as monthsOver90,
       overdue_minor as overdueMinor from credit_overdues where report_id = ? order by position`,
    reportId,
  )
}

export function loadPublicRecords(vault: Vault, reportId: number): CreditReport['publicRecords'] {
  return sqlRows<CreditReport['publicRecords'][number]>(
    vault,
    'select kind, body from credit_public_records where report_id = ? order by position',
    reportId,
  )
}
