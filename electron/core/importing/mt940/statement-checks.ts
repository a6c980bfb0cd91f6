import { absoluteDecimal, addDecimal, compareDecimal, subtractDecimal } from '../../../../shared/domain/decimal.ts'
import type { Finding, FindingCode, ParsedItem } from '../importer.ts'
import type { SwiftBalance, SwiftTotal } from './balance.ts'
import type { MessageHeader, Mt940Statement } from './statement-state.ts'

/** A finding as an item. */
export function finding(
  severity: Finding['severity'],
  code: FindingCode,
  message: string,
  record?: number,
  values?: Finding['values'],
): ParsedItem {
  return {
    type: 'finding',
    finding: {
      severity,
      code,
      message,
      ...(record === undefined ? {} : { record }),
      ...(values === undefined ? {} : { values }),
    },
  }
}

/** A balance field that is damaged: told, and sums are not checked. */
export function unreadable(
  which: 'opening' | 'closing',
  field: { tag: string; lines: readonly string[]; line: number },
): ParsedItem {
  const text = (field.lines[0] ?? '').slice(0, 60)
  const message = `The ${which} balance (:${field.tag}:) cannot be read: "${text}".`
  return finding('warning', 'bad-record', message, field.line, { text })
}

/** Whether a message is the next page of the statement before it. */
export function continues(
  before: Mt940Statement,
  header: MessageHeader,
  opening: SwiftBalance | null,
  intermediate: boolean,
): boolean {
  const one = before.header
  if (header.hasAccount && header.account.number !== one.account.number) return false
  if (opening?.currency !== undefined && opening.currency !== null && before.currency !== null) {
    if (opening.currency !== before.currency) return false
  }
  const sameNumber = header.statementNumber !== undefined && header.statementNumber === one.statementNumber
  const nextPage = sameNumber && one.page !== undefined && header.page === one.page + 1
  const sameBalance = opening !== null && before.closing !== null && opening.amount === before.closing.amount
  if (before.continues) return (intermediate && (sameNumber || sameBalance)) || nextPage
  return nextPage && (sameBalance || (opening === null && before.closing === null && one.interim))
}

/** A statement's balances and bookings against each other. */
export function* checkBalance(statement: Mt940Statement): Generator<ParsedItem, void, void> {
  const { opening, closing, sum, currency, header } = statement
  if (opening === null || closing === null || statement.unsure || statement.failures > 0) return
  const difference = subtractDecimal(closing.amount, addDecimal(opening.amount, sum))
  if (difference === '0') return
  const account = header.account.number ?? ''
  const message = `The statement of account ${account} does not add up: its closing balance differs by ${difference} ${currency ?? ''} from its opening balance and its bookings.`
  const values = { account, difference, currency: currency ?? '' }
  yield finding('warning', 'balance-mismatch', message, undefined, values)
}

/** Fields 90C and 90D against the bookings. Banks count reversals differently, so with those there is no check. */
export function* checkTotals(statement: Mt940Statement): Generator<ParsedItem, void, void> {
  if (statement.reversals > 0 || statement.failures > 0) return
  const differs = (told: SwiftTotal | null, found: { count: number; sum: SwiftTotal['sum'] }): boolean =>
    told !== null && (told.count !== found.count || compareDecimal(told.sum, absoluteDecimal(found.sum)) !== 0)
  if (!differs(statement.toldCredits, statement.credits) && !differs(statement.toldDebits, statement.debits)) return
  const told = (statement.toldCredits?.count ?? 0) + (statement.toldDebits?.count ?? 0)
  const message = `The report counts ${told} bookings, or other sums, than are in it (${statement.bookings}): some may be missing.`
  yield finding('warning', 'count-mismatch', message, undefined, { told, found: statement.bookings })
}
