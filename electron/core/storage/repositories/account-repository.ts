import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { type AccountKind, accountKindOf } from '../../../../shared/model/account-kinds.ts'
import { type Terms, termsSchema } from '../../../../shared/model/terms.ts'
import type { Vault } from '../open-vault.ts'
import { idList, sqlRows } from './query.ts'

/** An account as it is kept, with the figures that are maintained for it. */
export interface StoredAccount {
  readonly id: number
  readonly name: string
  readonly kind: AccountKind
  readonly kindKey: string
  readonly institution: { readonly id: number; readonly name: string } | null
  readonly number: string | null
  readonly currency: CurrencyCode
  readonly openingMinor: number
  readonly openingOn: IsoDate | null
  readonly position: number
  readonly closedOn: IsoDate | null
  readonly hidden: boolean
  readonly inNetWorth: boolean
  readonly notes: string
  readonly terms: Terms
  /** Sum of all transactions, signed. */
  readonly changeMinor: number
  readonly transactionCount: number
}

interface AccountRow {
  id: number
  name: string
  kind: string
  institution_id: number | null
  institution_name: string | null
  number: string | null
  currency: CurrencyCode
  opening_minor: number
  opening_on: IsoDate | null
  position: number
  closed_on: IsoDate | null
  hidden: 0 | 1
  in_net_worth: 0 | 1
  notes: string
  terms: string
  change_minor: number
  transaction_count: number
}

/** What the terms column holds; what cannot be read counts as no terms, for a figure must not be guessed from it. */
export function parseTerms(text: string): Terms {
  if (text === '{}') return {}
  const parsed = termsSchema.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : {}
}

function accountOf(row: AccountRow): StoredAccount {
  return {
    id: row.id,
    name: row.name,
    kind: accountKindOf(row.kind),
    kindKey: row.kind,
    institution: row.institution_id === null ? null : { id: row.institution_id, name: row.institution_name ?? '' },
    number: row.number,
    currency: row.currency,
    openingMinor: row.opening_minor,
    openingOn: row.opening_on,
    position: row.position,
    closedOn: row.closed_on,
    hidden: row.hidden === 1,
    inNetWorth: row.in_net_worth === 1,
    notes: row.notes,
    terms: parseTerms(row.terms),
    changeMinor: row.change_minor,
    transactionCount: row.transaction_count,
  }
}

const SELECT = `select accounts.*, institutions.name as institution_name, change_minor, transaction_count
  from accounts
  join account_balances on account_balances.account_id = accounts.id
  left join institutions on institutions.id = accounts.institution_id`

/** All accounts in the user's order. */
export function loadAccounts(vault: Vault): StoredAccount[] {
  return sqlRows<AccountRow>(vault, `${SELECT} order by accounts.position, accounts.id`).map(accountOf)
}

export function loadAccount(vault: Vault, id: number): StoredAccount | null {
  const [row] = sqlRows<AccountRow>(vault, `${SELECT} where accounts.id = ?`, id)
  return row === undefined ? null : accountOf(row)
}

export interface AccountDates {
  readonly firstBookedOn: IsoDate | null
  /** Not after the day. */
  readonly lastBookedOn: IsoDate | null
  /** The sum of what is booked after the day: entered ahead, not yet part of the balance. */
  readonly aheadMinor: number
}

/**
 * Of each account two seeks in the covering index, and the few rows dated ahead; never the history. All in one statement,
 * for asking costs more than finding.
 */
export function loadAccountDates(
  vault: Vault,
  accountIds: readonly number[],
  today: IsoDate,
): (accountId: number) => AccountDates {
  const rows = sqlRows<AccountDates & { id: number }>(
    vault,
    `select asked.value as id,
       (select min(booked_on) from transactions where account_id = asked.value) as firstBookedOn,
       (select max(booked_on) from transactions where account_id = asked.value and booked_on <= ?2) as lastBookedOn,
       (select coalesce(sum(amount_minor), 0) from transactions
        where account_id = asked.value and booked_on > ?2) as aheadMinor
     from json_each(?1) asked`,
    idList(accountIds),
    today,
  )
  const known = new Map(rows.map((row) => [row.id, row]))
  return (accountId) => known.get(accountId) ?? { firstBookedOn: null, lastBookedOn: null, aheadMinor: 0 }
}

/** The day of each account's first transaction, where it has any: a seek each. */
export function loadFirstBookedDays(vault: Vault): ReadonlyMap<number, IsoDate> {
  const rows = sqlRows<{ id: number; on: IsoDate | null }>(
    vault,
    'select id, (select min(booked_on) from transactions where account_id = accounts.id) as "on" from accounts',
  )
  return new Map(rows.flatMap(({ id, on }) => (on === null ? [] : [[id, on] as const])))
}

/** When each account last got rows from a file. */
export function loadLastImports(vault: Vault): ReadonlyMap<number, number> {
  const rows = sqlRows<{ account_id: number; at: number }>(
    vault,
    `select account_id, max(started_at) as at from import_run_accounts
     join import_runs on import_runs.id = import_run_id where undone_at is null group by account_id`,
  )
  return new Map(rows.map(({ account_id, at }) => [account_id, at]))
}

export interface StoredValuation {
  readonly id: number
  readonly accountId: number
  readonly on: IsoDate
  readonly valueMinor: number
  readonly note: string
}

/** Dated values, oldest first within an account. */
export function loadValuations(vault: Vault, accountId?: number): StoredValuation[] {
  const columns = 'select id, account_id as accountId, as_of as "on", value_minor as valueMinor, note from valuations'
  return accountId === undefined
    ? sqlRows<StoredValuation>(vault, `${columns} order by account_id, as_of`)
    : sqlRows<StoredValuation>(vault, `${columns} where account_id = ? order by as_of`, accountId)
}
