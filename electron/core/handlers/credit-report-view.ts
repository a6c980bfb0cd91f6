import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import { money } from '../../../shared/domain/money.ts'
import type { CreditReport } from '../../../shared/model/credit.ts'
import { computeEnquiries } from '../analysis/credit/enquiries.ts'
import type { Vault } from '../storage/open-vault.ts'
import {
  loadEnquiries,
  loadNewestReports,
  loadOverdues,
  loadPublicRecords,
  type StoredOverdue,
  type StoredReport,
} from '../storage/repositories/credit-report-repository.ts'
import { loadPersons } from '../storage/repositories/person-repository.ts'

const CNY = 'CNY' as CurrencyCode

/**
 * The newest report of each person. In one person's view those of other people of the household are left out; a report
 * whose name is nobody's here is shown to all, for it says itself whose it is.
 */
export function presentCreditReports(vault: Vault, person: number | null): CreditReport[] {
  const persons = loadPersons(vault)
  const isTheirs = (subject: string): boolean => {
    const named = persons.filter(({ name }) => name === subject)
    return person === null || named.length === 0 || named.some(({ id }) => id === person)
  }
  return loadNewestReports(vault)
    .filter(({ subject }) => isTheirs(subject))
    .map((report) => presentReport(vault, report))
}

function presentReport(vault: Vault, { id, subject, reportedOn }: StoredReport): CreditReport {
  return {
    id,
    subject,
    reportedOn,
    ...computeEnquiries(loadEnquiries(vault, id), reportedOn),
    overdues: loadOverdues(vault, id).map(presentOverdue),
    publicRecords: loadPublicRecords(vault, id),
  }
}

function presentOverdue({ overdueMinor, ...overdue }: StoredOverdue): CreditReport['overdues'][number] {
  return { ...overdue, overdue: overdueMinor === null ? null : money(overdueMinor, CNY) }
}
