import { FEWEST } from '../analysis/account/recurring/worth-trying.ts'
import { prepared, sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import { IdNumbers } from './id-numbers.ts'
import { LineStore } from './line-store.ts'
import { readDays, readNumbers } from '../storage/repositories/packed-numbers.ts'
import { payeeKey, PayeeKeys } from './payee-keys.ts'
import { IS_BOOKED_PAYMENT, UNLIKE_PAYMENTS } from './payment-rows.ts'

/** So many rows are read between two yields; a name takes as long as some rows. */
const ROWS_A_SLICE = 20_000
const ROWS_A_NAME = 10
const MEMOS_AT_ONCE = 2_500

export interface History {
  readonly store: LineStore
  /** The names of its payees by their numbers. */
  readonly payees: readonly string[]
  /** How many payments there are, those left out for their rare payee too. */
  readonly looked: number
}

/** Payees by numbers, and whose each row is. */
class RowPayees {
  readonly names: string[] = []
  readonly #numbers = new Map<string, number>()
  readonly #counts: number[] = []
  /** The payee's number from 1 on; negative for a transfer. */
  readonly #ofRow = new IdNumbers()

  number(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.names.length)
    this.#counts.push(0)
    return this.names.push(name) - 1
  }

  /** The first `count` of these ids are rows of the payee. */
  addRows(payee: number, ids: Float64Array, count: number): void {
    for (let index = 0; index < count; index += 1) this.#ofRow.set(ids[index] ?? 0, payee + 1)
    this.#counts[payee] = (this.#counts[payee] ?? 0) + count
  }

  remove(row: number): void {
    this.#ofRow.set(row, 0)
  }

  markTransfer(row: number): void {
    this.#ofRow.set(row, -Math.abs(this.#ofRow.get(row)))
  }

  /** The payee's number from 1 on, negative for a transfer, 0 where there is none. */
  of(row: number): number {
    return this.#ofRow.get(row)
  }

  count(payee: number): number {
    return this.#counts[payee] ?? 0
  }
}

/** Whose each row is: the index by payees gives each name once, with the ids of its rows. */
function* readPayees(vault: WritableVault, last: number, payees: RowPayees): Generator<void> {
  const select = prepared(
    vault,
    `select payee, count(*), group_concat(id) from transactions indexed by transactions_payee
     where payee > ? and id <= ? group by payee`,
  )
  let ids = new Float64Array(ROWS_A_SLICE)
  for (let after: string | null = ''; after !== null;) {
    let read = 0
    let next: string | null = null
    select.raw(true)
    for (const row of select.iterate(after, last)) {
      const [name, count, packed] = row as [string, number, string]
      if (count > ids.length) ids = new Float64Array(count * 2)
      const key = payeeKey(name)
      readNumbers(packed, ids)
      if (key !== '') payees.addRows(payees.number(key), ids, count)
      read += count + ROWS_A_NAME
      if (read < ROWS_A_SLICE) continue
      next = name
      break
    }
    after = next
    yield
  }
}

/** Rows without a payee go by their memo, which no index has. */
function* readMemos(vault: WritableVault, last: number, payees: RowPayees): Generator<void> {
  const keys = new PayeeKeys()
  const select = prepared(
    vault,
    `select id, booked_on, memo from transactions indexed by transactions_payee
     where payee = '' and (booked_on, id) > (?, ?) and id <= ? order by booked_on, id limit ${MEMOS_AT_ONCE}`,
  )
  const one = new Float64Array(1)
  let from: readonly [day: string, id: number] | null = ['', 0]
  while (from !== null) {
    select.raw(true)
    const rows = select.all(...from, last) as [id: number, bookedOn: string, memo: string][]
    for (const [id, , memo] of rows) {
      const key = keys.of(memo)
      one[0] = id
      if (key !== '') payees.addRows(payees.number(key), one, 1)
    }
    const end = rows.at(-1)
    from = end === undefined || rows.length < MEMOS_AT_ONCE ? null : [end[1], end[0]]
    yield
  }
}

/** Calls `each` for the rows of a query of one row: their ids, packed, and another column's numbers. */
function eachPacked(vault: WritableVault, sql: string, each: (id: number, value: number) => void): void {
  const [row] = sqlRows<{ count: number; ids: string | null; numbers: string | null }>(vault, sql)
  const count = row?.count ?? 0
  const [ids, numbers] = [new Float64Array(count), new Float64Array(count)]
  readNumbers(row?.ids ?? '', ids)
  readNumbers(row?.numbers ?? '', numbers)
  for (let index = 0; index < count; index += 1) each(ids[index] ?? 0, numbers[index] ?? 0)
}

/** Takes out what is no payment, marks transfers, and notes what was charged in another currency. */
function readKinds(vault: WritableVault, payees: RowPayees, store: LineStore): void {
  const unlike = `from transactions indexed by transactions_unlike_payments where (${UNLIKE_PAYMENTS})`
  const columns = 'select count(*) as count, group_concat(id) as ids'
  eachPacked(vault, `${columns} ${unlike} and not (${IS_BOOKED_PAYMENT})`, (id) => payees.remove(id))
  eachPacked(
    vault,
    `${columns}, group_concat(original_minor) as numbers ${unlike} and original_minor is not null`,
    (id, minor) => store.addOriginal(id, minor),
  )
  eachPacked(
    vault,
    `${columns} from transactions indexed by transactions_moved_money
     where kind in ('transfer', 'refund') and kind = 'transfer'`,
    (id) => payees.markTransfer(id),
  )
}

interface Stretch {
  readonly account: number
  readonly from: string
  readonly to: string
}

/** Months of an account that have about a slice of rows. */
function stretchesOf(vault: WritableVault): Stretch[] {
  return sqlRows<Stretch>(
    vault,
    `select account_id as account, min(month) || '-01' as "from", max(month) || '-31' as "to"
     from (select account_id, month,
         sum(transaction_count) over (partition by account_id order by month) / ${ROWS_A_SLICE} as stretch
       from account_months)
     group by account_id, stretch`,
  )
}

/** Days and amounts, out of the index by accounts; answers how many payments there are. */
function* readAccounts(
  vault: WritableVault,
  { last, payees, store }: { last: number; payees: RowPayees; store: LineStore },
): Generator<void, number> {
  const select = prepared(
    vault,
    `select count(*), group_concat(id), group_concat(booked_on), group_concat(amount_minor)
     from transactions indexed by transactions_account
     where account_id = ? and booked_on between ? and ? and id <= ?`,
  )
  let [ids, days, amounts] = [new Float64Array(0), new Int32Array(0), new Float64Array(0)]
  let looked = 0
  let read = 0
  for (const { account, from, to } of stretchesOf(vault)) {
    select.raw(true)
    const row = select.get(account, from, to, last) as readonly [number, string | null, string | null, string | null]
    const [count] = row
    if (count > ids.length) {
      ;[ids, days, amounts] = [new Float64Array(count * 2), new Int32Array(count * 2), new Float64Array(count * 2)]
    }
    readNumbers(row[1] ?? '', ids)
    readDays(row[2] ?? '', days)
    readNumbers(row[3] ?? '', amounts)
    for (let index = 0; index < count; index += 1) {
      const id = ids[index] ?? 0
      const mark = payees.of(id)
      const minor = amounts[index] ?? 0
      if (mark === 0 || minor === 0) continue
      looked += 1
      const payee = Math.abs(mark) - 1
      // no series has so few
      if (payees.count(payee) < FEWEST) continue
      store.add({ id, accountId: account, payee, day: days[index] ?? 0, minor, isTransfer: mark < 0 })
    }
    read += count
    if (read < ROWS_A_SLICE) continue
    read = 0
    yield
  }
  return looked
}

/**
 * The payments of the whole history up to this row, out of indexes alone: each holds a third of what the table does, and
 * gives thousands of rows as one text. Yields after each slice; what changes between two of them is looked at again.
 */
export function* readHistory(
  vault: WritableVault,
  { last, rows, currencies }: { last: number; rows: number; currencies: ReadonlyMap<number, string> },
): Generator<void, History> {
  const payees = new RowPayees()
  const store = new LineStore(currencies, rows)
  yield* readPayees(vault, last, payees)
  yield* readMemos(vault, last, payees)
  readKinds(vault, payees, store)
  yield
  const looked = yield* readAccounts(vault, { last, payees, store })
  return { store, payees: payees.names, looked }
}
