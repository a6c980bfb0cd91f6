import {
  addDays,
  addMonths,
  endOfMonth,
  isIsoDate,
  type IsoDate,
  startOfMonth,
} from '../../../../shared/domain/iso-date.ts'
import type { FlowFilter, FlowGroup, FlowReport, FlowSpan } from '../../../../shared/model/flow.ts'

/** How long a report looks at once. */
export const spanKinds = ['month', 'quarter', 'year', '12m', 'custom'] as const
export type SpanKind = (typeof spanKinds)[number]

export interface FlowView {
  readonly kind: SpanKind
  /** The first day of the span; of a custom one as it was chosen. */
  readonly from: IsoDate
  /** Of a custom span only. */
  readonly to: IsoDate
  readonly group: FlowGroup
  readonly filter: FlowFilter
}

const LENGTH = { month: 1, quarter: 3, year: 12, '12m': 12 } as const
const groupsOf: Record<SpanKind, readonly FlowGroup[]> = {
  month: ['week', 'day', 'month'],
  quarter: ['month', 'week', 'quarter'],
  year: ['month', 'week', 'quarter', 'year'],
  '12m': ['month', 'week', 'quarter'],
  custom: ['month', 'week', 'quarter', 'year'],
}

/** The groupings that make sense for a span, the usual one first. */
export function groupsFor(kind: SpanKind): readonly FlowGroup[] {
  return groupsOf[kind]
}

/** The first day of the month, quarter or year that the day lies in; of twelve months: eleven months before its own. */
function beginning(kind: Exclude<SpanKind, 'custom'>, day: IsoDate): IsoDate {
  const month = startOfMonth(day)
  if (kind === 'month') return month
  if (kind === '12m') return addMonths(month, -11)
  const number = Number(day.slice(5, 7)) - 1
  return addMonths(month, -(kind === 'quarter' ? number % 3 : number))
}

/** The span of this kind that holds the day. */
export function viewAround(kind: SpanKind, day: IsoDate, filter: FlowFilter): FlowView {
  const [group = 'month'] = groupsFor(kind)
  if (kind === 'custom') return { kind, from: addDays(day, -29), to: day, group, filter }
  const from = beginning(kind, day)
  return { kind, from, to: endOfMonth(addMonths(from, LENGTH[kind] - 1)), group, filter }
}

/** The span before (−1) or after (1). */
export function stepped(view: FlowView, by: 1 | -1): FlowView {
  if (view.kind === 'custom') return view
  const step = view.kind === '12m' ? 1 : LENGTH[view.kind]
  const from = addMonths(view.from, step * by)
  return { ...view, from, to: endOfMonth(addMonths(from, LENGTH[view.kind] - 1)) }
}

/** What is asked of the core: a span that is not over ends today, so that like is compared with like. */
export function askedSpan(view: FlowView, today: IsoDate): FlowSpan {
  return { from: view.from, to: view.from <= today && view.to > today ? today : view.to }
}

const ids = (text: string | null): number[] =>
  (text ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map(Number)
    .filter((id) => Number.isInteger(id) && id >= 0)

/** The view of an address such as `?span=month&from=2026-03-01&category=4`; what is missing or wrong takes its default. */
export function viewOf(search: string, today: IsoDate): FlowView {
  const given = new URLSearchParams(search)
  const kind = spanKinds.find((one) => one === given.get('span')) ?? 'year'
  const filter: FlowFilter = {}
  const [accounts, categories, tags] = [ids(given.get('account')), ids(given.get('category')), ids(given.get('tag'))]
  if (accounts.length > 0) filter.accountIds = accounts
  if (categories.length > 0) filter.categoryIds = categories
  if (tags.length > 0) filter.tagIds = tags
  const payee = given.get('payee')
  if (payee !== null && payee !== '') filter.payee = payee.slice(0, 500)
  const day = given.get('from')
  const from = day !== null && isIsoDate(day) && day >= '1801-01-01' && day <= '2298-12-31' ? day : today
  const view = viewAround(kind, kind === '12m' && from !== today ? addMonths(from, 11) : from, filter)
  const until = given.get('to')
  const custom = kind === 'custom' && until !== null && isIsoDate(until) && until >= from && until <= '2298-12-31'
  const group = groupsFor(kind).find((one) => one === given.get('group')) ?? view.group
  return { ...view, ...(custom && { from, to: until }), group }
}

/** The address of a view. */
export function addressOf({ kind, from, to, group, filter }: FlowView): string {
  const search = new URLSearchParams({ span: kind, from })
  if (kind === 'custom') search.set('to', to)
  if (group !== groupsFor(kind)[0]) search.set('group', group)
  if (filter.accountIds !== undefined) search.set('account', filter.accountIds.join(','))
  if (filter.categoryIds !== undefined) search.set('category', filter.categoryIds.join(','))
  if (filter.tagIds !== undefined) search.set('tag', filter.tagIds.join(','))
  if (filter.payee !== undefined) search.set('payee', filter.payee)
  return `/account/flow?${search.toString()}`
}

/** A year is compared with the year before: that is both of them. */
export function comparisonsOf(kind: SpanKind): readonly ('previousPeriod' | 'lastYear')[] {
  return kind === 'year' || kind === '12m' ? ['lastYear'] : ['previousPeriod', 'lastYear']
}

/** Whether the history reaches back to the beginning of the span: what came before it is not known, not nothing. */
export function isKnown({ historyFrom }: Pick<FlowReport, 'historyFrom'>, span: FlowSpan): boolean {
  return historyFrom !== null && span.from >= historyFrom
}

/** The rows behind a figure: all transactions, filtered. `categoryIds`: [0] those without; undefined: of any. */
export function rowsAddress(span: FlowSpan, filter: FlowFilter, categoryIds?: readonly number[]): string {
  const search = new URLSearchParams({ from: span.from, to: span.to })
  const categories = (categoryIds ?? filter.categoryIds)?.filter((id) => id > 0) ?? []
  if (categories.length > 0) search.set('category', categories.join(','))
  else if (categoryIds?.includes(0) === true) search.set('uncategorised', '1')
  if (filter.accountIds?.length === 1) search.set('account', String(filter.accountIds[0]))
  if (filter.tagIds?.length === 1) search.set('tag', String(filter.tagIds[0]))
  if (filter.payee !== undefined) search.set('text', filter.payee)
  return `/account/all?${search.toString()}`
}
