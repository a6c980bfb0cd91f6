import { type Money, money, safeMinor } from '../../../shared/domain/money.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { OwnershipView } from '../analysis/account/ownership.ts'
import { BaseTally, createConverter } from '../analysis/wealth/fx-conversion.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadAccounts, type StoredAccount } from '../storage/repositories/account-repository.ts'
import { loadRateSource } from '../storage/repositories/rate-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { amountsOf } from '../storage/repositories/worth-repository.ts'
import { loadWorthToday } from './account-view.ts'

/** What an account holds today, and that in the base currency; whole, whoever looks. */
export interface Held {
  readonly account: StoredAccount
  readonly amount: Money
  readonly baseMinor: number | null
}

export const isOpenOn = ({ closedOn }: StoredAccount, today: IsoDate): boolean => closedOn === null || closedOn > today

/**
 * Today's figures of open accounts that count in net worth and are at least in part the viewer's: cash and securities of
 * an account in one sum where they can be converted, or its cash alone.
 */
export function loadHeld(
  vault: Vault,
  today: IsoDate,
  view: OwnershipView,
  wanted: (account: StoredAccount) => 'all' | 'cash' | null,
) {
  const base = loadVaultSettings(vault).baseCurrency
  const converter = createConverter(loadRateSource(vault))
  const tally = new BaseTally(converter, base, today)
  const accounts = loadAccounts(vault).filter(
    (account) =>
      account.inNetWorth && isOpenOn(account, today) && view.includes(account.id) && wanted(account) !== null,
  )
  const held = loadWorthToday(vault, accounts, today).map(({ account, holdings }): Held => {
    const amounts = wanted(account) === 'cash' ? [holdings.cash] : amountsOf(holdings)
    const own = amounts.map((amount) => converter.convert(amount, account.currency, today)?.value.minor ?? 0)
    const amount = money(
      own.reduce((sum, minor) => safeMinor(sum + minor), 0),
      account.currency,
    )
    return { account, amount, baseMinor: tally.convert(amount)?.value.minor ?? null }
  })
  return { base, converter, tally, held }
}

/** The viewer's part of what they hold, in the base currency. */
export const sumOfHeld = (held: readonly Held[], view: OwnershipView): number =>
  held.reduce((sum, { account, baseMinor }) => safeMinor(sum + view.partOf(account.id, baseMinor ?? 0)), 0)

/** An account in a table of a check, with the viewer's part of its amount. */
export const shownHeld = <T extends object>({ account, amount, baseMinor }: Held, view: OwnershipView, more: T) => ({
  accountId: account.id,
  name: account.name,
  part: view.fractionOf(account.id),
  amount: money(view.partOf(account.id, amount.minor), amount.currency),
  baseMinor: baseMinor === null ? null : view.partOf(account.id, baseMinor),
  ...more,
})
