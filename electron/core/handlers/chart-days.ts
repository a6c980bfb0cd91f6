import { addDays, type IsoDate } from '../../../shared/domain/iso-date.ts'
import type { Range } from '../../../shared/model/figures.ts'
import { computeRangeDates, startOfRange } from '../analysis/account/range-dates.ts'
import type { Vault } from '../storage/open-vault.ts'
import type { StoredAccount } from '../storage/repositories/account-repository.ts'
import { countBetween, firstKnownDay } from '../storage/repositories/span-repository.ts'
import { amountsOf, loadHoldingsSeries } from '../storage/repositories/worth-repository.ts'

/**
 * The days of a chart of accounts, rising, the last is today, and `since`: the first day that anything is known of, where
 * the records begin within the range. The chart begins there then: what was before is not known, and drawn as nothing it
 * would pass for a rise by all that was there already. `accountId`: of one account; null: of all.
 */
export function loadChartDays(
  vault: Vault,
  {
    accounts,
    accountId,
    range,
    today,
  }: {
    readonly accounts: readonly StoredAccount[]
    readonly accountId: number | null
    readonly range: Range
    readonly today: IsoDate
  },
): { readonly dates: readonly IsoDate[]; readonly since: IsoDate | null } {
  const earliest = firstKnownDay(vault, accountId)
  const start = startOfRange(range, today, earliest)
  const since =
    earliest !== null && start < earliest && earliest <= today && isBeforeRecords(vault, accounts, start, earliest)
      ? earliest
      : null
  const dates = computeRangeDates(since ?? start, today, (from) => countBetween(vault, from, today, accountId))
  return { dates, since }
}

/**
 * Whether a day lies before all that is known of accounts, so that what they held is not known rather than nothing. Not
 * where they are worth something before the first record: loans by their schedule, things by their terms, opening balances
 * without a day.
 */
export function isBeforeRecords(
  vault: Vault,
  accounts: readonly StoredAccount[],
  day: IsoDate,
  earliest: IsoDate | null = firstKnownDay(vault, null),
): boolean {
  if (earliest === null || day >= earliest) return false
  const series = loadHoldingsSeries(vault, accounts, [addDays(earliest, -1)])
  return [...series.values()].every(([holdings]) =>
    holdings === undefined ? true : amountsOf(holdings).every(({ minor }) => minor === 0),
  )
}
