import { ruleDraftSchema } from '../../shared/model/rule.ts'
import { testRules } from '../../electron/core/categorising/rule-history.ts'
import { loadRuleSet, UNSAVED_RULE } from '../../electron/core/storage/repositories/rule-repository.ts'
import { standJob } from '../support/import-stand.ts'
import { makeTemporaryVault } from '../support/temporary-vault.ts'
import type { Bench } from './bench.ts'
import { fillAccounts } from './sample-data.ts'

const RULES = 1000

/** A thousand rules over a long history: what a rule that is being written asks for at every pause. */
export const rulesBench: Bench = {
  name: 'rules',
  async run(quick) {
    const transactions = quick ? 50_000 : 1_000_000
    const temporary = await makeTemporaryVault()
    const { vault } = temporary
    fillAccounts(vault, 10, transactions)
    const insert = vault.driver.prepare(
      `insert into rules (position, name, conditions, actions, created_at) values (?, '', ?, '[{"do":"stop"}]', 0)`,
    )
    const conditions = (text: string) => ({
      match: 'all',
      parts: [{ about: 'text', field: 'payee', operator: 'contains', text }],
    })
    for (let index = 0; index < RULES; index += 1) insert.run(index, JSON.stringify(conditions(`merchant ${index}x`)))
    const draft = ruleDraftSchema.parse({
      conditions: conditions('1'),
      actions: [{ do: 'setPayee', payee: 'One' }],
    })
    const scope = { ruleIds: new Set([UNSAVED_RULE]), includeOwn: false, cleanPayees: false }
    const floorStarted = performance.now()
    let read = 0
    for (const row of vault.driver.prepare<[], { payee: string }>('select * from transactions').iterate()) {
      read += row.payee.length
    }
    const floor = performance.now() - floorStarted
    const before = process.memoryUsage().rss
    const started = performance.now()
    const report = await testRules(vault, loadRuleSet(vault, { id: UNSAVED_RULE, draft }), scope, standJob())
    const milliseconds = performance.now() - started
    const grown = Math.max(0, Math.round((process.memoryUsage().rss - before) / 1e6))
    await temporary.close()
    if (report.examined !== transactions || report.changed === 0 || read === 0) {
      throw new Error(`expected ${transactions} looked at, got ${report.examined}, ${report.changed} changed`)
    }
    const data = `${RULES} rules, ${transactions} transactions`
    return [
      {
        work: 'test a rule on all of history',
        data,
        milliseconds,
        floor: { what: 'the same rows read, nothing done with them', milliseconds: floor },
        limit: { text: '≤ 5×', met: milliseconds <= floor * 5 },
      },
      {
        work: `memory that this takes: ${grown} MB`,
        data,
        milliseconds: 0,
        limit: { text: '≤ 150 MB', met: grown <= 150 },
      },
    ]
  },
}
