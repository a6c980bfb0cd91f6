import type { ChannelName } from '../../shared/ipc/contract.ts'
import type { calendarChannels } from '../../shared/ipc/channels/calendar-channels.ts'
import type { hostChannels } from '../../shared/ipc/channels/host-channels.ts'
import type { Handler } from './handler.ts'
import { dataHandlers } from './handlers/data-handlers.ts'
import { exportHandlers } from './handlers/export-handlers.ts'
import { importHandlers } from './handlers/import-handlers.ts'
import { matchHandlers } from './handlers/match-handlers.ts'
import { seedVault } from './handlers/seed-vault.ts'
import { createVaultHandlers, type SeedVault } from './handlers/vault-handlers.ts'
import type { Clock } from './ports.ts'
import type { VaultSession } from './workers/vault-session.ts'

/** Every channel of the contract that the core itself answers; the rest are the host's. */
export type CoreChannel = Exclude<ChannelName, keyof typeof hostChannels | keyof typeof calendarChannels>
export type CoreHandlers = { readonly [N in CoreChannel]: Handler<N> }

/** What a new vault begins with; `sample`: a whole household, invented, with the clock it is dated by. */
export function createSeed(sample: Clock | null): SeedVault {
  return async (vault, settings) => {
    seedVault(vault, settings)
    if (sample !== null) (await import('./demo/seed-demo.ts')).seedDemo(vault, sample)
  }
}

/** All handlers of the core: one that is missing does not compile. `session` is null on a reader. */
export function composeCore(session: VaultSession | null): CoreHandlers {
  return {
    ...createVaultHandlers(session, createSeed(null)),
    ...dataHandlers,
    ...importHandlers,
    ...exportHandlers,
    ...matchHandlers,
  }
}
