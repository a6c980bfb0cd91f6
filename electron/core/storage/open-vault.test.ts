import { randomBytes } from 'node:crypto'
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import type { Kysely } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import { type OpenVaultOptions, openVault, type ReadableVault, type WritableVault } from './open-vault.ts'
import type { Schema } from './schema.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { toStorageError } from './storage-errors.ts'

const code = (expected: string): unknown => expect.objectContaining({ code: expected })
let temporary: TemporaryVault

beforeEach(async () => {
  temporary = await makeTemporaryVault()
})
afterEach(() => temporary.close())

const open = (over: Partial<OpenVaultOptions<'write'>> = {}): WritableVault =>
  openVault({ path: temporary.path, dataKey: temporary.dataKey, access: 'write', ...over })

/** A closed copy of the vault under another name, so that its file may be damaged. */
async function closedCopy(): Promise<string> {
  await temporary.vault.close()
  const copy = join(temporary.folder, 'copy.onebook')
  copyFileSync(temporary.path, copy)
  return copy
}

type CanWrite<Db> = Db extends Kysely<Schema> ? true : false

describe('opening a vault', () => {
  it.each([
    ['cipher', 'sqlcipher'],
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['temp_store', 2],
    ['recursive_triggers', 1],
    ['trusted_schema', 0],
    ['cache_size', -32_768],
  ])('sets %s to %s', (name, value) => {
    expect(temporary.vault.driver.pragma(name, { simple: true })).toBe(value)
  })

  it.each([0, 1, 31, 33])(
    'refuses a key of %i bytes: the engine would take an empty one as "no encryption"',
    (length) => {
      expect(() => open({ dataKey: randomBytes(length) })).toThrow(code('locked'))
    },
  )

  it('refuses a key of zeros, which is what a cleared key looks like', () => {
    expect(() => open({ dataKey: new Uint8Array(32) })).toThrow(code('locked'))
  })

  it('refuses another key, and no part of a key is in the message', () => {
    const wrong = randomBytes(32)
    let caught: unknown
    try {
      open({ dataKey: wrong })
    } catch (error) {
      caught = error
    }
    expect(caught).toEqual(code('vault-damaged'))
    const message = inspect(caught, { depth: 5, showHidden: true })
    for (const key of [wrong, temporary.dataKey]) {
      for (const text of [key.toString('hex'), key.toString('base64'), key.toString('latin1')]) {
        expect(message).not.toContain(text)
      }
    }
  })

  it('refuses a file that is not there, and does not make it', () => {
    expect(() => open({ path: join(temporary.folder, 'none.onebook') })).toThrow(code('vault-missing'))
    expect(() => open({ path: join(temporary.folder, 'none.onebook') })).toThrow(code('vault-missing'))
  })

  it.each([
    ['empty', () => 0],
    ['cut within its first page', () => 1_000],
    ['cut after its first page', () => 4_096],
    ['cut within a page', (size: number) => size - 100],
    ['without its last page', (size: number) => size - 4_096],
  ])('refuses a file that is %s, and leaves it as it is', async (_, lengthOf) => {
    const copy = await closedCopy()
    truncateSync(copy, lengthOf(readFileSync(copy).length))
    const before = readFileSync(copy)
    expect(() => open({ path: copy })).toThrow(code('vault-damaged'))
    expect(readFileSync(copy)).toEqual(before)
  })

  it('refuses a file that is no vault, whatever its length', async () => {
    const copy = await closedCopy()
    for (const bytes of [randomBytes(8_192), Buffer.from('a letter to my aunt'), Buffer.alloc(4_096)]) {
      writeFileSync(copy, bytes)
      expect(() => open({ path: copy })).toThrow(code('vault-damaged'))
      expect(readFileSync(copy)).toEqual(bytes)
    }
  })

  it('meets a changed byte anywhere in the file as damage, at opening or when that page is read', async () => {
    const copy = await closedCopy()
    const bytes = readFileSync(copy)
    for (let index = 7; index < bytes.length; index += 4_099) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 16
      writeFileSync(copy, changed)
      const readAll = (): void => {
        const vault = open({ path: copy })
        try {
          // of a page that holds the rest of a long value the check tells in words
          const told = vault.driver.pragma('integrity_check', { simple: true })
          if (told !== 'ok') throw new CoreError('vault-damaged', String(told))
          // pages that no table uses are read by nobody
          expect(vault.driver.pragma('freelist_count', { simple: true })).toBe(0)
          throw new Error(`a changed byte at ${index} was not met`)
        } catch (error) {
          throw toStorageError(error)
        } finally {
          vault.driver.close()
        }
      }
      expect(readAll).toThrow(code('vault-damaged'))
    }
  })

  it('refuses a vault with a migration it does not know, and changes nothing', async () => {
    temporary.vault.driver.exec(`insert into kysely_migration values ('2999-01-01-later', '2999-01-01T00:00:00.000Z')`)
    const copy = await closedCopy()
    const before = readFileSync(copy)
    expect(() => open({ path: copy })).toThrow(code('vault-too-new'))
    expect(() => openVault({ path: copy, dataKey: temporary.dataKey, access: 'read' })).toThrow(code('vault-too-new'))
    expect(readFileSync(copy)).toEqual(before)
  })

  it('gives a reader that sees what the writer commits, and cannot write by type, by flag or by file', async () => {
    const reader: ReadableVault = openVault({ path: temporary.path, dataKey: temporary.dataKey, access: 'read' })
    const canWrite: [CanWrite<WritableVault['db']>, CanWrite<ReadableVault['db']>] = [true, false]
    expect(canWrite).toEqual([true, false])
    await temporary.vault.db.insertInto('tags').values({ name: 'holiday' }).execute()
    expect(await reader.db.selectFrom('tags').select('name').execute()).toEqual([{ name: 'holiday' }])
    expect(() => reader.driver.exec('delete from tags')).toThrow('readonly')
    reader.driver.pragma('query_only = OFF')
    expect(() => reader.driver.exec('delete from tags')).toThrow('readonly')
    await reader.close()
  })

  it('closes twice without complaint, and is closed then', async () => {
    const vault = open()
    await vault.close()
    await vault.close()
    expect(vault.driver.open).toBe(false)
  })

  it('keeps balances right when a row is replaced, which deletes the old one', async () => {
    const { driver } = temporary.vault
    driver.exec(`insert into accounts (id, name, kind, currency, created_at) values (1, 'Cash', 'cash', 'EUR', 0)`)
    const insert = `insert or replace into transactions (id, account_id, booked_on, amount_minor, kind)`
    driver.exec(`${insert} values (1, 1, '2026-01-01', 500, 'other')`)
    driver.exec(`${insert} values (1, 1, '2026-02-01', 700, 'other')`)
    expect(driver.prepare('select change_minor, transaction_count from account_balances').all()).toEqual([
      { change_minor: 700, transaction_count: 1 },
    ])
    expect(driver.prepare('select month, inflow_minor from account_months').all()).toEqual([
      { month: '2026-02', inflow_minor: 700 },
    ])
  })
})

describe('errors of the engine and of the system', () => {
  it.each([
    ['SQLITE_FULL', 'disk-full'],
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['SQLITE_READONLY_DIRECTORY', 'read-only'],
    ['EROFS', 'read-only'],
    ['EACCES', 'read-only'],
    ['SQLITE_CORRUPT_INDEX', 'vault-damaged'],
    ['SQLITE_NOTADB', 'vault-damaged'],
    ['SQLITE_BUSY_SNAPSHOT', 'vault-in-use'],
  ])('%s means %s', (engine, expected) => {
    expect(toStorageError(Object.assign(new Error('secret detail'), { code: engine }))).toEqual(code(expected))
  })

  it('lets anything else through as it is', () => {
    const error = new TypeError('a bug')
    expect(toStorageError(error)).toBe(error)
  })
})
