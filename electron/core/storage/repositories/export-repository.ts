import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { Vault } from '../open-vault.ts'
import { idList, prepared, sqlRows } from './query.ts'

/** What exports read: everything page by page or row by row, so that a vault of any size passes through a window. */

/** A transaction as the other side of a transfer needs to know it. Amounts in the minor unit of its account. */
export interface TransferLeg {
  readonly id: number
  readonly accountId: number
  readonly bookedOn: IsoDate
  readonly amountMinor: number
  /** Whether it is nothing but one side of one transfer: no parts, no trade, no second transfer. */
  readonly plain: boolean
}

export interface ExportedSplit {
  readonly amountMinor: number
  readonly categoryId: number | null
  readonly memo: string
  readonly other: TransferLeg | null
}

export interface ExportedTrade {
  readonly securityId: number
  /** Positive into the account. */
  readonly quantity: Decimal
  readonly price: Decimal | null
  readonly feeMinor: number
  readonly taxMinor: number
}

/** A transaction with all that belongs to it. */
export interface ExportedTransaction {
  readonly id: number
  readonly accountId: number
  readonly bookedOn: IsoDate
  readonly valueOn: IsoDate | null
  readonly time: string | null
  /** Credit to the account positive. */
  readonly amountMinor: number
  readonly kind: string
  readonly status: 'booked' | 'pending'
  readonly payee: string
  readonly memo: string
  readonly reference: string | null
  readonly checkNumber: string | null
  readonly counterparty: string | null
  readonly categoryId: number | null
  readonly sourceCategory: string | null
  readonly original: { readonly minor: number; readonly currency: CurrencyCode; readonly rate: Decimal | null } | null
  readonly notes: string
  readonly tagIds: readonly number[]
  readonly splits: readonly ExportedSplit[]
  readonly trade: ExportedTrade | null
  /** The other side, where the whole transaction is one side of a transfer, and which side this is. */
  readonly transfer: { readonly side: 'from' | 'to'; readonly other: TransferLeg } | null
  /** Where it is the other side of a part of another transaction: that one, and the part's amount. */
  readonly partOf: { readonly parent: TransferLeg; readonly parentPlain: boolean; readonly partMinor: number } | null
  readonly plain: boolean
}

interface Row {
  id: number
  account_id: number
  booked_on: IsoDate
  value_on: IsoDate | null
  booked_time: string | null
  amount_minor: number
  kind: string
  status: 'booked' | 'pending'
  payee: string
  memo: string
  reference: string | null
  check_number: string | null
  counterparty: string | null
  category_id: number | null
  source_category: string | null
  original_minor: number | null
  original_currency: CurrencyCode | null
  original_rate: Decimal | null
  notes: string
  split_count: number
  tag_ids: string
  security_id: number | null
  quantity: Decimal | null
  price: Decimal | null
  fee_minor: number | null
  tax_minor: number | null
  to_id: number | null
  from_id: number | null
  parent_id: number | null
  part_minor: number | null
}

interface LegRow {
  id: number
  account_id: number
  booked_on: IsoDate
  amount_minor: number
  split_count: number
  traded: 0 | 1
  relations: number
}

interface SplitRow {
  transaction_id: number
  amount_minor: number
  category_id: number | null
  memo: string
  counterpart_id: number | null
}

const PAGE_ROWS = 500
const FIRST_DAY = ''

const pageOf = (window: string): string => `select transactions.*,
    (select json_group_array(tag_id) from transaction_tags where transaction_id = transactions.id) as tag_ids,
    trades.security_id, trades.quantity, trades.price, trades.fee_minor, trades.tax_minor,
    outgoing.to_transaction_id as to_id, incoming.from_transaction_id as from_id,
    part.transaction_id as parent_id, part.amount_minor as part_minor
  from (select id as wanted from transactions
        where ${window} (booked_on, id) > (?1, ?2) and booked_on <= ?3 order by booked_on, id limit ${PAGE_ROWS})
  join transactions on transactions.id = wanted
  left join trades on trades.transaction_id = transactions.id
  left join transfers outgoing on outgoing.from_transaction_id = transactions.id
  left join transfers incoming on incoming.to_transaction_id = transactions.id
  left join splits part on part.counterpart_id = transactions.id
  order by transactions.booked_on, transactions.id`
const PAGE = pageOf('')
const ACCOUNT_PAGE = pageOf('account_id = ?4 and')
const LEGS = `select id, account_id, booked_on, amount_minor, split_count,
    exists (select 1 from trades where transaction_id = transactions.id) as traded,
    (select count(*) from transfers where from_transaction_id = transactions.id)
      + (select count(*) from transfers where to_transaction_id = transactions.id)
      + (select count(*) from splits where counterpart_id = transactions.id) as relations
  from transactions where id in (select value from json_each(?))`
const SPLITS = `select transaction_id, amount_minor, category_id, memo, counterpart_id from splits
  where transaction_id in (select value from json_each(?)) order by transaction_id, position, id`
/** After every day that a vault can hold. */
const LAST_DAY = '9999-12-31'

/** Transactions by rising (day, id), `from` and `to` included where they are given; of all accounts, or of one. */
export function* iterateTransactions(
  vault: Vault,
  from: IsoDate | null,
  to: IsoDate | null,
  accountId?: number,
): Generator<ExportedTransaction, void, void> {
  let after: readonly [string, number] = from === null ? [FIRST_DAY, 0] : [from, 0]
  for (;;) {
    const window = [after[0], after[1], to ?? LAST_DAY] as const
    const rows =
      accountId === undefined
        ? sqlRows<Row>(vault, PAGE, ...window)
        : sqlRows<Row>(vault, ACCOUNT_PAGE, ...window, accountId)
    yield* completed(vault, rows)
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE_ROWS) return
    after = [last.booked_on, last.id]
  }
}

function completed(vault: Vault, rows: readonly Row[]): ExportedTransaction[] {
  const parents = rows.filter(({ split_count }) => split_count > 0).map(({ id }) => id)
  const splitRows = parents.length === 0 ? [] : sqlRows<SplitRow>(vault, SPLITS, idList(parents))
  const others = rows.flatMap(({ to_id, from_id, parent_id }) => [to_id, from_id, parent_id])
  const wanted = [...others, ...splitRows.map(({ counterpart_id }) => counterpart_id)].filter((id) => id !== null)
  const legs = new Map<number, LegRow>()
  if (wanted.length > 0) for (const leg of sqlRows<LegRow>(vault, LEGS, idList(wanted))) legs.set(leg.id, leg)
  const legOf = (id: number | null): TransferLeg | null => {
    const leg = id === null ? undefined : legs.get(id)
    if (leg === undefined) return null
    const plain = leg.split_count === 0 && leg.traded === 0 && leg.relations === 1
    const { account_id, booked_on, amount_minor } = leg
    return { id: leg.id, accountId: account_id, bookedOn: booked_on, amountMinor: amount_minor, plain }
  }
  const splits = Map.groupBy(splitRows, ({ transaction_id }) => transaction_id)
  return rows.map((row) => {
    const relations = [row.to_id, row.from_id, row.parent_id].filter((id) => id !== null).length
    const to = legOf(row.to_id)
    const from = legOf(row.from_id)
    const parent = legOf(row.parent_id)
    const parentRow = row.parent_id === null ? undefined : legs.get(row.parent_id)
    return {
      id: row.id,
      accountId: row.account_id,
      bookedOn: row.booked_on,
      valueOn: row.value_on,
      time: row.booked_time,
      amountMinor: row.amount_minor,
      kind: row.kind,
      status: row.status,
      payee: row.payee,
      memo: row.memo,
      reference: row.reference,
      checkNumber: row.check_number,
      counterparty: row.counterparty,
      categoryId: row.category_id,
      sourceCategory: row.source_category,
      original:
        row.original_minor === null || row.original_currency === null
          ? null
          : { minor: row.original_minor, currency: row.original_currency, rate: row.original_rate },
      notes: row.notes,
      tagIds: JSON.parse(row.tag_ids) as number[],
      splits: (splits.get(row.id) ?? []).map((split) => ({
        amountMinor: split.amount_minor,
        categoryId: split.category_id,
        memo: split.memo,
        other: legOf(split.counterpart_id),
      })),
      trade:
        row.security_id === null || row.quantity === null
          ? null
          : {
              securityId: row.security_id,
              quantity: row.quantity,
              price: row.price,
              feeMinor: row.fee_minor ?? 0,
              taxMinor: row.tax_minor ?? 0,
            },
      transfer: to !== null ? { side: 'from', other: to } : from !== null ? { side: 'to', other: from } : null,
      partOf:
        parent === null
          ? null
          : {
              parent,
              parentPlain: parentRow?.traded === 0 && parentRow.relations === 0,
              partMinor: row.part_minor ?? 0,
            },
      plain: row.split_count === 0 && row.security_id === null && relations <= 1,
    }
  })
}

/** Rows of a query as they are asked for, while nothing else is run on the connection's same statement. */
function* rowsOf<T>(vault: Vault, sql: string, ...parameters: readonly (string | number)[]): Generator<T, void, void> {
  for (const row of prepared(vault, sql).iterate(...parameters)) yield row as T
}

export interface ExportedSecurity {
  readonly id: number
  readonly isin: string | null
  readonly symbol: string | null
  readonly name: string
  readonly otherScheme: string | null
  readonly otherValue: string | null
  readonly class: string
  readonly currency: CurrencyCode | null
}

export function loadExportSecurities(vault: Vault): ExportedSecurity[] {
  return sqlRows<ExportedSecurity>(
    vault,
    `select id, isin, symbol, name, other_scheme as otherScheme, other_value as otherValue, class, currency
     from securities order by id`,
  )
}

export interface ExportedCategory {
  readonly id: number
  readonly parentId: number | null
  readonly kind: 'income' | 'expense' | 'transfer'
  readonly nameZh: string
  readonly nameEn: string
}

export function loadExportCategories(vault: Vault): ExportedCategory[] {
  const sql = `select id, parent_id as parentId, kind, name_zh as nameZh, name_en as nameEn from categories order by id`
  return sqlRows<ExportedCategory>(vault, sql)
}

export function loadTagNames(vault: Vault): ReadonlyMap<number, string> {
  const rows = sqlRows<{ id: number; name: string }>(vault, 'select id, name from tags order by id')
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export interface ExportedPosition {
  readonly accountId: number
  readonly securityId: number
  readonly on: IsoDate
  readonly quantity: Decimal
  readonly price: Decimal | null
  readonly valueMinor: number | null
  readonly costMinor: number | null
}

/** Holdings as statements reported them, by rising day. */
export function loadPositions(vault: Vault, to: IsoDate | null): ExportedPosition[] {
  return sqlRows<ExportedPosition>(
    vault,
    `select account_id as accountId, security_id as securityId, as_of as "on", quantity, price,
       value_minor as valueMinor, cost_minor as costMinor
     from positions where as_of <= ? order by as_of, id`,
    to ?? LAST_DAY,
  )
}

export interface ExportedPrice {
  readonly securityId: number
  readonly on: IsoDate
  readonly price: Decimal
  readonly currency: CurrencyCode
}

export function iteratePrices(vault: Vault, to: IsoDate | null): Generator<ExportedPrice, void, void> {
  const sql = `select security_id as securityId, as_of as "on", price, currency from prices
    where as_of <= ? order by security_id, as_of`
  return rowsOf<ExportedPrice>(vault, sql, to ?? LAST_DAY)
}

export interface ExportedRate {
  readonly base: CurrencyCode
  readonly quote: CurrencyCode
  readonly on: IsoDate
  readonly rate: Decimal
}

export function iterateRates(vault: Vault, to: IsoDate | null): Generator<ExportedRate, void, void> {
  const sql = `select base, quote, as_of as "on", rate from fx_rates where as_of <= ? order by base, quote, as_of`
  return rowsOf<ExportedRate>(vault, sql, to ?? LAST_DAY)
}

/** How many transactions there are from `from` to `to`, for a progress bar. */
export function countExported(vault: Vault, from: IsoDate | null, to: IsoDate | null): number {
  const sql = 'select count(*) as count from transactions where booked_on >= ? and booked_on <= ?'
  return sqlRows<{ count: number }>(vault, sql, from ?? FIRST_DAY, to ?? LAST_DAY)[0]?.count ?? 0
}

/** Sum of what is booked on each account before (or with `including` up to) the day, in its minor unit. */
export function loadSumsUpTo(vault: Vault, on: IsoDate, including: boolean): ReadonlyMap<number, number> {
  const sql = `select account_id as id, sum(amount_minor) as minor from transactions
    where booked_on ${including ? '<=' : '<'} ? group by account_id`
  return new Map(sqlRows<{ id: number; minor: number }>(vault, sql, on).map(({ id, minor }) => [id, minor]))
}

/** The first and the last day that anything is booked on, by account. */
export function loadBookedSpans(vault: Vault): ReadonlyMap<number, { first: IsoDate; last: IsoDate }> {
  const sql = `select accounts.id,
      (select min(booked_on) from transactions where account_id = accounts.id) as first,
      (select max(booked_on) from transactions where account_id = accounts.id) as last
    from accounts`
  const rows = sqlRows<{ id: number; first: IsoDate | null; last: IsoDate | null }>(vault, sql)
  return new Map(
    rows.flatMap(({ id, first, last }) => (first === null || last === null ? [] : [[id, { first, last }] as const])),
  )
}
