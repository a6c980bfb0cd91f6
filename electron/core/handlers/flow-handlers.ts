import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { flowChannels } from '../../../shared/ipc/channels/flow-channels.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { FlowFilter, FlowGroup, FlowReport, FlowSheet, FlowSpan } from '../../../shared/model/flow.ts'
import { addPeriods, periodOf, periodsBetween } from '../analysis/account/flow/flow-period.ts'
import { computeFlowReport, type UsualSheet } from '../analysis/account/flow/flow-report.ts'
import { lastWholePeriod, spanBefore, spanLastYear } from '../analysis/account/flow/flow-spans.ts'
import type { Converter } from '../analysis/wealth/fx-conversion.ts'
import type { HandlersOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { firstFlowMonth, loadLargestLines, loadPayees } from '../storage/repositories/flow-line-repository.ts'
import { flowConverter, type FlowQuery, loadFlow } from '../storage/repositories/flow-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'

/** More of them could not be told apart on a screen. */
const MOST_PERIODS = 400
/** Like periods that the usual is made of. */
const USUAL_PERIODS = 12

function requireSpan({ from, to }: FlowSpan): void {
  if (from > to) throw new CoreError('invalid-input', 'the range ends before it begins')
}

function parents(vault: Vault): (categoryId: number) => number | null {
  const rows = sqlRows<{ id: number; parent: number }>(
    vault,
    'select id, parent_id as parent from categories where parent_id is not null',
  )
  const known = new Map(rows.map(({ id, parent }) => [id, parent]))
  return (categoryId) => known.get(categoryId) ?? null
}

type Load = (span: FlowSpan, group: FlowGroup) => FlowSheet

function loadUsual(load: Load, vault: Vault, span: FlowSpan, group: FlowGroup, today: IsoDate): UsualSheet | null {
  const period = lastWholePeriod(span, group, today)
  const first = firstFlowMonth(vault)
  if (first === null) return null
  const earliest = addPeriods(period.from, group, -USUAL_PERIODS)
  const before = periodsBetween(earliest, addPeriods(period.from, group, -1), group).filter((one) => one >= first)
  const start = before[0]
  if (start === undefined) return null
  return { group, period, before, cells: load({ from: start, to: period.to }, group).cells }
}

/** The report of a span; see `flow.report`. */
export function loadFlowReport(
  vault: Vault,
  span: FlowSpan,
  group: FlowGroup,
  filter: FlowFilter & Pick<FlowQuery, 'person'>,
  today: IsoDate,
): FlowReport {
  const spans = { now: span, before: spanBefore(span), lastYear: spanLastYear(span, group) }
  // what is usual is a matter of months at least: a day or a week is not like another
  const usualGroup = group === 'day' || group === 'week' ? 'month' : group
  const earliest = [
    spans.before.from,
    spans.lastYear.from,
    addPeriods(periodOf(span.from, usualGroup), usualGroup, -USUAL_PERIODS - 1),
  ]
  let converter: Converter | undefined
  const shared = () => (converter ??= flowConverter(vault, { from: earliest.toSorted()[0] ?? span.from, to: span.to }))
  const load: Load = (one, by) => loadFlow(vault, { ...filter, ...one, group: by }, shared)
  // only what they come to is told of them: by year costs least
  const before = load(spans.before, 'year')
  const same = spans.before.from === spans.lastYear.from && spans.before.to === spans.lastYear.to
  return computeFlowReport(
    {
      now: load(spans.now, group),
      before,
      lastYear: same ? before : load(spans.lastYear, 'year'),
      historyFrom: firstFlowMonth(vault),
      usual: loadUsual(load, vault, span, usualGroup, today),
    },
    spans,
    group,
    parents(vault),
  )
}

export const flowHandlers: HandlersOf<typeof flowChannels> = {
  'flow.report': ({ from, to, group, filter, person }, context) => {
    requireSpan({ from, to })
    if (addPeriods(periodOf(from, group), group, MOST_PERIODS) <= to) {
      throw new CoreError('invalid-input', `a report has at most ${MOST_PERIODS} periods: take longer ones`)
    }
    return loadFlowReport(context.readable(), { from, to }, group, { ...filter, person }, context.clock.today())
  },

  'flow.largest': ({ from, to, filter, limit, person }, context) => {
    requireSpan({ from, to })
    return loadLargestLines(context.readable(), { ...filter, from, to, person }, limit)
  },

  'flow.payees': ({ text }, context) => loadPayees(context.readable(), text, 20),
}
