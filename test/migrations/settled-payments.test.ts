import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'
import { vaultAtMigration } from '../support/vault-at-migration.ts'

let temporary: TemporaryVault
beforeAll(async () => {
  temporary = await createTemporaryVault()
})
afterAll(() => temporary.close())

it('a payment that only turns from pending to booked is looked at again for what comes again', () => {
  const { driver } = temporary.vault
  driver.exec(`
    insert into accounts (id, name, kind, currency, opening_minor, position, created_at)
      values (1, 'Current', 'checking', 'CNY', 0, 1, 0);
    insert into transactions (id, account_id, booked_on, amount_minor, kind, status, payee)
      values (7, 1, '2026-11-01', -420000, 'payment', 'pending', 'Landlord');
    update recurring_state set seen_id = 7`)
  const waiting = (): unknown[] => driver.prepare('select text from recurring_dirty').pluck().all()
  expect(waiting()).toEqual([])
  driver.exec(`update transactions set status = 'booked' where id = 7`)
  expect(waiting()).toEqual(['Landlord'])
})

it('those that an import had booked before are looked at again with the migration, and no others', async () => {
  const older = await vaultAtMigration('2026-11-26-year-outlook')
  const { driver } = older.vault
  // 7 was pending until an import booked it, 8 only got another name, 9 was booked after the last look and is seen anyway
  driver.exec(`
    insert into accounts (id, name, kind, currency, opening_minor, position, created_at)
      values (1, 'Current', 'checking', 'CNY', 0, 1, 0);
    insert into transactions (id, account_id, booked_on, amount_minor, kind, status, payee, memo)
      values (7, 1, '2026-11-01', -420000, 'payment', 'booked', '', 'Rent of November'),
        (8, 1, '2026-11-02', -100, 'payment', 'booked', 'Shop', ''),
        (9, 1, '2026-11-03', -100, 'payment', 'booked', 'Later', '');
    insert into changes (id, made_at, label) values (1, 0, 'import.commit');
    insert into change_rows (change_id, sequence, table_name, row_key, before, after) values
      (1, 1, 'transactions', '[7]', '{"id":7,"status":"pending"}', '{"id":7,"status":"booked"}'),
      (1, 2, 'transactions', '[8]', '{"id":8,"status":"booked"}', '{"id":8,"status":"booked"}'),
      (1, 3, 'transactions', '[9]', '{"id":9,"status":"pending"}', '{"id":9,"status":"booked"}'),
      (1, 4, 'tags', '[1]', null, '{"id":1}');
    update recurring_state set seen_id = 8;
    delete from recurring_dirty`)
  await older.migrateOn()
  expect(driver.prepare('select text from recurring_dirty').pluck().all()).toEqual(['Rent of November'])
  await older.close()
})
