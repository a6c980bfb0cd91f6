import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import { addMonths, type IsoDate } from '../../../shared/domain/iso-date.ts'
import { money } from '../../../shared/domain/money.ts'
import type { accountChannels } from '../../../shared/ipc/channels/account-channels.ts'
import type { NetWorth, Overview } from '../../../shared/model/figures.ts'
import { computeRangeDates } from '../analysis/account/range-dates.ts'
import { type Converter, createConverter } from '../analysis/wealth/fx-conversion.ts'
import { computeNetWorth, type CountedAccount } from '../analysis/wealth/net-worth.ts'
import type { HandlersOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadAccounts, type StoredAccount } from '../storage/repositories/account-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { loadRateSource } from '../storage/repositories/rate-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { countBetween, countTransactions, firstKnownDay } from '../storage/repositories/span-repository.ts'
import { amountsOf, type Holdings, loadHoldingsSeries } from '../storage/repositories/worth-repository.ts'
import { loadDue } from './due-view.ts'

type OverviewChannels = Pick<typeof accountChannels, 'overview.get' | 'netWorth.on'>

const noHoldings = (account: StoredAccount): Holdings => ({
  cash: money(0, account.currency),
  securities: [],
  valuedOn: null,
})

/** The accounts that count, as they stood on the day of this index. */
function countedAt(
  accounts: readonly StoredAccount[],
  series: ReadonlyMap<number, readonly Holdings[]>,
  index: number,
): CountedAccount[] {
  return accounts.map((account) => ({
    class: account.kind.class,
    side: account.kind.side,
    amounts: amountsOf(series.get(account.id)?.[index] ?? noHoldings(account)),
  }))
}

/** For charts: amounts are added by side and currency first and converted once, which may differ by rounding. */
function historyPoint(
  counted: readonly CountedAccount[],
  on: IsoDate,
  base: CurrencyCode,
  converter: Converter,
): Overview['history'][number] {
  const sums = { asset: new Map<CurrencyCode, number>(), liability: new Map<CurrencyCode, number>() }
  for (const { side, amounts } of counted) {
    for (const { minor, currency } of amounts) sums[side].set(currency, (sums[side].get(currency) ?? 0) + minor)
  }
  const total = (amounts: ReadonlyMap<CurrencyCode, number>): number => {
    let minor = 0
    for (const [currency, sum] of amounts) minor += converter.convert(money(sum, currency), base, on)?.value.minor ?? 0
    return minor
  }
  const [assetsMinor, liabilitiesMinor] = [total(sums.asset), 0 - total(sums.liability)]
  return { on, assetsMinor, liabilitiesMinor, netMinor: assetsMinor - liabilitiesMinor }
}

function pointOf({ on, netMinor, assetsMinor, liabilitiesMinor }: NetWorth): Overview['history'][number] {
  return { on, netMinor, assetsMinor, liabilitiesMinor }
}

function lastImport(vault: Vault): number | null {
  const sql = 'select max(started_at) as at from import_runs where undone_at is null'
  return sqlRows<{ at: number | null }>(vault, sql)[0]?.at ?? null
}

/** Net worth on a day, of the accounts that count. */
export function loadNetWorth(vault: Vault, on: IsoDate): NetWorth {
  const accounts = loadAccounts(vault).filter(({ inNetWorth }) => inNetWorth)
  const series = loadHoldingsSeries(vault, accounts, [on])
  const base = loadVaultSettings(vault).baseCurrency
  return computeNetWorth(countedAt(accounts, series, 0), base, on, createConverter(loadRateSource(vault))).netWorth
}

export const overviewHandlers: HandlersOf<OverviewChannels> = {
  'netWorth.on': ({ on }, context) => loadNetWorth(context.readable(), on),

  'overview.get': ({ range }, context) => {
    const vault = context.readable()
    const today = context.clock.today()
    const base = loadVaultSettings(vault).baseCurrency
    const everyAccount = loadAccounts(vault)
    const accounts = everyAccount.filter(({ inNetWorth }) => inNetWorth)
    const dates = computeRangeDates(range, today, firstKnownDay(vault, null), (from) =>
      countBetween(vault, from, today, null),
    )
    const converter = createConverter(loadRateSource(vault))
    const series = loadHoldingsSeries(vault, accounts, dates)
    const last = dates.length - 1
    const now = computeNetWorth(countedAt(accounts, series, last), base, today, converter)
    const before = computeNetWorth(countedAt(accounts, series, 0), base, dates[0] ?? today, converter).netWorth
    return {
      netWorth: now.netWorth,
      before,
      history: dates.map((on, index) => {
        if (index === last) return pointOf(now.netWorth)
        return index === 0 ? pointOf(before) : historyPoint(countedAt(accounts, series, index), on, base, converter)
      }),
      classes: now.classes,
      accountCount: everyAccount.length,
      transactionCount: countTransactions(vault),
      lastImportAt: lastImport(vault),
      due: loadDue(vault, everyAccount, today, addMonths(today, 12)).slice(0, 8),
    }
  },
}
