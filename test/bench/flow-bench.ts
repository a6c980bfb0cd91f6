import { loadFlowReport, plannedSpans, planFlowReport } from '../../electron/core/handlers/flow-handlers.ts'
import { createFlowLoader } from '../../electron/core/storage/repositories/flow-loader.ts'
import type { WritableVault } from '../../electron/core/storage/open-vault.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import type { FlowFilter, FlowGroup } from '../../shared/model/flow.ts'
import { type Bench, bestOf, type Measurement } from './bench.ts'
import { openLargeVault } from './million.ts'

const year = { from: parseIsoDate('2024-01-01'), to: parseIsoDate('2024-12-31') }
const month = { from: parseIsoDate('2024-10-01'), to: parseIsoDate('2024-10-31') }
const history = { from: parseIsoDate('2011-01-01'), to: parseIsoDate('2025-12-31') }
const today = parseIsoDate('2026-06-15')

/** The same sums of a year from the transactions themselves, without what is maintained. */
const RECOMPUTED = `select substr(booked_on, 1, 7), flow, category_id, sum(amount_minor) from flow_facts
  where booked_on between '2024-01-01' and '2024-12-31' group by 1, 2, 3`

interface Asked {
  readonly work: string
  readonly span?: typeof year
  readonly group: FlowGroup
  readonly filter?: FlowFilter
  /** Null: more than a year, only told. */
  readonly limit?: null
}

function asked({ driver }: WritableVault): Asked[] {
  const busiest = driver
    .prepare(`select payee from transactions group by payee order by count(*) desc, payee limit 1`)
    .pluck()
    .get() as string
  const food = driver.prepare(`select id from categories where key = 'food'`).pluck().get() as number
  return [
    { work: 'a year by month', group: 'month' },
    { work: 'a year by week', group: 'week' },
    { work: 'a month by day', group: 'day', span: month },
    { work: 'a year, one category', group: 'month', filter: { categoryIds: [food] } },
    { work: 'a year, one account', group: 'month', filter: { accountIds: [1] } },
    { work: 'a year, the busiest payee', group: 'month', filter: { payee: busiest } },
    { work: 'a year, three tags', group: 'month', filter: { tagIds: [1, 2, 3] } },
    { work: 'fifteen years by year', group: 'year', span: history, limit: null },
  ]
}

async function measure(vault: WritableVault, transactions: number): Promise<Measurement[]> {
  const measurements: Measurement[] = []
  const statement = vault.driver.prepare(RECOMPUTED)
  const floor = await bestOf(2, () => statement.all())
  for (const { work, group, span, filter, limit } of asked(vault)) {
    const taken = await bestOf(5, () => {
      const plan = planFlowReport(vault, span ?? year, group, today)
      return loadFlowReport(vault, plan, createFlowLoader(vault, filter ?? {}, plannedSpans(plan)))
    })
    measurements.push({
      work: `cash flow: ${work}`,
      data: `${transactions} transactions`,
      milliseconds: taken,
      ...(group === 'month' &&
        filter === undefined && { floor: { what: 'the sums of a year, recomputed', milliseconds: floor } }),
      ...(limit !== null && { limit: { text: '≤ 100 ms', met: taken <= 100 } }),
    })
  }
  return measurements
}

export const flowBench: Bench = {
  name: 'flow',
  async run(quick) {
    const measurements: Measurement[] = []
    for (const transactions of quick ? [10_000] : [10_000, 1_000_000]) {
      const large = await openLargeVault(transactions)
      try {
        measurements.push(...(await measure(large.vault, transactions)))
      } finally {
        await large.close()
      }
    }
    return measurements
  },
}
