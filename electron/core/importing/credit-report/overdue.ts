import { type Decimal, tryParseDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { ParsedOverdue } from '../importer.ts'
import type { CreditEntry } from './credit-entry.ts'

/** Quasi-credit cards count months overdrawn for more than 60 days instead of months overdue. */
const MONTHS = /最近5年内有(\d{1,2})个月(?:处于逾期状态|透支超过60天)/
const OVER_90 = /其中(\d{1,2})个月(?:处于)?(?:逾期|透支)超过90天/
const NEVER_OVER_90 = /没有发生过90天以上(?:逾期|透支)/
const OVERDUE_NOW = /逾期金额(?:折合人民币)?(?:为)?([\d,]+(?:\.\d+)?)/
const IS_OVERDUE = /当前有逾期/

/**
 * What an entry of the list says of being overdue in the last five years, null where it says nothing of the kind; its
 * text is without spaces.
 */
export function parseOverdue(text: string, entry: CreditEntry | null): ParsedOverdue | null {
  const months = numberOf(MONTHS.exec(text)?.[1])
  const over90 = numberOf(OVER_90.exec(text)?.[1])
  const now = amountOf(OVERDUE_NOW.exec(text)?.[1])
  const amount = now === ZERO ? null : now
  if ((months ?? 0) === 0 && (over90 ?? 0) === 0 && amount === null && !IS_OVERDUE.test(text)) return null
  return {
    lender: entry?.institution ?? text.slice(0, 60),
    product: entry?.product ?? '',
    openedOn: entry?.openedOn ?? null,
    months,
    monthsOver90: over90 ?? (NEVER_OVER_90.test(text) ? 0 : null),
    overdue: amount,
  }
}

const numberOf = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits))

const amountOf = (text: string | undefined): Decimal | null =>
  text === undefined ? null : tryParseDecimal(text.replaceAll(',', ''))
