import type { WritableVault } from '../../electron/core/storage/open-vault.ts'
import { makeTemporaryVault } from '../support/temporary-vault.ts'
import { type Bench, bestOf, type Measurement } from './bench.ts'
import { fillAccounts } from './sample-data.ts'

const MAINTAINED = `select a.id, a.opening_minor + b.change_minor as balance
                    from accounts a join account_balances b on b.account_id = a.id order by a.id`
const RECOMPUTED = `select a.id, a.opening_minor + coalesce(sum(t.amount_minor), 0) as balance
                    from accounts a left join transactions t on t.account_id = a.id group by a.id order by a.id`

async function measure(vault: WritableVault, transactions: number): Promise<Measurement> {
  const maintained = vault.driver.prepare(MAINTAINED)
  const recomputed = vault.driver.prepare(RECOMPUTED)
  if (JSON.stringify(maintained.all()) !== JSON.stringify(recomputed.all())) throw new Error('the balances differ')
  const taken = await bestOf(20, () => maintained.all())
  const floor = await bestOf(2, () => recomputed.all())
  return {
    work: 'balances of 20 accounts',
    data: `${transactions} transactions`,
    milliseconds: taken,
    floor: { what: 'recomputed from the transactions', milliseconds: floor },
    limit: { text: '≤ 5 ms', met: taken <= 5 },
  }
}

export const balanceBench: Bench = {
  name: 'balances',
  async run(quick) {
    const measurements: Measurement[] = []
    for (const transactions of quick ? [5000] : [50_000, 1_000_000]) {
      const temporary = await makeTemporaryVault()
      try {
        fillAccounts(temporary.vault, 20, transactions)
        measurements.push(await measure(temporary.vault, transactions))
      } finally {
        await temporary.close()
      }
    }
    return measurements
  },
}
