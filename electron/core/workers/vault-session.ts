import { existsSync, mkdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { VaultStatus } from '../../../shared/ipc/channels/vault-channels.ts'
import { CoreError, type ErrorCode } from '../../../shared/ipc/errors.ts'
import type { CoreEvent } from '../../../shared/ipc/events.ts'
import type { Clock, KeyStore } from '../ports.ts'
import { afterWrongPassphrase, noAttempts, waitBeforeAttempt } from '../storage/attempt-delay.ts'
import { backupVault } from '../storage/backup.ts'
import { createVault, type CreateVaultOptions } from '../storage/create-vault.ts'
import { keyFilePath, readKeyFile, writeKeyFile } from '../storage/key-file.ts'
import { migrateVault } from '../storage/migrator.ts'
import { dataKeyOf, openVault, type WritableVault } from '../storage/open-vault.ts'
import {
  type Argon2Parameters,
  forgetKeychain,
  newRecoveryKey,
  rewrapPassphrase,
  sealForKeychain,
  unsealFromKeychain,
  unwrapWithPassphrase,
  unwrapWithRecoveryKey,
  type VaultKeys,
} from '../storage/vault-keys.ts'
import type { HostKind, VaultLock } from '../storage/vault-lock.ts'
import { backupPath, backupsFolder } from './backup-names.ts'

/** What a new vault is filled with. */
export type Filling = Pick<CreateVaultOptions, 'seed' | 'seedAt' | 'check'>

/** The state of one vault in one host: the writer's worker has it; readers follow. */
export interface VaultSession {
  readonly path: string
  readonly folder: string
  /** The open connection. Throws CoreError('locked' or 'no-vault'). */
  vault(): WritableVault
  isOpen(): boolean
  /** The lock on the vault, held by the host's process; for storage functions that want to know that it is held. */
  hold(): VaultLock
  status(): VaultStatus
  create(passphrase: string, filling: Filling): Promise<{ recoveryKey: string }>
  unlock(passphrase: string): Promise<VaultStatus>
  unlockWithRecoveryKey(recoveryKey: string, newPassphrase: string): Promise<VaultStatus>
  unlockWithKeychain(): Promise<VaultStatus>
  lock(): Promise<VaultStatus>
  changePassphrase(current: string, next: string): Promise<void>
  newRecoveryKey(passphrase: string): Promise<{ recoveryKey: string }>
  setKeychain(enabled: boolean): Promise<VaultStatus>
}

export interface SessionOptions {
  readonly path: string
  readonly host: HostKind
  readonly demo: boolean
  readonly clock: Clock
  readonly keyStore: KeyStore
  readonly argon2?: Argon2Parameters
  /** Takes the process's lock on the vault, or throws CoreError('vault-in-use'); taking it twice does nothing. */
  readonly holdVault: () => void
  /** Opens the readers. The key is the callee's to clear. */
  readonly openReaders: (dataKey: Uint8Array<ArrayBuffer>) => Promise<void>
  /** Resolves when no reader has the vault open any more. */
  readonly closeReaders: () => Promise<void>
  readonly emit: (event: CoreEvent) => void
}

export function createVaultSession(options: SessionOptions): VaultSession {
  return new Session(options)
}

type Shut = Exclude<VaultStatus['state'], 'open'>

const shutStates: ReadonlyMap<ErrorCode, Shut> = new Map([
  ['file-missing', 'missing-keys'],
  ['vault-damaged', 'damaged'],
  ['vault-too-new', 'too-new'],
])

class Session implements VaultSession {
  readonly path: string
  readonly folder: string
  readonly #options: SessionOptions
  #open: WritableVault | null = null
  #keychainEnabled = false
  #attempts = noAttempts

  constructor(options: SessionOptions) {
    this.#options = options
    this.path = options.path
    this.folder = dirname(options.path)
  }

  isOpen(): boolean {
    return this.#open !== null
  }

  vault(): WritableVault {
    if (this.#open !== null) return this.#open
    if (!existsSync(this.path)) throw new CoreError('no-vault', 'There is no vault yet.')
    throw new CoreError('locked', 'The vault is locked.')
  }

  hold(): VaultLock {
    this.#options.holdVault()
    return { path: `${this.path}.lock`, release: () => undefined }
  }

  status(): VaultStatus {
    const { state, holder } = this.#open === null ? this.#shutState() : { state: 'open' as const, holder: null }
    return {
      state,
      name: basename(this.path),
      holder,
      keychain: { available: this.#options.keyStore.available, enabled: this.#keychainEnabled },
      waitMilliseconds: Math.ceil(waitBeforeAttempt(this.#attempts, this.#options.clock.now())),
      demo: this.#options.demo,
    }
  }

  #shutState(): { state: Shut; holder: string | null } {
    this.#keychainEnabled = false
    if (!existsSync(this.folder)) return { state: 'absent', holder: null }
    if (!existsSync(this.path)) return { state: 'absent', holder: null }
    try {
      this.hold()
      this.#keychainEnabled = readKeyFile(this.path).keychain !== undefined
      return { state: 'locked', holder: null }
    } catch (error) {
      if (!(error instanceof CoreError)) throw error
      if (error.code === 'vault-in-use') return { state: 'in-use', holder: String(error.values['holder'] ?? '') }
      // a folder that cannot be written to shows when unlocking, with its own message
      return { state: shutStates.get(error.code) ?? 'locked', holder: null }
    }
  }

  async create(passphrase: string, filling: Filling): Promise<{ recoveryKey: string }> {
    if (this.#open !== null || existsSync(this.path)) {
      throw new CoreError('vault-exists', 'There is already a vault here.')
    }
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    } catch {
      throw new CoreError('read-only', 'The folder for the vault cannot be made here.')
    }
    const { argon2, clock, host } = this.#options
    const created = await createVault({
      path: this.path,
      passphrase,
      now: clock.now(),
      lock: this.hold(),
      holder: host,
      ...filling,
      ...(argon2 === undefined ? {} : { argon2 }),
    })
    await this.#openWith(created.dataKey)
    return { recoveryKey: created.recoveryKey }
  }

  async unlock(passphrase: string): Promise<VaultStatus> {
    if (this.#open !== null) return this.status()
    const dataKey = await this.#tried((keys) => unwrapWithPassphrase(keys, passphrase))
    await this.#openWith(dataKey)
    return this.status()
  }

  async unlockWithRecoveryKey(recoveryKey: string, newPassphrase: string): Promise<VaultStatus> {
    if (this.#open !== null) return this.status()
    const dataKey = await this.#tried((keys) => unwrapWithRecoveryKey(keys, recoveryKey))
    try {
      const next = await rewrapPassphrase(readKeyFile(this.path), dataKey, newPassphrase, this.#options.argon2)
      // the vault opens before its key file is replaced: whatever is wrong with it shows while nothing has changed
      await this.#openWith(Buffer.from(dataKey))
      writeKeyFile(this.path, next)
    } finally {
      dataKey.fill(0)
    }
    return this.status()
  }

  async unlockWithKeychain(): Promise<VaultStatus> {
    if (this.#open !== null) return this.status()
    this.hold()
    await this.#openWith(unsealFromKeychain(readKeyFile(this.path), this.#options.keyStore))
    return this.status()
  }

  async lock(): Promise<VaultStatus> {
    const vault = this.#open
    this.#open = null
    if (vault !== null) {
      await this.#options.closeReaders()
      await vault.close()
      this.#options.emit({ type: 'vault', state: 'locked' })
    }
    return this.status()
  }

  async changePassphrase(current: string, next: string): Promise<void> {
    this.vault()
    const dataKey = await this.#tried((keys) => unwrapWithPassphrase(keys, current))
    try {
      writeKeyFile(this.path, await rewrapPassphrase(readKeyFile(this.path), dataKey, next, this.#options.argon2))
    } finally {
      dataKey.fill(0)
    }
  }

  async newRecoveryKey(passphrase: string): Promise<{ recoveryKey: string }> {
    this.vault()
    const dataKey = await this.#tried((keys) => unwrapWithPassphrase(keys, passphrase))
    try {
      const { keys, recoveryKey } = newRecoveryKey(readKeyFile(this.path), dataKey)
      writeKeyFile(this.path, keys)
      return { recoveryKey }
    } finally {
      dataKey.fill(0)
    }
  }

  async setKeychain(enabled: boolean): Promise<VaultStatus> {
    const vault = this.vault()
    const keys = readKeyFile(this.path)
    const next = enabled ? sealForKeychain(keys, dataKeyOf(vault), this.#options.keyStore) : forgetKeychain(keys)
    writeKeyFile(this.path, next)
    this.#keychainEnabled = enabled
    return this.status()
  }

  /** A guess at a secret: refused while too many wrong ones cool down. */
  async #tried(attempt: (keys: VaultKeys) => Promise<Buffer>): Promise<Buffer> {
    const wait = Math.ceil(waitBeforeAttempt(this.#attempts, this.#options.clock.now()))
    if (wait > 0) {
      throw new CoreError('wrong-passphrase', 'Wrong passphrase, too often. Wait before trying again.', {
        waitMilliseconds: wait,
      })
    }
    if (!existsSync(this.path)) throw new CoreError('no-vault', 'There is no vault yet.')
    this.hold()
    const keys = readKeyFile(this.path)
    try {
      const dataKey = await attempt(keys)
      this.#attempts = noAttempts
      return dataKey
    } catch (error) {
      if (error instanceof CoreError && error.code === 'wrong-passphrase') {
        this.#attempts = afterWrongPassphrase(this.#attempts, this.#options.clock.now())
      }
      throw error
    }
  }

  /** Opens, migrates (after a backup) and lets the readers in. Clears the key. */
  async #openWith(dataKey: Buffer): Promise<void> {
    const { clock, emit, openReaders } = this.#options
    let vault: WritableVault | null = null
    try {
      vault = openVault({ path: this.path, dataKey, access: 'write' })
      const opened = vault
      await migrateVault(opened, {
        backUp: async () => {
          const folder = backupsFolder(this.path)
          mkdirSync(folder, { recursive: true, mode: 0o700 })
          const target = backupPath(this.path, 'before-migration', clock.now())
          await backupVault(opened, keyFilePath(this.path), target, { now: clock.now() })
        },
      })
      this.#keychainEnabled = readKeyFile(this.path).keychain !== undefined
      await openReaders(new Uint8Array(dataKey))
      this.#open = opened
    } catch (error) {
      await vault?.close()
      throw error
    } finally {
      dataKey.fill(0)
    }
    emit({ type: 'vault', state: 'open' })
  }
}
