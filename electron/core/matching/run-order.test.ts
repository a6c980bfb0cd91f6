import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import { RunOrder } from './run-order.ts'

let temporary: TemporaryVault
beforeEach(async () => {
  temporary = await createTemporaryVault()
  const { driver } = temporary.vault
  driver.exec(`insert into accounts (id, name, kind, currency, created_at) values (1, 'A', 'checking', 'EUR', 0)`)
  for (const run of [7, 8]) {
    driver.exec(`insert into import_runs
      (id, started_at, file_name, file_sha256, file_bytes, importer, imported, duplicates, skipped, failed, replaced)
      values (${run}, 0, '', '', 0, 'csv', 0, 0, 0, 0, 0)`)
  }
})
afterEach(() => temporary.close())

function add(id: number, run: number, on: string, status = 'booked'): void {
  temporary.vault.driver
    .prepare(
      `insert into transactions (id, account_id, booked_on, amount_minor, kind, payee, import_run_id, fingerprint, status)
       values (?, 1, ?, -100, 'payment', '', ?, ?, ?)`,
    )
    .run(id, on, run, Buffer.from(`${id}`), status)
}

it('gives the booked lines of the run alone, by day and number, also those of days before 1970', () => {
  add(100, 7, '2024-03-01')
  add(101, 8, '2024-02-01')
  add(102, 7, '1969-12-31')
  add(103, 7, '2024-02-28')
  add(104, 7, '2024-02-28', 'pending')
  add(105, 7, '1955-06-01')
  add(106, 7, '2024-03-01')
  // more lines than were expected are all there
  const order = RunOrder.of(temporary.vault, 7, 2)
  expect(order.count).toBe(5)
  expect(order.idsOf(0, 5)).toEqual([105, 102, 103, 100, 106])
  expect(order.idsOf(1, 3)).toEqual([102, 103])
})

it('tells what lies beside a part: so many days away, so many lines at most', () => {
  ;['2024-01-01', '2024-01-10', '2024-01-12', '2024-01-13', '2024-01-14', '2024-01-30'].forEach((on, at) =>
    add(at + 1, 7, on),
  )
  const order = RunOrder.of(temporary.vault, 7, 6)
  // six lines in the thirty days from the 1st to the 30th
  expect(order.perDay).toBe(6 / 30)
  expect(order.idsBeside(3, 4, 3, 10)).toEqual([2, 3, 5])
  expect(order.idsBeside(3, 4, 3, 1)).toEqual([3, 5])
  expect(order.idsBeside(0, 6, 100, 10)).toEqual([])
})

it('a run without booked lines has no parts', () => {
  add(1, 7, '2024-01-01', 'pending')
  const order = RunOrder.of(temporary.vault, 7, 0)
  expect([order.count, order.perDay]).toEqual([0, 0])
})
