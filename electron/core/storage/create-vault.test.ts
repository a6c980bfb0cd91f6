import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isPrivate } from '../../../test/support/file-rights.ts'
import { cheapArgon2 } from '../../../test/support/temporary-vault.ts'
import { createVault, type CreateVaultOptions } from './create-vault.ts'
import { readKeyFile } from './key-file.ts'
import { openVault, type WritableVault } from './open-vault.ts'
import { unwrapWithPassphrase, unwrapWithRecoveryKey } from './vault-keys.ts'
import { lockVault } from './vault-lock.ts'

const code = (expected: string): unknown => expect.objectContaining({ code: expected })
const now = Date.UTC(2026, 10, 23)
let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onebook-test-'))
  path = join(folder, 'home.onebook')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const create = (over: Partial<CreateVaultOptions> = {}) =>
  createVault({ path, passphrase: 'a passphrase', now, argon2: cheapArgon2, holder: 'test', ...over })

describe('creating a vault', () => {
  it('leaves the vault and its keys, both private, and nothing else', async () => {
    await create()
    expect(readdirSync(folder).sort()).toEqual(['home.onebook', 'home.onebook.keys'])
    expect(readdirSync(folder).every((name) => isPrivate(join(folder, name)))).toBe(true)
  })

  it('makes a vault that opens with the passphrase and with the recovery key', async () => {
    const created = await create()
    const keys = readKeyFile(path)
    expect(keys.vaultId).toBe(created.vaultId)
    for (const dataKey of [
      await unwrapWithPassphrase(keys, 'a passphrase'),
      await unwrapWithRecoveryKey(keys, created.recoveryKey),
    ]) {
      const vault = openVault({ path, dataKey, access: 'write' })
      const row = await vault.db
        .selectFrom('vault_meta')
        .select('value')
        .where('key', '=', 'vault_id')
        .executeTakeFirst()
      expect(row?.value).toBe(created.vaultId)
      await vault.close()
    }
  })

  it('does not begin as an SQLite file does: the first page is encrypted, too', async () => {
    await create()
    expect(readFileSync(path).includes('SQLite format 3')).toBe(false)
  })

  it('refuses where a file of that name is, and changes nothing', async () => {
    writeFileSync(path, 'a letter to my aunt')
    await expect(create()).rejects.toThrow(code('vault-exists'))
    expect(readdirSync(folder)).toEqual(['home.onebook'])
    expect(readFileSync(path, 'utf8')).toBe('a letter to my aunt')
  })

  it('refuses a folder that does not exist', async () => {
    await expect(create({ path: join(folder, 'none', 'home.onebook') })).rejects.toThrow(code('not-found'))
  })

  it('refuses an empty passphrase and leaves nothing behind', async () => {
    await expect(create({ passphrase: '' })).rejects.toThrow(code('weak-passphrase'))
    expect(readdirSync(folder)).toEqual([])
  })

  it('keeps keys that stand there without their vault, for it may come back', async () => {
    const first = await create()
    const moved = join(folder, 'moved.onebook')
    writeFileSync(moved, readFileSync(path))
    rmSync(path)
    await create()
    const kept = readdirSync(folder).find((name) => name.endsWith('.keys') && name.includes('.left-'))
    writeFileSync(`${moved}.keys`, readFileSync(join(folder, kept ?? '')))
    const dataKey = await unwrapWithPassphrase(readKeyFile(moved), 'a passphrase')
    expect(dataKey).toEqual(first.dataKey)
    await openVault({ path: moved, dataKey, access: 'write' }).close()
  })

  it('lets one of two that create the same vault at once win, and the vault is the winner’s', async () => {
    const results = await Promise.allSettled([create({ passphrase: 'one' }), create({ passphrase: 'two' })])
    const won = results.filter((result) => result.status === 'fulfilled')
    expect(won).toHaveLength(1)
    const passphrase = results[0]?.status === 'fulfilled' ? 'one' : 'two'
    const dataKey = await unwrapWithPassphrase(readKeyFile(path), passphrase)
    await openVault({ path, dataKey, access: 'write' }).close()
  })

  it('holds what every new vault begins with before it has its name; where that fails nothing is left', async () => {
    const seed = (vault: WritableVault) => {
      expect(existsSync(path)).toBe(false)
      vault.driver.exec(`insert into tags (name) values ('first')`)
    }
    const { dataKey } = await create({ seed })
    const vault = openVault({ path, dataKey, access: 'write' })
    expect(vault.driver.prepare('select name from tags').pluck().all()).toEqual(['first'])
    await vault.close()
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
    const failing = async () => {
      throw new Error('no room')
    }
    await expect(create({ seed: failing })).rejects.toThrow('no room')
    expect(readdirSync(folder)).toEqual([])
  })

  it('refuses while another host holds that path, and leaves its lock alone', async () => {
    const lock = lockVault(path, 'loopback')
    await expect(create()).rejects.toThrow(code('vault-in-use'))
    expect(existsSync(lock.path)).toBe(true)
    lock.release()
    expect(readdirSync(folder)).toEqual([])
  })
})
