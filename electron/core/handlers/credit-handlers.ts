import { signOfDecimal } from '../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { money } from '../../../shared/domain/money.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { serviceChannels } from '../../../shared/ipc/channels/service-channels.ts'
import type { Account } from '../../../shared/model/account.ts'
import type { Credit, LoanSchedule } from '../../../shared/model/credit.ts'
import type { LoanTerms } from '../../../shared/model/terms.ts'
import { nextDueOn, nextStatementOn } from '../analysis/credit/card-cycle.ts'
import { nextInstalment, tryLoanSchedule } from '../analysis/credit/loan-schedule.ts'
import { BaseTally, createConverter } from '../analysis/wealth/fx-conversion.ts'
import type { HandlersOf } from '../handler.ts'
import { loadRateSource } from '../storage/repositories/rate-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { presentAllAccounts, requireAccount } from './account-view.ts'

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

function cardOf(account: Account, today: IsoDate): Credit['cards'][number] {
  const terms = account.terms.card ?? null
  const owed = owedOf(account)
  const limitMinor = terms?.limitMinor ?? null
  return {
    accountId: account.id,
    name: account.name,
    institution: account.institution?.name ?? null,
    maskedNumber: account.maskedNumber,
    owed,
    limit: limitMinor === null ? null : money(limitMinor, account.currency),
    utilisation: limitMinor === null || limitMinor === 0 ? null : owed.minor / limitMinor,
    nextStatementOn: terms === null ? null : nextStatementOn(terms, today),
    nextDueOn: terms === null ? null : nextDueOn(terms, today),
    terms,
  }
}

function loanOf(account: Account, today: IsoDate): Credit['loans'][number] {
  const terms = account.terms.loan ?? null
  const schedule = terms === null ? null : tryLoanSchedule(terms, account.currency)
  const next = schedule === null ? null : nextInstalment(schedule, today)
  return {
    accountId: account.id,
    name: account.name,
    institution: account.institution?.name ?? null,
    owed: owedOf(account),
    nextDueOn: next?.instalment?.dueOn ?? null,
    nextPayment: next?.instalment ? money(next.instalment.paymentMinor, account.currency) : null,
    paidInstalments: next?.past ?? null,
    terms,
  }
}

export const creditHandlers: HandlersOf<CreditChannels> = {
  'credit.get': (_, context) => {
    const vault = context.readable()
    const today = context.clock.today()
    const base = loadVaultSettings(vault).baseCurrency
    const tally = new BaseTally(createConverter(loadRateSource(vault)), base, today)
    const open = presentAllAccounts(vault, today).filter(({ closedOn }) => closedOn === null || closedOn > today)
    const cards = open.filter((account) => account.class === 'credit-card').map((account) => cardOf(account, today))
    const loans = open.filter((account) => account.class === 'loan').map((account) => loanOf(account, today))
    // all are listed; the totals agree with net worth, so that what the user took out of it is not in them
    const counted = new Set(open.filter(({ inNetWorth }) => inNetWorth).map(({ id }) => id))
    const inBase = (debts: readonly { accountId: number; owed: Account['balance'] }[]): number =>
      debts.reduce(
        (sum, { accountId, owed }) => sum + (counted.has(accountId) ? (tally.convert(owed)?.value.minor ?? 0) : 0),
        0,
      )
    let limits = 0
    let used = 0
    for (const { accountId, owed, limit } of cards) {
      if (!counted.has(accountId)) continue
      const [limitInBase, owedInBase] = [limit === null ? null : tally.convert(limit), tally.convert(owed)]
      if (limitInBase === null || owedInBase === null) continue
      limits += limitInBase.value.minor
      used += owedInBase.value.minor
    }
    const [cardsOwedMinor, loansOwedMinor] = [inBase(cards), inBase(loans)]
    return {
      currency: base,
      owedMinor: cardsOwedMinor + loansOwedMinor,
      cardsOwedMinor,
      loansOwedMinor,
      utilisation: limits > 0 ? used / limits : null,
      cards,
      loans,
    }
  },

  'loan.schedule': ({ accountId }, context) => {
    const { terms, currency } = requireAccount(context.readable(), accountId)
    if (terms.loan === undefined) throw new CoreError('not-found', 'the terms of this loan have not been entered')
    return requireSchedule(terms.loan, currency)
  },

  'loan.preview': ({ terms, currency }) => requireSchedule(terms, currency),
}
