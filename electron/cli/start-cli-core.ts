import { join } from 'node:path'
import { appFacts } from '../core/hosting/app-facts.ts'
import { createFileSettings } from '../core/hosting/file-settings.ts'
import { createLocalLog } from '../core/hosting/local-log.ts'
import { locate } from '../core/hosting/locations.ts'
import { type Core, noKeyStore, startCore } from '../core/hosting/start-core.ts'
import { defaultVaultPath, userDataFolder } from '../core/hosting/user-data.ts'

/** A core for one command. */
export function startCliCore(vault: string | null): { core: Core; vaultPath: string } {
  const folder = userDataFolder()
  const vaultPath = vault ?? defaultVaultPath(folder)
  // every entry of the build lies in one folder; in the tree, so do the hosts' folders
  const { workerUrl } = locate(import.meta.url.replace(/chunks\/[^/]*$/, 'cli.js'))
  const core = startCore({
    vaultPath,
    info: appFacts('cli', false),
    workerUrl,
    settings: createFileSettings(folder),
    keyStore: noKeyStore,
    log: createLocalLog(join(folder, 'logs', 'onebook.log')),
  })
  return { core, vaultPath }
}
