import { dateFromDayNumber, dayNumber, type IsoDate } from '../../../shared/domain/iso-date.ts'
import type { MatchLine } from '../analysis/matching/match-line.ts'
import { rawRows } from '../storage/repositories/query.ts'
import type { Vault } from '../storage/open-vault.ts'

/** A stretch of days near which something is sought. */
export interface DayRange<Item> {
  readonly from: IsoDate
  readonly to: IsoDate
  readonly items: readonly Item[]
}

const FIRST_DAY = dayNumber('0001-01-01' as IsoDate)
const LAST_DAY = dayNumber('9999-12-31' as IsoDate)

/**
 * The days around these lines, from `before` days before each to `after` days after it, as few stretches as hold them
 * all: whatever lies between is never read.
 */
export function rangesAround<Item extends { readonly bookedOn: IsoDate }>(
  lines: readonly Item[],
  before: number,
  after: number,
): DayRange<Item>[] {
  const days = lines.map((line) => ({ day: dayNumber(line.bookedOn), line })).sort((a, b) => a.day - b.day)
  const ranges: { from: number; to: number; items: Item[] }[] = []
  for (const { day, line } of days) {
    const last = ranges.at(-1)
    if (last !== undefined && day - before <= last.to + 1) {
      last.to = day + after
      last.items.push(line)
    } else ranges.push({ from: day - before, to: day + after, items: [line] })
  }
  return ranges.map(({ from, to, items }) => ({
    from: dateFromDayNumber(Math.max(from, FIRST_DAY)),
    to: dateFromDayNumber(Math.min(to, LAST_DAY)),
    items,
  }))
}

/** An amount that is looked for near a day. */
export interface SoughtAmount {
  readonly bookedOn: IsoDate
  readonly minor: number
}

/**
 * Numbers of an account's lines that have one of these amounts, from `before` days before its day to `after` days after
 * it; read in the covering index alone, and only near those days.
 */
export function idsNear(
  vault: Vault,
  accountId: number,
  sought: readonly SoughtAmount[],
  before: number,
  after: number,
): number[] {
  const days = new Map<number, number[]>()
  for (const { bookedOn, minor } of sought) {
    const list = days.get(minor)
    if (list === undefined) days.set(minor, [dayNumber(bookedOn)])
    else list.push(dayNumber(bookedOn))
  }
  for (const list of days.values()) list.sort((left, right) => left - right)
  const isNear = (bookedOn: IsoDate, minor: number): boolean => {
    const list = days.get(minor)
    if (list === undefined) return false
    const day = dayNumber(bookedOn)
    // the first sought day that may be near: not more than `after` days before this one
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((list[middle] ?? 0) < day - after) low = middle + 1
      else high = middle
    }
    const nearest = list[low]
    return nearest !== undefined && nearest <= day + before
  }
  return rangesAround(sought, before, after).flatMap((range) => {
    const minors = new Set(range.items.map(({ minor }) => minor))
    const found = idsByAmount(vault, accountId, range, minors)
    return found.flatMap(([id, bookedOn, minor]) => (isNear(bookedOn, minor) ? [id] : []))
  })
}

/** A line as far as it is found by: its number, day and amount. */
export type FoundAmount = readonly [id: number, bookedOn: IsoDate, minor: number]

function idsByAmount(
  vault: Vault,
  accountId: number,
  range: { readonly from: string; readonly to: string },
  minors: ReadonlySet<number>,
): FoundAmount[] {
  return rawRows<FoundAmount>(
    vault,
    `select id, booked_on, amount_minor from transactions indexed by transactions_account
     where account_id = ? and booked_on between ? and ? and amount_minor in (select value from json_each(?))`,
    accountId,
    range.from,
    range.to,
    JSON.stringify([...minors]),
  )
}

/** An account's lines in a stretch of days; read in the covering index alone. */
export function amountsBetween(
  vault: Vault,
  accountId: number,
  range: { readonly from: string; readonly to: string },
): FoundAmount[] {
  return rawRows<FoundAmount>(
    vault,
    `select id, booked_on, amount_minor from transactions indexed by transactions_account
     where account_id = ? and booked_on between ? and ?`,
    accountId,
    range.from,
    range.to,
  )
}

/** Days and amounts, both bounds included, that a line is looked for within. */
export interface AmountWindow {
  readonly from: IsoDate
  readonly to: IsoDate
  readonly least: number
  readonly most: number
}

/** An account's lines within any of these windows, each as often as windows hold it; a seek in the covering index each. */
export function amountsWithin(vault: Vault, accountId: number, windows: readonly AmountWindow[]): FoundAmount[] {
  return rawRows<FoundAmount>(
    vault,
    `select t.id, t.booked_on, t.amount_minor
     from (select value->>0 as first_on, value->>1 as last_on, value->>2 as least, value->>3 as most from json_each(?))
       cross join transactions t indexed by transactions_account
     where t.account_id = ? and t.booked_on between first_on and last_on and t.amount_minor between least and most`,
    JSON.stringify(windows.map(({ from, to, least, most }) => [from, to, least, most])),
    accountId,
  )
}

/** An account's transfers in a stretch of days; read in an index that holds little else. */
export function transfersBetween(
  vault: Vault,
  accountId: number,
  range: { readonly from: string; readonly to: string },
): FoundAmount[] {
  return rawRows<FoundAmount>(
    vault,
    `select id, booked_on, amount_minor from transactions indexed by transactions_moved_money
     where kind in ('transfer', 'refund') and kind = 'transfer' and account_id = ? and booked_on between ? and ?`,
    accountId,
    range.from,
    range.to,
  )
}

/** An account's refunds in a stretch of days, with what tells whose they are; read in an index that holds nothing else. */
export function refundsBetween(
  vault: Vault,
  accountId: number,
  range: { readonly from: string; readonly to: string },
): Pick<MatchLine, 'id' | 'minor' | 'payee' | 'memo' | 'reference'>[] {
  return rawRows<readonly [number, number, string, string, string | null]>(
    vault,
    `select id, amount_minor, case when raw_payee = '' then payee else raw_payee end, memo, reference
     from transactions indexed by transactions_refunds
     where kind = 'refund' and account_id = ? and booked_on between ? and ? and amount_minor > 0`,
    accountId,
    range.from,
    range.to,
  ).map(([id, minor, payee, memo, reference]) => ({ id, minor, payee, memo, reference }))
}

/**
 * Numbers of an account's purchases in a stretch of days that have one of these amounts, payees or order numbers, some
 * of them more than once. Amounts and payees are found in covering indexes; rows are read for order numbers only.
 */
export function purchasesLike(
  vault: Vault,
  accountId: number,
  range: { readonly from: string; readonly to: string },
  like: { readonly minors: readonly number[]; readonly payees: readonly string[]; readonly orders: readonly string[] },
): number[] {
  const found = idsByAmount(vault, accountId, range, new Set(like.minors.filter((minor) => minor < 0))).map(
    ([id]) => id,
  )
  const seek = (sql: string, sought: readonly string[]): void => {
    if (sought.length === 0) return
    const rows = rawRows<readonly [number]>(vault, sql, accountId, range.from, range.to, JSON.stringify(sought))
    for (const [id] of rows) found.push(id)
  }
  seek(
    `select id from transactions indexed by transactions_payee
     where account_id = ? and booked_on between ? and ? and amount_minor < 0 and payee in (select value from json_each(?))`,
    like.payees,
  )
  seek(
    `select id from transactions indexed by transactions_account
     where account_id = ? and booked_on between ? and ? and amount_minor < 0
       and reference in (select value from json_each(?))`,
    like.orders,
  )
  return found
}
