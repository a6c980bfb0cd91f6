import { forecastQuerySchema } from '../../shared/model/forecast.ts'
import { loadForecast } from '../../electron/core/forecast/load-forecast.ts'
import { PAYMENT_COLUMNS, PAYMENT_CONDITION } from '../../electron/core/recurring/payment-rows.ts'
import { listRecurring } from '../../electron/core/recurring/list-items.ts'
import { lookThrough } from '../../electron/core/recurring/look-through.ts'
import { type Bench, bestOf, type Measurement } from './bench.ts'
import { type LargeVault, openLargeVault } from './million.ts'

interface Look {
  readonly milliseconds: number
  readonly longestSlice: number
  readonly looked: number
}

/** Looks to the end, as the writer does in the background; in processor time, for other work runs beside it. */
function look({ vault, today }: LargeVault, whole: boolean): Look {
  const work = lookThrough(vault, { today, whole })
  let longestSlice = 0
  const before = process.cpuUsage()
  for (;;) {
    const started = performance.now()
    const step = work.next()
    longestSlice = Math.max(longestSlice, performance.now() - started)
    if (step.done === true) {
      const { user, system } = process.cpuUsage(before)
      return { milliseconds: (user + system) / 1000, longestSlice, looked: step.value }
    }
  }
}

async function measure(large: LargeVault, transactions: number): Promise<Measurement[]> {
  const { vault, today } = large
  const read = vault.driver.prepare(`select ${PAYMENT_COLUMNS} from transactions where ${PAYMENT_CONDITION}`).raw(true)
  const before = process.cpuUsage()
  let rows = 0
  for (const row of read.iterate()) rows += Array.isArray(row) ? 1 : 0
  const used = process.cpuUsage(before)
  const floor = { what: 'the same rows read, nothing done with them', milliseconds: (used.user + used.system) / 1000 }
  const data = `${transactions} transactions`
  const first = look(large, true)
  const { items } = listRecurring(vault, today)
  if (first.looked !== rows || items.length !== 16) {
    throw new Error(`expected 16 series in ${rows} rows, got ${items.length} in ${first.looked}`)
  }
  vault.driver
    .prepare(
      `insert into transactions (account_id, booked_on, amount_minor, kind, payee) values (1, ?, -6072, 'payment', 'Netflix')`,
    )
    .run(today)
  const again = look(large, false)
  const list = await bestOf(5, () => listRecurring(vault, today))
  const query = forecastQuerySchema.parse({})
  const forecast = await bestOf(3, () => loadForecast(vault, query, today))
  const isFull = transactions >= 1_000_000
  return [
    {
      work: 'series found in the whole history (16 of 16, none wrong), processor time',
      data,
      milliseconds: first.milliseconds,
      floor,
      ...(isFull ? { limit: { text: '≤ 2 s', met: first.milliseconds <= 2000 } } : {}),
    },
    { work: 'the longest that a call waits for it', data, milliseconds: first.longestSlice },
    { work: 'one new row looked at', data, milliseconds: again.milliseconds, floor },
    {
      work: 'the list of bills and subscriptions',
      data,
      milliseconds: list,
      ...(isFull ? { limit: { text: '≤ 50 ms', met: list <= 50 } } : {}),
    },
    {
      work: 'twelve months ahead with a band of 200 futures',
      data,
      milliseconds: forecast,
      ...(isFull ? { limit: { text: '≤ 200 ms', met: forecast <= 200 } } : {}),
    },
  ]
}

export const recurringBench: Bench = {
  name: 'recurring',
  async run(quick) {
    const measurements: Measurement[] = []
    for (const transactions of quick ? [10_000] : [10_000, 1_000_000]) {
      const large = await openLargeVault(transactions)
      try {
        measurements.push(...(await measure(large, transactions)))
      } finally {
        await large.close()
      }
    }
    return measurements
  },
}
