import { addDays, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { StatedBalance } from '../../analysis/account/reconciliation.ts'
import type { Vault } from '../open-vault.ts'
import { sqlRows } from './query.ts'

/** The balance (minor units, debts negative) that an account's booked transactions come to at the end of a day. */
export function bookedBalanceAt(vault: Vault, accountId: number, on: IsoDate): number {
  const [row] = sqlRows<{ minor: number }>(
    vault,
    `select a.opening_minor + b.change_minor
       - coalesce((select sum(amount_minor) from transactions where account_id = a.id and booked_on > ?), 0)
       - coalesce((select sum(amount_minor) from transactions where account_id = a.id and booked_on <= ? and status = 'pending'), 0)
       as minor
     from accounts a join account_balances b on b.account_id = a.id where a.id = ?`,
    on,
    on,
    accountId,
  )
  return row?.minor ?? 0
}

interface AssertionRow {
  readonly id: number
  readonly as_of: IsoDate
  readonly kind: StatedBalance['kind']
  readonly balance_minor: number
  readonly accepted_minor: number | null
  readonly run_id: number | null
  readonly file_name: string | null
}

/**
 * What statements and the user said of an account's balance from this day on, each beside what the transactions come
 * to. Of several balances that files state for the same moment the newest import's counts. The work grows with what lies
 * after `from`, not with the history.
 */
export function loadStatedBalances(vault: Vault, accountId: number, from: IsoDate): StatedBalance[] {
  const rows = sqlRows<AssertionRow>(
    vault,
    `select b.id, b.as_of, b.kind, b.balance_minor, b.accepted_minor, r.id as run_id, r.file_name
     from balance_assertions b left join import_runs r on r.id = b.import_run_id
     where b.account_id = ? and b.as_of >= ? and b.kind in ('opening', 'closing', 'day') order by b.as_of, b.id`,
    accountId,
    from,
  )
  if (rows.length === 0) return []
  const newest = new Map(rows.map((row) => [`${row.as_of} ${row.kind}`, row]))
  const endOf = countedAtEndOf(vault, accountId, from)
  return [...newest.values()].map((row) => ({
    id: row.id,
    kind: row.kind,
    on: row.as_of,
    statedMinor: row.balance_minor,
    countedMinor: endOf(row.kind === 'opening' ? addDays(row.as_of, -1) : row.as_of),
    acceptedMinor: row.accepted_minor,
    run: row.run_id === null ? null : { id: row.run_id, fileName: row.file_name ?? '' },
  }))
}

/** The balance at the end of any day from the one before `from` on. */
function countedAtEndOf(vault: Vault, accountId: number, from: IsoDate): (on: IsoDate) => number {
  // the covering index has no status: the few pending rows are taken out again
  const days = sqlRows<{ on: IsoDate; minor: number }>(
    vault,
    `select booked_on as "on", sum(minor) as minor from (
       select booked_on, sum(amount_minor) as minor from transactions
         where account_id = ?1 and booked_on >= ?2 group by booked_on
       union all
       select booked_on, -sum(amount_minor) from transactions
         where account_id = ?1 and booked_on >= ?2 and status = 'pending' group by booked_on
     ) group by booked_on order by booked_on`,
    accountId,
    from,
  )
  const ends: { on: IsoDate; minor: number }[] = []
  let balance = bookedBalanceAt(vault, accountId, addDays(from, -1))
  const before = balance
  for (const { on, minor } of days) {
    balance += minor
    ends.push({ on, minor: balance })
  }
  return (on) => {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((ends[middle]?.on ?? on) <= on) low = middle + 1
      else high = middle
    }
    return ends[low - 1]?.minor ?? before
  }
}

/** The earliest and the latest day for which anybody stated a balance of the account. */
export function loadStatedSpan(vault: Vault, accountId: number): { first: IsoDate; last: IsoDate } | null {
  const sql = (order: 'asc' | 'desc'): string =>
    `select as_of from balance_assertions where account_id = ? and kind in ('opening', 'closing', 'day')
     order by as_of ${order} limit 1`
  const [first] = sqlRows<{ as_of: IsoDate }>(vault, sql('asc'), accountId)
  const [last] = sqlRows<{ as_of: IsoDate }>(vault, sql('desc'), accountId)
  return first === undefined || last === undefined ? null : { first: first.as_of, last: last.as_of }
}

/** Accounts whose latest stated balance differs from their transactions by what nobody has accepted. */
export function loadUnreconciled(vault: Vault): { accountId: number; on: IsoDate; differenceMinor: number }[] {
  const latest = sqlRows<{ account_id: number; as_of: IsoDate; balance_minor: number; accepted: number | null }>(
    vault,
    `select a.id as account_id, b.as_of, b.balance_minor,
       (select accepted_minor from balance_assertions k where k.account_id = a.id and k.accepted_minor is not null
        order by k.as_of desc, k.id desc limit 1) as accepted
     from accounts a join balance_assertions b on b.id = (
       select id from balance_assertions where account_id = a.id and kind in ('closing', 'day')
       order by as_of desc, id desc limit 1)
     order by a.id`,
  )
  return latest.flatMap(({ account_id, as_of, balance_minor, accepted }) => {
    const difference = balance_minor - bookedBalanceAt(vault, account_id, as_of)
    return difference === 0 || difference === accepted
      ? []
      : [{ accountId: account_id, on: as_of, differenceMinor: difference }]
  })
}
