import { appFacts } from '../../electron/core/hosting/app-facts.ts'
import { createMemorySettings } from '../../electron/core/hosting/settings-port.ts'
import { noKeyStore, startCore } from '../../electron/core/hosting/start-core.ts'
import { cheapArgon2 } from '../support/temporary-vault.ts'
import { LARGE_VAULT_PASSPHRASE } from './million.ts'
import { views } from './views.ts'

const ROUNDS = 15

/**
 * The whole core in a process of its own, over the vault whose path is given: what each view takes from the call to its
 * answer, the first time and at the median, and the most memory that the process ever held, in MB.
 */
const [path = '', today = ''] = process.argv.slice(2)
const core = startCore({
  vaultPath: path,
  info: appFacts('loopback', false),
  // the built one, as it is used: the sources would be translated in each thread, which takes time and memory
  workerUrl: new URL('../../out/main/core-worker.js', import.meta.url),
  settings: createMemorySettings(),
  keyStore: noKeyStore,
  // what goes wrong is told on the terminal: there is nobody's data in it
  log: { write: (event, facts) => void process.stderr.write(`${event} ${JSON.stringify(facts ?? {})}\n`) },
  argon2: cheapArgon2,
  today,
})
async function timed(channel: string, input: unknown): Promise<number> {
  const started = performance.now()
  const reply = await core.call(channel, input)
  if (!reply.ok) throw new Error(`${channel}: ${reply.error.code} ${reply.error.message}`)
  return performance.now() - started
}
await timed('vault.unlock', { passphrase: LARGE_VAULT_PASSPHRASE })
const taken = []
for (const { channel, input } of views) {
  const first = await timed(channel, input)
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await timed(channel, input))
  rounds.sort((left, right) => left - right)
  taken.push({ first, median: rounds[Math.floor(ROUNDS / 2)] ?? first })
}
await core.close()
process.stdout.write(JSON.stringify({ taken, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }))
process.exit(0)
