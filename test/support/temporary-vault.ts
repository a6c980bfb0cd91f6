import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVault } from '../../electron/core/storage/create-vault.ts'
import { keyFilePath } from '../../electron/core/storage/key-file.ts'
import { openVault, type WritableVault } from '../../electron/core/storage/open-vault.ts'
import type { Argon2Parameters } from '../../electron/core/storage/vault-keys.ts'

/** Next to no work: for tests only. */
export const cheapArgon2: Argon2Parameters = { memoryKib: 64, passes: 1, lanes: 1 }

export interface TemporaryVault {
  readonly vault: WritableVault
  readonly path: string
  readonly folder: string
  readonly passphrase: string
  readonly recoveryKey: string
  readonly dataKey: Buffer
  /** Closes the vault and removes its folder. */
  close(): Promise<void>
}

const passphrase = 'correct horse battery staple'

/** The bytes of a new vault's two files, and its keys. */
interface NewVault {
  readonly database: Uint8Array
  readonly keys: Uint8Array
  readonly recoveryKey: string
  readonly dataKey: Buffer
}

/** What is known of a vault in a folder of its own, before it is opened. */
type Place = Pick<TemporaryVault, 'path' | 'folder' | 'recoveryKey' | 'dataKey'>

function makeFolder(): { readonly folder: string; readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'onebook-test-'))
  return { folder, path: join(folder, 'test.onebook') }
}

const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true })

async function makeAnew(): Promise<Place> {
  const { folder, path } = makeFolder()
  const now = Date.UTC(2026, 10, 23)
  const { dataKey, recoveryKey } = await createVault({ path, passphrase, now, holder: 'test', argon2: cheapArgon2 })
  return { folder, path, dataKey, recoveryKey }
}

async function readNewVault(): Promise<NewVault> {
  const { folder, path, dataKey, recoveryKey } = await makeAnew()
  const made = { database: readFileSync(path), keys: readFileSync(keyFilePath(path)), recoveryKey, dataKey }
  removeFolder(folder)
  return made
}

let newVault: Promise<NewVault> | undefined

async function copyOfNew(): Promise<Place> {
  newVault ??= readNewVault()
  const { database, keys, recoveryKey, dataKey } = await newVault
  const { folder, path } = makeFolder()
  writeFileSync(path, database)
  writeFileSync(keyFilePath(path), keys)
  return { folder, path, recoveryKey, dataKey: Buffer.from(dataKey) }
}

/** Opened as a user's vault is, but nothing waits for the disk: only a power cut could tell the difference. */
export function openWithoutWaiting({ path, dataKey }: Pick<TemporaryVault, 'path' | 'dataKey'>): WritableVault {
  const vault = openVault({ path, dataKey, access: 'write' })
  vault.driver.pragma('synchronous = OFF')
  return vault
}

function temporaryOf(place: Place, vault: WritableVault): TemporaryVault {
  return {
    ...place,
    vault,
    passphrase,
    async close() {
      await vault.close()
      removeFolder(place.folder)
    },
  }
}

/**
 * A real encrypted vault of the newest schema in a folder of its own, open for writing without waiting for the disk. All
 * begin as copies of one new vault, with its keys.
 */
export async function createTemporaryVault(): Promise<TemporaryVault> {
  const place = await copyOfNew()
  return temporaryOf(place, openWithoutWaiting(place))
}

/** As `createTemporaryVault`, but made and opened from first to last as a user's is: for tests of just that. */
export async function makeTemporaryVault(): Promise<TemporaryVault> {
  const place = await makeAnew()
  return temporaryOf(place, openVault({ ...place, access: 'write' }))
}
