import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

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
