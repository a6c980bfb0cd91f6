import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { fingerprintOf } from '../../electron/core/importing/fingerprint.ts'
import { vaultAtMigration } from '../support/vault-at-migration.ts'

/** As it was before: the first 16 bytes of the meaning's hash. */
const former = (meaning: string): Buffer => createHash('sha256').update(meaning).digest().subarray(0, 16)

it('gives every fingerprint the day of its file, also where the user has changed the date since', async () => {
  const older = await vaultAtMigration('2026-11-23-foundation')
  const { driver } = older.vault
  driver.exec(`insert into accounts (id, name, kind, currency, opening_minor, created_at)
    values (1, 'Current', 'checking', 'EUR', 0, 0)`)
  const insert = driver.prepare(
    `insert into transactions (id, account_id, booked_on, amount_minor, kind, fingerprint, settled_fingerprint, settled_ordinal)
     values (?, 1, ?, -100, 'payment', ?, ?, ?)`,
  )
  insert.run(1, '2026-01-05', former('untouched'), null, null)
  // the file said 31 January; the user moved it to 1 February
  insert.run(2, '2026-02-01', former('moved'), null, null)
  // pending on 3 March, booked on 4 March
  insert.run(3, '2026-03-04', former('booked'), former('pending'), 0)
  insert.run(4, '2026-03-09', former('booked, too'), former('nobody knows when'), 0)
  insert.run(5, '2026-04-01', null, null, null)
  driver.exec(
    `insert into changes (id, made_at, label) values (1, 0, 'transaction.update'), (2, 0, 'transaction.update')`,
  )
  const log = driver.prepare(
    `insert into change_rows (change_id, sequence, table_name, row_key, before, after) values (?, ?, 'transactions', ?, ?, ?)`,
  )
  const image = (meaning: string, booked_on: string, more: object = {}): string =>
    JSON.stringify({ booked_on, fingerprint: former(meaning).toString('hex').toUpperCase(), ...more })
  log.run(1, 0, '[2]', image('moved', '2026-01-31'), image('moved', '2026-02-15'))
  log.run(2, 0, '[2]', image('moved', '2026-02-15'), image('moved', '2026-02-01'))
  log.run(
    2,
    1,
    '[3]',
    image('pending', '2026-03-03'),
    image('booked', '2026-03-04', { settled_fingerprint: former('pending').toString('hex').toUpperCase() }),
  )
  await older.migrateOn()
  const now = (date: string, meaning: string): string =>
    fingerprintOf(parseIsoDate(date), meaning).toString('hex').toUpperCase()
  const rows = driver
    .prepare(`select id, hex(fingerprint) as f, hex(settled_fingerprint) as s, settled_ordinal as o from transactions`)
    .all()
  expect(rows).toEqual([
    { id: 1, f: now('2026-01-05', 'untouched'), s: '', o: null },
    { id: 2, f: now('2026-01-31', 'moved'), s: '', o: null },
    { id: 3, f: now('2026-03-04', 'booked'), s: now('2026-03-03', 'pending'), o: 0 },
    { id: 4, f: now('2026-03-09', 'booked, too'), s: '', o: null },
    { id: 5, f: '', s: '', o: null },
  ])
  const images = driver
    .prepare(
      `select json_extract(before, '$.fingerprint') as b, json_extract(after, '$.fingerprint') as a,
         json_extract(after, '$.settled_fingerprint') as s from change_rows order by change_id, sequence`,
    )
    .all()
  const moved = now('2026-01-31', 'moved')
  expect(images).toEqual([
    { b: moved, a: moved, s: null },
    { b: moved, a: moved, s: null },
    { b: now('2026-03-03', 'pending'), a: now('2026-03-04', 'booked'), s: now('2026-03-03', 'pending') },
  ])
  await older.close()
})
