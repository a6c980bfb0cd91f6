import type { CurrencyCode } from '../../../../../shared/domain/currency.ts'
import { type Decimal, tryParseDecimal } from '../../../../../shared/domain/decimal.ts'
import { addMonths, type IsoDate } from '../../../../../shared/domain/iso-date.ts'
import { decimalFromMinor, type Money, money, valueOf } from '../../../../../shared/domain/money.ts'
import { usableDetails } from '../../../../../shared/model/account-details.ts'
import type { AccountKind } from '../../../../../shared/model/account-kinds.ts'
import type { LoanSchedule } from '../../../../../shared/model/credit.ts'
import type { Terms } from '../../../../../shared/model/terms.ts'
import { tryLoanSchedule } from '../../credit/loan-schedule.ts'

interface ValuedAccount {
  readonly kindKey: string
  readonly kind: AccountKind
  readonly currency: CurrencyCode
  readonly terms: Terms
  readonly openingMinor: number
  readonly transactionCount: number
}

export interface KindWorth {
  /** In the account's currency, signed as in the vault. */
  readonly worth: Money
  /** There is something, but nobody said what it is worth; `worth` is then nothing. */
  readonly unvalued: boolean
}

/**
 * What turns the account's balance (minor units, signed) on a day into its worth, by the kind's way of valuing:
 * - `points`: the balance counts points (one point is one whole unit), each worth the detail `pointValue` in the account's
 *   currency; without it they are not valued.
 * - `schedule`: an account with a repayment plan but without transactions and opening balance is worth what the plan
 *   leaves to be repaid after the day's instalments; nothing before the loan was paid out, a month before the first
 *   instalment. As soon as something is booked, what is booked counts.
 * - anything else: the balance.
 */
export function worthByKind(account: ValuedAccount): (balanceMinor: number, on: IsoDate) => KindWorth {
  const { kind, currency } = account
  const valued = (minor: number): KindWorth => ({ worth: money(minor, currency), unvalued: false })
  if (kind.valuedBy === 'points') {
    const value = pointValueOf(account)
    if (value === null) return (minor) => ({ worth: money(0, currency), unvalued: minor !== 0 })
    return (minor) => ({ worth: valueOf(decimalFromMinor(minor, currency), value, currency), unvalued: false })
  }
  const remaining = remainingByPlan(account)
  if (remaining === null) return valued
  const sign = kind.side === 'liability' ? -1 : 1
  return (_, on) => {
    const minor = remaining(on)
    return valued(minor === 0 ? 0 : sign * minor)
  }
}

/** What one point is worth in the account's currency; null where nobody said. */
export function pointValueOf({ kindKey, terms }: Pick<ValuedAccount, 'kindKey' | 'terms'>): Decimal | null {
  const { pointValue: value } = usableDetails(kindKey, terms.details ?? {})
  return typeof value === 'string' ? tryParseDecimal(value) : null
}

/** What is to be repaid after a day, a positive magnitude; null where the balance tells. */
function remainingByPlan(account: ValuedAccount): ((on: IsoDate) => number) | null {
  const { kind, currency, terms, openingMinor, transactionCount } = account
  const { loan } = terms
  if (kind.valuedBy !== 'schedule' || loan === undefined || openingMinor !== 0 || transactionCount > 0) return null
  const schedule = tryLoanSchedule(loan, currency)
  if (schedule === null) return null
  const paidOutOn = addMonths(loan.firstDueOn, -1)
  return (on) => (on < paidOutOn ? 0 : (lastDue(schedule, on)?.remainingMinor ?? loan.principalMinor))
}

/** The last instalment due on or before the day. */
function lastDue({ instalments }: LoanSchedule, on: IsoDate): LoanSchedule['instalments'][number] | undefined {
  let low = 0
  let high = instalments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((instalments[middle]?.dueOn ?? on) <= on) low = middle + 1
    else high = middle
  }
  return instalments[low - 1]
}
