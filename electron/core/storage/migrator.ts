import { Migrator } from 'kysely/migration'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { migrations as released } from './migrations/index.ts'
import { appliedMigrations, type WritableVault } from './open-vault.ts'
import { toStorageError } from './storage-errors.ts'

export interface MigrateOptions {
  /**
   * Called before the first change to a vault that already holds data, to save a backup. If it throws, nothing is
   * migrated. Every caller but the creation of a new vault passes it.
   */
  readonly backUp: (reason: { readonly from: string; readonly to: string }) => Promise<void>
  /** Another registry, or only its beginning: for the tests of migrations. */
  readonly migrations?: typeof released
}

/** The migrations that a vault has yet to see, oldest first. */
export function pendingMigrations(vault: WritableVault, migrations = released): readonly string[] {
  const applied = new Set(appliedMigrations(vault.driver))
  return Object.keys(migrations)
    .filter((name) => !applied.has(name))
    .sort()
}

/**
 * Brings a vault to the newest schema: all pending migrations in one transaction, or none of them. Foreign keys are
 * checked at the end instead of during it, so that a migration may rebuild a table. Returns the names of those that
 * ran. Throws CoreError('vault-too-new') and what `backUp` throws; a migration that fails throws its own error.
 */
export async function migrateVault(vault: WritableVault, options: MigrateOptions): Promise<readonly string[]> {
  const migrations = options.migrations ?? released
  const pending = pendingMigrations(vault, migrations)
  const latest = pending.at(-1)
  if (latest === undefined) return []
  const applied = appliedMigrations(vault.driver)
  const newest = applied.at(-1)
  if (newest !== undefined) await options.backUp({ from: newest, to: latest })

  vault.driver.pragma('foreign_keys = OFF')
  try {
    await vault.db.transaction().execute(async (transaction) => {
      const { error } = await new Migrator({
        db: transaction,
        provider: { getMigrations: async () => ({ ...migrations }) },
      }).migrateToLatest()
      if (error !== undefined) throw error
      const broken = vault.driver.pragma('foreign_key_check')
      if (Array.isArray(broken) && broken.length > 0) {
        throw new Error(`a migration left ${broken.length} rows that refer to nothing`)
      }
    })
  } catch (error) {
    const missing = applied.find((name) => !Object.hasOwn(migrations, name))
    if (missing !== undefined) {
      throw new CoreError('vault-too-new', 'This vault was written by a newer version of Onebook.', {
        version: missing,
      })
    }
    throw toStorageError(error)
  } finally {
    vault.driver.pragma('foreign_keys = ON')
  }
  return pending
}
