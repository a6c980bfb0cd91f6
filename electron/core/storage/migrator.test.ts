import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import { migrations } from './migrations/index.ts'
import { migrateVault, pendingMigrations } from './migrator.ts'
import { appliedMigrations } from './open-vault.ts'

const code = (expected: string): unknown => expect.objectContaining({ code: expected })
let temporary: TemporaryVault

beforeEach(async () => {
  temporary = await makeTemporaryVault()
})
afterEach(() => temporary.close())

const statement = (text: string): Migration => ({ up: async (db) => void (await sql.raw(text).execute(db)) })
const noBackup = async (): Promise<void> => undefined

function tables(): string[] {
  return temporary.vault.driver.prepare<[], string>('select name from sqlite_schema').pluck().all()
}

describe('migrating a vault', () => {
  it('finds nothing to do, and saves no backup, in a vault of the newest schema', async () => {
    let backups = 0
    const backUp = async (): Promise<void> => void (backups += 1)
    expect(await migrateVault(temporary.vault, { backUp })).toEqual([])
    expect(backups).toBe(0)
    expect(appliedMigrations(temporary.vault.driver)).toEqual(Object.keys(migrations).sort())
  })

  it('runs what is pending in the order of the dates, after one backup', async () => {
    const later = {
      ...migrations,
      '2999-02-01-second': statement(`insert into notes values ('second')`),
      '2999-01-01-first': statement('create table notes (text text) strict'),
    }
    const saved: unknown[] = []
    const backUp = async (reason: unknown): Promise<void> => {
      expect(tables()).not.toContain('notes')
      saved.push(reason)
    }
    expect(pendingMigrations(temporary.vault, later)).toEqual(['2999-01-01-first', '2999-02-01-second'])
    expect(await migrateVault(temporary.vault, { backUp, migrations: later })).toEqual([
      '2999-01-01-first',
      '2999-02-01-second',
    ])
    expect(saved).toEqual([{ from: Object.keys(migrations).sort().at(-1), to: '2999-02-01-second' }])
    expect(temporary.vault.driver.prepare('select text from notes').all()).toEqual([{ text: 'second' }])
    expect(await migrateVault(temporary.vault, { backUp, migrations: later })).toEqual([])
  })

  it('leaves nothing of a run in which any migration fails', async () => {
    const later = {
      ...migrations,
      '2999-01-01-first': statement('create table notes (text text) strict'),
      '2999-02-01-second': statement('insert into nowhere values (1)'),
    }
    await expect(migrateVault(temporary.vault, { backUp: noBackup, migrations: later })).rejects.toThrow('nowhere')
    expect(tables()).not.toContain('notes')
    expect(appliedMigrations(temporary.vault.driver)).toEqual(Object.keys(migrations).sort())
    expect(temporary.vault.driver.pragma('foreign_keys', { simple: true })).toBe(1)
  })

  it('changes nothing when the backup fails', async () => {
    const later = { ...migrations, '2999-01-01-first': statement('create table notes (text text) strict') }
    const backUp = async (): Promise<void> => {
      throw new Error('no room for a backup')
    }
    await expect(migrateVault(temporary.vault, { backUp, migrations: later })).rejects.toThrow('no room')
    expect(tables()).not.toContain('notes')
  })

  it('may rebuild a table that others refer to, and loses none of their rows', async () => {
    const { driver } = temporary.vault
    driver.exec(`insert into accounts (id, name, kind, currency, created_at) values (1, 'Cash', 'cash', 'EUR', 0)`)
    driver.exec(`insert into account_identities values ('iban:1', 1)`)
    const rebuild: Migration = {
      up: async (db) => {
        await sql.raw('create table accounts_new as select * from accounts').execute(db)
        await sql.raw('drop table accounts').execute(db)
        await sql.raw('alter table accounts_new rename to accounts').execute(db)
        await sql.raw('create unique index accounts_id on accounts (id)').execute(db)
      },
    }
    await migrateVault(temporary.vault, {
      backUp: noBackup,
      migrations: { ...migrations, '2999-01-01-rebuild': rebuild },
    })
    expect(driver.prepare('select count(*) from account_identities').pluck().get()).toBe(1)
  })

  it('refuses a migration that leaves a row referring to nothing, and rolls it back', async () => {
    const later = {
      ...migrations,
      '2999-01-01-orphan': statement(`insert into account_identities values ('iban:1', 99)`),
    }
    await expect(migrateVault(temporary.vault, { backUp: noBackup, migrations: later })).rejects.toThrow(
      'refer to nothing',
    )
    expect(temporary.vault.driver.prepare('select count(*) from account_identities').pluck().get()).toBe(0)
  })

  it('refuses a vault that has seen a migration it does not know', async () => {
    temporary.vault.driver.exec(
      `insert into kysely_migration values ('2998-01-01-unknown', '2998-01-01T00:00:00.000Z')`,
    )
    const later = { ...migrations, '2999-01-01-first': statement('create table notes (text text) strict') }
    await expect(migrateVault(temporary.vault, { backUp: noBackup, migrations: later })).rejects.toThrow(
      code('vault-too-new'),
    )
    expect(tables()).not.toContain('notes')
  })
})
