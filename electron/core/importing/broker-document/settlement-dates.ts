import { daysBetween, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { Figure } from './figures.ts'
import type { DocumentLine } from './lines.ts'
import type { Labelled } from './settlement-figures.ts'
import type { KindMark } from './settlement-kind.ts'
import type { DocumentKind, LabelName } from './vocabulary.ts'

export const isDate = (figure: Figure): figure is Extract<Figure, { type: 'date' }> => figure.type === 'date'

function dateOf(labelled: readonly Labelled[], label: LabelName): IsoDate | null {
  for (const entry of labelled) {
    if (entry.label !== label) continue
    const date = entry.figures.find(isDate)
    if (date !== undefined) return date.value
  }
  return null
}

/** The time of the trade; none where only the clock of the printer is told. */
export function timeOf(lines: readonly DocumentLine[], labelled: readonly Labelled[]): string | undefined {
  for (const { label, figures } of labelled) {
    if (label !== 'tradeDate') continue
    const time = figures.find((figure) => figure.type === 'time')
    if (time !== undefined && time.value !== '00:00' && time.value !== '00:00:00') return time.value
  }
  const marked = lines.find(({ figures }) => figures.some(isDate) && figures.some(({ type }) => type === 'time'))
  const time = labelled.some(({ label }) => label === 'tradeDate')
    ? undefined
    : marked?.figures.find((figure) => figure.type === 'time')
  return time === undefined || time.value === '00:00' ? undefined : time.value
}

/** The dates that only tell of something else: record date, ex date, period. */
function otherDates(labelled: readonly Labelled[]): ReadonlySet<Figure> {
  return new Set(labelled.filter(({ label }) => label === 'otherDate').flatMap(({ figures }) => figures.filter(isDate)))
}

/** The day a document was printed, where that can be the day of the trade: on or a few days before the value date. */
function shortlyBefore(printed: IsoDate | null, value: IsoDate | null): IsoDate | null {
  if (printed === null || value === null) return null
  const days = daysBetween(printed, value)
  return days >= 0 && days <= 7 ? printed : null
}

export interface Dates {
  readonly booked: IsoDate | null
  readonly value: IsoDate | null
}

/** When a settlement was booked (a trade: when it was made; income: when it was paid) and its value date. */
export function datesOf(
  lines: readonly DocumentLine[],
  labelled: readonly Labelled[],
  marks: readonly KindMark[],
  kind: DocumentKind,
  heading: readonly Labelled[],
): Dates {
  // what a file says once, in front of its settlements, holds for each that does not say it itself
  const said = (label: LabelName): IsoDate | null => dateOf(labelled, label) ?? dateOf(heading, label)
  const value = said('valueDate')
  const other = otherDates(labelled)
  const ofMark = marks
    .filter((mark) => mark.kind === kind)
    .map(({ line }) => lines[line]?.figures.find((figure) => isDate(figure) && !other.has(figure)))
    .find((figure) => figure !== undefined)
  const marked = ofMark !== undefined && isDate(ofMark) ? ofMark.value : null
  const printed = said('documentDate')
  const any = lines.flatMap(({ figures }) => figures.filter(isDate)).find((figure) => !other.has(figure))?.value ?? null
  const income = kind !== 'buy' && kind !== 'sell'
  const booked = income
    ? (said('paymentDate') ?? value ?? said('tradeDate') ?? printed ?? marked ?? any)
    : (dateOf(labelled, 'tradeDate') ??
      marked ??
      dateOf(heading, 'tradeDate') ??
      shortlyBefore(printed, value) ??
      value ??
      printed ??
      any)
  return { booked, value }
}
