import { describe, expect, it } from 'vitest'
import { migrations } from '../../electron/core/storage/migrations/index.ts'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import { fillVault } from '../support/fill-vault.ts'
import { createTemporaryVault } from '../support/temporary-vault.ts'
import { vaultAtMigration } from '../support/vault-at-migration.ts'

/** The household's figures by the words of the very first schema: they must survive every later migration. */
function figures(vault: { driver: { prepare(text: string): { all(): unknown[] } } }): unknown {
  return {
    balances: vault.driver
      .prepare('select account_id, change_minor, transaction_count from account_balances order by 1')
      .all(),
    months: vault.driver.prepare('select * from account_months order by 1, 2').all(),
    transactions: vault.driver
      .prepare('select id, account_id, booked_on, amount_minor, payee, memo, split_count from transactions order by 1')
      .all(),
    splits: vault.driver.prepare('select transaction_id, position, amount_minor from splits order by 1, 2').all(),
    transfers: vault.driver.prepare('select from_transaction_id, to_transaction_id from transfers order by 1').all(),
  }
}

const schemaOf = (vault: { driver: { prepare(text: string): { all(): unknown[] } } }): unknown =>
  vault.driver
    .prepare(`select type, name, sql from sqlite_schema where name not like 'sqlite_stat%' order by 1, 2`)
    .all()

describe.each(Object.keys(migrations))('a vault of %s', (name) => {
  it('migrated on, has the same figures, passes all checks, and has the schema of a new vault', async () => {
    const older = await vaultAtMigration(name)
    // later migrations that change what a household looks like fill theirs in their own test
    if (name === Object.keys(migrations)[0]) fillVault(older.vault)
    const before = figures(older.vault)
    await older.migrateOn()
    expect(figures(older.vault)).toEqual(before)
    expect((await verifyVault(older.vault)).filter((finding) => !finding.ok)).toEqual([])
    const fresh = await createTemporaryVault()
    expect(schemaOf(older.vault)).toEqual(schemaOf(fresh.vault))
    await fresh.close()
    await older.close()
  })
})

it('every table is strict, so that a column never holds what its type does not say', async () => {
  const temporary = await createTemporaryVault()
  const loose = temporary.vault.driver
    .prepare(`select name from pragma_table_list where type = 'table' and strict = 0 and schema = 'main' order by name`)
    .pluck()
    .all()
  // Kysely makes its own tables, and SQLite its schema
  expect(loose).toEqual(['kysely_migration', 'kysely_migration_lock', 'sqlite_schema', 'sqlite_sequence'])
  await temporary.close()
})

it('every foreign key can be followed back by an index, so that removing a row does not read whole tables', async () => {
  const temporary = await createTemporaryVault()
  const unindexed = temporary.vault.driver
    .prepare(`
      select t.name || '.' || f."from" as reference
      from pragma_table_list t, pragma_foreign_key_list(t.name) f
      where t.schema = 'main' and t.type = 'table' and not exists (
        select 1 from pragma_index_list(t.name) i, pragma_index_info(i.name) c where c.seqno = 0 and c.name = f."from"
      ) and not exists (select 1 from pragma_table_info(t.name) k where k.name = f."from" and k.pk = 1)
      order by 1`)
    .pluck()
    .all()
  expect(unindexed).toEqual([])
  await temporary.close()
})
