import { type IsoDate, monthOf } from '../../../../shared/domain/iso-date.ts'
import type { Vault } from '../open-vault.ts'
import { sqlRows } from './query.ts'

/** The first day that something is known of: a transaction, an opening balance, a dated value or a statement. */
export function firstKnownDay(vault: Vault, accountId: number | null): IsoDate | null {
  const only = accountId === null ? '' : 'where account_id = ?1'
  const sql = `select min(day) as day from (
      select min(booked_on) as day from transactions ${only}
      union all select min(opening_on) from accounts ${accountId === null ? '' : 'where id = ?1'}
      union all select min(as_of) from valuations ${only}
      union all select min(as_of) from positions ${only})`
  const rows = accountId === null ? sqlRows<Row>(vault, sql) : sqlRows<Row>(vault, sql, accountId)
  return rows[0]?.day ?? null
}
interface Row {
  day: IsoDate | null
}

/** How many transactions the months of this span hold, from the maintained counts. */
export function countBetween(vault: Vault, from: IsoDate, to: IsoDate, accountId: number | null): number {
  const [first, last] = [monthOf(from), monthOf(to)]
  const sql = 'select coalesce(sum(transaction_count), 0) as count from account_months where month >= ? and month <= ?'
  const rows =
    accountId === null
      ? sqlRows<{ count: number }>(vault, sql, first, last)
      : sqlRows<{ count: number }>(vault, `${sql} and account_id = ?`, first, last, accountId)
  return rows[0]?.count ?? 0
}

/** Transactions of the vault and of single accounts, from the maintained counts. */
export function countTransactions(vault: Vault, accountIds?: readonly number[]): number {
  const sql = 'select coalesce(sum(transaction_count), 0) as count from account_balances'
  const rows =
    accountIds === undefined
      ? sqlRows<{ count: number }>(vault, sql)
      : sqlRows<{ count: number }>(
          vault,
          `${sql} where account_id in (select value from json_each(?))`,
          JSON.stringify(accountIds),
        )
  return rows[0]?.count ?? 0
}
