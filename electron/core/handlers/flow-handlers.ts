import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { flowChannels } from '../../../shared/ipc/channels/flow-channels.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { FlowGroup, FlowReport, FlowSpan } from '../../../shared/model/flow.ts'
import { addPeriods, periodOf, periodsBetween } from '../analysis/account/flow/flow-period.ts'
import { computeFlowReport, type FlowSpans, type UsualSheet } from '../analysis/account/flow/flow-report.ts'
import { lastWholePeriod, spanBefore, spanLastYear } from '../analysis/account/flow/flow-spans.ts'
import type { HandlersOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { firstFlowMonth, loadLargestLines, loadPayees } from '../storage/repositories/flow-line-repository.ts'
import { createFlowLoader, type FlowLoader } from '../storage/repositories/flow-loader.ts'
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

/** Which spans a report looks at. */
export interface FlowPlan {
  readonly group: FlowGroup
  readonly spans: FlowSpans
  readonly usual: Omit<UsualSheet, 'cells'> | null
  readonly historyFrom: IsoDate | null
}

/** All of them, for `createFlowLoader`. */
export function plannedSpans({ spans, usual }: FlowPlan): FlowSpan[] {
  const planned = [spans.now, spans.before, spans.lastYear]
  const since = usual?.before[0]
  return usual === null || since === undefined ? planned : [...planned, { from: since, to: usual.period.to }]
}

function planUsual(first: IsoDate | null, span: FlowSpan, group: FlowGroup, today: IsoDate): FlowPlan['usual'] {
  if (first === null) return null
  const period = lastWholePeriod(span, group, today)
  const earliest = addPeriods(period.from, group, -USUAL_PERIODS)
  const before = periodsBetween(earliest, addPeriods(period.from, group, -1), group).filter((one) => one >= first)
  return before.length === 0 ? null : { group, period, before }
}

export function planFlowReport(vault: Vault, span: FlowSpan, group: FlowGroup, today: IsoDate): FlowPlan {
  const historyFrom = firstFlowMonth(vault)
  // what is usual is a matter of months at least: a day or a week is not like another
  const usualGroup = group === 'day' || group === 'week' ? 'month' : group
  return {
    group,
    spans: { now: span, before: spanBefore(span), lastYear: spanLastYear(span, group) },
    usual: planUsual(historyFrom, span, usualGroup, today),
    historyFrom,
  }
}

/** The report of what was planned; see `flow.report`. */
export function loadFlowReport(
  vault: Vault,
  { group, spans, usual, historyFrom }: FlowPlan,
  load: FlowLoader,
): FlowReport {
  // only what they come to is told of them
  const before = load(spans.before, 'year')
  const same = spans.before.from === spans.lastYear.from && spans.before.to === spans.lastYear.to
  const since = usual?.before[0]
  return computeFlowReport(
    {
      now: load(spans.now, group),
      before,
      lastYear: same ? before : load(spans.lastYear, 'year'),
      historyFrom,
      usual:
        usual === null || since === undefined
          ? null
          : { ...usual, cells: load({ from: since, to: usual.period.to }, usual.group).cells },
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
    const vault = context.readable()
    const plan = planFlowReport(vault, { from, to }, group, context.clock.today())
    return loadFlowReport(vault, plan, createFlowLoader(vault, { ...filter, person }, plannedSpans(plan)))
  },

  'flow.largest': ({ from, to, filter, limit, person }, context) => {
    requireSpan({ from, to })
    return loadLargestLines(context.readable(), { ...filter, from, to, person }, limit)
  },

  'flow.payees': ({ text }, context) => loadPayees(context.readable(), text, 20),
}
