import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { backupVault, restoreBackup } from '../../electron/core/storage/backup.ts'
import { createVault } from '../../electron/core/storage/create-vault.ts'
import { keyFilePath, readKeyFile } from '../../electron/core/storage/key-file.ts'
import { openVault } from '../../electron/core/storage/open-vault.ts'
import { unwrapWithPassphrase } from '../../electron/core/storage/vault-keys.ts'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import { startChild } from '../support/child-process.ts'
import { fillVault } from '../support/fill-vault.ts'
import { cheapArgon2, makeTemporaryVault } from '../support/temporary-vault.ts'

const ROUNDS = 12
const ROWS = 2_000
const childFile = new URL('../support/vault-child.ts', import.meta.url)

it(`kill −9 in the middle of large transactions, ${ROUNDS} times: what was committed is there, nothing else is`, async () => {
  const temporary = await makeTemporaryVault()
  const { path, dataKey, vault } = temporary
  vault.driver.exec(`insert into accounts (id, name, kind, currency, created_at) values (1, 'Cash', 'cash', 'EUR', 0)`)
  await vault.close()
  let known = 0
  let withoutEnd = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const child = startChild(childFile, 'write', path, dataKey.toString('hex'))
    await child.line('ready')
    // spread over the length of a few transactions
    await pause(Math.random() * 250)
    await child.kill()
    const acknowledged = child.lines.filter((line) => line.startsWith('committed')).length
    if (readdirSync(temporary.folder).includes('test.onebook-wal')) withoutEnd += 1

    const reopened = openVault({ path, dataKey, access: 'write' })
    const count = Number(reopened.driver.prepare('select count(*) from transactions').pluck().get())
    // the commit before its line was said may also have happened; half a transaction never
    expect(count % ROWS).toBe(0)
    expect(count).toBeGreaterThanOrEqual(known + acknowledged * ROWS)
    expect(count).toBeLessThanOrEqual(known + (acknowledged + 1) * ROWS)
    expect((await verifyVault(reopened)).filter((finding) => !finding.ok)).toEqual([])
    known = count
    await reopened.close()
  }
  // the rounds did meet a vault that had not been closed
  expect(withoutEnd).toBe(ROUNDS)
  await temporary.close()
}, 300_000)

/** Opens a vault by its passphrase and checks all of it; gives the number of its transactions. */
async function soundTransactions(path: string, passphrase: string): Promise<number> {
  const dataKey = await unwrapWithPassphrase(readKeyFile(path), passphrase)
  const vault = openVault({ path, dataKey, access: 'write' })
  expect((await verifyVault(vault)).filter((finding) => !finding.ok)).toEqual([])
  const count = Number(vault.driver.prepare('select count(*) from transactions').pluck().get())
  await vault.close()
  return count
}

it('kill −9 while a vault is made: it is whole or not there, and can be made then', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onebook-test-'))
  const passphrase = 'a passphrase'
  let unfinished = 0
  for (let round = 0; round < 8; round += 1) {
    const stem = join(folder, `round-${round}`)
    const child = startChild(childFile, 'create', stem)
    await child.line('ready')
    await pause(Math.random() * 100)
    await child.kill()
    for (let number = 1; number <= child.lines.length; number += 1) {
      const path = `${stem}-${number}`
      if (!existsSync(path)) {
        unfinished += 1
        await createVault({ path, passphrase, now: 1_000, argon2: cheapArgon2 })
      }
      expect(await soundTransactions(path, passphrase)).toBe(0)
      expect(readdirSync(folder).filter((name) => name.startsWith(`round-${round}-${number}.new`))).toEqual([])
    }
  }
  expect(unfinished).toBeGreaterThan(0)
  rmSync(folder, { recursive: true, force: true })
}, 300_000)

it('kill −9 while a backup is restored: no vault is lost, and the next try succeeds', async () => {
  const temporary = await makeTemporaryVault()
  const { path, vault, passphrase, folder } = temporary
  fillVault(vault)
  const backup = join(folder, 'saved.onebook-backup')
  await backupVault(vault, keyFilePath(path), backup, { now: 0 })
  await vault.close()
  for (let round = 0; round < 8; round += 1) {
    const child = startChild(childFile, 'restore', path, backup)
    await child.line('ready')
    await pause(Math.random() * 100)
    await child.kill()
    const aside = readdirSync(folder).filter((name) => /^test\.onebook\.replaced-\w+$/.test(name))
    expect(aside.length).toBeGreaterThanOrEqual(child.lines.length - 1)
    // what is replaced has its other name, with all of it, before anything is replaced
    for (const name of aside) expect(await soundTransactions(join(folder, name), passphrase)).toBe(5)
    expect(existsSync(path)).toBe(true)
    await restoreBackup(backup, path, { now: Date.now() + 100_000, replace: true })
    expect(await soundTransactions(path, passphrase)).toBe(5)
    for (const name of readdirSync(folder).filter((one) => one.includes('.replaced-'))) rmSync(join(folder, name))
  }
  await temporary.close()
}, 300_000)
