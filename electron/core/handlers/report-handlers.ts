import { addDays, addMonths, endOfMonth, type IsoDate, monthOf } from '../../../shared/domain/iso-date.ts'
import type { reportChannels } from '../../../shared/ipc/channels/report-channels.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { MonthReport } from '../../../shared/model/report.ts'
import { totalsOf } from '../analysis/account/flow/flow-report.ts'
import { endOfPeriod, periodsBetween } from '../analysis/account/flow/flow-period.ts'
import type { HandlersOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadLargestLines } from '../storage/repositories/flow-line-repository.ts'
import { loadFlow } from '../storage/repositories/flow-repository.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'
import { loadDue } from './due-view.ts'
import { loadFlowReport } from './flow-handlers.ts'
import { loadNetWorth } from './overview-handlers.ts'

const TREND_MONTHS = 12
const LARGEST = 8
/** What is due next belongs into the report of this month and of the one before it. */
const DUE_DAYS = 30

function loadTrend(vault: Vault, first: IsoDate, until: IsoDate, person: number | null): MonthReport['trend'] {
  const from = addMonths(first, 1 - TREND_MONTHS)
  const { cells } = loadFlow(vault, { from, to: until, group: 'month', person })
  const byMonth = Map.groupBy(cells, ({ period }) => period)
  return periodsBetween(from, until, 'month').map((period) => {
    const end = endOfPeriod(period, 'month')
    return totalsOf(byMonth.get(period) ?? [], { from: period, to: end > until ? until : end })
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
    const recent = month >= monthOf(addMonths(today, -1))
    return {
      month,
      until,
      netWorthBefore: loadNetWorth(vault, addDays(from, -1), person),
      netWorth: loadNetWorth(vault, until, person),
      flow: loadFlowReport(vault, { from, to: until }, 'month', { person }, today),
      trend: loadTrend(vault, from, until, person),
      largest: loadLargestLines(vault, { from, to: until, person }, LARGEST),
      due: recent ? loadDue(vault, context.clock.time(), view, addDays(today, DUE_DAYS)) : [],
    }
  },
}
