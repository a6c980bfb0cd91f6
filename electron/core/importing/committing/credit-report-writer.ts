import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Vault, WritableVault } from '../../storage/open-vault.ts'
import { prepared, sqlRows } from '../../storage/repositories/query.ts'
import type { ParsedCreditReport } from '../importer.ts'
import { tryToMinor } from './minor-amount.ts'

/** What reports of the People's Bank of China count in. */
const CNY = 'CNY' as CurrencyCode

/** Whether the vault has this very report: of the same person, number and day. */
export function knowsCreditReport(vault: Vault, { subject, number, reportedOn }: ParsedCreditReport): boolean {
  const sql = 'select 1 from credit_reports where subject = ? and number = ? and reported_on is ? limit 1'
  return sqlRows(vault, sql, subject, number, reportedOn).length > 0
}

/** Writes the report with all that it tells as the run's own; false where the vault has it already. */
export function writeCreditReport(vault: WritableVault, runId: number, report: ParsedCreditReport): boolean {
  if (knowsCreditReport(vault, report)) return false
  const { subject, number, reportedOn } = report
  const { lastInsertRowid } = prepared(
    vault,
    'insert into credit_reports (subject, number, reported_on, import_run_id) values (?, ?, ?, ?)',
  ).run(subject, number, reportedOn, runId)
  const id = Number(lastInsertRowid)
  const enquiry = prepared(
    vault,
    `insert into credit_enquiries (report_id, position, enquired_on, institution, reason, is_own)
     values (?, ?, ?, ?, ?, ?)`,
  )
  for (const [position, { on, institution, reason, isOwn }] of report.enquiries.entries()) {
    enquiry.run(id, position, on, institution, reason, isOwn ? 1 : 0)
  }
  const overdue = prepared(
    vault,
    `insert into credit_overdues
       (report_id, position, lender, product, opened_on, months, months_over_90, overdue_minor)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const [position, one] of report.overdues.entries()) {
    const minor = one.overdue === null ? null : tryToMinor(one.overdue, CNY)
    overdue.run(id, position, one.lender, one.product, one.openedOn, one.months, one.monthsOver90, minor)
  }
  const record = prepared(
    vault,
    'insert into credit_public_records (report_id, position, kind, body) values (?, ?, ?, ?)',
  )
  for (const [position, { kind, body }] of report.publicRecords.entries()) record.run(id, position, kind, body)
  return true
}
