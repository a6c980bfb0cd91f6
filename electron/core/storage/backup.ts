import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { CoreError } from '../../../shared/ipc/errors.ts'
import {
  type BackupHeader,
  measureFile,
  readContainer,
  readContainerHeader,
  writeContainer,
} from './backup-container.ts'
import { backupsToRemove, type BackupsToKeep, defaultBackupsToKeep } from './backup-rotation.ts'
import { renameUnlessTaken, syncFolder, writeSyncedFile } from './durable-file.ts'
import { checkpoint, type JobControl } from './job-control.ts'
import { formatKeyFile, keyFilePath, parseKeyFile } from './key-file.ts'
import { migrations } from './migrations/index.ts'
import { appliedMigrations, dataKeyOf, openEncrypted, type Vault } from './open-vault.ts'
import { isMissingFile, withStorageErrors, withStorageErrorsAsync } from './storage-errors.ts'
import { fileStamp, copyVaultAside, moveLeftoversAside, removeUnfinished } from './vault-files.ts'
import type { VaultKeys } from './vault-keys.ts'
import { type HostKind, lockVault, type VaultLock } from './vault-lock.ts'

const COPYING_CACHE_KIB = 8_192

/** What a backup says of itself without being opened. */
export interface BackupFacts {
  readonly createdAt: number
  readonly vaultId: string
  /** The name of the newest migration in it. */
  readonly schema: string
  readonly databaseBytes: number
}

const factsOf = (header: BackupHeader): BackupFacts => ({
  createdAt: header.createdAt,
  vaultId: header.keys.vaultId,
  schema: header.schema,
  databaseBytes: header.databaseBytes,
})

function readKeys(keysPath: string): VaultKeys {
  try {
    return parseKeyFile(readFileSync(keysPath))
  } catch (error) {
    if (!isMissingFile(error)) throw error
    throw new CoreError('file-missing', 'The key file of this vault is missing.', { file: basename(keysPath) })
  }
}

/** Opens a database by its key and checks its structure; any fault is the one given. */
function refuseUnsoundDatabase(path: string, dataKey: Uint8Array, fault: () => CoreError): void {
  const driver = openEncrypted(path, dataKey, { readonly: true, fileMustExist: true })
  try {
    if (driver.pragma('quick_check', { simple: true }) !== 'ok') throw fault()
  } catch (error) {
    throw error instanceof CoreError ? error : fault()
  } finally {
    driver.close()
  }
}

/**
 * Copies a vault as it stands now into one encrypted file that also holds its keys, while others go on reading and
 * writing. The file is written beside, read back, opened with the key, and only then gets its name (replacing a file of
 * that name). Needs twice the vault's size on the target's disk while it runs. Throws CoreError: 'disk-full',
 * 'read-only', 'file-missing' (the key file), 'not-found' (no such folder), 'vault-damaged', 'cancelled'.
 */
export async function backupVault(
  vault: Vault,
  keysPath: string,
  target: string,
  options: JobControl & { readonly now: number },
): Promise<BackupFacts> {
  const path = resolve(target)
  if ([vault.path, `${vault.path}-wal`, `${vault.path}-shm`, resolve(keysPath)].includes(path)) {
    throw new CoreError('invalid-input', 'A backup cannot replace the vault itself.')
  }
  if (!existsSync(dirname(path))) {
    throw new CoreError('not-found', 'This folder does not exist.', { name: basename(dirname(path)) })
  }
  const [copy, part] = [`${path}.copying`, `${path}.part`]
  return withStorageErrorsAsync(async () => {
    try {
      await checkpoint(options, 0)
      const keys = readKeys(keysPath)
      const vaultId = await vault.db
        .selectFrom('vault_meta')
        .select('value')
        .where('key', '=', 'vault_id')
        .executeTakeFirst()
      if (vaultId?.value !== keys.vaultId) {
        throw new CoreError('vault-damaged', 'The key file belongs to another vault.', { part: 'keys' })
      }
      copyDatabase(vault, copy)
      await checkpoint(options, 0.3)
      refuseUnsoundDatabase(copy, dataKeyOf(vault), () => new CoreError('vault-damaged', 'The vault is damaged.'))
      const { bytes, sha256 } = await measureFile(copy, options, [0.4, 0.6])
      const header: BackupHeader = {
        createdAt: options.now,
        schema: appliedMigrations(vault.driver).at(-1) ?? '',
        keys,
        databaseBytes: bytes,
        databaseSha256: sha256,
      }
      await writeContainer(part, header, copy, options, [0.6, 0.8])
      await readContainer(part, null, options, [0.8, 1])
      renameSync(part, path)
      syncFolder(dirname(path))
      return factsOf(header)
    } finally {
      removeUnfinished(copy)
      rmSync(part, { force: true })
    }
  })
}

/** The engine's own way to copy a live database: complete, compact, encrypted with the same key. */
function copyDatabase(vault: Vault, path: string): void {
  removeUnfinished(path)
  // made here, so that it is private from the start; the engine takes an empty file
  writeSyncedFile(path, new Uint8Array())
  // the flag that keeps a reader from writing also stops it from writing a copy
  if (vault.access === 'read') vault.driver.pragma('query_only = OFF')
  // every page is looked at once: keeping them, and as many of the copy, would only take memory
  const kept = Number(vault.driver.pragma('cache_size', { simple: true }))
  vault.driver.pragma(`cache_size = -${COPYING_CACHE_KIB}`)
  try {
    vault.driver.prepare('vacuum into ?').run(path)
  } finally {
    vault.driver.pragma(`cache_size = ${kept}`)
    if (vault.access === 'read') vault.driver.pragma('query_only = ON')
  }
}

/** What a backup holds, by its header alone. Throws CoreError: 'file-missing', 'backup-damaged', 'vault-too-new'. */
export function inspectBackup(file: string): BackupFacts {
  return factsOf(readContainerHeader(resolve(file)))
}

export interface RestoreOptions extends JobControl {
  readonly now: number
  /** Whether a vault of that name may be replaced; it is kept beside under another name. */
  readonly replace?: boolean
  /** Gives the data key (asking for the passphrase of the backup's day), to open it before anything is replaced. */
  readonly unlock?: (keys: VaultKeys) => Promise<Buffer>
  /** The lock on the target, where the host has already taken it; else it is taken and released here. */
  readonly lock?: VaultLock
  readonly holder?: HostKind
}

export interface RestoredVault extends BackupFacts {
  /** Where the replaced vault is now; null where there was none. It opens under that name with its own passphrase. */
  readonly replaced: string | null
}

/**
 * Puts a backup at a path as a vault, after checking every byte of it (and opening it, if `unlock` is given). The vault
 * that stood there is moved aside, never deleted. Throws CoreError: 'file-missing', 'backup-damaged', 'vault-too-new',
 * 'vault-exists' (unless `replace`), 'vault-in-use', 'not-found' (no such folder), 'disk-full', 'read-only',
 * 'cancelled', and what `unlock` throws.
 */
export async function restoreBackup(file: string, targetPath: string, options: RestoreOptions): Promise<RestoredVault> {
  const path = resolve(targetPath)
  if (!existsSync(dirname(path))) {
    throw new CoreError('not-found', 'This folder does not exist.', { name: basename(dirname(path)) })
  }
  const refuse = (): void => {
    if (existsSync(path) && options.replace !== true) {
      throw new CoreError('vault-exists', 'There is already a vault here.')
    }
  }
  return withStorageErrorsAsync(async () => {
    refuse()
    const lock = options.lock ?? lockVault(path, options.holder ?? 'cli')
    try {
      refuse()
      return await restoreLocked(resolve(file), path, options)
    } finally {
      if (options.lock === undefined) lock.release()
    }
  })
}

async function restoreLocked(file: string, path: string, options: RestoreOptions): Promise<RestoredVault> {
  const staged = `${path}.restoring`
  const stagedKeys = keyFilePath(staged)
  try {
    removeUnfinished(staged)
    await checkpoint(options, 0)
    const header = await readContainer(file, staged, options, [0, 0.7])
    if (!Object.hasOwn(migrations, header.schema)) {
      throw new CoreError('vault-too-new', 'This backup was written by a newer version of Onebook.', {
        version: header.schema,
      })
    }
    if (options.unlock !== undefined) {
      const dataKey = await options.unlock(header.keys)
      try {
        const fault = (): CoreError => new CoreError('backup-damaged', 'The vault in this backup is damaged.')
        refuseUnsoundDatabase(staged, dataKey, fault)
      } finally {
        dataKey.fill(0)
      }
    }
    await checkpoint(options, 0.9)
    writeSyncedFile(stagedKeys, formatKeyFile(header.keys))
    const replaced = existsSync(path) ? copyVaultAside(path, options.now) : null
    if (replaced === null) moveLeftoversAside(path, options.now)
    // the old vault is whole under its other name now; if one of these is the last thing that happens, so is the backup
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
    renameSync(stagedKeys, keyFilePath(path))
    if (replaced !== null) renameSync(staged, path)
    else if (!renameUnlessTaken(staged, path)) throw new CoreError('vault-exists', 'There is already a vault here.')
    syncFolder(dirname(path))
    options.onProgress?.(1)
    return { ...factsOf(header), replaced }
  } finally {
    removeUnfinished(staged)
    rmSync(stagedKeys, { force: true })
  }
}

/** The path of an automatic backup of a vault, by the moment it is made. */
export function automaticBackupPath(folder: string, vaultPath: string, now: number): string {
  return join(resolve(folder), `${basename(vaultPath)}.${fileStamp(now)}.onebook-backup`)
}

/** Saves a backup in the folder of automatic backups (made if missing) and removes those that are no longer kept. */
export async function backUpAutomatically(
  vault: Vault,
  folder: string,
  options: JobControl & { readonly now: number; readonly keep?: BackupsToKeep },
): Promise<string> {
  withStorageErrors(() => mkdirSync(folder, { recursive: true, mode: 0o700 }))
  const target = automaticBackupPath(folder, vault.path, options.now)
  await backupVault(vault, keyFilePath(vault.path), target, options)
  rotateBackups(folder, vault.path, options.keep)
  return target
}

/**
 * Removes the automatic backups of a vault that are no longer kept and returns their names. Only files that carry the
 * vault's name and a moment, as `automaticBackupPath` gives them, are ever removed.
 */
export function rotateBackups(
  folder: string,
  vaultPath: string,
  keep: BackupsToKeep = defaultBackupsToKeep,
): readonly string[] {
  return withStorageErrors(() => {
    const names = backupsToRemove(readdirSync(folder), basename(vaultPath), keep)
    for (const name of names) rmSync(join(folder, name))
    return names
  })
}
