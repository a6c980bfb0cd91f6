import type { Payment } from '../analysis/account/recurring/payment.ts'
import { cleanPayee } from '../analysis/account/payee/payee-cleanup.ts'
import { foldText } from '../analysis/account/rules/fold-text.ts'
import { dayNumber, type IsoDate } from '../../../shared/domain/iso-date.ts'

/** A row as it is read for the search: the text is the payee, or the memo where there is none. */
export type LineRow = readonly [
  id: number,
  accountId: number,
  bookedOn: string,
  amountMinor: number,
  originalMinor: number | null,
  categoryId: number | null,
  isTransfer: 0 | 1,
  text: string,
]

export const LINE_COLUMNS = `id, account_id, booked_on, amount_minor, original_minor, category_id, kind = 'transfer',
  case when payee = '' then memo else payee end`
/** Trades in securities and opening balances are no payments, pending ones may not come. */
export const LINE_CONDITION = `status = 'booked' and amount_minor <> 0
  and kind not in ('buy', 'sell', 'reinvestment', 'security-in', 'security-out', 'split', 'return-of-capital', 'opening')`

const KEPT_KEYS = 200_000

/** The payee's name as series go by it: cleaned, without regard to case and width. */
export class PayeeKeys {
  readonly #known = new Map<string, string>()

  of(text: string): string {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const key = foldText(cleanPayee(text)).slice(0, 300)
    if (this.#known.size >= KEPT_KEYS) this.#known.clear()
    this.#known.set(text, key)
    return key
  }
}

/** The payments to or from one payee, in one currency. */
export interface PayeeGroup {
  readonly payeeKey: string
  readonly direction: 1 | -1
  /** By day. */
  readonly payments: readonly Payment[]
  /** The category of the latest of them. */
  readonly categoryId: number | null
  readonly isTransfer: boolean
}

const FIRST_SIZE = 4_096
type Whole = Int32Array<ArrayBuffer>

interface Columns {
  readonly id: Whole
  readonly account: Whole
  readonly day: Whole
  readonly category: Whole
  readonly group: Whole
  /** Amounts of any size. */
  readonly minor: Float64Array<ArrayBuffer>
}

function columnsOf(size: number): Columns {
  const whole = (): Whole => new Int32Array(size)
  return {
    id: whole(),
    account: whole(),
    day: whole(),
    category: whole(),
    group: whole(),
    minor: new Float64Array(size),
  }
}

/** Rows of a history, a few numbers each, so that a million of them fit into little memory. */
export class LineStore {
  readonly #keys: PayeeKeys
  readonly #currencies: ReadonlyMap<number, string>
  readonly #groups = new Map<string, number>()
  readonly #groupKeys: { payeeKey: string; isTransfer: boolean }[] = []
  readonly #counts: number[] = []
  #size = 0
  #columns: Columns
  /** Few payments were charged in another currency. */
  readonly #originals = new Map<number, number>()
  #lastOn = ''
  #lastDay = 0

  /** `expected`: about how many rows there will be, so that they need not be moved as they come. */
  constructor(keys: PayeeKeys, currencies: ReadonlyMap<number, string>, expected = FIRST_SIZE) {
    this.#keys = keys
    this.#currencies = currencies
    this.#columns = columnsOf(Math.max(expected, FIRST_SIZE))
  }

  get size(): number {
    return this.#size
  }

  add([id, account, on, minor, original, category, isTransfer, text]: LineRow): void {
    const payeeKey = this.#keys.of(text)
    if (payeeKey === '') return
    if (this.#size === this.#columns.id.length) this.#grow()
    if (on !== this.#lastOn) {
      this.#lastOn = on
      this.#lastDay = dayNumber(on as IsoDate)
    }
    // a transfer's text is the same to whomever: it is told apart by its account
    const apart = isTransfer === 1 ? `\0${account}` : ''
    const name = `${minor < 0 ? '-' : '+'}${this.#currencies.get(account) ?? ''}${payeeKey}${apart}`
    let group = this.#groups.get(name)
    if (group === undefined) {
      group = this.#counts.length
      this.#groups.set(name, group)
      this.#groupKeys.push({ payeeKey, isTransfer: isTransfer === 1 })
      this.#counts.push(0)
    }
    this.#counts[group] = (this.#counts[group] ?? 0) + 1
    const at = this.#size
    const columns = this.#columns
    columns.id[at] = id
    columns.account[at] = account
    columns.day[at] = this.#lastDay
    columns.minor[at] = minor
    if (original !== null) this.#originals.set(at, original)
    columns.category[at] = category ?? 0
    columns.group[at] = group
    this.#size += 1
  }

  #grow(): void {
    const { id, account, day, category, group, minor } = this.#columns
    const larger = columnsOf(id.length * 2)
    larger.id.set(id)
    larger.account.set(account)
    larger.day.set(day)
    larger.category.set(category)
    larger.group.set(group)
    larger.minor.set(minor)
    this.#columns = larger
  }

  /** The groups of at least so many rows. */
  *groups(fewest: number): Generator<PayeeGroup> {
    const starts = new Int32Array(this.#counts.length + 1)
    for (const [index, count] of this.#counts.entries()) starts[index + 1] = (starts[index] ?? 0) + count
    const next = starts.slice()
    const order = new Int32Array(this.#size)
    const { group } = this.#columns
    for (let row = 0; row < this.#size; row += 1) {
      const at = next[group[row] ?? 0] ?? 0
      order[at] = row
      next[group[row] ?? 0] = at + 1
    }
    for (const [index, { payeeKey, isTransfer }] of this.#groupKeys.entries()) {
      const [from, to] = [starts[index] ?? 0, starts[index + 1] ?? 0]
      if (to - from >= fewest) yield this.#groupOf(order.subarray(from, to), payeeKey, isTransfer)
    }
  }

  #groupOf(rows: Int32Array, payeeKey: string, isTransfer: boolean): PayeeGroup {
    const { id, account, day, minor, category } = this.#columns
    const sorted = [...rows].sort((a, b) => (day[a] ?? 0) - (day[b] ?? 0) || (id[a] ?? 0) - (id[b] ?? 0))
    const payments = sorted.map((row): Payment => {
      const charged = this.#originals.get(row)
      return {
        id: id[row] ?? 0,
        accountId: account[row] ?? 0,
        day: day[row] ?? 0,
        minor: Math.abs(minor[row] ?? 0),
        originalMinor: charged === undefined ? null : Math.abs(charged),
      }
    })
    const latest = category[sorted.at(-1) ?? 0] ?? 0
    return {
      payeeKey,
      direction: (minor[sorted[0] ?? 0] ?? 0) < 0 ? -1 : 1,
      payments,
      categoryId: latest === 0 ? null : latest,
      isTransfer,
    }
  }
}
