import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallOf, ChannelName, OutputOf } from '../../shared/ipc/contract.ts'
import { CoreError } from '../../shared/ipc/errors.ts'
import { appFacts } from '../../electron/core/hosting/app-facts.ts'
import { silentLog } from '../../electron/core/hosting/local-log.ts'
import { createMemorySettings } from '../../electron/core/hosting/settings-port.ts'
import { type Core, type CoreOptions, noKeyStore, startCore } from '../../electron/core/hosting/start-core.ts'
import { cheapArgon2 } from './temporary-vault.ts'

export const passphrase = 'correct horse battery staple'

export interface TemporaryCore {
  readonly core: Core
  readonly vaultPath: string
  readonly folder: string
  /** As a client calls: throws CoreError for a refusal. */
  readonly call: <N extends ChannelName>(channel: N, input: CallOf<N>, job?: string) => Promise<OutputOf<N>>
  /** Another host on the same vault, closed with this one. */
  another(): TemporaryCore
  close(): Promise<void>
}

/** The whole core on its own threads, over a vault path in a folder of its own; there is no vault yet. */
export function startTemporaryCore(options: Partial<CoreOptions> = {}): TemporaryCore {
  const folder = mkdtempSync(join(tmpdir(), 'onebook-core-'))
  const temporary = overFolder(folder, options)
  return {
    ...temporary,
    async close() {
      await temporary.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function overFolder(folder: string, options: Partial<CoreOptions>): TemporaryCore {
  const vaultPath = join(folder, 'test.vault')
  const core = startCore({
    vaultPath,
    info: appFacts('loopback', false),
    workerUrl: new URL('../../electron/core/workers/core-worker.ts', import.meta.url),
    settings: createMemorySettings(),
    keyStore: noKeyStore,
    log: silentLog,
    argon2: cheapArgon2,
    ...options,
  })
  const others: TemporaryCore[] = []
  return {
    core,
    vaultPath,
    folder,
    async call<N extends ChannelName>(channel: N, input: CallOf<N>, job?: string): Promise<OutputOf<N>> {
      const reply = await core.call(channel, input, job)
      if (reply.ok) return reply.value as OutputOf<N>
      throw new CoreError(reply.error.code, reply.error.message, reply.error.values)
    },
    another() {
      const other = overFolder(folder, options)
      others.push(other)
      return other
    },
    async close() {
      for (const other of others) await other.close()
      await core.close()
    },
  }
}
