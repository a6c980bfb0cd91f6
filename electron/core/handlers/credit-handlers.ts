import { signOfDecimal } from '../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { type Money, money } from '../../../shared/domain/money.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { serviceChannels } from '../../../shared/ipc/channels/service-channels.ts'
import type { Account } from '../../../shared/model/account.ts'
import type { Credit, LoanSchedule } from '../../../shared/model/credit.ts'
import type { LoanTerms } from '../../../shared/model/terms.ts'
import type { OwnershipView } from '../analysis/account/ownership.ts'
import { nextDueOn, nextStatementOn } from '../analysis/credit/card-cycle.ts'
import { nextInstalment, tryLoanSchedule } from '../analysis/credit/loan-schedule.ts'
import { BaseTally, createConverter } from '../analysis/wealth/fx-conversion.ts'
import type { HandlersOf } from '../handler.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'
import { loadRateSource } from '../storage/repositories/rate-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { presentAllAccounts, requireAccount } from './account-view.ts'
import { presentCreditReports } from './credit-report-view.ts'

type CreditChannels = Pick<typeof serviceChannels, 'credit.get' | 'loan.schedule' | 'loan.preview'>

/** What is owed, a magnitude; nothing where the account is in credit. */
const owedOf = ({ balance }: Account) => money(Math.max(0, -balance.minor), balance.currency)

/** Throws CoreError('invalid-input') for terms that give no schedule. */
export function requireSchedule(terms: LoanTerms, currency: Account['currency']): LoanSchedule {
  if (signOfDecimal(terms.annualRate) < 0) throw new CoreError('invalid-input', 'the rate of a loan cannot be negative')
  const schedule = tryLoanSchedule(terms, currency)
  if (schedule === null) throw new CoreError('invalid-input', 'a loan of these terms cannot be counted')
  return schedule
}

/** A person's part of an amount of the account. */
const partOf = (view: OwnershipView, { id }: Account, amount: Money): Money =>
  money(view.partOf(id, amount.minor), amount.currency)

function cardOf(account: Account, view: OwnershipView, today: IsoDate): Credit['cards'][number] {
  const terms = account.terms.card ?? null
  const owed = owedOf(account)
  const limitMinor = terms?.limitMinor ?? null
  return {
    accountId: account.id,
    name: account.name,
    institution: account.institution?.name ?? null,
    maskedNumber: account.maskedNumber,
    part: view.fractionOf(account.id),
    owed: partOf(view, account, owed),
    limit: limitMinor === null ? null : partOf(view, account, money(limitMinor, account.currency)),
    utilisation: limitMinor === null || limitMinor === 0 ? null : owed.minor / limitMinor,
    nextStatementOn: terms === null ? null : nextStatementOn(terms, today),
    nextDueOn: terms === null ? null : nextDueOn(terms, today),
    terms,
  }
}

function loanOf(account: Account, view: OwnershipView, today: IsoDate): Credit['loans'][number] {
  const terms = account.terms.loan ?? null
  const schedule = terms === null ? null : tryLoanSchedule(terms, account.currency)
  const next = schedule === null ? null : nextInstalment(schedule, today)
  return {
    accountId: account.id,
    name: account.name,
    institution: account.institution?.name ?? null,
    part: view.fractionOf(account.id),
    owed: partOf(view, account, owedOf(account)),
    nextDueOn: next?.instalment?.dueOn ?? null,
    nextPayment: next?.instalment ? partOf(view, account, money(next.instalment.paymentMinor, account.currency)) : null,
    paidInstalments: next?.past ?? null,
    terms,
  }
}

export const creditHandlers: HandlersOf<CreditChannels> = {
  'credit.get': ({ person }, context) => {
    const vault = context.readable()
    const today = context.clock.today()
    const view = loadOwnershipView(vault, person)
    const base = loadVaultSettings(vault).baseCurrency
    const tally = new BaseTally(createConverter(loadRateSource(vault)), base, today)
    const open = presentAllAccounts(vault, today, view).filter(({ closedOn }) => closedOn === null || closedOn > today)
    const cardAccounts = open.filter((account) => account.class === 'credit-card')
    const loanAccounts = open.filter((account) => account.class === 'loan')
    const cards = cardAccounts.map((account) => cardOf(account, view, today))
    const loans = loanAccounts.map((account) => loanOf(account, view, today))
    // converted whole, then shared: people's parts add up
    const inBase = (account: Account, amount: Money): number | null => {
      const converted = tally.convert(amount)
      return converted === null ? null : view.partOf(account.id, converted.value.minor)
    }
    // all are listed; the totals agree with net worth, so that what the user took out of it is not in them
    const sum = (accounts: readonly Account[]): number =>
      accounts.reduce((total, account) => total + (account.inNetWorth ? (inBase(account, owedOf(account)) ?? 0) : 0), 0)
    let limits = 0
    let used = 0
    for (const account of cardAccounts) {
      const limitMinor = account.terms.card?.limitMinor ?? null
      if (!account.inNetWorth || limitMinor === null) continue
      const limitInBase = inBase(account, money(limitMinor, account.currency))
      const owedInBase = inBase(account, owedOf(account))
      if (limitInBase === null || owedInBase === null) continue
      limits += limitInBase
      used += owedInBase
    }
    const [cardsOwedMinor, loansOwedMinor] = [sum(cardAccounts), sum(loanAccounts)]
    return {
      currency: base,
      owedMinor: cardsOwedMinor + loansOwedMinor,
      cardsOwedMinor,
      loansOwedMinor,
      utilisation: limits > 0 ? used / limits : null,
      cards,
      loans,
      reports: presentCreditReports(vault, person),
    }
  },

  'loan.schedule': ({ accountId }, context) => {
    const { terms, currency } = requireAccount(context.readable(), accountId)
    if (terms.loan === undefined) throw new CoreError('not-found', 'the terms of this loan have not been entered')
    return requireSchedule(terms.loan, currency)
  },

  'loan.preview': ({ terms, currency }) => requireSchedule(terms, currency),
}
