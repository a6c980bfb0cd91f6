import { addDays, addMonths, endOfMonth, type IsoDate, monthOf } from '../../../shared/domain/iso-date.ts'
import type { reportChannels } from '../../../shared/ipc/channels/report-channels.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { FlowSpan } from '../../../shared/model/flow.ts'
import type { MonthReport } from '../../../shared/model/report.ts'
import { totalsOf } from '../analysis/account/flow/flow-report.ts'
import { endOfPeriod, periodsBetween } from '../analysis/account/flow/flow-period.ts'
import type { HandlersOf } from '../handler.ts'
import { loadAccounts } from '../storage/repositories/account-repository.ts'
import { loadLargestLines } from '../storage/repositories/flow-line-repository.ts'
import { createFlowLoader, type FlowLoader } from '../storage/repositories/flow-loader.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'
import { isBeforeRecords } from './chart-days.ts'
import { loadDue } from './due-view.ts'
import { loadFlowReport, plannedSpans, planFlowReport } from './flow-handlers.ts'
import { loadNetWorths } from './overview-handlers.ts'

const TREND_MONTHS = 12
const LARGEST = 8
/** What is due next belongs into the report of this month and of the one before it. */
const DUE_DAYS = 30

function trendOf({ from, to }: FlowSpan, load: FlowLoader): MonthReport['trend'] {
  const byMonth = Map.groupBy(load({ from, to }, 'month').cells, ({ period }) => period)
  return periodsBetween(from, to, 'month').map((period) => {
    const end = endOfPeriod(period, 'month')
    return totalsOf(byMonth.get(period) ?? [], { from: period, to: end > to ? to : end })
  })
}

export const reportHandlers: HandlersOf<typeof reportChannels> = {
  'report.month': ({ month, person }, context) => {
    const vault = context.readable()
    const today = context.clock.today()
    const from = `${month}-01` as IsoDate
    if (month < '1801-01' || from > today) throw new CoreError('invalid-input', 'this month has not begun')
    const end = endOfMonth(from)
    const until = end > today ? today : end
    const view = loadOwnershipView(vault, person)
    const dayBefore = addDays(from, -1)
    const counting = loadAccounts(vault).filter(({ inNetWorth }) => inNetWorth)
    const netWorthOn = loadNetWorths(vault, [dayBefore, until], person)
    const plan = planFlowReport(vault, { from, to: until }, 'month', today)
    const trend = { from: addMonths(from, 1 - TREND_MONTHS), to: until }
    const load = createFlowLoader(vault, { person }, [...plannedSpans(plan), trend])
    const recent = month >= monthOf(addMonths(today, -1))
    return {
      month,
      until,
      netWorthBefore: isBeforeRecords(vault, counting, dayBefore) ? null : netWorthOn(dayBefore),
      netWorth: netWorthOn(until),
      flow: loadFlowReport(vault, plan, load),
      trend: trendOf(trend, load),
      largest: loadLargestLines(vault, { from, to: until, person }, LARGEST),
      due: recent ? loadDue(vault, context.clock.time(), view, addDays(today, DUE_DAYS)) : [],
    }
  },
}
