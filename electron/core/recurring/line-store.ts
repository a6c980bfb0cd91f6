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
/** More rows than any vault has. */
const PLACES = 2 ** 31
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

/** What is known of a text: the payee it names, and that payee's groups by currency and direction. */
interface KnownText {
  readonly payeeKey: string
  readonly groups: (number | undefined)[]
}

/** Rows of a history, a few numbers each, so that a million of them fit into little memory. */
export class LineStore {
  readonly #keys: PayeeKeys
  /** Places of the accounts' currencies. */
  readonly #currencies: ReadonlyMap<number, number>
  /** Most rows name a payee that rows before them did: one look finds their group. */
  readonly #texts = new Map<string, KnownText>()
  readonly #groups = new Map<string, number>()
  readonly #groupKeys: { payeeKey: string; isTransfer: boolean }[] = []
  readonly #counts: number[] = []
  #size = 0
  #columns: Columns
  /** Few payments were charged in another currency. */
  readonly #originals = new Map<number, number>()
  #lastOn = ''
  #lastDay = 0

  /** `expected`: about how many rows there will be, so that they need not be moved as they come. Rows come by their ids. */
  constructor(keys: PayeeKeys, currencies: ReadonlyMap<number, string>, expected = FIRST_SIZE) {
    this.#keys = keys
    const names = [...new Set(currencies.values())]
    this.#currencies = new Map([...currencies].map(([account, name]) => [account, names.indexOf(name)]))
    this.#columns = columnsOf(Math.max(expected, FIRST_SIZE))
  }

  get size(): number {
    return this.#size
  }

  add(row: LineRow): void {
    const text = row[7]
    let known = this.#texts.get(text)
    if (known === undefined) {
      known = { payeeKey: this.#keys.of(text), groups: [] }
      if (this.#texts.size >= KEPT_KEYS) this.#texts.clear()
      this.#texts.set(text, known)
    }
    if (known.payeeKey === '') return
    const at = this.#size
    if (at === this.#columns.id.length) this.#grow()
    if (row[2] !== this.#lastOn) {
      this.#lastOn = row[2]
      this.#lastDay = dayNumber(row[2] as IsoDate)
    }
    const group = this.#groupFor(known, row)
    this.#counts[group] = (this.#counts[group] ?? 0) + 1
    const columns = this.#columns
    columns.id[at] = row[0]
    columns.account[at] = row[1]
    columns.day[at] = this.#lastDay
    columns.minor[at] = row[3]
    if (row[4] !== null) this.#originals.set(at, row[4])
    columns.category[at] = row[5] ?? 0
    columns.group[at] = group
    this.#size += 1
  }

  #groupFor(known: KnownText, row: LineRow): number {
    const account = row[1]
    const currency = this.#currencies.get(account) ?? -1
    const direction = row[3] < 0 ? 1 : 0
    if (row[6] === 0) {
      const slot = (currency + 1) * 2 + direction
      const group = known.groups[slot] ?? this.#groupNamed(`${slot} ${known.payeeKey}`, known.payeeKey, false)
      known.groups[slot] = group
      return group
    }
    // a transfer's text is the same to whomever: it is told apart by its account
    return this.#groupNamed(`${direction} ${known.payeeKey}\0${account}`, known.payeeKey, true)
  }

  #groupNamed(name: string, payeeKey: string, isTransfer: boolean): number {
    const known = this.#groups.get(name)
    if (known !== undefined) return known
    const group = this.#counts.length
    this.#groups.set(name, group)
    this.#groupKeys.push({ payeeKey, isTransfer })
    this.#counts.push(0)
    return group
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
    const sorted = this.#byDay(rows)
    const payments = Array.from(sorted, (row): Payment => {
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

  /** Rows by day, those of one day as they were added: a sort of plain numbers, each the day and the place in one. */
  #byDay(rows: Int32Array): Int32Array {
    const { day } = this.#columns
    const keys = new Float64Array(rows.length)
    for (let index = 0; index < rows.length; index += 1) {
      keys[index] = (day[rows[index] ?? 0] ?? 0) * PLACES + index
    }
    keys.sort()
    return Int32Array.from(keys, (key) => rows[key - Math.floor(key / PLACES) * PLACES] ?? 0)
  }
}
