import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import { type IsoDate, monthOf, startOfMonth } from '../../../../shared/domain/iso-date.ts'
import { money } from '../../../../shared/domain/money.ts'
import type { Split, Transaction, TransactionFilter } from '../../../../shared/model/transaction.ts'
import type { Vault } from '../open-vault.ts'
import { idList, sqlRows } from './query.ts'
import { countTransactions } from './span-repository.ts'
import { type Condition, filterCondition, onlyAccounts } from './transaction-filter.ts'

interface TransactionRow {
  id: number
  account_id: number
  currency: CurrencyCode
  booked_on: IsoDate
  value_on: IsoDate | null
  booked_time: string | null
  amount_minor: number
  kind: Transaction['kind']
  status: Transaction['status']
  payee: string
  raw_payee: string
  memo: string
  reference: string | null
  counterparty: string | null
  category_id: number | null
  source_category: string | null
  category_source: Transaction['categorySource']
  original_minor: number | null
  original_currency: CurrencyCode | null
  original_rate: Decimal | null
  notes: string
  split_count: number
  import_run_id: number | null
  tag_ids: string
  attachment_count: number
  other_id: number | null
  other_account_id: number | null
  security_id: number | null
  security_name: string | null
  quantity: Decimal | null
  price: Decimal | null
  fee_minor: number | null
  tax_minor: number | null
}

interface SplitRow extends Omit<Split, 'transfer'> {
  transactionId: number
  otherId: number | null
  otherAccountId: number | null
}

const OTHER = `coalesce(outgoing.to_transaction_id, incoming.from_transaction_id,
  (select transaction_id from splits where counterpart_id = transactions.id))`
const COLUMNS = `transactions.id, transactions.account_id, accounts.currency, transactions.booked_on, value_on,
  booked_time, amount_minor, transactions.kind, status, payee, raw_payee, memo, reference, counterparty, category_id,
  source_category, category_source, original_minor, original_currency, original_rate, transactions.notes, split_count, import_run_id,
  (select json_group_array(tag_id) from transaction_tags where transaction_id = transactions.id) as tag_ids,
  (select count(*) from attachments where attachments.transaction_id = transactions.id) as attachment_count,
  ${OTHER} as other_id,
  (select account_id from transactions other where other.id = ${OTHER}) as other_account_id,
  trades.security_id, securities.name as security_name, trades.quantity, trades.price, trades.fee_minor, trades.tax_minor`
const JOINS = `join accounts on accounts.id = transactions.account_id
  left join trades on trades.transaction_id = transactions.id
  left join securities on securities.id = trades.security_id
  left join transfers outgoing on outgoing.from_transaction_id = transactions.id
  left join transfers incoming on incoming.to_transaction_id = transactions.id`

function transactionOf(row: TransactionRow, splits: Split[], runningMinor: number | null): Transaction {
  const { original_minor, original_currency } = row
  return {
    id: row.id,
    accountId: row.account_id,
    bookedOn: row.booked_on,
    valueOn: row.value_on,
    time: row.booked_time,
    amount: money(row.amount_minor, row.currency),
    runningBalance: runningMinor === null ? null : money(runningMinor, row.currency),
    kind: row.kind,
    status: row.status,
    payee: row.payee,
    rawPayee: row.raw_payee,
    memo: row.memo,
    reference: row.reference,
    counterparty: row.counterparty,
    categoryId: row.category_id,
    sourceCategory: row.source_category,
    categorySource: row.category_source,
    original:
      original_minor === null || original_currency === null
        ? null
        : { amount: money(original_minor, original_currency), rate: row.original_rate },
    splits,
    tagIds: JSON.parse(row.tag_ids) as number[],
    notes: row.notes,
    transfer:
      row.other_id === null || row.other_account_id === null
        ? null
        : { transactionId: row.other_id, accountId: row.other_account_id },
    trade:
      row.security_id === null || row.quantity === null
        ? null
        : {
            securityId: row.security_id,
            securityName: row.security_name ?? '',
            quantity: row.quantity,
            price: row.price,
            feeMinor: row.fee_minor ?? 0,
            taxMinor: row.tax_minor ?? 0,
          },
    importRunId: row.import_run_id,
    attachmentCount: row.attachment_count,
  }
}

/** The transactions of these ids in their order; ids that are not there are left out. */
export function loadTransactions(
  vault: Vault,
  ids: readonly number[],
  running: ReadonlyMap<number, number> = new Map(),
): Transaction[] {
  const list = idList(ids)
  const rows = sqlRows<TransactionRow>(
    vault,
    `select ${COLUMNS} from json_each(?) wanted join transactions on transactions.id = wanted.value ${JOINS}`,
    list,
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const splits = new Map<number, Split[]>()
  if (rows.some(({ split_count }) => split_count > 0)) {
    for (const { transactionId, otherId, otherAccountId, ...part } of sqlRows<SplitRow>(
      vault,
      `select transaction_id as transactionId, splits.amount_minor as amountMinor, splits.category_id as categoryId,
         splits.memo, splits.source_category as sourceCategory, other.id as otherId, other.account_id as otherAccountId
       from splits left join transactions other on other.id = splits.counterpart_id
       where transaction_id in (select value from json_each(?)) order by transaction_id, position, splits.id`,
      list,
    )) {
      const transfer =
        otherId === null || otherAccountId === null ? null : { transactionId: otherId, accountId: otherAccountId }
      const split: Split = Object.assign(part, { transfer })
      const known = splits.get(transactionId)
      if (known === undefined) splits.set(transactionId, [split])
      else known.push(split)
    }
  }
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row === undefined ? [] : transactionOf(row, splits.get(id) ?? [], running.get(id) ?? null)
  })
}

interface IdRow {
  id: number
}

/** Pages beyond this are left to the engine's sort; up to it the newest of each account are merged. */
const MERGED_ROWS = 2000

/** The ids of a window, newest first, read in an index without touching the rows where only accounts are asked for. */
export function windowIds(
  vault: Vault,
  filter: TransactionFilter,
  offset: number,
  limit: number,
  total: number,
): number[] {
  const accounts = onlyAccounts(filter)
  const condition = filterCondition(filter)
  if (accounts !== false && accounts !== undefined && accounts.length > 1 && offset + limit <= MERGED_ROWS) {
    const part = `select * from (select id, booked_on from transactions where account_id = ?
      order by booked_on desc, id desc limit ${offset + limit})`
    // the engine takes at most 500 parts; beyond that its own sort
    if (accounts.length <= 300) {
      const sql = `${accounts.map(() => part).join(' union all ')} order by booked_on desc, id desc limit ? offset ?`
      return sqlRows<IdRow>(vault, sql, ...accounts, limit, offset).map(({ id }) => id)
    }
  }
  if (accounts !== false && offset > total / 2) {
    // the far half is nearer from the other end
    const rest = Math.max(0, total - offset)
    const size = Math.min(limit, rest)
    const sql = `select id from transactions where ${condition.sql} order by booked_on, id limit ? offset ?`
    const rows = sqlRows<IdRow>(vault, sql, ...condition.parameters, size, rest - size)
    return rows.map(({ id }) => id).toReversed()
  }
  const sql = `select id from transactions where ${condition.sql} order by booked_on desc, id desc limit ? offset ?`
  return sqlRows<IdRow>(vault, sql, ...condition.parameters, limit, offset).map(({ id }) => id)
}

export function countMatching(vault: Vault, filter: TransactionFilter): number {
  const accounts = onlyAccounts(filter)
  if (accounts !== false) return countTransactions(vault, accounts)
  const { sql, parameters }: Condition = filterCondition(filter)
  return (
    sqlRows<{ count: number }>(vault, `select count(*) as count from transactions where ${sql}`, ...parameters)[0]
      ?.count ?? 0
  )
}

/**
 * The account's balance after each of these neighbouring rows (newest first): kept sums of whole months, the days of the
 * oldest row's month from the covering index, then row by row.
 */
function runningBalances(
  vault: Vault,
  accountId: number,
  rows: readonly Transaction[],
  openingMinor: number,
): Map<number, number> {
  const oldest = rows.at(-1)
  const balances = new Map<number, number>()
  if (oldest === undefined) return balances
  const [before] = sqlRows<{ minor: number }>(
    vault,
    `select (select coalesce(sum(inflow_minor - outflow_minor), 0) from account_months where account_id = ?1 and month < ?2)
      + (select coalesce(sum(amount_minor), 0) from transactions
         where account_id = ?1 and booked_on >= ?3 and (booked_on, id) < (?4, ?5)) as minor`,
    accountId,
    monthOf(oldest.bookedOn),
    startOfMonth(oldest.bookedOn),
    oldest.bookedOn,
    oldest.id,
  )
  let balance = openingMinor + (before?.minor ?? 0)
  for (const row of rows.toReversed()) {
    balance += row.amount.minor
    balances.set(row.id, balance)
  }
  return balances
}

export interface TransactionWindow {
  readonly total: number
  readonly rows: Transaction[]
}

/** A window of what the filter matches, newest first; with running balances where it is one account's whole list. */
export function loadTransactionWindow(
  vault: Vault,
  filter: TransactionFilter,
  offset: number,
  limit: number,
): TransactionWindow {
  const total = countMatching(vault, filter)
  const rows = loadTransactions(vault, windowIds(vault, filter, offset, limit, total))
  const accounts = onlyAccounts(filter)
  const only = accounts === false || accounts?.length !== 1 ? undefined : accounts[0]
  if (only === undefined) return { total, rows }
  const [account] = sqlRows<{ opening: number }>(
    vault,
    'select opening_minor as opening from accounts where id = ?',
    only,
  )
  const running = runningBalances(vault, only, rows, account?.opening ?? 0)
  for (const row of rows) row.runningBalance = money(running.get(row.id) ?? 0, row.amount.currency)
  return { total, rows }
}

/** Up to so many ids of what the filter matches, newest first. */
export function loadMatchingIds(vault: Vault, filter: TransactionFilter, most: number): number[] {
  const { sql, parameters } = filterCondition(filter)
  return sqlRows<IdRow>(
    vault,
    `select id from transactions where ${sql} order by booked_on desc, id desc limit ?`,
    ...parameters,
    most,
  ).map(({ id }) => id)
}

/** Sums of what the filter matches by currency; `out` is a magnitude. */
export function loadSums(
  vault: Vault,
  filter: TransactionFilter,
): { currency: CurrencyCode; inMinor: number; outMinor: number; count: number }[] {
  const accounts = onlyAccounts(filter)
  if (accounts !== false) {
    const where = accounts === undefined ? '' : 'where accounts.id in (select value from json_each(?))'
    const sql = `select currency, sum(inflow_minor) as inMinor, sum(outflow_minor) as outMinor,
        sum(transaction_count) as count
      from account_months join accounts on accounts.id = account_id ${where} group by currency order by currency`
    return sqlRows(vault, sql, ...(accounts === undefined ? [] : [idList(accounts)]))
  }
  const { sql, parameters } = filterCondition(filter)
  return sqlRows(
    vault,
    `select currency, sum(max(amount_minor, 0)) as inMinor, sum(max(-amount_minor, 0)) as outMinor, count(*) as count
     from transactions join (select id as owner, currency from accounts) on owner = transactions.account_id
     where ${sql} group by currency order by currency`,
    ...parameters,
  )
}
