import type { IsoDate } from '../../../../../shared/domain/iso-date.ts'
import { safeMinor } from '../../../../../shared/domain/money.ts'
import type {
  FlowCategory,
  FlowCell,
  FlowGroup,
  FlowReport,
  FlowSheet,
  FlowSpan,
  FlowTotals,
} from '../../../../../shared/model/flow.ts'
import { computeFlowDiagram } from './flow-diagram.ts'
import { mergeNotes } from './merge-notes.ts'
import { endOfPeriod, periodsBetween } from './flow-period.ts'
import { FEWEST_PERIODS, FEWEST_YEARS, findMovers, type MoverHistory } from './movers.ts'

type Counted = FlowCell & { flow: 'income' | 'expense' }
const isCounted = (cell: FlowCell): cell is Counted => cell.flow === 'income' || cell.flow === 'expense'

/** Positive: an income came in, an expense went out. */
const amountOf = ({ flow, inMinor, outMinor }: Counted): number =>
  flow === 'income' ? inMinor - outMinor : outMinor - inMinor

/** What the cells come to. */
export function totalsOf(cells: readonly FlowCell[], { from, to }: FlowSpan): FlowTotals {
  const sums = { income: 0, expense: 0 }
  for (const cell of cells) if (isCounted(cell)) sums[cell.flow] = safeMinor(sums[cell.flow] + amountOf(cell))
  const savedMinor = sums.income - sums.expense
  return {
    from,
    to,
    incomeMinor: sums.income,
    expenseMinor: sums.expense,
    savedMinor,
    savingsRate: sums.income > 0 ? savedMinor / sums.income : null,
  }
}

const keyOf = ({ flow, categoryId }: Counted): string => `${flow} ${categoryId}`

function sumsByCategory(cells: readonly FlowCell[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const cell of cells) {
    if (isCounted(cell)) sums.set(keyOf(cell), safeMinor((sums.get(keyOf(cell)) ?? 0) + amountOf(cell)))
  }
  return sums
}

/** Each category's amounts over the periods. */
function byPeriod(cells: readonly FlowCell[], periods: readonly IsoDate[]): Map<string, FlowCategory> {
  const place = new Map(periods.map((period, index) => [period, index]))
  const rows = new Map<string, FlowCategory>()
  for (const cell of cells) {
    const at = place.get(cell.period)
    if (!isCounted(cell) || at === undefined) continue
    const { categoryId, flow, count } = cell
    const known = rows.get(keyOf(cell))
    const row = known ?? { categoryId, flow, minor: 0, beforeMinor: 0, lastYearMinor: 0, count: 0, periods: periods.map(() => 0) } // prettier-ignore
    if (known === undefined) rows.set(keyOf(cell), row)
    row.minor = safeMinor(row.minor + amountOf(cell))
    row.count += count
    row.periods[at] = (row.periods[at] ?? 0) + amountOf(cell)
  }
  return rows
}

function categoriesOf(
  now: readonly FlowCell[],
  before: readonly FlowCell[],
  lastYear: readonly FlowCell[],
  periods: readonly IsoDate[],
): FlowCategory[] {
  const rows = byPeriod(now, periods)
  for (const [cells, column] of [
    [before, 'beforeMinor'],
    [lastYear, 'lastYearMinor'],
  ] as const) {
    for (const [key, minor] of sumsByCategory(cells)) {
      const [flow, id] = key.split(' ')
      const known = rows.get(key)
      if (known !== undefined) known[column] = minor
      else if (minor !== 0) {
        const none = { minor: 0, beforeMinor: 0, lastYearMinor: 0, count: 0, periods: periods.map(() => 0) }
        rows.set(key, {
          categoryId: Number(id),
          flow: flow === 'income' ? 'income' : 'expense',
          ...none,
          [column]: minor,
        })
      }
    }
  }
  return [...rows.values()].sort(
    (left, right) =>
      (left.flow === right.flow ? 0 : left.flow === 'income' ? -1 : 1) ||
      right.minor - left.minor ||
      left.categoryId - right.categoryId,
  )
}

/** What movers are found from: the like periods up to and with the last, which is the one that is judged. */
export interface UsualSheet {
  readonly cells: readonly FlowCell[]
  readonly group: FlowGroup
  readonly period: FlowSpan
  /** First days of the periods before it, rising, from the first that the household has a history of. */
  readonly before: readonly IsoDate[]
}

function moversOf({ cells, group, period, before }: UsualSheet): FlowReport['movers'] {
  if (before.length < (group === 'year' ? FEWEST_YEARS : FEWEST_PERIODS)) return null
  const histories: MoverHistory[] = [...byPeriod(cells, [...before, period.from]).values()].map((row) => ({
    categoryId: row.categoryId,
    flow: row.flow,
    minor: row.periods.at(-1) ?? 0,
    before: row.periods.slice(0, -1),
  }))
  return { group, period, list: findMovers(histories) }
}

export interface FlowSheets {
  readonly now: FlowSheet
  readonly before: FlowSheet
  readonly lastYear: FlowSheet
  readonly usual: UsualSheet | null
  readonly historyFrom: IsoDate | null
}
export interface FlowSpans {
  readonly now: FlowSpan
  readonly before: FlowSpan
  readonly lastYear: FlowSpan
}

/** The report of what was loaded for it. */
export function computeFlowReport(
  sheets: FlowSheets,
  spans: FlowSpans,
  group: FlowGroup,
  parentOf: (categoryId: number) => number | null,
): FlowReport {
  const { cells, currency } = sheets.now
  const periods = periodsBetween(spans.now.from, spans.now.to, group)
  const cellsByPeriod = Map.groupBy(cells, ({ period }) => period)
  const categories = categoriesOf(cells, sheets.before.cells, sheets.lastYear.cells, periods)
  const unpaired = cells.filter(({ flow }) => flow === 'unpaired')
  return {
    currency,
    group,
    now: totalsOf(cells, spans.now),
    before: totalsOf(sheets.before.cells, spans.before),
    lastYear: totalsOf(sheets.lastYear.cells, spans.lastYear),
    periods: periods.map((period) => {
      const end = endOfPeriod(period, group)
      // the first and the last may be cut by the range
      const from = period < spans.now.from ? spans.now.from : period
      const to = end > spans.now.to ? spans.now.to : end
      return totalsOf(cellsByPeriod.get(period) ?? [], { from, to })
    }),
    historyFrom: sheets.historyFrom,
    categories,
    diagram: computeFlowDiagram(categories, parentOf),
    movers: sheets.usual === null ? null : moversOf(sheets.usual),
    unpaired: {
      count: unpaired.reduce((sum, { count }) => sum + count, 0),
      inMinor: unpaired.reduce((sum, { inMinor }) => sum + inMinor, 0),
      outMinor: unpaired.reduce((sum, { outMinor }) => sum + outMinor, 0),
    },
    notes: mergeNotes([...sheets.now.notes, ...sheets.before.notes, ...sheets.lastYear.notes]),
  }
}
