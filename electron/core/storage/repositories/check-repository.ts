import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { type CheckSettings, checkSettingsSchema } from '../../../../shared/model/check.ts'
import type { Payment } from '../../analysis/account/checks/spending-anomalies.ts'
import type { SpendingLines } from '../../analysis/account/checks/spending-lines.ts'
import type { Vault } from '../open-vault.ts'
import { readDays, readNumbers } from './packed-numbers.ts'
import { idList, prepared, sqlRows } from './query.ts'

export const CHECK_SETTINGS_KEY = 'checks'

/** What is missing or unreadable takes its default. */
export function loadCheckSettings(vault: Vault): CheckSettings {
  const row = sqlRows<{ value: string }>(vault, 'select value from settings where key = ?', CHECK_SETTINGS_KEY)[0]
  const parsed = checkSettingsSchema.safeParse(row === undefined ? {} : JSON.parse(row.value))
  return parsed.success ? parsed.data : checkSettingsSchema.parse({})
}

export function loadDismissals(vault: Vault): ReadonlySet<string> {
  const rows = sqlRows<{ finding: string }>(vault, 'select finding from check_dismissals')
  return new Set(rows.map(({ finding }) => finding))
}

/** An institution as it was kept when it was first named. */
export interface StoredInstitution {
  readonly id: number
  readonly name: string
  readonly key: string | null
  readonly country: string | null
  readonly kind: string | null
}

export function loadInstitutions(vault: Vault): StoredInstitution[] {
  return sqlRows<StoredInstitution>(vault, 'select id, name, key, country, kind from institutions order by id')
}

type PackedLines = [accountId: number, count: number, ids: string, days: string, categories: string, minors: string]

/** What was spent from the accounts in the days; refunds and parts that come in are left out. */
export function loadSpendingLines(
  vault: Vault,
  accountIds: readonly number[],
  from: IsoDate,
  to: IsoDate,
): SpendingLines {
  const rows = prepared(
    vault,
    `select chosen.value, count(*), group_concat(l.transaction_id), group_concat(l.booked_on),
       group_concat(l.category_id), group_concat(-l.amount_minor)
     from json_each(?) chosen cross join flow_lines l on l.account_id = chosen.value
     where l.booked_on between ? and ? and l.flow in ('expense', 'unfiled-out') and l.amount_minor < 0
     group by chosen.key`,
  )
    .raw()
    .all(idList(accountIds), from, to) as PackedLines[]
  const size = rows.reduce((sum, [, count]) => sum + count, 0)
  const numbers = (): Float64Array => new Float64Array(size)
  const [ids, accounts, categories, minors] = [numbers(), numbers(), numbers(), numbers()]
  const days = new Int32Array(size)
  let at = 0
  for (const [accountId, count, ...packed] of rows) {
    readNumbers(packed[0], ids.subarray(at))
    readDays(packed[1], days.subarray(at))
    readNumbers(packed[2], categories.subarray(at))
    readNumbers(packed[3], minors.subarray(at))
    accounts.fill(accountId, at, at + count)
    at += count
  }
  return { ids, accounts, days, categories, minors }
}

/** The transactions of these numbers as payments: whole ones, not their parts. */
export function loadPayments(vault: Vault, ids: readonly number[]): Payment[] {
  return sqlRows<Payment>(
    vault,
    `select t.id, t.account_id as accountId, t.booked_on as "on", t.payee, -t.amount_minor as minor
     from json_each(?) chosen cross join transactions t on t.id = chosen.value where t.amount_minor < 0`,
    idList(ids),
  )
}

export type PaidBefore = readonly [id: number, on: IsoDate, minor: number, accountId: number]

/** The latest payments to a payee up to a day, at most sixty. */
export function loadPayeeHistory(vault: Vault, payee: string, from: IsoDate, to: IsoDate): PaidBefore[] {
  return prepared(
    vault,
    `select id, booked_on, -amount_minor, account_id from transactions indexed by transactions_payee
     where payee = ? and booked_on between ? and ? and amount_minor < 0 order by booked_on desc limit 60`,
  )
    .raw()
    .all(payee, from, to) as PaidBefore[]
}

/** The first day that anything was paid to or came from a payee. */
export function loadFirstOfPayee(vault: Vault, payee: string): IsoDate | null {
  const sql = 'select min(booked_on) as "on" from transactions indexed by transactions_payee where payee = ?'
  return sqlRows<{ on: IsoDate | null }>(vault, sql, payee)[0]?.on ?? null
}

const CATEGORY_AMOUNTS = `select -amount_minor as minor from transactions indexed by transactions_category
  where category_id = ? and booked_on between ? and ? and amount_minor < 0 order by booked_on desc limit 2000`

/** Amounts spent in a category in the days, magnitudes, the latest two thousand. */
export function loadCategoryAmounts(vault: Vault, categoryId: number, from: IsoDate, to: IsoDate): number[] {
  return prepared(vault, CATEGORY_AMOUNTS).pluck().all(categoryId, from, to) as number[]
}

/** How many amounts `loadCategoryAmounts` has, and the largest of them. */
export function summarizeCategoryAmounts(
  vault: Vault,
  categoryId: number,
  from: IsoDate,
  to: IsoDate,
): { readonly count: number; readonly most: number } {
  const sql = `select count(*) as count, coalesce(max(minor), 0) as most from (${CATEGORY_AMOUNTS})`
  return sqlRows<{ count: number; most: number }>(vault, sql, categoryId, from, to)[0] ?? { count: 0, most: 0 }
}

/** Interest that came into each of the accounts in the days, in its own currency. */
export function loadInterestEarned(
  vault: Vault,
  accountIds: readonly number[],
  from: IsoDate,
  to: IsoDate,
): ReadonlyMap<number, number> {
  const rows = sqlRows<{ accountId: number; minor: number }>(
    vault,
    `select account_id as accountId, sum(amount_minor) as minor from transactions
     where kind = 'interest' and booked_on between ? and ? and amount_minor > 0
       and account_id in (select value from json_each(?)) group by account_id`,
    from,
    to,
    idList(accountIds),
  )
  return new Map(rows.map(({ accountId, minor }) => [accountId, minor]))
}
