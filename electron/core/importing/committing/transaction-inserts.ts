import type { Selectable } from 'kysely'
import { prepared, sqlRows, type Statement } from '../../storage/repositories/query.ts'
import type { WritableVault } from '../../storage/open-vault.ts'
import type { Schema } from '../../storage/schema.ts'
import { BulkFigures } from './bulk-figures.ts'

/** Every row has these. */
const ALWAYS = [
  'id',
  'account_id',
  'booked_on',
  'amount_minor',
  'kind',
  'status',
  'payee',
  'raw_payee',
  'memo',
  'split_count',
  'import_run_id',
  'source_record',
  'fingerprint',
  'ordinal',
] as const
/** These are named only where the row has something for them: most rows have little. */
const SOMETIMES = [
  'value_on',
  'booked_time',
  'reference',
  'check_number',
  'counterparty',
  'category_id',
  'source_category',
  'merchant_category',
  'original_minor',
  'original_currency',
  'original_rate',
  'category_source',
  'category_rule_id',
  'payee_source',
  'notes',
] as const

type Figure = 'category_id' | 'original_minor' | 'category_rule_id'

/** Columns whose texts are from a closed list. */
type Source = 'category_source' | 'payee_source'

/** What a row need not have. */
export interface RowDetails
  extends
    Readonly<Record<Exclude<(typeof SOMETIMES)[number], Figure | Source>, string | null>>,
    Readonly<Record<Figure, number | null>>,
    Pick<Selectable<Schema['transactions']>, Source> {}

/** A row of `transactions` that is to be added. */
export interface NewRow {
  readonly accountId: number
  readonly bookedOn: string
  readonly amountMinor: number
  readonly kind: string
  readonly status: 'booked' | 'pending'
  readonly payee: string
  /** As the file has it. */
  readonly rawPayee: string
  readonly memo: string
  readonly splitCount: number
  readonly runId: number
  readonly record: number
  readonly fingerprint: Buffer
  readonly ordinal: number
  readonly details: RowDetails
}

/** Rows that one statement adds: a call for each row takes a third longer. */
const AT_ONCE = 40

type Values = (string | number | Buffer)[]

/** Rows with the same columns, by which of `SOMETIMES` they have. */
class Shape {
  readonly #vault: WritableVault
  readonly #columns: readonly string[]
  readonly one: Statement
  readonly waiting: NewRow[] = []
  readonly values: Values = []

  constructor(vault: WritableVault, held: number) {
    this.#vault = vault
    this.#columns = [...ALWAYS, ...SOMETIMES.filter((_column, bit) => (held & (1 << bit)) !== 0)]
    this.one = prepared(vault, this.#insert(1))
  }

  write(): void {
    prepared(this.#vault, this.#insert(this.waiting.length)).run(this.values)
    this.waiting.length = 0
    this.values.length = 0
  }

  #insert(rows: number): string {
    const row = `(${this.#columns.map(() => '?').join(', ')})`
    const all = Array.from({ length: rows }, () => row).join(', ')
    return `insert into transactions (${this.#columns.join(', ')}) values ${all}`
  }
}

/** Adds rows to `transactions`, singly or many at once, and sees to the figures that are kept of them. */
export class TransactionInserts {
  readonly #vault: WritableVault
  readonly #figures: BulkFigures
  readonly #shapes = new Map<number, Shape>()
  #lastId: number | null = null

  constructor(vault: WritableVault) {
    this.#vault = vault
    this.#figures = new BulkFigures(vault)
  }

  /** Adds a row now; answers its id. Throws where the account has its meaning and ordinal already. */
  add(row: NewRow): number {
    const id = this.#newestId() + 1
    const { shape, values } = this.#shapeOf(row, id)
    this.#figures.expect(1)
    shape.one.run(values)
    this.#lastId = id
    this.#figures.inserted(row.accountId, row.bookedOn, row.amountMinor)
    return id
  }

  /** As `add`, some time before `finish` is through. */
  addLater(row: NewRow): number {
    const id = this.#newestId() + 1
    this.#lastId = id
    const { shape, values } = this.#shapeOf(row, id)
    shape.waiting.push(row)
    shape.values.push(...values)
    if (shape.waiting.length >= AT_ONCE) this.#write(shape)
    return id
  }

  /** Adds what waits. */
  flush(): void {
    for (const shape of this.#shapes.values()) if (shape.waiting.length > 0) this.#write(shape)
  }

  /** Adds what waits and brings the figures up to date. */
  finish(): void {
    this.flush()
    this.#figures.finish()
  }

  #write(shape: Shape): void {
    const rows = [...shape.waiting]
    this.#figures.expect(rows.length)
    shape.write()
    for (const { accountId, bookedOn, amountMinor } of rows) this.#figures.inserted(accountId, bookedOn, amountMinor)
  }

  #shapeOf(row: NewRow, id: number): { shape: Shape; values: Values } {
    const values: Values = [
      id,
      row.accountId,
      row.bookedOn,
      row.amountMinor,
      row.kind,
      row.status,
      row.payee,
      row.rawPayee,
      row.memo,
      row.splitCount,
      row.runId,
      row.record,
      row.fingerprint,
      row.ordinal,
    ]
    let held = 0
    for (let bit = 0; bit < SOMETIMES.length; bit += 1) {
      const column = SOMETIMES[bit]
      const value = column === undefined ? null : row.details[column]
      if (value === null) continue
      held |= 1 << bit
      values.push(value)
    }
    const known = this.#shapes.get(held)
    if (known !== undefined) return { shape: known, values }
    const shape = new Shape(this.#vault, held)
    this.#shapes.set(held, shape)
    return { shape, values }
  }

  /** Numbers are given here, in the order of the file, for rows of different columns are not added in that order. */
  #newestId(): number {
    if (this.#lastId !== null) return this.#lastId
    const [row] = sqlRows<{ id: number }>(
      this.#vault,
      `select max(coalesce((select seq from sqlite_sequence where name = 'transactions'), 0),
         coalesce((select max(id) from transactions), 0)) as id`,
    )
    this.#lastId = row?.id ?? 0
    return this.#lastId
  }
}
