import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backupVault, restoreBackup } from '../../electron/core/storage/backup.ts'
import { keyFilePath, readKeyFile, writeKeyFile } from '../../electron/core/storage/key-file.ts'
import { lockVault } from '../../electron/core/storage/vault-lock.ts'
import { rewrapPassphrase, unwrapWithPassphrase } from '../../electron/core/storage/vault-keys.ts'
import { fillVault } from '../support/fill-vault.ts'
import { cheapArgon2, makeTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

const MARKER = 'Plaintextmarker'
let temporary: TemporaryVault

beforeEach(async () => {
  temporary = await makeTemporaryVault()
  fillVault(temporary.vault, MARKER)
})
afterEach(() => temporary.close())

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesUnder(path)
    else if (entry.isFile()) yield path
  }
}

/** The files that hold any of the texts, in any of the forms in which text is kept. */
function filesHolding(folder: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')])
  return [...filesUnder(folder)].filter((path) => {
    const bytes = readFileSync(path)
    return needles.some((needle) => bytes.includes(needle))
  })
}

/** The engine's open temporary files: it removes their names at once, so that only the system's list shows them. */
function openTemporaryFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${descriptor}`)
      return target.includes('etilqs') ? [target] : []
    } catch {
      return []
    }
  })
}

describe('nothing readable on the disk', () => {
  it('every text of the household is there to be found: in the vault, when it is read', () => {
    const tables = temporary.vault.driver
      .prepare<[], string>(`select name from sqlite_schema where type = 'table'`)
      .pluck()
      .all()
    const holding = tables.filter((name) => {
      const rows = temporary.vault.driver.prepare(`select * from "${name}"`).all()
      return JSON.stringify(rows).includes(MARKER)
    })
    expect(holding.length).toBeGreaterThanOrEqual(15)
  })

  it('of a vault, its log, its keys, its lock, a backup, a restored and a replaced vault', async () => {
    const { vault, path, folder, passphrase, recoveryKey, dataKey } = temporary
    const secrets = [
      MARKER,
      passphrase,
      recoveryKey,
      dataKey.toString('hex'),
      dataKey.toString('base64'),
      dataKey.toString('latin1'),
      'create table',
      'CREATE TABLE',
    ]
    const now = 0
    const lock = lockVault(path, 'cli')
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(100_000)
    expect(filesHolding(folder, secrets)).toEqual([])
    writeKeyFile(path, await rewrapPassphrase(readKeyFile(path), dataKey, passphrase, cheapArgon2))
    const backup = join(folder, 'saved.onebook-backup')
    const steps: string[] = []
    // also while it is being written
    const onProgress = (): void => void steps.push(...filesHolding(folder, secrets))
    await backupVault(vault, keyFilePath(path), backup, { now, onProgress })
    const unlock = (keys: Parameters<typeof unwrapWithPassphrase>[0]) => unwrapWithPassphrase(keys, passphrase)
    const restored = join(folder, 'restored.onebook')
    await restoreBackup(backup, restored, { now, unlock, onProgress })
    await restoreBackup(backup, restored, { now, unlock, replace: true, onProgress })
    vault.driver.exec('delete from documents; vacuum; pragma wal_checkpoint(truncate)')
    lock.release()
    await vault.close()
    expect([...steps, ...filesHolding(folder, secrets)]).toEqual([])
    expect([...filesUnder(folder)].length).toBeGreaterThanOrEqual(7)
  })

  it.skipIf(process.platform !== 'linux')('of a sort too large for the memory that the engine may take', async () => {
    const SORT = `with recursive n (i) as (select 1 union all select i + 1 from n where i < 60000)
      select i, '${MARKER}' || hex(randomblob(200)) as text from n order by text`
    const openFilesDuring = (database: Database.Database): string[] => {
      database.pragma('cache_size = 10')
      const rows = database.prepare(SORT).iterate()
      rows.next()
      const files = openTemporaryFiles()
      rows.return?.()
      return files
    }
    // the engine left as it comes does write such files: the test would notice
    const folder = mkdtempSync(join(tmpdir(), 'onebook-test-'))
    mkdirSync(folder, { recursive: true })
    const plain = new Database(join(folder, 'plain'))
    expect(openFilesDuring(plain).length).toBeGreaterThan(0)
    plain.close()
    rmSync(folder, { recursive: true, force: true })
    expect(openFilesDuring(temporary.vault.driver)).toEqual([])
  })

  it('the passphrase changes without a byte of the vault changing', async () => {
    const { vault, path, dataKey, passphrase } = temporary
    await vault.close()
    const before = readFileSync(path)
    const times = statSync(path).mtimeMs
    writeKeyFile(path, await rewrapPassphrase(readKeyFile(path), dataKey, 'another passphrase', cheapArgon2))
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(statSync(path).mtimeMs).toBe(times)
    await expect(unwrapWithPassphrase(readKeyFile(path), passphrase)).rejects.toThrow(
      expect.objectContaining({ code: 'wrong-passphrase' }),
    )
    expect(await unwrapWithPassphrase(readKeyFile(path), 'another passphrase')).toEqual(dataKey)
  })
})
