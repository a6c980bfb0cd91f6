import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { money } from '../../../shared/domain/money.ts'
import type { accountChannels } from '../../../shared/ipc/channels/account-channels.ts'
import type { NetWorth, Overview } from '../../../shared/model/figures.ts'
import type { OwnershipView } from '../analysis/account/ownership.ts'
import { type Converter, createConverter } from '../analysis/wealth/fx-conversion.ts'
import { computeNetWorth, type CountedAccount } from '../analysis/wealth/net-worth.ts'
import type { HandlersOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadAccounts, type StoredAccount } from '../storage/repositories/account-repository.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { loadRateSourceOn } from '../storage/repositories/rate-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { countTransactions } from '../storage/repositories/span-repository.ts'
import { amountsOf, type Holdings, loadHoldingsSeries } from '../storage/repositories/worth-repository.ts'
import { loadChartDays } from './chart-days.ts'
import { loadDue } from './due-view.ts'

type OverviewChannels = Pick<typeof accountChannels, 'overview.get' | 'netWorth.on'>

const noHoldings = (account: StoredAccount): Holdings => ({
  cash: money(0, account.currency),
  securities: [],
  valuedOn: null,
})

interface SharedAccount extends CountedAccount {
  /** Accounts with the same are shared in the same way. */
  readonly pattern: string
  readonly partOf: (minor: number) => number
}

/** The accounts that count, as they stood on the day of an index. */
function counterOf(
  accounts: readonly StoredAccount[],
  series: ReadonlyMap<number, readonly Holdings[]>,
  view: OwnershipView,
): (index: number) => SharedAccount[] {
  const shared = accounts.map((account) => ({
    account,
    side: account.kind.side,
    pattern: view.ownership.patternOf(account.id),
    partOf: (minor: number) => view.partOf(account.id, minor),
  }))
  return (index) =>
    shared.map(({ account, side, pattern, partOf }) => ({
      class: account.kind.class,
      side,
      pattern,
      partOf,
      amounts: amountsOf(series.get(account.id)?.[index] ?? noHoldings(account)),
    }))
}

/**
 * For charts: amounts are added by side, currency and owners first, converted once and then shared. That may differ by
 * rounding from the account by account of the headline, but people's points add up to the household's.
 */
function historyPoint(
  counted: readonly SharedAccount[],
  on: IsoDate,
  base: CurrencyCode,
  converter: Converter,
): Overview['history'][number] {
  const sides = { asset: 0, liability: 0 }
  for (const alike of Map.groupBy(counted, ({ side, pattern }) => `${side} ${pattern}`).values()) {
    const [first] = alike
    if (first === undefined) continue
    const sums = new Map<CurrencyCode, number>()
    for (const { minor, currency } of alike.flatMap(({ amounts }) => amounts)) {
      sums.set(currency, (sums.get(currency) ?? 0) + minor)
    }
    for (const [currency, sum] of sums) {
      sides[first.side] += first.partOf(converter.convert(money(sum, currency), base, on)?.value.minor ?? 0)
    }
  }
  const [assetsMinor, liabilitiesMinor] = [sides.asset, 0 - sides.liability]
  return { on, assetsMinor, liabilitiesMinor, netMinor: assetsMinor - liabilitiesMinor }
}

function pointOf({ on, netMinor, assetsMinor, liabilitiesMinor }: NetWorth): Overview['history'][number] {
  return { on, netMinor, assetsMinor, liabilitiesMinor }
}

function lastImport(vault: Vault): number | null {
  const sql = 'select max(started_at) as at from import_runs where undone_at is null'
  return sqlRows<{ at: number | null }>(vault, sql)[0]?.at ?? null
}

/** Net worth on one of these days (rising), of the accounts that count; a person's part, or with null the household's. */
export function loadNetWorths(
  vault: Vault,
  days: readonly IsoDate[],
  person: number | null = null,
): (on: IsoDate) => NetWorth {
  const view = loadOwnershipView(vault, person)
  const accounts = loadAccounts(vault).filter(({ id, inNetWorth }) => inNetWorth && view.includes(id))
  const counted = counterOf(accounts, loadHoldingsSeries(vault, accounts, days), view)
  const base = loadVaultSettings(vault).baseCurrency
  const converter = createConverter(loadRateSourceOn(vault, days))
  return (on) => computeNetWorth(counted(days.indexOf(on)), base, on, converter).netWorth
}

export const overviewHandlers: HandlersOf<OverviewChannels> = {
  'netWorth.on': ({ on, person }, context) => loadNetWorths(context.readable(), [on], person)(on),

  'overview.get': ({ range, person }, context) => {
    const vault = context.readable()
    const today = context.clock.today()
    const base = loadVaultSettings(vault).baseCurrency
    const view = loadOwnershipView(vault, person)
    const everyones = loadAccounts(vault)
    const theirs = everyones.filter(({ id }) => view.includes(id))
    const accounts = theirs.filter(({ inNetWorth }) => inNetWorth)
    // the same days for everybody, so that what people see of a day adds up
    const counting = everyones.filter(({ inNetWorth }) => inNetWorth)
    const { dates, since } = loadChartDays(vault, { accounts: counting, accountId: null, range, today })
    const converter = createConverter(loadRateSourceOn(vault, dates))
    const counted = counterOf(accounts, loadHoldingsSeries(vault, accounts, dates), view)
    const last = dates.length - 1
    const now = computeNetWorth(counted(last), base, today, converter)
    const before = computeNetWorth(counted(0), base, dates[0] ?? today, converter).netWorth
    return {
      netWorth: now.netWorth,
      before,
      since,
      history: dates.map((on, index) => {
        if (index === last) return pointOf(now.netWorth)
        return index === 0 ? pointOf(before) : historyPoint(counted(index), on, base, converter)
      }),
      classes: now.classes,
      accountCount: theirs.length,
      transactionCount: countTransactions(vault, person === null ? undefined : theirs.map(({ id }) => id)),
      lastImportAt: lastImport(vault),
      due: loadDue(vault, context.clock.time(), view, null).slice(0, 8),
    }
  },
}
