import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { type Money, money } from '../../../../shared/domain/money.ts'
import { usableDetails } from '../../../../shared/model/account-details.ts'
import { accountFieldOf } from '../../../../shared/model/account-fields.ts'
import type { ReminderKind } from '../../../../shared/model/reminder.ts'
import { type ReminderRule, reminderRuleOf } from '../../../../shared/model/reminder-rules.ts'
import type { AccountDetails } from '../../../../shared/model/terms.ts'
import { dueDaysOfRule } from '../../analysis/account/kinds/kind-due-dates.ts'
import type { StoredAccount } from '../../storage/repositories/account-repository.ts'
import { type DueDate, dueDate, type DueWindow, type ReminderSource } from '../due-date.ts'

const ID = 'account-facts'

export interface AccountFacts {
  readonly account: StoredAccount
  readonly details: AccountDetails
  /** What it holds today, signed. */
  readonly balanceMinor: number
  /** The day it was made here: what fell due by a monthly day before is not reminded of. */
  readonly madeOn: IsoDate | null
}

/** The field with the sum that a rule is about. */
const amountFields = new Map([
  ['premium', 'premium'],
  ['deposit-day', 'monthlyDeposit'],
  ['payment', 'monthlyContribution'],
  ['card-fee', 'feeYearly'],
])

function amountOf(rule: ReminderRule, { account, details, balanceMinor }: AccountFacts): Money | null {
  // what matures is what the account holds
  if (rule.key === 'maturity' && balanceMinor > 0) return money(balanceMinor, account.currency)
  const value = details[amountFields.get(rule.key) ?? '']
  return typeof value === 'number' && value > 0 ? money(value, account.currency) : null
}

/** What is owed today: the nearest to what the next payment will ask for. */
const owed = ({ account, balanceMinor }: AccountFacts): Money => money(-balanceMinor, account.currency)

function kindFor(kind: ReminderKind, { kind: { side, class: accountClass } }: StoredAccount): ReminderKind {
  if (kind !== 'product-maturity' && kind !== 'deposit-maturity') return kind
  if (side === 'liability') return 'loan-end'
  return accountClass === 'cash' ? 'deposit-maturity' : 'product-maturity'
}

function dueOf(facts: AccountFacts, window: DueWindow): DueDate[] {
  const { account, details, madeOn } = facts
  return account.kind.reminders.flatMap((key): DueDate[] => {
    const rule = reminderRuleOf(key)
    // a card's own terms say more
    if (account.terms.card !== undefined && account.terms.card.statementDay !== null && key === 'statement') return []
    // nothing is due where nothing is owed
    const isDebt = account.kind.side === 'liability'
    if (isDebt && key === 'payment' && facts.balanceMinor >= 0) return []
    const days = dueDaysOfRule(rule, details, window.from, window.until)
    const next = days.find((on) => on >= window.today)
    // a day of the month or year comes again with no first one: nobody is reminded of those before the account was made
    const endless = accountFieldOf(rule.from[0] ?? '').type !== 'date'
    const { kind } = rule
    const payment = key === 'payment' || key === 'bill'
    return days.map((on) =>
      dueDate(
        ID,
        {
          kind: kindFor(kind, account),
          on,
          title: account.name,
          subject: { type: 'account', id: account.id },
          amount: isDebt && key === 'payment' && on === next ? owed(facts) : amountOf(rule, facts),
          estimated: isDebt && key === 'payment' && on === next,
          facts: { rule: key },
          leadDays: rule.leadDays,
          roll: rule.roll,
          since: endless ? madeOn : null,
          sameAs: payment ? `payment:account:${account.id}` : null,
        },
        key,
      ),
    )
  })
}

/**
 * What the facts of an account say by the rules of its kind (`resources/reminder-rules.json`): maturities, premiums,
 * billing and payment days, ends of contracts, cards and warranties, fees, tax and whatever a new kind brings.
 */
export const accountFactsSource: ReminderSource<readonly AccountFacts[]> = {
  id: ID,
  load(_vault, _window, shared) {
    return shared.accounts.flatMap((account) => {
      const { details } = account.terms
      if (details === undefined || account.kind.reminders.length === 0) return []
      return [
        {
          account,
          details: usableDetails(account.kindKey, details),
          balanceMinor: shared.balanceMinor(account),
          madeOn: shared.madeOn(account),
        },
      ]
    })
  },
  due: (accounts, window) => accounts.flatMap((facts) => dueOf(facts, window)),
}
