import { addDays, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { money } from '../../../../shared/domain/money.ts'
import type { LoanSchedule } from '../../../../shared/model/credit.ts'
import { tryLoanSchedule } from '../../analysis/credit/loan-schedule.ts'
import type { StoredAccount } from '../../storage/repositories/account-repository.ts'
import { type DayOfAccount, loadDaysOfAccount } from '../../storage/repositories/reminder-repository.ts'
import { type DueDate, dueDate, type ReminderSource } from '../due-date.ts'

const ID = 'loan'
/** An instalment may be paid so long before its day … */
const EARLY_DAYS = 10
/** … and so long after it, before it counts for the next. */
const LATE_DAYS = 18

export interface LoanFacts {
  readonly account: StoredAccount
  readonly schedule: LoanSchedule
  /** The day that the loan was made here. */
  readonly madeOn: IsoDate | null
  /** What came in on the loan's own account around the window. */
  readonly days: readonly DayOfAccount[]
}

/** The day on which enough came in for the instalment: its principal, for many loan accounts see only that part. */
function paidOn({ days }: LoanFacts, dueOn: IsoDate, principalMinor: number): IsoDate | null {
  const [from, until] = [addDays(dueOn, -EARLY_DAYS), addDays(dueOn, LATE_DAYS)]
  let sum = 0
  for (const { on, inMinor } of days) {
    if (on < from || on > until) continue
    sum += inMinor
    if (inMinor > 0 && sum >= principalMinor) return on
  }
  return null
}

/**
 * Instalments by the loan's schedule; done by themselves where the loan's account shows the payment. Those from before
 * the loan was made here are left out: nothing says whether they were paid.
 */
export const loanSource: ReminderSource<readonly LoanFacts[]> = {
  id: ID,
  load: (vault, window, shared) =>
    shared.accounts.flatMap((account) => {
      if (account.terms.loan === undefined || shared.balanceMinor(account) >= 0) return []
      const schedule = tryLoanSchedule(account.terms.loan, account.currency)
      if (schedule === null) return []
      const days = loadDaysOfAccount(vault, account.id, addDays(window.from, -EARLY_DAYS - 1), window.today)
      return [{ account, schedule, madeOn: shared.madeOn(account), days }]
    }),
  due: (loans, window) =>
    loans.flatMap((facts) =>
      facts.schedule.instalments.flatMap(({ number, dueOn, paymentMinor, principalMinor }): DueDate[] => {
        if (dueOn < window.from || dueOn > window.until) return []
        const { account } = facts
        const paid = paidOn(facts, dueOn, principalMinor)
        return [
          dueDate(ID, {
            kind: 'loan-instalment',
            on: dueOn,
            title: account.name,
            subject: { type: 'account', id: account.id },
            amount: money(paymentMinor, account.currency),
            facts: { number, of: facts.schedule.instalments.length },
            settled: paid === null ? null : { on: paid, by: 'payment' },
            sameAs: `payment:account:${account.id}`,
            since: facts.madeOn,
          }),
        ]
      }),
    ),
}
