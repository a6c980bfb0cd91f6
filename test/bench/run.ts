import { balanceBench } from './balance-bench.ts'
import { type Measurement, tableOf } from './bench.ts'
import { budgetBench } from './budget-bench.ts'
import { flowBench } from './flow-bench.ts'
import { importBench } from './import-bench.ts'
import { matchingBench } from './matching-bench.ts'
import { parseBench } from './parse-bench.ts'
import { recurringBench } from './recurring-bench.ts'
import { scrollBench } from './scroll-bench.ts'
import { searchBench } from './search-bench.ts'
import { startBench } from './start-bench.ts'
import { rulesBench } from './rules-bench.ts'
import { viewsBench } from './views-bench.ts'

/**
 * `npm run bench [-- --quick] [NAME…]`: measures what Onebook promises, each beside a floor measured in the same run.
 * For comparison, as published by others: Actual's API needs 53 s to import 50,000 transactions.
 */
const benches = [
  parseBench,
  importBench,
  balanceBench,
  budgetBench,
  matchingBench,
  startBench,
  scrollBench,
  rulesBench,
  viewsBench,
  flowBench,
  searchBench,
  recurringBench,
]
const given = process.argv.slice(2)
const quick = given.includes('--quick')
const names = given.filter((argument) => !argument.startsWith('--'))
const unknown = names.filter((name) => !benches.some((bench) => bench.name === name))
if (unknown.length > 0) {
  process.stderr.write(
    `bench: no such bench: ${unknown.join(', ')} (there are: ${benches.map(({ name }) => name).join(', ')})\n`,
  )
  process.exit(2)
}
const measurements: Measurement[] = []
for (const bench of benches) {
  if (names.length > 0 && !names.includes(bench.name)) continue
  process.stderr.write(`measuring ${bench.name} …\n`)
  measurements.push(...(await bench.run(quick)))
}
process.stdout.write(`${tableOf(measurements)}\n`)
process.stdout.write('Actual publishes 53 s for 50,000 transactions through its API.\n')
if (measurements.some(({ limit }) => limit?.met === false)) process.exitCode = 1
