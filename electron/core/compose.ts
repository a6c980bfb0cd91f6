import type { ChannelName } from '../../shared/ipc/contract.ts'
import type { hostChannels } from '../../shared/ipc/channels/host-channels.ts'
import type { Handler } from './handler.ts'
import { dataHandlers } from './handlers/data-handlers.ts'
import { importHandlers } from './handlers/import-handlers.ts'
import { seedVault as seedCategories } from './handlers/seed-vault.ts'
import { createVaultHandlers, type SeedVault } from './handlers/vault-handlers.ts'
import type { VaultSession } from './workers/vault-session.ts'

/** Every channel of the contract that the core itself answers; the rest are the host's. */
export type CoreChannel = Exclude<ChannelName, keyof typeof hostChannels>
export type CoreHandlers = { readonly [N in CoreChannel]: Handler<N> }

/** What a new vault begins with. */
export const seedVault: SeedVault = (vault, settings) => seedCategories(vault, settings)

/** All handlers of the core: one that is missing does not compile. `session` is null on a reader. */
export function composeCore(session: VaultSession | null): CoreHandlers {
  return {
    ...createVaultHandlers(session, seedVault),
    ...dataHandlers,
    ...importHandlers,
  }
}
