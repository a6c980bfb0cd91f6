import { endOfMonth, type IsoDate, monthOf, startOfMonth } from '../../../../shared/domain/iso-date.ts'
import { type Money, money } from '../../../../shared/domain/money.ts'
import { worthByKind } from '../../analysis/account/kinds/kind-worth.ts'
import type { Vault } from '../open-vault.ts'
import { untilChange } from '../until-change.ts'
import { loadFirstBookedDays, loadValuations, type StoredAccount } from './account-repository.ts'
import { loadHeldSecurities } from './holding-repository.ts'
import { sqlRows } from './query.ts'

/** What an account holds on a day. Signed as in the vault: a debt is negative. */
export interface Holdings {
  readonly cash: Money
  /** Values of securities, each in the currency it is priced in. */
  readonly securities: readonly Money[]
  /** Set where dated values alone give the worth; `cash` is then nothing. */
  readonly valuedOn: IsoDate | null
  /** Something is there that nobody said the worth of, such as points; it is in no amount. */
  readonly unvalued?: boolean
}

export function amountsOf({ cash, securities }: Holdings): readonly Money[] {
  return securities.length === 0 ? [cash] : [cash, ...securities]
}

/** What is booked up to and including each day, by account; opening balances not contained. Rising dates. */
function loadBooked(vault: Vault, accountIds: readonly number[], dates: readonly IsoDate[]): Map<number, number[]> {
  const first = dates[0]
  const last = dates.at(-1)
  const booked = new Map(accountIds.map((id) => [id, dates.map(() => 0)]))
  if (first === undefined || last === undefined) return booked
  const whole = (date: IsoDate): boolean => endOfMonth(date) === date
  // whole months come from the maintained sums; for other days the days of their month are read in the covering index
  const partial = [...new Set(dates.filter((date) => !whole(date)).map(monthOf))]
  const before = new Map(
    sqlRows<{ id: number; minor: number }>(
      vault,
      `select account_id as id, sum(inflow_minor - outflow_minor) as minor from account_months
       where month < ? group by account_id`,
      monthOf(first),
    ).map(({ id, minor }) => [id, minor]),
  )
  const months = new Map<number, { month: string; minor: number }[]>()
  for (const { id, month, minor } of sqlRows<{ id: number; month: string; minor: number }>(
    vault,
    `select account_id as id, month, inflow_minor - outflow_minor as minor from account_months
     where month >= ? and month <= ? order by account_id, month`,
    monthOf(first),
    monthOf(last),
  )) {
    const list = months.get(id)
    if (list === undefined) months.set(id, [{ month, minor }])
    else list.push({ month, minor })
  }
  for (const id of accountIds) {
    const totals = booked.get(id) ?? []
    let sum = before.get(id) ?? 0
    let next = 0
    const list = months.get(id) ?? []
    for (const [index, date] of dates.entries()) {
      const month = monthOf(date)
      const end = whole(date)
      for (let entry = list[next]; entry !== undefined; entry = list[next]) {
        if (end ? entry.month > month : entry.month >= month) break
        sum += entry.minor
        next += 1
      }
      totals[index] = sum
    }
  }
  for (const month of partial) {
    const start = startOfMonth(`${month}-01` as IsoDate)
    const wanted = dates
      .map((date, index) => ({ date, index }))
      .filter(({ date }) => monthOf(date) === month && !whole(date))
    const until = wanted.at(-1)?.date ?? start
    for (const id of accountIds) {
      if (months.get(id)?.some((entry) => entry.month === month) !== true) continue
      const days = sqlRows<{ on: IsoDate; minor: number }>(
        vault,
        `select booked_on as "on", sum(amount_minor) as minor from transactions
         where account_id = ? and booked_on >= ? and booked_on <= ? group by booked_on order by booked_on`,
        id,
        start,
        until,
      )
      const totals = booked.get(id) ?? []
      let next = 0
      let sum = 0
      for (const { date, index } of wanted) {
        for (let day = days[next]; day !== undefined && day.on <= date; day = days[next]) {
          sum += day.minor
          next += 1
        }
        totals[index] = (totals[index] ?? 0) + sum
      }
    }
  }
  return booked
}

/** The dated values of a thing: what was entered, and what was paid for it where that is known and earlier. */
export function loadValueTimelines(
  vault: Vault,
  accounts: readonly StoredAccount[],
): ReadonlyMap<number, readonly { on: IsoDate; minor: number }[]> {
  const timelines = new Map<number, { on: IsoDate; minor: number }[]>()
  for (const account of accounts) {
    if (account.kind.valuedBy !== 'valuation') continue
    const { home, vehicle } = account.terms
    const boughtOn = home?.purchasedOn ?? vehicle?.registeredOn ?? null
    const paid = home?.purchaseMinor ?? vehicle?.purchaseMinor ?? null
    if (boughtOn !== null && paid !== null) timelines.set(account.id, [{ on: boughtOn, minor: paid }])
  }
  const valued = new Set(accounts.filter(({ kind }) => kind.valuedBy === 'valuation').map(({ id }) => id))
  for (const { accountId, on, valueMinor } of loadValuations(vault)) {
    if (!valued.has(accountId)) continue
    const list = timelines.get(accountId)
    if (list === undefined) timelines.set(accountId, [{ on, minor: valueMinor }])
    else list.push({ on, minor: valueMinor })
  }
  for (const list of timelines.values())
    list.sort((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0))
  return timelines
}

/**
 * What each account holds at the end of each day (rising dates). From the opening balance's day on it is opening +
 * everything booked; before that day nothing is known and it counts as nothing. Something valued by dated values counts
 * with the latest on or before the day; without any, with its balance. Points and plans: `worthByKind`. Costs as much as months and asked days, not as
 * the history is long.
 */
export function loadHoldingsSeries(
  vault: Vault,
  accounts: readonly StoredAccount[],
  dates: readonly IsoDate[],
): ReadonlyMap<number, readonly Holdings[]> {
  if (dates.length === 0) return new Map()
  // the same screens are looked at again and again between two changes
  const key = JSON.stringify([accounts.map(({ id }) => id), dates])
  return untilChange(vault, `holdings of ${dates.length} days`, key, () =>
    computeHoldingsSeries(vault, accounts, dates),
  )
}

function computeHoldingsSeries(
  vault: Vault,
  accounts: readonly StoredAccount[],
  dates: readonly IsoDate[],
): ReadonlyMap<number, readonly Holdings[]> {
  const booked = loadBooked(
    vault,
    accounts.map(({ id }) => id),
    dates,
  )
  const values = loadValueTimelines(vault, accounts)
  const ids = new Set(accounts.map(({ id }) => id))
  const held = Map.groupBy(loadHeldSecurities(vault, ids, dates), ({ accountId }) => accountId)
  const firstDays = loadFirstBookedDays(vault)
  const series = new Map<number, Holdings[]>()
  for (const account of accounts) {
    const totals = booked.get(account.id) ?? []
    const since = knownSince(account, firstDays.get(account.id) ?? null)
    const timeline = values.get(account.id) ?? []
    const securities = held.get(account.id) ?? []
    const worthOf = worthByKind(account)
    let next = 0
    series.set(
      account.id,
      dates.map((date, index) => {
        for (let entry = timeline[next]; entry !== undefined && entry.on <= date; entry = timeline[next]) next += 1
        const value = timeline[next - 1]
        if (value !== undefined) {
          return {
            cash: money(0, account.currency),
            securities: [money(value.minor, account.currency)],
            valuedOn: value.on,
          }
        }
        const known = since === null || date >= since
        const { worth: cash, unvalued } = worthOf(known ? account.openingMinor + (totals[index] ?? 0) : 0, date)
        const worth = securities.flatMap(({ timeline }) => timeline.at(date)?.value ?? [])
        return { cash, securities: worth.filter(({ minor }) => minor !== 0), valuedOn: null, unvalued }
      }),
    )
  }
  return series
}

/** From when on the account's balance is known; null: always. */
function knownSince({ openingOn }: StoredAccount, firstBookedOn: IsoDate | null): IsoDate | null {
  if (openingOn === null) return null
  return firstBookedOn !== null && firstBookedOn < openingOn ? firstBookedOn : openingOn
}
