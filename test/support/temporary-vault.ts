import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVault } from '../../electron/core/storage/create-vault.ts'
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

/** A real encrypted vault of the newest schema in a folder of its own, open for writing. */
export async function createTemporaryVault(): Promise<TemporaryVault> {
  const folder = mkdtempSync(join(tmpdir(), 'onebook-test-'))
  const path = join(folder, 'test.onebook')
  const passphrase = 'correct horse battery staple'
  const now = Date.UTC(2026, 10, 23)
  const created = await createVault({ path, passphrase, now, holder: 'test', argon2: cheapArgon2 })
  const vault = openVault({ path, dataKey: created.dataKey, access: 'write' })
  return {
    vault,
    path,
    folder,
    passphrase,
    recoveryKey: created.recoveryKey,
    dataKey: created.dataKey,
    async close() {
      await vault.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
