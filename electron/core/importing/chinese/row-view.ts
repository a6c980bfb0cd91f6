import type { Decimal } from '../../../../shared/domain/decimal.ts'
import { serialText } from '../spreadsheet/cell-text.ts'
import { parseNumberText } from '../text/number-text.ts'
import { cleanCell, type Moment, normalizeName, parseMoment, parseTime, type YearContext } from './cell.ts'
import { memoize } from './memoize.ts'
import { type Direction, type Role, rules } from './profile.ts'
import type { TableLayout } from './table-layout.ts'

export type DirectionWord = Direction | 'neutral'

const directionWords: ReadonlyMap<string, DirectionWord> = new Map(
  (['in', 'out', 'neutral'] as const).flatMap((direction) =>
    rules.directions[direction].map((word): [string, DirectionWord] => [normalizeName(word), direction]),
  ),
)
const transferWords: ReadonlySet<string> = new Set(rules.directions.transfer.map(normalizeName))

const isTransferWord = memoize((text) => transferWords.has(normalizeName(text)))

/** What a word says of the way money went; null where it says nothing. Bilingual cells ("借 Dr") count by their parts. */
export const directionOf = memoize((text): DirectionWord | null => {
  const name = normalizeName(text)
  const exact = directionWords.get(name)
  if (exact !== undefined) return exact
  const part = name.replace(/[a-z().]+/g, '')
  return part === '' || part === name ? null : (directionWords.get(part) ?? null)
})

/** An amount cell: the number, and what the file adds in brackets ("131.77(已退款89.84)"). */
export interface AmountCell {
  readonly value: Decimal
  readonly remark: string
}

const REMARK = /^([^(（]+)[(（]([^)）]*\p{Script=Han}[^)）]*)[)）]$/u

/** Reads an amount cell; null where it is no number. Spaces within ("CNY 12.34") and currency names are fine. */
export function parseAmountCell(text: string): AmountCell | null {
  const plain = parseNumberText(text, '.')
  if (plain !== null) return { value: plain, remark: '' }
  const match = REMARK.exec(text)
  const value = match === null ? null : parseNumberText((match[1] ?? '').trim(), '.')
  return value === null ? null : { value, remark: match?.[2] ?? '' }
}

export interface RowMoments {
  readonly booked: Moment
  /** The day of the trade where the file tells it from the booking day. */
  readonly trade: Moment | null
}

/** A data row under its layout: cells by meaning, cleaned of padding and of marks for "nothing". */
export class RowView {
  readonly layout: TableLayout
  readonly record: number
  readonly cells: readonly string[]
  readonly #isSheet: boolean
  readonly #clean: (string | undefined)[] = []
  #amount: AmountCell | null | undefined

  constructor(layout: TableLayout, record: number, cells: readonly string[], isSheet: boolean) {
    this.layout = layout
    this.record = record
    this.cells = cells
    this.#isSheet = isSheet
  }

  has(role: Role): boolean {
    return this.layout.columns.has(role)
  }

  #cell(index: number): string {
    return (this.#clean[index] ??= cleanCell(this.cells[index]))
  }

  /** All cells of a role that hold something, the most telling first. */
  all(role: Role): string[] {
    const texts: string[] = []
    for (const index of this.layout.columns.get(role) ?? []) {
      const text = this.#cell(index)
      if (text !== '') texts.push(text)
    }
    return texts
  }

  /** The first cell of a role that holds something, or ''. */
  get(role: Role): string {
    const indexes = this.layout.columns.get(role)
    if (indexes === undefined) return ''
    for (const index of indexes) {
      const text = this.#cell(index)
      if (text !== '') return text
    }
    return ''
  }

  /** The amount column's content; null where it is no number (or empty). */
  get amount(): AmountCell | null {
    return (this.#amount ??= parseAmountCell(this.get('amount')))
  }

  /** The way money went: the direction column, or the type column where it holds such a word; null where neither says. */
  get direction(): DirectionWord | null {
    if (this.has('direction')) return this.get('direction') === '' ? 'neutral' : directionOf(this.get('direction'))
    return this.has('type') ? directionOf(this.get('type')) : null
  }

  /** Whether the direction's own word says that money only changed place (转入, 转出, 转账). */
  get saysTransfer(): boolean {
    return isTransferWord(this.get(this.has('direction') ? 'direction' : 'type'))
  }

  #moment(text: string, context: YearContext | null): Moment | null {
    const moment = parseMoment(text, this.layout.profile.dateOrder ?? 'ymd', context)
    if (moment !== null || !this.#isSheet || !/^\d{5}(?:\.\d+)?$/.test(text)) return moment
    return parseMoment(serialText(Number(text), 'date-time', false).replace(' 00:00:00', ''), 'ymd', null)
  }

  #firstMoment(role: Role, context: YearContext | null): Moment | null {
    for (const index of this.layout.columns.get(role) ?? []) {
      const text = this.#cell(index)
      const moment = text === '' ? null : this.#moment(text, context)
      if (moment !== null) return moment
    }
    return null
  }

  /**
   * The booking day with its time, and the day of the trade where the file tells it apart. `'missing'` where no cell
   * holds anything, `'bad'` where none can be read.
   */
  moments(context: YearContext | null): RowMoments | 'missing' | 'bad' {
    const booked = this.#firstMoment('booked', context)
    const trade = this.#firstMoment('date', context) ?? this.#firstMoment('moment', context)
    const first = booked ?? trade
    if (first === null) {
      return this.get('booked') + this.get('date') + this.get('moment') === '' ? 'missing' : 'bad'
    }
    const time =
      first.time ??
      (trade?.date === first.date ? trade.time : undefined) ??
      this.all('moment')
        .map(parseTime)
        .find((text) => text !== null)
    return {
      booked: time === undefined || time === null ? { date: first.date } : { date: first.date, time },
      trade: booked !== null && trade !== null && trade.date !== booked.date ? trade : null,
    }
  }
}
