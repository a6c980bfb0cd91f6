import { addDays, addMonths, endOfMonth, type IsoDate, startOfMonth } from '../../../../shared/domain/iso-date.ts'
import type { FlowFilter, FlowGroup, FlowSheet, FlowSpan } from '../../../../shared/model/flow.ts'
import { mergeNotes } from '../../analysis/account/flow/merge-notes.ts'
import { periodOf } from '../../analysis/account/flow/flow-period.ts'
import type { Converter } from '../../analysis/wealth/fx-conversion.ts'
import type { Vault } from '../open-vault.ts'
import { FlowCells, type PeriodNote } from './flow-cells.ts'
import { flowConverter, type FlowQuery, loadFlow, loadFlowByPeriod, type PeriodSheet } from './flow-repository.ts'

/** Gives the sheet of a span; see `loadFlow`. */
export type FlowLoader = (span: FlowSpan, group: FlowGroup) => FlowSheet

/** The first days of the whole months of a span, and the days before and after them. */
function partsOf({ from, to }: FlowSpan): { readonly months: readonly IsoDate[]; readonly days: readonly FlowSpan[] } {
  const first = from === startOfMonth(from) ? from : addMonths(startOfMonth(from), 1)
  const months: IsoDate[] = []
  for (let month = first; endOfMonth(month) <= to; month = addMonths(month, 1)) months.push(month)
  const last = months.at(-1)
  if (last === undefined) return { months, days: [{ from, to }] }
  const days: FlowSpan[] = []
  if (from < first) days.push({ from, to: addDays(first, -1) })
  if (endOfMonth(last) < to) days.push({ from: addDays(endOfMonth(last), 1), to })
  return { months, days }
}

/** Months that follow each other as spans. */
function runsOf(months: readonly IsoDate[]): FlowSpan[] {
  const runs: { from: IsoDate; to: IsoDate }[] = []
  for (const month of months) {
    const run = runs.at(-1)
    if (run !== undefined && addDays(run.to, 1) === month) run.to = endOfMonth(month)
    else runs.push({ from: month, to: endOfMonth(month) })
  }
  return runs
}

/** From the first day of all the spans to the last. */
function hullOf(spans: readonly FlowSpan[]): FlowSpan {
  return spans.reduce((hull, { from, to }) => ({
    from: from < hull.from ? from : hull.from,
    to: to > hull.to ? to : hull.to,
  }))
}

/**
 * For a report that looks at several spans of the same lines (this year, the year before, the months that the usual is
 * made of): each whole month of all the spans that will be asked for is read once, whatever it is shown by. A person's
 * part is then rounded month by month, so that a year is what its months add up to.
 */
export function createFlowLoader(
  vault: Vault,
  filter: FlowFilter & Pick<FlowQuery, 'person'>,
  spans: readonly FlowSpan[],
): FlowLoader {
  let made: Converter | undefined
  const converter = (): Converter => (made ??= flowConverter(vault, hullOf(spans)))
  let known: { readonly months: ReadonlySet<IsoDate>; readonly sheets: readonly PeriodSheet[] } | undefined
  const load = () => {
    const months = [...new Set(spans.flatMap((span) => partsOf(span).months))].sort()
    const sheets = runsOf(months).map((run) =>
      loadFlowByPeriod(vault, { ...filter, ...run, group: 'month' }, converter),
    )
    return { months: new Set(months), sheets }
  }
  return (span, group) => {
    const { months, days } = partsOf(span)
    // days and weeks do not add up to months
    if (group === 'day' || group === 'week' || months.length === 0) {
      return loadFlow(vault, { ...filter, ...span, group }, converter)
    }
    known ??= load()
    const wanted = new Set(months)
    if (wanted.difference(known.months).size > 0) throw new Error('a span that was not told of beforehand')
    const cells = new FlowCells()
    const notes: PeriodNote[] = []
    const add = (sheet: PeriodSheet): void => {
      for (const { period, flow, categoryId, inMinor, outMinor, count } of sheet.cells) {
        cells.add(periodOf(period, group), flow, categoryId, inMinor, outMinor, count)
      }
      notes.push(...sheet.notes)
    }
    for (const sheet of known.sheets) {
      add({
        ...sheet,
        cells: sheet.cells.filter(({ period }) => wanted.has(period)),
        notes: sheet.notes.filter(({ period }) => wanted.has(period)),
      })
    }
    for (const part of days) add(loadFlowByPeriod(vault, { ...filter, ...part, group }, converter))
    const currency = known.sheets[0]?.currency
    if (currency === undefined) throw new Error('no month was read')
    return { currency, cells: cells.sorted(), notes: mergeNotes(notes) }
  }
}
