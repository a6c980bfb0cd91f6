import { execFileSync } from 'node:child_process'
import { z } from 'zod'
import type { Bench, Measurement } from './bench.ts'
import { openLargeVault } from './million.ts'
import { ensureBuilt } from './window-host.ts'
import type { WritableVault } from '../../electron/core/storage/open-vault.ts'
import { views } from './views.ts'

const told = z.strictObject({
  taken: z.array(z.strictObject({ first: z.number(), median: z.number() })),
  megabytes: z.number(),
})
type Told = z.infer<typeof told>

/** Two adults and a child: a quarter of the accounts each adult's, a quarter shared, a few the child's, the rest everyone's. */
function nameOwners({ driver }: WritableVault): void {
  const person = driver.prepare(
    `insert into persons (id, name, colour, role, position, created_at) values (?, ?, 'teal', ?, ?, 0)`,
  )
  person.run(1, '示例甲 A', 'adult', 1)
  person.run(2, '示例乙 B', 'adult', 2)
  person.run(3, '示例丙 C', 'child', 3)
  const owner = driver.prepare('insert into account_owners (account_id, person_id, share) values (?, ?, ?)')
  for (const id of driver.prepare('select id from accounts order by id').pluck().all() as number[]) {
    if (id % 31 === 0) owner.run(id, 3, 10_000)
    else if (id % 4 === 0) owner.run(id, 1, 10_000)
    else if (id % 4 === 1) owner.run(id, 2, 10_000)
    else if (id % 4 === 2) {
      owner.run(id, 1, 6_667)
      owner.run(id, 2, 3_333)
    }
  }
}

async function measure(transactions: number): Promise<Told> {
  const large = await openLargeVault(transactions)
  nameOwners(large.vault)
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
