import { execFileSync } from 'node:child_process'
import { z } from 'zod'
import type { Bench, Measurement } from './bench.ts'
import { openLargeVault } from './million.ts'
import { ensureBuilt } from './window-host.ts'
import { views } from './views.ts'

const told = z.strictObject({
  taken: z.array(z.strictObject({ first: z.number(), median: z.number() })),
  megabytes: z.number(),
})
type Told = z.infer<typeof told>

async function measure(transactions: number): Promise<Told> {
  const large = await openLargeVault(transactions)
  await large.vault.close()
  try {
    const child = new URL('views-child.ts', import.meta.url)
    return told.parse(
      JSON.parse(execFileSync(process.execPath, [child.pathname, large.path, large.today], { encoding: 'utf8' })),
    )
  } finally {
    large.remove()
  }
}

/** Every view from the call to its answer, through the core's own threads; beside it the same with a hundredth of the rows. */
export const viewsBench: Bench = {
  name: 'views',
  async run(quick) {
    ensureBuilt()
    const most = quick ? 100_000 : 1_000_000
    const small = await measure(most / 100)
    const large = await measure(most)
    const measurements = views.flatMap(({ what, limit }, index): Measurement[] => {
      const [few, many] = [small.taken[index], large.taken[index]]
      if (few === undefined || many === undefined) return []
      return [
        {
          work: what,
          data: `${most} transactions, 123 accounts, 15 years; the first time ${many.first.toFixed(0)} ms`,
          milliseconds: many.median,
          floor: { what: `the same with ${most / 100}`, milliseconds: few.median },
          limit: { text: `≤ ${limit} ms`, met: many.median <= limit },
        },
      ]
    })
    return [
      ...measurements,
      {
        work: 'memory of the process with the core after all views, in MB',
        data: `${most} transactions`,
        milliseconds: large.megabytes,
        floor: { what: `the same with ${most / 100}`, milliseconds: small.megabytes },
        limit: { text: '≤ 400 MB', met: large.megabytes <= 400 },
      },
    ]
  },
}
