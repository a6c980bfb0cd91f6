import { type Money, money } from '../../../../shared/domain/money.ts'
import { usableDetails } from '../../../../shared/model/account-details.ts'
import { type ReminderKind, reminderKinds } from '../../../../shared/model/reminder.ts'
import { type ReminderRule, reminderRuleOf } from '../../../../shared/model/reminder-rules.ts'
import type { AccountDetails } from '../../../../shared/model/terms.ts'
import { dueDaysOfRule } from '../../analysis/account/kinds/kind-due-dates.ts'
import type { StoredAccount } from '../../storage/repositories/account-repository.ts'
import { type DueDate, dueDate, type DueWindow, type ReminderSource } from '../due-date.ts'

const ID = 'details'

interface DetailedAccount {
  readonly account: StoredAccount
  readonly details: AccountDetails
  /** Signed: a debt is negative. */
  readonly balanceMinor: number
}

/** The field that says how much a rule is about; rules about the whole account take its balance. */
const AMOUNT_FIELDS: Readonly<Record<string, string>> = {
  premium: 'premium',
  'deposit-day': 'monthlyDeposit',
  'card-fee': 'feeYearly',
  bill: 'monthlyRent',
}
const ABOUT_BALANCE: ReadonlySet<string> = new Set(['maturity', 'repayment', 'payment', 'tax', 'tuition'])

function amountOf(rule: ReminderRule, { account, details, balanceMinor }: DetailedAccount): Money | null {
  const field = AMOUNT_FIELDS[rule.key]
  const given = field === undefined ? undefined : details[field]
  if (typeof given === 'number') return money(given, account.currency)
  if (!ABOUT_BALANCE.has(rule.key) || balanceMinor === 0) return null
  return money(Math.abs(balanceMinor), account.currency)
}

function kindOf(rule: ReminderRule, { kind }: StoredAccount): ReminderKind {
  if (rule.key === 'maturity') {
    if (kind.side === 'liability') return 'loan-end'
    return kind.group === 'bank' ? 'deposit-maturity' : 'product-maturity'
  }
  if (rule.key === 'payment' && kind.class === 'loan') return 'loan-instalment'
  return reminderKinds.find((known) => known === rule.kind) ?? 'other'
}

/** What two sources may both know of: a card's payment by its terms, a policy's end by its document. */
function sameAs(rule: ReminderRule, { id }: StoredAccount): string | null {
  if (rule.key === 'payment') return `payment:account:${id}`
  return rule.key === 'cover-ends' ? `insurance:account:${id}` : null
}

function dueOf(detailed: DetailedAccount, { from, until }: DueWindow): DueDate[] {
  const { account, details, balanceMinor } = detailed
  return account.kind.reminders.flatMap((key) => {
    const rule = reminderRuleOf(key)
    // what is paid back is not due any more
    if (rule.key === 'payment' && balanceMinor >= 0) return []
    return dueDaysOfRule(rule, details, from, until).map((on) =>
      dueDate(
        ID,
        {
          kind: kindOf(rule, account),
          on,
          title: account.name,
          subject: { type: 'account', id: account.id },
          amount: amountOf(rule, detailed),
          estimated: ABOUT_BALANCE.has(rule.key),
          facts: { rule: rule.key, nameZh: rule.nameZh, nameEn: rule.nameEn },
          roll: rule.roll,
          leadDays: rule.leadDays,
          sameAs: sameAs(rule, account),
        },
        rule.key,
      ),
    )
  })
}

/** What the facts of an account's kind say falls due: deposits that mature, premiums, bills, points that expire. */
export const detailsSource: ReminderSource<readonly DetailedAccount[]> = {
  id: ID,
  load: (_vault, _window, shared) =>
    shared.accounts.flatMap((account): DetailedAccount[] => {
      const { details } = account.terms
      if (details === undefined || account.kind.reminders.length === 0) return []
      return [{ account, details: usableDetails(account.kindKey, details), balanceMinor: shared.balanceMinor(account) }]
    }),
  due: (accounts, window) => accounts.flatMap((detailed) => dueOf(detailed, window)),
}
