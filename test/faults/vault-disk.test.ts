import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { backupVault, restoreBackup } from '../../electron/core/storage/backup.ts'
import { createVault } from '../../electron/core/storage/create-vault.ts'
import { keyFilePath, readKeyFile, writeKeyFile } from '../../electron/core/storage/key-file.ts'
import { openVault, type WritableVault } from '../../electron/core/storage/open-vault.ts'
import { toStorageError, withStorageErrors } from '../../electron/core/storage/storage-errors.ts'
import { lockVault } from '../../electron/core/storage/vault-lock.ts'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import { canMountSmallDisk, mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'
import { cheapArgon2, makeTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

const code = (expected: string): unknown => expect.objectContaining({ code: expected })
const now = Date.UTC(2026, 10, 23)
const cleanUps: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

const temporaryVault = async (): Promise<TemporaryVault> => {
  const temporary = await makeTemporaryVault()
  cleanUps.push(() => temporary.close())
  return temporary
}

const smallDisk = (kibibytes: number): SmallDisk => {
  const disk = mountSmallDisk(kibibytes)
  if (disk === null) throw new Error('this machine does not let a test mount a disk')
  cleanUps.push(() => disk.remove())
  return disk
}

/** Writes transactions until something stops it; returns how many were committed. */
function writeUntilFull(vault: WritableVault): number {
  vault.driver.exec(
    `insert or ignore into accounts (id, name, kind, currency, created_at) values (1, 'Cash', 'cash', 'EUR', 0)`,
  )
  const insert = vault.driver.prepare(
    `insert into transactions (account_id, booked_on, amount_minor, kind, memo) values (1, '2026-01-15', 100, 'other', ?)`,
  )
  let committed = 0
  const batch = vault.driver.transaction(() => {
    for (let row = 0; row < 100; row += 1) insert.run('x'.repeat(200))
  })
  expect(() => {
    for (;;) {
      withStorageErrors(() => batch())
      committed += 100
    }
  }).toThrow(code('disk-full'))
  return committed
}

async function expectSound(vault: WritableVault, transactions: number): Promise<void> {
  expect((await verifyVault(vault)).filter((finding) => !finding.ok)).toEqual([])
  expect(vault.driver.prepare('select count(*) from transactions').pluck().get()).toBe(transactions)
  expect(vault.driver.prepare('select change_minor from account_balances').pluck().get()).toBe(transactions * 100)
}

describe('a full disk', () => {
  it('(by the engine’s own limit of pages) undoes the transaction and leaves a sound vault', async () => {
    const { vault } = await temporaryVault()
    vault.driver.pragma('max_page_count = 300')
    const committed = writeUntilFull(vault)
    expect(committed).toBeGreaterThan(0)
    await expectSound(vault, committed)
  })

  it('says so through Kysely’s transactions, too, and the next one works', async () => {
    const { vault } = await temporaryVault()
    vault.driver.pragma('max_page_count = 200')
    const notes = 'x'.repeat(100_000)
    const write = (count: number): Promise<void> =>
      vault.db.transaction().execute(async (transaction) => {
        for (let index = 0; index < count; index += 1) {
          await transaction.insertInto('documents').values({ kind: 'other', name: 'large', notes }).execute()
        }
      })
    await expect(write(50).catch((error: unknown) => Promise.reject(toStorageError(error)))).rejects.toThrow(
      code('disk-full'),
    )
    // code that catches the error must not go on, row by row, outside the transaction
    const careless = vault.db.transaction().execute(async (transaction) => {
      for (let index = 0; index < 50; index += 1) {
        await transaction
          .insertInto('documents')
          .values({ kind: 'other', name: 'large', notes })
          .execute()
          .catch(() => undefined)
      }
      await transaction.insertInto('documents').values({ kind: 'other', name: 'small' }).execute()
    })
    await expect(careless).rejects.toThrow('rolled this transaction back')
    expect(vault.driver.prepare('select count(*) from documents').pluck().get()).toBe(0)
    await write(1)
    expect(vault.driver.prepare('select count(*) from documents').pluck().get()).toBe(1)
  })

  it.skipIf(!canMountSmallDisk)('(a real one) undoes the transaction and leaves a sound vault', async () => {
    const disk = smallDisk(4_096)
    const path = join(disk.folder, 'home.onebook')
    const { dataKey } = await createVault({ path, passphrase: 'a passphrase', now, argon2: cheapArgon2 })
    const vault = openVault({ path, dataKey, access: 'write' })
    const committed = writeUntilFull(vault)
    expect(committed).toBeGreaterThan(0)
    await expectSound(vault, committed)
    await vault.close()
    // a copy of all the files, on a disk with room, opens to the same
    const folder = mkdtempSync(join(tmpdir(), 'onebook-test-'))
    cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
    cpSync(disk.folder, folder, { recursive: true })
    const copy = openVault({ path: join(folder, 'home.onebook'), dataKey, access: 'write' })
    await expectSound(copy, committed)
    await copy.close()
  })

  it.skipIf(!canMountSmallDisk)('lets no half-made vault be, however much room there was', async () => {
    for (const kibibytes of [4, 8, 16, 64, 128, 256, 320, 400, 512]) {
      const disk = mountSmallDisk(kibibytes)
      if (disk === null) throw new Error('this machine does not let a test mount a disk')
      try {
        const path = join(disk.folder, 'home.onebook')
        await expect(createVault({ path, passphrase: 'a passphrase', now, argon2: cheapArgon2 })).rejects.toThrow(
          code('disk-full'),
        )
        expect(readdirSync(disk.folder)).toEqual([])
      } finally {
        disk.remove()
      }
    }
  })

  it.skipIf(!canMountSmallDisk)(
    'keeps the old key file, the old backup and the vault that was to be replaced',
    async () => {
      const { vault, path, dataKey } = await temporaryVault()
      const disk = smallDisk(500)
      const backup = join(disk.folder, 'saved.onebook-backup')
      writeFileSync(backup, 'the older backup')
      const keysPath = keyFilePath(path)
      await expect(backupVault(vault, keysPath, backup, { now })).rejects.toThrow(code('disk-full'))
      expect(readdirSync(disk.folder)).toEqual(['saved.onebook-backup'])
      expect(readFileSync(backup, 'utf8')).toBe('the older backup')

      const good = join(disk.folder, '..', `good-${process.pid}.onebook-backup`)
      cleanUps.push(() => rmSync(good, { force: true }))
      await backupVault(vault, keysPath, good, { now })
      const target = join(disk.folder, 'home.onebook')
      await vault.close()
      writeFileSync(target, readFileSync(path).subarray(0, 4_096 * 60))
      writeFileSync(keyFilePath(target), readFileSync(keysPath))
      const before = readFileSync(target)
      const names = readdirSync(disk.folder).sort()
      await expect(restoreBackup(good, target, { now, replace: true })).rejects.toThrow(code('disk-full'))
      expect(readFileSync(target).equals(before)).toBe(true)
      expect(readdirSync(disk.folder).sort()).toEqual(names)

      writeFileSync(join(disk.folder, 'filler'), Buffer.alloc(0))
      const keys = readKeyFile(target)
      fillUp(join(disk.folder, 'filler'))
      expect(() => writeKeyFile(target, keys)).toThrow(code('disk-full'))
      expect(readKeyFile(target)).toEqual(keys)
      dataKey.fill(0)
    },
  )
})

/** Takes all the room that is left. */
function fillUp(path: string): void {
  for (const size of [65_536, 4_096]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size), { flag: 'a' })
    } catch {
      // no room for a piece of this size
    }
  }
}

/** A folder that cannot be written to: by its rights, or, for root, whom rights do not stop, by its disk. */
function protect(folder: string, disk: SmallDisk | null): void {
  if (disk !== null) disk.makeReadOnly()
  else {
    chmodSync(folder, 0o555)
    cleanUps.push(() => chmodSync(folder, 0o755))
  }
}
const isRoot = process.getuid?.() === 0
const cannotProtect = process.platform === 'win32' || (isRoot && !canMountSmallDisk)

describe('a read-only folder', () => {
  const protectedFolder = (): { folder: string; protectNow: () => void } => {
    const disk = isRoot ? smallDisk(2_048) : null
    const folder = disk?.folder ?? mkdtempSync(join(tmpdir(), 'onebook-test-'))
    if (disk === null) cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
    return { folder, protectNow: () => protect(folder, disk) }
  }

  it.skipIf(cannotProtect)('refuses a new vault', async () => {
    const { folder, protectNow } = protectedFolder()
    protectNow()
    const path = join(folder, 'home.onebook')
    await expect(createVault({ path, passphrase: 'a passphrase', now, argon2: cheapArgon2 })).rejects.toThrow(
      code('read-only'),
    )
    expect(readdirSync(folder)).toEqual([])
  })

  it.skipIf(cannotProtect)('refuses to lock, to open and to back up into it; nothing is touched', async () => {
    const { vault, path: elsewhere } = await temporaryVault()
    const { folder, protectNow } = protectedFolder()
    const path = join(folder, 'home.onebook')
    const { dataKey } = await createVault({ path, passphrase: 'a passphrase', now, argon2: cheapArgon2 })
    const before = readFileSync(path)
    protectNow()
    expect(() => lockVault(path, 'cli')).toThrow(code('read-only'))
    expect(() => openVault({ path, dataKey, access: 'write' })).toThrow(code('read-only'))
    expect(() => openVault({ path, dataKey, access: 'read' })).toThrow(code('read-only'))
    expect(() => writeKeyFile(path, readKeyFile(path))).toThrow(code('read-only'))
    const backup = join(folder, 'saved.onebook-backup')
    await expect(backupVault(vault, keyFilePath(elsewhere), backup, { now })).rejects.toThrow(code('read-only'))
    await expect(restoreBackup(backup, path, { now, replace: true })).rejects.toThrow(code('read-only'))
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(folder).sort()).toEqual(['home.onebook', 'home.onebook.keys'])
  })
})
