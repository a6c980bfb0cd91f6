import type { Decimal } from '../../../../shared/domain/decimal.ts'
import { serialText } from '../spreadsheet/cell-text.ts'
import { parseNumberText } from '../text/number-text.ts'
import { cleanCell, type Moment, normalizeName, parseMoment, parseTime, type YearContext } from './cell.ts'
import { type Direction, type Role, rules } from './profile.ts'
import type { TableLayout } from './table-layout.ts'

export type DirectionWord = Direction | 'neutral'

const directionWords: ReadonlyMap<string, DirectionWord> = new Map(
  (['in', 'out', 'neutral'] as const).flatMap((direction) =>
    rules.directions[direction].map((word): [string, DirectionWord] => [normalizeName(word), direction]),
  ),
)
const transferWords: ReadonlySet<string> = new Set(rules.directions.transfer.map(normalizeName))

/** What a word says of the way money went; null where it says nothing. Bilingual cells ("借 Dr") count by their parts. */
export function directionOf(text: string): DirectionWord | null {
  const name = normalizeName(text)
  const exact = directionWords.get(name)
  if (exact !== undefined) return exact
  const part = name.replace(/[a-z().]+/g, '')
  return part === '' || part === name ? null : (directionWords.get(part) ?? null)
}

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

/** A data row under its layout: cells by meaning, cleaned of padding and of marks for "nothing". */
export class RowView {
  readonly layout: TableLayout
  readonly record: number
  readonly cells: readonly string[]
  readonly #isSheet: boolean

  constructor(layout: TableLayout, record: number, cells: readonly string[], isSheet: boolean) {
    this.layout = layout
    this.record = record
    this.cells = cells
    this.#isSheet = isSheet
  }

  has(role: Role): boolean {
    return this.layout.columns.has(role)
  }

  /** All cells of a role that hold something, the most telling first. */
  all(role: Role): string[] {
    return (this.layout.columns.get(role) ?? [])
      .map((index) => cleanCell(this.cells[index]))
      .filter((text) => text !== '')
  }

  /** The first cell of a role that holds something, or ''. */
  get(role: Role): string {
    return this.all(role)[0] ?? ''
  }

  /** The way money went: the direction column, or the type column where it holds such a word; null where neither says. */
  get direction(): DirectionWord | null {
    if (this.has('direction')) return this.get('direction') === '' ? 'neutral' : directionOf(this.get('direction'))
    return this.has('type') ? directionOf(this.get('type')) : null
  }

  /** Whether the direction's own word says that money only changed place (转入, 转出, 转账). */
  get saysTransfer(): boolean {
    return transferWords.has(normalizeName(this.get(this.has('direction') ? 'direction' : 'type')))
  }

  #moment(text: string, context: YearContext | null): Moment | null {
    const moment = parseMoment(text, this.layout.profile.dateOrder ?? 'ymd', context)
    if (moment !== null || !this.#isSheet || !/^\d{5}(?:\.\d+)?$/.test(text)) return moment
    return parseMoment(serialText(Number(text), 'date-time', false).replace(' 00:00:00', ''), 'ymd', null)
  }

  /**
   * The booking day with its time, and the day of the trade where the file tells it apart. `'missing'` where no cell
   * holds anything, `'bad'` where none can be read.
   */
  moments(context: YearContext | null): { readonly booked: Moment; readonly trade: Moment | null } | 'missing' | 'bad' {
    const read = (role: Role): Moment[] => this.all(role).flatMap((text) => this.#moment(text, context) ?? [])
    const [booked] = read('booked')
    const [trade] = [...read('date'), ...read('moment')]
    const first = booked ?? trade
    if (first === undefined) {
      const texts = [...this.all('booked'), ...this.all('date'), ...this.all('moment')]
      return texts.length === 0 ? 'missing' : 'bad'
    }
    const time =
      first.time ??
      (trade !== undefined && trade.date === first.date ? trade.time : undefined) ??
      this.all('moment')
        .map(parseTime)
        .find((text) => text !== null)
    return {
      booked: time === undefined || time === null ? { date: first.date } : { date: first.date, time },
      trade: booked !== undefined && trade !== undefined && trade.date !== booked.date ? trade : null,
    }
  }
}
