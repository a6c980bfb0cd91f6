import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { type Money, money } from '../../../shared/domain/money.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { Account } from '../../../shared/model/account.ts'
import type { OwnershipView } from '../analysis/account/ownership.ts'
import { worthByKind } from '../analysis/account/kinds/kind-worth.ts'
import { type Converter, createConverter } from '../analysis/wealth/fx-conversion.ts'
import type { Vault } from '../storage/open-vault.ts'
import {
  loadAccount,
  loadAccountDates,
  loadAccounts,
  loadLastImports,
  type StoredAccount,
} from '../storage/repositories/account-repository.ts'
import { loadOwnership } from '../storage/repositories/person-repository.ts'
import { loadHeldSecurities } from '../storage/repositories/holding-repository.ts'
import { loadRateSource } from '../storage/repositories/rate-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { amountsOf, type Holdings, loadValueTimelines } from '../storage/repositories/worth-repository.ts'

/** At most the last four letters or digits. */
export function maskNumber(number: string | null): string | null {
  if (number === null) return null
  const plain = number.replaceAll(/[^\p{L}\p{N}]/gu, '')
  return plain === '' ? null : `··${plain.slice(-4)}`
}

export interface Worth {
  readonly account: StoredAccount
  readonly holdings: Holdings
  readonly lastBookedOn: IsoDate | null
}

/**
 * What accounts hold today, from maintained figures alone: the cost does not grow with the history. Same figures as
 * `loadHoldingsSeries` gives for the day.
 */
export function loadWorthToday(vault: Vault, accounts: readonly StoredAccount[], today: IsoDate): Worth[] {
  const values = loadValueTimelines(vault, accounts)
  const ids = accounts.map(({ id }) => id)
  const held = Map.groupBy(loadHeldSecurities(vault, new Set(ids), [today]), ({ accountId }) => accountId)
  const datesOf = loadAccountDates(vault, ids, today)
  return accounts.map((account) => {
    const { aheadMinor, firstBookedOn, lastBookedOn } = datesOf(account.id)
    const value = values.get(account.id)?.findLast(({ on }) => on <= today)
    if (value !== undefined) {
      const securities = [money(value.minor, account.currency)]
      const holdings = { cash: money(0, account.currency), securities, valuedOn: value.on }
      return { account, holdings, lastBookedOn }
    }
    const start = [account.openingOn, firstBookedOn].filter((date) => date !== null).sort()[0]
    const known = account.openingOn === null || start === undefined || start <= today
    const minor = known ? account.openingMinor + account.changeMinor - aheadMinor : 0
    const { worth: cash, unvalued } = worthByKind(account)(minor, today)
    const securities = (held.get(account.id) ?? []).flatMap(({ timeline }) => timeline.at(today)?.value ?? [])
    return {
      account,
      holdings: {
        cash,
        securities: securities.filter((entry) => entry.minor !== 0),
        valuedOn: null,
        unvalued,
      },
      lastBookedOn,
    }
  })
}

function total(
  amounts: readonly Money[],
  target: CurrencyCode,
  on: IsoDate,
  converter: Converter,
): { minor: number; missing: boolean; rateOn: IsoDate | null } {
  let minor = 0
  let missing = false
  let rateOn: IsoDate | null = null
  for (const amount of amounts) {
    const converted = converter.convert(amount, target, on)
    if (converted === null) missing ||= amount.minor !== 0
    else {
      minor += converted.value.minor
      if (converted.rateOn !== null && (rateOn === null || converted.rateOn < rateOn)) rateOn = converted.rateOn
    }
  }
  return { minor, missing, rateOn }
}

/** What of an account's figures is the viewed person's. */
function partOf(view: OwnershipView, account: StoredAccount, ownMinor: number, base: Money | null): Account['part'] {
  const fraction = view.fractionOf(account.id)
  if (fraction === null) return null
  return {
    ...fraction,
    balance: money(view.partOf(account.id, ownMinor), account.currency),
    baseBalance: base === null ? null : money(view.partOf(account.id, base.minor), base.currency),
  }
}

/** Accounts as every panel shows them, with the part of the viewed person. */
export function presentAccounts(
  vault: Vault,
  accounts: readonly StoredAccount[],
  today: IsoDate,
  view: OwnershipView = loadOwnership(vault).viewOf(null),
): Account[] {
  const base = loadVaultSettings(vault).baseCurrency
  const converter = createConverter(loadRateSource(vault))
  const imports = loadLastImports(vault)
  return loadWorthToday(vault, accounts, today).map(({ account, holdings, lastBookedOn }) => {
    const amounts = amountsOf(holdings)
    const own = total(amounts, account.currency, today, converter)
    const inBase = total(amounts, base, today, converter)
    const baseBalance = inBase.missing ? null : money(inBase.minor, base)
    return {
      id: account.id,
      name: account.name,
      kind: account.kindKey,
      class: account.kind.class,
      side: account.kind.side,
      institution: account.institution,
      maskedNumber: maskNumber(account.number),
      currency: account.currency,
      balance: money(own.minor, account.currency),
      partlyUnvalued: own.missing || holdings.unvalued === true,
      cash: holdings.cash,
      baseBalance,
      rateOn: inBase.rateOn === today ? null : inBase.rateOn,
      owners: [...view.ownership.ownersOf(account.id)],
      part: partOf(view, account, own.minor, baseBalance),
      openingMinor: account.openingMinor,
      openingOn: account.openingOn,
      transactionCount: account.transactionCount,
      lastImportAt: imports.get(account.id) ?? null,
      lastBookedOn,
      closedOn: account.closedOn,
      hidden: account.hidden,
      inNetWorth: account.inNetWorth,
      position: account.position,
      notes: account.notes,
      terms: account.terms,
    }
  })
}

/** All accounts, or those that are at least in part the viewed person's. */
export function presentAllAccounts(
  vault: Vault,
  today: IsoDate,
  view: OwnershipView = loadOwnership(vault).viewOf(null),
): Account[] {
  const accounts = loadAccounts(vault).filter(({ id }) => view.includes(id))
  return presentAccounts(vault, accounts, today, view)
}

/** Throws CoreError('not-found'). */
export function requireAccount(vault: Vault, id: number): StoredAccount {
  const account = loadAccount(vault, id)
  if (account === null) throw new CoreError('not-found', 'there is no such account', { id })
  return account
}

/** Throws CoreError('not-found'). */
export function presentAccount(vault: Vault, id: number, today: IsoDate, view?: OwnershipView): Account {
  const [account] = presentAccounts(vault, [requireAccount(vault, id)], today, view)
  if (account === undefined) throw new CoreError('not-found', 'there is no such account', { id })
  return account
}
