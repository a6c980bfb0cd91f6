import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { fillNewDatabase } from '../../electron/core/storage/create-vault.ts'
import { migrations } from '../../electron/core/storage/migrations/index.ts'
import { migrateVault } from '../../electron/core/storage/migrator.ts'
import { openVault, type WritableVault } from '../../electron/core/storage/open-vault.ts'

export interface OlderVault {
  readonly vault: WritableVault
  /** Runs all later migrations. */
  migrateOn(): Promise<readonly string[]>
  close(): Promise<void>
}

/**
 * A vault as it was on the day of this migration, to be filled by plain statements and migrated on: the way to test a
 * migration that changes data.
 */
export async function vaultAtMigration(name: string): Promise<OlderVault> {
  if (!Object.hasOwn(migrations, name)) throw new Error(`there is no migration ${name}`)
  const folder = mkdtempSync(join(tmpdir(), 'onebook-test-'))
  const path = join(folder, 'older.onebook')
  const dataKey = randomBytes(32)
  const until = Object.fromEntries(Object.entries(migrations).filter(([other]) => other <= name))
  await fillNewDatabase(path, dataKey, '00000000-0000-4000-8000-000000000000', 0, until)
  const vault = openVault({ path, dataKey, access: 'write' })
  return {
    vault,
    migrateOn: () => migrateVault(vault, { backUp: async () => undefined }),
    async close() {
      await vault.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
