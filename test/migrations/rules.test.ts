import { expect, it } from 'vitest'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import { vaultAtMigration } from '../support/vault-at-migration.ts'

async function filled() {
  const older = await vaultAtMigration('2026-11-25-fingerprint-days')
  const { driver } = older.vault
  driver.exec(`
    insert into accounts (id, name, kind, currency, opening_minor, created_at) values (1, 'Current', 'checking', 'EUR', 0, 0);
    insert into categories (id, kind, name_zh, name_en) values (1, 'expense', 'a', 'a'), (2, 'expense', 'b', 'b');
    insert into import_runs (id, started_at, file_name, file_sha256, file_bytes, importer, imported, duplicates, skipped,
      failed, replaced) values (1, 0, 'f', 'x', 1, 'qif', 1, 0, 0, 0, 0);
    insert into transactions (id, account_id, booked_on, amount_minor, kind, payee, raw_payee, category_id, source_category, import_run_id)
    values
      (1, 1, '2026-01-01', -100, 'payment', 'Shop', 'Shop', 1, 'Groceries', 1),
      (2, 1, '2026-01-02', -200, 'payment', 'Shop', 'Shop', 1, null, 1),
      (3, 1, '2026-01-03', -300, 'payment', 'My shop', 'Shop', 2, 'Groceries', 1),
      (4, 1, '2026-01-04', -400, 'payment', 'By hand', 'By hand', 2, null, null),
      (5, 1, '2026-01-05', -500, 'payment', 'Shop', 'Shop', null, null, 1);
    insert into changes (id, made_at, label) values (1, 0, 'transaction.update');
    insert into change_rows (change_id, sequence, table_name, row_key, before, after) values
      (1, 0, 'transactions', '[3]', '{"category_id":1}', '{"category_id":2}');`)
  return older
}

const sources = `select id, category_source as category, payee_source as payee from transactions order by id`

it('tells the user’s choices from those of files, by the log of changes', async () => {
  const older = await filled()
  await older.migrateOn()
  expect(older.vault.driver.prepare(sources).all()).toEqual([
    { id: 1, category: 'file', payee: null },
    { id: 2, category: 'user', payee: null },
    { id: 3, category: 'user', payee: 'user' },
    { id: 4, category: 'user', payee: 'user' },
    { id: 5, category: null, payee: null },
  ])
  // 200 → three digits, the first from 2 to 4: 3 × 3 + 1
  expect(older.vault.driver.prepare('select payee, band, category_id, count from learner_counts').all()).toEqual([
    { payee: 'By hand', band: 10, category_id: 2, count: 1 },
    { payee: 'My shop', band: 10, category_id: 2, count: 1 },
    { payee: 'Shop', band: 10, category_id: 1, count: 1 },
  ])
  expect((await verifyVault(older.vault)).filter(({ ok }) => !ok)).toEqual([])
  await older.close()
})

it('where the log no longer reaches back, every category is taken as the user’s: nothing of theirs is ever overwritten', async () => {
  const older = await filled()
  older.vault.driver.exec(`insert into vault_meta (key, value) values ('changes_pruned_to', '7')`)
  await older.migrateOn()
  expect(older.vault.driver.prepare(`select category_source from transactions where id = 1`).pluck().get()).toBe('user')
  await older.close()
})
