import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isPrivate } from '../../../test/support/file-rights.ts'
import { fillVault } from '../../../test/support/fill-vault.ts'
import { cheapArgon2, makeTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import {
  automaticBackupPath,
  backUpAutomatically,
  backupVault,
  inspectBackup,
  restoreBackup,
  rotateBackups,
} from './backup.ts'
import { keyFilePath, readKeyFile, writeKeyFile } from './key-file.ts'
import { openVault, type Vault } from './open-vault.ts'
import { createKeys, rewrapPassphrase, unwrapWithPassphrase } from './vault-keys.ts'
import { lockVault } from './vault-lock.ts'
import { verifyVault } from './verify-vault.ts'

const code = (expected: string): unknown => expect.objectContaining({ code: expected })
const now = Date.UTC(2026, 10, 23, 10)
let temporary: TemporaryVault
let backup: string
let target: string

beforeEach(async () => {
  temporary = await makeTemporaryVault()
  fillVault(temporary.vault)
  backup = join(temporary.folder, 'saved.onebook-backup')
  target = join(temporary.folder, 'restored.onebook')
})
afterEach(() => temporary.close())

const save = (vault: Vault = temporary.vault, path = backup) =>
  backupVault(vault, keyFilePath(temporary.path), path, { now })

/** Every row of every table, in order. */
function contents(vault: Vault): Record<string, unknown> {
  const names = vault.driver
    .prepare<[], string>(`select name from sqlite_schema where type = 'table' order by name`)
    .pluck()
    .all()
  return Object.fromEntries(names.map((name) => [name, vault.driver.prepare(`select * from "${name}"`).all()]))
}

async function openedContents(path: string, passphrase: string): Promise<Record<string, unknown>> {
  const dataKey = await unwrapWithPassphrase(readKeyFile(path), passphrase)
  const vault = openVault({ path, dataKey, access: 'write' })
  try {
    expect((await verifyVault(vault)).filter((finding) => !finding.ok)).toEqual([])
    return contents(vault)
  } finally {
    await vault.close()
  }
}

const unlock = (keys: Parameters<typeof unwrapWithPassphrase>[0]) => unwrapWithPassphrase(keys, temporary.passphrase)

describe('backup and restore', () => {
  it('bring back every row of every table', async () => {
    const before = contents(temporary.vault)
    const facts = await save()
    expect(facts).toMatchObject({ createdAt: now, vaultId: readKeyFile(temporary.path).vaultId })
    expect(inspectBackup(backup)).toEqual(facts)
    await restoreBackup(backup, target, { now, unlock })
    expect(await openedContents(target, temporary.passphrase)).toEqual(before)
  })

  it('save what is committed but still in the log, from a reader, while the writer goes on', async () => {
    const reader = openVault({ path: temporary.path, dataKey: temporary.dataKey, access: 'read' })
    await temporary.vault.db.insertInto('tags').values({ name: 'late' }).execute()
    const before = contents(temporary.vault)
    const running = save(reader)
    await temporary.vault.db.insertInto('tags').values({ name: 'too late' }).execute()
    await running
    expect(() => reader.driver.exec('delete from tags')).toThrow('readonly')
    await reader.close()
    await restoreBackup(backup, target, { now, unlock })
    const restored = await openedContents(target, temporary.passphrase)
    const after = contents(temporary.vault)
    expect([before, after]).toContainEqual(restored)
  })

  it('keep the passphrase of the backup’s day', async () => {
    await save()
    writeKeyFile(
      temporary.path,
      await rewrapPassphrase(readKeyFile(temporary.path), temporary.dataKey, 'new', cheapArgon2),
    )
    await restoreBackup(backup, target, { now })
    await openedContents(target, temporary.passphrase)
    await expect(openedContents(target, 'new')).rejects.toThrow(code('wrong-passphrase'))
  })

  it('leave nothing beside, private files, and replace an older backup of that name', async () => {
    const before = readdirSync(temporary.folder)
    writeFileSync(backup, 'older')
    await save()
    expect(new Set(readdirSync(temporary.folder))).toEqual(new Set([...before, 'saved.onebook-backup']))
    expect(isPrivate(backup)).toBe(true)
  })

  it('report progress from 0 to 1', async () => {
    const progress: number[] = []
    const onProgress = (fraction: number): void => void progress.push(fraction)
    await backupVault(temporary.vault, keyFilePath(temporary.path), backup, { now, onProgress })
    expect([progress.at(0), progress.at(-1)]).toEqual([0, 1])
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  })

  it('can be stopped at any of their steps, leaving what was there', async () => {
    const steps = { backup: 0, restore: 0 }
    await backupVault(temporary.vault, keyFilePath(temporary.path), backup, {
      now,
      onProgress: () => (steps.backup += 1),
    })
    await restoreBackup(backup, target, { now, unlock, onProgress: () => (steps.restore += 1) })
    for (const suffix of ['', '.keys']) rmSync(target + suffix)
    const before = readdirSync(temporary.folder).sort()
    const saved = readFileSync(backup)
    const stopAt = (step: number): { onProgress: () => void; signal: AbortSignal } => {
      const controller = new AbortController()
      let count = 0
      return {
        signal: controller.signal,
        onProgress: () => {
          count += 1
          if (count === step) controller.abort()
        },
      }
    }
    for (let step = 1; step <= steps.backup; step += 1) {
      const options = { now, ...stopAt(step) }
      await expect(backupVault(temporary.vault, keyFilePath(temporary.path), backup, options)).rejects.toThrow(
        code('cancelled'),
      )
      expect(readdirSync(temporary.folder).sort()).toEqual(before)
      expect(readFileSync(backup).equals(saved)).toBe(true)
    }
    // the last report of a restore comes after its last step
    for (let step = 1; step < steps.restore; step += 1) {
      await expect(restoreBackup(backup, target, { now, unlock, ...stopAt(step) })).rejects.toThrow(code('cancelled'))
      expect(readdirSync(temporary.folder).sort()).toEqual(before)
    }
  })

  it.each(['', '.keys', '-wal'])('refuse to write over the vault itself: vault%s', async (suffix) => {
    const before = readFileSync(keyFilePath(temporary.path))
    await expect(save(temporary.vault, temporary.path + suffix)).rejects.toThrow(code('invalid-input'))
    expect(readFileSync(keyFilePath(temporary.path))).toEqual(before)
  })

  it('refuse keys of another vault, missing keys and a missing folder', async () => {
    const other = await createKeys('other', cheapArgon2)
    const keysPath = keyFilePath(temporary.path)
    await expect(save(temporary.vault, join(temporary.folder, 'none', 'b'))).rejects.toThrow(code('not-found'))
    const own = readKeyFile(temporary.path)
    writeKeyFile(temporary.path, other.keys)
    await expect(save()).rejects.toThrow(code('vault-damaged'))
    rmSync(keysPath)
    await expect(save()).rejects.toThrow(code('file-missing'))
    writeKeyFile(temporary.path, own)
    expect(existsSync(backup)).toBe(false)
  })

  it('refuse to save a damaged vault, and keep the good backup that was there', async () => {
    await save()
    const saved = readFileSync(backup)
    const root = temporary.vault.driver
      .prepare(`select rootpage as page from sqlite_schema where name = 'transactions'`)
      .get() as { page: number }
    await temporary.vault.close()
    const bytes = readFileSync(temporary.path)
    // a page in use: one that is free is not part of what is saved
    const place = (root.page - 1) * 4096 + 100
    bytes[place] = (bytes[place] ?? 0) ^ 1
    writeFileSync(temporary.path, bytes)
    const damaged = openVault({ path: temporary.path, dataKey: temporary.dataKey, access: 'write' })
    await expect(save(damaged)).rejects.toThrow(code('vault-damaged'))
    await damaged.close()
    expect(readFileSync(backup).equals(saved)).toBe(true)
  })
})

describe('restoring over a vault', () => {
  it('is refused unless asked for', async () => {
    await save()
    const before = readFileSync(temporary.path)
    await temporary.vault.close()
    await expect(restoreBackup(backup, temporary.path, { now })).rejects.toThrow(code('vault-exists'))
    expect(readFileSync(temporary.path).subarray(0, 16)).toEqual(before.subarray(0, 16))
  })

  it('keeps the replaced vault beside, whole, with its own passphrase', async () => {
    await save()
    await temporary.vault.db.insertInto('tags').values({ name: 'after the backup' }).execute()
    const later = contents(temporary.vault)
    writeKeyFile(
      temporary.path,
      await rewrapPassphrase(readKeyFile(temporary.path), temporary.dataKey, 'new', cheapArgon2),
    )
    await temporary.vault.close()
    const restored = await restoreBackup(backup, temporary.path, { now, replace: true, unlock })
    expect(restored.replaced).toBe(`${temporary.path}.replaced-20261123T100000000Z`)
    expect(await openedContents(restored.replaced ?? '', 'new')).toEqual(later)
    expect(await openedContents(temporary.path, temporary.passphrase)).not.toEqual(later)
  })

  it('takes the log of a vault that was not closed along with it', async () => {
    await save()
    const copy = join(temporary.folder, 'crashed.onebook')
    await temporary.vault.db.insertInto('tags').values({ name: 'only in the log' }).execute()
    const later = contents(temporary.vault)
    for (const suffix of ['', '-wal', '.keys']) copyFileSync(temporary.path + suffix, copy + suffix)
    const { replaced } = await restoreBackup(backup, copy, { now, replace: true, unlock })
    expect(existsSync(`${copy}-wal`)).toBe(false)
    expect(await openedContents(replaced ?? '', temporary.passphrase)).toEqual(later)
  })

  it('is refused while a host has it open, and for a wrong passphrase; nothing is touched', async () => {
    await save()
    await temporary.vault.close()
    const before = readFileSync(temporary.path)
    const names = readdirSync(temporary.folder).sort()
    const lock = lockVault(temporary.path, 'electron')
    await expect(restoreBackup(backup, temporary.path, { now, replace: true })).rejects.toThrow(code('vault-in-use'))
    lock.release()
    const wrong = (keys: Parameters<typeof unlock>[0]) => unwrapWithPassphrase(keys, 'wrong')
    await expect(restoreBackup(backup, temporary.path, { now, replace: true, unlock: wrong })).rejects.toThrow(
      code('wrong-passphrase'),
    )
    expect(readFileSync(temporary.path).equals(before)).toBe(true)
    expect(readdirSync(temporary.folder).sort()).toEqual(names)
  })

  it('refuses a backup of a newer version', async () => {
    temporary.vault.driver.exec(`insert into kysely_migration values ('2999-01-01-later', '2999-01-01T00:00:00.000Z')`)
    await save()
    await expect(restoreBackup(backup, target, { now })).rejects.toThrow(code('vault-too-new'))
    expect(existsSync(target)).toBe(false)
  })

  it('says that there is no such backup, and that something else is none', async () => {
    await expect(restoreBackup(join(temporary.folder, 'none'), target, { now })).rejects.toThrow(code('file-missing'))
    writeFileSync(backup, 'a letter to my aunt')
    await expect(restoreBackup(backup, target, { now })).rejects.toThrow(code('backup-damaged'))
    expect(() => inspectBackup(backup)).toThrow(code('backup-damaged'))
  })
})

describe('a damaged backup', () => {
  it('is noticed wherever it is cut short, and when something was added', async () => {
    await save()
    const whole = readFileSync(backup)
    const lengths = [0, 1, 15, 16, 23, 24, 100, 1_500, whole.length - 4_096, whole.length - 1]
    for (const length of lengths) {
      writeFileSync(backup, whole)
      truncateSync(backup, length)
      await expect(restoreBackup(backup, target, { now })).rejects.toThrow(code('backup-damaged'))
    }
    writeFileSync(backup, Buffer.concat([whole, Buffer.from([0])]))
    await expect(restoreBackup(backup, target, { now })).rejects.toThrow(code('backup-damaged'))
    expect(existsSync(target)).toBe(false)
    expect(existsSync(keyFilePath(target))).toBe(false)
  })

  it('is noticed by any changed byte of its head, and by one in each kilobyte of its database', async () => {
    await save()
    const whole = readFileSync(backup)
    const head = 24 + whole.readUInt32BE(20) + 32
    const places: number[] = []
    for (let index = 0; index < head; index += 1) places.push(index)
    for (let index = head; index < whole.length; index += 1_021) places.push(index)
    places.push(whole.length - 1)
    const elsewhere = join(temporary.folder, 'tries')
    mkdirSync(elsewhere)
    for (const place of places) {
      const changed = Buffer.from(whole)
      changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8))
      writeFileSync(backup, changed)
      await expect(restoreBackup(backup, join(elsewhere, 'restored.onebook'), { now })).rejects.toThrow(
        code('backup-damaged'),
      )
    }
    expect(readdirSync(elsewhere)).toEqual([])
  })
})

describe('automatic backups', () => {
  it('are saved under the vault’s name and the moment, and rotated', async () => {
    const folder = join(temporary.folder, 'automatic', 'backups')
    const day = 86_400_000
    for (let index = 0; index < 10; index += 1)
      await backUpAutomatically(temporary.vault, folder, { now: now + index * day })
    // Monday 23 November to Wednesday 2 December: the last 7 days, the Sunday before them, the last of November among them
    expect(readdirSync(folder).sort()).toEqual(
      [26, 27, 28, 29, 30, 31, 32].map((d) =>
        automaticBackupPath('', temporary.path, now + (d - 23) * day)
          .split('/')
          .at(-1),
      ),
    )
    expect(rotateBackups(folder, temporary.path, { daily: 1, weekly: 0, monthly: 0 })).toHaveLength(6)
    expect(readdirSync(folder)).toEqual(['test.onebook.20261202T100000000Z.onebook-backup'])
  })
})
