import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { absoluteDecimal, type Decimal, signOfDecimal, subtractDecimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { Figure, NumberFigure } from './figures.ts'
import { type DocumentLine, phrasesIn } from './lines.ts'
import { isMoney } from './settlement-figures.ts'
import { type ColumnWord, columnWords, type StatementWord, statementWords } from './vocabulary.ts'

/** A day, with its year or without: "31.01.2024", "31.01.", "31 Jan". */
export type RowDay = { readonly date: IsoDate } | { readonly day: number; readonly month: number }

/** One line of an account statement with what can be told from it alone. */
export interface RawRow {
  /** Index of the line where the row begins, and of the line that has its amount. */
  readonly line: number
  readonly amountLine: number
  readonly booked: RowDay | null
  readonly value: RowDay | null
  readonly time: string | undefined
  /** Amounts at the end of the line, from left to right: amount, or amount and balance, or debit, credit, balance. */
  readonly monies: readonly NumberFigure[]
  readonly text: string
  readonly shape: 'leading' | 'trailing' | 'continued' | 'pending'
  /** The line below, where it is not a row of its own. */
  readonly below: string
}

export interface StatementColumns {
  readonly balance: boolean
  /** Which of the two columns of a divided amount comes first; null where there is one column. */
  readonly first: 'debit' | 'credit' | null
}

type DayFigure = Extract<Figure, { type: 'date' | 'day' }>

const isDay = (figure: Figure): figure is DayFigure => figure.type === 'date' || figure.type === 'day'

const dayOf = (figure: DayFigure): RowDay =>
  figure.type === 'date' ? { date: figure.value } : { day: figure.day, month: figure.month }

/** Nothing but blanks, marks of currencies and footnotes. */
const onlyMarks = (text: string): boolean => /^[\s€$£*|:;,.]*(?:kl[\s€$£*|:;,.]*)?$/i.test(text)

interface Leading {
  readonly days: readonly DayFigure[]
  readonly time: string | undefined
  readonly end: number
}

function leadingOf(line: DocumentLine): Leading {
  const days: DayFigure[] = []
  let time: string | undefined
  let end = 0
  for (const figure of line.figures) {
    if (!/^[\s.·•*|]*$/.test(line.text.slice(end, figure.start))) break
    if (isDay(figure) && days.length < 3) days.push(figure)
    else if (figure.type === 'time' && days.length > 0) time ??= figure.value
    else break
    end = figure.end
  }
  return { days, time, end }
}

interface Trailing {
  readonly monies: readonly NumberFigure[]
  readonly days: readonly DayFigure[]
  /** Whether a day stands behind the first of the amounts. */
  readonly dayInside: boolean
  readonly start: number
}

function trailingOf(line: DocumentLine, from: number): Trailing {
  const monies: NumberFigure[] = []
  const days: DayFigure[] = []
  let start = line.text.length
  let dayInside = false
  for (const figure of line.figures.toReversed()) {
    if (figure.start < from || !onlyMarks(line.text.slice(figure.end, start))) break
    if (isMoney(figure)) {
      monies.unshift(figure)
      if (days.length > 0) dayInside = true
    } else if (isDay(figure)) days.unshift(figure)
    else if (figure.type !== 'currency') break
    start = figure.start
  }
  return { monies, days, dayInside, start }
}

/** A row that only carries a balance or a sum, by the words at its beginning. */
export function balanceWordOf(line: DocumentLine, from: number): StatementWord | null {
  const hits = phrasesIn(line, statementWords).filter(({ start, meaning }) => start >= from && meaning !== 'title')
  const first = line.words.find(({ start }) => start >= from)
  const hit = hits.find(({ start }) => first !== undefined && start - first.start <= 14)
  return hit?.meaning ?? null
}

/** A header is titles: in a sentence that mentions balances and days they are few among many words. */
const MOST_WORDS = 20
const LEAST_SHARE = 0.2

/** The columns that a header row names; null where the line is none. */
export function columnsOf(line: DocumentLine): StatementColumns | null {
  if (line.figures.some(({ type }) => type === 'number' || type === 'date')) return null
  const hits = phrasesIn(line, columnWords)
  if (line.words.length > MOST_WORDS || hits.length < line.words.length * LEAST_SHARE) return null
  const kinds = new Set<ColumnWord>(hits.map(({ meaning }) => meaning))
  if (kinds.size < 2 || !kinds.has('date')) return null
  const debit = hits.find(({ meaning }) => meaning === 'debit')
  const credit = hits.find(({ meaning }) => meaning === 'credit')
  const first = debit === undefined || credit === undefined ? null : debit.start < credit.start ? 'debit' : 'credit'
  return { balance: kinds.has('balance'), first }
}

const PERIOD = /^\s*(?:[-\u2013]|bis|to|al|au|until|tot)\s*\d{1,4}[./-]/

/** How far below its day a row's amount may stand. */
const FARTHEST = 3

function singleRow(line: DocumentLine, at: number): RawRow | null {
  const leading = leadingOf(line)
  const trailing = trailingOf(line, leading.end)
  if (trailing.monies.length === 0) return null
  const text = line.text.slice(leading.end, trailing.start).trim()
  // "01.01.2024 - 31.01.2024 …" is a period
  if (leading.days.length > 0 && PERIOD.test(line.text.slice(leading.end))) return null
  const base = { line: at, amountLine: at, monies: trailing.monies, text, time: leading.time, below: '' }
  const [first, second] = leading.days
  const [inside] = trailing.days
  if (first !== undefined) {
    const value = second ?? inside
    return { ...base, booked: dayOf(first), value: value === undefined ? null : dayOf(value), shape: 'leading' }
  }
  if (inside === undefined || text === '') return null
  const last = trailing.days.at(-1) ?? inside
  return {
    ...base,
    booked:
      trailing.dayInside ||
      trailing.days.length > 1 ||
      line.figures.at(-1)?.type === 'number' ||
      line.figures.at(-1)?.type === 'currency'
        ? dayOf(inside)
        : null,
    value: dayOf(last),
    shape: trailing.dayInside ? 'continued' : 'trailing',
  }
}

function pendingRow(lines: readonly DocumentLine[], at: number): RawRow | null {
  const line = lines[at]
  if (line === undefined) return null
  const leading = leadingOf(line)
  const [first, second] = leading.days
  if (first === undefined) return null
  const texts = [line.text.slice(leading.end).trim()]
  for (let next = at + 1; next <= at + FARTHEST; next += 1) {
    const below = lines[next]
    if (below === undefined || leadingOf(below).days.length > 0) return null
    const { monies, start } = trailingOf(below, 0)
    const sure =
      monies.length > 1 ||
      monies.some(({ sign, currency }) => sign !== 0 || currency !== null) ||
      below.text.slice(0, start).trim() === ''
    if (monies.length > 0 && sure) {
      if (balanceWordOf(below, 0) !== null) return null
      texts.push(below.text.slice(0, start).trim())
      const text = texts.filter((part) => part !== '').join(' ')
      return {
        line: at,
        amountLine: next,
        booked: dayOf(first),
        value: second === undefined ? null : dayOf(second),
        time: leading.time,
        monies,
        text,
        shape: 'pending',
        below: '',
      }
    }
    texts.push(below.text.trim())
  }
  return null
}

/** Whether a row's amount is what lies between its balance and that of the row above: then it is a row for sure. */
function leadsOn(above: RawRow | undefined, { monies }: RawRow): boolean {
  const [amount, balance] = monies.slice(-2)
  const before = above === undefined || above.monies.length < 2 ? undefined : above.monies.at(-1)
  if (monies.length < 2 || amount === undefined || balance === undefined || before === undefined) return false
  return absoluteDecimal(subtractDecimal(balance.value, before.value)) === magnitude(amount) && !isZero(amount)
}

/**
 * The rows of a statement. Most have a day in front and amounts at the end; some banks print the days behind the text,
 * leave the day out where it is that of the row above, or put the amount a line below. Which of these a document does
 * is what most of its rows say.
 */
export function rowsOf(lines: readonly DocumentLine[]): RawRow[] {
  const rows: RawRow[] = []
  for (const [at, line] of lines.entries()) {
    const row = singleRow(line, at) ?? pendingRow(lines, at)
    if (row !== null) rows.push(row)
  }
  const count = (shape: RawRow['shape']): number => rows.filter((row) => row.shape === shape).length
  const [leading, trailing, pending] = [count('leading'), count('trailing'), count('pending')]
  const complete = new Set(rows.filter(({ shape }) => shape !== 'pending').map(({ line }) => line))
  const kept = rows.filter((row, index) => {
    const { shape, line } = row
    if (shape === 'leading') return true
    if (shape === 'pending') {
      if (complete.has(line)) return false
      return (pending >= leading && pending >= trailing) || leadsOn(rows[index - 1], row)
    }
    if (shape === 'trailing') return trailing > leading && trailing >= pending
    return leading > 0 && pending === 0
  })
  // a day and an amount without a word, among rows that have words, is part of a heading or of a row's details
  const wordless = kept.filter(({ text }) => !/\p{L}/u.test(text)).length
  const told = wordless * 2 > kept.length ? kept : kept.filter(({ text }) => /\p{L}/u.test(text))
  const begins = new Set(told.map(({ line }) => line))
  const rowsWithBelow: RawRow[] = []
  for (const row of told) {
    const below = begins.has(row.amountLine + 1) ? '' : (lines[row.amountLine + 1]?.text.trim() ?? '')
    rowsWithBelow.push({ ...row, below })
  }
  return rowsWithBelow
}

/** The magnitude of a printed amount. */
export const magnitude = (figure: NumberFigure): Decimal => absoluteDecimal(figure.value)

export const isZero = (figure: NumberFigure): boolean => signOfDecimal(figure.value) === 0

export function currencyIn(figures: readonly NumberFigure[]): CurrencyCode | null {
  return figures.find(({ currency }) => currency !== null)?.currency ?? null
}

/** Whether a line that is no row looks like one: a day in front, and at last an amount with its sign. */
export function looksLikeRow(line: DocumentLine): boolean {
  const { days, end } = leadingOf(line)
  if (days.length === 0 || PERIOD.test(line.text.slice(end))) return false
  const last = line.figures.findLast(({ type }) => type === 'number')
  return last?.type === 'number' && last.start >= end && last.sign !== 0 && last.decimals === 2 && !last.percent
}
