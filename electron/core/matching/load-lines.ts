import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { Decimal } from '../../../shared/domain/decimal.ts'
import { dateFromDayNumber, dayNumber, type IsoDate } from '../../../shared/domain/iso-date.ts'
import type { MatchLine } from '../analysis/matching/match-line.ts'
import { idList, type SqlValue, sqlRows } from '../storage/repositories/query.ts'
import type { Vault } from '../storage/open-vault.ts'

interface LineRow {
  id: number
  account_id: number
  booked_on: IsoDate
  value_on: IsoDate | null
  booked_time: string | null
  amount_minor: number
  kind: string
  payee: string
  memo: string
  reference: string | null
  check_number: string | null
  counterparty: string | null
  source_category: string | null
  merchant_category: string | null
  original_minor: number | null
  original_currency: CurrencyCode | null
  security_id: number | null
  quantity: Decimal | null
  import_run_id: number | null
  print: string | null
  ordinal: number
  linked: 0 | 1
}

// by what the files say: names that were cleaned or given since say less
const LINES = `select t.id, t.account_id, t.booked_on, t.value_on, t.booked_time, t.amount_minor, t.kind,
    case when t.raw_payee = '' then t.payee else t.raw_payee end as payee, t.memo,
    t.reference, t.check_number, t.counterparty, t.source_category, t.merchant_category, t.original_minor,
    t.original_currency, trades.security_id, trades.quantity, t.import_run_id, hex(t.fingerprint) as print, t.ordinal,
    exists (select 1 from transfers where from_transaction_id = t.id)
      or exists (select 1 from transfers where to_transaction_id = t.id)
      or exists (select 1 from splits where counterpart_id = t.id) as linked
  from transactions t left join trades on trades.transaction_id = t.id`

/** Reads lines of the vault as the matcher sees them; pending ones are another matter and left out. */
export class LineLoader {
  readonly #vault: Vault
  readonly #importers = new Map<number, string>()

  constructor(vault: Vault) {
    this.#vault = vault
    for (const { id, importer } of sqlRows<{ id: number; importer: string }>(
      vault,
      'select id, importer from import_runs',
    )) {
      this.#importers.set(id, importer)
    }
  }

  /** Tells what reads the run that is under way: its row says so only when it is through. */
  nameRun(runId: number, importer: string): void {
    this.#importers.set(runId, importer)
  }

  /** The lines of these numbers. */
  byIds(ids: readonly number[]): MatchLine[] {
    return this.#read(`${LINES} where t.id in (select value from json_each(?)) and t.status = 'booked'`, idList(ids))
  }

  /** What a run brought, at most so many lines. */
  ofRun(runId: number, most: number): MatchLine[] {
    return this.#read(
      `${LINES} where t.import_run_id = ? and t.status = 'booked' order by t.booked_on, t.id limit ?`,
      runId,
      most,
    )
  }

  /** What a run brought to an account from one day to another, at most so many lines. */
  ofRunBetween(runId: number, accountId: number, from: string, to: string, most: number): MatchLine[] {
    return this.#read(
      `${LINES} where t.account_id = ? and t.booked_on between ? and ? and t.import_run_id = ? and t.status = 'booked'
       order by t.booked_on, t.id limit ?`,
      accountId,
      from,
      to,
      runId,
      most,
    )
  }

  #read(sql: string, ...parameters: readonly SqlValue[]): MatchLine[] {
    return sqlRows<LineRow>(this.#vault, sql, ...parameters).map((row) => ({
      id: row.id,
      accountId: row.account_id,
      bookedOn: row.booked_on,
      valueOn: row.value_on,
      time: row.booked_time,
      minor: row.amount_minor,
      kind: row.kind,
      payee: row.payee,
      memo: row.memo,
      reference: row.reference,
      checkNumber: row.check_number,
      counterparty: row.counterparty,
      sourceCategory: row.source_category,
      merchantCategory: row.merchant_category,
      original:
        row.original_minor === null || row.original_currency === null
          ? null
          : { minor: row.original_minor, currency: row.original_currency },
      trade:
        row.security_id === null || row.quantity === null
          ? null
          : { securityId: row.security_id, quantity: row.quantity },
      runId: row.import_run_id,
      importer: row.import_run_id === null ? '' : (this.#importers.get(row.import_run_id) ?? ''),
      meaning: row.print === null || row.print === '' ? null : `${row.print}:${row.ordinal}`,
      isLinked: row.linked === 1,
    }))
  }
}

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
  const isNear = ({ bookedOn, minor }: SoughtAmount): boolean => {
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
    return found.filter(isNear).map(({ id }) => id)
  })
}

function idsByAmount(
  vault: Vault,
  accountId: number,
  range: { readonly from: string; readonly to: string },
  minors: ReadonlySet<number>,
): { id: number; bookedOn: IsoDate; minor: number }[] {
  return sqlRows<{ id: number; bookedOn: IsoDate; minor: number }>(
    vault,
    `select id, booked_on as bookedOn, amount_minor as minor from transactions indexed by transactions_account
     where account_id = ? and booked_on between ? and ? and amount_minor in (select value from json_each(?))`,
    accountId,
    range.from,
    range.to,
    JSON.stringify([...minors]),
  )
}

/** An account's lines in a stretch of days by number, day and amount; read in the covering index alone. */
export function amountsBetween(
  vault: Vault,
  accountId: number,
  range: { readonly from: string; readonly to: string },
): { id: number; bookedOn: IsoDate; minor: number }[] {
  return sqlRows<{ id: number; bookedOn: IsoDate; minor: number }>(
    vault,
    `select id, booked_on as bookedOn, amount_minor as minor from transactions indexed by transactions_account
     where account_id = ? and booked_on between ? and ?`,
    accountId,
    range.from,
    range.to,
  )
}

/** An account's lines of this kind in a stretch of days; read in an index that holds nothing else. */
export function linesOfKind(
  vault: Vault,
  accountId: number,
  kind: 'transfer' | 'refund',
  range: { readonly from: string; readonly to: string },
): { id: number; bookedOn: IsoDate; minor: number }[] {
  return sqlRows<{ id: number; bookedOn: IsoDate; minor: number }>(
    vault,
    `select id, booked_on as bookedOn, amount_minor as minor from transactions indexed by transactions_moved_money
     where kind in ('transfer', 'refund') and kind = ? and account_id = ? and booked_on between ? and ?`,
    kind,
    accountId,
    range.from,
    range.to,
  )
}

/** Numbers of an account's purchases in a stretch of days that have one of these amounts, payees or order numbers. */
export function purchasesLike(
  vault: Vault,
  accountId: number,
  range: { readonly from: string; readonly to: string },
  like: { readonly minors: readonly number[]; readonly payees: readonly string[]; readonly orders: readonly string[] },
): number[] {
  return sqlRows<{ id: number }>(
    vault,
    `select id from transactions indexed by transactions_account
     where account_id = ? and booked_on between ? and ? and amount_minor < 0
       and (amount_minor in (select value from json_each(?)) or payee in (select value from json_each(?))
         or reference in (select value from json_each(?)))`,
    accountId,
    range.from,
    range.to,
    JSON.stringify(like.minors),
    JSON.stringify(like.payees),
    JSON.stringify(like.orders),
  ).map(({ id }) => id)
}
