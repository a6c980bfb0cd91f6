import type { Bench, Measurement } from './bench.ts'
import { beginBudgets } from './budget-bench.ts'
import { HostSession } from './host-session.ts'
import { LARGE_VAULT_PASSPHRASE, openLargeVault } from './million.ts'
import { ensureBuilt } from './window-host.ts'
import type { WritableVault } from '../../electron/core/storage/open-vault.ts'
import { views } from './views.ts'

const ROUNDS = 15
const LOOKED_EVERY_MILLISECONDS = 250
const LOOKED_FOR_AT_MOST = 480

interface Told {
  readonly taken: readonly { readonly first: number; readonly median: number }[]
  readonly megabytes: number | null
}

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

/** The first look at the whole history, and the index of the search, are made behind what the user does. */
async function settled(host: HostSession): Promise<void> {
  for (let round = 0; round < LOOKED_FOR_AT_MOST; round += 1) {
    const { items } = (await host.call('recurring.list', {})) as { items: readonly unknown[] }
    if (items.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, LOOKED_EVERY_MILLISECONDS))
  }
  throw new Error('the history was not looked through')
}

async function measure(transactions: number): Promise<Told> {
  const large = await openLargeVault(transactions)
  nameOwners(large.vault)
  beginBudgets(large, 'limit', 3)
  await large.vault.close()
  try {
    const host = await HostSession.open(large.path, LARGE_VAULT_PASSPHRASE)
    const timed = async ({ channel, input }: (typeof views)[number]): Promise<number> => {
      const started = performance.now()
      await host.call(channel, input)
      return performance.now() - started
    }
    try {
      const firsts = []
      for (const view of views) firsts.push(await timed(view))
      await settled(host)
      // the day's backup begins twenty seconds after unlocking
      await new Promise((resolve) => setTimeout(resolve, 20_000))
      await host.rest()
      const taken = []
      for (const [index, view] of views.entries()) {
        const rounds = []
        for (let round = 0; round < ROUNDS; round += 1) rounds.push(await timed(view))
        rounds.sort((left, right) => left - right)
        taken.push({ first: firsts[index] ?? 0, median: rounds[Math.floor(ROUNDS / 2)] ?? 0 })
      }
      return { taken, megabytes: host.mostMegabytes() }
    } finally {
      await host.close()
    }
  } finally {
    large.remove()
  }
}

/** Every view from the window's call to its answer, through the built host; beside it the same with a hundredth of the rows. */
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
    if (large.megabytes === null) return measurements
    return [
      ...measurements,
      {
        work: 'memory of the host after all views and the first look, at its most, in MB',
        data: `${most} transactions`,
        milliseconds: large.megabytes,
        ...(small.megabytes === null
          ? {}
          : { floor: { what: `the same with ${most / 100}`, milliseconds: small.megabytes } }),
        limit: { text: '≤ 400 MB', met: large.megabytes <= 400 },
      },
    ]
  },
}
