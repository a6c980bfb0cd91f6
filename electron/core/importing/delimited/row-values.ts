import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import { readAmount } from './amount-text.ts'
import type { RoleIndex } from './conventions.ts'
import { type DateText, parseDateText, parseTimeText } from './date-text.ts'
import { currencyFromText } from './header-vocabulary.ts'
import { BoundedMap, trimmedCell } from './vocabulary-text.ts'

/** Numbers, days and currencies of one table's cells; remembers what rows repeat. */
export class RowValues {
  readonly #layout: DelimitedLayout
  readonly #at: RoleIndex
  readonly #thisYear: number
  readonly #dates = new BoundedMap<DateText | null>(4096)
  /** The rows of one day stand together in most files. */
  #lastText = ''
  #lastDate: DateText | null = null
  #lastCurrencyText = ''
  #lastCurrency: CurrencyCode | null = null

  constructor(layout: DelimitedLayout, at: RoleIndex, thisYear: number) {
    this.#layout = layout
    this.#at = at
    this.#thisYear = thisYear
  }

  /** As `readAmount`, by the table's decimal mark. */
  number(text: string): Decimal | null {
    return readAmount(text, this.#layout.decimalMark)
  }

  /** The row's day, of the second column of days where the first is empty; null where there is none. */
  date(cells: readonly string[]): DateText | null | 'bad' {
    const first = this.#at.date
    if (first === undefined) return null
    const text = trimmedCell(cells, first)
    if (text !== '') return this.dateOf(text) ?? 'bad'
    const second = this.#at['value-date']
    return second === undefined ? null : this.dateOf(trimmedCell(cells, second))
  }

  /** A file repeats few dates often; texts with a time of day hardly repeat and would only fill the cache. */
  dateOf(text: string): DateText | null {
    const order = this.#layout.dateOrder
    if (text.length > 10) return parseDateText(text, order, this.#thisYear)
    if (text === this.#lastText) return this.#lastDate
    const known = this.#dates.get(text)
    this.#lastText = text
    this.#lastDate = known === undefined ? this.#dates.set(text, parseDateText(text, order, this.#thisYear)) : known
    return this.#lastDate
  }

  /** The time of day in a text, of its own or behind a day. */
  time(text: string): string | undefined {
    return parseTimeText(text) ?? parseDateText(text, this.#layout.dateOrder, this.#thisYear)?.time
  }

  /** The currency that a cell names; most files name one in every row. Null where it is none. */
  currencyOf(text: string): CurrencyCode | null {
    if (text !== this.#lastCurrencyText) {
      this.#lastCurrencyText = text
      this.#lastCurrency = isCurrencyCode(text) && text !== 'RUR' ? text : currencyFromText(text)
    }
    return this.#lastCurrency
  }
}
