import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { Kysely } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { migrations } from './migrations/index.ts'
import type { Schema } from './schema.ts'
import { toStorageError } from './storage-errors.ts'
import { VaultDialect } from './vault-dialect.ts'

const DATA_KEY_BYTES = 32
const PAGE_BYTES = 4096
/**
 * A cache miss costs a decryption: who reads for the window has a large cache, who writes what a user changes a small one
 * (an import takes more while it lasts). Memory is taken as pages are read.
 */
const CACHE_KIB = { write: 32_768, read: 65_536 }
const BUSY_MILLISECONDS = 5_000
/** A large import leaves a large log behind; it is cut back to this when it is next emptied. */
const LOG_LIMIT_BYTES = 67_108_864

interface OpenVault {
  /** Absolute path of the vault file. */
  readonly path: string
  /** The engine itself, for prepared statements in bulk work. */
  readonly driver: Database.Database
  /** Closes the connection and clears this connection's copy of the key. Closing twice does nothing. */
  close(): Promise<void>
}

/** The one connection that writes. */
export interface WritableVault extends OpenVault {
  readonly access: 'write'
  readonly db: Kysely<Schema>
}

/** A connection that only reads: by its type, by the engine's flag and by the file's. */
export interface ReadableVault extends OpenVault {
  readonly access: 'read'
  readonly db: Reader
}

/** Either kind; `db` offers reading only. */
export type Vault = WritableVault | ReadableVault

/** What the functions that only load take: it offers no writing. */
export type Reader = ReadonlyKysely<Schema>

/** Any connection or transaction as one that only reads, which Kysely's own types do not let through by themselves. */
export function asReader(db: Kysely<Schema> | Reader): Reader {
  return db as Reader
}

const heldKeys = new WeakMap<Vault, Buffer>()

/** The key of an open vault, for this folder's own use (a backup is opened with it to verify it). Never to be kept. */
export function dataKeyOf(vault: Vault): Buffer {
  const key = heldKeys.get(vault)
  if (key === undefined) throw new CoreError('locked', 'The vault is closed.')
  return key
}

/** Opens an encrypted file. The key reaches the engine as bytes, so that it is in no text that a log could show. */
export function openEncrypted(
  path: string,
  dataKey: Uint8Array,
  options: { readonly?: boolean; fileMustExist?: boolean } = {},
): Database.Database {
  if (dataKey.length !== DATA_KEY_BYTES || dataKey.every((byte) => byte === 0)) {
    // the engine takes an empty key as "no encryption"
    throw new CoreError('locked', 'A vault opens with its key of 32 bytes only.')
  }
  if (path !== path.trim())
    throw new CoreError('invalid-input', 'The path of a vault cannot begin or end with a space.')
  const driver = new Database(path, { timeout: BUSY_MILLISECONDS, ...options })
  const key = Buffer.concat([Buffer.from('raw:', 'latin1'), dataKey])
  try {
    driver.pragma(`cipher = 'sqlcipher'`)
    driver.pragma('legacy = 4')
    driver.key(key)
    // sorting would otherwise spill plain text into temporary files
    driver.pragma('temp_store = MEMORY')
    driver.pragma('trusted_schema = OFF')
    driver.pragma('cell_size_check = ON')
  } catch (error) {
    driver.close()
    throw error
  } finally {
    key.fill(0)
  }
  return driver
}

function refuseUnreadableFile(path: string): void {
  if (!existsSync(path)) throw new CoreError('vault-missing', 'There is no vault here.')
  const size = statSync(path).size
  const log = `${path}-wal`
  const hasLog = existsSync(log) && statSync(log).size > 0
  // with a log waiting to be applied, an odd end is what a crash may leave and the log repairs it
  if (!hasLog && (size === 0 || size % PAGE_BYTES !== 0)) {
    throw new CoreError('vault-damaged', 'The vault file is cut short.', { part: 'vault' })
  }
}

/** The first read: a wrong key, a torn file and a newer vault show here. */
function refuseUnknownContents(driver: Database.Database): void {
  const tables = driver.prepare<[], number>(`select count(*) from sqlite_schema where name = 'kysely_migration'`)
  if (tables.pluck().get() !== 1) throw new CoreError('vault-damaged', 'This file is not a vault.', { part: 'vault' })
  const unknown = appliedMigrations(driver).filter((name) => !Object.hasOwn(migrations, name))
  if (unknown.length > 0) {
    throw new CoreError('vault-too-new', 'This vault was written by a newer version of Onebook.', {
      version: unknown.at(-1) ?? '',
    })
  }
}

/** The names of the migrations that a vault has seen, oldest first. */
export function appliedMigrations(driver: Database.Database): readonly string[] {
  return driver.prepare<[], string>('select name from kysely_migration order by name').pluck().all()
}

export interface OpenVaultOptions<Access extends 'write' | 'read'> {
  readonly path: string
  /** 32 bytes. A copy is kept until closing; the caller clears its own. */
  readonly dataKey: Uint8Array
  readonly access: Access
}

/**
 * Opens a vault. Does not migrate it and takes no lock against other programs: see `migrator.ts` and `vault-lock.ts`.
 * Throws CoreError: 'vault-missing', 'vault-damaged' (also for a key that is not this vault's), 'vault-too-new',
 * 'read-only', 'disk-full', 'vault-in-use', 'locked' (no key).
 */
export function openVault(options: OpenVaultOptions<'write'>): WritableVault
export function openVault(options: OpenVaultOptions<'read'>): ReadableVault
export function openVault(options: OpenVaultOptions<'write' | 'read'>): Vault {
  const path = resolve(options.path)
  const readonly = options.access === 'read'
  let driver: Database.Database | undefined
  try {
    refuseUnreadableFile(path)
    driver = openEncrypted(path, options.dataKey, { readonly, fileMustExist: true })
    refuseUnknownContents(driver)
    prepareConnection(driver, readonly)
  } catch (error) {
    driver?.close()
    throw toOpeningError(error)
  }
  return wrapConnection(path, driver, options)
}

function toOpeningError(error: unknown): unknown {
  if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CANTOPEN') {
    return new CoreError('read-only', 'The vault cannot be opened: this place cannot be written to or read.')
  }
  return toStorageError(error)
}

function prepareConnection(driver: Database.Database, readonly: boolean): void {
  driver.pragma('foreign_keys = ON')
  // "insert or replace" deletes rows: without this the triggers that keep the balances would not see it
  driver.pragma('recursive_triggers = ON')
  driver.pragma(`cache_size = -${readonly ? CACHE_KIB.read : CACHE_KIB.write}`)
  if (readonly) {
    driver.pragma('query_only = ON')
    return
  }
  if (driver.pragma('journal_mode = WAL', { simple: true }) !== 'wal') {
    throw new CoreError('read-only', 'This place cannot hold a vault: it does not let two connections share a file.')
  }
  driver.pragma('synchronous = FULL')
  driver.pragma(`journal_size_limit = ${LOG_LIMIT_BYTES}`)
}

function wrapConnection(
  path: string,
  driver: Database.Database,
  { access, dataKey }: OpenVaultOptions<'write' | 'read'>,
): Vault {
  const db = new Kysely<Schema>({ dialect: new VaultDialect(driver) })
  const key = Buffer.from(dataKey)
  const close = async (): Promise<void> => {
    key.fill(0)
    heldKeys.delete(vault)
    await db.destroy()
    driver.close()
  }
  const vault = { access, path, driver, db, close } as unknown as Vault
  heldKeys.set(vault, key)
  return vault
}
