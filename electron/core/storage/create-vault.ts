import { existsSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { renameUnlessTaken, syncFile, writeSyncedFile } from './durable-file.ts'
import { keyFilePath, writeKeyFile } from './key-file.ts'
import { migrations as released } from './migrations/index.ts'
import { migrateVault } from './migrator.ts'
import { openEncrypted, openVault, type WritableVault } from './open-vault.ts'
import { withStorageErrorsAsync } from './storage-errors.ts'
import { moveLeftoversAside, removeUnfinished } from './vault-files.ts'
import { type Argon2Parameters, createKeys } from './vault-keys.ts'
import { type HostKind, lockVault, type VaultLock } from './vault-lock.ts'

export interface CreateVaultOptions {
  readonly path: string
  readonly passphrase: string
  /** Milliseconds since the epoch, kept as the day the vault was made and to name things set aside. */
  readonly now: number
  /** The lock on this path, where the host has already taken it; else it is taken and released here. */
  readonly lock?: VaultLock
  readonly holder?: HostKind
  /** Cheaper ones for tests only. */
  readonly argon2?: Argon2Parameters
  /** Writes what every new vault begins with; it is there whenever the vault is, whatever interrupts the making. */
  readonly seed?: (vault: WritableVault) => Promise<void> | void
  /** The migration whose schema `seed` writes, where that is an older one: the later ones then run over its rows. */
  readonly seedAt?: string
  /** Looks at the vault when all that is done; what it throws leaves nothing behind. */
  readonly check?: (vault: WritableVault) => Promise<void> | void
}

export interface CreatedVault {
  readonly path: string
  readonly vaultId: string
  /** To open the vault with; the caller clears it. */
  readonly dataKey: Buffer
  /** Shown once, to be printed. */
  readonly recoveryKey: string
}

/**
 * Makes a new vault: its key file first, then the database, built under another name and given its own when complete.
 * If anything fails, nothing is left behind. Throws CoreError: 'vault-exists', 'not-found' (no such folder),
 * 'read-only', 'disk-full', 'vault-in-use', 'weak-passphrase' (empty).
 */
export async function createVault(options: CreateVaultOptions): Promise<CreatedVault> {
  const path = resolve(options.path)
  const folder = dirname(path)
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new CoreError('not-found', 'This folder does not exist.', { name: basename(folder) })
  }
  return withStorageErrorsAsync(async () => {
    refuseExisting(path)
    const lock = options.lock ?? lockVault(path, options.holder ?? 'cli')
    try {
      refuseExisting(path)
      return await build(path, options)
    } finally {
      if (options.lock === undefined) lock.release()
    }
  })
}

function refuseExisting(path: string): void {
  if (existsSync(path)) throw new CoreError('vault-exists', 'There is already a file with this name.')
}

async function build(path: string, options: CreateVaultOptions): Promise<CreatedVault> {
  const { keys, dataKey, recoveryKey } = await createKeys(options.passphrase, options.argon2)
  const unfinished = `${path}.new`
  let keysWritten = false
  try {
    moveLeftoversAside(path, options.now)
    writeKeyFile(path, keys)
    keysWritten = true
    removeUnfinished(unfinished)
    await fillNewDatabase(unfinished, dataKey, keys.vaultId, options.now, released, options)
    if (!renameUnlessTaken(unfinished, path)) {
      throw new CoreError('vault-exists', 'There is already a file with this name.')
    }
  } catch (error) {
    dataKey.fill(0)
    removeUnfinished(unfinished)
    if (keysWritten) rmSync(keyFilePath(path), { force: true })
    throw error
  }
  return { path, vaultId: keys.vaultId, dataKey, recoveryKey }
}

/** Makes an encrypted database of the newest schema (tests ask for an older one) under a name that is not its last. */
export async function fillNewDatabase(
  path: string,
  dataKey: Buffer,
  vaultId: string,
  now: number,
  migrations = released,
  { seed, seedAt, check }: Pick<CreateVaultOptions, 'seed' | 'seedAt' | 'check'> = {},
): Promise<void> {
  const first =
    seedAt === undefined
      ? migrations
      : Object.fromEntries(Object.entries(migrations).filter(([name]) => name <= seedAt))
  // made here, so that it is private from the start; the engine gives its companions the same rights
  writeSyncedFile(path, new Uint8Array())
  const driver = openEncrypted(path, dataKey)
  try {
    // the table by which a vault is known; the migrator fills it
    driver.exec(
      'create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null)',
    )
  } finally {
    driver.close()
  }
  const vault = openVault({ path, dataKey, access: 'write' })
  try {
    await migrateVault(vault, { backUp: async () => undefined, migrations: first })
    await vault.db
      .insertInto('vault_meta')
      .values([
        { key: 'vault_id', value: vaultId },
        { key: 'created_at', value: String(now) },
      ])
      .execute()
    await seed?.(vault)
    if (seedAt !== undefined) await migrateVault(vault, { backUp: async () => undefined, migrations })
    await check?.(vault)
    vault.driver.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    await vault.close()
  }
  syncFile(path)
}
