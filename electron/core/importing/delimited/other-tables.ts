import type { RoleIndex } from './conventions.ts'
import { isAmountText } from './amount-text.ts'
import { foldHeader, type HeaderConcept, matchHeader } from './header-vocabulary.ts'
import { isDataLike, scoreHeader } from './locate-table.ts'
import type { TableRow } from '../table/table-reader.ts'
import { trimmedCell } from './vocabulary-text.ts'

const DAYS: ReadonlySet<HeaderConcept> = new Set(['date', 'booking-date', 'transaction-date', 'value-date'])
/** Fewer headings are a line of prose, or facts above a table. */
const FEWEST = 3

/** Recognizes headings below those that a table is read by. */
export class LaterHeaders {
  readonly #folded: readonly string[]
  readonly #date: number | undefined
  /** Where the table has its money: what stands there is misread if it is something else. */
  readonly #money: readonly number[]

  constructor(header: readonly string[] | null, at: RoleIndex) {
    this.#folded = header?.map(foldHeader) ?? []
    this.#date = at.date
    this.#money = [at.amount, at.debit, at.credit, at.balance].filter((index) => index !== undefined)
  }

  /**
   * `same`: the row repeats the headings, at least those of the money. `other`: it heads a table whose columns are others,
   * and whose rows must not be read by these. Null: it is no header.
   */
  relationOf(cells: readonly string[]): 'same' | 'other' | null {
    if (this.#folded.length === 0) return null
    const folded = cells.map(foldHeader)
    if (folded.join('|') === this.#folded.join('|')) return 'same'
    const filled = cells.filter((cell) => cell.trim() !== '')
    const [day] = this.#date === undefined ? [] : matchHeader(trimmedCell(cells, this.#date))
    if (day === undefined || !DAYS.has(day.concept) || filled.length < FEWEST) return null
    if (filled.some((cell) => isAmountText(cell.trim()))) return null
    return this.#money.every((index) => folded[index] === this.#folded[index]) ? 'same' : 'other'
  }
}

/** Recognizes records of tables that stand above the one that is read: they are named, not passed over. */
export class TablesAbove {
  readonly #end: number
  readonly #thisYear: number
  #within = false

  /** `end`: the record that the table which is read begins with. */
  constructor(end: number, thisYear: number) {
    this.#end = end
    this.#thisYear = thisYear
  }

  /** Whether the row is a record below headings of its own. Rows are asked in order. */
  holds({ cells, record }: TableRow): boolean {
    if (record >= this.#end) return false
    if (this.#within && isDataLike(cells, this.#thisYear)) return true
    const { hasDate, hasAmount, hasBalance, known } = scoreHeader(cells, this.#thisYear)
    if (hasDate && (hasAmount || hasBalance) && known >= FEWEST) this.#within = true
    return false
  }
}
