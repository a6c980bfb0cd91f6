import { money } from '../../../../shared/domain/money.ts'
import { type AccountOutlook, loadOutlooks } from '../../forecast/keep-outlook.ts'
import type { StoredAccount } from '../../storage/repositories/account-repository.ts'
import { type DueDate, dueDate, type ReminderSource } from '../due-date.ts'

const ID = 'low-balance'

interface LowAccount {
  readonly account: StoredAccount
  readonly outlook: AccountOutlook
}

/** Accounts that are expected to fall below zero, or below the user's floor: what is missing then. */
export const lowBalanceSource: ReminderSource<readonly LowAccount[]> = {
  id: ID,
  load: (vault, _window, shared) => {
    const outlooks = new Map(loadOutlooks(vault).map((outlook) => [outlook.accountId, outlook]))
    return shared.accounts.flatMap((account) => {
      const outlook = outlooks.get(account.id)
      return outlook === undefined ? [] : [{ account, outlook }]
    })
  },
  due: (accounts) =>
    accounts.map(({ account, outlook }): DueDate => {
      const { belowOn, floorMinor, lowestMinor, lowestOn } = outlook
      return dueDate(ID, {
        kind: 'low-balance',
        on: belowOn,
        title: account.name,
        subject: { type: 'account', id: account.id },
        amount: money(Math.max(0, floorMinor - lowestMinor), account.currency),
        estimated: true,
        facts: { lowestOn },
      })
    }),
}
