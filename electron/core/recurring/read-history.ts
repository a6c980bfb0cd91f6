import { dayNumber, type IsoDate } from '../../../shared/domain/iso-date.ts'
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

const [NO_PAYMENT, TRANSFER] = [1, 2]

/** The rows of a payee as they are read, in columns that are used for the next one again. */
class RowColumns {
  readonly ids: Float64Array
  readonly days: Int32Array
  readonly accounts: Float64Array
  readonly minors: Float64Array
  readonly transfers: Uint8Array

  constructor(length: number) {
    this.ids = new Float64Array(length)
    this.days = new Int32Array(length)
    this.accounts = new Float64Array(length)
    this.minors = new Float64Array(length)
    this.transfers = new Uint8Array(length)
  }
}

/** Takes rows into the store, those of one text after another, and numbers the payees. */
class Reader {
  readonly payees: string[] = []
  readonly store: LineStore
  /** How many payments there were. */
  looked = 0
  readonly #numbers = new Map<string, number>()
  /** What rows are, where it is not a plain payment. */
  readonly #marks = new IdNumbers()
  #columns = new RowColumns(ROWS_A_SLICE)

  constructor(store: LineStore) {
    this.store = store
  }

  mark(row: number, what: number): void {
    this.#marks.set(row, what)
  }

  /** The payee's number; null where nothing is left of the text. */
  payeeOf(key: string): number | null {
    if (key === '') return null
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.payees.length)
    return this.payees.push(key) - 1
  }

  /** A row that is no payment, or of no amount, is passed over. */
  add(payee: number, row: { id: number; day: number; minor: number; accountId: number }): void {
    const mark = this.#marks.get(row.id)
    if (mark === NO_PAYMENT || row.minor === 0) return
    this.looked += 1
    this.store.add({ ...row, payee, isTransfer: mark === TRANSFER })
  }

  /** All rows of a payee, each column of them packed, as `add` takes each. */
  addPacked(payee: number, count: number, packed: PackedColumns): void {
    if (count > this.#columns.ids.length) this.#columns = new RowColumns(count * 2)
    const columns = this.#columns
    const { ids, days, accounts, minors, transfers } = columns
    readNumbers(packed[0], ids)
    readDays(packed[1], days)
    readNumbers(packed[2], minors)
    readNumbers(packed[3], accounts)
    let kept = 0
    for (let row = 0; row < count; row += 1) {
      const mark = this.#marks.get(ids[row] ?? 0)
      const minor = minors[row] ?? 0
      if (mark === NO_PAYMENT || minor === 0) continue
      if (kept < row) {
        ids[kept] = ids[row] ?? 0
        days[kept] = days[row] ?? 0
        accounts[kept] = accounts[row] ?? 0
        minors[kept] = minor
      }
      transfers[kept] = mark === TRANSFER ? 1 : 0
      kept += 1
    }
    this.looked += kept
    this.store.addRows(payee, columns, kept)
  }
}

type PackedColumns = readonly [ids: string, days: string, amounts: string, accounts: string]

/** The rows that have a payee: the index gives each name once, with the columns of its rows packed, by day and id. */
function* readPayees(vault: WritableVault, last: number, reader: Reader): Generator<void> {
  const select = prepared(
    vault,
    `select payee, count(*), group_concat(id), group_concat(booked_on), group_concat(amount_minor),
       group_concat(account_id)
     from transactions indexed by transactions_payee where payee > ? and id <= ? group by payee`,
  )
  for (let after: string | null = ''; after !== null;) {
    let read = 0
    let next: string | null = null
    select.raw(true)
    for (const row of select.iterate(after, last)) {
      const [name, count, ...columns] = row as [string, number, string, string, string, string]
      const payee = reader.payeeOf(payeeKey(name))
      if (payee !== null) reader.addPacked(payee, count, columns)
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
function* readMemos(vault: WritableVault, last: number, reader: Reader): Generator<void> {
  const keys = new PayeeKeys()
  const select = prepared(
    vault,
    `select id, booked_on, amount_minor, account_id, memo from transactions indexed by transactions_payee
     where payee = '' and (booked_on, id) > (?, ?) and id <= ? order by booked_on, id limit ${MEMOS_AT_ONCE}`,
  )
  let from: readonly [day: string, id: number] | null = ['', 0]
  while (from !== null) {
    select.raw(true)
    const rows = select.all(...from, last) as [number, IsoDate, number, number, string][]
    for (const [id, on, minor, accountId, memo] of rows) {
      const payee = reader.payeeOf(keys.of(memo))
      if (payee !== null) reader.add(payee, { id, day: dayNumber(on), minor, accountId })
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

/** Marks what is no payment and what is a transfer, and notes what was charged in another currency. */
function readKinds(vault: WritableVault, reader: Reader): void {
  const unlike = `from transactions indexed by transactions_unlike_payments where (${UNLIKE_PAYMENTS})`
  const columns = 'select count(*) as count, group_concat(id) as ids'
  eachPacked(
    vault,
    `${columns} from transactions indexed by transactions_moved_money
     where kind in ('transfer', 'refund') and kind = 'transfer'`,
    (id) => reader.mark(id, TRANSFER),
  )
  eachPacked(vault, `${columns} ${unlike} and not (${IS_BOOKED_PAYMENT})`, (id) => reader.mark(id, NO_PAYMENT))
  eachPacked(
    vault,
    `${columns}, group_concat(original_minor) as numbers ${unlike} and original_minor is not null`,
    (id, minor) => reader.store.addOriginal(id, minor),
  )
}

/**
 * The payments of the whole history up to this row, out of indexes alone, which give the rows of a payee as one text.
 * Yields after each slice; what changes between two of them is looked at again.
 */
export function* readHistory(
  vault: WritableVault,
  { last, rows, currencies }: { last: number; rows: number; currencies: ReadonlyMap<number, string> },
): Generator<void, History> {
  const reader = new Reader(new LineStore(currencies, rows))
  readKinds(vault, reader)
  yield
  yield* readPayees(vault, last, reader)
  yield* readMemos(vault, last, reader)
  const { store, payees, looked } = reader
  return { store, payees, looked }
}
