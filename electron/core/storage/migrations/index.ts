import type { Migration } from 'kysely/migration'
import * as foundation from './2026-11-23-foundation.ts'
import * as fingerprintDays from './2026-11-25-fingerprint-days.ts'
import * as matches from './2026-11-25-matches.ts'
import * as reconciliation from './2026-11-25-reconciliation.ts'
import * as rules from './2026-11-25-rules.ts'
import * as budgets from './2026-11-26-budgets.ts'
import * as flow from './2026-11-26-flow.ts'
import * as people from './2026-11-26-people.ts'
import * as recurring from './2026-11-26-recurring.ts'
import * as reminders from './2026-11-26-reminders.ts'
import * as search from './2026-11-26-search.ts'
import * as yearOutlook from './2026-11-26-year-outlook.ts'
import * as unlikePayments from './2026-11-27-unlike-payments.ts'
import * as watchSettled from './2026-11-27-watch-settled.ts'
import * as creditReports from './2026-11-29-credit-reports.ts'
import * as settledBefore from './2026-11-29-settled-before.ts'
import * as widePayeeIndex from './2026-11-30-wide-payee-index.ts'
import * as wideRefundIndex from './2026-11-30-wide-refund-index.ts'

/**
 * Every migration by its name, which begins with its date: they run in the order of their names, forward only. A
 * migration that has been released is frozen and imports kysely alone.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '2026-11-23-foundation': foundation,
  '2026-11-25-fingerprint-days': fingerprintDays,
  '2026-11-25-matches': matches,
  '2026-11-25-reconciliation': reconciliation,
  '2026-11-25-rules': rules,
  '2026-11-26-budgets': budgets,
  '2026-11-26-flow': flow,
  '2026-11-26-people': people,
  '2026-11-26-recurring': recurring,
  '2026-11-26-reminders': reminders,
  '2026-11-26-search': search,
  '2026-11-26-year-outlook': yearOutlook,
  '2026-11-27-unlike-payments': unlikePayments,
  '2026-11-27-watch-settled': watchSettled,
  '2026-11-29-credit-reports': creditReports,
  '2026-11-29-settled-before': settledBefore,
  '2026-11-30-wide-payee-index': widePayeeIndex,
  '2026-11-30-wide-refund-index': wideRefundIndex,
}
